"""A table into the all-text frame: header matched to the contract, every row accounted for."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from expectations.columns import Column, FormName, contract, headers, plain_header
from tasks.tables.delimited import open_csv
from tasks.tables.raw import FIELD_LIMIT, Damaged, Drift, Flaw, Opened, RawTable, Row, TableRefused
from tasks.tables.workbook import open_xlsx

# Line ends and tabs are text inside a quoted value; U+DC80 to U+DCFF stand for bytes that could not be decoded.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_UNDECODED = re.compile("[\ud800-\udfff]")
_HEADER_SHOWN = 60


@dataclass(frozen=True)
class _Header:
    """Where each known column stands, and what the header says besides."""

    width: int
    places: Mapping[str, int]
    unknown: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...]


@dataclass
class _Cut:
    """The rows so far."""

    found: int = 0
    numbers: list[int] = field(default_factory=list)
    kept: list[list[str]] = field(default_factory=list)
    damaged: list[Damaged] = field(default_factory=list)

    def add(self, row: Row, flaw: Flaw | None, file: str, known: Mapping[int, str]) -> None:
        """Keep the row, or name its damage."""
        if flaw is None:
            self.numbers.append(self.found)
            self.kept.append(row.values)
            return
        place = next(
            (f", column {known[place]}" for place in row.flaws if row.flaws[place] is flaw and place in known), ""
        )
        sentence = f"{file}, row {self.found}{place}: {flaw.sentence}"
        raw = "\n".join(row.values)[:FIELD_LIMIT]
        self.damaged.append(Damaged(self.found, flaw.value, sentence, raw))


def read_table(path: Path, expected_rows: int) -> RawTable:
    """Read a delivery's table into text.

    Args:
        path: a `.csv` or `.xlsx` file.
        expected_rows: the manifest's control total, header excluded.

    Returns:
        The rows as text, and the damaged ones by number; together exactly `expected_rows`.

    Raises:
        TableRefused: nothing of it can be taken in.
    """
    opened = open_xlsx(path, expected_rows) if path.suffix == ".xlsx" else open_csv(path)
    header = _read_header(path.name, opened)
    cut = _cut_rows(path.name, header, opened, expected_rows)
    _agree_or_refuse(path.name, cut, expected_rows)
    frame = _frame(header, cut)
    _all_needed_or_refuse(path.name, header, frame)
    return RawTable(path.name, frame, tuple(cut.damaged), Drift(header.unknown, header.aliases, opened.encoding))


def _read_header(file: str, opened: Opened) -> _Header:
    names = [headers().get(plain_header(text)) for text in opened.header]
    seen = Counter(name or plain_header(text) for name, text in zip(names, opened.header, strict=True))
    if twice := [name for name, times in seen.items() if times > 1 and name]:
        shown = ", ".join(map(_shown, twice))
        raise TableRefused(f"{file}: the header has {shown} more than once. Take the doubles out and export again.")
    places = {name: place for place, name in enumerate(names) if name}
    if missing := [column.name for column in contract().values() if column.always and column.name not in places]:
        raise TableRefused(_lacks(file, missing))
    unknown = tuple(_shown(text) for name, text in zip(names, opened.header, strict=True) if not name)
    pairs = [(_shown(text), name) for name, text in zip(names, opened.header, strict=True) if name]
    aliases = tuple((text, name) for text, name in pairs if plain_header(text) != plain_header(name))
    return _Header(len(names), places, unknown, aliases)


def _shown(header: str) -> str:
    """A header as it may be told: one line, not long."""
    return "".join(character if character.isprintable() else "?" for character in header[:_HEADER_SHOWN]) or "(no name)"


def _lacks(file: str, missing: Collection[str]) -> str:
    needed = f"needs the column{'s' if len(missing) > 1 else ''} {', '.join(missing)} in its header"
    return f"{file} {needed}. Export the table with all columns, comma between, or add an alias."


def _cut_rows(file: str, header: _Header, opened: Opened, expected: int) -> _Cut:
    moments = {place for name, place in header.places.items() if contract()[name].form is FormName.TIMESTAMP}
    known = {place: name for name, place in header.places.items()}
    cut = _Cut()
    for row in opened.rows(moments):
        cut.found += 1
        # More rows than the manifest tells are refused in the end: they are counted, and not held.
        if cut.found <= expected:
            cut.add(row, _flaw_of(row, header.width) or _flaw_of_cells(row, known), file, known)
    return cut


def _flaw_of_cells(row: Row, known: Mapping[int, str]) -> Flaw | None:
    return next((flaw for place, flaw in sorted(row.flaws.items()) if place in known), None)


def _flaw_of(row: Row, width: int) -> Flaw | None:
    if row.flaw:
        return row.flaw
    text = "".join(row.values)
    if _UNDECODED.search(text):
        return Flaw.ROW_ENCODING
    if _CONTROL.search(text):
        return Flaw.ROW_CONTROL_CHARACTERS
    if len(row.values) != width:
        return Flaw.ROW_WIDTH
    too_long = len(text) > FIELD_LIMIT and max(map(len, row.values)) > FIELD_LIMIT
    return Flaw.ROW_TOO_LONG if too_long else None


def _agree_or_refuse(file: str, cut: _Cut, expected: int) -> None:
    if cut.found == expected:
        return
    count = f"{file} has {cut.found} rows where its manifest says {expected}"
    if broken := next((row.row for row in cut.damaged if row.code == Flaw.ROW_QUOTING), None):
        why = f"from row {broken} on, broken quotation marks run rows together"
        raise TableRefused(f"{count}: {why}. Double the marks inside quoted values and export again.")
    raise TableRefused(f"{count}. Have the portal export the delivery again.")


def _frame(header: _Header, cut: _Cut) -> pd.DataFrame:
    columns = {name: _column(header.places.get(name), cut.kept) for name in contract()}
    return pd.DataFrame({"row": pd.Series(cut.numbers, dtype="int64"), **columns})


def _column(place: int | None, kept: list[list[str]]) -> pd.Series:
    values = [None] * len(kept) if place is None else [row[place] or None for row in kept]
    return pd.Series(values, dtype="str")


def _all_needed_or_refuse(file: str, header: _Header, frame: pd.DataFrame) -> None:
    """A column that is missing is no deficiency of every row that needs it: the export is broken."""
    present = {text.strip().lower() for name in ("role", "kind") for text in frame[name].dropna().unique()}
    if missing := list(_needed_but_absent(header, present)):
        raise TableRefused(_lacks(file, missing))


def _needed_but_absent(header: _Header, present: set[str]) -> Iterator[str]:
    for column in contract().values():
        if column.needed_by & present and not _has(header, column):
            yield column.name


def _has(header: _Header, column: Column) -> bool:
    return column.name in header.places or column.or_else in header.places
