"""Take deliveries in: each whole or not at all, every row with one disposition."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from expectations.coercion import Coerced, coerce
from expectations.facts import DeliveryFacts, RowContext
from expectations.judging import Verdict, judge_delivery, judge_rows
from registry.dispositions import Disposition, ReadableRow, dispositions
from registry.journal import canonical
from tasks import clock
from tasks.applications import submission_keys, to_applications
from tasks.deliveries import Arrival, ArrivalState, Manifest, look, survey, verify
from tasks.deliveries.manifest import nfc
from tasks.desk import Desk
from tasks.errors import NutmegError
from tasks.files import sha256_of
from tasks.ledger import deliveries as held
from tasks.ledger.deliveries import ReceivedRow
from tasks.ledger.engine import reading
from tasks.ledger.writing import Writing, iso, writing
from tasks.tables.raw import RawTable, TableRefused
from tasks.tables.reading import read_table

_FILE_COLUMNS = ("identity_document_file", "residency_document_file", "photo_file")
ALREADY_HELD = "The same delivery with the same bytes was taken in before; nothing to do."
OTHER_BYTES = (
    "{name}: a delivery of this id was taken in before with other bytes. Have the portal export under a new id."
)


def arrivals(desk: Desk) -> list[str]:
    """Look at the inbox and remember what is there; the folders of the deliveries to take in, by delivery id."""
    inbox = Path(desk.run.inbox)
    found = (
        survey(inbox, clock.now()) if inbox.is_dir() else []
    )  # gone since the run began: its account says nothing came
    with reading(desk.engine) as connection:
        known = held.known_fingerprints(connection, [arrival.delivery_id for arrival in found])
    settled = [(arrival, _standing(arrival, known.get(arrival.delivery_id))) for arrival in found]
    waiting = [arrival.folder.name for arrival, standing in settled if standing is None]
    told = [_told(arrival, *standing) for arrival, standing in settled if standing is not None]
    if told:
        with writing(desk.engine, "nutmeg", desk.run.run_id) as pen:
            held.save_arrivals(pen, told)
    return waiting


def _standing(arrival: Arrival, known: str | None) -> tuple[str, str] | None:
    """State and reason of an arrival there is nothing to take in from; None for one to take in."""
    if arrival.state is not ArrivalState.READY:
        return arrival.state.value, arrival.reason
    if known is None:
        return None
    same = known == arrival.fingerprint
    return ("already_held", ALREADY_HELD) if same else ("refused", OTHER_BYTES.format(name=arrival.folder.name))


def take_in(desk: Desk, folder: str) -> int:
    """Take one delivery in, or refuse it with its reason; how many rows were taken in."""
    arrival = verify(look(Path(desk.run.inbox) / folder, clock.now()))
    with reading(desk.engine) as connection:
        known = held.known_fingerprints(connection, [arrival.delivery_id]).get(arrival.delivery_id)
    standing = _standing(arrival, known)
    if standing is None:
        try:
            return _take_in(desk, arrival)
        except TableRefused as refusal:
            standing = ("refused", str(refusal))
    with writing(desk.engine, "nutmeg", desk.run.run_id) as pen:
        held.save_arrivals(pen, [_told(arrival, *standing)])
    return 0


@dataclass(frozen=True)
class Judged:
    """A table that was read, coerced and judged."""

    table: RawTable
    coerced: Coerced
    delivery: Verdict
    rows: Verdict

    @property
    def accepted(self) -> pd.DataFrame:
        """The rows that no suite rejected."""
        return self.coerced.frame[~self.coerced.frame["row"].isin(self.rows.rejects["row"])]


def _take_in(desk: Desk, arrival: Arrival) -> int:
    from tasks.quality import keep_results

    manifest = arrival.manifest
    if manifest is None:
        raise NutmegError(f"{arrival.folder.name} has no manifest; nothing can be taken in from it.")
    judged = judge(arrival, manifest)
    keep_results(desk, arrival.delivery_id, judged.delivery, judged.rows)
    with reading(desk.engine) as connection:
        rows, accepted = _settle(judged, held.held_contents(connection, list(judged.accepted["submission_id"])))
    with writing(desk.engine, "nutmeg", desk.run.run_id) as pen:
        _store(pen, arrival, judged, rows, accepted)
    return judged.table.rows


def judge(arrival: Arrival, manifest: Manifest) -> Judged:
    """Read, coerce and judge a delivery's table.

    Raises:
        TableRefused: nothing of it can be taken in.
    """
    table = read_table(arrival.table(), manifest.rows)
    if sha256_of(arrival.table()) != manifest.table.sha256:
        raise TableRefused(f"{arrival.folder.name}: {table.file} changed while it was read. Export the delivery again.")
    delivery = judge_delivery(_facts(arrival, manifest, table))
    if delivery.stops:
        raise TableRefused(f"{arrival.folder.name}: {' '.join(check.sentence for check in delivery.stops)}")
    coerced = coerce(table.frame)
    return Judged(table, coerced, delivery, judge_rows(coerced.frame, RowContext(manifest.exported_at)))


def _facts(arrival: Arrival, manifest: Manifest, table: RawTable) -> DeliveryFacts:
    return DeliveryFacts(
        rows_listed=manifest.rows,
        rows_read=table.rows,
        rows_damaged=len(table.damaged),
        headers_unknown=len(table.drift.unknown_headers),
        headers_by_alias=len(table.drift.aliases),
        not_utf8=int(table.drift.encoding == "cp1252"),
        files_unlisted=arrival.unlisted,
    )


def _settle(judged: Judged, contents: Mapping[tuple[str, int], str]) -> tuple[list[ReceivedRow], pd.DataFrame]:
    """Every row with its disposition, in the order of the table, and the frame of the accepted ones."""
    keys = [ReadableRow(*key) for key in submission_keys(judged.accepted)]
    settled = dispositions(keys, contents, held.newest_revisions(contents))
    conflicts = [row for row, disposition in settled.items() if disposition is Disposition.CONFLICT]
    apart = judged.table.raw_rows([*judged.rows.rejects["row"], *conflicts])
    rows = [
        ReceivedRow(k.row, k.submission_id, str(k.revision), k.content_sha256, settled[k.row], (), apart.get(k.row))
        for k in keys
    ]
    rows += [*_rejected(judged, apart), *_damaged(judged.table)]
    accepted = [row for row, disposition in settled.items() if disposition is Disposition.ACCEPTED]
    return sorted(rows, key=lambda r: r.row), judged.accepted[judged.accepted["row"].isin(accepted)]


def _rejected(judged: Judged, raw: Mapping[int, Mapping[str, str]]) -> Iterator[ReceivedRow]:
    codes: dict[int, set[str]] = defaultdict(set)
    for row, code in zip(judged.rows.rejects["row"], judged.rows.rejects["code"], strict=True):
        codes[int(row)].add(code)
    frame = judged.coerced.frame
    names = ["row", "submission_id", "revision", "content_sha256"]
    rejected = frame.loc[frame["row"].isin(list(codes)), names].fillna("")
    for row, submission_id, revision, content in rejected.itertuples(index=False, name=None):
        found = tuple(sorted(codes[row]))
        # A cell without its form can hold anything, in shifted columns even a name; the raw row keeps it.
        known_id = "" if "SUBMISSION_ID_INVALID" in found else submission_id
        known_revision = "" if "REVISION_INVALID" in found else revision
        yield ReceivedRow(row, known_id, known_revision, content, Disposition.QUARANTINED, found, raw[row])


def _damaged(table: RawTable) -> Iterator[ReceivedRow]:
    for damaged in table.damaged:
        yield ReceivedRow(damaged.row, "", "", "", Disposition.QUARANTINED, (damaged.code,), {"row": damaged.raw})


def _store(pen: Writing, arrival: Arrival, judged: Judged, rows: Iterable[ReceivedRow], accepted: pd.DataFrame) -> None:
    manifest = arrival.manifest
    if manifest is None:
        raise NutmegError(f"{arrival.folder.name} has no manifest; nothing can be taken in from it.")
    values = {
        "delivery_id": manifest.delivery_id,
        "fingerprint": arrival.fingerprint,
        "folder": arrival.folder.name,
        "exported_at": iso(manifest.exported_at),
        "rows": manifest.rows,
        "quality": canonical(_quality(arrival, judged)),
    }
    held.save_delivery(pen, values)
    held.save_rows(pen, manifest.delivery_id, rows)
    held.save_documents(pen, _documents(arrival, manifest))
    applications = to_applications(accepted, manifest.delivery_id, manifest.documents)
    held.save_submissions(pen, zip(applications, accepted["content_sha256"], strict=True))
    held.save_arrivals(pen, [_told(arrival, "taken_in", "", manifest.rows)])


def _documents(arrival: Arrival, manifest: Manifest) -> Iterator[tuple[str, int, str]]:
    for name, path in arrival.documents().items():
        yield manifest.documents[name], path.stat().st_size, path.as_posix()


def _quality(arrival: Arrival, judged: Judged) -> dict[str, object]:
    """What the quality page shows of this delivery: counts and codes, no values."""
    drift = judged.table.drift
    return {
        "checks": [asdict(check) for check in (*judged.delivery.checks, *judged.rows.checks)],
        "repairs": dict(judged.coerced.repairs),
        "damaged": [damaged.code for damaged in judged.table.damaged],
        "unknown_headers": list(drift.unknown_headers),
        "aliases": [list(pair) for pair in drift.aliases],
        "encoding": drift.encoding,
        "unlisted": arrival.unlisted,
        "unnamed": _unnamed(arrival, judged),
    }


def _unnamed(arrival: Arrival, judged: Judged) -> int:
    """How many uploads came that no row names."""
    frame = judged.table.frame
    single = {nfc(name) for c in _FILE_COLUMNS for name in frame[c].dropna().str.strip()}
    several = {
        nfc(part.partition(":")[2].strip())
        for value in frame["supporting_documents"].dropna()
        for part in value.split(";")
    }
    return len(arrival.documents().keys() - single - several)


def _told(arrival: Arrival, state: str, reason: str, rows: int = 0) -> tuple[str, str, str, str, int]:
    return arrival.folder.name, arrival.delivery_id, state, reason, rows
