"""Text into its box: a little smaller, else in balanced lines, else refused; never cut off."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from tasks.engraving import fonts
from tasks.engraving.errors import TextDoesNotFitError
from tasks.engraving.layout import LAST_RESORT, SMALLEST, Style

_PIECE = re.compile(r"[^ -]*-+ ?|[^ -]+ ?")
_HALVINGS = 12


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size, in points."""

    lines: tuple[fonts.Line, ...]
    size: float


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of prose in one weight."""

    text: str
    bold: bool


Prose = tuple[tuple[fonts.Line, ...], ...]
"""Lines of running text, each in stretches of one weight."""


def fit(text: str, style: Style, width: float, lines: int, field: str) -> Block:
    """The text in at most `lines` lines of `width` points, at no less than 82 % of its size, or 58 % if it must.

    Raises:
        TextDoesNotFitError: not even so; names the field.
        UnprintableTextError: a character that no font has.
    """
    whole = fonts.line(text, style.bold, field)
    for smallest in (SMALLEST, LAST_RESORT):
        wide = whole.advance * style.size / 1000
        if wide * smallest <= width:
            return Block((whole,), _size(style, wide, width))
        if wide * smallest > lines * width:
            continue
        for count in range(2, lines + 1):
            parts = _balanced(text, count, style.bold, field)
            wide = max(part.advance for part in parts) * style.size / 1000
            if wide * smallest <= width:
                return Block(tuple(parts), _size(style, wide, width))
    raise TextDoesNotFitError(field)


@lru_cache(4_096)
def prose(words: tuple[Words, ...], size: float, width: float, field: str) -> Prose:
    """Running text in lines of `width` points, each filled as far as it goes; each line in stretches of one weight.

    Raises:
        TextDoesNotFitError: one word is wider than the line.
        UnprintableTextError: a character that no font has.
    """
    space = fonts.line(" ", True, field).advance
    limit = width / size * 1000
    lines: list[list[Words]] = [[]]
    used = 0.0
    for word in _single(words):
        wide = fonts.line(word.text, word.bold, field).advance
        if wide > limit:
            raise TextDoesNotFitError(field)
        if used and used + wide > limit:
            lines.append([])
            used = 0.0
        lines[-1].append(word)
        used += wide + space
    return tuple(_set(line) for line in lines)


def _single(words: tuple[Words, ...]) -> list[Words]:
    return [Words(word, stretch.bold) for stretch in words for word in stretch.text.split()]


def _set(line: list[Words]) -> tuple[fonts.Line, ...]:
    """Neighbours of one weight as one stretch, each with a space behind it."""
    weights = groupby(line, key=lambda word: word.bold)
    texts = [(" ".join([word.text for word in group]), bold) for bold, group in weights]
    return tuple(fonts.line(f"{text} ", bold, "wording", True) for text, bold in texts)


def _size(style: Style, wide: float, width: float) -> float:
    """The style's size, or what makes the text exactly fit, rounded down so that it does."""
    return style.size if wide <= width else int(style.size * width / wide * 100) / 100


def _balanced(text: str, count: int, bold: bool, field: str) -> list[fonts.Line]:
    """The text in at most `count` lines, broken after spaces and hyphens, the widest as narrow as can be."""
    pieces = _PIECE.findall(text)
    widths = [fonts.line(piece, bold, field).advance for piece in pieces]
    narrow, wide = max(widths), sum(widths)
    for _ in range(_HALVINGS):
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if len(_ends(widths, middle)) <= count else (middle, wide)
    ends = _ends(widths, wide)
    starts = [0, *ends[:-1]]
    return [
        fonts.line("".join(pieces[start:end]).strip(), bold, field) for start, end in zip(starts, ends, strict=True)
    ]


def _ends(widths: list[float], limit: float) -> list[int]:
    """Where each line ends when lines are filled up to the limit."""
    ends, used = [], 0.0
    for at, wide in enumerate(widths):
        if used and used + wide > limit:
            ends.append(at)
            used = 0.0
        used += wide
    return [*ends, len(widths)]
