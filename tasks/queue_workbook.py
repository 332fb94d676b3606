"""The analysts' queue: every current case that a person has to settle, the most urgent first."""

import json
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from registry.codec import unpack
from registry.facts import Application
from registry.law import Policy
from registry.rule import Verdict
from tasks import clock
from tasks.desk import ledger
from tasks.evidence.shelf import Case, Shelf
from tasks.files import private_scratch
from tasks.keys import secret_key
from tasks.law import load_policy
from tasks.ledger.engine import Connection, reading
from tasks.ledger.queue import QueuedCase, queued_cases
from tasks.ledger.writing import chunks
from tasks.notices import load_reasons
from tasks.settings import POLICY, Settings
from tasks.waiting import Waiting, clock_rules, queue_order
from tasks.workbooks.queue_sheet import QueueRow
from tasks.workbooks.review import write_review

_AT_ONCE = 500
"""cases whose content is in memory at a time"""


def export_queue(settings: Settings, path: Path) -> int:
    """Write the queue as it stands now; how many cases it holds."""
    private_scratch(settings.scratch)
    engine = ledger(settings.database_url)
    as_of = clock.today()
    with reading(engine) as connection:
        key, policy = secret_key(settings.key_file), load_policy(POLICY)
        shelf = Shelf(settings.evidence, settings.workers)
        return write_queue(connection, path, as_of, f"export-{as_of}", key, policy, shelf)


def write_queue(
    connection: Connection, path: Path, as_of: date, run_id: str, key: bytes, policy: Policy, shelf: Shelf
) -> int:
    """Write the queue as of a day, and the pages of evidence that it leads to; how many cases it holds."""
    waiting = queue_order(connection, clock_rules(policy, as_of), as_of)
    rows = (row for some in chunks(waiting, _AT_ONCE) for row in _rows(connection, some, shelf, path.parent))
    return write_review(path, rows, run_id, load_reasons(), key)


def _rows(connection: Connection, waiting: Sequence[Waiting], shelf: Shelf, folder: Path) -> Iterator[QueueRow]:
    queued = queued_cases(connection, [each.decision_id for each in waiting])
    cases = [_case(each) for each in queued]
    shelf.lay_out(connection, cases)
    for each, case, waits in zip(queued, cases, waiting, strict=True):
        yield _row(each, case, waits, _address(shelf.page_of(case.decision_id), folder))


def _case(queued: QueuedCase) -> Case:
    application = unpack(Application, json.loads(queued.application))
    return Case(queued.decision_id, application, json.loads(queued.packet))


def _address(page: Path, folder: Path) -> str:
    """The page's address for somebody who stands in this folder."""
    return quote(Path(os.path.relpath(page, folder)).as_posix())


def _row(queued: QueuedCase, case: Case, waiting: Waiting, evidence: str) -> QueueRow:
    application = case.application
    return QueueRow(
        submission_id=application.submission_id,
        revision=application.revision,
        kind=application.kind.value,
        role=application.role.value,
        submitted_on=application.submitted_at.date(),
        waiting_days=waiting.reading.service_days,
        applicant_name=application.name.in_full,
        date_of_birth=application.date_of_birth,
        registration_number=application.registration_number,
        reason_codes=tuple(filter(None, queued.reason_codes.split(";"))),
        what_to_look_at=(*waiting.unanswered, *_sentences(case.packet)),
        documents=tuple((ref.role, ref.declared_type, ref.file) for ref in application.documents),
        evidence=evidence,
        certification_expires_on=application.certification.expires_on,
        service_due_on=waiting.reading.due_on,
        clock=waiting.clock,
        decision_version=case.decision_id,
    )


def _sentences(packet: dict[str, Any]) -> Iterator[str]:
    """Why the case did not pass by itself, and what is doubtful in its photo; older packets say nothing of photos."""
    yield from (finding["detail"] for finding in packet["findings"] if finding["verdict"] == Verdict.NOT_MET)
    yield from packet["conclusions"].get("photo_doubts", ())
