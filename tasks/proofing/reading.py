"""Reading a certificate's bytes back: what text stands where, and which lines and boxes. Knows nothing of the drawing.

The reader (PDFium) must not be used by two threads of one process at a time.
"""

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from tasks.proofing.visible import all_seen

_END = re.compile(rb"startxref\s+(\d{1,9})\s+%%EOF\r?\n\Z")
_FILLED = 0
_ALIKE = 0.05
_BACK = 5
_CLOSE = 0.3
"""Ink of two pieces of one word is at most this far apart, in sizes of its type."""
_RAISED = 0.8
"""How far, in sizes of its type, an accent may stand above or below the line of its letter."""


class UnreadableError(ValueError):
    """The bytes are not one whole PDF file; the message says why."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in points, from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: "Area", margin: float = 0) -> bool:
        """Whether the other lies inside, at least `margin` from each side."""
        across = self.left + margin <= other.left and other.right <= self.right - margin
        return across and self.bottom + margin <= other.bottom and other.top <= self.top - margin

    def with_(self, other: "Area") -> "Area":
        """The smallest rectangle around both."""
        return Area(
            *(min(self.left, other.left), min(self.bottom, other.bottom)),
            *(max(self.right, other.right), max(self.top, other.top)),
        )

    def touches(self, other: "Area") -> bool:
        """Whether the two share any ground."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def shows(self, piece: "Piece") -> bool:
        """Whether a text begins inside."""
        return self.left <= piece.x < self.right and self.bottom <= piece.baseline < self.top


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of text set in one go; `area` is the ink's, `x` and `baseline` where the setting began."""

    text: str
    area: Area
    x: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn path."""

    area: Area
    filled: bool
    dashed: bool


@dataclass(frozen=True, slots=True)
class ReadPage:
    """All there is on the page."""

    size: tuple[float, float]
    pieces: tuple[Piece, ...]
    shapes: tuple[Shape, ...]
    fonts_embedded: bool
    only_visible_text: bool
    nothing_else: bool
    """no pictures, no forms, and no annotation but one field that has no size, for the signature"""


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    """The one page of the file.

    Raises:
        UnreadableError: not a PDF, damaged, truncated, appended to, or not exactly one page.
    """
    _whole(pdf)
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("the file cannot be opened as a PDF") from error
    try:
        if len(document) != 1:
            raise UnreadableError("the file has not exactly one page")
        yield document[0]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("the page cannot be read") from error
    finally:
        document.close()


def _whole(pdf: bytes) -> None:
    """The reader mends broken files in silence; a certificate has to be whole without that."""
    end = _END.search(pdf, max(0, len(pdf) - 64))
    if not pdf.startswith(b"%PDF-") or end is None:
        raise UnreadableError("the file is truncated, or not a PDF")
    if not pdf.startswith(b"xref", int(end.group(1))) or pdf.count(b"%%EOF") != 1:
        raise UnreadableError("the file was changed after it was drawn")


def read_page(page: Any) -> ReadPage:
    """All there is on an opened page."""
    text_page = page.get_textpage()
    objects = list(page.get_objects(textpage=text_page))
    texts = [thing for thing in objects if thing.type == pdfium.FPDF_PAGEOBJ_TEXT]
    paths = [thing for thing in objects if thing.type == pdfium.FPDF_PAGEOBJ_PATH]
    return ReadPage(
        size=page.get_size(),
        pieces=_joined(_levelled(_pieces(texts))),
        shapes=tuple(_shape(path) for path in paths),
        fonts_embedded=_embedded(texts),
        only_visible_text=_all_painted(texts) and all_seen(objects),
        nothing_else=len(texts) + len(paths) == len(objects) and _only_a_seal(page),
    )


def _all_painted(texts: list[Any]) -> bool:
    return all(pdfium.FPDFTextObj_GetTextRenderMode(text) == _FILLED for text in texts)


def _only_a_seal(page: Any) -> bool:
    if pdfium.FPDFPage_GetAnnotCount(page) != 1:
        return False
    field, box = pdfium.FPDFPage_GetAnnot(page, 0), pdfium.FS_RECTF()
    try:
        known = pdfium.FPDFAnnot_GetSubtype(field) == pdfium.FPDF_ANNOT_WIDGET
        pdfium.FPDFAnnot_GetRect(field, box)
    finally:
        pdfium.FPDFPage_CloseAnnot(field)
    return known and (box.left, box.bottom) == (box.right, box.top)


def picture_of(page: Any, area: Area, pixels_per_point: float) -> Any:
    """A part of the page as it is printed: grey, [row, column], uint8."""
    wide, high = page.get_size()
    crop = (area.left, area.bottom, wide - area.right, high - area.top)
    return page.render(scale=pixels_per_point, crop=crop, grayscale=True).to_numpy().squeeze()


def _pieces(texts: list[Any]) -> list[Piece]:
    pieces: list[Piece] = []
    for text in texts:
        matrix = text.get_matrix()
        # A hyphen at the end of a line is marked by the reader as one that may go; here it is part of the name.
        words = text.extract().replace("\ufffe", "-").replace("\x02", "-")
        piece = Piece(words, Area(*text.get_bounds()), matrix.e, matrix.f, text.get_font_size() * matrix.d)
        piece = piece if words else replace(piece, text=_repeated(piece, pieces[-_BACK:]))
        if piece.text.strip():
            pieces.append(piece)
    return pieces


def _repeated(silent: Piece, before: list[Piece]) -> str:
    """The reader passes over a text near by that is the same as one before it, as if printed twice for boldness."""
    wide = silent.area.right - silent.area.left
    same = (
        piece.text
        for piece in reversed(before)
        if abs(piece.size - silent.size) < _ALIKE and abs(piece.area.right - piece.area.left - wide) < _ALIKE
    )
    return next(same, "") if wide > _ALIKE else ""


def _levelled(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Accents that were raised or lowered, each back on the line of the letters drawn next to it."""
    return tuple(piece if _lettered(piece) else _on_its_line(pieces, at) for at, piece in enumerate(pieces))


def _joined(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces that touch are one: letters of a word can come from several parts of a font."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and _touch(joined[-1], piece):
            joined[-1] = replace(joined[-1], text=joined[-1].text + piece.text, area=joined[-1].area.with_(piece.area))
        else:
            joined.append(piece)
    return tuple(joined)


def _touch(one: Piece, other: Piece) -> bool:
    gap = other.area.left - one.area.right
    level = abs(one.baseline - other.baseline) < _ALIKE and abs(one.size - other.size) < _ALIKE
    return level and abs(gap) < _CLOSE * one.size and other.x > one.x and _lettered(one) and _lettered(other)


def _on_its_line(pieces: list[Piece], at: int) -> Piece:
    piece = pieces[at]
    sides = (filter(_lettered, reversed(pieces[:at])), filter(_lettered, pieces[at + 1 :]))
    beside = [next(side, piece) for side in sides]
    alike = [other for other in beside if abs(other.size - piece.size) < _ALIKE]
    near = [other for other in alike if abs(other.baseline - piece.baseline) < _RAISED * piece.size]
    closest = min(near, key=lambda other: max(other.area.left - piece.x, piece.x - other.area.right, 0), default=piece)
    return replace(piece, baseline=closest.baseline)


def _lettered(piece: Piece) -> bool:
    return not all(map(unicodedata.combining, piece.text.strip()))


def _shape(path: Any) -> Shape:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, mode, stroke)
    dashed = bool(stroke.value) and pdfium.FPDFPageObj_GetDashCount(path) > 0
    return Shape(Area(*path.get_bounds()), mode.value != 0, dashed)


def _embedded(texts: list[Any]) -> bool:
    """Each font once: they are few, the pieces of text are many."""
    fonts = {ctypes.addressof(font.raw.contents): font for font in (text.get_font() for text in texts)}
    return bool(fonts) and all(font.is_embedded for font in fonts.values())
