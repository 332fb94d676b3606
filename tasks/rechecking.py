"""Look again at certificates that are good: file, bytes, words and dates of a drawn share, every night.

What issues certificates has read them once. A file that is lost, exchanged or damaged later, or a row that was edited,
is seen here.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from registry.codec import unpack
from registry.issuance import IssuanceOrder
from registry.recheck import Share, drawn
from tasks.authority import Authority, authority, places
from tasks.desk import Desk
from tasks.files import certificate_path
from tasks.ledger.cases import read_application
from tasks.ledger.engine import reading
from tasks.ledger.lookups import live_certificates, live_serials
from tasks.ledger.writing import chunks

_AT_ONCE = 100


class Fault(NamedTuple):
    """What is wrong with one certificate, in words without a personal value."""

    serial: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What a night looked at again, and what it found."""

    checked: int
    read_back: int
    """how many of them were compared word by word; those drawn with other words than today's are not"""
    faults: tuple[Fault, ...]

    def as_dict(self) -> dict[str, Any]:
        """For the summary."""
        return {"checked": self.checked, "read_back": self.read_back, "faults": [f._asdict() for f in self.faults]}


def recheck(desk: Desk, share: Share, seed: str) -> Rechecked:
    """Look again at this share of all certificates that are good on the run's day; changes nothing.

    The seed says which ones: with it and the list of good serials anybody draws the same.
    """
    with reading(desk.engine) as connection:
        live = live_serials(connection, desk.run.as_of.isoformat())
        serials = drawn(live, len(live), seed, share)
        if not serials:
            return Rechecked(0, 0, ())
        faults: list[Fault] = []
        read_back = 0
        keys = authority(places(desk.settings), desk.run.as_of)
        for some in chunks(serials, _AT_ONCE):
            for row in live_certificates(connection, some):
                faults += (Fault(row.serial, reason) for reason in _faults(desk, row, keys))
                read_back += row.template_version == _drawing_version()
    return Rechecked(len(serials), read_back, tuple(faults))


def _faults(desk: Desk, row: Any, keys: Authority) -> Iterator[str]:
    order = unpack(IssuanceOrder, json.loads(row.order))
    yield from _row_faults(row, order)
    yield from _term_faults(row, order)
    yield from _file_faults(desk, row, order, keys)


def _row_faults(row: Any, order: IssuanceOrder) -> Iterator[str]:
    said = {name: str(getattr(order, name)) for name in ("serial", "kind", "registration_number")}
    said |= {name: getattr(order, name).isoformat() for name in ("issued_on", "expires_on")}
    if wrong := [name.replace("_", " ") for name, value in said.items() if getattr(row, name) != value]:
        yield f"The ledger's row differs from the stored order: {', '.join(wrong)}. Find out who changed the ledger."
    if row.rivals:
        yield "Another permanent certificate of the same registration is good too. Make one of them void."


def _term_faults(row: Any, order: IssuanceOrder) -> Iterator[str]:
    if not row.registration_ends_on:
        yield "Its registration, or the end of it, is not in the register. Put the register right."
    # A temporary certificate stands in for a term that the register does not show yet.
    ends_on = order.registration_ends_on.isoformat() if row.kind == "temporary" else row.registration_ends_on
    if ends_on and row.expires_on > ends_on:
        yield "It is good past the end of its registration. Make it void, or put the register right."
    certified_to = read_application(row.application).certification.expires_on
    if certified_to and date.fromisoformat(row.expires_on) > certified_to:
        yield "It is good past the end of the certification. Make it void."


def _file_faults(desk: Desk, row: Any, order: IssuanceOrder, keys: Authority) -> Iterator[str]:
    path = certificate_path(desk.certificates, row.serial, row.issued_on)
    try:
        pdf = path.read_bytes()
    except OSError:
        yield "Its file is gone or cannot be opened. Restore it from backup."
        return
    if hashlib.sha256(pdf).hexdigest() != row.sha256:
        yield "Its file was changed since it was issued. Restore it from backup."
    elif row.template_version == _drawing_version():
        yield from _word_faults(pdf, order, keys)


def _word_faults(pdf: bytes, order: IssuanceOrder, keys: Authority) -> Iterator[str]:
    from tasks.proofing.judgement import disagreements

    if problems := disagreements(pdf, order, keys):
        yield f"It does not say what its order says: {'; '.join(problems)}. Have a person look at it."


@cache
def _drawing_version() -> str:
    """What a certificate drawn today is marked with: only then are its words today's words."""
    from tasks import engraving
    from tasks.engraving import wording

    return f"{engraving.TEMPLATE_VERSION}+{wording.fingerprint()}"
