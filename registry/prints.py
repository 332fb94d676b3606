"""Whether two uploads are nearly the same page: scanned or saved again, or with another name and address put in.

Two honest papers of one sender look alike, so layout and words never say that two pages are the same; numbers that only
one paper has do, and so does a card's code. Where a page has no such numbers it cannot be told. Pictures of people are
compared as pictures, coarsely and strictly: a copy is nearly equal, another picture of the same person is not.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from math import sqrt
from typing import NamedTuple

from registry.facts import DocumentFacts
from registry.names import letters
from registry.page_numbers import OWN_DIGITS, are_one_papers, numbers_on, tell_much, telling
from registry.paper_dates import expiry_on_identity, statement_date
from registry.paper_words import lines_of

NUMBERS, CARD, PICTURE = "numbers", "card", "picture"
"""In what two pages can be alike."""
PRINT_SIDE = 16
"""Of a picture's print, in cells."""
TRAITS = 8
"""By which an upload can be found again, at most, a card's code apart."""
_CARD = ("last_name", "first_name", "birth_date", "issue_date", "expiry_date")
_SURE_OF_CARD = ("last_name", "birth_date", "expiry_date")
_LONG_WORD, _SAME_WORDS = 4, 0.5
"""Letters of a word that counts, and the part of the shorter page's words that the other must have too: below it the
two are different letters about one account."""
_FLAT = 12.0
"""Levels of grey by which the cells of a picture differ on average; below it a picture shows too little to compare."""
_LIGHTER = 0.1
"""Part of that difference by which one cell must be lighter than another to be called so."""


def _cell_pairs() -> list[tuple[int, int]]:
    """Cells that are compared, mixed: half of them mirror each other, in which portraits differ most.

    The odd factors run through all cells in no visible order; with others, copies kept in a ledger are found no more.
    """
    count = PRINT_SIDE**2
    mirrored = [(cell, cell // PRINT_SIDE * PRINT_SIDE + PRINT_SIDE - 1 - cell % PRINT_SIDE) for cell in range(count)]
    pairs = [pair for pair in mirrored if pair[0] < pair[1]]
    pairs += [(89 * cell % count, (157 * cell + 41) % count) for cell in range(count // 2)]
    return [pairs[101 * place % count] for place in range(count)]


_PAIRS = _cell_pairs()


class PageLikeness(NamedTuple):
    """How alike two uploads are."""

    by: str
    """numbers, card or picture"""
    percent: int
    """of the numbers, those that stand on both where each has some that the other lacks; of a picture's contrast"""


def page_likeness(a: DocumentFacts, b: DocumentFacts) -> PageLikeness | None:
    """How alike two uploads are as pages, in what tells most; None where they are not shown to be one page."""
    if (card := _card_key(a)) and card == _card_key(b):
        return PageLikeness(CARD, 100)
    percent = _numbers_percent(a, b)
    return PageLikeness(NUMBERS, percent) if percent else None


def picture_likeness(a: DocumentFacts, b: DocumentFacts) -> PageLikeness | None:
    """How alike two pictures are, whatever their light and size; None where one is no picture, or shows nothing."""
    one, other = _cells(a.page_print), _cells(b.page_print)
    if not one or not other:
        return None
    apart = sqrt(sum((x - y) ** 2 for x, y in zip(one, other, strict=True)) / len(one))
    return PageLikeness(PICTURE, max(0, int(100 - 100 * apart)))


def traits_of(facts: DocumentFacts) -> list[str]:
    """What other copies of this upload have in common with it, for finding them: copies share a third at least.

    It is personal data: the ledger keeps no more of it than digests under our key.
    """
    card = _card_key(facts)
    traits = [f"card:{card}"] if card else []
    traits += [f"number:{digits}" for digits in telling(numbers_on(facts.text))[:TRAITS]]
    return traits or [f"picture:{number}:{bits:x}" for number, bits in enumerate(_picture_traits(facts.page_print))]


def _card_key(facts: DocumentFacts) -> str:
    """What a card's code says of card and bearer, in one line; empty without a code, or where it says too little."""
    values = {reading.what: letters(reading.value) for reading in reversed(facts.readings)}
    told = all(values.get(what) for what in _SURE_OF_CARD)
    return "|".join(values.get(what, "") for what in _CARD) if told else ""


def _numbers_percent(a: DocumentFacts, b: DocumentFacts) -> int:
    """The part of the numbers that both pages have, 0 when they are not shown to be one page."""
    one, other = numbers_on(a.text), numbers_on(b.text)
    same = one.keys() & other.keys()
    common = [one[digits] if one[digits].tells else other[digits] for digits in same]
    if not are_one_papers(common):
        return 0
    left, right = sorted(one.keys() - same), sorted(other.keys() - same)
    both = len(same)
    if "ocr" in {a.text_source, b.text_source}:
        both += _take_misread(left, right)
    elif left and right:
        return 0
    if _has_long(left) and _has_long(right):
        return 0
    if 2 * both < max(len(one), len(other)) or not _has_same_words(a.text, b.text):
        return 0
    if not tell_much(common) and not _has_same_day(a.text, b.text):
        return 0
    return 100 * both // (both + min(len(left), len(right)))


def _take_misread(left: list[str], right: list[str]) -> int:
    """Takes out of both lists, and counts, the numbers that differ by one digit, as a reader of pictures errs."""
    taken = 0
    for digits in tuple(left):
        twin = next((each for each in right if _one_digit_apart(digits, each)), None)
        if twin is not None:
            left.remove(digits)
            right.remove(twin)
            taken += 1
    return taken


def _one_digit_apart(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _has_long(numbers: Iterable[str]) -> bool:
    return any(len(digits) >= OWN_DIGITS for digits in numbers)


def _has_same_words(a: str, b: str) -> bool:
    one, other = _words(a), _words(b)
    return len(one & other) >= _SAME_WORDS * min(len(one), len(other))


def _has_same_day(a: str, b: str) -> bool:
    """Whether both pages were made, or end, on one day, if that can be told."""
    return any(day is not None and day == of(b) for of in (statement_date, expiry_on_identity) for day in (of(a),))


def _words(text: str) -> set[str]:
    words = (word.key for line in lines_of(text) for cell in line for word in cell)
    return {word for word in words if len(word) >= _LONG_WORD and word.isalpha()}


@lru_cache(maxsize=1024)
def _cells(page_print: str) -> list[float]:
    """The cells of a print in parts of their spread around their middle; nothing where there is no spread."""
    levels = bytes.fromhex(page_print)
    if len(levels) != PRINT_SIDE**2:
        return []
    middle = sum(levels) / len(levels)
    spread = sqrt(sum((level - middle) ** 2 for level in levels) / len(levels))
    return [(level - middle) / spread for level in levels] if spread >= _FLAT else []


def _picture_traits(page_print: str) -> Iterator[int]:
    """Groups of answers to `is this cell lighter than that one?`, of which a copy changes few."""
    if cells := _cells(page_print):
        answers = (cells[first] - cells[second] > _LIGHTER for first, second in _PAIRS)
        for _ in range(TRAITS):
            group = islice(answers, len(_PAIRS) // TRAITS)
            yield sum(1 << place for place, answer in enumerate(group) if answer)
