"""Whether the words of a page's text layer are what one sees on the page.

The page is drawn twice, with its text and without: where the two pictures are alike, no text is printed. Words there
are invisible, of the colour of what lies behind them, covered, cut away, or on a layer that is switched off, and
whoever wrote them may have written anything. Words laid invisibly over a scan coincide with ink, but not with theirs.
Where two words lie over each other, the ink may be either's, and a word must show some that can only be its own.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from tasks.documents.lines import usable_characters
from tasks.documents.pages import Box, Word

_PIXELS = 500_000
"""Of one drawing: 73 dots per inch on a letter page, where the smallest letter that is read is three dots high."""
_MOST_DOTS_PER_POINT = 4.0
_FAINTEST = 12
"""Levels of grey, of 255, by which ink must differ from what lies behind it; hair lines are drawn faintly."""
_PRINTED_SHARE = 0.75
"""Part of a word's letters that must show ink; the rest may be lines so thin that nothing of them is drawn."""
_CORE = (0.2, 0.85)
"""The part of a letter's height, from its top, that holds ink of its own and none of the lines above and below."""
_DEEPEST = 20
"""Forms within forms that are followed; text further down counts as drawn by something else."""
_REACH = 0.15
"""Part of the smaller word's height by which two words may reach into each other: less does not touch their cores."""

Char = dict[str, Any]


def printed(words: list[Word], page: pypdfium2.PdfPage, box: Box) -> list[Word]:
    """Those of the words that are what one sees at their place; the page's text is switched off afterwards.

    Args:
        words: of one page, with their `chars`.
        page: the same page as pdfium opened it.
        box: what of the page is shown, in the coordinates of the words.
    """
    ink = Ink(page, box)
    inked = [word for word in words if ink.shows(word)]
    over = _over_each_other(inked)
    return [word for number, word in enumerate(inked) if number not in over or ink.shows(word, over[number])]


def _over_each_other(words: list[Word]) -> dict[int, list[Char]]:
    """By their places in the list, the words that reach into others, with the characters of those.

    A stamp may lie aslant over a page, and a bullet's box is larger than the bullet: neither is asked.
    """
    over: dict[int, list[Char]] = {}
    above: list[tuple[float, float, float, float, int]] = []
    asked = ((number, word) for number, word in enumerate(words) if word["upright"] and usable_characters(word["text"]))
    for place in sorted((word["top"], word["bottom"], word["x0"], word["x1"], number) for number, word in asked):
        top, bottom, left, right, number = place
        above = [other for other in above if other[1] > top]
        for other in above:
            reach = min(bottom, other[1]) - top
            if other[2] < right and left < other[3] and reach > _REACH * min(bottom - top, other[1] - other[0]):
                over.setdefault(number, []).extend(words[other[4]]["chars"])
                over.setdefault(other[4], []).extend(words[number]["chars"])
        above.append(place)
    return over


class Ink:
    """The places of one page where its text leaves ink."""

    def __init__(self, page: pypdfium2.PdfPage, box: Box) -> None:
        width, height = page.get_size()
        scale = min(_MOST_DOTS_PER_POINT, math.sqrt(_PIXELS / max(width * height, 1.0)))
        whole = _drawn(page, scale)
        for item in _texts(page):
            pdfium.FPDFPageObj_SetIsActive(item, False)
        self._pictures = whole, _drawn(page, scale)
        self._dots = [memoryview(picture.buffer).cast("B") for picture in self._pictures]
        self._width, self._height, self._stride = whole.width, whole.height, whole.stride
        self._left, self._top = box[0], box[1]
        self._across, self._down = whole.width / (box[2] - box[0]), whole.height / (box[3] - box[1])

    def shows(self, word: Word, others: Sequence[Char] = ()) -> bool:
        """Whether the word is printed: its letters and digits, or its signs if it has none, leave ink.

        Ink within the characters of `others` is not counted: it may be theirs.
        """
        letters = [char for char in word["chars"] if char["text"].isalnum()]
        if not letters:
            return any(self._is_inked(char, (0.0, 1.0), others) for char in word["chars"])
        core = _CORE if word["upright"] else (0.0, 1.0)
        return sum(self._is_inked(char, core, others) for char in letters) >= _PRINTED_SHARE * len(letters)

    def _is_inked(self, char: Char, part: tuple[float, float], others: Sequence[Char]) -> bool:
        x0, x1, top, bottom = char["x0"], char["x1"], char["top"], char["bottom"]
        left = max(0, int((x0 - self._left) * self._across))
        right = min(self._width, max(left, math.ceil((x1 - self._left) * self._across)))
        rows = self._rows(top + part[0] * (bottom - top), top + part[1] * (bottom - top))
        near = (other for other in others if other["x0"] <= (x0 + x1) / 2 <= other["x1"])
        taken = [self._rows(other["top"], other["bottom"]) for other in near]
        whole, bare = self._dots
        for row in rows:
            start, end = row * self._stride + left, row * self._stride + right
            if whole[start:end] != bare[start:end] and not any(row in other for other in taken):
                dots = zip(whole[start:end], bare[start:end], strict=True)
                if any(abs(dot - under) >= _FAINTEST for dot, under in dots):
                    return True
        return False

    def _rows(self, top: float, bottom: float) -> range:
        first = max(0, int((top - self._top) * self._down))
        return range(first, min(self._height, math.ceil((bottom - self._top) * self._down)))


def _drawn(page: pypdfium2.PdfPage, scale: float) -> pypdfium2.PdfBitmap:
    return page.render(scale=scale, grayscale=True, may_draw_forms=False)


def _texts(page: pypdfium2.PdfPage) -> Iterator[Any]:
    """Every text on the page, those within forms included."""
    count = pdfium.FPDFPage_CountObjects(page)
    waiting = [(pdfium.FPDFPage_GetObject(page, number), 0) for number in range(count)]
    while waiting:
        item, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = range(pdfium.FPDFFormObj_CountObjects(item))
            waiting.extend((pdfium.FPDFFormObj_GetObject(item, number), depth + 1) for number in inner)
