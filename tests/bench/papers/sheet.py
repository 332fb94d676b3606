"""A page to draw papers on: points from the upper left corner, and the means that offices use."""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pypdfium2
import reportlab
from PIL import Image
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FOLDERS = (Path(reportlab.__file__).parent / "fonts", Path(__file__).parents[3] / "data" / "fonts")
_FILES = {
    "Vera": "Vera.ttf",
    "Vera-Bold": "VeraBd.ttf",
    "Noto": "NotoSans-Regular.ttf",
    "Noto-Bold": "NotoSans-Bold.ttf",
}
LETTER = (612.0, 792.0)
Ink = tuple[float, float, float]
BLACK, GREY, WHITE = (0.0, 0.0, 0.0), (0.4, 0.4, 0.4), (1.0, 1.0, 1.0)


@cache
def _load_fonts() -> None:
    for name, file in _FILES.items():
        registerFont(TTFont(name, next(path for folder in _FOLDERS if (path := folder / file).exists())))


def font_for(words: str, font: str) -> str:
    """The font, or one that has letters for these words where it has none."""
    try:
        words.encode("cp1252")
    except UnicodeEncodeError:
        return "Noto-Bold" if "Bold" in font else "Noto"
    return font


class Sheet:
    """One page; `sans` and `bold` are the fonts of its house style."""

    def __init__(
        self, size: tuple[float, float] = LETTER, sans: str = "Helvetica", bold: str = "Helvetica-Bold"
    ) -> None:
        _load_fonts()
        self.width, self.height = size
        self.sans, self.bold = sans, bold
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, pagesize=size, invariant=1, pageCompression=1)

    def text(
        self, x: float, y: float, words: str, size: float = 9, *, bold: bool = False, ink: Ink = BLACK, font: str = ""
    ) -> None:
        """Words whose baseline begins at this point."""
        self._canvas.setFillColorRGB(*ink)
        self._canvas.setFont(font_for(words, font or (self.bold if bold else self.sans)), size)
        self._canvas.drawString(x, self.height - y, words)

    def right(self, x: float, y: float, words: str, size: float = 9, *, bold: bool = False, ink: Ink = BLACK) -> None:
        """Words that end at this point."""
        self.text(x - self.measure(words, size, bold=bold), y, words, size, bold=bold, ink=ink)

    def centre(self, x: float, y: float, words: str, size: float = 9, *, bold: bool = False, ink: Ink = BLACK) -> None:
        """Words around this point."""
        self.text(x - self.measure(words, size, bold=bold) / 2, y, words, size, bold=bold, ink=ink)

    def measure(self, words: str, size: float, *, bold: bool = False) -> float:
        """Width of the words in points."""
        return float(stringWidth(words, font_for(words, self.bold if bold else self.sans), size))

    def block(
        self, x: float, y: float, lines: Sequence[str], size: float = 9, lead: float = 1.25, *, bold: bool = False
    ) -> float:
        """Lines below each other, empty ones left out; where the next would stand."""
        for line in filter(None, lines):
            self.text(x, y, line, size, bold=bold)
            y += size * lead
        return y

    def prose(
        self, x: float, y: float, width: float, words: str, size: float = 9, lead: float = 1.3, ink: Ink = BLACK
    ) -> float:
        """A paragraph; where the next line would stand."""
        for line in simpleSplit(words, font_for(words, self.sans), size, width):
            self.text(x, y, line, size, ink=ink)
            y += size * lead
        return y

    def box(
        self, x: float, y: float, width: float, height: float, fill: Ink | None = None, edge: Ink | None = BLACK
    ) -> None:
        """A rectangle with its upper left corner at this point."""
        canvas = self._canvas
        canvas.setLineWidth(0.7)
        if fill:
            canvas.setFillColorRGB(*fill)
        if edge:
            canvas.setStrokeColorRGB(*edge)
        canvas.rect(
            x, self.height - y - height, width, height, fill=int(fill is not None), stroke=int(edge is not None)
        )

    def rule(self, x: float, y: float, width: float, *, dashed: bool = False, ink: Ink = BLACK) -> None:
        """A line to the right."""
        self._canvas.setStrokeColorRGB(*ink)
        self._canvas.setLineWidth(0.7)
        self._canvas.setDash(*((3, 3) if dashed else ()))
        self._canvas.line(x, self.height - y, x + width, self.height - y)
        self._canvas.setDash()

    def grid(
        self,
        x: float,
        y: float,
        widths: Sequence[float],
        rows: Sequence[Sequence[str]],
        size: float = 8,
        *,
        head: Ink | None = None,
        lines: bool = True,
    ) -> float:
        """A table whose first row is its head; where the next line would stand."""
        high = size * 1.9
        for number, row in enumerate(rows):
            left = x
            for width, cell in zip(widths, row, strict=True):
                if lines or (head and not number):
                    self.box(left, y, width, high, head if not number else None, GREY if lines else None)
                self.text(left + 4, y + high * 0.68, cell, size, bold=not number)
                left += width
            y += high
        return y + size

    def pairs(self, x: float, y: float, width: float, rows: Sequence[tuple[str, str]], size: float = 9) -> float:
        """Labels at the left and values at the right of a column; where the next line would stand."""
        for label, value in rows:
            self.text(x, y, label, size)
            self.right(x + width, y, value, size)
            y += size * 1.55
        return y

    def bars(self, x: float, y: float, heights: Sequence[float], ink: Ink, step: float = 13) -> None:
        """A chart of months; `y` is its foot."""
        for number, (high, month) in enumerate(zip(heights, "NDJFMAMJJASON", strict=False)):
            self.box(x + number * step, y - high, step * 0.65, high, ink, None)
            self.text(x + number * step + 1, y + 8, month, 6)

    def picture(self, image: Image.Image, x: float, y: float, width: float, height: float) -> None:
        """A picture in this rectangle."""
        self._canvas.drawImage(ImageReader(image), x, self.height - y - height, width, height)

    def seal(self, x: float, y: float, radius: float, ink: Ink, letters: str) -> None:
        """A round mark with letters in it, as offices have."""
        self._canvas.setStrokeColorRGB(*ink)
        self._canvas.setLineWidth(1.5)
        for part in (1.0, 0.82):
            self._canvas.circle(x, self.height - y, radius * part)
        self.centre(x, y + radius * 0.2, letters, radius * 0.6, bold=True, ink=ink)

    def finish(self) -> bytes:
        """The page as a PDF."""
        self._canvas.save()
        return self._out.getvalue()


def grey_picture(pdf: bytes, scale: float) -> Image.Image:
    """The first page of a PDF as a grey picture, so many pixels a point."""
    drawn: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=scale).to_pil()
    return drawn.convert("L")
