"""The paper: lines of text, boxes, rules and the few drawn marks, on a canvas that never looks at the clock."""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from math import pi
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import TimeStamp
from reportlab.pdfgen.canvas import Canvas

from tasks.engraving import fonts
from tasks.engraving.fitting import Block, Words
from tasks.engraving.layout import PAGE, Style

# Bytes as text would be a quarter larger, and cost a quarter of the time of a page.
rl_config.useA85 = 0

_colour = cache(HexColor)

Box = tuple[float, float, float, float]
"""Left, bottom, width, height."""


class Sheet:
    """One US-letter page being drawn."""

    def __init__(self, title: str, author: str, template: str, identity: str, day: date) -> None:
        """Begin the page; `identity` is 32 hex digits for the file's ID, `day` stands for the date of making."""
        self._bytes = io.BytesIO()
        self._canvas = Canvas(
            self._bytes, pagesize=PAGE, pageCompression=1, invariant=1, lang="en-US", pdfVersion=(1, 7)
        )
        document = self._canvas._doc  # the library has no public way to set the file's ID and date
        document._ID = f"\n[<{identity}><{identity}>]\n".encode()
        document._timeStamp = _midnight(day)
        self._document: Any = document
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(title)
        self._canvas.setCreator(f"Nutmeg {template}")
        self._canvas.setProducer("ReportLab")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")

    def finished(self) -> bytes:
        """The file; nothing can be drawn afterwards."""
        self._canvas.showPage()
        self._canvas.save()
        return self._bytes.getvalue()

    def text(self, x: float, baseline: float, text: str, style: Style, field: str = "wording") -> float:
        """Set one line from `x`; returns where it ends."""
        return self.line(x, baseline, fonts.line(text, style.bold, field), style.size, style.colour)

    def text_to(self, right: float, baseline: float, text: str, style: Style, field: str = "wording") -> float:
        """Set one line that ends at `right`; returns where it begins."""
        line = fonts.line(text, style.bold, field)
        begin = right - line.advance * style.size / 1000
        self.line(begin, baseline, line, style.size, style.colour)
        return begin

    def line(self, x: float, baseline: float, line: fonts.Line, size: float, colour: str) -> float:
        """Set a line that was measured before; returns where it ends."""
        self._canvas.setFillColor(_colour(colour))
        for run in line.runs:
            run.face.remember(self._document, run.letters)
            stretch = self._canvas.beginText(x, baseline)
            stretch.setFont(run.face.fontName, size)
            stretch.textOut(run.text) if run.letters else stretch.textLine(run.text)
            self._canvas.drawText(stretch)
            x += run.advance * size / 1000
        return x

    def block(self, x: float, baseline: float, block: Block, style: Style) -> float:
        """Set fitted lines downwards from the first baseline; returns the last one."""
        for number, line in enumerate(block.lines):
            self.line(x, baseline - number * style.leading, line, block.size, style.colour)
        return baseline - (len(block.lines) - 1) * style.leading

    def prose(self, x: float, baseline: float, lines: Iterable[Sequence[Words]], style: Style) -> float:
        """Set lines of running text; returns the baseline for what comes next."""
        for stretches in lines:
            at = x
            for stretch in stretches:
                line = fonts.line(f"{stretch.text} ", stretch.bold, "wording", in_prose=True)
                at = self.line(at, baseline, line, style.size, style.colour)
            baseline -= style.leading
        return baseline

    def rule(self, begin: tuple[float, float], end: tuple[float, float], colour: str, width: float = 0.6) -> None:
        """A thin straight line."""
        self._canvas.setStrokeColor(_colour(colour))
        self._canvas.setLineWidth(width)
        self._canvas.line(*begin, *end)

    def box(self, box: Box, fill: str | None = None, edge: str | None = None, radius: float = 0) -> None:
        """A box with round corners, filled, edged, or both."""
        self._canvas.setLineWidth(0.6)
        if fill:
            self._canvas.setFillColor(_colour(fill))
        if edge:
            self._canvas.setStrokeColor(_colour(edge))
        self._canvas.roundRect(*box, radius, stroke=int(edge is not None), fill=int(fill is not None))

    def stripes(self, box: Box, colour: str, ground: str) -> None:
        """A band hatched from one side to the other: one thick dashed line, slanted."""
        left, bottom, width, height = box
        with self.inside(box):
            self.box(box, fill=ground)
            self._canvas.translate(left - height, bottom)
            self._canvas.skew(0, -45)
            self._canvas.setStrokeColor(_colour(colour))
            self._canvas.setLineWidth(height)
            self._canvas.setDash(height * 0.7, height * 0.8)
            self._canvas.line(0, height / 2, width + height, height / 2)

    @contextmanager
    def inside(self, box: Box, radius: float = 0) -> Iterator[None]:
        """Draw only within a box with round corners."""
        self._canvas.saveState()
        shape = self._canvas.beginPath()
        shape.roundRect(*box, radius)
        self._canvas.clipPath(shape, stroke=0, fill=0)
        yield
        self._canvas.restoreState()

    def cut_line(self, box: Box, radius: float, colour: str) -> None:
        """A dashed outline to cut along, with a dotted line to fold down its middle."""
        left, bottom, width, height = box
        self._canvas.saveState()
        self._canvas.setStrokeColor(_colour(colour))
        self._canvas.setLineWidth(0.8)
        self._canvas.setDash(4.5, 2.7)
        self._canvas.roundRect(*box, radius, stroke=1, fill=0)
        self._canvas.setLineCap(1)
        self._canvas.setDash([0, 3.2])
        self._canvas.line(left + width / 2, bottom, left + width / 2, bottom + height)
        self._canvas.restoreState()

    def scissors(self, x: float, y: float, colour: str) -> None:
        """A small pair of scissors, cutting towards the right; `x`, `y` is where the blades cross."""
        self._canvas.saveState()
        self._canvas.setStrokeColor(_colour(colour))
        self._canvas.setLineWidth(0.9)
        self._canvas.setLineCap(1)
        for side in (1, -1):
            self._canvas.line(x - 3.2, y - side * 1.9, x + 6.5, y + side * 2.6)
            self._canvas.circle(x - 4.8, y - side * 2.6, 1.7, stroke=1, fill=0)
        self._canvas.restoreState()

    def emblem(self, centre: tuple[float, float], radius: float, monogram: Style, letters: str) -> None:
        """Two rings with rays between them, around the department's letters; in the colour of the letters."""
        x, y = centre
        self._canvas.saveState()
        self._canvas.setStrokeColor(_colour(monogram.colour))
        self._canvas.setLineWidth(radius / 16)
        for share in (0.97, 0.70):
            self._canvas.circle(x, y, radius * share, stroke=1, fill=0)
        ray = 2 * pi * radius * 0.835 / 48
        self._canvas.setLineWidth(radius * 0.13)
        self._canvas.setDash(ray * 0.4, ray * 0.6)
        self._canvas.circle(x, y, radius * 0.835, stroke=1, fill=0)
        self._canvas.restoreState()
        wide = fonts.line(letters, monogram.bold, "wording").advance * monogram.size / 1000
        self.text(x - wide / 2, y - monogram.size * 0.36, letters, monogram)


def _midnight(day: date) -> TimeStamp:
    stamp = TimeStamp(1)
    stamp.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
    stamp.dhh = stamp.dmm = 0
    return stamp
