"""What waits for a person."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, or_, select

from registry.decision import Outcome
from tasks.ledger.decisions import newest_decisions
from tasks.ledger.schema import submission


@dataclass(frozen=True, slots=True)
class QueuedCase:
    """One case with its newest decision."""

    decision_id: str
    application: str
    reason_codes: str
    packet: str


def queued_cases(connection: Connection) -> Iterator[QueuedCase]:
    """Current submissions whose newest decision sends them to a person, oldest submission first.

    Automatic approvals drawn for a second look stand among them and look like the others.
    """
    latest = newest_decisions()
    same = and_(submission.c.submission_id == latest.c.submission_id, submission.c.revision == latest.c.revision)
    drawn = and_(latest.c.outcome == Outcome.AUTO_APPROVED.value, latest.c.second_look)
    query = (
        select(latest.c.decision_id, submission.c.application, latest.c.reason_codes, latest.c.packet)
        .join(latest, same)
        .where(submission.c.current, or_(latest.c.outcome == Outcome.REVIEW.value, drawn))
        .order_by(submission.c.submitted_on, submission.c.submission_id)
    )
    for row in connection.execution_options(yield_per=500).execute(query):
        yield QueuedCase(*row)
