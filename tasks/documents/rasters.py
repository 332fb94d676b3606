"""Pages as grey pixels: what is left of a picture or a scan once a caged child has decoded it.

The pixels come from a file that may be hostile, and are only pixels: whoever gets them decodes nothing.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any

from PIL import Image

from tasks.documents.limits import Limits

_LEAST_SIDE, _LEAST_LONG_SIDE = 24, 320
"""Pixels; a smaller picture has no room for a line, or for letters that could be made out."""
_FLAT = 32
"""Levels of grey, of 255; a picture whose lightest and darkest dots differ by less shows nothing."""

_FINE_SIDE = 3300
"""Pixels of the longer side of a scanned page at most: 300 dots per inch of a letter page, three for each module of a
card's barcode that was copied on it."""
_DEPTH, _MOST_PICTURES = 3, 50
"""Of a page's pictures that are asked how fine they are, in forms within forms; an honest scan has one."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A page: width and height in pixels, and one byte of grey for each pixel, row by row."""

    width: int
    height: int
    pixels: bytes


def raster_of(image: Image.Image, limits: Limits) -> tuple[Raster, ...]:
    """The picture in grey, no larger than is read; nothing when there is nothing to read in it."""
    grey = on_white(image)
    grey.thumbnail((limits.raster_side, limits.raster_side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    pixels = grey.tobytes()
    shows_something = max(pixels) - min(pixels) >= _FLAT
    large_enough = min(grey.size) >= _LEAST_SIDE and max(grey.size) >= _LEAST_LONG_SIDE
    return (Raster(grey.width, grey.height, pixels),) if shows_something and large_enough else ()


def on_white(image: Image.Image) -> Image.Image:
    """The picture in grey; where one could look through it, it lies on white paper."""
    if image.mode.startswith("I;16"):
        return image.point(lambda level: level * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return image.convert("L")
    seen = image.convert("RGBA").convert("LA")
    paper = Image.new("L", image.size, 255)
    paper.paste(seen.getchannel("L"), mask=seen.getchannel("A"))
    return paper


def pages_of_scan(data: bytes, limits: Limits) -> Iterator[Image.Image]:
    """The first pages of a PDF as they are seen, as fine as the pictures on them; what cannot be drawn is left out."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for number in range(min(len(document), limits.raster_pages)):
        try:
            page = document[number]
            yield page.render(scale=_scale(page, limits), grayscale=True).to_pil()
        except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError):
            continue


def _scale(page: Any, limits: Limits) -> float:
    """Pixels for each point of the page."""
    import pypdfium2.raw as pdfium

    longest = max(page.get_size())
    pictures = islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH), _MOST_PICTURES)
    finest = max(map(_own_scale, pictures), default=0.0)
    return float(max(limits.raster_side, min(finest * longest, _FINE_SIDE)) / longest)


def _own_scale(picture: Any) -> float:
    """Pixels that a picture has for each point that it takes on the page."""
    left, bottom, right, top = picture.get_bounds()
    return float(max(picture.get_px_size()) / max(right - left, top - bottom, 1.0))


def packed(rasters: Sequence[Raster]) -> bytes:
    """The pages behind a child's answer: their sizes as one line of JSON, then all pixels."""
    sizes = json.dumps([[raster.width, raster.height] for raster in rasters]).encode()
    return sizes + b"\n" + b"".join(raster.pixels for raster in rasters)


def unpacked(said: bytes, limits: Limits) -> tuple[Raster, ...] | None:
    """The pages from what `packed` gave, or None: a child that was taken over may say anything."""
    head, _, pixels = said.partition(b"\n")
    try:
        sizes = [_size(pair, limits) for pair in json.loads(head[:200])]
    except (ValueError, TypeError, RecursionError):
        return None
    if (
        not head.startswith(b"[")
        or len(sizes) > limits.raster_pages
        or sum(width * height for width, height in sizes) != len(pixels)
    ):
        return None
    ends = accumulate((width * height for width, height in sizes), initial=0)
    return tuple(
        Raster(*size, pixels[start : start + size[0] * size[1]]) for size, start in zip(sizes, ends, strict=False)
    )


def _size(pair: object, limits: Limits) -> tuple[int, int]:
    """Width and height such as `raster_of` gives; raises ValueError for anything else."""
    width, height = pair if isinstance(pair, list) and [type(side) for side in pair] == [int, int] else (0, 0)
    if min(width, height) < _LEAST_SIDE or not _LEAST_LONG_SIDE <= max(width, height) <= limits.raster_side:
        raise ValueError("a page has another size than agreed")
    return width, height
