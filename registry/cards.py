"""What the machine codes of identity documents say of a person: a license's barcode, a passport's machine lines.

A code proves what it says and not that the card is genuine. Each code is judged alone, and codes that differ among
themselves cannot be told. A wrong `agrees` is the worst error.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from registry.addresses import read_street, same_address, zip5
from registry.facts import Address, PersonName, Reading
from registry.names import SUFFIXES, is_latin, letters, may_be_middle, name_words, one_edit_apart, spellings
from registry.nicknames import other_forms
from registry.paper_vocabulary import PARTICLES
from registry.paper_words import Answer

SURE_PERCENT = 90
"""Readings of less confidence, such as names that the issuer cut short, never agree."""
_IDENTITY = ("first_name", "last_name", "birth_date")
_PLACE = ("street", "city", "state", "zip")
_ONE_SUFFIX = {"junior": "jr", "senior": "sr", "1st": "i", "2nd": "ii", "3rd": "iii", "4th": "iv", "5th": "v"}


@dataclass(frozen=True, slots=True)
class _Code:
    """The readings of one kind of code on one page."""

    values: dict[str, str]
    unsure: frozenset[str]
    """what was read with little confidence"""
    twofold: frozenset[str]
    """what was read in two ways: two cards lie on the page"""

    def gives(self, *whats: str) -> bool:
        """Whether all of this was read."""
        return all(what in self.values for what in whats)

    def is_sure_of(self, *whats: str) -> bool:
        """Whether of all this that was read, nothing is in doubt."""
        return not (self.unsure | self.twofold) & set(whats)

    def __getitem__(self, what: str) -> str:
        return self.values.get(what, "")


def says_who(readings: Iterable[Reading]) -> bool:
    """Whether one code gives first name, last name and date of birth, and so stands for a paper that was read."""
    return any(code.gives(*_IDENTITY) for code in _codes(readings))


def coded_name(readings: Iterable[Reading], name: PersonName) -> Answer:
    """Whether the codes bear this name.

    Case, accents, hyphens, spaces, and middle names that are left out or abbreviated do not matter. One edit, a
    nickname, an initial, part of a compound surname, first and last turned round, a middle name that contradicts,
    another suffix, and a name that was cut short cannot be told. A name outside of the Latin letters never disagrees:
    codes know no others.
    """
    return _of_each(readings, lambda code: _judge_name(code, name))


def coded_birth_date(readings: Iterable[Reading], born: date) -> Answer:
    """Whether the codes give this date of birth; a code carries its own correction, so another date disagrees."""
    return _of_each(readings, lambda code: _judge_day(code, born))


def coded_expiry(readings: Iterable[Reading]) -> date | None:
    """The last good day that the codes give; None when there is none, it is in doubt, or there are two."""
    codes = [code for code in _codes(readings) if code.gives("expiry_date")]
    days = {_day(code["expiry_date"]) if code.is_sure_of("expiry_date") else None for code in codes}
    return next(iter(days)) if len(days) == 1 else None


def coded_address(readings: Iterable[Reading], address: Address) -> Answer:
    """Whether the codes give this address.

    A post office box, a unit that comes or goes, and any other detail that differs at the same house number and ZIP
    or in the same street cannot be told. People move and keep their card: another address is no fault of theirs.
    """
    return _of_each(readings, lambda code: _judge_address(code, address))


def _codes(readings: Iterable[Reading]) -> list[_Code]:
    grouped: dict[tuple[str, int], list[Reading]] = {}
    for reading in readings:
        if reading.value.strip():
            grouped.setdefault((reading.source, reading.page), []).append(reading)
    return [_code(group) for group in grouped.values()]


def _code(group: list[Reading]) -> _Code:
    values = {reading.what: reading.value for reading in reversed(group)}
    unsure = frozenset(reading.what for reading in group if reading.confidence_percent < SURE_PERCENT)
    twofold = frozenset(
        reading.what for reading in group if reading.value.casefold() != values[reading.what].casefold()
    )
    return _Code(values, unsure, twofold)


def _of_each(readings: Iterable[Reading], judge: Callable[[_Code], Answer | None]) -> Answer:
    """The one answer of all codes that answer at all."""
    answers = {answer for code in _codes(readings) if (answer := judge(code))}
    return next(iter(answers)) if len(answers) == 1 else Answer.CANNOT_TELL


def _judge_day(code: _Code, day: date) -> Answer | None:
    if not code.gives("birth_date"):
        return None
    coded = _day(code["birth_date"])
    if coded is None or not code.is_sure_of("birth_date"):
        return Answer.CANNOT_TELL
    return Answer.AGREES if coded == day else Answer.DISAGREES


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _judge_name(code: _Code, name: PersonName) -> Answer | None:
    if not code.gives("first_name") and not code.gives("last_name"):
        return None
    if not code.gives("first_name", "last_name") or not is_latin(name.first + name.last):
        return Answer.CANNOT_TELL
    coded, own = _Name.of(code["first_name"], code["middle_name"], code["last_name"], code["name_suffix"]), _Name.of(
        name.first, name.middle, name.last, name.suffix
    )
    whats = ("first_name", "middle_name", "last_name", "name_suffix")
    if own.is_whole and code.is_sure_of(*whats) and coded.is_the_same(own):
        return Answer.AGREES
    near = not code.is_sure_of("first_name", "last_name") and coded.may_be_cut_from(own)
    return Answer.CANNOT_TELL if near or code.twofold & set(whats) or coded.is_near(own) else Answer.DISAGREES


@dataclass(frozen=True, slots=True)
class _Name:
    """A name taken apart for comparison, folded; the suffix also where it stands behind another part."""

    first: str
    middle: str
    last: str
    suffix: str

    @classmethod
    def of(cls, first: str, middle: str, last: str, suffix: str) -> "_Name":
        parts, behind = [], ""
        for part in (first, middle, last):
            words = name_words(part)
            inner = words[-1] if len(words) > 1 and words[-1] in SUFFIXES else ""
            behind = behind or inner
            parts.append(part.strip()[: -len(part.split()[-1])] if inner and " " in part.strip() else part)
        mark = "".join(name_words(suffix)) or behind
        return cls(*parts, _ONE_SUFFIX.get(mark, mark))
