"""One transaction that changes the present and appends to the journal what happened, or does neither."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from registry.journal import GENESIS, Entry, Event, chain, first_break
from tasks import clock
from tasks.ledger.schema import counter, journal

Row = Mapping[str, Any]
_ENTRY = tuple(each.name for each in fields(Entry))
CHUNK = 2_000


@dataclass
class Writing:
    """An open transaction with its actor and its time."""

    connection: Connection
    actor: str
    run_id: str
    at: str
    events: list[Event] = field(default_factory=list)
    newest: tuple[int, str] | None = None
    """number and hash of the entry this transaction stored last"""

    def record(self, event: str, subject: str, **facts: Any) -> None:
        """Note what happened; the entry is chained and stored before the transaction ends."""
        self.events.append(Event(event, subject, facts))
        if len(self.events) == CHUNK:
            self.store_entries()

    def store_entries(self) -> None:
        """Chain and store what was noted, so that a long transaction holds no more than a chunk of it."""
        seq, previous = self.newest or head(self.connection)
        linked = chain(self.events, self.at, self.actor, self.run_id, seq, previous)
        entries = [{name: getattr(entry, name) for name in _ENTRY} for entry in linked]
        if entries:
            self.connection.execute(insert(journal), entries)
            self.newest = (entries[-1]["seq"], entries[-1]["hash"])
            self.events.clear()

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows that must be new."""
        if rows:
            self.connection.execute(insert(table), list(rows))

    def add_new(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert the rows whose key is not there yet; the others stay as they are."""
        if rows:
            self.connection.execute(self.dialect_insert(table).on_conflict_do_nothing(), list(rows))

    def dialect_insert(self, table: Table) -> Any:
        """An INSERT that knows ON CONFLICT on this database."""
        return sqlite.insert(table) if self.connection.dialect.name == "sqlite" else postgresql.insert(table)

    def reserve(self, name: str, count: int) -> range:
        """The next `count` numbers of a counter, gapless because they are taken in this same transaction."""
        held = self.connection.execute(select(counter.c.next).where(counter.c.name == name)).scalar()
        first = 1 if held is None else held
        statement: Insert = self.dialect_insert(counter).values(name=name, next=first + count)
        self.connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"next": first + count})  # type: ignore[attr-defined]
        )
        return range(first, first + count)


@contextmanager
def writing(engine: Engine, actor: str, run_id: str) -> Iterator[Writing]:
    """One whole transaction; nothing of it is stored when the body raises.

    Raises:
        AssertionError: the body wrote and recorded nothing; every change must be accounted for.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # One writer at a time, as on SQLite: the chain has one head.
            connection.exec_driver_sql("LOCK TABLE journal IN EXCLUSIVE MODE")
        pen = Writing(connection, actor, run_id, iso(clock.now()))
        yield pen
        pen.store_entries()
        if pen.newest is None:
            raise AssertionError("a transaction that records nothing must not write")


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest entry: the anchor that goes into workbooks and manifests."""
    row = connection.execute(select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def broken_at(connection: Connection) -> int | None:
    """The first entry of the journal that does not hold; None when the whole chain does."""
    rows = connection.execution_options(yield_per=CHUNK).execute(select(journal).order_by(journal.c.seq))
    return first_break(Entry(*row) for row in rows)


def chunks(rows: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Lists of at most `size`, so that memory is bounded by the chunk."""
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def iso(moment: datetime) -> str:
    """A moment as ISO text in UTC, to the millisecond."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
