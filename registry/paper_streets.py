"""Street addresses within the words of a line: where they begin, what they are, and where they end."""

from collections.abc import Iterator

from registry.addresses import Street, is_house_number, street_from
from registry.postal_words import DIRECTIONS, ENDINGS, NUMBERS, PLACES, SUFFIXES, UNITS, in_short

_LONGEST = 7
"""Words of a street, its directions and its kind."""
_NUMBERED = frozenset({"route", "rte", "rt", "highway", "hwy"})
"""Roads whose name is a number."""
_FLOORS = frozenset({"fl", "flr", "floor"})


def streets_in(tokens: list[str], sought: str) -> Iterator[tuple[int, Street, int]]:
    """Start, parts and end of everything that has the form of a street address, its unit included.

    Args:
        tokens: of one cell, as `addresses.tokens_of` gives them.
        sought: the name of a street that is an address here even without its kind, such as `12 Elm, Hartford`.
    """
    for start, token in enumerate(tokens):
        if is_house_number(NUMBERS.get(token, token)):
            end = _street_end(tokens, start, sought)
            if end:
                end = _unit_end(tokens, end)
                yield start, street_from([word for word in tokens[start:end] if word == "#" or word[0].isalnum()]), end


def unit_line(tokens: list[str]) -> str:
    """The unit, if the line holds a unit and nothing else."""
    return street_from(["1", "x", *tokens]).unit if tokens and _unit_end(tokens, 0) == len(tokens) else ""


def _street_end(tokens: list[str], start: int, sought: str) -> int:
    """Where the street ends, or 0: behind its kind, or behind the sought name when no kind follows."""
    words = _street_words(tokens[start + 1 : start + 1 + _LONGEST])
    short = in_short(words)
    kinds = [at for at, word in enumerate(short) if at and word in ENDINGS and not _is_state(tokens, start + 1 + at)]
    last = next((at for at in kinds if at + 1 not in kinds), None)
    if last is not None:
        directed = last + 2 == len(words) and words[-1] in DIRECTIONS  # not `Main St, North Haven`
        return start + last + (3 if directed else 2)
    named = next((n for n in range(1, len(words) + 1) if street_from(["1", *words[:n]]).name == sought), 0)
    kind_follows = named < len(short) and short[named] in SUFFIXES.values()
    return start + 1 + named if named and not kind_follows else 0


def _is_state(tokens: list[str], at: int) -> bool:
    """Whether a `CT` is Connecticut and no court: a ZIP follows."""
    behind = tokens[at + 1].partition("-")[0] if at + 1 < len(tokens) else ""
    return tokens[at] == "ct" and len(behind) == 5 and behind.isdigit()


def _street_words(tokens: list[str]) -> list[str]:
    """The words up to the first mark or number, but for the number that is a road's name."""
    words: list[str] = []
    for token in tokens:
        numbers_road = token.isdigit() and words and words[-1] in _NUMBERED
        if not token[0].isalnum() or (is_house_number(token) and not numbers_road):
            break
        words.append(token)
    return words


def _unit_end(tokens: list[str], end: int) -> int:
    """The end of the unit behind a street: a designator with its number, `2nd floor`, `rear`, or a number alone."""
    at = end + 1 if 0 < end < len(tokens) and tokens[end] == "," else end
    first, *more = tokens[at : at + 4] or [""]
    ends_here = not more or not more[0][0].isalnum()
    if first in PLACES and ends_here:
        return at + 1
    if first in UNITS and more and _is_unit_number(more[1] if more[0] == "#" and len(more) > 1 else more[0]):
        return at + (3 if more[0] == "#" else 2)
    if first[:1].isdigit() and more and more[0] in _FLOORS:
        return at + 2
    return at + 1 if first[:1].isdigit() and len(first) < 5 and ends_here and end else end


def _is_unit_number(word: str) -> bool:
    return len(word) == 1 or word in NUMBERS or (len(word) < 5 and any(map(str.isdigit, word)))
