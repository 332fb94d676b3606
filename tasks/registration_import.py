"""Load or refresh the register of registrations that exist already."""

from collections.abc import Iterator
from pathlib import Path

from registry.facts import Address, PersonName, RegisterEntry, Role
from tasks.errors import WrongUseError
from tasks.ledger.engine import Engine
from tasks.ledger.registrations import save_registrations
from tasks.ledger.runs import NO_RUN
from tasks.ledger.writing import chunks, writing
from tasks.reference import Cells, read_cells

_STATUSES = {"active", "expired", "suspended", "revoked", "denied", "withdrawn"}


def import_registrations(engine: Engine, path: Path, actor: str) -> tuple[int, int]:
    """Load registry.csv whole or not at all; (rows read, rows that were new or changed).

    Raises:
        WrongUseError: there is no such file.
        ReferenceTableError: the table is not what it must be; the sentence names row and column. Nothing is loaded.
    """
    if not path.is_file():
        raise WrongUseError(f"{path} does not exist. Name the registry.csv to load.")
    read = changed = 0
    with writing(engine, actor, NO_RUN) as pen:
        for entries in chunks(_unique(path)):
            read += len(entries)
            changed += save_registrations(pen, entries)
        pen.record("register.imported", "register", rows=read, changed=changed)
    return read, changed


def _unique(path: Path) -> Iterator[RegisterEntry]:
    seen: set[str] = set()
    for cells in read_cells(path):
        entry = _entry(cells)
        if entry.registration_number in seen:
            cells.refuse("registration_number", "stands in an earlier row too")
        seen.add(entry.registration_number)
        yield entry


def _entry(cells: Cells) -> RegisterEntry:
    issued_on, expires_on = cells.maybe_day("issued_on"), cells.maybe_day("expires_on")
    if issued_on and expires_on and expires_on < issued_on:
        cells.refuse("expires_on", "is before issued_on")
    return RegisterEntry(
        registration_number=cells.needed("registration_number"),
        role=Role(cells.one_of("role", {"patient", "caregiver"})),
        status=cells.one_of("status", _STATUSES),
        status_since=cells.maybe_day("status_since"),
        name=PersonName(
            cells.needed("first_name"), cells.text("middle_name"), cells.needed("last_name"), cells.text("name_suffix")
        ),
        date_of_birth=cells.day("date_of_birth"),
        email=cells.text("email"),
        address=Address(*(cells.text(column) for column in ("street", "unit", "city", "state", "zip"))),
        issued_on=issued_on,
        expires_on=expires_on,
        related_registration_number=cells.text("related_registration_number"),
        hold=cells.yes("hold"),
    )
