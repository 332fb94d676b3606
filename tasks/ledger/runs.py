"""The runs: opened before anything else, finished last, resumed when one was cut short."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine, select, update

from registry.journal import canonical
from tasks.ledger import schema
from tasks.ledger.engine import reading
from tasks.ledger.writing import writing

NO_RUN = "-"
"""The run id of entries that a verb other than a run makes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run as the ledger holds it."""

    run_id: str
    kind: str
    as_of: date
    inbox: str
    reference: str
    actor: str
    code_version: str
    policy_fingerprint: str
    started_at: str


def run_id_of(started: datetime) -> str:
    """A run's id: its start in UTC to the millisecond, so that ids sort by time."""
    return f"{started:%Y%m%dT%H%M%S}{started.microsecond // 1000:03d}Z"


def open_run(engine: Engine, run: Run) -> None:
    """Remember that a run began."""
    with writing(engine, run.actor, run.run_id) as pen:
        row = {
            "run_id": run.run_id,
            "kind": run.kind,
            "as_of": run.as_of.isoformat(),
            "inbox": run.inbox,
            "reference": run.reference,
            "state": "running",
            "actor": run.actor,
            "code_version": run.code_version,
            "policy_fingerprint": run.policy_fingerprint,
            "started_at": run.started_at,
        }
        pen.add(schema.run, [row])
        pen.record("run.opened", run.run_id, as_of=row["as_of"], policy=run.policy_fingerprint)


def unfinished(engine: Engine, kind: str, source: str | None = None) -> Run | None:
    """The oldest run of this kind, and over this source when one is named, that was cut short."""
    table = schema.run
    with reading(engine) as connection:
        running = select(table.c.run_id).where(table.c.state == "running", table.c.kind == kind)
        if source is not None:
            running = running.where(table.c.inbox == source)
        run_id = connection.execute(running.order_by(table.c.run_id).limit(1)).scalar()
        return None if run_id is None else _run(connection, run_id)


def find_run(engine: Engine, run_id: str) -> Run:
    """The run with this id."""
    with reading(engine) as connection:
        return _run(connection, run_id)


def _run(connection: Connection, run_id: str) -> Run:
    row = connection.execute(select(schema.run).where(schema.run.c.run_id == run_id)).one()
    return Run(
        run_id=row.run_id,
        kind=row.kind,
        as_of=date.fromisoformat(row.as_of),
        inbox=row.inbox,
        reference=row.reference,
        actor=row.actor,
        code_version=row.code_version,
        policy_fingerprint=row.policy_fingerprint,
        started_at=row.started_at,
    )


def finish_run(engine: Engine, run: Run, summary: dict[str, object]) -> None:
    """Remember how a run ended; a run is finished once."""
    with writing(engine, run.actor, run.run_id) as pen:
        pen.connection.execute(
            update(schema.run)
            .where(schema.run.c.run_id == run.run_id)
            .values(state="finished", finished_at=summary["finished_at"], summary=canonical(summary))
        )
        pen.record("run.finished", run.run_id, balanced=summary["balanced"])
