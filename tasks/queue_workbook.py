"""The analysts' queue: every current case that a person has to settle, the most urgent first."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from registry.codec import unpack
from registry.facts import Application
from registry.law import Policy
from registry.rule import Verdict
from tasks import clock
from tasks.desk import ledger
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
        return write_queue(connection, path, as_of, f"export-{as_of}", key, policy)


def write_queue(connection: Connection, path: Path, as_of: date, run_id: str, key: bytes, policy: Policy) -> int:
    """Write the queue as of a day; how many cases it holds."""
    waiting = queue_order(connection, clock_rules(policy, as_of), as_of)
    rows = (row for some in chunks(waiting, _AT_ONCE) for row in _rows(connection, some))
    return write_review(path, rows, run_id, load_reasons(), key)


def _rows(connection: Connection, waiting: Sequence[Waiting]) -> Iterator[QueueRow]:
    cases = queued_cases(connection, [each.decision_id for each in waiting])
    return (_row(case, each) for case, each in zip(cases, waiting, strict=True))


def _row(case: QueuedCase, waiting: Waiting) -> QueueRow:
    application = unpack(Application, json.loads(case.application))
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
        reason_codes=tuple(filter(None, case.reason_codes.split(";"))),
        what_to_look_at=(*waiting.unanswered, *_sentences(json.loads(case.packet))),
        documents=tuple((ref.role, ref.declared_type, ref.file) for ref in application.documents),
        certification_expires_on=application.certification.expires_on,
        service_due_on=waiting.reading.due_on,
        clock=waiting.clock,
        decision_version=case.decision_id,
    )


def _sentences(packet: dict[str, Any]) -> Iterator[str]:
    return (finding["detail"] for finding in packet["findings"] if finding["verdict"] == Verdict.NOT_MET)
