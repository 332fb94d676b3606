"""The run of one errand: gone on with when the same errand was cut short, else begun."""

from datetime import date
from typing import Any

from tasks import clock
from tasks.beginning import new_run
from tasks.ledger.engine import Engine
from tasks.ledger.runs import Run, finish_run, unfinished
from tasks.ledger.writing import iso
from tasks.progress import tell
from tasks.settings import Settings


def own_run(engine: Engine, settings: Settings, kind: str, source: str, as_of: date, actor: str, *, draws: bool) -> Run:
    """The run in which this person was cut short over this source, else a new one; those of others are closed."""
    while cut_short := unfinished(engine, kind, source):
        if cut_short.actor == actor:
            tell(f"Run {cut_short.run_id} was cut short; finishing it as of {cut_short.as_of}.")
            return cut_short
        close(engine, cut_short, {})
    return new_run(engine, settings, kind, as_of, source, draws=draws)


def close(engine: Engine, run: Run, told: dict[str, Any]) -> None:
    """Finish the run, with what it has to tell."""
    known = {"run_id": run.run_id, "as_of": run.as_of.isoformat(), "started_at": run.started_at, "actor": run.actor}
    finish_run(engine, run, {**known, "finished_at": iso(clock.now()), "balanced": True, **told})
