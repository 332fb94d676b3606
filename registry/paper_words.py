"""The text of a paper as lines of cells of words, and the three answers that can be had from it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from registry.names import NOT_IN_WORDS, folded

_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼʻʹ`´′](?=\w)")
CELL_GAP = re.compile(r"\t| {3,}|\s\|\s")
"""What parts two columns of a line."""
_WORD = re.compile(f"[^{NOT_IN_WORDS}]+")
_PROSE, _AROUND_SEAM = 7, 8
"""Words of a paragraph's line at least, and those looked at on each side of its end."""
_LEAST = 40
"""Letters and digits below which a text is too little to conclude from what it does not say."""


class Answer(StrEnum):
    """What a paper says to a question; `cannot_tell` neither approves nor accuses."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed, the form it is compared in, and the punctuation between it and the word before."""

    raw: str
    key: str
    gap: str

    @property
    def follows_closely(self) -> bool:
        """Whether nothing parts it from the word before but a space, a hyphen, or the point of an initial."""
        return self.gap in {"", "-", "."}


Cell = tuple[Word, ...]
Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of cells stands: its number among the lines that are not blank, and each cell's column, from 0."""

    line: int
    columns: tuple[int, ...]


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that hold words, each parted into cells at tabs, bars and wide gaps."""
    return _read(text)[0]


def places_of(text: str) -> tuple[Place, ...]:
    """Where each of the lines that `lines_of` gives stands; empty columns and lines without words count here."""
    return _read(text)[1]


@lru_cache(maxsize=4)
def _read(text: str) -> tuple[tuple[Line, ...], tuple[Place, ...]]:
    lines, places = [], []
    for number, line in enumerate(filter(str.strip, text.splitlines())):
        cells = [(column, words) for column, part in enumerate(CELL_GAP.split(line)) if (words := cell_of(part))]
        if cells:
            lines.append(tuple(words for _, words in cells))
            places.append(Place(number, tuple(column for column, _ in cells)))
    return tuple(lines), tuple(places)


def seams_of(text: str) -> Iterator[tuple[int, Cell, int]]:
    """Where a paragraph goes over a line's end: the number of the line, the words around the end, and where it is."""
    for number, (line, below) in enumerate(pairwise(lines_of(text))):
        if is_prose(line):
            before, after = line[-1][-_AROUND_SEAM:], below[0][:_AROUND_SEAM]
            yield number, (*before, replace(after[0], gap=""), *after[1:]), len(before)


def is_prose(line: Line) -> bool:
    """Whether a line is one of a paragraph: a single cell of many words, some of them written small."""
    return len(line) == 1 and len(line[0]) >= _PROSE and sum(word.raw.islower() for word in line[0]) >= 2


def cell_of(text: str) -> Cell:
    """The words of one cell."""
    plain = _APOSTROPHE.sub("", text)
    words, end = [], 0
    for found in _WORD.finditer(plain):
        gap = "".join(plain[end : found.start()].split())
        words.append(Word(found[0], folded(found[0]), gap))
        end = found.end()
    return tuple(words)


def says_enough(text: str) -> bool:
    """Whether the text is long and legible enough that a missing name means something."""
    letters = sum(char.isalnum() for char in text)
    printed = sum(not char.isspace() for char in text)
    return letters >= _LEAST and letters >= 0.5 * printed and text.count("\ufffd") <= 0.02 * printed
