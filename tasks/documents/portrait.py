"""Measuring a picture that may show a person: its size, faces, light and sharpness. Nothing is judged here."""

from functools import cache
from typing import Any

import dlib  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from registry.pictures import Portrait
from tasks.documents.rasters import on_white

_SEARCHED_SIDE = 640
"""Pixels of the longer side on which faces are looked for: 25 to 35 ms, and a face is found from 80 pixels on."""
_MEASURED_SIDE = 160
"""Pixels in height of the place whose sharpness is measured, so that a large picture does not count as a sharp one."""
_LONGEST_SHAPE = 8
"""Times its width that such a place may be long."""
_MOST_FACES = 50
_OUTERMOST = (1, 99)
"""Percent; a few dots of noise or a thin frame are not the picture's darkest and lightest."""

_Levels = NDArray[np.uint8]
_Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels."""


def measure(page: Image.Image, size: tuple[int, int]) -> Portrait:
    """What can be measured in a picture.

    Args:
        page: the decoded picture, upright as a viewer shows it, and perhaps smaller than it came.
        size: width and height with which it came, in pixels, turned or not.
    """
    grey = on_white(page)
    small = grey.copy()
    small.thumbnail((_SEARCHED_SIDE, _SEARCHED_SIDE), Image.Resampling.LANCZOS, reducing_gap=1.0)
    levels = np.asarray(small)
    faces = _faces(levels)
    top = max(faces, key=_height) if faces else (0, 0, small.width, small.height)
    place = _measured(grey, top, grey.width / small.width)
    darkest, lightest = np.percentile(levels, _OUTERMOST)
    width, height = sorted(size, reverse=page.width > page.height)
    return Portrait(
        width_pixels=width,
        height_pixels=height,
        contrast_levels=int(lightest - darkest),
        faces=len(faces),
        face_height_percent=round(100 * _height(top) / small.height) if faces else 0,
        sharpness=_sharpness(place),
        brightness_levels=int(place.mean()),
    )


def warm_up() -> None:
    """Loads the detector and uses it once; children that are forked later share its memory."""
    measure(Image.linear_gradient("L").resize((_SEARCHED_SIDE, _SEARCHED_SIDE)), (_SEARCHED_SIDE, _SEARCHED_SIDE))


@cache
def _detector() -> Any:
    """The detector of faces seen from the front that is part of dlib: gradients and a sliding window, in one thread."""
    return dlib.get_frontal_face_detector()


def _faces(levels: _Levels) -> list[_Box]:
    """The places of faces, as far as they lie within the picture."""
    height, width = levels.shape
    found = [
        (max(0, box.left()), max(0, box.top()), min(width, box.right()), min(height, box.bottom()))
        for box in _detector()(levels, 0)
    ]
    return [box for box in found if box[0] < box[2] and box[1] < box[3]][:_MOST_FACES]


def _height(box: _Box) -> int:
    return box[3] - box[1]


def _measured(grey: Image.Image, box: _Box, scale: float) -> NDArray[np.int32]:
    """The place at the size at which pictures can be compared; `scale` leads from the box back to the picture."""
    left, top, right, bottom = (round(end * scale) for end in box)
    cut = grey.crop((left, top, max(left + 1, right), max(top + 1, bottom)))
    width = min(max(3, round(_MEASURED_SIDE * cut.width / cut.height)), _LONGEST_SHAPE * _MEASURED_SIDE)
    return np.asarray(cut.resize((width, _MEASURED_SIDE), Image.Resampling.LANCZOS, reducing_gap=1.5), np.int32)


def _sharpness(place: NDArray[np.int32]) -> int:
    around = place[:-2, 1:-1] + place[2:, 1:-1] + place[1:-1, :-2] + place[1:-1, 2:]
    return round(float((around - 4 * place[1:-1, 1:-1]).var()))
