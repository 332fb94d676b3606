"""What came: deliveries, their rows and what became of each, the submissions and the uploads they name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from registry.codec import pack
from registry.dispositions import Disposition
from registry.facts import Application
from registry.journal import canonical
from registry.names import person_key
from tasks.ledger.schema import arrival, delivery, document, received_row, submission, submission_document
from tasks.ledger.writing import Writing, chunks

_HELD = (Disposition.ACCEPTED.value, Disposition.SUPERSEDED.value)


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """One row of a delivery with its disposition; `raw` only for rows that are kept apart."""

    row: int
    submission_id: str
    revision: str
    content_sha256: str
    disposition: Disposition
    reason_codes: tuple[str, ...]
    raw: Mapping[str, str] | None


def known_fingerprints(connection: Connection, delivery_ids: Iterable[str]) -> dict[str, str]:
    """The fingerprints under which those of these deliveries were taken in that were."""
    query = select(delivery.c.delivery_id, delivery.c.fingerprint)
    rows = connection.execute(query.where(delivery.c.delivery_id.in_(sorted(set(delivery_ids)))))
    return {row.delivery_id: row.fingerprint for row in rows}


def held_contents(connection: Connection, submission_ids: Sequence[str]) -> dict[tuple[str, int], str]:
    """Content digests of the revisions already held, by submission and revision."""
    found = {}
    for some in chunks(sorted(set(submission_ids))):
        query = select(received_row.c.submission_id, received_row.c.revision, received_row.c.content_sha256)
        rows = connection.execute(
            query.where(received_row.c.submission_id.in_(some), received_row.c.disposition.in_(_HELD))
        )
        found.update({(row.submission_id, int(row.revision)): row.content_sha256 for row in rows})
    return found


def save_arrivals(pen: Writing, arrivals: Iterable[tuple[str, str, str, str, int]]) -> None:
    """Remember (folder, delivery, state, reason, rows) of what this run found in the inbox; the first word stands."""
    names = ("folder", "delivery_id", "state", "reason", "rows")
    told = set(pen.connection.execute(select(arrival.c.folder).where(arrival.c.run_id == pen.run_id)).scalars())
    rows = [
        {"run_id": pen.run_id, **dict(zip(names, found, strict=True))} for found in arrivals if found[0] not in told
    ]
    pen.add(arrival, rows)
    pen.record("inbox.looked_at", pen.run_id, new=len(rows))
    for row in rows:
        pen.record(f"delivery.{row['state']}", str(row["delivery_id"]), rows=row["rows"])


def save_delivery(pen: Writing, values: Mapping[str, Any]) -> None:
    """Remember a delivery that is taken in, once."""
    pen.add(delivery, [{**values, "run_id": pen.run_id}])


def save_rows(pen: Writing, delivery_id: str, rows: Iterable[ReceivedRow]) -> None:
    """Remember what became of each row."""
    for some in chunks(rows):
        pen.add(received_row, [_row_values(delivery_id, row) for row in some])
        for row in some:
            pen.record(f"row.{row.disposition}", f"{delivery_id}:{row.row}", codes=list(row.reason_codes))


def save_documents(pen: Writing, documents: Iterable[tuple[str, int, str]]) -> None:
    """Remember uploads as (sha256, bytes, path); the first place a file was seen is kept."""
    for some in chunks(documents):
        pen.add_new(document, [dict(zip(("sha256", "bytes", "path"), found, strict=True)) for found in some])


def save_submissions(pen: Writing, applications: Iterable[tuple[Application, str]]) -> None:
    """Remember accepted submissions as (application, content digest); earlier revisions stop being current."""
    earlier = (
        update(submission)
        .where(submission.c.submission_id == bindparam("this_id"), submission.c.revision < bindparam("this_revision"))
        .values(current=False)
    )
    for some in chunks(applications):
        pen.connection.execute(earlier, [{"this_id": a.submission_id, "this_revision": a.revision} for a, _ in some])
        pen.add(submission, [_submission_values(application, content) for application, content in some])
        pen.add(submission_document, [values for application, _ in some for values in _document_values(application)])


def _row_values(delivery_id: str, row: ReceivedRow) -> dict[str, Any]:
    return {
        "delivery_id": delivery_id,
        "row": row.row,
        "submission_id": row.submission_id,
        "revision": row.revision,
        "content_sha256": row.content_sha256,
        "disposition": row.disposition.value,
        "reason_codes": ";".join(row.reason_codes),
        "raw": None if row.raw is None else canonical(dict(row.raw)),
    }


def _submission_values(application: Application, content_sha256: str) -> dict[str, Any]:
    return {
        "submission_id": application.submission_id,
        "revision": application.revision,
        "delivery_id": application.delivery_id,
        "row": application.row,
        "kind": application.kind.value,
        "role": application.role.value,
        "submitted_on": application.submitted_at.date().isoformat(),
        "person_key": person_key(application.name, application.date_of_birth),
        "date_of_birth": application.date_of_birth.isoformat(),
        "registration_number": application.registration_number,
        "related_submission_id": application.related_submission_id,
        "related_registration_number": application.related_registration_number,
        "content_sha256": content_sha256,
        "current": True,
        "application": canonical(pack(application)),
    }


def _document_values(application: Application) -> list[dict[str, Any]]:
    return [
        {
            "submission_id": application.submission_id,
            "revision": application.revision,
            "position": position,
            "role": ref.role,
            "declared_type": ref.declared_type,
            "file": ref.file,
            "sha256": ref.sha256,
        }
        for position, ref in enumerate(application.documents)
    ]


def newest_revisions(held: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The highest revision of each submission."""
    newest: dict[str, int] = {}
    for submission_id, revision in held:
        newest[submission_id] = max(revision, newest.get(submission_id, revision))
    return newest
