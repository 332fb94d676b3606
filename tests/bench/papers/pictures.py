"""What scanners and telephones make of a page: turned, blurred, noisy, shaded, seen askew, saved small."""

import io
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.bench.papers.sheet import grey_picture

GRADES = ("good", "fair", "poor")
_CARD_ZOOM = 2.0
"""A card fills the glass or the frame: its pixels for an inch are more than a page's."""
Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Harm:
    """How a picture was made of a page."""

    dpi: int
    turn_degrees: float
    blur_pixels: float
    noise_greys: float
    jpeg_quality: int
    shadow: float
    """part of the light that is missing at the darkest edge"""
    askew: float
    """part of the width by which the far edge of a photographed page is shorter; 0 for a scanner"""
    as_pdf: bool
    """whether the scanner put the picture into a PDF"""


def draw_harm(grade: str, rng: Random) -> Harm:
    """How a picture of this grade was made; good is at least 150 dots an inch, 2 degrees, JPEG 60, light noise."""
    if grade == "good":
        turn, quality = rng.uniform(-2, 2), rng.randint(60, 92)
        return Harm(
            rng.choice((150, 200, 300)), turn, rng.uniform(0, 0.5), rng.uniform(0, 5), quality, 0, 0, rng.random() < 0.5
        )
    if grade == "fair":
        askew = rng.choice((0, 0, rng.uniform(0.02, 0.06)))
        blur, noise = rng.uniform(0.3, 1.0), rng.uniform(3, 11)
        return Harm(
            rng.choice((120, 150, 200)),
            rng.uniform(-5, 5),
            blur,
            noise,
            rng.randint(42, 65),
            rng.uniform(0, 0.35),
            askew,
            False,
        )
    askew = rng.choice((0, rng.uniform(0.05, 0.14)))
    blur, noise = rng.uniform(0.6, 1.8), rng.uniform(6, 24)
    return Harm(rng.choice((100, 120, 150)), rng.uniform(-10, 10), blur, noise, 30, rng.uniform(0.2, 0.6), askew, False)


def picture_of(pdf: bytes, harm: Harm, rng: Random, *, is_card: bool) -> bytes:
    """The file that a person would upload: a JPEG, or a PDF that holds one."""
    dpi = harm.dpi * (_CARD_ZOOM if is_card else 1)
    page: Grey = np.array(grey_picture(pdf, dpi / 72))
    noise = np.random.default_rng(rng.getrandbits(32))
    seen = _photographed(page, harm, noise) if harm.askew or is_card else page
    seen = _turned(seen, harm.turn_degrees, 255 if seen is page else 120)
    if harm.blur_pixels > 0.2:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), harm.blur_pixels), np.uint8)
    lit = seen * _light(seen.shape, harm, rng) + noise.normal(0, harm.noise_greys, seen.shape)
    return _saved(Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8)), harm, dpi)


def _photographed(page: Grey, harm: Harm, noise: np.random.Generator) -> Grey:
    """The page lying on a table, its far edge shorter than the near one."""
    high, wide = page.shape
    margin = round(0.06 * wide)
    table = noise.normal(120, 6, (high + 2 * margin, wide + 2 * margin)).clip(0, 255)
    ground: Grey = np.asarray(cv2.GaussianBlur(table.astype(np.uint8), (0, 0), 2), np.uint8)
    cut, sink = harm.askew * wide, harm.askew * high * 0.4
    corners = [
        (margin + cut, margin + sink),
        (margin + wide - cut * 0.7, margin),
        (margin + wide, margin + high),
        (margin, margin + high),
    ]
    square = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    lens = cv2.getPerspectiveTransform(square, np.array(corners, np.float32))
    size = (ground.shape[1], ground.shape[0])
    seen = cv2.warpPerspective(page, lens, size, flags=cv2.INTER_AREA)
    there = cv2.warpPerspective(np.full_like(page, 255), lens, size)
    return np.where(there > 127, seen, ground).astype(np.uint8)


def _turned(page: Grey, degrees: float, ground: int) -> Grey:
    """The page turned in a frame that is large enough for it."""
    high, wide = page.shape
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
    cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
    size = (round(high * sin + wide * cos), round(high * cos + wide * sin))
    turn[:, 2] += (size[0] / 2 - wide / 2, size[1] / 2 - high / 2)
    return np.asarray(cv2.warpAffine(page, turn, size, flags=cv2.INTER_LINEAR, borderValue=(ground,)), np.uint8)


def _light(shape: tuple[int, ...], harm: Harm, rng: Random) -> NDArray[np.float64]:
    """How much light falls on each dot: a shadow comes from one side, with a soft edge."""
    across = np.linspace(0, 1, shape[1]) if rng.random() < 0.5 else np.linspace(1, 0, shape[1])
    down = np.linspace(0, 1, shape[0])
    slope = across[None, :] + rng.uniform(-0.5, 0.5) * down[:, None]
    edge = 1 / (1 + np.exp(-10 * (slope - rng.uniform(0.3, 0.8))))
    light: NDArray[np.float64] = 1 - harm.shadow * edge
    return light


def _saved(image: Image.Image, harm: Harm, dpi: float) -> bytes:
    out = io.BytesIO()
    if harm.as_pdf:
        image.save(out, "PDF", resolution=dpi, quality=harm.jpeg_quality, creationDate=None, modDate=None)
    else:
        image.save(out, "JPEG", quality=harm.jpeg_quality)
    return out.getvalue()
