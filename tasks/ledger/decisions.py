"""Decisions: what is still to be decided, what was, and the packets that prove it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, exists, func, or_, select

from registry.book import book_digest, book_text
from registry.codec import unpack
from registry.decision import Outcome, PersonOutcome
from registry.facts import PersonName
from registry.law import Policy
from tasks.ledger.schema import book, certificate, decision, submission
from tasks.ledger.writing import Writing

_ANSWERED = (Outcome.DEFICIENT.value, PersonOutcome.DENIED.value, PersonOutcome.WITHDRAWN.value)
_STREAMED = 250
FIRST = "first"
"""The occasion of a submission revision's first decision."""


class OpenSubmission(NamedTuple):
    """A submission that is not settled, as far as it says whose it is and for what."""

    number: str
    role: str
    kind: str
    person_key: str
    date_of_birth: str
    application: str

    @property
    def name(self) -> PersonName:
        """The name in the stored application; few are ever asked for, so it is not read before."""
        return unpack(PersonName, json.loads(self.application)["name"])


def decision_id(submission_id: str, revision: int, rule_set: str, occasion: str) -> str:
    """A decision's id, the same whenever the same case is decided again on the same occasion."""
    return f"{submission_id}.{revision}:{rule_set[:12]}:{occasion}"


def undecided(connection: Connection) -> list[tuple[str, int]]:
    """Current submissions without any decision, in the order they came in."""
    decided = exists().where(
        decision.c.submission_id == submission.c.submission_id, decision.c.revision == submission.c.revision
    )
    query = select(submission.c.submission_id, submission.c.revision).where(submission.c.current, ~decided)
    return [(row[0], row[1]) for row in connection.execute(query.order_by(submission.c.delivery_id, submission.c.row))]


def waiting(connection: Connection, run_id: str) -> list[tuple[str, int]]:
    """Current submissions that an earlier run left held, in the order they came in."""
    latest = newest_decisions(run_id)
    query = (
        select(submission.c.submission_id, submission.c.revision)
        .join(latest, _matches(latest))
        .where(submission.c.current, latest.c.outcome == Outcome.HELD.value)
    )
    return [(row[0], row[1]) for row in connection.execute(query.order_by(submission.c.delivery_id, submission.c.row))]


def applications_of(connection: Connection, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The stored applications of these submission revisions."""
    ids = sorted({submission_id for submission_id, _ in keys})
    query = select(submission.c.submission_id, submission.c.revision, submission.c.application)
    rows = connection.execute(query.where(submission.c.submission_id.in_(ids)))
    wanted = set(keys)
    return {(row[0], row[1]): row[2] for row in rows if (row[0], row[1]) in wanted}


def approved_applications(connection: Connection, decision_ids: Sequence[str]) -> list[tuple[str, str]]:
    """(decision, stored application) of these decisions, in the order they were made."""
    query = select(decision.c.decision_id, submission.c.application).join(
        submission,
        and_(submission.c.submission_id == decision.c.submission_id, submission.c.revision == decision.c.revision),
    )
    rows = connection.execute(query.where(decision.c.decision_id.in_(decision_ids)).order_by(decision.c.position))
    return [(row[0], row[1]) for row in rows]


def save_decisions(pen: Writing, rows: Sequence[dict[str, Any]]) -> None:
    """Store decisions that are not there yet, numbered in the order given, each with its entry in the journal."""
    ids = [row["decision_id"] for row in rows]
    query = select(decision.c.decision_id).where(decision.c.decision_id.in_(ids))
    known = set(pen.connection.execute(query).scalars())
    new = [row for row in rows if row["decision_id"] not in known]
    numbers = pen.reserve("decision", len(new))
    pen.add(decision, [{**row, "position": number} for row, number in zip(new, numbers, strict=True)])
    for row in new:
        codes = row["reason_codes"].split(";") if row["reason_codes"] else []
        pen.record(
            "decision.made", row["decision_id"], outcome=row["outcome"], codes=codes, actor_kind=row["actor_kind"]
        )


def keep_book(pen: Writing, policy: Policy) -> None:
    """Keep the book of the law that decisions are made by, if it is not there yet."""
    sha256 = book_digest(policy)
    if pen.connection.execute(select(book.c.sha256).where(book.c.sha256 == sha256)).first() is None:
        pen.add(book, [{"sha256": sha256, "policy_fingerprint": policy.fingerprint, "text": book_text(policy)}])
        pen.record("book.kept", sha256)


def newest_decisions(before_run: str | None = None) -> Any:
    """A subquery of the newest decision of each submission revision, those of one run left out."""
    conditions = [] if before_run is None else [decision.c.run_id != before_run]
    newest = (
        select(func.max(decision.c.position).label("position"))
        .where(*conditions)
        .group_by(decision.c.submission_id, decision.c.revision)
        .subquery()
    )
    return select(decision).join(newest, decision.c.position == newest.c.position).subquery()


def approved_submissions(connection: Connection, submission_ids: Iterable[str], run_id: str) -> set[str]:
    """Those of the submissions that a person approved before this run."""
    wanted = sorted(set(submission_ids) - {""})
    query = select(decision.c.submission_id).where(
        decision.c.submission_id.in_(wanted),
        decision.c.outcome == PersonOutcome.APPROVED.value,
        decision.c.run_id != run_id,
    )
    return set(connection.execute(query).scalars())


def approved_revisions(connection: Connection, submission_ids: Iterable[str]) -> list[tuple[str, int]]:
    """(submission, revision) of these submissions' revisions that were approved, by whomever and in whichever run."""
    query = select(decision.c.submission_id, decision.c.revision).where(
        decision.c.submission_id.in_(sorted(set(submission_ids))),
        decision.c.outcome.in_((Outcome.AUTO_APPROVED.value, PersonOutcome.APPROVED.value)),
    )
    return [(row[0], row[1]) for row in connection.execute(query.distinct().order_by(decision.c.revision))]


def open_submissions(
    connection: Connection, days: Iterable[str], person_keys: Iterable[str], run_id: str
) -> list[OpenSubmission]:
    """Submissions not settled as of this run's start, of everybody born on one of these days, and of these persons.

    A submission sent back to the applicant, denied or withdrawn is answered; one that was approved stays open until its
    permanent certificate is out and the register shows the new term.
    """
    latest = newest_decisions(run_id)
    permanent = exists().where(
        certificate.c.decision_id == latest.c.decision_id,
        certificate.c.kind == "permanent",
        certificate.c.state != "reserved",
        certificate.c.run_id != run_id,
    )
    c = submission.c
    wanted = or_(c.date_of_birth.in_(sorted(set(days))), c.person_key.in_(sorted(set(person_keys))))
    query = (
        select(c.submission_id, c.role, c.kind, c.person_key, c.date_of_birth, c.application)
        .outerjoin(latest, _matches(latest))
        .where(wanted, c.current)
        .where(latest.c.outcome.is_(None) | (latest.c.outcome.not_in(_ANSWERED) & ~permanent))
    )
    return [OpenSubmission(*row) for row in connection.execute(query.order_by(c.submission_id))]


def _matches(latest: Any) -> Any:
    return and_(submission.c.submission_id == latest.c.submission_id, submission.c.revision == latest.c.revision)


def machine_packets(connection: Connection, first: str, last: str) -> tuple[int, Iterator[tuple[str, str]]]:
    """How many, and (decision, packet) one by one in the order they were made: the machine's newest word on each case.

    A case is a submission revision that was submitted on one of these days (ISO text), both included.
    """
    same = and_(submission.c.submission_id == decision.c.submission_id, submission.c.revision == decision.c.revision)
    newest = (
        select(func.max(decision.c.position))
        .join(submission, same)
        .where(submission.c.submitted_on.between(first, last), decision.c.actor_kind == "machine")
        .group_by(decision.c.submission_id, decision.c.revision)
    )
    count = connection.execute(select(func.count()).select_from(newest.subquery())).scalar_one()
    query = select(decision.c.decision_id, decision.c.packet).where(decision.c.position.in_(newest))
    rows = connection.execution_options(yield_per=_STREAMED).execute(query.order_by(decision.c.position))
    return count, ((row[0], row[1]) for row in rows)
