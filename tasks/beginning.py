"""Open the night: one writer, the cut-short run first, then a new one."""

import getpass
import importlib.metadata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from tasks import clock
from tasks.authority import make_ready
from tasks.desk import ledger
from tasks.errors import WrongUseError
from tasks.files import private_scratch
from tasks.law import load_policy
from tasks.ledger import certificates
from tasks.ledger.engine import Engine, reading
from tasks.ledger.lock import sole_writer
from tasks.ledger.runs import Run, open_run, run_id_of, unfinished
from tasks.ledger.writing import iso
from tasks.progress import tell
from tasks.reference import load_reference
from tasks.settings import POLICY, Settings

PATIENCE_SECONDS = 4 * 3600
KIND = "nightly"


@contextmanager
def beginning(settings: Settings, as_of: date | None) -> Iterator[Iterator[str]]:
    """Under the writer's lock, the runs to go through: what was cut short, then a new one if that was not it.

    Raises:
        WrongUseError: the inbox or the reference folder does not exist.
    """
    for label, folder in (("inbox", settings.inbox), ("reference folder", settings.reference)):
        if not folder.is_dir():
            raise WrongUseError(f"The {label} {folder} does not exist. Create it or name another.")
    with sole_writer(settings.ledger_folder, PATIENCE_SECONDS, tell):
        private_scratch(settings.scratch)
        yield _run_ids(settings, as_of or clock.today())


def _run_ids(settings: Settings, as_of: date) -> Iterator[str]:
    engine = ledger(settings.database_url)
    while (cut_short := unfinished(engine, KIND)) is not None:
        tell(f"Run {cut_short.run_id} was cut short; finishing it.")
        yield cut_short.run_id
        if (cut_short.as_of, cut_short.inbox) == (as_of, str(settings.inbox)):
            return
    load_reference(settings.reference)  # a table that cannot be read must not leave a run behind that cannot go on
    yield new_run(engine, settings, KIND, as_of, str(settings.inbox)).run_id


def new_run(engine: Engine, settings: Settings, kind: str, as_of: date, source: str, *, draws: bool = True) -> Run:
    """Open a run; `source` is what it takes in, and is kept as its inbox. One that draws nothing needs no keys."""
    policy = load_policy(POLICY)
    if not policy.on(as_of).in_force("renewal_window_days"):
        raise WrongUseError(f"There was no programme on {as_of}. Give a day for --as-of on which its law was in force.")
    if draws:
        with reading(engine) as connection:
            first = not certificates.any_issued(connection)
        make_ready(settings, as_of, may_make=first)  # without keys the run could promise certificates and make none
    started = clock.now()
    run = Run(
        run_id=run_id_of(started),
        kind=kind,
        as_of=as_of,
        inbox=source,
        reference=str(settings.reference),
        actor=actor_name(settings),
        code_version=importlib.metadata.version("nutmeg"),
        policy_fingerprint=policy.fingerprint,
        started_at=iso(started),
    )
    open_run(engine, run)
    return run


def actor_name(settings: Settings) -> str:
    """Who acts: the setting, else the login name."""
    return settings.values["NUTMEG_ACTOR"] or getpass.getuser()
