"""Look at the uploads of a chunk of submissions, each file once, whoever named it."""

from collections.abc import Sequence
from pathlib import Path

from tasks.desk import Desk
from tasks.documents import READER
from tasks.documents.reading import read_documents
from tasks.files import is_still
from tasks.ledger.engine import reading
from tasks.ledger.prints import save_marks
from tasks.ledger.uploads import save_facts, unread
from tasks.ledger.writing import chunks, writing

FILES_PER_TRANSACTION = 100


def examine(desk: Desk, submission_ids: Sequence[str]) -> int:
    """Read the uploads that no reader of this version has read; how many those were.

    What is read is stored every few files, so that a killed run reads none of those again. A file that this machine
    failed to look at (changed or removed since, or without a reader's name on its facts) is not remembered: its case
    goes to a person, and the next case that names it has it read again.
    """
    with reading(desk.engine) as connection:
        waiting = unread(connection, submission_ids, READER)
    paths = [(sha256, Path(path)) for sha256, path in waiting if is_still(Path(path), sha256)]
    looked_at = (facts for facts in read_documents(paths, desk.settings.workers) if facts.reader == READER)
    for found in chunks(looked_at, FILES_PER_TRANSACTION):
        with writing(desk.engine, "nutmeg", desk.run.run_id) as pen:
            save_facts(pen, found)
            save_marks(pen, found, desk.key)
    return len(paths)
