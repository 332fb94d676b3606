"""A night left in peace, and homes that must end like it."""

import hashlib
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

# What may differ between two nights with the same input: when, in which run, and what the journal tells of it.
VARYING = {"run_id", "decided_at", "reserved_at", "issued_at", "created_at", "settled_at", "finished_at", "started_at"}
TABLES = (
    "delivery",
    "received_row",
    "submission",
    "submission_document",
    "document",
    "document_facts",
    "decision",
    "counter",
    "certificate",
    "message",
    "registration",
)


def sibling(peaceful: Any, folder: Path) -> Any:
    """A fresh home with the same sample and the same keys, so that message ids and signatures can be compared."""
    home = type(peaceful)(folder, peaceful.sample)
    shutil.copytree(peaceful.path / "keys", folder / "keys")
    home.load_register()
    return home


def database(home: Any) -> Path:
    path: Path = home.path / "ledger" / "nutmeg.db"
    return path


def journal_entries(home: Any) -> int:
    with sqlite3.connect(f"file:{database(home)}?mode=ro", uri=True) as connection:
        return int(connection.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])


def content(home: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The ledger without what may vary."""
    found = {}
    with sqlite3.connect(f"file:{database(home)}?mode=ro", uri=True) as connection:
        for table in TABLES:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in VARYING]
            names = ", ".join(f'"{name}"' for name in columns)
            found[table] = sorted(connection.execute(f"SELECT {names} FROM {table}"), key=repr)  # noqa: S608
    return found


def files(home: Any) -> dict[str, str]:
    """Certificates and messages by name, with the digest of their content; a message's date may vary."""
    outputs = home.path / "outputs"
    found = {}
    for path in sorted([*(outputs / "certificates").rglob("*"), *(outputs / "mail").rglob("*")]):
        if path.is_file():
            data = re.sub(rb"\r\nDate: [^\r]*", b"", path.read_bytes(), count=1)
            found[str(path.relative_to(outputs))] = hashlib.sha256(data).hexdigest()
    return found
