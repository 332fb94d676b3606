"""The questions to the proofs of a case, each asked of a paper's text and codes, with the lines that answer it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from registry.cards import coded_address, coded_birth_date, coded_expiry, coded_name
from registry.evidence_lines import (
    lines_near_name,
    lines_that_say,
    lines_with_address,
    lines_with_birth_date,
    lines_with_expiry,
    lines_with_statement_date,
    lines_with_whole_address,
)
from registry.evidence_words import days_from, wording
from registry.facts import Address, Application, PersonName, Reading
from registry.papers import (
    Answer,
    address_on_paper,
    birth_date_on_identity,
    expiry_on_identity,
    name_on_paper,
    statement_date,
)

_NAME = ("first_name", "middle_name", "last_name", "name_suffix")
_PLACE = ("street", "city", "state", "zip")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer with the sentence that explains it and, for a text, the lines that it rests on."""

    answer: Answer
    why: str
    run: range | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One question to a proof: of its text, and of its codes."""

    what: str
    applied: str
    to_text: Callable[[str], Said]
    to_codes: Callable[[tuple[Reading, ...]], Said] | None
    readings: tuple[str, ...]
    """what of a code answers it"""


def of_identity(application: Application) -> tuple[Question, ...]:
    """What is asked of a proof of identity."""
    born, submitted_on = application.date_of_birth, application.submitted_at.date()
    return (
        _name(application.name),
        Question(
            "date of birth",
            born.isoformat(),
            lambda text: _birth_date_in(text, born),
            lambda codes: _said("date of birth", coded_birth_date(codes, born)),
            ("birth_date",),
        ),
        Question(
            "expiry",
            f"submitted on {submitted_on}",
            lambda text: _expiry_in(text, submitted_on),
            lambda codes: _expiry(coded_expiry(codes), submitted_on),
            ("expiry_date",),
        ),
    )


def of_residency(application: Application, *, paper_goes_stale: bool) -> tuple[Question, ...]:
    """What is asked of a proof of residency; the day of the paper only where the law asks for it."""
    address, submitted_on = application.address, application.submitted_at.date()
    dated = Question(
        "date of the paper",
        f"submitted on {submitted_on}",
        lambda text: _statement_date_in(text, submitted_on),
        None,
        (),
    )
    placed = Question(
        "address",
        _in_lines(address),
        lambda text: _address_in(text, address, application.name),
        lambda codes: _said("address", coded_address(codes, address)),
        _PLACE,
    )
    return (_name(application.name), placed, *((dated,) if paper_goes_stale else ()))


def _name(name: PersonName) -> Question:
    return Question(
        "name",
        name.in_full,
        lambda text: _name_in(text, name),
        lambda codes: _said("name", coded_name(codes, name)),
        _NAME,
    )


def _in_lines(address: Address) -> str:
    street = " ".join(filter(None, (address.street, address.unit)))
    return f"{street}\n{address.city}, {address.state} {address.zip_code}"


def _name_in(text: str, name: PersonName) -> Said:
    def ask(lines: str) -> Answer:
        return name_on_paper(lines, name)

    answer = ask(text)
    run = lines_that_say(text, ask, answer) if answer is Answer.AGREES else lines_near_name(text, name)
    return _said("name", answer, run)


def _birth_date_in(text: str, born: date) -> Said:
    answer = birth_date_on_identity(text, born)
    settled = answer is Answer.AGREES
    run = lines_that_say(text, lambda lines: birth_date_on_identity(lines, born), answer) if settled else None
    return _said("date of birth", answer, run or lines_with_birth_date(text))


def _expiry_in(text: str, submitted_on: date) -> Said:
    day = expiry_on_identity(text)
    return _expiry(day, submitted_on, lines_with_expiry(text, day))


def _expiry(day: date | None, submitted_on: date, run: range | None = None) -> Said:
    if day is None:
        return _said("expiry", Answer.CANNOT_TELL, run)
    answer = Answer.AGREES if day >= submitted_on else Answer.DISAGREES
    return _said("expiry", answer, run, when=days_from(submitted_on, day))


def _address_in(text: str, address: Address, name: PersonName) -> Said:
    def ask(lines: str) -> Answer:
        return address_on_paper(lines, address)

    answer = address_on_paper(text, address, name)  # as whose the address stands there, the whole paper tells
    said = None if answer is Answer.CANNOT_TELL else lines_that_say(text, ask, answer)
    if answer is Answer.DISAGREES and said:
        said = lines_with_whole_address(text, said)
    run = said or lines_with_address(text, address)
    return _said("address", answer, run)


def _statement_date_in(text: str, submitted_on: date) -> Said:
    day = statement_date(text)
    run = lines_with_statement_date(text, day)
    if day is None or day > submitted_on:
        return _said("date of the paper", Answer.CANNOT_TELL, run)
    return _said("date of the paper", Answer.AGREES, run, when=days_from(submitted_on, day))


def _said(what: str, answer: Answer, run: range | None = None, *, when: str = "") -> Said:
    return Said(answer, wording(what, answer, found=run is not None, when=when), run)
