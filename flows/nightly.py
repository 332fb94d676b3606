"""The programme of the night."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from prefect import flow

from tasks import steps
from tasks.beginning import beginning
from tasks.progress import tracked
from tasks.settings import Settings

SUBMISSIONS_PER_CHUNK = 250
CERTIFICATES_PER_CHUNK = 200
MESSAGES_PER_CHUNK = 200
CHUNKS_AT_MOST = 80
"""More task runs than a few hundred drown Prefect's server: chunks grow instead."""


@flow(name="nightly", log_prints=False, persist_result=False, validate_parameters=True)
def nightly(
    inbox: str | None = None,
    reference: str | None = None,
    as_of: date | None = None,
    actor: str | None = None,
) -> dict[str, Any]:
    """Take in, look, decide, issue, write, report: the whole night; safe to run twice, safe to kill.

    Args:
        inbox: Folder of the portal's deliveries; the setting NUTMEG_INBOX unless given.
        reference: Folder of the reference tables; the setting NUTMEG_REFERENCE unless given.
        as_of: The day the night is run for; today at the agency unless given.
        actor: Who starts it; the login name unless given.
    """
    settings = Settings.load({"NUTMEG_INBOX": inbox, "NUTMEG_REFERENCE": reference, "NUTMEG_ACTOR": actor})
    with beginning(settings, as_of) as run_ids:
        *earlier, summary = [one_night(run_id) for run_id in run_ids]
    return summary | {"earlier_runs": earlier} if earlier else summary


def one_night(run_id: str) -> dict[str, Any]:
    """All stages of one run, in order; each does only what is not done yet."""
    stages: list[dict[str, Any]] = []
    with _stage(stages, "intake"):
        folders = steps.survey_inbox(run_id)
        for folder in folders:
            steps.take_in_delivery(run_id, folder)
    undecided = steps.list_undecided(run_id)
    with _stage(stages, "documents", len(undecided)):
        _each("Documents", steps.examine_documents, run_id, undecided, SUBMISSIONS_PER_CHUNK)
    with _stage(stages, "decisions", len(undecided)):
        _each("Decisions", steps.judge_chunk, run_id, undecided, SUBMISSIONS_PER_CHUNK)
        _each("Held before", steps.judge_held_chunk, run_id, steps.list_held(run_id), SUBMISSIONS_PER_CHUNK)
    with _stage(stages, "certificates"):
        approved = steps.list_without_certificate(run_id)
        _each("Serials", steps.reserve_serials, run_id, approved, SUBMISSIONS_PER_CHUNK)
        steps.reserve_permanent_serials(run_id)
        reserved = steps.list_reserved(run_id)
        _each("Certificates", steps.issue_certificates, run_id, reserved, CERTIFICATES_PER_CHUNK)
    with _stage(stages, "recheck"):
        rechecked = steps.recheck_certificates(run_id)
    with _stage(stages, "verification"):
        steps.publish_verification(run_id)
    with _stage(stages, "mail"):
        steps.queue_notices(run_id)
        _each("Mail", steps.send_messages, run_id, steps.list_queued(run_id), MESSAGES_PER_CHUNK)
    return steps.publish_night(run_id, stages, rechecked)


def _each(label: str, work: Callable[..., Any], run_id: str, items: Sequence[Any], size: int) -> None:
    """One step per chunk, with progress."""
    size = max(size, -(-len(items) // CHUNKS_AT_MOST))
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    for chunk in tracked(label, chunks, len(items)):
        work(run_id, chunk)


@contextmanager
def _stage(stages: list[dict[str, Any]], name: str, items: int | None = None) -> Iterator[None]:
    started = time.monotonic()
    yield
    stages.append({"name": name, "seconds": round(time.monotonic() - started, 1), "items": items})
