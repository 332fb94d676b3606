"""What a machine readable zone says, once its lines are known sign for sign (ICAO Doc 9303, parts 3 to 6).

One wrong digit never escapes its check digit, as the weights 7, 3 and 1 share no factor with 10. Two in one date can:
of the 1,215 ways to put two wrong digits into the birth date of ICAO's passport specimen, 59 give another day of the
calendar with the right check digit, and 23 of these suit the check digit of the whole zone as well. Letters ten or
twenty apart count the same, such as G and 6. Names have no check digit at all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from registry.facts import Reading, Spot

PROVEN_PERCENT = 99
"""Confidence of a date when all check digits of its zone hold; the judgement goes by the same figure."""
CHECKED_PERCENT = 95
"""Confidence of a date at most when its own check digit holds, and another one of the zone does not."""
_DOUBTED_PERCENT = 60
"""Of a name that may have been cut short or whose end is not clear, and of a birth in one of two centuries."""
_OLDEST_YEARS = 110
"""An age at which a birth in the century before is still thought of."""
_LONGEST_AHEAD_YEARS = 20
"""Years to the end of the longest-lived paper; an end that is further off was in the century before."""
_END = re.compile("[<K]*$")
NO_NAME = "KKK"
"""Behind a name these were fillers."""


class Place(NamedTuple):
    """Where something stands: line, first character and the one behind its last, counted from 0."""

    line: int
    start: int
    end: int

    def of(self, zone: Sequence[str]) -> str:
        """What stands there."""
        return zone[self.line][self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One size of zone."""

    begins: str
    """first letters of papers of this size that say who somebody is, which visas do not"""
    signs: tuple[str, ...]
    """of each line what may stand at each place: A letters, N digits, X both; fillers may stand anywhere"""
    name: Place
    number: Place
    birth: Place
    expiry: Place
    optional: Place
    checks_optional: bool
    """whether the optional data has a check digit behind it; else it may be the end of a long number"""
    whole: tuple[Place, ...]
    """what the last check digit is computed of"""
    last: Place

    @property
    def width(self) -> int:
        """Characters of a line."""
        return len(self.signs[0])


_DATED = "X" * 9 + "N" + "AAA" + "N" * 7 + "A" + "N" * 7
"""How the second line of passports and cards of two lines begins."""
_PASSPORT = Format(
    begins="P",
    signs=("A" * 44, _DATED + "X" * 14 + "NN"),
    name=Place(0, 5, 44),
    number=Place(1, 0, 9),
    birth=Place(1, 13, 19),
    expiry=Place(1, 21, 27),
    optional=Place(1, 28, 42),
    checks_optional=True,
    whole=(Place(1, 0, 10), Place(1, 13, 20), Place(1, 21, 43)),
    last=Place(1, 43, 44),
)
_TWO_LINES = Format(
    begins="ACI",
    signs=("A" * 36, _DATED + "X" * 7 + "N"),
    name=Place(0, 5, 36),
    number=Place(1, 0, 9),
    birth=Place(1, 13, 19),
    expiry=Place(1, 21, 27),
    optional=Place(1, 28, 35),
    checks_optional=False,
    whole=(Place(1, 0, 10), Place(1, 13, 20), Place(1, 21, 35)),
    last=Place(1, 35, 36),
)
_THREE_LINES = Format(
    begins="ACI",
    signs=("A" * 5 + "X" * 9 + "N" + "X" * 15, "N" * 7 + "A" + "N" * 7 + "AAA" + "X" * 11 + "N", "A" * 30),
    name=Place(2, 0, 30),
    number=Place(0, 5, 14),
    birth=Place(1, 0, 6),
    expiry=Place(1, 8, 14),
    optional=Place(0, 15, 30),
    checks_optional=False,
    whole=(Place(0, 5, 30), Place(1, 0, 7), Place(1, 8, 15), Place(1, 18, 29)),
    last=Place(1, 29, 30),
)
FORMATS = (_PASSPORT, _TWO_LINES, _THREE_LINES)


def check_digit(signs: str) -> str:
    """The check digit of these signs (9303-3, 4.9): weights 7, 3, 1; A counts 10, a filler nothing."""
    values = (0 if sign == "<" else int(sign, 36) for sign in signs)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


@dataclass(frozen=True, slots=True)
class Zone:
    """Lines at their width, in the zone's alphabet, and where they stand."""

    form: Format
    lines: tuple[str, ...]
    spots: tuple[Spot, ...]
    end_is_read: bool
    """whether there were fillers behind the name, and not only the end of the line"""

    @property
    def held(self) -> int:
        """How many check digits hold."""
        return sum(self._checks())

    def _checks(self) -> Iterator[bool]:
        form = self.form
        yield self._is_number_right()
        yield self._holds(form.birth)
        yield self._holds(form.expiry)
        if form.checks_optional:
            is_empty = not form.optional.of(self.lines).strip("<K")
            yield self._holds(form.optional) or (is_empty and self._behind(form.optional) == "<")
        yield check_digit("".join(part.of(self.lines) for part in form.whole)) == form.last.of(self.lines)

    def _behind(self, place: Place) -> str:
        return self.lines[place.line][place.end]

    def _holds(self, place: Place) -> bool:
        return check_digit(place.of(self.lines)) == self._behind(place)

    def _is_number_right(self) -> bool:
        """A number of more than nine signs has a filler for its check digit, and goes on in the optional data."""
        form = self.form
        if self._behind(form.number) != "<" or form.checks_optional:
            return self._holds(form.number)
        more = form.optional.of(self.lines).partition("<")[0]
        return len(more) > 1 and check_digit(f"{form.number.of(self.lines)}{more[:-1]}") == more[-1]

    def readings(self, read_on: date) -> Iterator[Reading]:
        """Everything that the zone says and that is borne out."""
        form, is_proven = self.form, all(self._checks())
        sure = {place: self.spots[place.line].confidence_percent for place in (form.name, form.birth, form.expiry)}
        names, is_clear = _names(form.name.of(self.lines))
        named_percent = sure[form.name] if is_clear and self.end_is_read else _DOUBTED_PERCENT
        for what, value in names.items():
            yield self._reading(what, value, form.name, named_percent)
        for what, place, resolved in (("birth_date", form.birth, _birth), ("expiry_date", form.expiry, _expiry)):
            day, is_clear = resolved(place.of(self.lines), read_on) if self._holds(place) else (None, False)
            percent = PROVEN_PERCENT if is_proven else min(CHECKED_PERCENT, sure[place])
            if day is not None:
                yield self._reading(what, day.isoformat(), place, percent if is_clear else _DOUBTED_PERCENT)

    def _reading(self, what: str, value: str, place: Place, percent: int) -> Reading:
        spot = self.spots[place.line]
        return Reading(what, value, "mrz", spot.page, spot.box, percent)


def _names(field: str) -> tuple[dict[str, str], bool]:
    """The parts of the name, and whether each is clear and whole.

    Two fillers part last and given names, one parts words; behind the given names all is filler. A name that fills
    its field may have been cut.
    """
    end = _END.search(field)
    were_fillers = end is not None and NO_NAME in end[0]
    name = field[: end.start()] if end and were_fillers else field.rstrip("<")
    is_clear = field.endswith("<") and not (were_fillers and end and not end[0].startswith("<<"))
    last, _, givens = name.partition("<<")
    given, _, odd = givens.partition("<<")
    parts = [" ".join(part.split("<")).strip() for part in (last, *given.partition("<")[::2])]
    plain = all(sign.isalpha() or sign == "<" for sign in name)
    named = dict(zip(("last_name", "first_name", "middle_name"), parts, strict=True))
    is_parted = bool(given) and not odd.strip("<K")
    return {what: part for what, part in named.items() if part}, is_clear and plain and is_parted


def _birth(digits: str, read_on: date) -> tuple[date | None, bool]:
    """The last such day that is past, and whether it can be no other: whoever is a child may be very old."""
    year = read_on.year - (read_on.year - int(digits[:2])) % 100 if digits.isdigit() else 0
    days = [day for past in (year, year - 100, year - 200) if (day := _day(past, digits)) and day <= read_on]
    return (days[0], all(read_on.year - day.year > _OLDEST_YEARS for day in days[1:])) if days else (None, False)


def _expiry(digits: str, read_on: date) -> tuple[date | None, bool]:
    """The last such day that a paper can be good until."""
    latest = read_on.year + _LONGEST_AHEAD_YEARS
    return _day(latest - (latest - int(digits[:2])) % 100, digits) if digits.isdigit() else None, True


def _day(year: int, digits: str) -> date | None:
    try:
        return date(year, int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None
