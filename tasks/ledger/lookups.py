"""Small questions to the ledger."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from tasks.ledger.decisions import newest_decisions
from tasks.ledger.reviews import approved_without_certificate
from tasks.ledger.schema import certificate, decision, message, received_row, registration, run, submission


def rows_kept_apart(connection: Connection) -> list[dict[str, Any]]:
    """Rows in quarantine or in conflict, without their values."""
    c = received_row.c
    query = select(c.delivery_id, c.row, c.disposition, c.reason_codes)
    query = query.where(c.disposition.in_(("quarantined", "conflict"))).order_by(c.delivery_id, c.row)
    return [dict(row._mapping) for row in connection.execute(query)]


def certificate_by_serial(connection: Connection, serial: str) -> Row[Any] | None:
    """The certificate with this serial."""
    return connection.execute(select(certificate).where(certificate.c.serial == serial)).first()


def certificate_by_digest(connection: Connection, sha256: str) -> Row[Any] | None:
    """The certificate with these bytes."""
    return connection.execute(select(certificate).where(certificate.c.sha256 == sha256)).first()


def replacement_of(connection: Connection, old: Row[Any]) -> Row[Any] | None:
    """The certificate that stands in for this void one: of the same decision and kind, and not void itself."""
    c = certificate.c
    same = and_(c.decision_id == old.decision_id, c.kind == old.kind, c.sequence > old.sequence, c.state != "void")
    return connection.execute(select(certificate).where(same)).first()


def ended_sequences(connection: Connection) -> tuple[int, list[int]]:
    """The highest number of a certificate, and the numbers of those that were issued or reserved and are no more."""
    c = certificate.c
    highest = connection.execute(select(func.max(c.sequence))).scalar() or 0
    ended = select(c.sequence).where(c.state.not_in(("reserved", "issued"))).order_by(c.sequence)
    return highest, list(connection.execute(ended).scalars())


def live_serials(connection: Connection, as_of: str) -> list[str]:
    """The serials of all certificates that are good on this day."""
    c = certificate.c
    return list(connection.execute(select(c.serial).where(c.state == "issued", c.expires_on >= as_of)).scalars())


def live_certificates(connection: Connection, serials: Sequence[str]) -> list[Row[Any]]:
    """These certificates by sequence, each with the end of its registration, what was applied for, and its rivals.

    `rivals` counts the other good permanent ones of the registration; for a temporary one only those that came later.
    """
    c, s, other = certificate.c, submission.c, certificate.alias("other")
    same = and_(s.submission_id == decision.c.submission_id, s.revision == decision.c.revision)
    rivals = (
        select(func.count())
        .select_from(other)
        .where(other.c.registration_number == c.registration_number, other.c.serial != c.serial)
        .where(other.c.kind == "permanent", other.c.state == "issued")
        .where(or_(c.kind == "permanent", other.c.sequence > c.sequence))
        .scalar_subquery()
    )
    ends_on = registration.c.expires_on.label("registration_ends_on")
    query = (
        select(certificate, ends_on, s.application, rivals.label("rivals"))
        .join(decision, decision.c.decision_id == c.decision_id)
        .join(submission, same)
        .outerjoin(registration, registration.c.registration_number == c.registration_number)
    )
    return list(connection.execute(query.where(c.serial.in_(serials)).order_by(c.sequence)))


def messages_by_state(connection: Connection) -> dict[str, int]:
    """How many messages are in each state."""
    found = dict(connection.execute(select(message.c.state, func.count()).group_by(message.c.state)).tuples().all())
    return {state: found.get(state, 0) for state in ("queued", "sent", "failed")}


def failed_messages(connection: Connection) -> list[str]:
    """Ids of the messages that could not be built."""
    query = select(message.c.message_id).where(message.c.state == "failed").order_by(message.c.created_at)
    return list(connection.execute(query).scalars())


def waiting(connection: Connection) -> dict[str, Any]:
    """The ledger at a glance: what waits for whom, and the last run."""
    latest = newest_decisions()
    same = and_(submission.c.submission_id == latest.c.submission_id, submission.c.revision == latest.c.revision)
    query = select(latest.c.outcome, func.count()).join(submission, same).where(submission.c.current)
    outcomes = dict(connection.execute(query.group_by(latest.c.outcome)).tuples().all())
    last = connection.execute(select(run.c.run_id, run.c.state).order_by(run.c.run_id.desc()).limit(1)).first()
    return {
        "registrations": _count(connection, registration),
        "submissions": _count(connection, submission),
        "waiting for an analyst": outcomes.get("review", 0),
        "waiting for the applicant": outcomes.get("deficient", 0),
        "waiting for another submission": outcomes.get("held", 0),
        "approved, certificate to follow": approved_without_certificate(connection),
        "certificates good": _count(connection, certificate, certificate.c.state == "issued"),
        "messages queued": _count(connection, message, message.c.state == "queued"),
        "messages failed": _count(connection, message, message.c.state == "failed"),
        "rows kept apart": len(rows_kept_apart(connection)),
        "last run": f"{last.run_id} ({last.state})" if last else "none yet",
    }


def _count(connection: Connection, table: Any, *conditions: Any) -> int:
    return connection.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()
