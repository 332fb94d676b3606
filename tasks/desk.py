"""Everything a step of a run works with, opened once per process."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from registry.law import Policy
from tasks.keys import secret_key
from tasks.law import load_policy
from tasks.ledger.engine import Engine, open_ledger
from tasks.ledger.runs import Run, find_run
from tasks.reference import Reference, load_reference
from tasks.settings import POLICY, Settings


@dataclass(frozen=True)
class Desk:
    """The ledger, the law and the tables of one run."""

    settings: Settings
    engine: Engine
    run: Run

    @cached_property
    def policy(self) -> Policy:
        """The law as data/policy has it."""
        return load_policy(POLICY)

    @cached_property
    def reference(self) -> Reference:
        """The reference tables named when the run began."""
        return load_reference(Path(self.run.reference))

    @cached_property
    def key(self) -> bytes:
        """The installation's secret key."""
        return secret_key(self.settings.key_file)

    @property
    def run_folder(self) -> Path:
        """Where the run's pages and tables go."""
        return self.settings.outputs / "runs" / self.run.run_id

    @property
    def certificates(self) -> Path:
        """Where certificates go, by year and month of issue."""
        return self.settings.outputs / "certificates"


@cache
def desk(run_id: str) -> Desk:
    """The desk of a run. Steps are given the run's id and nothing else, so that no person travels between them."""
    settings = Settings.load()
    engine = ledger(settings.database_url)
    return Desk(settings, engine, find_run(engine, run_id))


@cache
def ledger(url: str) -> Engine:
    """The ledger at this address, opened once per process."""
    return open_ledger(url)
