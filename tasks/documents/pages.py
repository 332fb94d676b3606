"""The visible words of a PDF page as lines of text, columns kept apart."""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTRect
from pdfplumber.page import Page
from pdfplumber.utils.clustering import cluster_objects
from pdfplumber.utils.text import extract_words

from tasks.documents.lines import ReadLine, spot

_SMALLEST = 3.0
"""Points; what is printed smaller is not printed to be read."""
_COLUMN_GAP = 1.5
"""Heights of the text; a wider gap parts two columns, where the widest space of a justified line is one height."""
_RIGHT_HALF = 0.45
"""Part of the page's width from which a line belongs to the right column."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points, from the upper left corner of the page."""
Word = dict[str, Any]
"""A word of pdfplumber's: `text`, `x0`, `x1`, `top`, `bottom`, and its `chars`."""


def words_on(page: Page) -> list[Word]:
    """The words on the page with their places and characters, as far as the layout can tell that one sees them.

    Left out are characters below 3 points, outside of the page, and white ones with nothing dark behind them.
    """
    chars, dark = _objects(page)
    shown = shown_box(page)
    seen = [char for char in chars if _is_visible(char, shown, dark)]
    return extract_words(seen, return_chars=True, x_tolerance=2)


def lines_of(words: list[Word], page: Page) -> list[ReadLine]:
    """The words as lines: one for each line of the page, a tab where a wide gap parts two columns.

    A line that stands in the right half alone begins with a tab, as the column left of it is empty.
    """
    shown = shown_box(page)
    middle = shown[0] + _RIGHT_HALF * (shown[2] - shown[0])
    lines = cluster_objects(words, itemgetter("top"), 3)
    return [ReadLine(_line(line, middle), spot(page.page_number, _parts(line, shown))) for line in lines]


def shown_box(page: Page) -> Box:
    """What of the page is drawn, in the coordinates of its words; `Page.cropbox` forgets that it may be turned."""
    media, crop = _sorted(page.page_obj.mediabox), _sorted(page.page_obj.cropbox)
    low, high = map(max, media[:2], crop[:2]), map(min, media[2:], crop[2:])
    left, bottom, right, top = (*low, *high)
    if left >= right or bottom >= top:
        left, bottom, right, top = media
    margins = [left - media[0], media[3] - top, media[2] - right, bottom - media[1]]
    turns = page.page_obj.rotate // 90
    before, above, after, below = margins[-turns:] + margins[:-turns]
    x, y = page.mediabox[:2]
    return x + before, y + above, x + page.width - after, y + page.height - below


def _parts(words: list[Word], shown: Box) -> Box:
    """What the words cover, in parts of what is shown of the page."""
    left, top, right, bottom = shown
    wide, high = max(1e-6, right - left), max(1e-6, bottom - top)
    ends = (f(word[end] for word in words) for f, end in ((min, "x0"), (min, "top"), (max, "x1"), (max, "bottom")))
    x0, y0, x1, y1 = ends
    return (x0 - left) / wide, (y0 - top) / high, (x1 - left) / wide, (y1 - top) / high


def _line(words: list[Word], middle: float) -> str:
    words = sorted(words, key=itemgetter("x0"))
    line, end = "\t" if words[0]["x0"] > middle else "", None
    for word in words:
        height = word["bottom"] - word["top"]
        gap = "" if end is None else "\t" if word["x0"] - end > _COLUMN_GAP * height else " "
        line, end = line + gap + word["text"], word["x1"]
    return line


def _objects(page: Page) -> tuple[list[dict[str, Any]], list[Box]]:
    """The characters, with what the words need of them, and the dark areas; `Page.objects` costs ten times as much."""
    chars, dark, state, white = [], [], None, False
    x, y, height = page.mediabox[0], page.mediabox[1], page.height
    for item in _items(page.layout):
        if isinstance(item, LTChar):
            if item.graphicstate is not state:  # one for all characters of a string
                state = item.graphicstate
                white = _is_white(state.ncolor, item.ncs.name)
            top, bottom = height - item.y1 + y, height - item.y0 + y
            chars.append(
                {
                    "text": item.get_text(),
                    "x0": x + item.x0,
                    "x1": x + item.x1,
                    "top": top,
                    "bottom": bottom,
                    "doctop": page.initial_doctop + top,
                    "upright": item.upright,
                    "size": item.size,
                    "white": white,
                }
            )
        elif isinstance(item, LTRect) and item.fill and not _is_white(item.non_stroking_color):
            dark.append((x + item.x0, height - item.y1 + y, x + item.x1, height - item.y0 + y))
    return chars, dark


def _items(container: LTContainer[Any]) -> Iterator[Any]:
    """Everything drawn, in its order; forms are containers."""
    for item in container:
        if isinstance(item, LTContainer):
            yield from _items(item)
        else:
            yield item


def _is_visible(char: dict[str, Any], page: Box, dark: list[Box]) -> bool:
    if char["size"] < _SMALLEST:
        return False
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return _holds(page, x, y) and (not char["white"] or any(_holds(box, x, y) for box in dark))


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_white(colour: object, space: str = "DeviceGray") -> bool:
    """Whether the colour to fill with is white; one number is white only as grey, as ink it is the full colour."""
    parts = tuple(colour) if isinstance(colour, Iterable) and not isinstance(colour, str) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) == 4:
        return bool(max(parts) < 0.02)
    grey = len(parts) == 1 and str(space).endswith("Gray")
    return bool((len(parts) == 3 or grey) and min(parts) > 0.98)


def _sorted(box: Sequence[float]) -> Box:
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
