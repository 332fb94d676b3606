"""What the reader of documents finds in each upload, kept in a folder so that judging anew costs seconds."""

import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from registry.codec import pack, unpack
from registry.facts import DocumentFacts
from tasks.documents import READER
from tasks.documents.reading import read_documents
from tests.bench.papers import pictures
from tests.bench.papers.documents import Document

_CHUNK = 40
"""Uploads on disk at a time."""


def looks_at(documents: Sequence[Document], folder: Path, jobs: int, *, again: bool) -> dict[str, DocumentFacts]:
    """The facts of every document by its recipe; read from the folder where it holds them, unless `again`."""
    kept = folder / READER.replace("/", "-")
    kept.mkdir(parents=True, exist_ok=True)
    known, unread = dict[str, DocumentFacts](), list[Document]()
    for document in documents:
        facts = None if again else _remembered(kept / f"{_key(document)}.json")
        if facts is None:
            unread.append(document)
        else:
            known[document.recipe] = facts
    started = time.monotonic()
    for at in range(0, len(unread), _CHUNK):
        known |= _read(unread[at : at + _CHUNK], kept, jobs)
        _report(min(at + _CHUNK, len(unread)), len(unread), time.monotonic() - started)
    return known


def _key(document: Document) -> str:
    made_of = f"{document.recipe}:{hashlib.sha256(document.pdf).hexdigest()}:{_ways_of_harming()}"
    return hashlib.sha256(made_of.encode()).hexdigest()


@cache
def _ways_of_harming() -> str:
    return hashlib.sha256(Path(pictures.__file__).read_bytes()).hexdigest()


def _remembered(path: Path) -> DocumentFacts | None:
    """The facts kept in this file; none when it is not there, or was kept before the record changed."""
    try:
        return unpack(DocumentFacts, json.loads(path.read_text()))
    except (OSError, KeyError, ValueError):
        return None


def _read(documents: Sequence[Document], kept: Path, jobs: int) -> dict[str, DocumentFacts]:
    by_name = {document.recipe: document for document in documents}
    found = {}
    with tempfile.TemporaryDirectory(prefix="nutmeg-papers-") as folder:
        paths = []
        for number, document in enumerate(documents):
            paths.append((document.recipe, Path(folder) / str(number)))
            paths[-1][1].write_bytes(document.upload())
        for facts in read_documents(paths, jobs):
            found[facts.sha256] = facts
            if facts.reader:
                (kept / f"{_key(by_name[facts.sha256])}.json").write_text(json.dumps(pack(facts)))
    return found


def _report(done: int, of: int, seconds: float) -> None:
    left = seconds / done * (of - done) / 60
    print(f"{done:,} of {of:,} uploads read, {left:.0f} minutes left", file=sys.stderr)
