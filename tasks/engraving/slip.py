"""The paper in a hurry: the operators of the personal part, spelled exactly as the PDF library spells them."""

from functools import cache, lru_cache
from io import BytesIO

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfgen.canvas import Canvas

from tasks.engraving import fonts, ornaments
from tasks.engraving.layout import PAGE
from tasks.engraving.outline import Outline
from tasks.engraving.paper import Box, Modules, Paper, placed
from tasks.tokens.qr import run_arrays

_LEADING = 1.2
"""What the PDF library takes for the distance of lines when it is not told; nothing here has a second line."""


class NotOrdinaryError(Exception):
    """The text needs letters that are not in every certificate; it has to be drawn by the library."""


class Slip(Paper):
    """The personal part of one certificate."""

    def __init__(self, outline: Outline) -> None:
        self._operators: list[str] = []
        super().__init__(outline, self._operators.append)

    @property
    def content(self) -> bytes:
        """The content stream."""
        return ("\n".join(self._operators) + "\n").encode("ascii")

    def box(self, box: Box, fill: str | None = None, edge: str | None = None, radius: float = 0) -> None:
        """A box with round corners, filled, edged, or both."""
        with self.ornament():
            self.put(_box(box, fill, edge, radius))

    def code(self, left: float, top: float, side: float, modules: Modules, colour: str) -> None:
        """A code to be scanned, `side` points wide."""
        scale = round(side / len(modules), 3)
        columns, rows, widths = run_arrays(modules)
        bars = " ".join(map(_BARS.__getitem__, (columns << 16 | rows << 8 | widths).tolist()))
        matrix = fp_str(scale, 0, 0, -scale, round(left, 2), round(top, 2))
        self.put(f"q\n{_colour(colour)} rg\n{matrix} cm\nn {bars}\nf*\nQ")

    def line(self, x: float, baseline: float, line: fonts.Line, size: float, colour: str) -> None:
        """Set a line that was measured before.

        Raises:
            NotOrdinaryError: a letter is not in every certificate.
        """
        self.put(_line(x, baseline, line, size, colour))


@lru_cache(16_384)
def _line(x: float, baseline: float, line: fonts.Line, size: float, colour: str) -> str:
    """Kept, because most lines are everybody's."""
    return "\n".join(
        f"{_colour(colour)} rg\nBT 1 0 0 1 {_number(at)} {_number(level)} Tm {_font(run.face, size)}"
        f" ({_spelled(run)}{' ' if space else ''}) Tj ET"
        for at, level, run, space in placed(x, baseline, line, size)
    )


def _spelled(run: fonts.Run) -> str:
    try:
        if not run.letters:
            return "".join(map(run.face.spelled.__getitem__, run.text))
    except KeyError:
        pass
    raise NotOrdinaryError


def _number(place: float) -> str:
    """A place in hundredths of a point; the library's own way takes five times as long."""
    return f"{place:.2f}".rstrip("0").rstrip(".") if place >= 1 else str(fp_str(place))


@cache
def _colour(colour: str) -> str:
    chosen = ornaments.colour_of(colour)
    return str(fp_str(chosen.red, chosen.green, chosen.blue))


@lru_cache(4_096)
def _font(face: fonts.Typeface, size: float) -> str:
    for bold in (False, True):
        if face is fonts.faces(bold)[0]:
            return f"/F{1 + bold}+0 {fp_str(size)} Tf {fp_str(size * _LEADING)} TL"
    raise NotOrdinaryError


class _Bars(dict[int, str]):
    """How each bar of a code is spelled, by column, row and width, a byte each."""

    def __missing__(self, bar: int) -> str:
        self[bar] = spelled = f"{fp_str(bar >> 16, bar >> 8 & 255, bar & 255, 1)} re"
        return spelled


_BARS = _Bars()


@lru_cache(4_096)
def _box(box: Box, fill: str | None, edge: str | None, radius: float) -> str:
    """Drawn by the library, once for each place."""
    canvas = Canvas(BytesIO(), PAGE)
    canvas._code.clear()
    ornaments.box(canvas, box, fill, edge, radius)
    return "\n".join(canvas._code)
