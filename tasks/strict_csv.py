"""Tables of our own as CSV: read strictly and to their end, all faults told at once, so that no fault hides another."""

import csv
from bisect import insort
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tasks.errors import ReferenceTableError

LISTED_AT_MOST = 20
"""More faults or doubts than this are counted, not listed."""
DOUBTFUL = "Doubtful, a person should look"
"""The heading over what is no fault and what no machine can settle."""
_HEADER = 0


class Faults:
    """What is wrong with one or more tables, by file and row; only what will be shown is kept."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.count = 0
        self._first: list[tuple[str, int, int, str]] = []

    def add(self, file: str, row: int, sentence: str) -> None:
        """Note one fault; the sentence names place and remedy, and no value of the row."""
        self.count += 1
        insort(self._first, (file, row, self.count, sentence))
        del self._first[LISTED_AT_MOST:]

    def refuse(self) -> None:
        """Stop when there is any fault.

        Raises:
            ReferenceTableError: the first faults by file and row, and how many more there are.
        """
        if self.count:
            counted = "1 fault" if self.count == 1 else f"{self.count:,} faults"
            told = listed([sentence for *_, sentence in self._first], self.count)
            raise ReferenceTableError("\n  - ".join([f"{self.what} cannot be used, {counted}:", *told]))


def listed(sentences: Sequence[str], count: int | None = None) -> list[str]:
    """The first of the sentences and how many more there are; `count` says of how many when these are not all."""
    shown = list(sentences[:LISTED_AT_MOST])
    more = (len(sentences) if count is None else count) - len(shown)
    return [*shown, f"and {more:,} more"] if more else shown


@dataclass
class Cells:
    """One row of a table; a wrong cell is noted and read as empty, so that the rest of the row is looked at too."""

    file: str
    row: int
    values: dict[str, str]
    faults: Faults
    sound: bool = True
    """whether nothing read so far is wrong; a row that is not sound must not be used"""

    def text(self, column: str) -> str:
        """The trimmed value; empty when empty."""
        value = self._raw(column)
        if _is_text(value):
            return value
        self.fault(column, "is not UTF-8 text; export the table again")
        return ""

    def needed(self, column: str) -> str:
        """A value that must be there."""
        if not self._raw(column):
            self.fault(column, "is empty; fill it in")
        return self.text(column)

    def one_of(self, column: str, choices: Collection[str]) -> str:
        """A value out of a closed list; empty when wrong."""
        value = self._raw(column).lower()
        if value in choices:
            return value
        self.fault(column, f"is none of {', '.join(sorted(choices))}; write one of them")
        return ""

    def yes(self, column: str) -> bool:
        """A yes or no; no when wrong."""
        return self.one_of(column, {"yes", "no"}) == "yes"

    def maybe_day(self, column: str) -> date | None:
        """A day, or None when empty or wrong."""
        value = self._raw(column)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.fault(column, "is not a day; write it as 2026-11-22")
            return None

    def day(self, column: str) -> date:
        """A day that must be there; the first of all days when wrong."""
        if not self._raw(column):
            self.fault(column, "is empty; fill it in")
        return self.maybe_day(column) or date.min

    def last_day(self, column: str, first_column: str, first_day: date | None) -> date | None:
        """A day that is not before another of the same row, or None when empty or wrong."""
        day = self.maybe_day(column)
        if day and first_day and day < first_day:
            self.fault(column, f"is before {first_column}; correct one of the two days")
        return day

    def fault(self, column: str, why: str, other_row: int | None = None) -> None:
        """Note what is wrong with a cell, and the other row that it is at odds with."""
        self.sound = False
        # A column that is missing was told of the header, and is not told again of every row.
        if column in self.values:
            self.faults.add(self.file, self.row, in_place(self.file, (self.row, other_row), column, why))

    def _raw(self, column: str) -> str:
        return self.values.get(column, "").strip()


def in_place(file: str, rows: tuple[int, int | None], column: str, why: str) -> str:
    """A sentence on a cell of one or two rows, counted from 1 below the header."""
    both = sorted(row for row in rows if row is not None)
    return f"{file}, {'row' if len(both) == 1 else 'rows'} {' and '.join(map(str, both))}, column {column}: {why}."


def read_cells(path: Path, columns: Collection[str], faults: Faults) -> Iterator[Cells]:
    """The rows of a UTF-8 CSV table with a header that has these columns; empty lines count and are passed over.

    What is wrong with the header, with the number of cells of a row or with the quoting is noted, not raised.
    """
    row = _HEADER
    # Bytes that are not UTF-8 come through as what no text holds, so that their row and column can be named.
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
        lines = csv.reader(stream, strict=True)
        try:
            header = [name.strip() for name in next(lines, [])]
            _check_header(path.name, header, columns, faults)
            for row, values in enumerate(lines, start=1):
                if len(values) == len(header):
                    yield Cells(path.name, row, dict(zip(header, values, strict=True)), faults)
                elif values:
                    told = f"has {len(values)} cells and the header {len(header)}; export the table again."
                    faults.add(path.name, row, f"{path.name}, row {row}: {told}")
        except csv.Error:
            told = "cannot be read as CSV, and nothing after it was looked at; export the table again."
            faults.add(path.name, row + 1, f"{path.name}, row {row + 1}: {told}")


def _check_header(file: str, header: list[str], columns: Collection[str], faults: Faults) -> None:
    for column in columns:
        if (times := header.count(column)) != 1:
            why = "stands twice; keep one of the two" if times else "is missing; export the table again with it"
            faults.add(file, _HEADER, f"{file}, header, column {column}: {why}.")


def _is_text(value: str) -> bool:
    return "\0" not in value and (value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value))
