"""How certificates stop being good: a newer one takes their place, or they are void for a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, or_, update

from tasks.ledger.schema import certificate, message
from tasks.ledger.writing import Writing


@dataclass(frozen=True, slots=True)
class Void:
    """A certificate that is not good any more, and why."""

    serial: str
    reason: str
    """kept beside the certificate, where it can be erased; a person may have written it, and of a person"""
    told: str
    """what the journal keeps of the reason, for good: a code, or a keyed digest of what a person wrote"""


def void(pen: Writing, voids: Sequence[Void]) -> None:
    """Make reserved or issued certificates void; what was to bring them by mail is not sent any more.

    Raises:
        RuntimeError: one of them was neither reserved nor issued; the whole transaction is undone.
    """
    if not voids:
        return
    statement = (
        update(certificate)
        .where(certificate.c.serial == bindparam("this_serial"), _is_live())
        .values(state="void", void_reason=bindparam("this_reason"))
    )
    done = pen.connection.execute(statement, [{"this_serial": v.serial, "this_reason": v.reason} for v in voids])
    if done.rowcount != len(voids):
        raise RuntimeError(f"{len(voids) - done.rowcount} certificates cannot be void; nothing was changed")
    for each in voids:
        pen.record("certificate.voided", each.serial, why=each.told)
    _cancel_messages(pen, [each.serial for each in voids])


def _is_live() -> ColumnElement[bool]:
    # Not IN: a list has no fixed length, and such a statement cannot be executed for many rows at once.
    return or_(certificate.c.state == "reserved", certificate.c.state == "issued")


def supersede(pen: Writing, serials: Sequence[str]) -> None:
    """End issued certificates that a newer one takes the place of, in this same transaction."""
    if not serials:
        return
    ended = update(certificate).where(certificate.c.serial.in_(serials), certificate.c.state == "issued")
    pen.connection.execute(ended.values(state="superseded"))
    for serial in serials:
        pen.record("certificate.superseded", serial)
    _cancel_messages(pen, serials)


def _cancel_messages(pen: Writing, serials: Sequence[str]) -> None:
    """Nobody gets a certificate by mail that has ended before the mail went out."""
    m = message.c
    cancelled = (
        update(message)
        .where(m.cause.in_([f"certificate:{serial}" for serial in serials]), m.state == "queued")
        .values(state="cancelled", settled_at=pen.at)
        .returning(m.message_id)
    )
    for message_id in sorted(pen.connection.execute(cancelled).scalars()):
        pen.record("message.cancelled", message_id)
