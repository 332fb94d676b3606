"""What auditors get of a period: every line of it, streamed, without names."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from tasks.ledger.accounts import reasons_of
from tasks.ledger.schema import certificate, decision, message, run

Period = tuple[str, str]
"""first and last day, ISO text: the days for which the runs were made"""


def decision_lines(connection: Connection, period: Period) -> Iterator[tuple[Any, ...]]:
    """submission, revision, outcome, actor kind, actor, decided at, rule set, reason codes."""
    c = decision.c
    query = select(
        c.submission_id, c.revision, c.outcome, c.actor_kind, c.actor, c.decided_at, c.rule_set, c.reason_codes
    )
    for row in _stream(connection, query.where(_made_in(c.run_id, period)).order_by(c.position)):
        yield (*row[:7], tuple(filter(None, row[7].split(";"))))


def reason_lines(connection: Connection, period: Period) -> Iterator[tuple[str, int]]:
    """Reason code and the number of decisions that carry it, by code."""
    yield from reasons_of(connection, _made_in(decision.c.run_id, period)).items()


def certificate_lines(connection: Connection, period: Period) -> Iterator[tuple[Any, ...]]:
    """serial, kind, state, registration number, issued on, expires on, sha256."""
    c = certificate.c
    query = select(c.serial, c.kind, c.state, c.registration_number, c.issued_on, c.expires_on, c.sha256)
    for row in _stream(connection, query.where(_made_in(c.run_id, period)).order_by(c.sequence)):
        yield (*row[:6], row[6] or "")


def message_lines(connection: Connection, period: Period) -> Iterator[tuple[Any, ...]]:
    """Message id, template, state, created at, settled at."""
    c = message.c
    query = select(c.message_id, c.template, c.state, c.created_at, c.settled_at)
    for row in _stream(connection, query.where(_made_in(c.run_id, period)).order_by(c.created_at, c.cause)):
        yield (*row[:4], row[4] or "")


def run_lines(connection: Connection, period: Period) -> Iterator[tuple[Any, ...]]:
    """run, as of, rows by disposition, decisions by outcome, balanced; finished nights only."""
    c = run.c
    query = select(c.run_id, c.as_of, c.summary).where(_finished_night(period)).order_by(c.run_id)
    for run_id, as_of, stored in connection.execute(query):
        summary = json.loads(stored)
        rows, decisions = summary["rows"], summary["decisions"]
        numbers = [rows[k] for k in ("received", "accepted", "duplicate", "superseded", "quarantined", "conflict")]
        numbers += [decisions[k] for k in ("auto_approved", "review", "deficient", "held")]
        yield (run_id, as_of, *numbers, summary["balanced"])


def counts(connection: Connection, period: Period) -> dict[str, int]:
    """How many decisions, certificates, messages and finished nights the ledger itself counts in the period."""
    tables = {"decisions": decision, "certificates": certificate, "messages": message}
    found = {
        name: connection.execute(
            select(func.count()).select_from(table).where(_made_in(table.c.run_id, period))
        ).scalar_one()
        for name, table in tables.items()
    }
    finished = select(func.count()).select_from(run).where(_finished_night(period))
    return {**found, "runs": connection.execute(finished).scalar_one()}


def rule_sets(connection: Connection, period: Period) -> list[str]:
    """Fingerprints of the policies that decided in the period."""
    query = select(decision.c.rule_set).where(_made_in(decision.c.run_id, period)).distinct()
    return sorted(connection.execute(query).scalars())


def _made_in(run_id: ColumnElement[str], period: Period) -> ColumnElement[bool]:
    return run_id.in_(select(run.c.run_id).where(_in(run.c.as_of, period)))


def _finished_night(period: Period) -> ColumnElement[bool]:
    return and_(_in(run.c.as_of, period), run.c.state == "finished", run.c.kind == "nightly")


def _in(day: ColumnElement[str], period: Period) -> ColumnElement[bool]:
    return day.between(*period)


def _stream(connection: Connection, query: Any) -> Any:
    return connection.execution_options(yield_per=2_000).execute(query)
