"""Looking at a picture: whether it is whole, and small enough to be opened."""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from registry.facts import ReadState
from tasks.documents.kinds import GIF, HEIC, JPEG, PNG, TIFF, WEBP, FileKind
from tasks.documents.limits import Limits
from tasks.documents.looks import Look, unreadable, unsafe

_FORMATS = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF", WEBP: "WEBP", GIF: "GIF"}
_BOXES_EVERY_HEIC_HAS = {b"ftyp", b"meta"}


def look_at_image(data: bytes, kind: FileKind, limits: Limits) -> Look:
    """The facts of a picture: whole (`no_text`), damaged (`unreadable`), or too large (`unsafe`).

    Pillow may use only the decoder of the kind that the content showed: left to guess, it hands some files to
    other programs.
    """
    if kind == HEIC:
        return _look_at_heic(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decode(data, kind, limits)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _too_large(kind, limits)
    except MemoryError:
        raise
    except (UnidentifiedImageError, Exception):  # decoders raise anything: SyntaxError, struct.error, IndexError
        return unreadable(f"It is {kind.called} that is damaged or incomplete.", media_type=kind.media_type)


def _decode(data: bytes, kind: FileKind, limits: Limits) -> Look:
    with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as image:
        if image.width * image.height > limits.pixels:
            return _too_large(kind, limits)
        frames = int(getattr(image, "n_frames", 1))
        if frames > limits.frames:
            why = f"It is {kind.called} of {frames} pictures; at most {limits.frames} are accepted."
            return unsafe(why, media_type=kind.media_type, pages=frames)
        for number in range(min(frames, limits.pages_read)):
            image.seek(number)
            if image.width * image.height > limits.pixels:
                return _too_large(kind, limits)
            image.draft("L", (image.width // 8, image.height // 8))  # JPEG only: all of it is parsed, little is drawn
            image.load()
    return _whole(kind, frames)


def _whole(kind: FileKind, pages: int) -> Look:
    return Look(ReadState.NO_TEXT, f"It is {kind.called}, and no text was read from it.", kind.media_type, pages)


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
        return _whole(HEIC, 1)
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
