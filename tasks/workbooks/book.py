"""Workbooks, tables and pages, written in one pass and flat memory; the same rows give the same bytes."""

import shutil
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from os import PathLike
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from tasks.files import private_file
from tasks.workbooks.cells import WRAPPED, Look, Value, WorkbookError, dress, fill, lines_high

MAX_ROWS = 1_000_000
"""rows of one sheet, header excluded; the format ends at 1,048,576 and the writer does not notice"""

_FIXED = datetime(1980, 1, 1)  # noqa: DTZ001 - the format knows no zone; fixed, so that bytes depend on rows alone


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `width` in characters."""

    title: str
    width: float
    look: Look = Look.TEXT
    hidden: bool = False


class Book:
    """A workbook written in one pass and in flat memory; sheets are written one after another."""

    def __init__(self) -> None:
        self._workbook: Any = Workbook(write_only=True)
        self._workbook.calculation.fullCalcOnLoad = True
        self._workbook.properties.creator = "Connecticut Department of Consumer Protection"
        self._workbook.properties.created = _FIXED
        self._workbook.properties.modified = _FIXED
        self._looks: dict[Look, Any] = {}

    def sheet(self, title: str, index: int | None = None) -> Any:
        """An empty sheet with the print setup of the house: letter, landscape, one page wide, page numbers."""
        sheet = self._workbook.create_sheet(title, index)
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 1
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.HeaderFooter.oddHeader.left.text = title
        sheet.HeaderFooter.oddHeader.right.text = "Confidential"
        sheet.HeaderFooter.oddFooter.right.text = "Page &P of &N"
        return sheet

    def cell(self, sheet: Any, look: Look, value: Value = None) -> Any:
        """One cell in its look; only `Look.FORMULA` computes, every other text stays text."""
        cell: Any = WriteOnlyCell(sheet)
        if look not in self._looks:
            dress(cell, look)
            self._looks[look] = cell._style
        cell._style = copy(self._looks[look])
        if look is Look.FORMULA:
            cell.value = value
        else:
            fill(cell, value)
        return cell

    def table(self, title: str, columns: Sequence[Column], index: int | None = None, frozen: str = "A2") -> "Table":
        """A sheet that is one table, its header frozen, repeated in print and with filters."""
        return Table(self, self.sheet(title, index), columns, frozen)

    def page(self, title: str, widths: Sequence[float], index: int | None = None) -> "Page":
        """A sheet to be read from top to bottom; `widths` in characters."""
        return Page(self, self.sheet(title, index), widths)

    def note(self, name: str, text: str) -> None:
        """Keep a custom document property, which a copy of the file keeps too."""
        self._workbook.custom_doc_props.append(StringProperty(name=name, value=text))

    def lock_structure(self) -> None:
        """Keep people from deleting or renaming sheets by accident."""
        self._workbook.security.lockStructure = True

    def open_at(self, title: str) -> None:
        """Let the workbook open at this sheet."""
        self._workbook.active = self._workbook.sheetnames.index(title)

    def save(self, path: Path) -> None:
        """Write the workbook under its name whole or not at all, mode 0600."""
        with private_file(path) as file, _SameBytesZip(file, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(self._workbook, archive).write_data()


class Table:
    """One table being written, row by row, with cells that are used again for every row."""

    def __init__(self, book: Book, sheet: Any, columns: Sequence[Column], frozen: str) -> None:
        self.sheet, self.columns, self.rows = sheet, columns, 0
        for letter, column in zip(map(get_column_letter, range(1, len(columns) + 1)), columns, strict=True):
            sheet.column_dimensions[letter].width = column.width
            sheet.column_dimensions[letter].hidden = column.hidden
        sheet.freeze_panes = frozen
        sheet.print_title_rows = "1:1"
        heads = (Look.ENTRY_HEADER if column.look is Look.ENTRY else Look.HEADER for column in columns)
        _high(sheet, 1, 2)
        sheet.append([book.cell(sheet, head, column.title) for head, column in zip(heads, columns, strict=True)])
        self._cells = [book.cell(sheet, column.look) for column in columns]
        self._wrapped = [index for index, column in enumerate(columns) if column.look in WRAPPED]

    def append(self, values: Sequence[Value], link: str = "") -> None:
        """Write one row, a value for every column; `link` is where its cell in `Look.LINK` leads.

        Raises:
            WorkbookError: past a million rows, or for a text longer than a cell holds.
        """
        if self.rows >= MAX_ROWS:
            raise WorkbookError(f"{self.sheet.title}: more than {MAX_ROWS} rows; choose a shorter period.")
        for cell, column, value in zip(self._cells, self.columns, values, strict=True):
            if column.look is Look.FORMULA:
                cell.value = value
            else:
                fill(cell, value)
            if column.look is Look.LINK:
                cell._hyperlink = Hyperlink(ref="", target=link) if link else None  # the setter would change the value
        self.rows += 1
        if self._wrapped:
            lines = max(lines_high(values[index], self.columns[index].width) for index in self._wrapped)
            _high(self.sheet, self.rows + 1, lines)
        self.sheet.append(self._cells)
        self.sheet.row_dimensions.pop(self.rows + 1, None)  # kept, they would grow with the rows

    def cells_of(self, title: str) -> str:
        """The cells under a header, such as `J2:J35`."""
        letter = self.letter(title)
        return f"{letter}2:{letter}{max(self.rows, 1) + 1}"

    def letter(self, title: str) -> str:
        """The letter of a column."""
        return get_column_letter([column.title for column in self.columns].index(title) + 1)

    def lock(self) -> None:
        """Let people change only the cells in `Look.ENTRY`, filter and widen; it stops accidents, nothing else."""
        guard = self.sheet.protection
        guard.sheet = True
        guard.autoFilter = guard.sort = guard.formatColumns = guard.formatRows = False

    def close(self) -> None:
        """End the sheet, with filters over all its rows."""
        self.sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.columns))}{max(self.rows, 1) + 1}"
        self.sheet.close()


class Page:
    """One sheet of prose and facts being written."""

    def __init__(self, book: Book, sheet: Any, widths: Sequence[float]) -> None:
        self._book, self.sheet, self._widths, self._rows = book, sheet, widths, 0
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.fitToHeight = 1
        for letter, width in zip(map(get_column_letter, range(1, len(widths) + 1)), widths, strict=True):
            sheet.column_dimensions[letter].width = width

    def line(self, *cells: tuple[Look, Value]) -> None:
        """Write one row of (look, value) from the left."""
        self._rows += 1
        wrapped = [lines_high(value, width) for (look, value), width in zip(cells, self._widths, strict=False)]
        _high(self.sheet, self._rows, 2 if cells and cells[0][0] is Look.TITLE else max(wrapped, default=1))
        self.sheet.append([self._book.cell(self.sheet, look, value) for look, value in cells])

    def close(self) -> None:
        """End the sheet."""
        self.sheet.close()


class _SameBytesZip(ZipFile):
    """A zip whose members all carry one fixed time, so that the bytes depend on the content alone."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(_member(name), data, compress_type, compresslevel)

    def write(
        self,
        filename: str | PathLike[str],
        arcname: str | PathLike[str] | None = None,
        compress_type: int | None = None,  # noqa: ARG002 - the signature is the library's
        compresslevel: int | None = None,  # noqa: ARG002
    ) -> None:
        info = _member(str(arcname or filename))
        info.file_size = Path(filename).stat().st_size
        with Path(filename).open("rb") as source, self.open(info, "w") as target:
            shutil.copyfileobj(source, target, 1 << 20)


def _high(sheet: Any, row: int, lines: int) -> None:
    """Make a row as high as its text; programs that do not do so themselves would show its first line only."""
    sheet.row_dimensions[row].height = min(15.5 * lines + 2, 400)  # the format ends at 409 points


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, _FIXED.timetuple()[:6])
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
    return info
