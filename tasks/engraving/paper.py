"""What can be put on the page; `sheet.Sheet` does it by the PDF library, `slip.Slip` only writes the operators down."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from tasks.engraving import fonts
from tasks.engraving.fitting import Block, Prose
from tasks.engraving.layout import Style
from tasks.engraving.outline import Outline

Box = tuple[float, float, float, float]
"""Left, bottom, width, height."""
Modules = NDArray[np.bool_]
"""The modules of a code, [row, column] from its upper left corner; dark is True."""
_ARTIFACT = "/Artifact BMC"


class Paper(ABC):
    """One US-letter page being drawn; every place is rounded to hundredths of a point.

    What is seen and belongs to the letter is drawn inside `tagged`; whatever is drawn outside it is marked as mere
    ornament, which readers aloud pass over.
    """

    def __init__(self, outline: Outline, put: Callable[[str], object]) -> None:
        """Begin a page; `put` adds operators to its content."""
        self._tags = outline.openings
        self.put = put
        self.inside = False

    @abstractmethod
    def box(self, box: Box, fill: str | None = None, edge: str | None = None, radius: float = 0) -> None:
        """A box with round corners, filled, edged, or both."""

    @abstractmethod
    def code(self, left: float, top: float, side: float, modules: Modules, colour: str) -> None:
        """A code to be scanned, `side` points wide."""

    @abstractmethod
    def line(self, x: float, baseline: float, line: fonts.Line, size: float, colour: str) -> None:
        """Set a line that was measured before."""

    def tagged(self, mark: str) -> "_Marked":
        """Draw what belongs to this mark of the outline."""
        return _Marked(self, self._tags[mark])

    def ornament(self) -> "_Marked":
        """Draw what carries no meaning."""
        return _Marked(self, _ARTIFACT)

    def text(self, x: float, baseline: float, text: str, style: Style, field: str = "wording") -> None:
        """Set one line from `x`."""
        self.line(x, baseline, fonts.line(text, style.bold, field), style.size, style.colour)

    def text_to(self, right: float, baseline: float, text: str, style: Style, field: str = "wording") -> None:
        """Set one line that ends at `right`."""
        line = fonts.line(text, style.bold, field)
        self.line(right - line.advance * style.size / 1000, baseline, line, style.size, style.colour)

    def block(self, x: float, baseline: float, block: Block, style: Style) -> float:
        """Set fitted lines downwards from the first baseline; returns the last one."""
        for number, line in enumerate(block.lines):
            self.line(x, baseline - number * style.leading, line, block.size, style.colour)
        return baseline - (len(block.lines) - 1) * style.leading

    def prose(self, x: float, baseline: float, lines: Prose, style: Style) -> float:
        """Set lines of running text; returns the baseline for what comes next."""
        for stretches in lines:
            at = x
            for line in stretches:
                self.line(at, baseline, line, style.size, style.colour)
                at += line.advance * style.size / 1000
            baseline -= style.leading
        return baseline


def placed(x: float, baseline: float, line: fonts.Line, size: float) -> Iterator[tuple[float, float, fonts.Run, bool]]:
    """Where each run of a line stands, and whether a space follows it.

    A line ends in a space, or else readers aloud join its last word with the next line's first.
    """
    last = len(line.runs) - 1
    for number, run in enumerate(line.runs):
        space = number == last and not run.letters and not run.text.endswith(("-", " "))
        yield round(x, 2), round(baseline, 2), run, space
        x += run.advance * size / 1000


class _Marked:
    """The time in which what is drawn belongs to one mark; inside another, it belongs to that one."""

    __slots__ = ("_opening", "_outermost", "_paper")

    def __init__(self, paper: Paper, opening: str) -> None:
        self._paper, self._opening = paper, opening

    def __enter__(self) -> None:
        self._outermost = not self._paper.inside
        if self._outermost:
            self._paper.inside = True
            self._paper.put(self._opening)

    def __exit__(self, *_: object) -> None:
        if self._outermost:
            self._paper.inside = False
            self._paper.put("EMC")
