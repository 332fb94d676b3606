"""What reading a table gives, and the words for what cannot be read."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from expectations.columns import contract
from tasks.errors import NutmegError

FIELD_LIMIT = 32_767
"""Characters a value may have: what a spreadsheet's cell holds."""


class TableRefused(NutmegError):  # noqa: N818 - it reads as what happened to the table
    """Nothing of this table can be taken in; the sentence names file, place and remedy, and no value."""


class Flaw(StrEnum):
    """Why a row cannot be cut into columns; these are reason codes of the quarantine."""

    ROW_CONTROL_CHARACTERS = "ROW_CONTROL_CHARACTERS"
    ROW_ENCODING = "ROW_ENCODING"
    ROW_QUOTING = "ROW_QUOTING"
    ROW_TOO_LONG = "ROW_TOO_LONG"
    ROW_WIDTH = "ROW_WIDTH"
    CELL_ERROR = "CELL_ERROR"
    CELL_FORMULA_EMPTY = "CELL_FORMULA_EMPTY"

    @property
    def sentence(self) -> str:
        """What is wrong with the row, and what to do."""
        return _SENTENCES[self]


_SENTENCES = {
    Flaw.ROW_CONTROL_CHARACTERS: "a value holds a NUL or another control character. Remove it and export again.",
    Flaw.ROW_ENCODING: "its letters are not in the encoding of the rest of the file. Export the table as UTF-8.",
    Flaw.ROW_QUOTING: "its quotation marks do not pair up. Double the marks inside quoted values and export again.",
    Flaw.ROW_TOO_LONG: f"a value is longer than {FIELD_LIMIT:,} characters. Shorten it and export again.",
    Flaw.ROW_WIDTH: "it has not as many cells as the header. Quote values that hold a comma and export again.",
    Flaw.CELL_ERROR: "a formula's result is an error. Replace it by its value and save again.",
    Flaw.CELL_FORMULA_EMPTY: "a formula was saved without its result. Replace it by its value and save again.",
}


class Row(NamedTuple):
    """One row as found: cells as text, or the flaw for which it has none; `flaws` are cells by position."""

    values: list[str]
    flaw: Flaw | None = None
    flaws: Mapping[int, Flaw] = {}


@dataclass(frozen=True)
class Opened:
    """A table with its header read; `rows` takes the positions of timestamp columns and can be walked once."""

    header: list[str]
    encoding: str
    rows: Callable[[Collection[int]], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Damaged:
    """A row that could not be cut into columns; `row` is the 1-based data row."""

    row: int
    code: str
    sentence: str
    """without any value"""
    raw: str
    """what was there, at most 32,767 characters; personal, for the quarantine alone"""


@dataclass(frozen=True, slots=True)
class Drift:
    """Where a table differs from the contract without harm."""

    unknown_headers: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    """(header, the column it was taken for), where another name was used"""
    encoding: str = "utf-8"
    """utf-8 or cp1252; xlsx for a workbook"""

    def sentences(self, file: str) -> tuple[str, ...]:
        """The drift told, a sentence for each point."""
        told = [f"{file}: nobody knows the column {header}; it is kept out." for header in self.unknown_headers]
        told += [f"{file}: the header {header} was taken for {column}." for header, column in self.aliases]
        if self.encoding == "cp1252":
            told.append(f"{file} is not UTF-8 and was read as Windows-1252.")
        return tuple(told)


@dataclass(frozen=True)
class RawTable:
    """A table as text.

    `frame` has `row`, the 1-based data row, and every column of the contract in its order (dtype str, empty is null; a
    column that the table lacks is all null). Damaged rows are in `damaged` alone, so `row` may skip numbers.
    """

    file: str
    frame: pd.DataFrame
    damaged: tuple[Damaged, ...]
    drift: Drift

    @property
    def rows(self) -> int:
        """Rows found, damaged ones too."""
        return len(self.frame) + len(self.damaged)

    def raw_rows(self, rows: Collection[int]) -> dict[int, dict[str, str]]:
        """Row number -> column -> text as it came, empty ones left out; personal, for the quarantine alone."""
        picked = self.frame[self.frame["row"].isin(list(rows))]
        cells = picked[list(contract())].to_dict("records")
        return {
            int(row): {str(name): value for name, value in values.items() if isinstance(value, str)}
            for row, values in zip(picked["row"], cells, strict=True)
        }
