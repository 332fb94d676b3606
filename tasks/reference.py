"""The reference tables: certifiers, conditions and holidays, and the register of registrations that already exist."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn

from registry.facts import CertifierPeriod, Condition
from tasks.errors import ReferenceTableError

_CERTIFIER_TYPES = {"physician", "aprn", "pa", "pharmacist"}
_CERTIFIER_STATUSES = {"active", "probation", "suspended", "lapsed", "revoked"}


@dataclass(frozen=True)
class Reference:
    """The tables as of one reading."""

    certifiers: dict[str, tuple[CertifierPeriod, ...]]
    conditions: dict[str, Condition]
    holidays: frozenset[date]


def load_reference(folder: Path) -> Reference:
    """Read the reference tables of a folder.

    Raises:
        ReferenceTableError: a table is missing or a cell is wrong; the sentence names file, row and column.
    """
    periods: dict[str, list[CertifierPeriod]] = defaultdict(list)
    for cell in _rows(folder / "certifiers.csv"):
        period = _certifier(cell)
        periods[period.license_number].append(period)
    certifiers = {number: tuple(sorted(held, key=lambda p: p.valid_from)) for number, held in periods.items()}
    conditions = {c.code: c for c in map(_condition, _rows(folder / "conditions.csv"))}
    holidays = frozenset(cell.day("date") for cell in _rows(folder / "holidays.csv"))
    return Reference(certifiers, conditions, holidays)


@dataclass(frozen=True)
class Cells:
    """One row of a reference table, read strictly."""

    place: str
    values: dict[str, str]

    def text(self, column: str) -> str:
        """The trimmed value; empty when empty."""
        try:
            return self.values[column].strip()
        except (KeyError, AttributeError):
            raise ReferenceTableError(f"{self.place}: column {column} is missing. Export the table again.") from None

    def needed(self, column: str) -> str:
        """A value that must be there."""
        return self.text(column) or self.refuse(column, "is empty")

    def one_of(self, column: str, choices: set[str]) -> str:
        """A value out of a closed list."""
        value = self.text(column).lower()
        return value if value in choices else self.refuse(column, f"must be one of {', '.join(sorted(choices))}")

    def day(self, column: str) -> date:
        """A day that must be there."""
        return self.maybe_day(column) or self.refuse(column, "is empty")

    def maybe_day(self, column: str) -> date | None:
        """A day, or None when empty."""
        value = self.text(column)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            return self.refuse(column, "must be a day such as 2026-11-22")

    def yes(self, column: str) -> bool:
        """A yes or no."""
        return self.one_of(column, {"yes", "no"}) == "yes"

    def refuse(self, column: str, why: str) -> NoReturn:
        """Stop with the place and the remedy; the value itself may be a person's and is not told."""
        raise ReferenceTableError(f"{self.place}, column {column}: {why}. Correct the table and start again.")


def _rows(path: Path) -> Iterator[Cells]:
    if not path.is_file():
        raise ReferenceTableError(f"{path.name} is missing in {path.parent}. Put it there or set NUTMEG_REFERENCE.")
    yield from read_cells(path)


def read_cells(path: Path) -> Iterator[Cells]:
    """The rows of a strict UTF-8 CSV table with a header.

    Raises:
        ReferenceTableError: the file is not such a table; the sentence names file and row.
    """
    number = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for number, values in enumerate(csv.DictReader(stream, strict=True), start=1):
                if None in values or None in values.values():
                    raise ReferenceTableError(
                        f"{path.name}, row {number}: the row has not as many cells as the header."
                    )
                yield Cells(f"{path.name}, row {number}", values)
    except (csv.Error, UnicodeDecodeError):
        raise ReferenceTableError(f"{path.name}, row {number}: not UTF-8 CSV. Export the table again.") from None


def _certifier(cell: Cells) -> CertifierPeriod:
    return CertifierPeriod(
        license_number=cell.needed("license_number"),
        full_name=cell.needed("full_name"),
        type=cell.one_of("type", _CERTIFIER_TYPES),
        valid_from=cell.day("valid_from"),
        valid_to=cell.maybe_day("valid_to"),
        status=cell.one_of("status", _CERTIFIER_STATUSES),
        csp_valid_to=cell.maybe_day("csp_valid_to"),
        dea_valid_to=cell.maybe_day("dea_valid_to"),
    )


def _condition(cell: Cells) -> Condition:
    return Condition(
        code=cell.needed("code"),
        label=cell.needed("label"),
        adult=cell.yes("adult"),
        minor=cell.yes("minor"),
        effective_from=cell.day("effective_from"),
        effective_to=cell.maybe_day("effective_to"),
    )
