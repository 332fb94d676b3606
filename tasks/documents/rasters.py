"""Pages as grey pixels: what is left of a picture or a scan once a caged child has decoded it.

The pixels come from a file that may be hostile, and are only pixels: whoever gets them decodes nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PIL import Image

from tasks.documents.limits import Limits

_LEAST_SIDE, _LEAST_LONG_SIDE = 24, 320
"""Pixels; a smaller picture has no room for a line, or for letters that could be made out."""
_FLAT = 32
"""Levels of grey, of 255; a picture whose lightest and darkest dots differ by less shows nothing."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A page: width and height in pixels, and one byte of grey for each pixel, row by row."""

    width: int
    height: int
    pixels: bytes


def raster_of(image: Image.Image, limits: Limits) -> tuple[Raster, ...]:
    """The picture in grey, no larger than is read; nothing when there is nothing to read in it."""
    grey = _on_white(image)
    grey.thumbnail((limits.raster_side, limits.raster_side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    pixels = grey.tobytes()
    shows_something = max(pixels) - min(pixels) >= _FLAT
    large_enough = min(grey.size) >= _LEAST_SIDE and max(grey.size) >= _LEAST_LONG_SIDE
    return (Raster(grey.width, grey.height, pixels),) if shows_something and large_enough else ()


def _on_white(image: Image.Image) -> Image.Image:
    """The picture in grey; where one could look through it, it lies on white paper."""
    if image.mode.startswith("I;16"):
        return image.point(lambda level: level * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return image.convert("L")
    seen = image.convert("RGBA").convert("LA")
    paper = Image.new("L", image.size, 255)
    paper.paste(seen.getchannel("L"), mask=seen.getchannel("A"))
    return paper


def rasters_of_pdf(data: bytes, limits: Limits) -> tuple[Raster, ...]:
    """The first pages of a PDF as they are seen; those that cannot be drawn are left out."""
    import pypdfium2

    document, drawn = pypdfium2.PdfDocument(data), []
    for number in range(min(len(document), limits.raster_pages)):
        try:
            page = document[number]
            scale = limits.raster_side / max(page.get_size())
            drawn.append(page.render(scale=scale, grayscale=True).to_pil())
        except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError):
            continue
    return tuple(raster for image in drawn for raster in raster_of(image, limits))


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
