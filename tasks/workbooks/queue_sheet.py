"""The analysts' queue as a sheet: its columns, its choices, and the codes that seal its rows."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from registry.reasons import Reason, ReasonClass
from tasks.workbooks.book import Column
from tasks.workbooks.cells import Look, Value, canonical, lines_that_fit

CHOICES = {
    "approve": "Everything the law asks for is in hand. The certificate follows.",
    "ask": "Something is missing. The applicant gets one letter with the complete list. Under Ground you may name "
    "the codes to ask for, with ; between them; left empty, the letter asks for all that the applicant can mend. What "
    "you write under Note goes into the letter. The case stays in the queue.",
    "deny": "A ground of the law is met. Ground must name its code or paragraph. Only a person denies.",
    "withdraw": "The applicant took the application back.",
    "leave": "You looked and will decide later. The case stands in the next queue again.",
}
"""What an analyst can choose, and what follows from it."""

QUEUE, META, FORMAT = "Queue", "_meta", "nutmeg-review/2"
COLUMNS = (
    Column("Case", 19, Look.STRONG),
    Column("Rev", 6, Look.WHOLE),
    Column("Applicant", 24, Look.LONG),
    Column("Born", 12, Look.DAY),
    Column("Asks for", 14, Look.LONG),
    Column("Days waiting", 10, Look.WHOLE),
    Column("Decide by", 12, Look.DAY),
    Column("Clock", 16, Look.LONG),
    Column("What to look at", 58, Look.LONG),
    Column("Documents", 38, Look.LONG),
    Column("Evidence", 12, Look.LINK),
    Column("Decision", 12, Look.ENTRY),
    Column("Ground", 24, Look.ENTRY),
    Column("Note", 30, Look.ENTRY),
    Column("Analyst", 14, Look.ENTRY),
    Column("Codes", 28, Look.LONG),
    Column("Submitted", 12, Look.DAY),
    Column("Registration", 16),
    Column("Certification ends", 14, Look.DAY),
    Column("Token", 10, hidden=True),
)
TITLES = [column.title for column in COLUMNS]
ENTRIES = [index for index, column in enumerate(COLUMNS) if column.look is Look.ENTRY]
SHOWN = [index for index in range(len(COLUMNS) - 1) if index not in ENTRIES]
SHOWN_BEFORE = ENTRIES[0]
"""how many of the shown cells stand before the entries"""
_EVIDENCE = "Open page"
_PLAIN_LOOK = "Compare name, date of birth, address and certification with the documents."


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case as the analyst sees it; never a diagnosis, and no sign whether it came by lot or by a finding."""

    submission_id: str
    revision: int
    kind: str
    role: str
    submitted_on: date
    waiting_days: int
    """days on which the case waited for us, not for the applicant"""
    applicant_name: str
    date_of_birth: date
    registration_number: str
    reason_codes: tuple[str, ...]
    what_to_look_at: tuple[str, ...]
    """one sentence for each finding"""
    documents: tuple[tuple[str, str, str], ...]
    """(role, declared type, file)"""
    evidence: str
    """address of the page of evidence from where the workbook lies; empty without one"""
    certification_expires_on: date | None
    service_due_on: date | None
    """None while the case waits for the applicant"""
    clock: str
    """how the service clock stands, in words that begin with `overdue` or `alarm` when a case waited too long"""
    decision_version: str
    """changes whenever the case has been decided anew; an answer to an older one is stale"""


class Issued(NamedTuple):
    """What was handed out under one token."""

    submission_id: str
    revision: int
    decision_version: str
    token: str = ""


def shown_cells(case: QueueRow) -> list[Value]:
    """The read-only cells of one case, in the order of the columns, those before the entries first.

    Lane codes stay out: they would tell a case that came by lot from one that came by rule.
    """
    codes = [code for code in case.reason_codes if Reason(code).reason_class is not ReasonClass.LANE]
    documents = [f"{role}: {kind.replace('_', ' ')} ({file})" for role, kind, file in case.documents]
    return [
        case.submission_id,
        case.revision,
        case.applicant_name,
        case.date_of_birth,
        f"{case.kind}, {case.role}",
        case.waiting_days,
        case.service_due_on,
        case.clock,
        lines_that_fit(case.what_to_look_at or (_PLAIN_LOOK,)),
        lines_that_fit(documents),
        _EVIDENCE if case.evidence else None,
        "\n".join(codes),
        case.submitted_on,
        case.registration_number,
        case.certification_expires_on,
    ]


def row_token(key: bytes, run_id: str, case: Issued, shown: Sequence[object]) -> str:
    """The code of one row over its run, case, version and displayed cells: 32 hex digits of an HMAC-SHA256."""
    said = json.dumps([FORMAT, run_id, *case[:3], [canonical(value) for value in shown]])
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:32]


def queue_seal(key: bytes, run_id: str, issued: Iterable[Issued]) -> str:
    """The code over all rows that were handed out: 64 hex digits of an HMAC-SHA256."""
    return hmac.new(key, json.dumps([FORMAT, run_id, *issued]).encode(), hashlib.sha256).hexdigest()
