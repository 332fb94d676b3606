"""A page described once, as text, lines and boxes; sheet_pdf and sheet_image render it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth

from tasks.sampling.names import ascii_fold

FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
BASE_FONTS = {"sans": "Helvetica", "bold": "Helvetica-Bold", "serif": "Times-Roman", "mono": "Courier"}
SCRIPT_FONTS = {
    "cyrillic": "NotoSans-Regular",
    "greek": "NotoSans-Regular",
    "hebrew": "NotoSansHebrew-Regular",
    "arabic": "NotoSansArabic-Regular",
}


@dataclass(frozen=True, slots=True)
class TextMark:
    """Words whose baseline starts at x, y."""

    x: float
    y: float
    words: str
    face: str
    size: float
    ink: int


@dataclass(frozen=True, slots=True)
class BoxMark:
    """A filled or outlined box."""

    x: float
    y: float
    width: float
    height: float
    fill: int | None
    edge: int | None


@dataclass(frozen=True, slots=True)
class PictureMark:
    """A picture, drawn when an image of the page is."""

    x: float
    y: float
    width: float
    height: float
    draw: Callable[[int, int], Image.Image]


@dataclass(slots=True)
class Sheet:
    """One page in points, measured from its upper left corner; inks are grey from 0 (black) to 255."""

    width: float = 612
    height: float = 792
    marks: list[TextMark | BoxMark | PictureMark] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, size: float = 9, face: str = "sans", ink: int = 0) -> None:
        """Words whose baseline starts at x, y; the face is sans, bold, serif, mono or a script's name."""
        if words:
            self.marks.append(TextMark(x, y, words, face, size, ink))

    def right(self, x: float, y: float, words: str, size: float = 9, face: str = "sans", ink: int = 0) -> None:
        """Words whose baseline ends at x, y."""
        self.text(x - stringWidth(drawable(words), BASE_FONTS[face], size), y, words, size, face, ink)

    def lines(
        self, x: float, y: float, rows: list[str], size: float = 9, lead: float = 12, face: str = "sans"
    ) -> float:
        """One row below the other; empty rows are left out. Gives the next baseline."""
        for row in filter(None, rows):
            self.text(x, y, row, size, face)
            y += lead
        return y

    def box(
        self, x: float, y: float, width: float, height: float, fill: int | None = None, edge: int | None = None
    ) -> None:
        """A filled or outlined box whose upper left corner is x, y."""
        self.marks.append(BoxMark(x, y, width, height, fill, edge))

    def rule(self, x: float, y: float, width: float, ink: int = 120) -> None:
        """A thin line from x, y to the right."""
        self.marks.append(BoxMark(x, y, width, 0.8, ink, None))

    def picture(self, x: float, y: float, width: float, height: float, draw: Callable[[int, int], Image.Image]) -> None:
        """A grey picture, made in pixels of width and height when an image of the page is: PDFs carry that image."""
        self.marks.append(PictureMark(x, y, width, height, draw))


def scripts_available() -> bool:
    """Whether the fonts for names outside the Latin letters are here."""
    return all((FONTS / f"{name}.ttf").is_file() for name in set(SCRIPT_FONTS.values()))


@lru_cache(maxsize=4096)
def drawable(words: str) -> str:
    """What the PDF base fonts can show: Western letters as they are, others without accents."""
    try:
        words.encode("cp1252")
    except UnicodeEncodeError:
        return ascii_fold(words)
    return words
