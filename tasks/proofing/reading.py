"""Reading a certificate's bytes back: what text stands where, and which lines and boxes. Knows nothing of the drawing.

The reader (PDFium) must not be used by two threads of one process at a time.
"""

import ctypes
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_END = re.compile(rb"startxref\s+(\d{1,9})\s+%%EOF\r?\n\Z")
_FILLED = 0
_ALIKE = 0.05
_BACK = 5
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
    """no pictures, forms or annotations besides text and paths"""


def read_page(pdf: bytes) -> ReadPage:
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
        return _read(document[0])
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


def _read(page: Any) -> ReadPage:
    text_page = page.get_textpage()
    objects = list(page.get_objects(textpage=text_page))
    texts = [thing for thing in objects if thing.type == pdfium.FPDF_PAGEOBJ_TEXT]
    paths = [thing for thing in objects if thing.type == pdfium.FPDF_PAGEOBJ_PATH]
    return ReadPage(
        size=page.get_size(),
        pieces=_levelled(_pieces(texts)),
        shapes=tuple(_shape(path) for path in paths),
        fonts_embedded=_embedded(texts),
        only_visible_text=all(pdfium.FPDFTextObj_GetTextRenderMode(text) == _FILLED for text in texts),
        nothing_else=len(texts) + len(paths) == len(objects) and pdfium.FPDFPage_GetAnnotCount(page) == 0,
    )


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
