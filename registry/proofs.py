"""What a proof of identity or residency says of this person: the facts that its text and its codes give.

A code on a card was made to be read by machines and carries its own check, so it may agree and disagree. Text that was
read from a picture can have wrong letters: it may agree, and it may leave a question open, but it never accuses.
"""

from datetime import date
from typing import Any

from registry.cards import coded_address, coded_birth_date, coded_expiry, coded_name, says_who
from registry.facts import Address, DocumentFacts, PersonName, ReadState
from registry.papers import (
    Answer,
    address_on_paper,
    birth_date_on_identity,
    expiry_on_identity,
    name_on_paper,
    statement_date,
)

_PICTURE = "ocr"


def is_read(facts: DocumentFacts) -> bool:
    """Whether there is something to compare: a text, or a code that says who the paper is for."""
    return facts.state is ReadState.TEXT or (facts.state is ReadState.NO_TEXT and says_who(facts.readings))


def identity_facts(
    facts: DocumentFacts | None, name: PersonName, date_of_birth: date, submitted_on: date
) -> dict[str, Any]:
    """Name, date of birth and expiry as the proof of identity has them, compared with the application's."""
    if facts is None or not is_read(facts):
        return _nothing("identity_name", "identity_birth_date") | {"identity_expires_on": None}
    answers, expires_on = [], []
    if says_who(facts.readings):
        answers.append((coded_name(facts.readings, name), coded_birth_date(facts.readings, date_of_birth)))
        expires_on.append(coded_expiry(facts.readings))
    if facts.state is ReadState.TEXT:
        printed = name_on_paper(facts.text, name), birth_date_on_identity(facts.text, date_of_birth)
        answers.append((_fairly(facts, printed[0]), _fairly(facts, printed[1])))
        expires_on.append(_unless_it_accuses(facts, expiry_on_identity(facts.text), submitted_on))
    return {
        "identity_name": _together(*(each[0] for each in answers)),
        "identity_birth_date": _together(*(each[1] for each in answers)),
        "identity_expires_on": next((day for day in expires_on if day is not None), None),
    }


def residency_facts(facts: DocumentFacts | None, name: PersonName, address: Address) -> dict[str, Any]:
    """Name, address and day as the proof of residency has them, compared with the application's."""
    if facts is None or not is_read(facts):
        return _nothing("residency_name", "residency_address") | {"residency_dated_on": None}
    answers = []
    if says_who(facts.readings):
        answers.append((coded_name(facts.readings, name), coded_address(facts.readings, address)))
    dated_on = None
    if facts.state is ReadState.TEXT:
        printed = name_on_paper(facts.text, name), address_on_paper(facts.text, address)
        answers.append((_fairly(facts, printed[0]), _fairly(facts, printed[1])))
        dated_on = statement_date(facts.text)
    return {
        "residency_name": _together(*(each[0] for each in answers)),
        "residency_address": _together(*(each[1] for each in answers)),
        "residency_dated_on": dated_on,
    }


def _nothing(*answers: str) -> dict[str, Any]:
    return dict.fromkeys(answers, Answer.CANNOT_TELL)


def _fairly(facts: DocumentFacts, answer: Answer) -> Answer:
    """What a picture seems to say against somebody is not settled until a person looked."""
    accuses = facts.text_source == _PICTURE and answer is Answer.DISAGREES
    return Answer.CANNOT_TELL if accuses else answer


def _unless_it_accuses(facts: DocumentFacts, expires_on: date | None, submitted_on: date) -> date | None:
    past = expires_on is not None and expires_on < submitted_on
    return None if past and facts.text_source == _PICTURE else expires_on


def _together(*answers: Answer) -> Answer:
    """Two looks at one paper: one may settle what the other leaves open; where they contradict nothing is settled."""
    settled = {answer for answer in answers if answer is not Answer.CANNOT_TELL}
    return settled.pop() if len(settled) == 1 else Answer.CANNOT_TELL
