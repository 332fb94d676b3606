"""The paper by the PDF library: a tagged page for keeping, on a canvas that never looks at the clock."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import TimeStamp
from reportlab.pdfgen.canvas import Canvas

from tasks.engraving import fonts, ornaments
from tasks.engraving.layout import PAGE
from tasks.engraving.outline import Outline
from tasks.engraving.paper import Box, Modules, Paper, placed
from tasks.engraving.streams import content_stream, line_streams
from tasks.engraving.tagging import FIELD_KEY, add_catalog, add_structure, tag_page
from tasks.signing.field import add_signature, write_last
from tasks.tokens.qr import runs

# Bytes as text would be a quarter larger, and cost a quarter of the time of a page.
rl_config.useA85 = 0

FORM, FACTS = "form", "facts"
"""The page's two content streams: first what is the same for everybody, then the person's."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a file says of itself; nothing of it is a person's."""

    title: str
    author: str
    place: str
    template: str
    day: date
    """stands for the time of making"""

    @property
    def creator(self) -> str:
        """The program and the layout."""
        return f"Nutmeg {self.template}"


class Sheet(Paper):
    """The reference: what is drawn first is the form, what is drawn after `begin_facts` is the person's."""

    def __init__(self, outline: Outline, imprint: Imprint) -> None:
        self._outline, self._imprint = outline, imprint
        self._bytes = io.BytesIO()
        ordinary = [fonts.faces(bold)[0] for bold in (False, True)]
        self.canvas = Canvas(
            *(self._bytes, PAGE),
            pageCompression=1,
            invariant=1,
            lang="en-US",
            pdfVersion=(1, 7),
            initialFontName=ordinary[0].fontName,
        )
        super().__init__(outline, self.canvas._code.append)
        self._document: Any = self.canvas._doc
        for face in ordinary:
            face.begin(self._document)
        self._facts_at = 0

    def begin_facts(self) -> None:
        """From here on, what is drawn is the person's."""
        self._facts_at = len(self.canvas._code)

    def finished(self, identity: str, code_box: Box) -> bytes:
        """The file, its signature still empty; nothing can be drawn afterwards.

        The person's part of the page and the signature are the last objects.

        Args:
            identity: the file's ID, 32 hexadecimal digits.
            code_box: where the code to be scanned stands.
        """
        canvas, document, imprint = self.canvas, self._document, self._imprint
        form, facts = canvas._code[: self._facts_at], canvas._code[self._facts_at :]
        document.Reference(content_stream(_joined([canvas._preamble, *form])), FORM)
        write_last(canvas, document.Reference(content_stream(_joined(facts)), FACTS))
        field = add_signature(
            canvas,
            name=imprint.author,
            reason=imprint.title,
            location=imprint.place,
            signed_on=imprint.day,
            struct_parent=FIELD_KEY,
        )
        self._say_of_itself(identity)
        canvas.showPage()
        tag_page(document, (FORM, FACTS))
        add_catalog(document, imprint.title, imprint.author, imprint.creator, imprint.day)
        add_structure(document, self._outline, code_box, field)
        self._add_fonts()
        canvas.save()
        return self._bytes.getvalue()

    def _add_fonts(self) -> None:
        """Now, and not while the library saves, because it makes their streams without a line end."""
        for face in self._document.delayedFonts:
            face.addObjects(self._document)
        self._document.delayedFonts.clear()
        line_streams(self._document)

    def _say_of_itself(self, identity: str) -> None:
        canvas, imprint = self.canvas, self._imprint
        # The library has no public way to set the file's ID and date.
        self._document._ID = f"\n[<{identity}><{identity}>]\n".encode()
        self._document._timeStamp = _midnight(imprint.day)
        canvas.setTitle(imprint.title)
        canvas.setAuthor(imprint.author)
        canvas.setSubject(imprint.title)
        canvas.setCreator(imprint.creator)
        canvas.setProducer("ReportLab")
        canvas.setViewerPreference("DisplayDocTitle", "true")

    def line(self, x: float, baseline: float, line: fonts.Line, size: float, colour: str) -> None:
        """Set a line that was measured before."""
        for at, level, run, space in placed(x, baseline, line, size):
            self.canvas.setFillColor(ornaments.colour_of(colour))
            run.face.remember(self._document, run.letters)
            stretch = self.canvas.beginText(at, level)
            stretch.setFont(run.face.fontName, size)
            stretch.textOut(f"{run.text} " if space else run.text)
            self.canvas.drawText(stretch)

    def box(self, box: Box, fill: str | None = None, edge: str | None = None, radius: float = 0) -> None:
        """A box with round corners, filled, edged, or both."""
        with self.ornament():
            ornaments.box(self.canvas, box, fill, edge, radius)

    def code(self, left: float, top: float, side: float, modules: Modules, colour: str) -> None:
        """A code to be scanned, `side` points wide."""
        scale = round(side / len(modules), 3)
        self.canvas.saveState()
        self.canvas.setFillColor(ornaments.colour_of(colour))
        self.canvas.translate(round(left, 2), round(top, 2))
        self.canvas.scale(scale, -scale)
        shape = self.canvas.beginPath()
        for bar in runs(modules):
            shape.rect(*bar)
        self.canvas.drawPath(shape, stroke=0, fill=1)
        self.canvas.restoreState()

    @contextmanager
    def drawing(self) -> Iterator[Any]:
        """The canvas, for ornaments."""
        with self.ornament():
            yield self.canvas


def _joined(operators: list[str]) -> bytes:
    return ("\n".join(operators) + "\n").encode("ascii")


def _midnight(day: date) -> TimeStamp:
    stamp = TimeStamp(1)
    stamp.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
    stamp.dhh = stamp.dmm = 0
    return stamp
