"""A workbook's first sheet as text: dates ISO, numbers without exponent, formulas by the result that was saved."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tasks.tables.raw import Opened, Row, TableRefused
from tasks.tables.sheet_scan import Marks, scan_first_sheet

# A sheet is held as a full rectangle by its reader: one stray cell at the far corner would take half a terabyte.
_MOST_COLUMNS = 1_000
_ROWS_TO_SPARE = 100_000


def open_xlsx(path: Path, expected_rows: int) -> Opened:
    """Open a workbook and read the header of its first sheet.

    Raises:
        TableRefused: not a workbook, too large, protected, or cells far outside the rows that the manifest tells.
    """
    marks = scan_first_sheet(path)
    if marks.columns > _MOST_COLUMNS or marks.rows > expected_rows + _ROWS_TO_SPARE:
        where = f"row {marks.rows:,}, column {marks.columns:,}"
        raise TableRefused(f"{path.name}: the sheet reaches to {where}. Delete the stray cells and save it again.")
    filled = _filled_rows(path, marks)
    _, header = next(filled, (0, []))
    if not header:
        raise TableRefused(
            f"{path.name}: the first sheet is empty. Put the table, with its header, on the first sheet."
        )
    width = max(place for place, cell in enumerate(header, 1) if cell != "")

    def rows(moments: Collection[int]) -> Iterator[Row]:
        for number, cells in filled:
            texts = [_text(cell, place in moments) for place, cell in enumerate(cells)]
            # The sheet is as wide as its widest row; only what stands outside the header is too much.
            too_wide = any(texts[width:])
            flaws = {place: flaw for place, flaw in marks.flaws.get(number, {}).items() if place < width}
            yield Row(texts if too_wide else texts[:width], None, flaws)

    return Opened([_text(cell, moment=False) for cell in header[:width]], "xlsx", rows)


def _filled_rows(path: Path, marks: Marks) -> Iterator[tuple[int, list[Any]]]:
    """(1-based sheet row, its cells from column A) of every row that holds something."""
    for number, cells in enumerate(_cells(path), start=1):
        if number in marks.flaws or any(cell != "" for cell in cells):
            yield number, cells


def _cells(path: Path) -> Iterator[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

    try:
        with CalamineWorkbook.from_path(path) as book:
            sheet = book.get_sheet_by_index(0)
            if book.sheets_metadata[0].typ != SheetTypeEnum.WorkSheet or sheet.start is None:
                return
            left_out = [""] * sheet.start[1]
            for cells in sheet.iter_rows():
                yield [*left_out, *cells]
    except CalamineError:
        raise TableRefused(f"{path.name} cannot be read as a workbook. Save it again as .xlsx.") from None


def _text(cell: Any, moment: bool) -> str:
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        # A date cell at midnight is all that a timestamp cell at midnight is.
        return f"{cell.isoformat()}T00:00:00" if moment else cell.isoformat()
    return _TEXTS[type(cell)](cell)


def _number(value: float) -> str:
    """As the sheet shows it: 15 significant digits, no exponent, no `.0`."""
    return f"{Decimal(f'{value:.15g}'):f}"


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: str,
    int: str,
    float: _number,
    dt.datetime: dt.datetime.isoformat,
    dt.time: dt.time.isoformat,
    dt.timedelta: str,
}
