"""What the rows of a register must be, each by itself, beside the others, and beside what the ledger holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from registry.facts import Address, PersonName, RegisterEntry, Role
from tasks.ledger.engine import Connection
from tasks.ledger.registrations import roles_by_number
from tasks.ledger.writing import chunks
from tasks.strict_csv import Cells, Faults, in_place, read_cells

_NUMBER, _RELATED = "registration_number", "related_registration_number"
_ADDRESS = ("street", "unit", "city", "state", "zip")
_COLUMNS = (
    _NUMBER,
    "role",
    "status",
    "status_since",
    "first_name",
    "middle_name",
    "last_name",
    "name_suffix",
    "date_of_birth",
    "email",
    *_ADDRESS,
    "issued_on",
    "expires_on",
    _RELATED,
    "hold",
)
_STATUSES = {"active", "expired", "suspended", "revoked", "denied", "withdrawn"}
_ROLES = {role.value for role in Role}


class _Relation(NamedTuple):
    """A row that names another registration."""

    row: int
    role: str
    related: str


class RegisterRows:
    """The rows of a register file; of each, only number, role and relation are kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults = Faults(path.name)
        self._held: dict[str, tuple[int, str]] = {}
        """(row, role) of each number"""
        self._relations: list[_Relation] = []

    def entries(self) -> Iterator[RegisterEntry]:
        """The rows that are right by themselves, in order; the faults of the others are noted."""
        for cells in read_cells(self.path, _COLUMNS, self.faults):
            entry = self._entry(cells)
            if entry is not None:
                yield entry

    def check_relations(self, connection: Connection) -> list[int]:
        """Note relations that cannot be, once all rows were read; the rows whose relation nobody holds."""
        elsewhere = []
        for relation in self._relations:
            if relation.related in self._held:
                self._compare(relation, *self._held[relation.related])
            else:
                elsewhere.append(relation)
        return [row for some in chunks(elsewhere) for row in self._unheld(connection, some)]

    def _unheld(self, connection: Connection, relations: list[_Relation]) -> Iterator[int]:
        roles = roles_by_number(connection, (each.related for each in relations))
        for relation in relations:
            if relation.related in roles:
                self._compare(relation, None, roles[relation.related])
            else:
                yield relation.row

    def _compare(self, relation: _Relation, other_row: int | None, other_role: str) -> None:
        if relation.role != other_role:
            return
        held = "both rows are" if other_row else "the row and the registration that it names in the ledger are"
        why = f"{held} of a {other_role}; a relation joins a patient and a caregiver, so correct the relation or a role"
        told = in_place(self.path.name, (relation.row, other_row), _RELATED, why)
        self.faults.add(self.path.name, relation.row, told)

    def _entry(self, cells: Cells) -> RegisterEntry | None:
        number, role, related = cells.needed(_NUMBER), cells.one_of("role", _ROLES), cells.text(_RELATED)
        self._note(cells, number, role, related)
        status, status_since = cells.one_of("status", _STATUSES), cells.maybe_day("status_since")
        name = PersonName(
            cells.needed("first_name"), cells.text("middle_name"), cells.needed("last_name"), cells.text("name_suffix")
        )
        date_of_birth, email = cells.day("date_of_birth"), cells.text("email")
        address = Address(*map(cells.text, _ADDRESS))
        issued_on = cells.maybe_day("issued_on")
        expires_on = cells.last_day("expires_on", "issued_on", issued_on)
        hold = cells.yes("hold")
        if not cells.sound:
            return None
        return RegisterEntry(
            registration_number=number,
            role=Role(role),
            status=status,
            status_since=status_since,
            name=name,
            date_of_birth=date_of_birth,
            email=email,
            address=address,
            issued_on=issued_on,
            expires_on=expires_on,
            related_registration_number=related,
            hold=hold,
        )

    def _note(self, cells: Cells, number: str, role: str, related: str) -> None:
        """Keep what other rows are compared with, also of a row that is wrong elsewhere."""
        if number:
            first_row, _ = self._held.setdefault(number, (cells.row, role))
            if first_row != cells.row:
                cells.fault(_NUMBER, "both rows hold the same number; keep one of them", first_row)
        if related and related == number:
            cells.fault(_RELATED, "names the row itself; name the other person's registration or leave it empty")
        elif related and role:
            self._relations.append(_Relation(cells.row, role, related))
