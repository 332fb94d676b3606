"""The auditors' workbook for a period: what was decided, issued and sent, and totals that compute again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from tasks.workbooks.book import MAX_ROWS, Book, Column, Table
from tasks.workbooks.cells import Look, Value
from tasks.workbooks.controls import DISPOSITIONS, Sheets, controls_of, write_controls

Day = date | str
"""a day, or its ISO text as the ledger keeps it; empty text for none"""
Moment = datetime | str
"""a moment with its offset, or its ISO text as the ledger keeps it; empty text for none"""

DecisionLine = tuple[str, int, str, str, str, Moment, str, Sequence[str]]
"""submission_id, revision, outcome, actor kind (machine, person), actor, decided_at, rule_set, reason codes"""
ReasonLine = tuple[str, int]
"""reason code, how many decisions of the period carry it"""
CertificateLine = tuple[str, str, str, str, Day, Day, str]
"""serial, kind, state, registration_number, issued_on, expires_on, sha256"""
MessageLine = tuple[str, str, str, Moment, Moment]
"""message id, template, state, created_at, settled_at (empty while it is queued)"""
RunLine = tuple[str, Day, int, int, int, int, int, int, int, int, int, int, bool]
"""run_id, as of, rows received, accepted, duplicate, superseded, quarantined, conflict, decisions auto_approved,
review, deficient, held, balanced"""


@dataclass(frozen=True, slots=True)
class AuditTables:
    """What goes into the workbook: streams of plain tuples, each walked once, and what binds them to the ledger.

    No tuple holds a name, an address, a birth date or a diagnosis.
    """

    made_at: datetime
    code_version: str
    policy_fingerprints: Sequence[str]
    """fingerprints of all policies that decided in the period"""
    journal_seq: int
    journal_hash: str
    """number and hash of the journal's newest entry: the anchor"""
    decisions: Iterable[DecisionLine] = ()
    reasons: Iterable[ReasonLine] = ()
    certificates: Iterable[CertificateLine] = ()
    messages: Iterable[MessageLine] = ()
    runs: Iterable[RunLine] = ()
    ledger_counts: Mapping[str, int] = field(default_factory=dict)
    """how many decisions, certificates, messages and runs the ledger counts by itself, by these four names"""


def write_audit(path: Path, period: tuple[date, date], tables: AuditTables) -> None:
    """Write the workbook of a period, both days included, streaming, mode 0600; the same tables give the same bytes.

    Raises:
        WorkbookError: for a moment without offset or a text longer than a cell holds.
    """
    book = Book()
    decisions = _stream(book, "Decisions", _DECISIONS, map(_decision, tables.decisions))
    _stream(book, "Reasons", _REASONS, tables.reasons)
    certificates = _stream(book, "Certificates", _CERTIFICATES, map(_certificate, tables.certificates))
    messages = _stream(book, "Messages", _MESSAGES, map(_message, tables.messages))
    runs = _stream(book, "Runs", _RUNS, map(_run, tables.runs))
    sheets = Sheets(decisions, certificates, messages, runs)
    write_controls(book, controls_of(sheets, tables.ledger_counts))
    _write_about(book, period, tables, sheets)
    book.note("nutmeg-journal-anchor", f"{tables.journal_seq}:{tables.journal_hash}")
    book.open_at("About")
    book.save(path)


_DECISIONS = (
    Column("Submission", 22),
    Column("Revision", 9, Look.WHOLE),
    Column("Outcome", 16),
    Column("Actor kind", 12),
    Column("Actor", 22),
    Column("Decided at (UTC)", 20, Look.MOMENT),
    Column("Rule set", 22),
    Column("Reason codes", 60),
)
_REASONS = (Column("Code", 30), Column("Decisions", 12, Look.WHOLE))
_CERTIFICATES = (
    Column("Serial", 18),
    Column("Kind", 12),
    Column("State", 12),
    Column("Registration", 16),
    Column("Issued on", 12, Look.DAY),
    Column("Expires on", 12, Look.DAY),
    Column("SHA-256 of the file", 68),
)
_MESSAGES = (
    Column("Message", 56),
    Column("Template", 24),
    Column("State", 10),
    Column("Queued at (UTC)", 20, Look.MOMENT),
    Column("Settled at (UTC)", 20, Look.MOMENT),
)
_OUTCOMES = ("Approved at once", "To review", "Deficient", "Held")
_RUNS = (
    Column("Run", 28),
    Column("As of", 12, Look.DAY),
    *(Column(title, 12, Look.WHOLE) for title in ("Received", *DISPOSITIONS, *_OUTCOMES)),
    Column("Balanced", 10),
)


def _stream(book: Book, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> list[Table]:
    """Write the rows as they come, going on in a further sheet when one is full."""
    parts = [book.table(title, columns)]
    for row in rows:
        if parts[-1].rows == MAX_ROWS:
            parts[-1].close()
            parts.append(book.table(f"{title} {len(parts) + 1}", columns))
        parts[-1].append(row)
    parts[-1].close()
    return parts


def _decision(line: DecisionLine) -> Sequence[Value]:
    return [*line[:5], _moment(line[5]), line[6], " ".join(line[7])]


def _certificate(line: CertificateLine) -> Sequence[Value]:
    return [*line[:4], _day(line[4]), _day(line[5]), line[6]]


def _message(line: MessageLine) -> Sequence[Value]:
    return [*line[:3], _moment(line[3]), _moment(line[4])]


def _run(line: RunLine) -> Sequence[Value]:
    return [line[0], _day(line[1]), *line[2:12], "yes" if line[12] else "no"]


def _day(value: Day) -> Value:
    return _read(value, date.fromisoformat)


def _moment(value: Moment) -> Value:
    return _read(value, datetime.fromisoformat)


def _read(value: Value, read: Callable[[str], date]) -> Value:
    """A day or moment from the ledger's ISO text; a text that is none stays as it is, for the auditor to see."""
    if not isinstance(value, str) or not value:
        return value or None
    try:
        return read(value)
    except ValueError:
        return value


def _write_about(book: Book, period: tuple[date, date], tables: AuditTables, sheets: Sheets) -> None:
    page = book.page("About", [26, 110], index=0)
    facts: dict[str, Iterable[tuple[str, str]]] = {
        "": (
            ("Period", f"{period[0].isoformat()} to {period[1].isoformat()}, both days included"),
            ("Made at", tables.made_at.isoformat(" ", "seconds")),
            ("Version of the code", tables.code_version),
            *(("Policy fingerprint", fingerprint) for fingerprint in tables.policy_fingerprints),
        ),
        "Anchor": (
            ("Journal entry", str(tables.journal_seq)),
            ("Its hash", tables.journal_hash),
            ("Kept in", "the document property nutmeg-journal-anchor of this file, too"),
        ),
        "What is in it": [
            (name.capitalize(), f"{sum(part.rows for part in parts):,} rows")
            for name, parts in sheets._asdict().items()
        ],
        "How to check it": _HOW,
        "What is not in it": (("By design", "No names, no addresses, no dates of birth, no diagnoses."),),
    }
    page.line((Look.TITLE, "Auditors' workbook"))
    for heading, lines in facts.items():
        if heading:
            page.line()
            page.line((Look.HEADING, heading))
        for label, text in lines:
            page.line((Look.LABEL, label), (Look.PROSE, text))
    page.close()


_HOW = (
    (
        "1",
        "If the program asks, click Enable Editing, so that the formulas compute. Nothing is fetched from a network.",
    ),
    ("2", "Open the sheet Controls. Each line counts again what the other sheets hold; LOOK marks what differs."),
    (
        "3",
        "Keep this file where the agency cannot change it. The journal is a chain of hashes; the anchor is one link.",
    ),
    ("4", "On any later day, ask for the journal: it must verify, and its entry of that number must have that hash."),
    ("5", "As long as both hold, nothing before the anchor was changed, removed or put in later."),
    ("6", "A certificate's file can be checked by its SHA-256: sha256sum FILE, or Get-FileHash FILE on Windows."),
)
