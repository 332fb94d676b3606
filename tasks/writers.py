"""For verbs other than the night: the ledger, opened alone, and the name of who acts."""

from collections.abc import Iterator
from contextlib import contextmanager

from tasks.beginning import PATIENCE_SECONDS, actor_name
from tasks.desk import ledger
from tasks.errors import WrongUseError
from tasks.files import private_scratch
from tasks.ledger.engine import Engine
from tasks.ledger.lock import sole_writer
from tasks.progress import tell
from tasks.settings import Settings

MACHINE = "nutmeg"
"""The name under which the programme itself acts."""
_LONGEST_NAME = 80


@contextmanager
def writer(settings: Settings) -> Iterator[tuple[Engine, str]]:
    """The ledger under the writer's lock, and the actor."""
    with sole_writer(settings.ledger_folder, PATIENCE_SECONDS, tell):
        private_scratch(settings.scratch)
        yield ledger(settings.database_url), actor_name(settings)


def named_person(actor: str) -> str:
    """The name of the person who answers for what a verb does.

    Raises:
        WrongUseError: it names nobody, or the programme itself.
    """
    name = " ".join(actor.split())
    if not name or not name.isprintable() or len(name) > _LONGEST_NAME or name.casefold() == MACHINE:
        raise WrongUseError(f"--actor has to name the person who acts, in at most {_LONGEST_NAME} characters.")
    return name
