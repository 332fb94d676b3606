"""Uploads and what readers found in them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Connection, select

from registry.codec import pack
from registry.facts import DocumentFacts
from registry.journal import canonical
from tasks.ledger.schema import document, document_facts, submission_document
from tasks.ledger.writing import Writing


def unread(connection: Connection, submission_ids: Sequence[str], reader: str) -> list[tuple[str, str]]:
    """(sha256, path) of the uploads of these submissions that this reader has not read."""
    seen = select(document_facts.c.sha256).where(document_facts.c.reader == reader)
    named = select(submission_document.c.sha256).where(submission_document.c.submission_id.in_(submission_ids))
    query = select(document.c.sha256, document.c.path)
    query = query.where(document.c.sha256.in_(named), document.c.sha256.not_in(seen))
    return [(row.sha256, row.path) for row in connection.execute(query.order_by(document.c.sha256))]


def paths_of(connection: Connection, digests: Iterable[str]) -> dict[str, Path]:
    """Where the uploads with these digests were when they came."""
    query = select(document.c.sha256, document.c.path).where(document.c.sha256.in_(sorted(digests)))
    return {row.sha256: Path(row.path) for row in connection.execute(query)}


def save_facts(pen: Writing, found: Sequence[DocumentFacts]) -> None:
    """Remember what was found; a second reading of the same file by the same reader changes nothing."""
    rows = [{"sha256": f.sha256, "reader": f.reader, "facts": canonical(pack(f))} for f in found]
    pen.add_new(document_facts, rows)
    for facts in found:
        pen.record("document.read", facts.sha256, reader=facts.reader, state=facts.state.value)
