"""Which certificates a recall means: those of a run, of a certifier's license, or of an upload."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, select

from registry.recall import Basis, Case, Criterion, standing
from tasks.ledger.schema import certificate, decision, document, run, submission, submission_document

_STREAMED = 500


def matching(
    connection: Connection, criterion: Criterion, as_of: date, among: Sequence[str] | None = None
) -> list[Case]:
    """Every certificate that the criterion meets, whatever its state, by sequence; `among` these serials when given."""
    c = certificate.c
    query = _joined().where(_condition(criterion))
    if among is not None:
        query = query.where(c.serial.in_(among))
    if criterion.first:
        query = query.where(c.issued_on >= criterion.first.isoformat())
    if criterion.last:
        query = query.where(c.issued_on <= criterion.last.isoformat())
    rows = connection.execution_options(yield_per=_STREAMED).execute(query.order_by(c.sequence))
    return [_case(row, as_of) for row in rows if criterion.basis is not Basis.CERTIFIER or _names(row, criterion)]


def is_known(connection: Connection, criterion: Criterion) -> bool:
    """Whether the ledger has such a run or document; a license is only ever named, so each is."""
    key = {Basis.RUN: run.c.run_id, Basis.DOCUMENT: document.c.sha256}.get(criterion.basis)
    return key is None or connection.execute(select(key).where(key == criterion.subject)).first() is not None


def _joined() -> Select[Any]:
    c, s = certificate.c, submission.c
    same = and_(s.submission_id == decision.c.submission_id, s.revision == decision.c.revision)
    query = select(c.serial, c.kind, c.state, c.expires_on, s.submission_id, s.role, s.application)
    return query.join(decision, decision.c.decision_id == c.decision_id).join(submission, same)


def _condition(criterion: Criterion) -> ColumnElement[bool]:
    if criterion.basis is Basis.RUN:
        return certificate.c.run_id == criterion.subject
    if criterion.basis is Basis.DOCUMENT:
        d = submission_document.c
        used = and_(d.submission_id == submission.c.submission_id, d.revision == submission.c.revision)
        return exists().where(used, d.sha256 == criterion.subject)
    # Only a first sieve: whether the license stands where it belongs is seen when the application is read.
    sought = json.dumps(criterion.subject.lower(), ensure_ascii=False)[1:-1]
    return func.lower(submission.c.application).contains(sought, autoescape=True)


def _names(row: Any, criterion: Criterion) -> bool:
    certifier: str = json.loads(row.application)["certification"]["certifier_license"]
    return certifier.strip().lower() == criterion.subject.lower()


def _case(row: Any, as_of: date) -> Case:
    stands = standing(row.state, date.fromisoformat(row.expires_on), as_of)
    return Case(row.serial, row.submission_id, row.kind, row.role, stands)
