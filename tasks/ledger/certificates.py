"""Certificates: reserved before they are drawn, issued with their message, never in one step and never twice."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, select, update

from registry.codec import pack, unpack
from registry.decision import Outcome
from registry.facts import Kind
from registry.issuance import IssuanceOrder
from registry.journal import canonical
from tasks.ledger.endings import Void, supersede, void
from tasks.ledger.schema import certificate, decision, message, registration, submission
from tasks.ledger.writing import Row as Values
from tasks.ledger.writing import Writing

COUNTER = "certificate"
_NEW_TERM = (Kind.INITIAL.value, Kind.RENEWAL.value)


@dataclass(frozen=True, slots=True)
class Reserved:
    """A serial that is taken and waits to be drawn."""

    serial: str
    decision_id: str
    order: IssuanceOrder


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate that was drawn and read back: its serial, the digest of its bytes, and the drawing's version."""

    serial: str
    sha256: str
    template_version: str


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """A serial whose certificate could not be drawn or did not read back right, and why; never a personal value."""

    serial: str
    why: str


def any_issued(connection: Connection) -> bool:
    """Whether a certificate was ever drawn."""
    return (
        connection.execute(select(certificate.c.serial).where(certificate.c.sha256.is_not(None)).limit(1)).first()
        is not None
    )


def without_certificate(connection: Connection, kind: str) -> list[str]:
    """Automatic approvals that have no certificate of this kind yet, in the order they were decided upon."""
    has_one = exists().where(certificate.c.decision_id == decision.c.decision_id, certificate.c.kind == kind)
    query = select(decision.c.decision_id).where(decision.c.outcome == Outcome.AUTO_APPROVED.value, ~has_one)
    return list(connection.execute(query.order_by(decision.c.position)).scalars())


def reserve(pen: Writing, orders: Sequence[tuple[str, int, IssuanceOrder]]) -> None:
    """Record the intent: (decision, sequence, order), every input of the drawing frozen."""
    rows = [
        {
            "serial": order.serial,
            "sequence": sequence,
            "decision_id": decision_id,
            "kind": order.kind.value,
            "registration_number": order.registration_number,
            "state": "reserved",
            "order": canonical(pack(order)),
            "issued_on": order.issued_on.isoformat(),
            "expires_on": order.expires_on.isoformat(),
            "template_version": "",
            "reserved_at": pen.at,
            "run_id": pen.run_id,
        }
        for decision_id, sequence, order in orders
    ]
    pen.add(certificate, rows)
    for decision_id, _, order in orders:
        pen.record("certificate.reserved", order.serial, decision=decision_id, kind=order.kind.value)


def reserved(connection: Connection) -> list[str]:
    """Serials that wait to be drawn, in order."""
    query = select(certificate.c.serial).where(certificate.c.state == "reserved").order_by(certificate.c.sequence)
    return list(connection.execute(query).scalars())


def orders_of(connection: Connection, serials: Sequence[str]) -> list[Reserved]:
    """The orders of these certificates, in order of their sequence."""
    query = select(certificate.c.serial, certificate.c.decision_id, certificate.c.order)
    rows = connection.execute(query.where(certificate.c.serial.in_(serials)).order_by(certificate.c.sequence))
    return [Reserved(row.serial, row.decision_id, _order(row.order)) for row in rows]


def issue(pen: Writing, issued: Sequence[Issued], messages: Sequence[Values]) -> None:
    """Make certificates good and queue their messages, in this one transaction.

    A permanent certificate supersedes what its registration held before and extends the registration to its own end.

    Raises:
        RuntimeError: a serial was not reserved any more; the whole transaction is undone.
    """
    # Told first, so that the journal too shows no moment between the new certificate and the one it takes the place of.
    for each in issued:
        pen.record("certificate.issued", each.serial, sha256=each.sha256)
    _renew(pen, [each.serial for each in issued])
    statement = (
        update(certificate)
        .where(certificate.c.serial == bindparam("this_serial"), certificate.c.state == "reserved")
        .values(
            state="issued",
            not_drawn_because=None,
            sha256=bindparam("this_sha256"),
            template_version=bindparam("this_version"),
            issued_at=pen.at,
        )
    )
    values = [{"this_serial": i.serial, "this_sha256": i.sha256, "this_version": i.template_version} for i in issued]
    done = pen.connection.execute(statement, values)
    if done.rowcount != len(values):
        raise RuntimeError(f"{len(values) - done.rowcount} serials are not reserved any more; nothing was issued")
    queue(pen, messages)


def note_not_drawn(pen: Writing, refused: Sequence[NotDrawn]) -> None:
    """Keep why these reserved certificates could not be drawn, for the night's account."""
    statement = update(certificate).where(certificate.c.serial == bindparam("this_serial"))
    values = [{"this_serial": each.serial, "this_why": each.why} for each in refused]
    pen.connection.execute(statement.values(not_drawn_because=bindparam("this_why")), values)
    for each in refused:
        pen.record("certificate.not_drawn", each.serial, why=each.why)


def _renew(pen: Writing, serials: Sequence[str]) -> None:
    """Before permanent certificates become good: end what they take the place of, and extend their registrations.

    The one that a replacement replaces was lost, and is void.
    """
    new = _permanents(pen.connection, serials)
    if not new:
        return
    by_number = {row.registration_number: row for row in new}
    for_lost, superseded = [], []
    for serial, number in _good(pen.connection, by_number):
        row = by_number[number]
        if row.submission_kind == Kind.REPLACEMENT.value:
            for_lost.append(Void(serial, f"replaced by {row.serial}", f"replaced by {row.serial}"))
        else:
            superseded.append(serial)
    void(pen, for_lost)
    supersede(pen, superseded)
    _extend(pen, [row for row in new if row.submission_kind in _NEW_TERM and not row.again])


def _extend(pen: Writing, new: Sequence[Row[Any]]) -> None:
    """A certificate of a new term carries its registration to its own end."""
    if not new:
        return
    extended = update(registration).where(registration.c.registration_number == bindparam("number"))
    pen.connection.execute(
        extended.values(issued_on=bindparam("since"), expires_on=bindparam("until"), status="active"),
        [{"number": row.registration_number, "since": row.issued_on, "until": row.expires_on} for row in new],
    )
    for row in new:
        pen.record("registration.renewed", row.registration_number, serial=row.serial, expires_on=row.expires_on)


def _permanents(connection: Connection, serials: Sequence[str]) -> Sequence[Row[Any]]:
    """Those of the serials that are permanent, with the kind of submission they come from.

    `again` is said of one that stands in for a void one of the same decision, whose term has begun already.
    """
    c, before = certificate.c, certificate.alias("before")
    again = exists().where(
        before.c.decision_id == c.decision_id,
        before.c.kind == c.kind,
        before.c.sequence < c.sequence,
        before.c.sha256.is_not(None),
    )
    kind = submission.c.kind.label("submission_kind")
    query = (
        select(c.serial, c.registration_number, c.issued_on, c.expires_on, kind, again.label("again"))
        .join(decision, decision.c.decision_id == c.decision_id)
        .join(submission, _decided_upon())
    )
    return connection.execute(query.where(c.serial.in_(serials), c.kind == "permanent")).all()


def _good(connection: Connection, numbers: Iterable[str]) -> list[tuple[str, str]]:
    """(serial, registration) of the certificates of these registrations that are issued and not ended."""
    c = certificate.c
    query = select(c.serial, c.registration_number).where(c.registration_number.in_(list(numbers)), c.state == "issued")
    return [(row[0], row[1]) for row in connection.execute(query.order_by(c.sequence))]


def _decided_upon() -> Any:
    return (submission.c.submission_id == decision.c.submission_id) & (submission.c.revision == decision.c.revision)


def ripe(connection: Connection, issued_by: str) -> list[Reserved]:
    """Temporary certificates issued on or before this day that nobody objected to, in order.

    Left out are those a person also looks at, those whose registration is no longer active or carries a hold, and those
    of a submission that a newer revision replaced.
    """
    c, r = certificate.c, registration.c
    later = certificate.alias("later")
    has_permanent = exists().where(later.c.decision_id == c.decision_id, later.c.kind == "permanent")
    # Two permanent ones of a registration cannot become good together; one that waits to be drawn goes first.
    one_waits = exists().where(
        later.c.registration_number == c.registration_number, later.c.kind == "permanent", later.c.state == "reserved"
    )
    query = (
        select(c.serial, c.decision_id, c.order)
        .join(decision, decision.c.decision_id == c.decision_id)
        .join(submission, _decided_upon())
        .join(registration, r.registration_number == c.registration_number)
        .where(c.kind == "temporary", c.state == "issued", c.issued_on <= issued_by, ~has_permanent, ~one_waits)
        .where(~decision.c.second_look, submission.c.current, r.status == "active", ~r.hold)
    )
    return [
        Reserved(row.serial, row.decision_id, _order(row.order))
        for row in connection.execute(query.order_by(c.sequence))
    ]


def queue(pen: Writing, messages: Sequence[Values]) -> None:
    """Put messages into the outbox; one per cause and template, whatever happens."""
    pen.add(message, [{**row, "state": "queued", "created_at": pen.at, "run_id": pen.run_id} for row in messages])
    for row in messages:
        pen.record("message.queued", row["message_id"], cause=row["cause"], template=row["template"])


def issued_files(connection: Connection, run_id: str) -> list[tuple[str, str, str]]:
    """(serial, issued on, sha256) of the certificates that a run issued, in order."""
    query = select(certificate.c.serial, certificate.c.issued_on, certificate.c.sha256)
    query = query.where(certificate.c.run_id == run_id, certificate.c.sha256.is_not(None))
    return [(row[0], row[1], row[2]) for row in connection.execute(query.order_by(certificate.c.sequence))]


def files_with(connection: Connection, digests: Sequence[str]) -> list[tuple[str, str, str]]:
    """(serial, issued on, sha256) of the certificates with these bytes that were issued, whichever run did it."""
    query = select(certificate.c.serial, certificate.c.issued_on, certificate.c.sha256)
    rows = connection.execute(query.where(certificate.c.sha256.in_(digests)).order_by(certificate.c.sequence))
    return [(row[0], row[1], row[2]) for row in rows]


def _order(stored: str) -> IssuanceOrder:
    return unpack(IssuanceOrder, json.loads(stored))
