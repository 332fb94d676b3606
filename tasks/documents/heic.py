"""Decoding a HEIC picture: the primary one, alone, by the one decoder that an installed library brings along."""

import threading

import pi_heif  # type: ignore[import-untyped]
from PIL import Image

from tasks.documents.limits import Limits

pi_heif.options.DECODE_THREADS = 0  # tiles one after the other
pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False
_NO_MEMORY = "Memory allocation error"


class NoThreadError(Exception):
    """This machine lets the child start no thread, and the decoder needs one."""


def primary_picture(data: bytes, limits: Limits) -> Image.Image:
    """The picture that a viewer shows, turned and cut as the file says; nothing is decoded before its size is known.

    Raises:
        Image.DecompressionBombError: it has more pixels than are accepted.
        MemoryError: it needs more memory than this process may use.
        NoThreadError: it cannot be decoded on this machine, whatever it holds.
        ValueError, RuntimeError, EOFError, SyntaxError: it is damaged, or coded in a way that is not known here.
    """
    file = pi_heif.open_heif(data)
    picture = file[file.primary_index]
    _check(picture.size, limits)
    _check_threads()
    try:
        image: Image.Image = picture.to_pillow()
    except RuntimeError as error:
        raise MemoryError if _NO_MEMORY in str(error) else error from None
    _check(image.size, limits)
    return image


def _check(size: tuple[int, int], limits: Limits) -> None:
    if size[0] * size[1] > limits.pixels:
        raise Image.DecompressionBombError


def _check_threads() -> None:
    """The decoder always starts a thread, and ends the whole process where that is refused."""
    thread = threading.Thread(target=int)
    try:
        thread.start()
    except RuntimeError:
        raise NoThreadError from None
    thread.join()
