"""The thin edge towards Prefect: each step is one unit of work on a chunk, given ids and paths, returning counts.

Prefect keeps parameters, states and exception texts in a database that many can read. So a step lets nothing out but
our own sentences, which hold no person; of any other exception only its type and place.
"""

import functools
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from tasks.desk import desk
from tasks.errors import NutmegError

P = ParamSpec("P")
T = TypeVar("T")
Keys = Sequence[tuple[str, int]]


class StepError(NutmegError):
    """Something in a step broke that we did not foresee; the text names type and place only."""


def sealed(work: Callable[P, T]) -> Callable[P, T]:
    """Keep people out of exceptions: ours pass, others are told by type and place."""

    @functools.wraps(work)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        except (NutmegError, BrokenPipeError):
            raise
        except OSError as error:
            said = error.strerror or type(error).__name__
            failure = StepError(f"The operating system says: {said}. See disk, rights and folders, then start again.")
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(where.filename).name}, line {where.lineno}, in {where.name}"
            failure = StepError(
                f"{type(error).__name__} at {place}. Run `nutmeg doctor`; nothing half-done was stored."
            )
        raise failure from None

    return guarded


def step(work: Callable[P, T]) -> Callable[P, T]:
    """Make a sealed unit of work; inside a Prefect flow run it is also one Prefect task run."""
    guarded = sealed(work)

    @functools.wraps(work)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        return (_recorded(guarded) if in_flow_run() else guarded)(*args, **kwargs)

    return call


def in_flow_run() -> bool:
    """Whether Prefect is watching; asked without importing Prefect."""
    if "prefect.context" not in sys.modules:
        return False
    from prefect.context import FlowRunContext

    return FlowRunContext.get() is not None


@functools.cache
def _recorded(guarded: Callable[..., Any]) -> Callable[..., Any]:
    from prefect import task
    from prefect.cache_policies import NO_CACHE

    name = guarded.__name__.replace("_", " ")
    return task(name=name, cache_policy=NO_CACHE, persist_result=False, log_prints=False)(guarded)


@step
def survey_inbox(run_id: str) -> list[str]:
    """Look at the inbox; the folders of deliveries to take in."""
    from tasks import intake

    return intake.arrivals(desk(run_id))


@step
def take_in_delivery(run_id: str, folder: str) -> int:
    """Take one delivery in, whole or not at all; how many rows it had."""
    from tasks import intake

    return intake.take_in(desk(run_id), folder)


@step
def list_undecided(run_id: str) -> list[tuple[str, int]]:
    """Submissions that wait for their first decision."""
    from tasks.ledger.decisions import undecided
    from tasks.ledger.engine import reading

    with reading(desk(run_id).engine) as connection:
        return undecided(connection)


@step
def list_held(run_id: str) -> list[tuple[str, int]]:
    """Submissions that an earlier run left waiting for another."""
    from tasks.ledger.decisions import waiting
    from tasks.ledger.engine import reading

    with reading(desk(run_id).engine) as connection:
        return waiting(connection, run_id)


@step
def examine_documents(run_id: str, keys: Keys) -> int:
    """Look at the uploads of a chunk of submissions."""
    from tasks import examination

    return examination.examine(desk(run_id), [submission_id for submission_id, _ in keys])


@step
def judge_chunk(run_id: str, keys: Keys) -> dict[str, int]:
    """Decide a chunk of submissions."""
    from tasks import judging

    return judging.judge(desk(run_id), keys)


@step
def judge_held_chunk(run_id: str, keys: Keys) -> dict[str, int]:
    """Decide a chunk of held submissions again."""
    from tasks import judging

    return judging.judge_again(desk(run_id), keys)


@step
def list_without_certificate(run_id: str) -> list[str]:
    """Automatic approvals without a temporary certificate."""
    from tasks.ledger.certificates import without_certificate
    from tasks.ledger.engine import reading

    with reading(desk(run_id).engine) as connection:
        return without_certificate(connection, "temporary")


@step
def reserve_serials(run_id: str, decision_ids: Sequence[str]) -> int:
    """Take serials for a chunk of automatic approvals."""
    from tasks import issuance

    return issuance.reserve_temporaries(desk(run_id), decision_ids)


@step
def reserve_permanent_serials(run_id: str) -> int:
    """Take serials for the permanent certificates that are due."""
    from tasks import issuance

    return issuance.reserve_permanents(desk(run_id))


@step
def list_reserved(run_id: str) -> list[str]:
    """Serials that wait to be drawn; what an earlier, cut-short try left unplaced is put in place first."""
    from tasks import issuance

    return issuance.pending(desk(run_id))


@step
def issue_certificates(run_id: str, serials: Sequence[str]) -> int:
    """Draw, read back and issue a chunk of certificates."""
    from tasks import issuance

    return issuance.issue(desk(run_id), serials)


@step
def queue_notices(run_id: str) -> int:
    """Queue the deficiency notices."""
    from tasks import correspondence

    return correspondence.queue_deficiencies(desk(run_id))


@step
def list_queued(run_id: str) -> list[str]:
    """Messages that wait in the outbox."""
    from tasks.ledger.engine import reading
    from tasks.ledger.messages import queued

    with reading(desk(run_id).engine) as connection:
        return queued(connection)


@step
def send_messages(run_id: str, message_ids: Sequence[str]) -> dict[str, int]:
    """Bring a chunk of messages to where mail goes."""
    from tasks import correspondence

    at = desk(run_id)
    return correspondence.send(at.engine, at.settings.outputs, "nutmeg", run_id, message_ids)


@step
def publish_verification(run_id: str) -> None:
    """Write the page that verifies certificates, with the status list of this moment."""
    from tasks import clock
    from tasks.verification_page import publish

    at = desk(run_id)
    publish(at.settings, at.engine, clock.now())


@step
def recheck_certificates(run_id: str) -> dict[str, Any]:
    """Look again at a drawn share of the good certificates; counts, and faults by serial."""
    from registry.recheck import NIGHTLY
    from tasks.rechecking import recheck

    at = desk(run_id)
    return recheck(at, NIGHTLY, at.run.as_of.isoformat()).as_dict()


@step
def publish_night(run_id: str, stages: list[dict[str, Any]], rechecked: dict[str, Any]) -> dict[str, Any]:
    """Write the night's pages and tables and close the run; the summary."""
    from tasks import publishing

    return publishing.publish(desk(run_id), stages, rechecked)
