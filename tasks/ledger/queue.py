"""What waits, for whom, and what happened to it: a few queries over all cases, never one for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, and_, literal, not_, or_, select, union_all

from registry.clocks import Event, Happening
from registry.decision import Outcome, PersonOutcome
from tasks.ledger.decisions import newest_decisions
from tasks.ledger.schema import decision, message, run, submission

_NOT_SETTLED = (Outcome.REVIEW.value, Outcome.DEFICIENT.value, Outcome.HELD.value)
_BY_PERSONS = [outcome.value for outcome in PersonOutcome]
_NOTICES = (("decision:", "deficiency"), ("ask:", "question"))
"""(what the cause begins with, template) of the letters that tell an applicant what is missing"""
_STREAMED = 500


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One current submission that is not settled, with what happened to it."""

    submission_id: str
    decision_id: str
    outcome: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class QueuedCase:
    """One case with its newest decision."""

    decision_id: str
    application: str
    reason_codes: str
    packet: str


def open_cases(connection: Connection) -> Iterator[OpenCase]:
    """Every current submission that waits for a person, for the applicant or for another submission, by its id.

    Automatic approvals drawn for a second look stand among them and look like the others.
    """
    for (submission_id, found, outcome), rows in groupby(_happenings(connection), key=lambda row: row[:3]):
        yield OpenCase(submission_id, found, outcome, _events([row[3:] for row in rows]))


def queued_cases(connection: Connection, decision_ids: Sequence[str]) -> list[QueuedCase]:
    """The cases with these newest decisions, in the order given."""
    d, s = decision.c, submission.c
    same = and_(s.submission_id == d.submission_id, s.revision == d.revision)
    query = select(d.decision_id, s.application, d.reason_codes, d.packet).join(submission, same)
    found = {row[0]: QueuedCase(*row) for row in connection.execute(query.where(d.decision_id.in_(decision_ids)))}
    return [found[decision_id] for decision_id in decision_ids]


def _open() -> Any:
    latest = newest_decisions()
    same = and_(submission.c.submission_id == latest.c.submission_id, submission.c.revision == latest.c.revision)
    drawn = and_(latest.c.outcome == Outcome.AUTO_APPROVED.value, latest.c.second_look)
    waits = or_(latest.c.outcome.in_(_NOT_SETTLED), drawn)
    query = select(submission.c.submission_id, latest.c.decision_id, latest.c.outcome).join(latest, same)
    return query.where(submission.c.current, waits).cte("open_case")


def _happenings(connection: Connection) -> Iterator[Row[Any]]:
    """(submission, decision, outcome, day, what, revision) of all that moves the clocks of open cases, case by case.

    A letter counts when it was sent, on the day that it bears: the day of its run, from which its days to answer run.
    """
    cases, s, d = _open(), submission.c, decision.c
    arrivals = select(cases, s.submitted_on.label("day"), literal("").label("what"), s.revision)
    parts = [arrivals.join(submission, s.submission_id == cases.c.submission_id)]
    about_case = d.submission_id == cases.c.submission_id
    decided = select(cases, run.c.as_of, literal(Happening.DECIDED.value), d.revision).join(decision, about_case)
    by_machine = and_(d.outcome == Outcome.AUTO_APPROVED.value, not_(d.second_look))
    settled = or_(d.outcome.in_(_BY_PERSONS), by_machine)
    parts.append(decided.join(run, run.c.run_id == d.run_id).where(settled))
    for cause, template in _NOTICES:
        told = and_(message.c.cause == literal(cause).concat(d.decision_id), message.c.template == template)
        notices = select(cases, run.c.as_of, literal(Happening.NOTICE_SENT.value), d.revision)
        notices = notices.join(decision, about_case).join(message, told).join(run, run.c.run_id == message.c.run_id)
        parts.append(notices.where(message.c.state == "sent"))
    every = union_all(*parts).subquery()
    query = select(every).order_by(every.c.submission_id).execution_options(yield_per=_STREAMED)
    yield from connection.execute(query)


def _events(rows: Sequence[Any]) -> tuple[Event, ...]:
    """The first revision is the submission, every newer one an answer."""
    first = min(revision for _, _, revision in rows)
    arrived = {first: Happening.SUBMITTED}
    return tuple(
        Event(date.fromisoformat(day), Happening(what or arrived.get(revision, Happening.ANSWERED)), revision)
        for day, what, revision in rows
    )
