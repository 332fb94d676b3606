"""The writing of one sample: files are written as rows are made, the manifest last."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import TextIO

from tasks.sampling.agenda import Agenda, Item
from tasks.sampling.answers import ANSWER_COLUMNS
from tasks.sampling.cases import COLUMNS, Case
from tasks.sampling.dispositions import COPIES, Line, line_of, spoil
from tasks.sampling.household import Household, World
from tasks.sampling.people import REGISTER_COLUMNS
from tasks.sampling.scenes import SCENES
from tasks.sampling.tables import CsvWriter, RowWriter, XlsxWriter, replace_text
from tasks.sampling.uploads import upload_bytes

_WINDOW = 64
_FEE_ENDED = date(2023, 7, 1)


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What was made; counts by disposition and, for accepted rows, by outcome."""

    delivery_id: str
    folder: Path
    rows: int
    documents: int
    document_bytes: int
    dispositions: dict[str, int]
    outcomes: dict[str, int]


@dataclass(slots=True)
class _Tally:
    """What has been made so far."""

    households: int = 0
    planned: int = 0
    rows: int = 0
    documents: int = 0
    document_bytes: int = 0
    dispositions: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)


class SampleWriter:
    """Makes household after household and writes what comes of it; `write` may be called once."""

    def __init__(
        self, out: Path, world: World, rows: int, table_format: str, progress: Callable[[int, int], None] | None
    ) -> None:
        self.out, self.world, self.wanted, self.progress = out, world, rows, progress
        self.delivery_id = f"biznet-{world.day.isoformat()}"
        self.folder = out / "inbox" / self.delivery_id
        self.table = self.folder / f"submissions.{table_format}"
        self.agenda = Agenda(world.seed)
        self.tally = _Tally()

    def write(self) -> SampleSummary:
        """Write everything but the reference tables."""
        (self.folder / "documents").mkdir(parents=True)
        draft = self.folder / "manifest.draft"
        with (
            draft.open("w", encoding="utf-8") as self.manifest,
            CsvWriter(self.out / "registry.csv", REGISTER_COLUMNS) as self.register,
            CsvWriter(self.out / "answers.csv", ANSWER_COLUMNS) as self.answers,
        ):
            self._begin_manifest(self.manifest)
            rows: RowWriter = self._open_table()
            for window in self._windows():
                self._write_window(rows, window)
            rows.close()
            self._end_manifest(self.manifest)
        replace_text(self.folder / "manifest.json", draft)
        return self._summary()

    def _open_table(self) -> RowWriter:
        if self.table.suffix == ".xlsx":
            return XlsxWriter(self.table, COLUMNS)
        return CsvWriter(self.table, COLUMNS, self.world.encoding)

    def _windows(self) -> Iterator[list[Line]]:
        """Lines in batches, so that a household's rows need not stand together and memory stays flat."""
        window: list[Line] = []
        while self.tally.planned < self.wanted:
            lines = self._household()
            self.tally.planned += len(lines)
            window += lines
            if len(window) >= _WINDOW:
                yield _shuffled(window, Random(f"{self.world.seed}:window:{self.tally.rows}"))
                window = []
        yield _shuffled(window, Random(f"{self.world.seed}:window:{self.tally.rows}"))

    def _household(self) -> list[Line]:
        """The next household's lines; its uploads and register entries are written on the way."""
        number = self.tally.households
        self.tally.households += 1
        item = self.agenda.next(
            Random(f"{self.world.seed}:item:{number}"), self.tally.planned, self.wanted - self.tally.planned
        )
        house = Household(self.world, number, self._day_of(item, number), latin=bool(item.defects))
        cases = SCENES[item.scene].play(house)
        for defect in item.defects:
            defect.bend(house, cases)
        if item.disposition == "quarantined":
            spoil(house, cases[0])
        self._bystander(house)
        self._write_uploads(cases)
        for entry in house.entries:
            self.register.write(entry.row())
        lines = [line_of(case, house.rng, self.world.encoding) for case in cases]
        return COPIES[item.disposition](lines[0], house.rng) if item.disposition in COPIES else lines

    def _day_of(self, item: Item, number: int) -> date:
        if not any(defect.long_ago for defect in item.defects) or self.world.day < _FEE_ENDED:
            return self.world.day
        return date(2023, 3 + number % 3, 1 + number % 28)

    def _bystander(self, house: Household) -> None:
        """Now and then a registration that nobody acts on today, in any standing."""
        rng = house.rng
        if rng.random() < 0.3:
            role, days = rng.choice(("patient", "patient", "patient", "caregiver")), rng.randint(-400, 700)
            entry = house.enter(house.adult(), role, house.home(), date.fromordinal(house.day.toordinal() + days))
            entry.status = "expired" if days < 0 else rng.choices(("active", "suspended", "withdrawn"), (92, 4, 4))[0]
            entry.hold = rng.random() < 0.03

    def _write_uploads(self, cases: list[Case]) -> None:
        written: set[str] = set()
        for case in cases:
            case.name_files()
            for upload in case.uploads():
                if upload.state != "absent" and upload.file not in written:
                    written.add(upload.file)
                    self._write_document(f"documents/{upload.file}", upload_bytes(upload))

    def _write_document(self, path: str, content: bytes) -> None:
        (self.folder / path).write_bytes(content)
        self._list_file(path, len(content), hashlib.sha256(content).hexdigest())
        self.tally.documents += 1
        self.tally.document_bytes += len(content)

    def _write_window(self, table: RowWriter, window: list[Line]) -> None:
        for line in window:
            self.tally.rows += 1
            table.write([line.values[column] for column in COLUMNS])
            key = (self.delivery_id, str(self.tally.rows), line.submission_id, line.revision)
            self.answers.write((*key, line.disposition, line.outcome, line.codes))
            self.tally.dispositions[line.disposition] += 1
            if line.outcome:
                self.tally.outcomes[line.outcome] += 1
        if self.progress is not None:
            self.progress(self.tally.rows, self.wanted)

    def _begin_manifest(self, stream: TextIO) -> None:
        day = self.world.day.isoformat()
        head = {
            "contract": "mmp-submissions/1",
            "delivery_id": self.delivery_id,
            "exported_at": f"{day}T23:05:00-05:00",
            "covers": {"from": day, "to": day},
            "rows": self.wanted,
        }
        stream.write(json.dumps(head)[:-1] + ', "files": [')

    def _list_file(self, path: str, size: int, digest: str) -> None:
        entry = {"path": path, "bytes": size, "sha256": digest}
        self.manifest.write("\n" + json.dumps(entry, ensure_ascii=False) + ",")

    def _end_manifest(self, stream: TextIO) -> None:
        with self.table.open("rb") as table:
            digest = hashlib.file_digest(table, "sha256").hexdigest()
        entry = {"path": self.table.name, "bytes": self.table.stat().st_size, "sha256": digest}
        stream.write("\n" + json.dumps(entry) + "]}\n")

    def _summary(self) -> SampleSummary:
        tally = self.tally
        return SampleSummary(
            delivery_id=self.delivery_id,
            folder=self.out,
            rows=tally.rows,
            documents=tally.documents,
            document_bytes=tally.document_bytes,
            dispositions=dict(tally.dispositions),
            outcomes=dict(tally.outcomes),
        )


def _shuffled(window: list[Line], rng: Random) -> list[Line]:
    """The lines in another order, those of one submission still one after the other as they were."""
    order = sorted(range(len(window)), key=lambda _: rng.random())
    places: dict[str, list[int]] = {}
    for place, index in enumerate(order):
        places.setdefault(window[index].submission_id, []).append(place)
    taken = {submission: iter(slots) for submission, slots in places.items()}
    mixed: dict[int, Line] = {next(taken[line.submission_id]): line for line in window}
    return [mixed[place] for place in range(len(window))]
