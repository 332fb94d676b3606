"""Which uploads are nearly the same page, or picture, as one of another person's, across the whole registry."""

import hashlib
import hmac
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, and_, case, delete, func, or_, select

from registry.addresses import same_address
from registry.codec import pack, unpack
from registry.facts import Application, DocumentFacts, DocumentRef, ReadState
from registry.names import nearly_same_name, person_key
from registry.near import NearPage
from registry.prints import PageLikeness, page_likeness, picture_likeness, traits_of
from tasks.ledger.schema import document_facts, document_mark, submission, submission_document
from tasks.ledger.writing import Writing

PROOFS = ("identity", "residency", "photo")
"""The roles of uploads that are one person's, or one household's."""
_CROWD = 8
"""Uploads that others with the same mark are compared with, the first that came. What more have is the sender's own
number and says nothing, unless several such marks come together: then a page went round."""
_LEAST_SHARE = 3
"""One mark of so many that an upload has must be another's too: each may be read wrong."""
_SEVERAL = 3
_KEPT_FROM_PERCENT, _KEPT_AT_MOST = 80, 5
_BLANK = pack(DocumentFacts("", "", ReadState.NO_TEXT, "", "", 0, ""))


def save_marks(pen: Writing, found: Sequence[DocumentFacts], key: bytes) -> None:
    """Remember by what copies of these uploads could be found, as digests under our key.

    What an earlier reader found in the same file is replaced.
    """
    pen.connection.execute(delete(document_mark).where(document_mark.c.sha256.in_([facts.sha256 for facts in found])))
    marks = {facts.sha256: [_mark(key, trait) for trait in traits_of(facts)] for facts in found}
    held = _held(pen.connection, {mark for own in marks.values() for mark in own})
    rows = []
    for sha256, own in marks.items():
        for mark in own:
            rows.append({"sha256": sha256, "mark": mark, "place": min(held[mark], _CROWD + 1), "marks": len(own)})
            held[mark] += 1
    pen.add(document_mark, rows)


def _mark(key: bytes, trait: str) -> str:
    return hmac.new(key, f"document mark:{trait}".encode(), hashlib.sha256).hexdigest()[:32]


def _held(connection: Connection, marks: Iterable[str]) -> Counter[str]:
    """How many uploads have each of these marks, counted up to one more than are compared."""
    c = document_mark.c
    query = select(c.mark, func.count()).where(c.mark.in_(sorted(marks)), c.place <= _CROWD)
    return Counter({row[0]: row[1] for row in connection.execute(query.group_by(c.mark))})


class Use(NamedTuple):
    """One submission that named an upload."""

    role: str
    person_key: str
    stored: str
    """the application, as the ledger keeps it"""


@dataclass
class NearUploads:
    """What the ledger holds that may be nearly the same as the uploads of one chunk of applications."""

    like: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """digest of an upload -> digests of others that share marks with it"""
    uses: dict[str, list[Use]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[str, DocumentFacts] = field(default_factory=dict)

    def near(self, key: str, application: Application) -> tuple[NearPage, ...]:
        """Other people's submissions that came with nearly the same, most alike first; a household's bill is shared."""
        best: dict[tuple[str, str], NearPage] = {}
        for page in self._found(key, application):
            place = page.proof, page.number
            best[place] = max(best.get(place, page), page, key=lambda each: (each.likeness_percent, each.by))
        return tuple(sorted(best.values(), key=lambda page: (-page.likeness_percent, page.proof, page.number)))[
            :_KEPT_AT_MOST
        ]

    def _found(self, key: str, application: Application) -> Iterator[NearPage]:
        for ref in application.documents:
            for sha256 in self.like.get(ref.sha256, ()) if ref.role in PROOFS else ():
                for use in self.uses[sha256]:
                    alike = None if use.person_key == key else self._alike(ref, use.role, sha256)
                    other = unpack(Application, json.loads(use.stored)) if alike else application
                    if alike and _are_strangers(ref.role, application, other):
                        yield NearPage(ref.role, other.submission_id, alike.by, alike.percent)

    def _alike(self, ref: DocumentRef, role: str, sha256: str) -> PageLikeness | None:
        """How alike the two are, if it is worth keeping: as pages, or as pictures where both came as photos."""
        one, other = self.facts[ref.sha256], self.facts[sha256]
        alike = page_likeness(one, other)
        if alike is None and ref.role == role == "photo":
            alike = picture_likeness(one, other)
        return alike if alike and alike.percent >= _KEPT_FROM_PERCENT else None


def near_uploads(
    connection: Connection, applications: Sequence[Application], facts: Mapping[str, DocumentFacts], reader: str
) -> NearUploads:
    """Fetch what may be nearly the same as the uploads of these applications, whose facts are known."""
    found = NearUploads(facts=dict(facts))
    for sha256, other in _sharing(connection, facts):
        found.like[sha256].append(other)
    for use in _uses(connection, {other for others in found.like.values() for other in others}):
        found.uses[use[0]].append(Use(*use[1:]))
    strangers = set(_of_strangers(found, applications)) - facts.keys()
    found.facts |= _facts_by_any_reader(connection, strangers, reader)
    return found


def _sharing(connection: Connection, digests: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of an upload and another that share enough of the marks of that which has fewer: each finds the other."""
    own, other, crowd = (document_mark.alias(name) for name in ("own", "other", "crowd"))
    same = and_(other.c.mark == own.c.mark, other.c.place < _CROWD, other.c.sha256 != own.c.sha256)
    crowded = and_(crowd.c.mark == own.c.mark, crowd.c.place == _CROWD)
    query = select(own.c.sha256, other.c.sha256).select_from(own.join(other, same).outerjoin(crowd, crowded))
    query = query.where(own.c.sha256.in_(sorted(digests))).group_by(own.c.sha256, other.c.sha256)
    shared, uncrowded = func.count(), func.count() - func.count(crowd.c.mark)
    needed = func.min(case((own.c.marks < other.c.marks, own.c.marks), else_=other.c.marks))
    enough = or_(uncrowded * _LEAST_SHARE >= needed, and_(shared >= _SEVERAL, shared * _LEAST_SHARE >= needed))
    return [(row[0], row[1]) for row in connection.execute(query.having(enough).order_by(own.c.sha256, other.c.sha256))]


def _uses(connection: Connection, digests: Iterable[str]) -> list[tuple[str, str, str, str]]:
    """Digest, role, person and application of every submission that named one of these uploads as a proof."""
    named, by = submission_document.c, submission.c
    whose = and_(by.submission_id == named.submission_id, by.revision == named.revision)
    query = select(named.sha256, named.role, by.person_key, by.application).join(submission, whose)
    rows = connection.execute(query.where(named.sha256.in_(sorted(digests)), named.role.in_(PROOFS)))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _of_strangers(found: NearUploads, applications: Sequence[Application]) -> Iterator[str]:
    """Of the uploads alike, those that anybody named who is not the person whose upload it is like."""
    for application in applications:
        key = person_key(application.name, application.date_of_birth)
        for ref in application.documents:
            for sha256 in found.like.get(ref.sha256, ()):
                if any(use.person_key != key for use in found.uses[sha256]):
                    yield sha256


def _facts_by_any_reader(connection: Connection, digests: Iterable[str], reader: str) -> dict[str, DocumentFacts]:
    """What was found in these uploads, by this reader if it has read them; other versions may know fewer facts."""
    c = document_facts.c
    rows = connection.execute(select(c.sha256, c.reader, c.facts).where(c.sha256.in_(sorted(digests))))
    best = {row.sha256: row.facts for row in sorted(rows, key=lambda row: (row.reader == reader, row.reader))}
    return {sha256: unpack(DocumentFacts, _BLANK | json.loads(stored)) for sha256, stored in best.items()}


def _are_strangers(role: str, application: Application, other: Application) -> bool:
    """Whether these two share neither a household, with a proof of residency, nor perhaps the person.

    Of one person who may be written in two ways other findings tell.
    """
    if role == "residency" and same_address(other.address, application.address):
        return False
    number = application.registration_number
    same_day = application.date_of_birth == other.date_of_birth
    return not (
        application.submission_id == other.submission_id
        or (bool(number) and number == other.registration_number)
        or (same_day and nearly_same_name(application.name, other.name))
    )
