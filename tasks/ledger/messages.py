"""The outbox: what is to be sent, what was, and what a person must look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, exists, literal, select, update

from registry.decision import Outcome
from registry.facts import Application
from tasks.ledger.cases import read_application
from tasks.ledger.schema import certificate, decision, message, submission
from tasks.ledger.writing import Writing


def queued(connection: Connection, limit: int | None = None) -> list[str]:
    """Ids of the messages that wait, oldest first."""
    query = select(message.c.message_id).where(message.c.state == "queued")
    ordered = query.order_by(message.c.created_at, message.c.cause, message.c.template).limit(limit)
    return list(connection.execute(ordered).scalars())


@dataclass(frozen=True, slots=True)
class Letter:
    """One message with the certificate it brings, if any."""

    message_id: str
    template: str
    to_address: str
    context: str
    created_at: str
    serial: str
    issued_on: str
    sha256: str


def letters(connection: Connection, message_ids: Sequence[str]) -> list[Letter]:
    """Those of these messages that still wait, oldest first."""
    m, c = message.c, certificate.c
    columns = (m.message_id, m.template, m.to_address, m.context, m.created_at, c.serial, c.issued_on, c.sha256)
    query = select(*columns).outerjoin(certificate, c.serial == m.attachments)
    rows = connection.execute(
        query.where(m.message_id.in_(message_ids), m.state == "queued").order_by(m.created_at, m.cause)
    )
    return [Letter(*(value or "" for value in row)) for row in rows]


def without_notice(connection: Connection, template: str) -> list[tuple[str, list[str], Application]]:
    """(decision, reason codes, application) of the deficient decisions that have no notice, in the order decided."""
    cause = literal("decision:").concat(decision.c.decision_id)
    has_one = exists().where(message.c.cause == cause, message.c.template == template)
    same = and_(submission.c.submission_id == decision.c.submission_id, submission.c.revision == decision.c.revision)
    query = select(decision.c.decision_id, decision.c.reason_codes, submission.c.application).join(submission, same)
    due = query.where(decision.c.outcome == Outcome.DEFICIENT.value, ~has_one).order_by(decision.c.position)
    return [(row[0], row[1].split(";"), read_application(row[2])) for row in connection.execute(due)]


def settle(pen: Writing, outcomes: Sequence[tuple[str, str]]) -> None:
    """Remember (message id, sent or failed) of messages that were queued."""
    statement = (
        update(message)
        .where(message.c.message_id == bindparam("this_id"), message.c.state == "queued")
        .values(state=bindparam("new_state"), settled_at=pen.at)
    )
    pen.connection.execute(statement, [{"this_id": i, "new_state": state} for i, state in outcomes])
    for message_id, state in outcomes:
        pen.record(f"message.{state}", message_id)
