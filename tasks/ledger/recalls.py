"""Recalls as the ledger holds them: the question with its list, the answer, and what became of each certificate."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from registry.codec import unpack
from registry.facts import Application
from registry.issuance import IssuanceOrder
from registry.recall import Basis, Case, Criterion, Phase, folded, list_digest, phase, standing, to_recall
from tasks.ledger.cases import read_application
from tasks.ledger.endings import Void, void
from tasks.ledger.recall_tables import recall, recall_answer, recall_certificate
from tasks.ledger.schema import certificate, decision, submission
from tasks.ledger.writing import Writing

COUNTER = "recall"


@dataclass(frozen=True, slots=True)
class Question:
    """A recall that somebody asked for, with the answer it got."""

    recall_id: str
    criterion: Criterion
    certificates: int
    serials_sha256: str
    asked_by: str
    asker: str
    """the name folded, to be compared"""
    asked_on: str
    lapses_on: date
    answer: str | None
    """granted, withdrawn, or none yet"""
    answered_by: str
    answered_at: str
    cure_by: date | None
    """last day of the holders' clock; None unless granted"""
    left: int
    """certificates of the list that are still to be acted on"""

    def phase(self, as_of: date) -> Phase:
        """Where the recall is on a day."""
        return phase(self.answer, self.left, self.lapses_on, as_of)


@dataclass(frozen=True, slots=True)
class Listed:
    """One certificate of a list, with what a notice to its holder needs."""

    serial: str
    number: str
    """of the registration"""
    case: Case
    was_issued: bool
    order: IssuanceOrder
    application: Application


def ask(pen: Writing, asked: dict[str, Any], serials: Sequence[str], told: str) -> str:
    """Store a question with its exact list; the id of the recall. `told` is what the journal keeps of the criterion."""
    [number] = pen.reserve(COUNTER, 1)
    recall_id = f"RC-{number:05d}"
    sha256 = list_digest(serials)
    row = {"recall_id": recall_id, "certificates": len(serials), "serials_sha256": sha256, "asked_at": pen.at}
    pen.add(recall, [asked | row])
    pen.add(recall_certificate, [{"recall_id": recall_id, "serial": serial} for serial in serials])
    pen.record("recall.asked", recall_id, basis=asked["basis"], told=told, certificates=len(serials), list=sha256)
    return recall_id


def find(connection: Connection, recall_id: str) -> Question | None:
    """The recall with this id."""
    rows = connection.execute(_questions().where(recall.c.recall_id == recall_id)).all()
    return _question(rows[0]) if rows else None


def all_recalls(connection: Connection) -> list[Question]:
    """Every recall, in the order asked."""
    return [_question(row) for row in connection.execute(_questions().order_by(recall.c.recall_id))]


def answer(pen: Writing, question: Question, said: str, who: str, cure_by: date | None) -> None:
    """Store the one answer that a question gets; the database refuses that of the person who asked."""
    row = {
        "recall_id": question.recall_id,
        "asker": question.asker,
        "answer": said,
        "answered_by": who,
        "answerer": folded(who),
        "answered_at": pen.at,
        "cure_by": cure_by.isoformat() if cure_by else "",
    }
    pen.add(recall_answer, [row])
    pen.record(f"recall.{said}", question.recall_id, list=question.serials_sha256)


def serials_of(connection: Connection, recall_id: str, outcome: str | None = None) -> list[str]:
    """The serials of a recall's list, in order; only those with this outcome when one is given."""
    c = recall_certificate.c
    query = select(c.serial).where(c.recall_id == recall_id).order_by(c.serial)
    return list(connection.execute(query.where(c.outcome == outcome) if outcome else query).scalars())


def registrations_left(connection: Connection, recall_id: str) -> list[str]:
    """Registrations with certificates of the list that are still to be acted on, in order."""
    query = select(certificate.c.registration_number).distinct().join(recall_certificate, _on_list())
    left = query.where(recall_certificate.c.recall_id == recall_id, recall_certificate.c.outcome.is_(None))
    return list(connection.execute(left.order_by(certificate.c.registration_number)).scalars())


def left_of(connection: Connection, recall_id: str, numbers: Sequence[str], as_of: date) -> list[Listed]:
    """The certificates of these registrations that are still to be acted on, by registration and sequence."""
    c, s = certificate.c, submission.c
    same = (s.submission_id == decision.c.submission_id) & (s.revision == decision.c.revision)
    query = (
        select(certificate, s.submission_id, s.role, s.application)
        .join(recall_certificate, _on_list())
        .join(decision, decision.c.decision_id == c.decision_id)
        .join(submission, same)
        .where(recall_certificate.c.recall_id == recall_id, recall_certificate.c.outcome.is_(None))
    )
    rows = connection.execute(query.where(c.registration_number.in_(numbers)))
    return [_listed(row, as_of) for row in sorted(rows, key=lambda row: (row.registration_number, row.sequence))]


def carry_out(pen: Writing, recall_id: str, listed: Sequence[Listed]) -> list[Listed]:
    """Make those certificates void that are good or still to be drawn, pass over the others; the void ones."""
    taken = {case.serial for case in to_recall(each.case for each in listed)}
    why = f"recalled: {recall_id}"
    void(pen, [Void(serial, why, why) for serial in sorted(taken)])
    for each in listed:
        if each.serial not in taken:
            pen.record("recall.passed_over", each.serial, recall=recall_id, state=each.case.standing.value)
    statement = (
        update(recall_certificate)
        .where(recall_certificate.c.recall_id == recall_id, recall_certificate.c.serial == bindparam("this_serial"))
        .values(outcome=bindparam("this_outcome"))
    )
    outcomes = {True: "void", False: "passed over"}
    values = [{"this_serial": each.serial, "this_outcome": outcomes[each.serial in taken]} for each in listed]
    pen.connection.execute(statement, values)
    return [each for each in listed if each.serial in taken]


def _questions() -> Any:
    a, c = recall_answer.c, recall_certificate.c
    left = select(func.count()).where(c.recall_id == recall.c.recall_id, c.outcome.is_(None)).scalar_subquery()
    columns = (recall, a.answer, a.answered_by, a.answered_at, a.cure_by, left.label("left"))
    return select(*columns).outerjoin(recall_answer, a.recall_id == recall.c.recall_id)


def _on_list() -> Any:
    return recall_certificate.c.serial == certificate.c.serial


def _question(row: Row[Any]) -> Question:
    days = (date.fromisoformat(day) if day else None for day in (row.first_on, row.last_on))
    return Question(
        recall_id=row.recall_id,
        criterion=Criterion(Basis(row.basis), row.subject, *days),
        certificates=row.certificates,
        serials_sha256=row.serials_sha256,
        asked_by=row.asked_by,
        asker=row.asker,
        asked_on=row.asked_on,
        lapses_on=date.fromisoformat(row.lapses_on),
        answer=row.answer,
        answered_by=row.answered_by or "",
        answered_at=row.answered_at or "",
        cure_by=date.fromisoformat(row.cure_by) if row.cure_by else None,
        left=row.left,
    )


def _listed(row: Row[Any], as_of: date) -> Listed:
    stands = standing(row.state, date.fromisoformat(row.expires_on), as_of)
    return Listed(
        serial=row.serial,
        number=row.registration_number,
        case=Case(row.serial, row.submission_id, row.kind, row.role, stands),
        was_issued=row.sha256 is not None,
        order=unpack(IssuanceOrder, json.loads(row.order)),
        application=read_application(row.application),
    )
