"""Registers and reference tables to be spoilt by hand."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tasks.ledger.engine import Engine, open_ledger, reading
from tasks.ledger.registrations import entries_by_number
from tasks.ledger.writing import head

Row = dict[str, str]

REGISTRATION: Row = {
    "registration_number": "R-1",
    "role": "patient",
    "status": "active",
    "status_since": "",
    "first_name": "Ana",
    "middle_name": "",
    "last_name": "Quillfeather",
    "name_suffix": "",
    "date_of_birth": "1980-02-29",
    "email": "ana@example.org",
    "street": "1 Elm St",
    "unit": "",
    "city": "Avon",
    "state": "CT",
    "zip": "06001",
    "issued_on": "2026-01-01",
    "expires_on": "2026-12-31",
    "related_registration_number": "",
    "hold": "no",
}
PERIOD: Row = {
    "license_number": "1.000001",
    "full_name": "Ira Moss",
    "type": "physician",
    "valid_from": "2024-01-01",
    "valid_to": "2024-12-31",
    "status": "active",
    "csp_valid_to": "2027-01-01",
    "dea_valid_to": "2027-01-01",
}
CONDITION: Row = {
    "code": "CANCER",
    "label": "Cancer",
    "adult": "yes",
    "minor": "no",
    "effective_from": "2012-10-01",
    "effective_to": "",
}
HOLIDAY: Row = {"date": "2026-11-26", "name": "Thanksgiving Day"}


def write_table(path: Path, rows: list[Row]) -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def register(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a registry.csv; each mapping is one row's difference from a sound registration."""

    def write(*changes: Row) -> Path:
        numbered = [{"registration_number": f"R-{row}"} | change for row, change in enumerate(changes, start=1)]
        return write_table(tmp_path / "registry.csv", [REGISTRATION | change for change in numbered])

    return write


@pytest.fixture
def tables(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes the reference tables; each mapping is one row's difference from a sound row."""

    def write(
        certifiers: tuple[Row, ...] = ({},), conditions: tuple[Row, ...] = ({},), holidays: tuple[Row, ...] = ({},)
    ) -> Path:
        folder = tmp_path / "reference"
        for name, sound, changes in (
            ("certifiers.csv", PERIOD, certifiers),
            ("conditions.csv", CONDITION, conditions),
            ("holidays.csv", HOLIDAY, holidays),
        ):
            write_table(folder / name, [sound | change for change in changes])
        return folder

    return write


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_ledger(f"sqlite:///{tmp_path / 'ledger' / 'nutmeg.db'}")
    yield opened
    opened.dispose()


@pytest.fixture
def held(engine: Engine) -> Callable[..., tuple[Any, Any]]:
    """A function that says what the ledger holds: the journal's head and these registrations."""

    def look(*numbers: str) -> tuple[Any, Any]:
        with reading(engine) as connection:
            return head(connection), entries_by_number(connection, numbers)

    return look
