"""What the machine codes of identity documents say of a person: a license's barcode, a passport's machine lines.

A code proves what it says and not that the card is genuine. Each code is judged alone, and codes that differ among
themselves cannot be told. A wrong `agrees` is the worst error.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from registry.addresses import read_street, same_address, zip5
from registry.facts import Address, PersonName, Reading
from registry.names import SUFFIXES, is_latin, letters, may_be_middle, name_words, one_edit_apart, spellings
from registry.nicknames import other_forms
from registry.paper_vocabulary import PARTICLES
from registry.paper_words import Answer
from registry.romanization import romanized

SURE_PERCENT = 90
"""Readings of less confidence, such as names that the issuer cut short, never agree."""
_IDENTITY = ("first_name", "last_name", "birth_date")
_NAMES = ("first_name", "middle_name", "last_name", "name_suffix")
_PLACE = ("street", "city", "state", "zip")
_BEHIND = re.compile(rf"[\s,]+({'|'.join(sorted(SUFFIXES))})\.?\s*$", re.IGNORECASE)
_LETTERS = re.compile("[a-z]+")
_ONE_SUFFIX = {"junior": "jr", "senior": "sr", "1st": "i", "2nd": "ii", "3rd": "iii", "4th": "iv", "5th": "v"}


@dataclass(frozen=True, slots=True)
class _Code:
    """The readings of one kind of code on one page."""

    values: dict[str, str]
    unsure: frozenset[str]
    """what was read with little confidence"""
    twofold: frozenset[str]
    """what was read in two ways: two cards lie on the page"""
    is_zone: bool
    """whether it is a machine readable zone, in which names are romanized by the book"""

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
    codes know no others. One in Cyrillic or Greek agrees with the Latin letters in which a zone writes it.
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
    twofold = frozenset(reading.what for reading in group if letters(reading.value) != letters(values[reading.what]))
    return _Code(values, unsure, twofold, is_zone=group[0].source == "mrz")


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
    coded, own = _Name.of(*(code[what] for what in _NAMES)), _Name.of_person(name)
    if code.is_zone and not own.is_comparable and coded.is_comparable and code.is_sure_of(*_NAMES):
        forms = (_Name.of_person(form) for form in romanized(name))
        same = any(form.is_comparable and coded.is_the_same(form) for form in forms)
        return Answer.AGREES if same else Answer.CANNOT_TELL
    if not (coded.is_comparable and own.is_comparable) or code.twofold & set(_NAMES):
        return Answer.CANNOT_TELL
    if code.is_sure_of(*_NAMES) and coded.is_the_same(own):
        return Answer.AGREES
    cut = not code.is_sure_of(*_NAMES) and coded.may_be_cut_from(own)
    return Answer.CANNOT_TELL if cut or coded.is_near(own) else Answer.DISAGREES


@dataclass(frozen=True, slots=True)
class _Name:
    """A name for comparison; the suffix is found also where it stands behind another part."""

    first: str
    middle: str
    last: str
    suffix: str

    @classmethod
    def of(cls, first: str, middle: str, last: str, suffix: str) -> "_Name":
        """The name with its suffix taken out of the other parts, and spelled in one way."""
        parts = (first, f" {middle}", last)  # a middle name may be nothing but the suffix
        behind = [letters(found[1]) for part in parts if (found := _BEHIND.search(part))]
        mark = letters(suffix) or next(iter(behind), "")
        first, middle, last = (_BEHIND.sub("", part) for part in parts)
        return cls(first, middle, last, _ONE_SUFFIX.get(mark, mark))

    @classmethod
    def of_person(cls, name: PersonName) -> "_Name":
        """The name as an application gives it."""
        return cls.of(name.first, name.middle, name.last, name.suffix)

    @property
    def is_comparable(self) -> bool:
        """Whether first and last name are there, in Latin letters."""
        return bool(letters(self.first) and letters(self.last)) and is_latin(self.first + self.last)

    def is_the_same(self, own: "_Name") -> bool:
        """Whether this coded name is the person's own; a suffix or a middle name may be missing."""
        same_last = not spellings(self.last).isdisjoint(spellings(own.last))
        return same_last and self.suffix in {"", own.suffix} and self._has_givens_of(own)

    def _has_givens_of(self, own: "_Name") -> bool:
        """Whether the given names are the person's first name, in one element or two, and fitting middle names."""
        if not spellings(self.first).isdisjoint(spellings(own.first)) and _fits(name_words(self.middle), own.middle):
            return True
        words, firsts = name_words(f"{self.first} {self.middle}"), spellings(own.first)
        ends = (end for end in range(1, len(words) + 1) if end == 1 or len(words[end - 1]) > 1)  # CHARLES E, Charlese
        return any("".join(words[:end]) in firsts and _fits(words[end:], own.middle) for end in ends)

    def may_be_cut_from(self, own: "_Name") -> bool:
        """Whether own last and given names begin as the coded ones do."""
        givens = letters(own.first + own.middle)
        return letters(own.last).startswith(letters(self.last)) and givens.startswith(letters(self.first))

    def is_near(self, own: "_Name") -> bool:
        """Whether slips, short forms, parts left out, or parts in another place could make the two names equal."""
        words, others = ({*name_words(f"{each.first} {each.middle} {each.last}")} for each in (self, own))
        if {*name_words(f"{own.first} {own.last}")} <= words or {*name_words(f"{self.first} {self.last}")} <= others:
            return True
        near_first = _any_near((self.first, self.middle), (own.first,)) or _any_near((self.first,), (own.middle,))
        near_last = _any_near((self.last, self.middle), (own.last,)) or _any_near((self.last,), (own.middle,))
        return near_first and near_last


def _fits(words: list[str], middle: str) -> bool:
    """Whether all of one side's middle names can be the other's."""
    return may_be_middle(words, middle) or may_be_middle(name_words(middle), " ".join(words))


def _any_near(parts: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return any(_nearly(a, b) for a in _pieces(parts) for b in _pieces(others))


def _pieces(parts: tuple[str, ...]) -> set[str]:
    """Each part run together, and its words; initials count only where they stand for the first of the parts."""
    words = {word for part in parts for word in name_words(part) if len(word) > 1 and word not in PARTICLES}
    return words.union(*map(spellings, parts[:1]))


def _nearly(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    cut = long.startswith(short) and (len(short) == 1 or len(short) >= 4)
    return a == b or cut or a in other_forms(b) or (len(short) >= 3 and one_edit_apart(a, b))


def _judge_address(code: _Code, address: Address) -> Answer | None:
    if not any(code.gives(what) for what in _PLACE):
        return None
    coded = Address(code["street"], "", code["city"], code["state"], code["zip"])
    one, own = read_street(coded.street), read_street(address.street, address.unit)
    if not code.gives(*_PLACE) or not code.is_sure_of(*_PLACE) or not (one.number and own.number):
        return Answer.CANNOT_TELL  # a box, too: it has no house number
    same_zip = zip5(coded.zip_code) == zip5(address.zip_code)
    if same_address(replace(coded, city=address.city) if same_zip else coded, address):
        return Answer.AGREES  # a village and its town share a ZIP
    same_number = _LETTERS.sub("", one.number) == _LETTERS.sub("", own.number)
    return Answer.CANNOT_TELL if same_number and (same_zip or one.name == own.name) else Answer.DISAGREES
