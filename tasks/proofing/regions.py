"""Where things are on a read certificate, found by what they are and not by where they were drawn.

The card is found by its dashed outline, which has to have the size of two CR80 cards; the panel is the large tinted box
above it; the window is that of a #10 envelope, whatever the letter looks like.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from tasks.proofing.reading import Area, Piece, ReadPage, Shape

_MM = 72 / 25.4
_PAIR = (2 * 85.6 * _MM, 54 * _MM)
_TOLERANCE = 2.0
_SAME_LINE = 1.0
_NEXT_LINE = 1.5
"""A second line of a value follows within this many times the size of its type."""


@dataclass(frozen=True, slots=True)
class Regions:
    """The parts of the page; the window is all that can ever show through it, however the letter slips."""

    panel: Area
    front: Area
    back: Area
    window: ClassVar[Area] = Area(0, 792 - 3.625 * 72, 5.375 * 72, 792 - 2.0417 * 72)


def found_regions(page: ReadPage) -> Regions | None:
    """The regions, or None where the card's outline or the panel is missing or doubtful."""
    outlines = [shape.area for shape in page.shapes if shape.dashed and _is_pair(shape)]
    if len(outlines) != 1:
        return None
    outline = outlines[0]
    panels = [shape.area for shape in page.shapes if shape.filled and _is_panel(shape.area, outline)]
    middle = (outline.left + outline.right) / 2
    if len(panels) != 1 or not any(_is_fold(shape, outline, middle) for shape in page.shapes):
        return None
    front = Area(outline.left, outline.bottom, middle, outline.top)
    return Regions(panels[0], front, Area(middle, outline.bottom, outline.right, outline.top))


def label_in(pieces: list[Piece], label: str) -> Piece | None:
    """The smallest piece that reads so: a value may read the same, as the role does."""
    return min((piece for piece in pieces if piece.text.strip() == label), key=lambda piece: piece.size, default=None)


def cell_under(label: Piece, pieces: list[Piece], labels: list[Piece], lines: int) -> list[Piece]:
    """The value under a label: what stands below it in its column, up to so many lines, a gap or the next label."""
    beside = [other.x for other in labels if _level(other, label) and other.x > label.x]
    right = min(beside, default=float("inf"))
    column = [piece for piece in pieces if label.x - 1 <= piece.x < right - 1 and piece.baseline < label.baseline - 1]
    below = sorted(column, key=lambda piece: -piece.baseline)  # on one line, in the order of drawing
    cell: list[Piece] = []
    for piece in below:
        begins_line = not cell or not _level(cell[-1], piece)
        lines -= begins_line
        if lines < 0 or piece in labels or (cell and not _follows(cell[-1], piece)):
            break
        cell.append(piece)
    return cell


def in_lines(pieces: list[Piece]) -> str:
    """The pieces' text in the order given, a new line wherever the baseline changes."""
    parts = [piece.text if _level(piece, before) else f"\n{piece.text}" for before, piece in pairwise(pieces)]
    return "".join((*(piece.text for piece in pieces[:1]), *parts))


def _follows(before: Piece, piece: Piece) -> bool:
    return before.baseline - piece.baseline <= _NEXT_LINE * before.size


def _level(one: Piece, other: Piece) -> bool:
    return abs(one.baseline - other.baseline) < _SAME_LINE


def _is_pair(shape: Shape) -> bool:
    area = shape.area
    sides = (area.right - area.left, area.top - area.bottom)
    return all(abs(side - wanted) < _TOLERANCE for side, wanted in zip(sides, _PAIR, strict=True))


def _is_panel(area: Area, outline: Area) -> bool:
    wide = area.right - area.left > 0.9 * (outline.right - outline.left)
    return wide and area.bottom > outline.top and area.top < Regions.window.bottom and area.top - area.bottom > 60


def _is_fold(shape: Shape, outline: Area, middle: float) -> bool:
    area = shape.area
    upright = abs((area.left + area.right) / 2 - middle) < 1 and area.right - area.left < _TOLERANCE
    return shape.dashed and upright and abs(area.top - outline.top) < _TOLERANCE
