"""Looking at a picture: whether it is whole and small enough to be opened, what there is to read, and what it shows."""

import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, replace

from PIL import Image, ImageOps, UnidentifiedImageError

from registry.facts import Reading, ReadState
from registry.pictures import Portrait
from tasks.documents.heic import NoThreadError, primary_picture
from tasks.documents.kinds import GIF, HEIC, JPEG, PNG, TIFF, WEBP, FileKind
from tasks.documents.limits import Limits
from tasks.documents.looks import Look, unreadable, unsafe
from tasks.documents.portrait import measure
from tasks.documents.rasters import Raster, raster_of

_FORMATS = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF", WEBP: "WEBP", GIF: "GIF"}
_DRAFT = (3200, 3200)
"""Pixels that a JPEG is drawn with at least: enough for a card's barcode in the middle of a photograph."""
_CARD_READ = "Its barcode was read."


def look_at_image(data: bytes, kind: FileKind, limits: Limits) -> tuple[Look, tuple[Raster, ...]]:
    """The facts of a picture, whole (`no_text`), damaged (`unreadable`) or too large (`unsafe`); and pages to read.

    Pillow may use only the decoder of the kind that the content showed: left to guess, it hands some files to
    other programs. A card whose barcode could be read has no page to read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decode(data, kind, limits)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _too_large(kind, limits), ()
    except MemoryError:
        raise
    except NoThreadError:
        why = "It is a HEIC picture, and this machine cannot decode it."
        return Look(ReadState.NO_TEXT, why, kind.media_type, 1, lasting=False), ()
    except (UnidentifiedImageError, Exception):  # decoders raise anything: SyntaxError, struct.error, IndexError
        return unreadable(f"It is {kind.called} that is damaged or incomplete.", media_type=kind.media_type), ()


def look_at_scan(look: Look, pages: Iterable[Image.Image], limits: Limits) -> tuple[Look, tuple[Raster, ...]]:
    """The look at a document whose pages are pictures, with what a card's barcode on them says; and pages to read."""
    rasters: list[Raster] = []
    for number, page in enumerate(pages, start=1):
        if readings := _card_on(page, number):
            return replace(look, why=_CARD_READ, readings=readings), ()
        rasters += raster_of(page, limits)
    return look, tuple(rasters)


def decoded_page(data: bytes, kind: FileKind, page: int, limits: Limits) -> Image.Image:
    """One page of a picture, counted from 1, as a viewer turns it; raises whatever the decoder raises."""
    image = _opened(data, kind, limits)
    _load(image, page - 1, limits)
    return upright(image)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the pages of a picture gave."""

    readings: tuple[Reading, ...] = ()
    portrait: Portrait | None = None
    rasters: tuple[Raster, ...] = ()


def _decode(data: bytes, kind: FileKind, limits: Limits) -> tuple[Look, tuple[Raster, ...]]:
    with _opened(data, kind, limits) as image:
        frames = int(getattr(image, "n_frames", 1))
        if frames > limits.frames:
            why = f"It is {kind.called} of {frames} pictures; at most {limits.frames} are accepted."
            return unsafe(why, media_type=kind.media_type, pages=frames), ()
        seen = _pages_of(image, frames, limits)
    nothing = f"It is {kind.called}, and next to no text could be read from it."
    look = Look(ReadState.NO_TEXT, _CARD_READ if seen.readings else nothing, kind.media_type, frames)
    return replace(look, readings=seen.readings, portrait=seen.portrait), seen.rasters


def _opened(data: bytes, kind: FileKind, limits: Limits) -> Image.Image:
    if kind == HEIC:
        return primary_picture(data, limits)
    return Image.open(io.BytesIO(data), formats=[_FORMATS[kind]])


def _pages_of(image: Image.Image, frames: int, limits: Limits) -> _Seen:
    """What a barcode on a page says, or else the pages to be read and what the first one shows.

    An animation has one page.
    """
    rasters: list[Raster] = []
    portrait = None
    most = limits.raster_pages if image.format == "TIFF" else 1
    for number in range(min(frames, limits.pages_read)):
        size = _load(image, number, limits)
        if number < most:
            page = upright(image)
            if readings := _card_on(page, number + 1):
                return _Seen(readings)
            portrait = portrait or _portrait_of(page, size)
            rasters += raster_of(page, limits)
    return _Seen((), portrait, tuple(rasters))


def _load(image: Image.Image, number: int, limits: Limits) -> tuple[int, int]:
    """Decodes one frame, and gives its size as it came; raises DecompressionBombError when it is too large."""
    image.seek(number)
    size = image.size
    if image.width * image.height > limits.pixels:
        raise Image.DecompressionBombError
    image.draft("L", _DRAFT)  # JPEG only: all of it is parsed, and no more drawn than is looked at
    image.load()
    return size


def _card_on(page: Image.Image, number: int) -> tuple[Reading, ...]:
    """What a card's barcode says; whatever the barcode's reader fails at is no barcode."""
    from tasks.documents.barcode import read_card

    try:
        return read_card(page, number)
    except MemoryError:
        raise
    except Exception:
        return ()


def _portrait_of(page: Image.Image, size: tuple[int, int]) -> Portrait | None:
    """What can be measured in a picture; one that trips the measuring stays without."""
    try:
        return measure(page, size)
    except MemoryError:
        raise
    except Exception:
        return None


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
