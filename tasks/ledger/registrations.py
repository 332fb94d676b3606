"""The register of registrations: loaded once, refreshed at will, read in chunks."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, or_, select, update

from registry.facts import Address, PersonName, RegisterEntry, Role
from registry.journal import canonical, digest
from registry.names import person_key
from tasks.ledger.schema import certificate, registration
from tasks.ledger.writing import Writing

_KEY = "registration_number"


class ActiveRegistration(NamedTuple):
    """An active registration, as far as it says whose it is."""

    number: str
    role: str
    person_key: str
    date_of_birth: str
    first_name: str
    last_name: str
    kind: str = ""
    """always empty: a registration asks for nothing"""

    @property
    def name(self) -> PersonName:
        """First and last name."""
        return PersonName(self.first_name, "", self.last_name, "")


def save_registrations(pen: Writing, entries: Sequence[RegisterEntry]) -> int:
    """Store entries that are new or differ from what is held; how many those were."""
    rows = {entry.registration_number: _as_row(entry) for entry in entries}
    known = _digests(pen.connection, rows)
    changed = [row for number, row in rows.items() if known.get(number) != row["content_sha256"]]
    terms = _terms_we_issued(pen.connection, [row[_KEY] for row in changed])
    for row in changed:
        issued_on, expires_on = terms.get(row[_KEY], ("", ""))
        if expires_on > row["expires_on"]:
            # The file does not know of the renewal yet; a certificate must not outlive its registration.
            row |= {"issued_on": issued_on, "expires_on": expires_on}
    if changed:
        upsert = pen.dialect_insert(registration)
        updates = {c.name: upsert.excluded[c.name] for c in registration.columns if c.name != _KEY}
        pen.connection.execute(upsert.on_conflict_do_update(index_elements=[_KEY], set_=updates), changed)
    for row in changed:
        pen.record("registration.saved", row[_KEY], status=row["status"], new=row[_KEY] not in known)
    return len(changed)


def _terms_we_issued(connection: Connection, numbers: Sequence[str]) -> dict[str, tuple[str, str]]:
    """(issued on, expires on) of the live permanent certificates of these registrations."""
    c = certificate.c
    query = select(c.registration_number, c.issued_on, c.expires_on)
    live = query.where(c.registration_number.in_(numbers), c.kind == "permanent", c.state == "issued")
    return {row[0]: (row[1], row[2]) for row in connection.execute(live)}


def enter(pen: Writing, entry: RegisterEntry) -> None:
    """Put a new registration into the register."""
    pen.add(registration, [_as_row(entry)])
    pen.record("registration.entered", entry.registration_number, role=entry.role.value)


def amend(pen: Writing, entry: RegisterEntry) -> None:
    """Make a registration say what was decided.

    The digest stays that of the file it was loaded from: the same file loaded again must not undo a decision.
    """
    values = {name: value for name, value in _as_row(entry).items() if name not in {_KEY, "content_sha256"}}
    changed = update(registration).where(registration.c.registration_number == entry.registration_number)
    pen.connection.execute(changed.values(values))
    pen.record("registration.amended", entry.registration_number, status=entry.status)


def entries_by_number(connection: Connection, numbers: Iterable[str]) -> dict[str, RegisterEntry]:
    """The register entries with these numbers."""
    query = select(registration).where(registration.c.registration_number.in_(sorted(set(numbers) - {""})))
    return {row.registration_number: as_entry(row) for row in connection.execute(query)}


def roles_by_number(connection: Connection, numbers: Iterable[str]) -> dict[str, str]:
    """The role of each of these registrations that the register holds."""
    query = select(registration.c.registration_number, registration.c.role)
    held = query.where(registration.c.registration_number.in_(sorted(set(numbers))))
    return {row.registration_number: row.role for row in connection.execute(held)}


def entries_of_persons(connection: Connection, person_keys: Iterable[str]) -> list[tuple[str, RegisterEntry]]:
    """(person key, entry) of every registration of these persons, by number."""
    keys = sorted(set(person_keys))
    query = select(registration).where(registration.c.person_key.in_(keys)).order_by(registration.c.registration_number)
    return [(row.person_key, as_entry(row)) for row in connection.execute(query)]


def entries_related_to(connection: Connection, numbers: Iterable[str]) -> list[RegisterEntry]:
    """Active registrations that point to one of these numbers, by number."""
    related = registration.c.related_registration_number.in_(sorted(set(numbers) - {""}))
    query = select(registration).where(related, registration.c.status == "active")
    return [as_entry(row) for row in connection.execute(query.order_by(registration.c.registration_number))]


def active_registrations(
    connection: Connection, days: Iterable[str], person_keys: Iterable[str]
) -> list[ActiveRegistration]:
    """Active registrations of everybody born on one of these days, and of these persons."""
    c = registration.c
    wanted = or_(c.date_of_birth.in_(sorted(set(days))), c.person_key.in_(sorted(set(person_keys))))
    query = select(c.registration_number, c.role, c.person_key, c.date_of_birth, c.first_name, c.last_name)
    return [ActiveRegistration(*row) for row in connection.execute(query.where(wanted, c.status == "active"))]


def _digests(connection: Connection, numbers: Iterable[str]) -> dict[str, str]:
    query = select(registration.c.registration_number, registration.c.content_sha256)
    rows = connection.execute(query.where(registration.c.registration_number.in_(list(numbers))))
    return {row.registration_number: row.content_sha256 for row in rows}


def _as_row(entry: RegisterEntry) -> dict[str, Any]:
    row: dict[str, Any] = {
        "registration_number": entry.registration_number,
        "role": entry.role.value,
        "status": entry.status,
        "status_since": _iso(entry.status_since),
        "first_name": entry.name.first,
        "middle_name": entry.name.middle,
        "last_name": entry.name.last,
        "name_suffix": entry.name.suffix,
        "date_of_birth": entry.date_of_birth.isoformat(),
        "email": entry.email,
        "street": entry.address.street,
        "unit": entry.address.unit,
        "city": entry.address.city,
        "state": entry.address.state,
        "zip": entry.address.zip_code,
        "issued_on": _iso(entry.issued_on),
        "expires_on": _iso(entry.expires_on),
        "related_registration_number": entry.related_registration_number,
        "hold": entry.hold,
        "person_key": person_key(entry.name, entry.date_of_birth),
    }
    return row | {"content_sha256": digest(canonical(row))}


def as_entry(row: Row[Any]) -> RegisterEntry:
    """A stored row as the rules see it."""
    return RegisterEntry(
        registration_number=row.registration_number,
        role=Role(row.role),
        status=row.status,
        status_since=_day(row.status_since),
        name=PersonName(row.first_name, row.middle_name, row.last_name, row.name_suffix),
        date_of_birth=date.fromisoformat(row.date_of_birth),
        email=row.email,
        address=Address(row.street, row.unit, row.city, row.state, row.zip),
        issued_on=_day(row.issued_on),
        expires_on=_day(row.expires_on),
        related_registration_number=row.related_registration_number,
        hold=row.hold,
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
