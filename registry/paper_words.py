"""The text of a paper as lines of cells of words, and the three answers that can be had from it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from registry.names import NOT_IN_WORDS, folded

_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼʻʹ`´′](?=\w)")
CELL_GAP = re.compile(r"\t| {3,}|\s\|\s")
"""What parts two columns of a line."""
_WORD = re.compile(f"[^{NOT_IN_WORDS}]+")
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


@lru_cache(maxsize=4)
def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that hold words, each parted into cells at tabs, bars and wide gaps."""
    lines = (tuple(filter(None, map(cell_of, CELL_GAP.split(line)))) for line in text.splitlines())
    return tuple(line for line in lines if line)


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
