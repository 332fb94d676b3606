"""When two US addresses are one place, part by part: likeness of whole strings cannot tell 12 from 21 Elm Street."""

import re
from dataclasses import dataclass

from registry.facts import Address
from registry.names import folded, letters
from registry.postal_words import DIRECTIONS, ENDINGS, NUMBERS, PLACES, STATES, SUFFIXES, UNITS, in_short

_HALF = re.compile(r"(?<=\d)(?:\s*½|\s+1/2\b)")
_APOSTROPHE = re.compile(r"(?<=[a-z])['’‘ʼ`](?=[a-z])")
_LETTER_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_TOKEN = re.compile(r"#|[,;:|()]|[^\W_]+(?:-[^\W_]+)*")
_NUMBER = re.compile(r"\d{1,6}[a-z]?(?:-\d{1,4}[a-z]?)?(?:half)?")
_BOX = re.compile(r"^(?:p o box|po box|pob|post office box|box) (\w+)")
_FLOORS = frozenset({"fl", "flr", "floor"})
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Street:
    """The first line of an address in its parts, folded and in USPS abbreviations; absent parts are empty."""

    number: str
    before: str
    """direction before the name"""
    name: str
    """its words run together"""
    suffix: str
    after: str
    """direction after the suffix"""
    unit: str
    """without its designator: `Apt 3-B`, `#3B` and `Unit 3B` are all 3b"""
    box: str
    """of a post office; then nothing else is given"""

    def at_same_number_and_name(self, other: "Street") -> bool:
        """Whether house number and street name are the same."""
        return bool(self.number and self.name) and (self.number, self.name) == (other.number, other.name)

    def in_same_direction(self, other: "Street") -> bool:
        """Whether both directions are the same, or absent from both."""
        return (self.before, self.after) == (other.before, other.after)


def tokens_of(text: str) -> list[str]:
    """The folded words, numbers, `#` and parting marks of an address or of a line that may hold one."""
    plain = folded(_HALF.sub("half", text))
    return _TOKEN.findall(_LETTER_HYPHEN.sub(" ", _APOSTROPHE.sub("", plain)))


def is_house_number(word: str) -> bool:
    """Whether it has the form of a house number: 12, 12a, 12-14."""
    return _NUMBER.fullmatch(word) is not None


def read_street(street: str, unit: str = "") -> Street:
    """The parts of a street line and, where the form has it apart, of the unit."""
    tokens = [word for word in tokens_of(street) if word == "#" or word[0].isalnum()]
    return street_from(tokens, unit_from(tokens_of(unit)))


def street_from(tokens: list[str], unit: str = "") -> Street:
    """The parts of a street line from its tokens; `unit` is what is known of the unit otherwise."""
    box = _BOX.match(" ".join(tokens))
    if box:
        return Street("", "", "", "", "", "", box[1])
    number, rest = _number(tokens)
    at = _unit_start(rest)
    before, name, suffix, after, left = _named(in_short(rest[:at]))
    return Street(number, before, name, suffix, after, unit or unit_from(rest[at:] or left), "")


def _number(tokens: list[str]) -> tuple[str, list[str]]:
    if len(tokens) < 2:
        return "", tokens
    first = NUMBERS.get(tokens[0], tokens[0])
    return (first, tokens[1:]) if is_house_number(first) else ("", tokens)


def _unit_start(rest: list[str]) -> int:
    """Where the unit begins; `2nd floor` begins at the number, and no street is named by a designator alone."""
    for at, word in enumerate(rest):
        if at and _begins_unit(word, rest[at + 1 :]):
            return at
        if at > 1 and word in _FLOORS and _ORDINAL.fullmatch(rest[at - 1]):
            return at - 1
    return len(rest)


def _begins_unit(word: str, after: list[str]) -> bool:
    """Whether a designator stands here with its number or letter, or one of those that need none."""
    if not after:
        return word in PLACES
    return word in UNITS and (len(after[0]) == 1 or after[0] in NUMBERS or any(map(str.isdigit, after[0])))


def _named(words: list[str]) -> tuple[str, str, str, str, list[str]]:
    """Direction, name, suffix, direction, and what is left behind the street: a unit without designator."""
    before, after, left = "", "", list[str]()
    ends = [at for at, word in enumerate(words) if at and word in ENDINGS]
    if ends and any(map(str.isdigit, "".join(words[ends[-1] + 1 :]))):
        left, words = words[ends[-1] + 1 :], words[: ends[-1] + 1]
    if len(words) > 1 and words[0] in DIRECTIONS.values() and not (len(words) == 2 and words[1] in ENDINGS):
        before, words = words[0], words[1:]
    if len(words) > 1 and words[-1] in DIRECTIONS.values():
        after, words = words[-1], words[:-1]
    suffix = words[-1] if len(words) > 1 and words[-1] in SUFFIXES.values() else ""
    return before, "".join(words[:-1] if suffix else words), suffix, after, left


def unit_from(tokens: list[str]) -> str:
    """The unit without designators and marks; floors are their number."""
    kept = [NUMBERS.get(word, word) for word in tokens if word not in UNITS and word[0].isalnum()]
    return "".join(_ORDINAL.sub(r"\1", word).replace("-", "") for word in kept)


def city_key(city: str) -> str:
    """The form in which cities are compared: `West Hartford`, `W. Hartford` and `WEST HARTFORD` are one."""
    return "".join(in_short([word for word in tokens_of(city) if word[0].isalnum()]))


def state_key(state: str) -> str:
    """The state's abbreviation; what is no state stays as it is, folded."""
    return STATES.get(letters(state), letters(state))


def zip5(zip_code: str) -> str:
    """The first five digits of a ZIP."""
    return "".join(filter(str.isdigit, zip_code))[:5]


def same_address(a: Address, b: Address) -> bool:
    """Whether both are one place: number, street, direction, unit, city, state and the ZIP's first five digits.

    Spelling does not count: case, `Street` or `St`, `Apt 3` or `#3`, the unit in its own field or not. A street's
    kind may be left out on one side; a unit that comes or goes is another address.
    """
    place_a, place_b = (city_key(a.city), state_key(a.state)), (city_key(b.city), state_key(b.state))
    if place_a != place_b or zip5(a.zip_code) != zip5(b.zip_code):
        return False
    one, other = read_street(a.street, a.unit), read_street(b.street, b.unit)
    if one.box or other.box or not (one.number and other.number):
        return one == other
    kinds = {one.suffix, other.suffix} - {""}
    return (
        one.at_same_number_and_name(other)
        and one.in_same_direction(other)
        and one.unit == other.unit
        and len(kinds) <= 1
    )
