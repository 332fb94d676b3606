"""Cells of a workbook: how they look, and that no value from outside ever becomes a formula."""

import math
import re
import unicodedata
from collections.abc import Iterable
from copy import copy
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from tasks.errors import NutmegError

Value = str | int | date | datetime | None
MAX_TEXT = 32_767
"""UTF-16 units that a cell holds; the format cuts the rest in silence, so we refuse before"""

_FIRST_SAFE_DAY = date(1900, 3, 1)  # before it, the calendar of spreadsheets has a day that never was
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class WorkbookError(NutmegError):
    """A workbook that cannot be written or taken back; the sentence names sheet and remedy, never a value."""


class Look(StrEnum):
    """How a cell looks, and what may stand in it."""

    HEADER = "header"
    ENTRY_HEADER = "entry_header"
    TEXT = "text"
    LINK = "link"
    """Words of ours that lead to a page of ours, never to an address from outside."""
    LONG = "long"
    STRONG = "strong"
    WHOLE = "whole"
    DAY = "day"
    MOMENT = "moment"
    ENTRY = "entry"
    """The one look whose cells people may change in a locked sheet."""
    LABEL = "label"
    TITLE = "title"
    HEADING = "heading"
    PROSE = "prose"
    FORMULA = "formula"
    """Our own formula, never a value from outside."""


WRAPPED = {Look.LONG, Look.ENTRY, Look.PROSE}
"""looks whose text goes on in a second line"""


def safe_text(text: str) -> str:
    """The text as a cell can hold it: NFC, LF, nothing unwritable, nothing that reads back as an escape.

    Raises:
        WorkbookError: when it is longer than a cell holds.
    """
    cleaned = unicodedata.normalize("NFC", _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))
    if len(cleaned.encode("utf-16-le")) > 2 * MAX_TEXT:
        raise WorkbookError(f"A text has more than {MAX_TEXT} characters, more than a cell holds; split or shorten it.")
    return _LOOKS_ESCAPED.sub("_x005F_", cleaned)


def lines_that_fit(lines: Iterable[str], limit: int = 8_000) -> str:
    """The lines one under another, as many as fit, and a last line that says how many did not."""
    kept, room, left_out = [], limit, 0
    for line in lines:
        room -= len(line) + 1
        kept.append(line) if room >= 0 else None
        left_out += room < 0
    return "\n".join([*kept, f"... and {left_out} more; see the case itself."] if left_out else kept)


def lines_high(value: object, width: float) -> int:
    """How many lines a wrapped text takes in a column of that width, estimated on the high side."""
    if not isinstance(value, str):
        return 1
    return sum(max(1, math.ceil(len(line) / max(width - 2, 1))) for line in value.split("\n"))


def canonical(value: object) -> str:
    """What a cell says, however a spreadsheet program keeps it: one text for `2`, `2.0` and a date at midnight."""
    if value is None:
        return ""
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
        return moment.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    while (unescaped := _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)) != text:
        text = unescaped
    return " ".join(unicodedata.normalize("NFC", _UNWRITABLE.sub("\ufffd", text)).split())


def fill(cell: Any, value: Value) -> None:
    """Put a value into a cell as text, whole number, day or moment in UTC; nothing is ever guessed.

    Raises:
        WorkbookError: for a text longer than a cell holds, or a moment without offset.
    """
    quoted = False
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise WorkbookError("A moment has no offset from UTC; give it with its zone.")
        moment = value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        cell._value, cell.data_type = moment, "d"
    elif isinstance(value, date) and value >= _FIRST_SAFE_DAY:
        cell._value, cell.data_type = value, "d"
    elif isinstance(value, int) and abs(value) < 2**53:
        cell._value, cell.data_type = value, "n"
    else:
        text = "" if value is None else safe_text(str(value))
        quoted = text.startswith(_FORMULA_STARTS)
        cell._value, cell.data_type = text or None, "s"
    if bool(cell._style.quotePrefix) != quoted:
        cell._style = copy(cell._style)  # the workbook keeps the old one, by reference
        cell.quotePrefix = quoted


_LINE = Side(style="thin", color="D5DBE1")
_BLUE, _GREEN, _ENTRY_FILL = "1D4F7C", "2F6B3C", "FFF9E5"


def dress(cell: Any, look: Look) -> None:
    """Fonts, fills and number formats; header colours carry white text at a contrast above 6."""
    heads = {Look.HEADER: _BLUE, Look.ENTRY_HEADER: _GREEN}
    sizes = {Look.TITLE: 18, Look.HEADING: 13}
    formats = {Look.WHOLE: "#,##0", Look.DAY: "yyyy-mm-dd", Look.MOMENT: "yyyy-mm-dd hh:mm:ss", Look.FORMULA: "General"}
    bold = look in heads or look in sizes or look in {Look.STRONG, Look.LABEL}
    cell.font = Font(
        name="Calibri",
        size=sizes.get(look, 11),
        bold=bold,
        underline="single" if look is Look.LINK else None,
        color="FFFFFF" if look in heads else _BLUE if look in sizes or look is Look.LINK else "1F2933",
    )
    wrapped = look in heads or look in WRAPPED
    side = "right" if look is Look.WHOLE else "left"
    cell.alignment = Alignment(side, "center" if look in heads else "top", wrap_text=wrapped, indent=look is Look.WHOLE)
    cell.number_format = formats.get(look, "@")
    if look in heads or look is Look.ENTRY:
        cell.fill = PatternFill("solid", fgColor=heads.get(look, _ENTRY_FILL))
    if look not in sizes and look not in {Look.PROSE, Look.LABEL, Look.FORMULA}:
        cell.border = Border(bottom=_LINE, right=_LINE)
    cell.protection = Protection(locked=look is not Look.ENTRY)
