"""What the ledger knows of a case that a person answers, and of the certificates around it."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, false, func, or_, select

from registry.codec import unpack
from registry.decision import PersonOutcome
from registry.facts import Application
from registry.issuance import IssuanceOrder
from tasks.ledger.cases import read_application
from tasks.ledger.schema import certificate, decision, message, submission


@dataclass(frozen=True, slots=True)
class Standing:
    """One submission revision with its newest decision."""

    application: Application
    current: bool
    """whether no newer revision came"""
    decision_id: str
    outcome: str
    rule_set: str
    reason_codes: tuple[str, ...]
    actor_kind: str
    actor: str
    decided_at: str
    run_id: str
    packet: str


def standing(connection: Connection, submission_id: str, revision: int, by: str = "") -> Standing | None:
    """How this case stands now, or by the newest decision of a machine or a person; None when there is none."""
    d, s = decision.c, submission.c
    same = and_(s.submission_id == d.submission_id, s.revision == d.revision)
    query = (
        select(s.application, s.current, decision)
        .join(submission, same)
        .where(d.submission_id == submission_id, d.revision == revision)
        .order_by(d.position.desc())
        .limit(1)
    )
    row = connection.execute(query.where(d.actor_kind == by) if by else query).first()
    if row is None:
        return None
    return Standing(
        application=read_application(row.application),
        current=row.current,
        decision_id=row.decision_id,
        outcome=row.outcome,
        rule_set=row.rule_set,
        reason_codes=tuple(filter(None, row.reason_codes.split(";"))),
        actor_kind=row.actor_kind,
        actor=row.actor,
        decided_at=row.decided_at,
        run_id=row.run_id,
        packet=row.packet,
    )


def current_standing(connection: Connection, submission_id: str, by: str = "") -> Standing | None:
    """How the newest revision of this submission stands, as `standing` tells it."""
    query = select(submission.c.revision).where(submission.c.submission_id == submission_id, submission.c.current)
    revision = connection.execute(query).scalar()
    return None if revision is None else standing(connection, submission_id, revision, by)


def asked_by(connection: Connection, cause: str) -> str | None:
    """The run that queued the message of this cause; None when there is none."""
    return connection.execute(select(message.c.run_id).where(message.c.cause == cause)).scalar()


def decided_in(connection: Connection, run_id: str) -> dict[str, int]:
    """Decisions that persons made in this run, by outcome."""
    query = select(decision.c.outcome, func.count()).where(decision.c.run_id == run_id).group_by(decision.c.outcome)
    found = dict(connection.execute(query).tuples().all())
    return {outcome.value: found.get(outcome.value, 0) for outcome in PersonOutcome}


def registration_given_to(connection: Connection, submission_id: str) -> str:
    """The registration that a certificate of this submission speaks of; empty when it has none."""
    query = select(certificate.c.registration_number).join(decision).where(decision.c.submission_id == submission_id)
    return connection.execute(query.order_by(certificate.c.sequence.desc()).limit(1)).scalar() or ""


def certified_by_another(connection: Connection, number: str, submission_id: str, as_of: str) -> str | None:
    """Another submission whose certificate for this registration is reserved, or temporary and still good."""
    c = certificate.c
    under_way = or_(c.state == "reserved", and_(c.state == "issued", c.kind == "temporary", c.expires_on >= as_of))
    query = select(decision.c.submission_id).join(certificate, c.decision_id == decision.c.decision_id)
    query = query.where(c.registration_number == number, decision.c.submission_id != submission_id, under_way)
    return connection.execute(query.order_by(c.sequence).limit(1)).scalar()


def ended_with(connection: Connection, submission_id: str, *, also_issued: bool) -> list[str]:
    """Serials that a new decision on a submission ends, whatever their revision.

    Those reserved and never drawn; on wish also the temporary ones that are good.
    """
    c = certificate.c
    temporary = and_(c.state == "issued", c.kind == "temporary") if also_issued else false()
    query = select(c.serial).join(decision, decision.c.decision_id == c.decision_id)
    query = query.where(decision.c.submission_id == submission_id, or_(c.state == "reserved", temporary))
    return list(connection.execute(query.order_by(c.sequence)).scalars())


def good_through(connection: Connection, number: str) -> str | None:
    """The last good day of the permanent certificate that this registration holds."""
    c = certificate.c
    query = select(c.expires_on).where(c.registration_number == number, c.kind == "permanent", c.state == "issued")
    return connection.execute(query).scalar()


def newest_order(connection: Connection, number: str) -> IssuanceOrder | None:
    """What the newest certificate of this registration says, drawn or about to be."""
    c = certificate.c
    query = select(c.order).where(c.registration_number == number, c.state != "void")
    stored = connection.execute(query.order_by(c.sequence.desc()).limit(1)).scalar()
    return None if stored is None else unpack(IssuanceOrder, json.loads(stored))


def approved_and_waiting(connection: Connection, submission_id: str) -> tuple[str, Application] | None:
    """(decision, application) of a current submission that a person approved and that has no certificate yet."""
    query = _approved_without().where(decision.c.submission_id == submission_id)
    row = connection.execute(query.order_by(decision.c.position.desc()).limit(1)).first()
    return None if row is None else (row.decision_id, read_application(row.application))


def approved_without_certificate(connection: Connection) -> int:
    """How many current submissions a person approved that have no certificate yet: caregivers who wait for patients."""
    return connection.execute(select(func.count()).select_from(_approved_without().subquery())).scalar_one()


def _approved_without() -> Select[Any]:
    d, s = decision.c, submission.c
    same = and_(s.submission_id == d.submission_id, s.revision == d.revision)
    has_one = exists().where(certificate.c.decision_id == d.decision_id)
    query = select(d.decision_id, s.application).join(submission, same)
    return query.where(s.current, d.outcome == PersonOutcome.APPROVED.value, ~has_one)


def certificate_of(connection: Connection, decision_id: str) -> tuple[str, str, str] | None:
    """(serial, state, last good day) of the certificate that a decision led to."""
    c = certificate.c
    query = select(c.serial, c.state, c.expires_on).where(c.decision_id == decision_id)
    row = connection.execute(query.order_by(c.sequence.desc()).limit(1)).first()
    return None if row is None else (row[0], row[1], row[2])
