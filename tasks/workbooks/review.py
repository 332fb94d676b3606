"""The analysts' queue as a workbook; their decisions come back through `read_review`."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation

from registry.reasons import Reason, ReasonClass
from tasks.notices import ReasonWords
from tasks.workbooks.book import Book, Column, Table
from tasks.workbooks.cells import Look
from tasks.workbooks.queue_sheet import (
    CHOICES,
    COLUMNS,
    ENTRIES,
    FORMAT,
    META,
    QUEUE,
    SHOWN_BEFORE,
    Issued,
    QueueRow,
    queue_seal,
    row_token,
    shown_cells,
)
from tasks.workbooks.returned import ReturnedRow, Verdict, read_review

__all__ = ["CHOICES", "QueueRow", "ReturnedRow", "Verdict", "read_review", "write_review"]

_WHO = {
    ReasonClass.APPLICANT: "the applicant can mend it",
    ReasonClass.PERSON: "an analyst settles it",
    ReasonClass.WAIT: "another submission comes first",
    ReasonClass.LANE: "nothing is wrong, an analyst decides by rule",
}
_SURE = {"C": "confirmed by the source", "S": "by a secondary source only", "D": "our choice, for want of a rule"}
_GUIDE = {
    "What to do": (
        ("1", "Go to the sheet Queue. Each row is one case; those that waited too long stand first."),
        ("2", "Read What to look at, open the page under Evidence, compare. The sheet Reasons explains every code."),
        ("3", "Choose a Decision in the yellow cells, and write a Ground where it needs one."),
        ("4", "Save the file as .xlsx and hand it back: nutmeg review apply FILE --actor YOUR-NAME"),
    ),
    "The decisions": tuple(CHOICES.items()),
    "Good to know": (
        (
            "Yellow",
            "Only the yellow cells are yours. A row in which another cell was changed is not acted on.",
        ),
        ("Empty", "A case without a decision stays in the queue. You can hand in a half-finished file."),
        (
            "Evidence",
            "The link opens a page with both readings and the places on the papers, where this file was written.",
        ),
        ("No remark", "In some cases nothing was found. Decide them by the documents, like all others."),
        (
            "Clock",
            "Only days on which a case waited for us count. While the applicant has to answer, it stands still.",
        ),
        ("Not a match", "A document that could not be read is not a document that is wrong. Look before you judge."),
        ("Formulas", "Type plain text. A row with a formula is not acted on."),
        (
            "Private",
            "Names and dates of birth stand in this file. Keep it where the case files are kept; do not e-mail it.",
        ),
    ),
}


def write_review(
    path: Path, queue: Iterable[QueueRow], run_id: str, reasons: Mapping[Reason, ReasonWords], key: bytes
) -> int:
    """Write the queue in the order given, mode 0600, and return how many cases it holds.

    Every row carries a token over its run, version and displayed cells, and a hidden sheet lists all rows under one
    code (HMAC-SHA256): locked cells keep people from accidents, the codes tell us of everything else.
    """
    book = Book()
    table = book.table(QUEUE, COLUMNS, frozen="D2")
    issued = []
    for case in queue:
        shown = shown_cells(case)
        known = Issued(case.submission_id, case.revision, case.decision_version)
        token = row_token(key, run_id, known, shown)
        row = [*shown[:SHOWN_BEFORE], *(None for _ in ENTRIES), *shown[SHOWN_BEFORE:], token]
        table.append(row, link=case.evidence)
        issued.append(known._replace(token=token))
    _furnish(table, len(reasons))
    table.close()
    _write_reasons(book, reasons)
    _write_meta(book, run_id, issued, key)
    _write_guide(book, run_id, table)
    book.lock_structure()
    book.open_at(QUEUE)
    book.save(path)
    return len(issued)


def _furnish(table: Table, reasons: int) -> None:
    """Drop-downs, colours that follow the entries, and the lock; all written after the rows."""
    sheet, decision, ground = table.sheet, table.letter("Decision"), table.letter("Ground")
    choice = DataValidation(type="list", formula1=f'"{",".join(CHOICES)}"', allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = "Decision", f"Choose one of: {', '.join(CHOICES)}."
    grounds = DataValidation(type="list", formula1=f"Reasons!$A$2:$A${reasons + 1}", allow_blank=True)
    grounds.showErrorMessage = False
    for rule, title in ((choice, "Decision"), (grounds, "Ground")):
        rule.add(table.cells_of(title))
        sheet.data_validations.append(rule)
    late, soon = Font(bold=True, color="9B2C2C"), Font(bold=True, color="8A5A00")
    due, clock = table.letter("Decide by"), table.letter("Clock")
    red, green = PatternFill(bgColor="F6C9C9"), PatternFill(bgColor="D9EEDD")
    rules = (
        ("Decide by", f"AND(ISNUMBER({due}2),{due}2<TODAY())", DifferentialStyle(font=late)),
        ("Clock", f'LEFT({clock}2,7)="overdue"', DifferentialStyle(font=late)),
        ("Clock", f'LEFT({clock}2,5)="alarm"', DifferentialStyle(font=soon)),
        ("Ground", f'AND(${decision}2="deny",${ground}2="")', DifferentialStyle(fill=red)),
        ("Decision", f'AND(${decision}2<>"",${decision}2<>"leave")', DifferentialStyle(fill=green)),
    )
    for title, formula, style in rules:
        sheet.conditional_formatting.add(table.cells_of(title), Rule(type="expression", formula=[formula], dxf=style))
    table.lock()
    sheet.page_setup.paperSize = 5  # legal: the entries still fit beside what is to be looked at
    sheet.print_area = f"A1:{table.letter('Analyst')}{max(table.rows, 1) + 1}"


def _write_reasons(book: Book, reasons: Mapping[Reason, ReasonWords]) -> None:
    columns = [("Code", 28), ("Who acts", 24), ("What to look at", 60), ("What the applicant is told", 60)]
    columns += [("Rule", 44), ("How sure", 24), ("Source", 50)]
    table = book.table("Reasons", [Column(title, width, Look.LONG) for title, width in columns], frozen="B2")
    for code, words in reasons.items():
        cited = words.citation
        said = (words.analyst, words.applicant, cited.title, _SURE[words.certainty], cited.url)
        table.append([code, _WHO[words.reason_class], *said])
    table.lock()
    table.close()


def _write_meta(book: Book, run_id: str, issued: Sequence[Issued], key: bytes) -> None:
    page = book.page(META, [20, 20, 20, 70])
    page.sheet.sheet_state = "veryHidden"
    for line in ((FORMAT, run_id, str(len(issued)), queue_seal(key, run_id, issued)), *issued):
        page.line(*((Look.TEXT, str(value)) for value in line))
    page.close()


def _write_guide(book: Book, run_id: str, table: Table) -> None:
    page = book.page("How to use this", [16, 100], index=0)
    decided = f"COUNTA({QUEUE}!{table.cells_of('Decision')})"
    page.line((Look.TITLE, "Review queue"))
    page.line((Look.LABEL, "Night"), (Look.PROSE, run_id))
    page.line((Look.LABEL, "Cases"), (Look.PROSE, str(table.rows)))
    page.line((Look.LABEL, "Decided so far"), (Look.FORMULA, f'={decided}&" of {table.rows}"'))
    for heading, lines in _GUIDE.items():
        page.line()
        page.line((Look.HEADING, heading))
        for label, text in lines:
            page.line((Look.LABEL, label), (Look.PROSE, text))
    page.close()
