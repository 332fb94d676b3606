"""Looking at a picture: whether it is whole and small enough to be opened, and what there is to read in it."""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, UnidentifiedImageError

from registry.facts import Reading, ReadState
from tasks.documents.kinds import GIF, HEIC, JPEG, PNG, TIFF, WEBP, FileKind
from tasks.documents.limits import Limits
from tasks.documents.looks import Look, unreadable, unsafe
from tasks.documents.rasters import Raster, raster_of

_FORMATS = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF", WEBP: "WEBP", GIF: "GIF"}
_DRAFT = (3200, 3200)
"""Pixels that a JPEG is drawn with at least: enough for a card's barcode in the middle of a photograph."""
_BOXES_EVERY_HEIC_HAS = {b"ftyp", b"meta"}


def look_at_image(data: bytes, kind: FileKind, limits: Limits) -> tuple[Look, tuple[Raster, ...]]:
    """The facts of a picture, whole (`no_text`), damaged (`unreadable`) or too large (`unsafe`); and pages to read.

    Pillow may use only the decoder of the kind that the content showed: left to guess, it hands some files to
    other programs. A card whose barcode could be read has no page to read.
    """
    if kind == HEIC:
        return _look_at_heic(data), ()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decode(data, kind, limits)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _too_large(kind, limits), ()
    except MemoryError:
        raise
    except (UnidentifiedImageError, Exception):  # decoders raise anything: SyntaxError, struct.error, IndexError
        return unreadable(f"It is {kind.called} that is damaged or incomplete.", media_type=kind.media_type), ()


def _decode(data: bytes, kind: FileKind, limits: Limits) -> tuple[Look, tuple[Raster, ...]]:
    with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as image:
        frames = int(getattr(image, "n_frames", 1))
        if frames > limits.frames:
            why = f"It is {kind.called} of {frames} pictures; at most {limits.frames} are accepted."
            return unsafe(why, media_type=kind.media_type, pages=frames), ()
        readings, rasters = _pages_of(image, frames, limits)
    why = "Its barcode was read." if readings else f"It is {kind.called}, and next to no text could be read from it."
    return Look(ReadState.NO_TEXT, why, kind.media_type, frames, readings=readings), rasters


def _pages_of(image: Image.Image, frames: int, limits: Limits) -> tuple[tuple[Reading, ...], tuple[Raster, ...]]:
    """What the barcode on the first page says, or else the pages to be read; an animation has one page."""
    rasters: list[Raster] = []
    most = limits.raster_pages if image.format == "TIFF" else 1
    for number in range(min(frames, limits.pages_read)):
        _load(image, number, limits)
        if number < most:
            page = upright(image)
            readings = _card_on(page) if number == 0 else ()
            if readings:
                return readings, ()
            rasters += raster_of(page, limits)
    return (), tuple(rasters)


def _load(image: Image.Image, number: int, limits: Limits) -> None:
    """Decodes one frame; raises DecompressionBombError when it is too large."""
    image.seek(number)
    if image.width * image.height > limits.pixels:
        raise Image.DecompressionBombError
    image.draft("L", _DRAFT)  # JPEG only: all of it is parsed, and no more drawn than is looked at
    image.load()


def _card_on(page: Image.Image) -> tuple[Reading, ...]:
    """What a card's barcode says; whatever the barcode's reader fails at is no barcode."""
    from tasks.documents.barcode import read_card

    try:
        return read_card(page)
    except MemoryError:
        raise
    except Exception:
        return ()


def upright(image: Image.Image) -> Image.Image:
    """The picture as a viewer turns it; one whose notes cannot be read is left as it is."""
    try:
        return ImageOps.exif_transpose(image)
    except MemoryError:
        raise
    except Exception:
        return image


def _too_large(kind: FileKind, limits: Limits) -> Look:
    most = limits.pixels // 1_000_000
    return unsafe(f"It is {kind.called} of more than {most} million pixels.", media_type=kind.media_type)


def _look_at_heic(data: bytes) -> Look:
    """HEIC is looked at from outside: its boxes must fill the file exactly, as no installed library decodes it."""
    try:
        boxes = {name for name, _ in _boxes(data)}
    except ValueError:
        boxes = set()
    if boxes >= _BOXES_EVERY_HEIC_HAS:
        why = "It is a HEIC picture, and no text was read from it."
        return Look(ReadState.NO_TEXT, why, HEIC.media_type, 1)
    return unreadable("It is a HEIC picture that is damaged or incomplete.", media_type=HEIC.media_type)


def _boxes(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Name and length of each outermost box (ISO/IEC 14496-12, 4.2); ValueError when one is cut off."""
    at = 0
    while at < len(data):
        size, name, header = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8], 8
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16]), 16
        if size == 0:
            size = len(data) - at
        if size < header or at + size > len(data):
            raise ValueError("a box is cut off")
        yield name, size
        at += size
