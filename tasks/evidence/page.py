"""The page of evidence on one case: plain words, both readings side by side, and the places that show them."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from registry.evidence import Evidence
from registry.facts import Application
from registry.paper_words import Answer
from registry.rule import Verdict
from tasks.documents.requests import Cut

_HOME = Path(__file__).parent
_PROOFS = {"identity": "Proof of identity", "residency": "Proof of residency", "photo": "Photo"}
_CODES = {"identity": "ID_", "residency": "RES_", "photo": "PHOTO_"}
_ABOUT_UPLOADS = "DOC_"
_ANSWERS = {
    Answer.AGREES: "Agrees",
    Answer.DISAGREES: "Differs",
    Answer.CANNOT_TELL: "Cannot be told",
    None: "For you to see",
}
_SOURCES = {
    "text": "Text of the file itself",
    "picture": "Read from a picture",
    "barcode": "Read from its barcode",
    "mrz": "Read from its machine lines",
    "": "Not read",
}
_SPOKEN = {"drivers_license": "driver's license", "state_id": "state ID", "w2": "W-2"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside the page; its size is in pixels."""

    file: str
    width: int
    height: int

    @classmethod
    def of(cls, file: str, png: bytes) -> "Picture":
        """The picture that these bytes are, which we made ourselves: the size stands in the first chunk."""
        return cls(file, int.from_bytes(png[16:20]), int.from_bytes(png[20:24]))


@dataclass(frozen=True, slots=True)
class Row:
    """One question to one proof, as it is shown."""

    question: str
    applied: list[str]
    read: tuple[str, ...]
    answer: str
    tone: str
    """of the answer: agrees, disagrees, cannot_tell or seen"""
    sure: str
    why: str
    picture: Picture | None
    """of the place that was read; None for a whole page, which stands under the table"""
    repeated: bool
    """whether that place stands above already"""
    shows_page: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """One upload with all that was asked of it."""

    subject: str
    title: str
    declared_type: str
    file: str
    points: list[str]
    """what the rules found open in it"""
    rows: list[Row]
    whole: Picture | None
    """its whole page, where that is what shows an answer"""
    unseen: str
    """why none of it can be shown; else empty"""

    @property
    def settled(self) -> bool:
        """Whether every reading agrees, so that a person may wonder why to look at all."""
        return bool(self.rows) and all(row.tone == Answer.AGREES for row in self.rows)


def evidence_page(
    application: Application,
    packet: Mapping[str, Any],
    evidence: Sequence[Evidence],
    pictures: Mapping[tuple[str, Cut], Picture],
) -> str:
    """The page as HTML, complete but for its pictures; the same case gives the same bytes.

    It tells nothing of the outcome: a case that was drawn by lot looks like any other.

    Args:
        application: what the person says.
        packet: that of the newest decision, for what the rules found.
        evidence: what `evidence_of` gave.
        pictures: those that could be made, by the upload's digest and the place.
    """
    style = (_HOME / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    proofs = [
        _proof(application, packet, subject, list(pieces), pictures)
        for subject, pieces in groupby(evidence, lambda each: each.subject)
    ]
    return str(
        _template().render(
            application=application,
            proofs=proofs,
            points=[*_details(packet, _ABOUT_UPLOADS), *_of_missing(packet, proofs)],
            others=[ref for ref in application.documents if ref.role not in {proof.subject for proof in proofs}],
            style=style,
            style_digest=digest,
        )
    )


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    drawing = Environment(
        loader=FileSystemLoader(_HOME),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawing.filters["spoken"] = _spoken
    return drawing.get_template("page.html")


def _spoken(name: str) -> str:
    """A word of the contract as people write it."""
    return _SPOKEN.get(name, name.replace("_", " "))


def _proof(
    application: Application,
    packet: Mapping[str, Any],
    subject: str,
    pieces: list[Evidence],
    pictures: Mapping[tuple[str, Cut], Picture],
) -> Proof:
    ref = application.document(subject)
    wholes = [pictures.get((each.sha256, cut_of(each))) for each in pieces if each.page and not each.box]
    doubts = packet["conclusions"].get("photo_doubts", ()) if subject == "photo" else ()
    return Proof(
        subject=subject,
        title=_PROOFS[subject],
        declared_type=ref.declared_type if ref else "",
        file=ref.file if ref else "",
        points=[*_details(packet, _CODES[subject]), *doubts],
        rows=list(_rows(pieces, pictures)) if subject != "photo" else [],
        whole=next(filter(None, wholes), None),
        unseen=pieces[0].why if not any(each.page for each in pieces) else "",
    )


def _rows(pieces: list[Evidence], pictures: Mapping[tuple[str, Cut], Picture]) -> Iterator[Row]:
    above: set[Cut] = set()
    for each in pieces:
        cut = cut_of(each)
        sure = "" if each.confidence_percent is None else f", {each.confidence_percent} of 100"
        yield Row(
            question=each.what.capitalize(),
            applied=each.applied.split("\n"),
            read=each.read,
            answer=_ANSWERS[each.answer],
            tone=each.answer or "seen",
            sure=_SOURCES[each.source] + ("" if each.source == "text" else sure),
            why=each.why,
            picture=pictures.get((each.sha256, cut)) if each.box else None,
            repeated=cut in above,
            shows_page=bool(each.page and not each.box),
        )
        above.add(cut)


def cut_of(evidence: Evidence) -> Cut:
    """The place that a piece of evidence shows."""
    return Cut(evidence.page, evidence.box, evidence.turn_degrees)


def _details(packet: Mapping[str, Any], beginning: str) -> Iterator[str]:
    """What the rules with such codes found open."""
    for finding in packet["findings"]:
        if finding["verdict"] == Verdict.NOT_MET and finding["code"].startswith(beginning):
            yield finding["detail"]


def _of_missing(packet: Mapping[str, Any], proofs: Sequence[Proof]) -> Iterator[str]:
    """What was found of proofs that have no part of their own, as they did not come."""
    shown = {proof.subject for proof in proofs}
    for subject in _PROOFS:
        if subject not in shown:
            yield from _details(packet, _CODES[subject])
