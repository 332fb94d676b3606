"""What a proof of identity or residency says of this person: the facts that its text and its codes give.

A card's barcode carries its own correction, so it may agree and disagree. Text that was read from a picture can have
wrong letters: it may agree, and it may leave a question open, but it never accuses. A machine readable zone that was
read from a picture stands between the two. No single wrong digit passes a date's check digit, but one pair of wrong
digits in twenty does; the check digit of the whole zone, weighing them otherwise, stops more than half of those.
So a date whose own digit holds may settle, and it may speak against somebody only where all digits of the zone hold.
The names have no digit at all and never accuse. Where a code and the print contradict each other, nothing is settled.
"""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

from registry.cards import coded_address, coded_birth_date, coded_expiry, coded_name, says_who
from registry.evidence_lines import lines_with_statement_date
from registry.facts import Address, DocumentFacts, PersonName, Reading, ReadState
from registry.names import name_words
from registry.paper_kinds import kind_of
from registry.paper_mending import mended
from registry.papers import (
    Answer,
    address_on_paper,
    birth_date_on_identity,
    expiry_on_identity,
    name_on_paper,
    statement_date,
)

PROVEN_PERCENT = 99
"""Confidence of a date in a machine readable zone all of whose check digits hold."""
_PICTURE = "ocr"
_ZONE = "mrz"


def is_read(facts: DocumentFacts) -> bool:
    """Whether there is something to compare: a text, or a code that says who the paper is for."""
    return facts.state is ReadState.TEXT or (facts.state is ReadState.NO_TEXT and says_who(facts.readings))


def identity_facts(
    facts: DocumentFacts | None, name: PersonName, date_of_birth: date, submitted_on: date
) -> dict[str, Any]:
    """Name, date of birth and expiry as the proof of identity has them, compared with the application's; its kind."""
    if facts is None or not is_read(facts):
        nothing = dict.fromkeys(("identity_name", "identity_birth_date"), Answer.CANNOT_TELL)
        return {**nothing, "identity_expires_on": None, "identity_kind_seen": "", "identity_kind_why": ""}
    return {
        "identity_name": _name(facts, name),
        "identity_birth_date": _birth_date(facts, date_of_birth),
        "identity_expires_on": _expiry(facts, submitted_on),
        **_kind("identity", facts),
    }


def residency_facts(facts: DocumentFacts | None, name: PersonName, address: Address) -> dict[str, Any]:
    """Name, address and day as the proof of residency has them, compared with the application's; its kind."""
    if facts is None or not is_read(facts):
        nothing = dict.fromkeys(("residency_name", "residency_address"), Answer.CANNOT_TELL)
        undated = {"residency_dated_on": None, "residency_is_picture": False, "residency_date_percent": 0}
        return {**nothing, **undated, "residency_kind_seen": "", "residency_kind_why": ""}
    printed = _fairly(
        facts, _printed(facts, lambda text: address_on_paper(mended_for(facts, text, name), address, name))
    )
    dated_on = statement_date(facts.text) if facts.state is ReadState.TEXT else None
    return {
        "residency_name": _name(facts, name),
        "residency_address": _together(_fairly(facts, printed), coded_address(_codes(facts), address)),
        "residency_dated_on": dated_on,
        "residency_is_picture": _is_picture(facts),
        "residency_date_percent": 0 if dated_on is None else _date_percent(facts, dated_on),
        **_kind("residency", facts),
    }


def mended_for(facts: DocumentFacts, text: str, name: PersonName) -> str:
    """The text as this name is looked for in it: in a picture's, letters mistaken for others are put right."""
    return mended(text, name) if _is_picture(facts) else text


def _codes(facts: DocumentFacts) -> tuple[Reading, ...]:
    """The readings that count: of a barcode all that say who the paper is for, of a zone each."""
    return tuple(each for each in facts.readings if each.source == _ZONE or says_who(facts.readings))


def _name(facts: DocumentFacts, name: PersonName) -> Answer:
    """Another name in a zone contradicts the print; print that only does not put the name together contradicts no zone.

    Under labels that nobody knows, last and given name stand on lines of their own.
    """
    printed = _fairly(facts, _printed(facts, lambda text: name_on_paper(mended_for(facts, text, name), name)))
    if not _has_zone(facts):
        return _together(printed, coded_name(_codes(facts), name))
    if {*name_words(name.first), *name_words(name.last)} <= {*name_words(_print(facts))}:
        printed = _unless_it_accuses(printed)
    return _fairly(facts, _together(printed, coded_name(_codes(facts), name)))


def _birth_date(facts: DocumentFacts, born: date) -> Answer:
    """A day that a picture's text labels as the birth is a contradiction, and alone no accusation."""
    coded = coded_birth_date(_codes(facts), born)
    answer = _together(_printed(facts, lambda text: birth_date_on_identity(text, born)), coded)
    fair = not _is_picture(facts) or (coded is Answer.DISAGREES and _is_borne_out(facts, "birth_date"))
    return answer if fair else _unless_it_accuses(answer)


def _expiry(facts: DocumentFacts, submitted_on: date) -> date | None:
    """The one last good day of all that is printed and coded; None when there are two, or when it may not accuse."""
    days: set[date | None] = {*_in_lines(facts, expiry_on_identity)}
    is_coded = any(reading.what == "expiry_date" for reading in _codes(facts))
    if is_coded:
        days.add(coded_expiry(_codes(facts)))
    day = next(iter(days)) if len(days) == 1 else None
    fair = not _is_picture(facts) or (is_coded and _is_borne_out(facts, "expiry_date"))
    return day if day is None or day >= submitted_on or fair else None


def _in_lines(facts: DocumentFacts, read: Callable[[str], date | None]) -> set[date]:
    """Every day that is read on a line of the text, its label beside it or on the line above."""
    lines = ["", *_print(facts).splitlines()]
    return {day for pair in pairwise(lines) if (day := read("\n".join(pair)))}


def _kind(subject: str, facts: DocumentFacts) -> dict[str, str]:
    """What kind of paper it clearly is, and the words that say so."""
    seen = kind_of(_print(facts), facts.readings)
    return {f"{subject}_kind_seen": seen.kind, f"{subject}_kind_why": ", ".join(seen.words)}


def _date_percent(facts: DocumentFacts, day: date) -> int:
    """How surely the paper's own day was read: as surely as the least sure of the lines that give it."""
    if not _is_picture(facts):
        return 100
    run = lines_with_statement_date(facts.text, day) or range(0)
    return min((spot.confidence_percent for spot in facts.spots[run.start : run.stop]), default=0)


def _is_picture(facts: DocumentFacts) -> bool:
    return facts.text_source == _PICTURE


def _is_borne_out(facts: DocumentFacts, what: str) -> bool:
    """Whether nothing that the codes say of this rests on a single check digit."""
    weak = (each for each in facts.readings if each.source == _ZONE and each.confidence_percent < PROVEN_PERCENT)
    return all(each.what != what for each in weak)


def _has_zone(facts: DocumentFacts) -> bool:
    return any(reading.source == _ZONE for reading in facts.readings)


def _print(facts: DocumentFacts) -> str:
    """The text without the lines of a zone that was read, which are no second witness to it; empty without a text."""
    if facts.state is not ReadState.TEXT or not _has_zone(facts):
        return facts.text if facts.state is ReadState.TEXT else ""
    return "\n".join(line for line in facts.text.split("\n") if "<<" not in line)


def _printed(facts: DocumentFacts, judge: Callable[[str], Answer]) -> Answer:
    return judge(_print(facts)) if facts.state is ReadState.TEXT else Answer.CANNOT_TELL


def _fairly(facts: DocumentFacts, answer: Answer) -> Answer:
    """What a picture seems to say against somebody is not settled until a person looked."""
    return _unless_it_accuses(answer) if _is_picture(facts) else answer


def _unless_it_accuses(answer: Answer) -> Answer:
    return Answer.CANNOT_TELL if answer is Answer.DISAGREES else answer


def _together(*answers: Answer) -> Answer:
    """Two looks at one paper: one may settle what the other leaves open; where they contradict nothing is settled."""
    settled = {answer for answer in answers if answer is not Answer.CANNOT_TELL}
    return settled.pop() if len(settled) == 1 else Answer.CANNOT_TELL
