"""Open the ledger, bring its tables up to date, and write to it one whole transaction at a time."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from tasks.errors import LedgerError

__all__ = ["Connection", "Engine", "open_ledger", "reading"]

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    "trusted_schema=OFF",
    "secure_delete=ON",
)


def open_ledger(url: str) -> Engine:
    """The ledger at this address, made or brought up to date if need be.

    SQLite files are made readable by us alone. Parameters never appear in exceptions: they hold people.

    Raises:
        LedgerError: there is no such database, or it is not a ledger, or it cannot be reached.
    """
    try:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            _prepare_file(Path(address.database or ""))
        engine = create_engine(address, hide_parameters=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _tune_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        _upgrade(engine)
    except (SQLAlchemyError, ImportError, OSError) as error:
        kind = type(error).__name__
    else:
        return engine
    place = without_secrets(url)
    raise LedgerError(f"The ledger at {place} cannot be used ({kind}). See NUTMEG_HOME and NUTMEG_DATABASE_URL.")


def is_there(url: str) -> bool:
    """Whether opening the ledger at this address would find one and not make it; a server is taken to have one."""
    try:
        address = make_url(url)
    except ArgumentError:
        return False
    return address.get_backend_name() != "sqlite" or Path(address.database or "").is_file()


def without_secrets(url: str) -> str:
    """A database's address without password and query."""
    try:
        return make_url(url).set(query={}).render_as_string(hide_password=True)
    except ArgumentError:
        return "not an address of a database"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A consistent view of the ledger that changes nothing and blocks nobody."""
    with engine.connect().execution_options(nutmeg_reading=True) as connection:
        yield connection
        connection.rollback()


def _prepare_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def _tune_sqlite(connection: Any, _record: object) -> None:
    # sqlite3 must not open transactions by itself: we say when, and of which kind.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer that starts as a reader can fail half-way, "database is locked"; IMMEDIATE waits at the start.
    mode = "DEFERRED" if connection.get_execution_options().get("nutmeg_reading") else "IMMEDIATE"
    connection.exec_driver_sql(f"BEGIN {mode}")


def _upgrade(engine: Engine) -> None:
    """Run what Alembic has not run yet; a ledger that is up to date costs one look and no import of Alembic."""
    from tasks.ledger.migrations.head import HEAD, upgrade_to_head

    with reading(engine) as connection:
        known = engine.dialect.has_table(connection, "alembic_version")
        current = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if known else None
    if current != HEAD:
        upgrade_to_head(engine)
