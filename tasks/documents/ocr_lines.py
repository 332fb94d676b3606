"""What was read at many places of a picture, as lines of text: top to bottom, columns kept apart."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple, Self

_SURE = 0.5
"""Confidence of the reader, 0 to 1; what it is less sure of is left out."""
_LEGIBLE = 0.93
"""Confidence over all letters of a page. In 60 pictures of good quality it was 0.96 or more; in 40 made small, pale and
noisy it was 0.91 or less, and every misread name, address and date stood in those."""
_LONG = 3.0
"""Width in heights from which a place tells how much the page is turned."""
_SAME_LINE = 0.4
"""Part of the lower height by which the middles of two places on one line may differ."""
_COLUMN_GAP = 1.5
"""Heights of the text; a wider gap parts two columns."""
_RIGHT_HALF = 0.45
"""Part of the picture's width from which a line belongs to the right column."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read, and how sure that is, from 0 to 1."""

    corners: Sequence[Point]
    """four of them in pixels, from the upper left clockwise"""
    words: str
    confidence: float

    @property
    def slope(self) -> float:
        """How much its upper and lower edges fall to the right, in radians."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self.corners
        return math.atan2(by + cy - ay - dy, bx + cx - ax - dx)

    @property
    def is_long(self) -> bool:
        """Whether it is much wider than high, so that its slope means something."""
        a, b, _, d = self.corners
        return math.dist(a, b) > _LONG * math.dist(a, d)


class PictureLine(NamedTuple):
    """One line of a picture."""

    text: str
    """with a tab where a wide gap parts two columns"""
    box: tuple[float, float, float, float]
    """left, top, right and bottom of all its places, in pixels"""
    confidence: float
    """of the place that was read with the least, from 0 to 1"""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A place set straight: left and right end, middle and height, in pixels."""

    left: float
    right: float
    middle: float
    height: float
    place: Place

    @classmethod
    def straight(cls, place: Place, slope: float) -> Self:
        """The place as it would be on a page that is not turned."""
        cos, sin = math.cos(slope), math.sin(slope)
        a, b, c, d = ((x * cos + y * sin, y * cos - x * sin) for x, y in place.corners)
        middle = (a[1] + b[1] + c[1] + d[1]) / 4
        height = (d[1] + c[1] - a[1] - b[1]) / 2
        return cls((a[0] + d[0]) / 2, (b[0] + c[0]) / 2, middle, max(1.0, height), place)

    @property
    def words(self) -> str:
        """What was read there."""
        return self.place.words.strip()

    def gap_to(self, other: Self) -> float:
        """Pixels between the two from left to right; negative when one lies over the other."""
        return max(self.left, other.left) - min(self.right, other.right)

    def continues(self, other: Self) -> bool:
        """Whether the two stand on one line, beside each other."""
        lower = min(self.height, other.height)
        return abs(self.middle - other.middle) < _SAME_LINE * lower and self.gap_to(other) > -lower


def lines_of(places: Sequence[Place], width: int) -> list[PictureLine]:
    """The lines of a picture so many pixels wide: a tab where a wide gap parts two columns.

    A line that stands in the right half alone begins with a tab, as the column left of it is empty. A page that lies
    a little turned is set straight first. Of a page that is hardly legible nothing is kept: a letter taken for
    another would speak against a person.
    """
    sure = [place for place in places if place.confidence >= _SURE and place.words.strip()]
    letters = sum(len(place.words) for place in sure)
    if sum(place.confidence * len(place.words) for place in sure) < _LEGIBLE * letters:
        return []
    slope = median([place.slope for place in sure if place.is_long] or [0.0])
    rows: list[list[_Piece]] = []
    for piece in sorted((_Piece.straight(place, slope) for place in sure), key=lambda piece: piece.middle):
        row = next((row for row in reversed(rows) if _fits(piece, row)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [_line(sorted(row, key=lambda piece: piece.left), width * _RIGHT_HALF) for row in rows]


def _fits(piece: _Piece, row: list[_Piece]) -> bool:
    """Whether it continues the nearest piece of the row: far ones lie higher or lower on a page seen askew."""
    nearest = min(row, key=piece.gap_to)
    return piece.continues(nearest)


def _line(row: list[_Piece], middle: float) -> PictureLine:
    text = ("\t" if row[0].left > middle else "") + row[0].words
    for before, piece in pairwise(row):
        wide = before.gap_to(piece) > _COLUMN_GAP * min(before.height, piece.height)
        text += ("\t" if wide else " ") + piece.words
    across, down = zip(*(corner for piece in row for corner in piece.place.corners), strict=True)
    box = (min(across), min(down), max(across), max(down))
    return PictureLine(text, box, min(piece.place.confidence for piece in row))
