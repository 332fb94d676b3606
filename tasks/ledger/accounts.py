"""The night in numbers, and whether its books balance."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, literal, select

from registry.decision import Outcome
from registry.dispositions import Disposition
from tasks.ledger.schema import arrival, certificate, decision, delivery, message, received_row, run, submission

Imbalance = dict[str, str]
LISTED_AT_MOST = 50
"""More cases than this of one kind are counted, not listed."""


def deliveries_of(connection: Connection, run_id: str) -> list[dict[str, Any]]:
    """What the run found in the inbox, by delivery."""
    query = select(arrival.c.delivery_id, arrival.c.state, arrival.c.rows, arrival.c.reason)
    rows = connection.execute(query.where(arrival.c.run_id == run_id).order_by(arrival.c.delivery_id, arrival.c.folder))
    return [dict(row._mapping) for row in rows]


def rows_by_disposition(connection: Connection, run_id: str) -> dict[str, int]:
    """Rows received in this run, and how many ended in each disposition."""
    query = select(received_row.c.disposition, func.count()).group_by(received_row.c.disposition)
    counts = _counted(connection, query.where(received_row.c.delivery_id.in_(_taken_in(run_id))))
    declared = connection.execute(select(func.sum(delivery.c.rows)).where(delivery.c.run_id == run_id)).scalar() or 0
    return {"received": int(declared), **{d.value: counts.get(d.value, 0) for d in Disposition}}


def decisions_by_outcome(connection: Connection, run_id: str) -> dict[str, int]:
    """Decisions that the machine made in this run, by outcome."""
    query = select(decision.c.outcome, func.count()).where(decision.c.run_id == run_id).group_by(decision.c.outcome)
    counts = _counted(connection, query)
    return {outcome.value: counts.get(outcome.value, 0) for outcome in Outcome}


def reasons_of(connection: Connection, condition: ColumnElement[bool]) -> dict[str, int]:
    """How many of the decisions that meet the condition carry each reason code, by code."""
    query = select(decision.c.reason_codes, func.count()).where(condition).group_by(decision.c.reason_codes)
    counts: dict[str, int] = {}
    for codes, number in connection.execute(query):
        for code in filter(None, codes.split(";")):
            counts[code] = counts.get(code, 0) + number
    return dict(sorted(counts.items()))


def reasons_of_run(connection: Connection, run_id: str) -> dict[str, int]:
    """How often each reason code was found in this run, by code."""
    return reasons_of(connection, decision.c.run_id == run_id)


def certificates_of(connection: Connection, run_id: str) -> dict[str, int]:
    """Certificates that this run issued, in all and by kind."""
    query = select(certificate.c.kind, func.count()).where(
        certificate.c.run_id == run_id, certificate.c.sha256.is_not(None)
    )
    kinds = _counted(connection, query.group_by(certificate.c.kind))
    void = select(func.count()).where(certificate.c.run_id == run_id, certificate.c.state == "void")
    return {
        "issued": sum(kinds.values()),
        "temporary": kinds.get("temporary", 0),
        "permanent": kinds.get("permanent", 0),
        "voided": connection.execute(void).scalar_one(),
    }


def messages_of_run(connection: Connection, run_id: str) -> dict[str, int]:
    """Messages that this run put into the outbox: all of them, and how many of them were sent or failed."""
    query = select(message.c.state, func.count()).where(message.c.run_id == run_id).group_by(message.c.state)
    states = _counted(connection, query)
    return {"queued": sum(states.values()), "sent": states.get("sent", 0), "failed": states.get("failed", 0)}


def imbalances(connection: Connection, run_id: str) -> list[Imbalance]:
    """Every case in which the books do not balance: what, which, and why; empty on a good night."""
    found: list[Imbalance] = []
    for what, why, query in _controls(run_id):
        rows = connection.execute(query.limit(LISTED_AT_MOST + 1)).all()
        found += [{"what": what, "which": str(row[0]), "why": _why(why, row[1:])} for row in rows[:LISTED_AT_MOST]]
        if len(rows) > LISTED_AT_MOST:
            found.append({"what": what, "which": "and more", "why": why})
    return found


def _why(why: str, known: Sequence[Any]) -> str:
    """The control's own words, and behind them what the ledger knows of this case."""
    return ": ".join((why, *filter(None, known)))


def _controls(run_id: str) -> Iterator[tuple[str, str, Select[Any]]]:
    """Each control as (what, why, a query of the cases that break it: which, and more words on why)."""
    settled = (
        select(received_row.c.delivery_id, func.count().label("rows")).group_by(received_row.c.delivery_id).subquery()
    )
    yield (
        "delivery",
        "its rows and their dispositions do not add up",
        select(delivery.c.delivery_id)
        .outerjoin(settled, settled.c.delivery_id == delivery.c.delivery_id)
        .where(delivery.c.run_id == run_id, delivery.c.rows != func.coalesce(settled.c.rows, 0)),
    )
    yield (
        "submission",
        "accepted and without an outcome",
        select(submission.c.submission_id)
        .where(submission.c.current, submission.c.delivery_id.in_(_taken_in(run_id)))
        .where(~exists().where(_decides_submission())),
    )
    approved = select(decision.c.submission_id).where(
        decision.c.run_id == run_id, decision.c.outcome == Outcome.AUTO_APPROVED.value
    )
    # Whichever night reserved it: one that cannot be drawn is pointed out every night until it is solved.
    yield (
        "certificate",
        "reserved, and it could not be drawn or did not read back right",
        select(certificate.c.serial, certificate.c.not_drawn_because).where(certificate.c.state == "reserved"),
    )
    certified = certificate.c.decision_id == decision.c.decision_id
    yield (
        "submission",
        "approved without a certificate: the day of the run is past the certification or before the submission",
        approved.where(~exists().where(certified)),
    )
    yield from _message_controls(run_id)


def _message_controls(run_id: str) -> Iterator[tuple[str, str, Select[Any]]]:
    to_certificate = message.c.cause == literal("certificate:").concat(certificate.c.serial)
    yield (
        "certificate",
        "issued without a message",
        select(certificate.c.serial).where(
            certificate.c.run_id == run_id, certificate.c.sha256.is_not(None), ~exists().where(to_certificate)
        ),
    )
    to_decision = message.c.cause == literal("decision:").concat(decision.c.decision_id)
    yield (
        "submission",
        "sent back to the applicant without a message",
        select(decision.c.submission_id).where(
            decision.c.run_id == run_id,
            decision.c.outcome == Outcome.DEFICIENT.value,
            ~exists().where(to_decision),
        ),
    )


def _decides_submission() -> Any:
    return and_(decision.c.submission_id == submission.c.submission_id, decision.c.revision == submission.c.revision)


def _taken_in(run_id: str) -> Any:
    return select(delivery.c.delivery_id).where(delivery.c.run_id == run_id)


def _counted(connection: Connection, query: Select[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(query)}


def disposition_rows(connection: Connection, run_id: str) -> Iterator[tuple[Any, ...]]:
    """(delivery, row, submission, revision, disposition, reason codes) of every row received in this run."""
    c = received_row.c
    query = select(c.delivery_id, c.row, c.submission_id, c.revision, c.disposition, c.reason_codes)
    query = query.where(c.delivery_id.in_(_taken_in(run_id))).order_by(c.delivery_id, c.row)
    yield from (tuple(row) for row in connection.execution_options(yield_per=2_000).execute(query))


def decision_rows(connection: Connection, run_id: str) -> Iterator[tuple[Any, ...]]:
    """(submission, revision, outcome, reason codes, rule set) of every decision of this run, in order."""
    c = decision.c
    query = select(c.submission_id, c.revision, c.outcome, c.reason_codes, c.rule_set)
    query = query.where(c.run_id == run_id).order_by(c.position)
    yield from (tuple(row) for row in connection.execution_options(yield_per=2_000).execute(query))


def anything_taken_in(connection: Connection, as_of: str) -> bool:
    """Whether any run for this day took a delivery in."""
    query = select(delivery.c.delivery_id).join(run, run.c.run_id == delivery.c.run_id).where(run.c.as_of == as_of)
    return connection.execute(query.limit(1)).first() is not None


def unsent(connection: Connection) -> dict[str, int]:
    """Messages of any night that are queued, and those that failed."""
    query = select(message.c.state, func.count()).where(message.c.state.in_(("queued", "failed")))
    states = _counted(connection, query.group_by(message.c.state))
    return {state: states.get(state, 0) for state in ("queued", "failed")}
