"""For verbs other than the night: the ledger, opened alone, and the name of who acts."""

from collections.abc import Iterator
from contextlib import contextmanager

from tasks.beginning import PATIENCE_SECONDS, actor_name
from tasks.desk import ledger
from tasks.ledger.engine import Engine
from tasks.ledger.lock import sole_writer
from tasks.progress import tell
from tasks.settings import Settings


@contextmanager
def writer(settings: Settings) -> Iterator[tuple[Engine, str]]:
    """The ledger under the writer's lock, and the actor."""
    with sole_writer(settings.ledger_folder, PATIENCE_SECONDS, tell):
        yield ledger(settings.database_url), actor_name(settings)
