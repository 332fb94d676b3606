"""The pages of evidence of the cases in the analysts' queue, each made once and kept with its pictures."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registry.evidence import Evidence, evidence_of
from registry.facts import Application
from tasks.documents import READER
from tasks.documents.reading import crop_documents
from tasks.documents.requests import CropRequest, Cut
from tasks.evidence.page import Picture, cut_of, evidence_page
from tasks.files import is_still, private_folder, write_whole
from tasks.ledger.cases import facts_of
from tasks.ledger.engine import Connection
from tasks.ledger.uploads import paths_of

FORMAT = "evidence/1"
"""Another form of the page is written beside the older ones, never over what somebody has looked at."""
_INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Case:
    """One case of the queue, as far as its page needs it."""

    decision_id: str
    application: Application
    packet: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder that holds a folder for each case."""

    folder: Path
    workers: int
    """reader processes to use"""

    def page_of(self, decision_id: str) -> Path:
        """Where the page on this decision is; a case number comes from outside and is never a name here."""
        name = hashlib.sha256(json.dumps([FORMAT, decision_id]).encode()).hexdigest()[:24]
        return self.folder / name / _INDEX

    def lay_out(self, connection: Connection, cases: Sequence[Case]) -> None:
        """Make the pages that are not there yet: first the pictures, then the page, so that a page is always whole."""
        missing = [case for case in cases if not self.page_of(case.decision_id).exists()]
        digests = {ref.sha256 for case in missing for ref in case.application.documents if ref.sha256}
        facts = facts_of(connection, digests, READER) if digests else {}
        private_folder(self.folder)
        drafts = [_Draft(case, self.page_of(case.decision_id).parent, _evidence(case, facts)) for case in missing]
        paths = paths_of(connection, digests) if digests else {}
        requests = {str(at): request for at, request in enumerate(_requests(drafts, paths))}
        asked = [CropRequest(name, path, cuts) for name, (_, _, path, cuts) in requests.items()]
        for crops in crop_documents(asked, self.workers):
            draft, sha256, _, cuts = requests[crops.name]
            draft.keep(sha256, cuts, crops.pictures)
        for draft in drafts:
            page = evidence_page(draft.case.application, draft.case.packet, draft.evidence, draft.pictures)
            write_whole(draft.folder / _INDEX, page.encode())


@dataclass(slots=True)
class _Draft:
    """A page in the making."""

    case: Case
    folder: Path
    evidence: tuple[Evidence, ...]
    pictures: dict[tuple[str, Cut], Picture] = field(default_factory=dict)
    """by the upload's digest and the place"""

    def places(self) -> dict[str, tuple[Cut, ...]]:
        """The places to be shown of each upload, each once."""
        found: dict[str, dict[Cut, None]] = {}
        for each in self.evidence:
            if each.page:
                found.setdefault(each.sha256, {})[cut_of(each)] = None
        return {sha256: tuple(cuts) for sha256, cuts in found.items()}

    def keep(self, sha256: str, cuts: Sequence[Cut], crops: Iterable[bytes | None]) -> None:
        """Store the pictures of one upload, numbered in the order of the page."""
        order = [(digest, cut) for digest, all_cuts in self.places().items() for cut in all_cuts]
        private_folder(self.folder)
        for cut, png in zip(cuts, crops, strict=True):
            if png is not None:
                name = f"{order.index((sha256, cut)) + 1:02}.png"
                write_whole(self.folder / name, png)
                self.pictures[sha256, cut] = Picture.of(name, png)


def _evidence(case: Case, facts: dict[str, Any]) -> tuple[Evidence, ...]:
    stale = bool(case.packet["conclusions"].get("residency_paper_goes_stale", True))
    return evidence_of(case.application, facts, paper_goes_stale=stale)


def _requests(drafts: Iterable[_Draft], paths: dict[str, Path]) -> Iterator[tuple[_Draft, str, Path, tuple[Cut, ...]]]:
    """What is to be drawn, of files that are still the ones that were delivered."""
    for draft in drafts:
        for sha256, cuts in draft.places().items():
            path = paths.get(sha256)
            if path is not None and is_still(path, sha256):
                yield draft, sha256, path, cuts
