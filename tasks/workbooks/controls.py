"""Control totals of the auditors' workbook: formulas of our own that count again what the other sheets hold."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle

from tasks.workbooks.book import Book, Column, Table
from tasks.workbooks.cells import Look

DISPOSITIONS = ("Accepted", "Duplicate", "Superseded", "Quarantined", "Conflict")


class Sheets(NamedTuple):
    """The parts of each subject; more than one only past a million rows."""

    decisions: Sequence[Table]
    certificates: Sequence[Table]
    messages: Sequence[Table]
    runs: Sequence[Table]


class Control(NamedTuple):
    """One total that the workbook computes again, what it must be, and why."""

    what: str
    formula: str
    expected: int
    why: str


def controls_of(sheets: Sheets, counts: Mapping[str, int]) -> list[Control]:
    """What an auditor looks for first; expected is zero by rule, or the ledger's own count where it is given."""
    return [*_row_counts(sheets, counts), *_rules(sheets)]


def write_controls(book: Book, controls: Iterable[Control]) -> None:
    """Write the controls as the second sheet: computed, expected, and OK or LOOK."""
    table = book.table("Controls", _COLUMNS, index=0)
    for row, control in enumerate(controls, 2):
        check = f'=IF(B{row}=C{row},"OK","LOOK")'
        table.append([control.what, f"={control.formula}", control.expected, check, control.why])
    good = DifferentialStyle(font=Font(bold=True, color="1E5B2C"), fill=PatternFill(bgColor="D9EEDD"))
    bad = DifferentialStyle(font=Font(bold=True, color="9B2C2C"), fill=PatternFill(bgColor="F6C9C9"))
    for word, style in (("OK", good), ("LOOK", bad)):
        rule = Rule(type="expression", formula=[f'$D2="{word}"'], dxf=style)
        table.sheet.conditional_formatting.add(table.cells_of("Check"), rule)
    table.close()


_COLUMNS = (
    Column("What is counted", 46, Look.LONG),
    Column("Computed here", 16, Look.FORMULA),
    Column("Expected", 12, Look.WHOLE),
    Column("Check", 10, Look.FORMULA),
    Column("Why", 80, Look.LONG),
)
_FIRST = {"decisions": "Submission", "certificates": "Serial", "messages": "Message", "runs": "Run"}


def _row_counts(sheets: Sheets, counts: Mapping[str, int]) -> list[Control]:
    why = "As many as the ledger counts by itself: nothing was left out of this workbook."
    return [
        Control(f"Rows in {name.capitalize()}", _over(getattr(sheets, name), "COUNTA({0})", first), counts[name], why)
        for name, first in _FIRST.items()
        if name in counts
    ]


def _rules(sheets: Sheets) -> list[Control]:
    decisions, certificates, messages, runs = sheets
    person = "+".join(f'COUNTIFS({{0}},"{word}",{{1}},"<>person")' for word in ("denied", "approved", "withdrawn"))
    nameless = _over(decisions, 'COUNTIFS({0},"?*",{1},"")', "Submission", "Actor")
    fileless = 'COUNTIFS({0},"?*",{0},"<>reserved",{0},"<>void",{1},"")'
    placed = "-".join(f"SUM({{{place}}})" for place in range(len(DISPOSITIONS) + 1))
    found = {
        "Denied, approved or withdrawn by a machine": (
            _over(decisions, person, "Outcome", "Actor kind"),
            "Only a named person denies, approves for a person, or withdraws.",
        ),
        "Decisions without an actor": (nameless, "Who acted is always recorded."),
        "Rows received without a disposition": (
            _over(runs, placed, "Received", *DISPOSITIONS),
            "Every row ends in exactly one place.",
        ),
        "Runs that did not balance": (_over(runs, 'COUNTIF({0},"no")', "Balanced"), "Every night adds up."),
        "Certificates issued without a file": (
            _over(certificates, fileless, "State", "SHA-256 of the file"),
            "Every issued certificate is a stored file whose digest is known.",
        ),
        "Certificates reserved and not issued": (
            _over(certificates, 'COUNTIF({0},"reserved")', "State"),
            "A reserved serial is issued in the same night; one that stays is a crash that nobody resumed.",
        ),
        "Messages that failed": (_over(messages, 'COUNTIF({0},"failed")', "State"), "Nobody waits for a lost message."),
        "Messages still queued": (
            _over(messages, 'COUNTIF({0},"queued")', "State"),
            "The queue is drained each night.",
        ),
    }
    return [Control(what, formula, 0, why) for what, (formula, why) in found.items()]


def _over(parts: Sequence[Table], count: str, *titles: str) -> str:
    """A formula over all parts of a subject; `{0}`, `{1}` stand for the cells under the titles."""
    ranges = ([f"'{part.sheet.title}'!{part.cells_of(title)}" for title in titles] for part in parts)
    return "+".join(count.format(*cells) for cells in ranges)
