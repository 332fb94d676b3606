"""Load or refresh the register of registrations that exist already."""

from dataclasses import dataclass
from pathlib import Path

from tasks.errors import WrongUseError
from tasks.ledger.engine import Engine
from tasks.ledger.registrations import save_registrations
from tasks.ledger.runs import NO_RUN
from tasks.ledger.writing import chunks, writing
from tasks.register_checks import RegisterRows
from tasks.strict_csv import listed


@dataclass(frozen=True)
class Loaded:
    """What was loaded."""

    rows: int
    changed: int
    """rows that were new or differ from what was held"""
    doubts: tuple[str, ...]
    """one sentence for each thing that is no fault and that a person should look at"""


def load_register(engine: Engine, path: Path, actor: str) -> Loaded:
    """Load registry.csv whole or not at all.

    Raises:
        WrongUseError: there is no such file.
        ReferenceTableError: the table is not what it must be; each sentence names row, column and remedy.
    """
    if not path.is_file():
        raise WrongUseError(f"{path} does not exist. Name the registry.csv to load.")
    register = RegisterRows(path)
    read = changed = 0
    with writing(engine, actor, NO_RUN) as pen:
        for entries in chunks(register.entries()):
            read += len(entries)
            # From the first fault on, the rest is only looked at: nothing of it will stay.
            changed += 0 if register.faults.count else save_registrations(pen, entries)
        unheld = register.check_relations(pen.connection)
        register.faults.refuse()
        pen.record("register.imported", "register", rows=read, changed=changed, relations_not_held=len(unheld))
    return Loaded(read, changed, _doubts(path, unheld))


def import_registrations(engine: Engine, path: Path, actor: str) -> tuple[int, int]:
    """Load registry.csv; (rows read, rows that were new or changed)."""
    loaded = load_register(engine, path, actor)
    return loaded.rows, loaded.changed


def _doubts(path: Path, unheld: list[int]) -> tuple[str, ...]:
    if not unheld:
        return ()
    count = "1 registration names" if len(unheld) == 1 else f"{len(unheld):,} registrations name"
    rows = ("row " if len(unheld) == 1 else "rows ") + ", ".join(listed([str(row) for row in unheld]))
    told = f"{path.name}: {count} a relation that the register does not hold: {rows}."
    return (f"{told} Load what is missing, or correct related_registration_number.",)
