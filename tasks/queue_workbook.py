"""The analysts' queue: every current case that a person has to settle, oldest first."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from registry.codec import unpack
from registry.facts import Application
from registry.law import Policy
from tasks import clock
from tasks.desk import ledger
from tasks.files import private_scratch
from tasks.keys import secret_key
from tasks.law import load_policy
from tasks.ledger.engine import Connection, reading
from tasks.ledger.queue import QueuedCase, queued_cases
from tasks.notices import load_reasons
from tasks.settings import POLICY, Settings
from tasks.workbooks.queue_sheet import QueueRow
from tasks.workbooks.review import write_review


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
    target_days = policy.on(as_of).number("service_target_days")
    rows = (_row(case, as_of, target_days) for case in queued_cases(connection))
    return write_review(path, rows, run_id, load_reasons(), key)


def _row(case: QueuedCase, as_of: date, target_days: int) -> QueueRow:
    application = unpack(Application, json.loads(case.application))
    submitted_on = application.submitted_at.date()
    return QueueRow(
        submission_id=application.submission_id,
        revision=application.revision,
        kind=application.kind.value,
        role=application.role.value,
        submitted_on=submitted_on,
        waiting_days=max(0, (as_of - submitted_on).days),
        applicant_name=application.name.in_full,
        date_of_birth=application.date_of_birth,
        registration_number=application.registration_number,
        reason_codes=tuple(filter(None, case.reason_codes.split(";"))),
        what_to_look_at=tuple(_sentences(json.loads(case.packet))),
        documents=tuple((ref.role, ref.declared_type, ref.file) for ref in application.documents),
        certification_expires_on=application.certification.expires_on,
        service_due_on=submitted_on + timedelta(days=target_days),
        decision_version=case.decision_id,
    )


def _sentences(packet: dict[str, Any]) -> Iterator[str]:
    return (finding["detail"] for finding in packet["findings"])
