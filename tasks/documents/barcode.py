"""The barcode on the back of a driver's license or identity card (PDF417), in a photograph or a scan.

A symbol that lies three degrees aslant is found but not read, so one look over the whole picture says where symbols
are and how they lie, and only those places are turned, softened and sharpened.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from PIL import Image, ImageFilter

from registry.facts import Reading
from tasks.documents.aamva import fields_and_doubts, is_card

_MOST_PIXELS = 16_000_000
"""Larger pictures are made smaller first: a card that fills a third of them still has two pixels a module."""
_LOOK_PIXELS = 4_000_000
"""Of a picture that is looked at as a whole; one look costs 20 to 60 ms of processor time."""
_PLACE_SIDE = 1600
"""Pixels of the longer side of a place that is read closely."""
_PLACES = 2
_MOST_SPENT = 60_000_000
"""Pixels of all attempts together, about a second."""
_ASLANT = (22.5, -22.5, 45.0)
"""Degrees at which a picture is looked at again when nothing was found; a look finds what lies up to 12 aslant."""
_LONGEST_SHAPE = 4
"""Times its width that a picture is long at most if it is turned: what is needed for turning grows with its square."""
_TURNS = (0.0, 2.0, -2.0, 4.0, -4.0, 6.0, -6.0, 9.0, -9.0)
"""Degrees around the found lie; it is told to within 4 from a symbol that is not read."""
_FILTERED_TURNS = _TURNS[:5]
_SOFTER, _SHARPER = ImageFilter.GaussianBlur(1.0), ImageFilter.UnsharpMask(2.0, 170, 0)
_READ, _READ_FILTERED, _MENDED, _DOUBTED = 100, 95, 80, 60
_LEAST_UNUSED = 0.1
"""Part of the symbol's error correction that must be left: with all of it used, a wrong text can look right."""

_Point = tuple[float, float]


def read_card(image: Image.Image, page: int = 1) -> tuple[Reading, ...]:
    """What the card's barcode says; nothing when there is none, or none that can be read.

    Args:
        image: a decoded picture of up to 50 million pixels, upright as a viewer shows it.
        page: the page it is on, counted from 1.

    Returns:
        One reading for each field that the card gives, the document number left out. Two cards that are read at one
        look give two sets. The confidence is 100; 95 when the picture had to be softened or sharpened first; 80 when
        the symbol was so damaged that its error correction is used up; 60 for what the issuer cut short.
    """
    gray = _gray(image)
    found = _search(gray)
    return tuple(dict.fromkeys(reading for symbol in found for reading in symbol.readings(page)))


@dataclass(frozen=True, slots=True)
class _Symbol:
    """A card's symbol that was read."""

    text: str
    box: tuple[float, ...]
    confidence: int

    def readings(self, page: int) -> Iterator[Reading]:
        fields, doubted = fields_and_doubts(self.text)
        for what, value in fields.items():
            confidence = min(_DOUBTED, self.confidence) if what in doubted else self.confidence
            yield Reading(what, value, "barcode", page, self.box, confidence)


@dataclass(frozen=True, slots=True)
class _View:
    """A part of the picture, made larger or smaller, turned; and the way back."""

    image: Image.Image
    left: float
    top: float
    scale: float
    size: _Point
    """before turning"""
    angle: float = 0.0
    """degrees, counter-clockwise"""

    def turned(self, angle: float) -> "_View":
        """The view turned further; what comes in at the corners is grey."""
        if not angle:
            return self
        image = self.image.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor=128)
        return replace(self, image=image, angle=self.angle + angle)

    def filtered(self, kernel: ImageFilter.Filter) -> "_View":
        """The view softened or sharpened."""
        return replace(self, image=self.image.filter(kernel))

    def back(self, x: float, y: float) -> _Point:
        """Where a point of the view is in the picture."""
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        x, y = x - self.image.width / 2, y - self.image.height / 2
        before = (x * cos - y * sin + self.size[0] / 2, x * sin + y * cos + self.size[1] / 2)
        return self.left + before[0] / self.scale, self.top + before[1] / self.scale


def _gray(image: Image.Image) -> Image.Image:
    """The picture in gray, and no larger than is looked at."""
    plain = image if image.mode in {"L", "RGB"} else image.convert("RGB")
    return _reduced(plain, _MOST_PIXELS).convert("L")


def _reduced(image: Image.Image, most: int) -> Image.Image:
    factor = math.ceil(math.sqrt(image.width * image.height / most))
    return image.reduce(factor) if factor > 1 else image


def _search(gray: Image.Image) -> list[_Symbol]:
    """The symbols of the first attempt that reads any, as long as there are pixels left to spend."""
    spent = 0
    for view, found in _attempts(gray):
        spent += view.image.width * view.image.height
        if found or spent > _MOST_SPENT:
            return found
    return []


def _attempts(gray: Image.Image) -> Iterator[tuple[_View, list[_Symbol]]]:
    """Looks at the picture, and after each a closer reading of the places where it found what it could not read."""
    for view, by_parts in _looks(gray):
        seen = _symbols(view, every=True, by_parts=by_parts)
        yield view, list(_read(seen, view, gray, _READ))
        for closer, kind in _closer_views(list(_places(gray, view, seen))):
            yield closer, list(_read(_symbols(closer, every=False, by_parts=True), closer, gray, kind))


def _looks(gray: Image.Image) -> Iterator[tuple[_View, bool]]:
    """Views of the whole picture, and whether to tell black from white part by part.

    That copes with shadows and blur, and is lost on a textured table or in noise; one level for all of a line is the
    other way round.
    """
    look = _small(gray, _LOOK_PIXELS)
    yield look, False
    yield look, True
    if look.scale < 1:
        yield _View(gray, 0, 0, 1, gray.size), False
    yield look.filtered(_SHARPER), True
    yield look.filtered(ImageFilter.BoxBlur(1)), False
    for angle in _ASLANT if max(gray.size) <= _LONGEST_SHAPE * min(gray.size) else ():
        yield _small(gray, _LOOK_PIXELS // 2).turned(angle), False


def _small(gray: Image.Image, most: int) -> _View:
    small = _reduced(gray, most)
    return _View(small, 0, 0, small.width / gray.width, small.size)


def _symbols(view: _View, *, every: bool, by_parts: bool) -> list[Any]:
    """The PDF417 symbols of a view; `every` also gives those that are found and cannot be read."""
    import zxingcpp

    return zxingcpp.read_barcodes(
        view.image,
        formats=zxingcpp.BarcodeFormats(zxingcpp.PDF417),
        binarizer=zxingcpp.Binarizer.LocalAverage if by_parts else zxingcpp.Binarizer.GlobalHistogram,
        try_rotate=every,
        try_downscale=False,
        try_invert=False,
        return_errors=every,
    )


def _read(seen: list[Any], view: _View, gray: Image.Image, confidence: int) -> Iterator[_Symbol]:
    for symbol in seen:
        text = _text(symbol.bytes) if symbol.valid else ""
        if is_card(text):
            mended = symbol.extra.get("UEC", 1.0) < _LEAST_UNUSED
            yield _Symbol(text, _box(symbol.position, view, gray), _MENDED if mended else confidence)


def _text(data: bytes) -> str:
    """The symbol's own bytes: cards are in ASCII or Latin-1, and a few in UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _box(position: Any, view: _View, gray: Image.Image) -> tuple[float, ...]:
    """The place as parts of the picture; nothing when one end of the symbol was not found."""
    left, right = _edges(position)
    if left[0] == left[1] or right[0] == right[1]:
        return ()
    across, down = zip(*(view.back(*point) for point in (*left, *right)), strict=True)
    ends = (min(across) / gray.width, min(down) / gray.height, max(across) / gray.width, max(down) / gray.height)
    return tuple(round(min(1.0, max(0.0, end)), 4) for end in ends)


def _edges(position: Any) -> tuple[tuple[_Point, _Point], tuple[_Point, _Point]]:
    """Top and bottom of the symbol's left and of its right edge; both the same where the edge was not found."""
    corners = (position.top_left, position.bottom_left, position.top_right, position.bottom_right)
    a, b, c, d = ((float(corner.x), float(corner.y)) for corner in corners)
    return (a, b), (c, d)


def _closer_views(places: list[tuple[_View, float]]) -> Iterator[tuple[_View, int]]:
    """Each place upright and a little turned; then softened; then sharpened; and the confidence of what it gives."""
    for kernel in (None, _SOFTER, _SHARPER):
        for place, lie in places:
            plain = place.filtered(kernel) if kernel else place
            for turn in _FILTERED_TURNS if kernel else _TURNS:
                yield plain.turned(turn - lie), _READ_FILTERED if kernel else _READ


def _places(gray: Image.Image, view: _View, seen: list[Any]) -> Iterator[tuple[_View, float]]:
    """A view of each place, and by how many degrees counter-clockwise the symbol there is turned."""
    sized = [
        (math.dist(*edge), edge, side)
        for symbol in seen
        for edge, side in zip(_edges(symbol.position), (1, -1), strict=True)
    ]
    for height, edge, side in sorted(sized, key=lambda each: each[0], reverse=True)[:_PLACES]:
        if height < 4:
            return
        (x, y), (below_x, below_y) = (view.back(*point) for point in edge)
        down = (below_x - x, below_y - y)
        yield _cut_out(gray, (x, y), down, side), math.degrees(math.atan2(*down))


def _cut_out(gray: Image.Image, top: _Point, down: _Point, side: int) -> _View:
    """The place that begins at an edge and goes to the right (side 1) or left (-1), up to twelve times its height."""
    along = (down[1] * side, -down[0] * side)
    corners = [
        (top[0] + down[0] * a + along[0] * b, top[1] + down[1] * a + along[1] * b) for a in (-1, 2) for b in (-1, 12)
    ]
    left, upper = (max(0, math.floor(min(corner[axis] for corner in corners))) for axis in (0, 1))
    right = min(gray.width, math.ceil(max(corner[0] for corner in corners)))
    lower = min(gray.height, math.ceil(max(corner[1] for corner in corners)))
    part = gray.crop((left, upper, max(right, left + 1), max(lower, upper + 1)))
    scale = min(2.0, _PLACE_SIDE / max(part.size))
    if scale != 1:
        part = part.resize(
            (max(1, round(part.width * scale)), max(1, round(part.height * scale))), Image.Resampling.BICUBIC
        )
    return _View(part, left, upper, scale, part.size)
