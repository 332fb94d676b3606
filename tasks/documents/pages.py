"""The visible words of a PDF page as lines of text, columns kept apart."""

import re
import unicodedata
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from pdfplumber.page import Page
from pdfplumber.utils.clustering import cluster_objects
from pdfplumber.utils.text import extract_words

_SMALLEST = 3.0
"""Points; what is printed smaller is not printed to be read."""
_COLUMN_GAP = 1.5
"""Heights of the text; a wider gap parts two columns, where the widest space of a justified line is one height."""
_RIGHT_HALF = 0.45
"""Part of the page's width from which a line belongs to the right column."""
_LIGATURES = {chr(0xFB00 + n): letters for n, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT = re.compile(f"[{_RIGHT}](?:[{_RIGHT} '\u2019-]*[{_RIGHT}])?")
"""Hebrew and Arabic as they stand on the page from left to right, which is backwards."""
_NOT_TEXT = re.compile(r"\(cid:\d+\)")
_SPACES = dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
_PLAIN = str.maketrans({**_LIGATURES, **_SPACES})


def page_text(page: Page) -> str:
    """The text a person sees on the page: one line for each line, a tab where a wide gap parts two columns.

    A line that stands in the right half alone begins with a tab, as the column left of it is empty. Left out are
    characters below 3 points, outside of the page, and white ones with nothing dark behind them.
    """
    dark = [rect for rect in page.rects if rect.get("fill") and not _is_white(rect)]
    chars = [char for char in page.chars if _is_visible(char, page.cropbox, dark)]
    words = extract_words(chars, x_tolerance=2)
    middle = page.cropbox[0] + _RIGHT_HALF * (page.cropbox[2] - page.cropbox[0])
    return "\n".join(_line(words, middle) for words in cluster_objects(words, itemgetter("top"), 3))


def normal(text: str) -> str:
    """The text with ligatures taken apart, NFC, ordinary spaces, and nothing that does not print."""
    text = unicodedata.normalize("NFC", _NOT_TEXT.sub("", text).translate(_PLAIN))
    text = _RIGHT_TO_LEFT.sub(lambda run: run[0][::-1], text)
    return "".join(char for char in text if char in "\t\n" or unicodedata.category(char)[0] != "C")


def usable_characters(text: str) -> int:
    """How many letters and digits there are."""
    return sum(char.isalnum() for char in text)


def _line(words: list[dict[str, Any]], middle: float) -> str:
    words = sorted(words, key=itemgetter("x0"))
    line, end = "\t" if words[0]["x0"] > middle else "", None
    for word in words:
        height = word["bottom"] - word["top"]
        gap = "" if end is None else "\t" if word["x0"] - end > _COLUMN_GAP * height else " "
        line, end = line + gap + word["text"], word["x1"]
    return line


def _is_visible(char: dict[str, Any], crop: tuple[float, ...], dark: list[dict[str, Any]]) -> bool:
    if char["size"] < _SMALLEST:
        return False
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    if not (crop[0] <= x <= crop[2] and crop[1] <= y <= crop[3]):
        return False
    return not _is_white(char) or any(_covers(rect, x, y) for rect in dark)


def _covers(rect: dict[str, Any], x: float, y: float) -> bool:
    return bool(rect["x0"] <= x <= rect["x1"] and rect["top"] <= y <= rect["bottom"])


def _is_white(item: dict[str, Any]) -> bool:
    """Whether it is filled with white; one number is white only as grey, as ink it is the full colour."""
    colour = item.get("non_stroking_color")
    parts = tuple(colour) if isinstance(colour, Iterable) and not isinstance(colour, str) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) == 4:
        return bool(max(parts) < 0.02)
    grey = len(parts) == 1 and str(item.get("ncs") or "DeviceGray").endswith("Gray")
    return bool((len(parts) == 3 or grey) and min(parts) > 0.98)
