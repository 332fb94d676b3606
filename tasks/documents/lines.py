"""Lines that were read on pages, on their way to being one text with the place of each of its lines."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from registry.facts import Spot

_LIGATURES = {chr(0xFB00 + n): letters for n, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT = re.compile(f"[{_RIGHT}](?:[{_RIGHT} '\u2019-]*[{_RIGHT}])?")
"""Hebrew and Arabic as they stand on the page from left to right, which is backwards."""
_NOT_TEXT = re.compile(r"\(cid:\d+\)")
_SPACES = dict.fromkeys("\u00a0\u2007\u2009\u202f\u2028\u2029", " ")
_PLAIN = str.maketrans({**_LIGATURES, **_SPACES})


class ReadLine(NamedTuple):
    """One line of a page, columns parted by tabs, and where it stands."""

    text: str
    spot: Spot


def spot(page: int, box: Iterable[float], confidence: float = 1.0, turn_degrees: int = 0) -> Spot:
    """The place of a line; `box` in parts of the page, cut to the page; `confidence` from 0 to 1."""
    cut = tuple(round(min(1.0, max(0.0, end)), 4) for end in box)
    return Spot(page, cut, int(100 * confidence), turn_degrees)


def text_and_spots(lines: Iterable[ReadLine], characters: int) -> tuple[str, tuple[Spot, ...]]:
    """The lines as one text of at most so many characters, with one place for each of its lines; blank ones left out.

    A line is kept or left out whole, so that text and places always fit each other.
    """
    kept: list[ReadLine] = []
    left = characters
    for line in lines:
        text = normal(line.text).replace("\n", " ")
        if not text.strip():
            continue
        left -= len(text) + 1
        if left < -1:
            break
        kept.append(ReadLine(text, line.spot))
    return "\n".join(line.text for line in kept), tuple(line.spot for line in kept)


def normal(text: str) -> str:
    """The text with ligatures taken apart, NFC, ordinary spaces, and nothing that does not print."""
    text = unicodedata.normalize("NFC", _NOT_TEXT.sub("", text).translate(_PLAIN))
    text = _RIGHT_TO_LEFT.sub(lambda run: run[0][::-1], text)
    return "".join(char for char in text if char in "\t\n" or unicodedata.category(char)[0] != "C")


def usable_characters(text: str) -> int:
    """How many letters and digits there are."""
    return sum(char.isalnum() for char in text)
