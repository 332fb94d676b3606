"""Lines and marks that carry no words, drawn on the PDF library's canvas."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from math import pi
from typing import Any

from reportlab.lib.colors import HexColor

from tasks.engraving.paper import Box

colour_of = cache(HexColor)


def box(canvas: Any, box: Box, fill: str | None = None, edge: str | None = None, radius: float = 0) -> None:
    """A box with round corners, filled, edged, or both."""
    canvas.setLineWidth(0.6)
    if fill:
        canvas.setFillColor(colour_of(fill))
    if edge:
        canvas.setStrokeColor(colour_of(edge))
    canvas.roundRect(*box, radius, stroke=int(edge is not None), fill=int(fill is not None))


def rule(canvas: Any, begin: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    """A thin straight line."""
    canvas.setStrokeColor(colour_of(colour))
    canvas.setLineWidth(0.6)
    canvas.line(*begin, *end)


def stripes(canvas: Any, place: Box, colour: str, ground: str) -> None:
    """A band hatched from one side to the other: one thick dashed line, slanted."""
    left, bottom, width, height = place
    with inside(canvas, place):
        box(canvas, place, fill=ground)
        canvas.translate(left - height, bottom)
        canvas.skew(0, -45)
        canvas.setStrokeColor(colour_of(colour))
        canvas.setLineWidth(height)
        canvas.setDash(height * 0.7, height * 0.8)
        canvas.line(0, height / 2, width + height, height / 2)


@contextmanager
def inside(canvas: Any, box: Box, radius: float = 0) -> Iterator[None]:
    """Draw only within a box with round corners."""
    canvas.saveState()
    shape = canvas.beginPath()
    shape.roundRect(*box, radius)
    canvas.clipPath(shape, stroke=0, fill=0)
    yield
    canvas.restoreState()


def cut_line(canvas: Any, box: Box, radius: float, colour: str) -> None:
    """A dashed outline to cut along, with a dotted line to fold down its middle."""
    left, bottom, width, height = box
    canvas.saveState()
    canvas.setStrokeColor(colour_of(colour))
    canvas.setLineWidth(0.8)
    canvas.setDash(4.5, 2.7)
    canvas.roundRect(*box, radius, stroke=1, fill=0)
    canvas.setLineCap(1)
    canvas.setDash([0, 3.2])
    canvas.line(left + width / 2, bottom, left + width / 2, bottom + height)
    canvas.restoreState()


def scissors(canvas: Any, x: float, y: float, colour: str) -> None:
    """A small pair of scissors, cutting towards the right; `x`, `y` is where the blades cross."""
    canvas.saveState()
    canvas.setStrokeColor(colour_of(colour))
    canvas.setLineWidth(0.9)
    canvas.setLineCap(1)
    for side in (1, -1):
        canvas.line(x - 3.2, y - side * 1.9, x + 6.5, y + side * 2.6)
        canvas.circle(x - 4.8, y - side * 2.6, 1.7, stroke=1, fill=0)
    canvas.restoreState()


def rings(canvas: Any, centre: tuple[float, float], radius: float, colour: str) -> None:
    """The emblem: two rings with rays between them."""
    x, y = centre
    canvas.saveState()
    canvas.setStrokeColor(colour_of(colour))
    canvas.setLineWidth(radius / 16)
    for share in (0.97, 0.70):
        canvas.circle(x, y, radius * share, stroke=1, fill=0)
    ray = 2 * pi * radius * 0.835 / 48
    canvas.setLineWidth(radius * 0.13)
    canvas.setDash(ray * 0.4, ray * 0.6)
    canvas.circle(x, y, radius * 0.835, stroke=1, fill=0)
    canvas.restoreState()
