"""Every row that came ends in exactly one disposition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Disposition(StrEnum):
    """What became of a row as a row; what becomes of the submission is a decision."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    """the same submission, revision and content is already held"""
    SUPERSEDED = "superseded"
    """a higher revision came with it, or is already held"""
    QUARANTINED = "quarantined"
    """it cannot be read as a submission"""
    CONFLICT = "conflict"
    """the same submission and revision is held with other content"""


@dataclass(frozen=True, slots=True)
class ReadableRow:
    """A row that could be read, by what tells it from others."""

    row: int
    submission_id: str
    revision: int
    content_sha256: str


def dispositions(
    rows: Iterable[ReadableRow], held: Mapping[tuple[str, int], str], newest_held: Mapping[str, int]
) -> dict[int, Disposition]:
    """The disposition of each readable row of a delivery, by row number.

    Args:
        rows: in the order of the table; of two that conflict the first is the one held.
        held: content digests already held, by submission and revision.
        newest_held: the highest revision already held, by submission.
    """
    rows = list(rows)
    newest = dict(newest_held)
    for row in rows:
        newest[row.submission_id] = max(row.revision, newest.get(row.submission_id, row.revision))
    seen = dict(held)
    settled = {}
    for row in rows:
        key = (row.submission_id, row.revision)
        if key in seen:
            settled[row.row] = Disposition.DUPLICATE if seen[key] == row.content_sha256 else Disposition.CONFLICT
            continue
        seen[key] = row.content_sha256
        outdated = row.revision < newest[row.submission_id]
        settled[row.row] = Disposition.SUPERSEDED if outdated else Disposition.ACCEPTED
    return settled
