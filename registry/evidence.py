"""What a person is shown of the proofs of a case: what the application says beside what each paper says, and why.

The answers are those of the same questions that the facts of the case are made of; here each also brings its place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from registry.cards import says_who
from registry.evidence_questions import Question, Said, of_identity, of_residency
from registry.evidence_words import OF_A_PICTURE, OF_ONE_READING, WORDS
from registry.facts import Application, DocumentFacts, PersonName, Reading, ReadState
from registry.paper_words import Answer
from registry.proofs import identity_facts, mended_for, residency_facts

_WHOLE_PAGE = 1, (), 0
_NOWHERE = 0, (), 0
_LONGEST = 300
_MAY_BE_SHOWN = frozenset({ReadState.TEXT, ReadState.NO_TEXT})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer to one question about one proof, with both readings and the place that shows it."""

    subject: str
    """the role of the upload: identity, residency or photo"""
    what: str
    """what is asked, such as `name` or `date of birth`"""
    answer: Answer | None
    """what this source alone says; None where the machine asks nothing"""
    applied: str
    """what the application says"""
    read: tuple[str, ...]
    """what the paper says, line by line; empty when nothing could be read"""
    why: str
    """one plain sentence"""
    sha256: str
    page: int
    """counted from 1; 0 when the upload must not, or cannot, be shown"""
    box: tuple[float, ...]
    """left, top, right and bottom as parts of the page; empty for the whole page"""
    turn_degrees: int
    """by how much the page has to be turned clockwise to be read"""
    confidence_percent: int | None
    """of what is least sure in it; None when nothing was read"""
    source: str
    """text, picture, barcode or mrz; empty when nothing was read"""


def evidence_of(
    application: Application, documents: Mapping[str, DocumentFacts], *, paper_goes_stale: bool = True
) -> tuple[Evidence, ...]:
    """The evidence on the proofs of identity and residency and on the photo, question by question.

    Args:
        application: what the person says.
        documents: what was found in the uploads, by their digests.
        paper_goes_stale: whether the law asks for the day of this proof of residency.
    """
    questions = {
        "identity": of_identity(application),
        "residency": of_residency(application, paper_goes_stale=paper_goes_stale),
        "photo": (),
    }
    found: list[Evidence] = []
    for subject, asked in questions.items():
        ref = application.document(subject)
        if ref is not None and ref.sha256:
            facts = documents.get(ref.sha256)
            held_against = _held_against(subject, application, facts)
            proof = _Proof(subject, ref.sha256, facts, application.name, held_against)
            found += proof.answers(asked) if asked else [proof.portrait()]
    return tuple(found)


def _held_against(subject: str, application: Application, facts: DocumentFacts | None) -> frozenset[str]:
    """The questions in which this proof, all its readings weighed together, speaks against the application."""
    name, submitted_on = application.name, application.submitted_at.date()
    if subject == "identity":
        told = identity_facts(facts, name, application.date_of_birth, submitted_on)
        expires_on = told["identity_expires_on"]
        against = {"expiry": expires_on is not None and expires_on < submitted_on}
        answers = {"name": told["identity_name"], "date of birth": told["identity_birth_date"]}
    elif subject == "residency":
        told = residency_facts(facts, name, application.address)
        against, answers = {}, {"name": told["residency_name"], "address": told["residency_address"]}
    else:
        return frozenset()
    against |= {what: answer is Answer.DISAGREES for what, answer in answers.items()}
    return frozenset(what for what, is_so in against.items() if is_so)


@dataclass(frozen=True, slots=True)
class _Proof:
    """One upload, and what was found in it; None when it was not looked at."""

    subject: str
    sha256: str
    facts: DocumentFacts | None
    name: PersonName
    held_against: frozenset[str]
    """in which questions it speaks against the application; one reading alone says no more than all together"""

    def answers(self, questions: tuple[Question, ...]) -> Iterator[Evidence]:
        """One piece for each question and source; one for each question to what could not be read."""
        facts = self.facts
        for question in questions:
            coded = [*self._coded(question)] if facts else []
            told = {(each.answer, each.box) for each in coded if each.box}
            printed = [each for each in self._printed(question) if (each.answer, each.box) not in told]
            yield from [*coded, *printed] or [self._unread(question)]

    def portrait(self) -> Evidence:
        """The photo, which no machine compares with anybody."""
        seen = self.facts.portrait if self.facts else None
        read = (f"{seen.width_pixels} by {seen.height_pixels} pixels",) if seen else ()
        why = WORDS["photo"] if self._may_be_shown else self._why_not
        place = _WHOLE_PAGE if self._may_be_shown else _NOWHERE
        return Evidence(self.subject, "picture", None, "", read, why, self.sha256, *place, None, "")

    @property
    def _may_be_shown(self) -> bool:
        return self.facts is not None and self.facts.state in _MAY_BE_SHOWN

    @property
    def _why_not(self) -> str:
        return self.facts.why if self.facts else WORDS["not looked at"]

    def _unread(self, question: Question) -> Evidence:
        place = _WHOLE_PAGE if self._may_be_shown else _NOWHERE
        answer = Answer.CANNOT_TELL
        said = (self.subject, question.what, answer, question.applied, (), self._why_not)
        return Evidence(*said, self.sha256, *place, None, "")

    def _coded(self, question: Question) -> Iterator[Evidence]:
        codes = self.facts.readings if self.facts else ()
        for source in dict.fromkeys(each.source for each in codes):
            of_source = tuple(each for each in codes if each.source == source)
            given = [each for what in question.readings for each in of_source if each.what == what]
            if question.to_codes is None or not given or (source == "barcode" and not says_who(of_source)):
                continue
            said = self._fair(question, question.to_codes(of_source), pictured=source != "barcode")
            yield Evidence(
                self.subject,
                question.what,
                said.answer,
                question.applied,
                (" ".join(dict.fromkeys(each.value for each in given)),),
                said.why,
                self.sha256,
                given[0].page,
                *self._of_code(given[0]),
                min(each.confidence_percent for each in given),
                source,
            )

    def _fair(self, question: Question, said: Said, *, pictured: bool) -> Said:
        if said.answer is not Answer.DISAGREES or question.what in self.held_against:
            return said
        return Said(Answer.CANNOT_TELL, OF_A_PICTURE[question.what] if pictured else OF_ONE_READING, said.run)

    def _of_code(self, code: Reading) -> tuple[tuple[float, ...], int]:
        """Box and turn of a code's lines; of a barcode the whole page, as a person reads the card and not its code."""
        if self.facts is None or code.source == "barcode":
            return (), 0
        turns = (spot.turn_degrees for spot in self.facts.spots if spot.page == code.page)
        return code.box, next(turns, 0)

    def _printed(self, question: Question) -> Iterator[Evidence]:
        facts = self.facts
        if facts is None or facts.state is not ReadState.TEXT:
            return
        pictured = facts.text_source == "ocr"
        said = self._fair(question, question.to_text(mended_for(facts, facts.text, self.name)), pictured=pictured)
        run, lines = said.run or range(0), facts.text.split("\n")
        place, confidence = _place(facts, run)
        yield Evidence(
            self.subject,
            question.what,
            said.answer,
            question.applied,
            tuple(" | ".join(filter(str.strip, lines[at].split("\t")))[:_LONGEST] for at in run),
            said.why,
            self.sha256,
            *place,
            confidence,
            "picture" if pictured else "text",
        )


def _place(facts: DocumentFacts, run: range) -> tuple[tuple[int, tuple[float, ...], int], int | None]:
    """Page, box and turn of some lines, as far as they stand on one page; and how surely they were read."""
    spots = [facts.spots[at] for at in run if at < len(facts.spots)]
    if not spots:
        return _WHOLE_PAGE, None
    page, turn = spots[0].page, spots[0].turn_degrees
    boxes = [spot.box for spot in spots if (spot.page, spot.turn_degrees) == (page, turn)]
    low = (min(box[end] for box in boxes) for end in (0, 1))
    high = (max(box[end] for box in boxes) for end in (2, 3))
    return (page, (*low, *high), turn), min(spot.confidence_percent for spot in spots)
