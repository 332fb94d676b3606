"""The reference tables: certifiers, conditions and holidays."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from registry.facts import CertifierPeriod, Condition
from registry.law import Certainty
from tasks.errors import WrongUseError
from tasks.strict_csv import Cells, Faults, read_cells

_CERTIFIER_TYPES = {"physician", "aprn", "pa", "pharmacist"}
_CERTIFIER_STATUSES = {"active", "probation", "suspended", "lapsed", "revoked"}
_CERTIFIERS = (
    "license_number",
    "full_name",
    "type",
    "valid_from",
    "valid_to",
    "status",
    "csp_valid_to",
    "dea_valid_to",
)
_CONDITIONS = ("code", "label", "adult", "minor", "effective_from", "effective_to")
_LONGEST_NUMBER = 40


@dataclass(frozen=True)
class Reference:
    """The tables as of one reading."""

    certifiers: dict[str, tuple[CertifierPeriod, ...]]
    conditions: dict[str, Condition]
    holidays: frozenset[date]
    doubts: tuple[str, ...] = ()
    """one sentence for each thing that is no fault of the table and that a person should look at"""

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """One sentence for each condition whose days the agency has to confirm."""
        return tuple(
            f"{c.certainty}  {c.code}: {c.label}, on the list since {c.effective_from} [conditions.csv]"
            for c in self.conditions.values()
            if c.certainty not in {"", Certainty.CONFIRMED}
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many licenses, conditions and holidays the tables hold, by name."""
        return {
            "certifiers": len(self.certifiers),
            "conditions": len(self.conditions),
            "holidays": len(self.holidays),
        }

    @property
    def counted(self) -> str:
        """The same in words."""
        return "Reference tables: " + ", ".join(f"{number:,} {name}" for name, number in self.counts.items())


def load_reference(folder: Path) -> Reference:
    """Read the reference tables of a folder.

    Raises:
        WrongUseError: there is no such folder.
        ReferenceTableError: tables are missing or wrong; each sentence names file, row, column and remedy.
    """
    if not folder.is_dir():
        raise WrongUseError(f"The reference folder {folder} does not exist. Create it or name another.")
    faults = Faults(f"The reference tables in {folder}")
    certifiers, doubts = _certifiers(folder / "certifiers.csv", faults)
    conditions = _conditions(folder / "conditions.csv", faults)
    holidays = frozenset(cells.day("date") for cells in _rows(folder / "holidays.csv", ("date",), faults))
    faults.refuse()
    return Reference(certifiers, conditions, holidays, doubts)


def _rows(path: Path, columns: tuple[str, ...], faults: Faults) -> Iterator[Cells]:
    if path.is_file():
        yield from read_cells(path, columns, faults)
    else:
        faults.add(path.name, 0, f"{path.name} is missing; put it there, or name another folder in NUTMEG_REFERENCE.")


def _certifiers(path: Path, faults: Faults) -> tuple[dict[str, tuple[CertifierPeriod, ...]], tuple[str, ...]]:
    """All periods by license, and the doubts; a row that repeats another exactly is passed over."""
    rows: dict[str, dict[CertifierPeriod, int]] = defaultdict(dict)
    for cells in _rows(path, _CERTIFIERS, faults):
        period = _certifier(cells)
        if cells.sound:
            rows[period.license_number].setdefault(period, cells.row)
    certifiers = {number: tuple(sorted(held, key=lambda p: p.valid_from)) for number, held in rows.items()}
    doubts = sorted(doubt for number, held in rows.items() for doubt in _overlaps(certifiers[number], held))
    return certifiers, tuple(f"{path.name}, {told}" for _, told in doubts)


def _overlaps(periods: tuple[CertifierPeriod, ...], rows: Mapping[CertifierPeriod, int]) -> Iterator[tuple[int, str]]:
    """(row, sentence) of each period that begins before an earlier one has ended.

    It is told beside the earlier one that lasts longest, so that there are fewer sentences than rows.
    """
    longest = periods[0]
    for period in periods[1:]:
        if longest.covers(period.valid_from):
            pair = sorted((longest, period), key=rows.__getitem__)
            yield rows[pair[0]], _overlap(pair, [rows[each] for each in pair])
        longest = max(longest, period, key=lambda p: p.valid_to or date.max)


def _overlap(pair: list[CertifierPeriod], rows: list[int]) -> str:
    number = ascii(pair[0].license_number)[1:-1][:_LONGEST_NUMBER]
    spans = " and ".join(f"{each.valid_from} to {each.valid_to or 'open end'}" for each in pair)
    return (
        f"rows {rows[0]} and {rows[1]}: license {number} has two periods that overlap ({spans}); "
        "cases signed then go to a person. Correct the dates."
    )


def _certifier(cells: Cells) -> CertifierPeriod:
    valid_from = cells.day("valid_from")
    return CertifierPeriod(
        license_number=cells.needed("license_number"),
        full_name=cells.needed("full_name"),
        type=cells.one_of("type", _CERTIFIER_TYPES),
        valid_from=valid_from,
        valid_to=cells.last_day("valid_to", "valid_from", valid_from),
        status=cells.one_of("status", _CERTIFIER_STATUSES),
        csp_valid_to=cells.maybe_day("csp_valid_to"),
        dea_valid_to=cells.maybe_day("dea_valid_to"),
    )


def _conditions(path: Path, faults: Faults) -> dict[str, Condition]:
    conditions: dict[str, Condition] = {}
    first_rows: dict[str, int] = {}
    for cells in _rows(path, _CONDITIONS, faults):
        condition = _condition(cells)
        if condition.code and first_rows.setdefault(condition.code, cells.row) != cells.row:
            cells.fault("code", "both rows hold the same code; keep one of them", first_rows[condition.code])
        conditions[condition.code] = condition
    return conditions


def _condition(cells: Cells) -> Condition:
    effective_from = cells.day("effective_from")
    return Condition(
        code=cells.needed("code"),
        label=cells.needed("label"),
        adult=cells.yes("adult"),
        minor=cells.yes("minor"),
        effective_from=effective_from,
        effective_to=cells.last_day("effective_to", "effective_from", effective_from),
        certainty=_certainty(cells),
    )


def _certainty(cells: Cells) -> str:
    """The agency's own table may leave the column out."""
    certainty = cells.text("certainty")
    if certainty not in {"", *Certainty}:
        cells.fault("certainty", "is none of C, D, S; write one of them or leave it empty")
    return certainty
