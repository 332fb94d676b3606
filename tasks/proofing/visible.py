"""Whether the texts of a page can be seen: text can be read from a file that nobody can read on paper."""

import ctypes
from collections.abc import Callable, Iterable
from typing import Any

import pypdfium2.raw as pdfium

_Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top."""
_Colour = tuple[int, int, int]
_WHITE: _Colour = (255, 255, 255)
_LEAST = 64
"""By so many levels of 255, in one of red, green and blue at least, a text differs from its ground."""


def all_seen(objects: Iterable[Any]) -> bool:
    """Whether every text differs from the ground under it, and nothing filled was drawn over it later.

    Args:
        objects: all of the page, in the order of drawing.
    """
    fill_of = _fills()
    texts: list[_Bounds] = []
    grounds: list[tuple[_Bounds, _Colour]] = []
    for thing in objects:
        area = thing.get_bounds()
        if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
            if _alike(fill_of(thing), _under(area, grounds)):
                return False
            texts.append(area)
        elif thing.type == pdfium.FPDF_PAGEOBJ_PATH and _is_filled(thing):
            if any(_touch(area, text) for text in texts):
                return False
            grounds.append((area, fill_of(thing)))
    return True


def _under(area: _Bounds, grounds: list[tuple[_Bounds, _Colour]]) -> _Colour:
    """The colour of what was filled last where the middle of the text is."""
    x, y = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
    return next((colour for ground, colour in reversed(grounds) if _touch(ground, (x, y, x, y))), _WHITE)


def _touch(one: _Bounds, other: _Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _alike(one: _Colour, other: _Colour) -> bool:
    return abs(one[0] - other[0]) < _LEAST and abs(one[1] - other[1]) < _LEAST and abs(one[2] - other[2]) < _LEAST


def _is_filled(path: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, mode, stroke)
    return mode.value != 0


def _fills() -> Callable[[Any], _Colour]:
    """Looks a fill up; where the reader puts it is made once, because that takes most of the time."""
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))

    def fill_of(thing: Any) -> _Colour:
        pdfium.FPDFPageObj_GetFillColor(thing, red, green, blue, opacity)
        return red.value, green.value, blue.value

    return fill_of
