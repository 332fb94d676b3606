"""Cutting out the places of an upload that show what was read, upright and with a little around them.

A caged child draws the page and hands over grey pixels; whoever gets them decodes nothing, and makes the PNG itself.
"""

import io
import json
import os
import stat
import struct
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.documents.cage import run_caged
from tasks.documents.kinds import HEAD_BYTES, PDF, FileKind, kind_of
from tasks.documents.limits import Limits
from tasks.documents.rasters import Raster, on_white
from tasks.documents.requests import Cut

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 150
"""Dots per inch that a PDF is drawn with, where the width allows; an honest scan has 100 to 300."""
_WIDEST, _HIGHEST = 900, 1000
"""Pixels of one crop."""
_MOST_PIXELS = 2_500_000
"""Of all crops of one upload: as PNG they fit into one answer even when they are nothing but noise."""
_LEAST_AROUND, _MOST_AROUND = 0.018, 0.05
"""Part of the page's height shown above and below the lines: one line of small print, a line of a card."""
_HEIGHTS_AROUND = 1.25
"""Heights of the lines that are shown, within these bounds."""
_BESIDE, _LEAST_WIDTH = 0.03, 0.5
"""Part of the page's width shown beside the lines, and of all that is shown."""
_PALER = 0.45
"""How far what is around the lines is moved towards white; black print stays at a contrast above 4.5 to 1."""
_LEVELS = 32
"""Shades of grey that are kept: no letter needs more, and a page of paper grain takes half the room."""

_Box = tuple[float, float, float, float]


def crops_of(path: Path, cuts: Sequence[Cut], limits: Limits) -> list[bytes | None]:
    """A PNG for each place, None where none could be made; whatever the file does, it does to a child."""
    none: list[bytes | None] = [None] * len(cuts)
    try:
        upload = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe with that name must not block
    except OSError:
        return none
    try:
        about = os.fstat(upload)
        if not stat.S_ISREG(about.st_mode) or about.st_size > limits.file_bytes:
            return none
        kind = kind_of(os.pread(upload, HEAD_BYTES, 0))
        if not kind.accepted:
            return none
        ending = run_caged(lambda: _cut_inside(upload, kind, cuts, limits), upload, limits)
    finally:
        os.close(upload)
    crops = understood(ending.said, len(cuts))
    return [png(crop) if crop else None for crop in crops] if crops else none


def understood(said: bytes, asked: int) -> list[Raster | None] | None:
    """The crops in a child's answer, or None: a child that was taken over may say anything."""
    head, _, pixels = said.partition(b"\n")
    try:
        sizes = [_size(pair) for pair in json.loads(head[: 40 * asked + 2])]
    except (ValueError, TypeError, RecursionError):
        return None
    counts = [width * height for width, height in sizes]
    if len(sizes) != asked or sum(counts) != len(pixels) or len(pixels) > _MOST_PIXELS:
        return None
    crops: list[Raster | None] = []
    at = 0
    for size, count in zip(sizes, counts, strict=True):
        crops.append(Raster(*size, pixels[at : at + count]) if count else None)
        at += count
    return crops


def _size(pair: object) -> tuple[int, int]:
    """Width and height of a crop, zeros for one that could not be made; raises ValueError for anything else."""
    if pair is None:
        return 0, 0
    width, height = pair if isinstance(pair, list) and [type(side) for side in pair] == [int, int] else (0, 0)
    if not (0 < width <= _WIDEST and 0 < height <= _HIGHEST):
        raise ValueError("a crop has another size than agreed")
    return width, height


def png(grey: Raster) -> bytes:
    """The pixels as a PNG (ISO/IEC 15948) of eight bits of grey, with nothing else in it."""
    wide = grey.width
    rows = b"".join(b"\0" + grey.pixels[at : at + wide] for at in range(0, len(grey.pixels), wide))
    head = struct.pack(">IIBBBBB", grey.width, grey.height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _cut_inside(upload: int, kind: FileKind, cuts: Sequence[Cut], limits: Limits) -> bytes:
    """What the child does: the sizes as one line of JSON, null for what could not be made, then all pixels."""
    with io.FileIO(upload, closefd=False) as file:
        data = file.read(limits.file_bytes + 1)
    crops, left = [], _MOST_PIXELS
    with closing(_Pages(data, kind, limits)) as pages:
        for cut in cuts:
            crop = _attempted(pages, cut)
            crop = crop if crop and len(crop.pixels) <= left else None
            left -= len(crop.pixels) if crop else 0
            crops.append(crop)
    sizes = [crop and [crop.width, crop.height] for crop in crops]
    return json.dumps(sizes).encode() + b"\n" + b"".join(crop.pixels for crop in crops if crop)


class _Pages:
    """The pages of an upload as a viewer shows them; a picture's page is decoded once for all its crops."""

    def __init__(self, data: bytes, kind: FileKind, limits: Limits) -> None:
        self._data, self._kind, self._limits = data, kind, limits
        self._decoded: dict[int, Image] = {}

    def part(self, page: int, box: _Box, scale: Callable[[float, float], float]) -> "Image":
        """A part of a page in grey; `scale` says from the part's width and height how much to enlarge it."""
        return (self._drawn if self._kind == PDF else self._cut)(page, box, scale)

    def close(self) -> None:
        """Let go of what was decoded."""
        self._decoded.clear()

    def _drawn(self, page: int, box: _Box, scale: Callable[[float, float], float]) -> "Image":
        import pypdfium2

        with closing(pypdfium2.PdfDocument(self._data)) as document:
            drawn = document[page - 1]
            wide, high = drawn.get_size()
            off = (box[0] * wide, (1 - box[3]) * high, (1 - box[2]) * wide, box[1] * high)
            by = scale((box[2] - box[0]) * wide, (box[3] - box[1]) * high)
            image: Image = drawn.render(scale=min(by, _DPI / 72), crop=off, grayscale=True).to_pil()
        return image

    def _cut(self, page: int, box: _Box, scale: Callable[[float, float], float]) -> "Image":
        from PIL import Image

        from tasks.documents.images import decoded_page

        if page not in self._decoded:
            self._decoded = {page: on_white(decoded_page(self._data, self._kind, page, self._limits))}
        whole = self._decoded[page]
        left, top, right, bottom = box
        ends = (left * whole.width, top * whole.height, right * whole.width, bottom * whole.height)
        part = whole.crop(ends)
        by = min(1.0, scale(part.width, part.height))
        size = max(1, int(part.width * by)), max(1, int(part.height * by))
        return part.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _attempted(pages: _Pages, cut: Cut) -> Raster | None:
    """The crop, or None: whatever a decoder fails at costs this crop only."""
    try:
        return _crop(pages, cut)
    except MemoryError:
        raise
    except Exception:
        return None


def _crop(pages: _Pages, cut: Cut) -> Raster:
    upright = _turned(cut.box, cut.turn_degrees) if cut.box else None
    shown = _with_around(upright) if upright else (0.0, 0.0, 1.0, 1.0)
    on_side = cut.turn_degrees in {90, 270}

    def scale(wide: float, high: float) -> float:
        across, down = (high, wide) if on_side else (wide, high)
        return min(_WIDEST / (across + 2), _HIGHEST / (down + 2))  # drawing rounds each end up

    image = pages.part(cut.page, _turned(shown, -cut.turn_degrees), scale)
    image = image.rotate(-cut.turn_degrees, expand=True).convert("L")
    image = _set_off(image, upright, shown) if upright else image
    image = image.point([level * _LEVELS // 256 * 255 // (_LEVELS - 1) for level in range(256)])
    return Raster(image.width, image.height, image.tobytes())


def _turned(box: Sequence[float], degrees: int) -> _Box:
    """Where a box lies once the page is turned clockwise by some quarters."""
    left, top, right, bottom = box
    for _ in range(degrees % 360 // 90):
        left, top, right, bottom = 1 - bottom, left, 1 - top, right
    return left, top, right, bottom


def _with_around(box: _Box) -> _Box:
    """The box with what is shown around it, cut to the page."""
    left, top, right, bottom = box
    high = min(max(_LEAST_AROUND, _HEIGHTS_AROUND * (bottom - top)), _MOST_AROUND)
    wide = max(_BESIDE, (_LEAST_WIDTH - (right - left)) / 2)
    return max(0.0, left - wide), max(0.0, top - high), min(1.0, right + wide), min(1.0, bottom + high)


def _set_off(image: "Image", box: _Box, shown: _Box) -> "Image":
    """The crop, paler around the box."""
    from PIL import Image

    across, down = image.width / (shown[2] - shown[0]), image.height / (shown[3] - shown[1])
    left, top = (box[0] - shown[0]) * across, (box[1] - shown[1]) * down
    right, bottom = (box[2] - shown[0]) * across, (box[3] - shown[1]) * down
    ends = (max(0, int(left) - 3), max(0, int(top) - 3), min(image.width, int(right) + 4))
    place = (*ends, min(image.height, int(bottom) + 4))
    paler = Image.blend(image, Image.new("L", image.size, 255), _PALER)
    paler.paste(image.crop(place), place[:2])
    return paler
