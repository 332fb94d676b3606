"""Drawn faces in grey: nobody's portrait, yet each a little different."""

from random import Random

from PIL import Image, ImageDraw, ImageFilter


def draw_face(seed: int, width: int, height: int) -> Image.Image:
    """A frontal head and shoulders before a plain ground, softly drawn; the seed's own face."""
    rng = Random(seed)
    ground = rng.randint(196, 226)
    image = Image.new("L", (width, height), ground)
    draw = ImageDraw.Draw(image)
    skin, hair = rng.randint(95, 205), rng.randint(20, 150)
    mid = width // 2 + rng.randint(-4, 4)
    wide, tall = width * rng.uniform(0.23, 0.27), height * rng.uniform(0.25, 0.28)
    top = height * rng.uniform(0.17, 0.22)
    long_hair = rng.random() < 0.5
    _hair_behind(draw, mid, top, wide, tall, hair, long_hair, rng)
    _shoulders(draw, mid, width, height, rng.randint(30, 170))
    neck = (mid - wide * 0.45, top + tall * 1.55, mid + wide * 0.45, top + tall * 2.5)
    draw.rounded_rectangle(neck, radius=8, fill=max(0, skin - 22))
    for side in (-1, 1):
        draw.ellipse(_around(mid + side * wide, top + tall * 1.08, wide * 0.13, tall * 0.2), fill=max(0, skin - 14))
    draw.ellipse((mid - wide, top, mid + wide, top + 2 * tall), fill=skin)
    _shades(draw, mid, top, wide, tall, skin)
    _fringe(draw, mid, top, wide, tall, hair, rng)
    _features(draw, mid, top, wide, tall, skin, hair, rng)
    return image.filter(ImageFilter.BoxBlur(1.1))


def _around(x: float, y: float, half_width: float, half_height: float) -> tuple[float, float, float, float]:
    return (x - half_width, y - half_height, x + half_width, y + half_height)


def _hair_behind(
    draw: ImageDraw.ImageDraw, mid: float, top: float, wide: float, tall: float, hair: int, long: bool, rng: Random
) -> None:
    reach = rng.uniform(2.1, 2.7) if long else rng.uniform(1.0, 1.25)
    box = (mid - wide * 1.16, top - tall * 0.2, mid + wide * 1.16, top + tall * reach)
    draw.rounded_rectangle(box, radius=wide * 0.95, fill=hair)


def _shoulders(draw: ImageDraw.ImageDraw, mid: float, width: int, height: int, cloth: int) -> None:
    draw.ellipse((mid - width * 0.46, height * 0.78, mid + width * 0.46, height * 1.35), fill=cloth)


def _shades(draw: ImageDraw.ImageDraw, mid: float, top: float, wide: float, tall: float, skin: int) -> None:
    """Where light from above does not reach: the hollows of the eyes, under the nose and under the lip."""
    for reach, depth in ((1.0, 12), (0.7, 26)):
        shade = max(0, skin - depth)
        for side in (-1, 1):
            hollow = _around(mid + side * wide * 0.42, top + tall * 0.87, wide * 0.34 * reach, tall * 0.2 * reach)
            draw.ellipse(hollow, fill=shade)
        draw.ellipse(_around(mid, top + tall * 1.33, wide * 0.22 * reach, tall * 0.07 * reach), fill=shade)
        draw.ellipse(_around(mid, top + tall * 1.74, wide * 0.26 * reach, tall * 0.05 * reach), fill=shade)


def _fringe(
    draw: ImageDraw.ImageDraw, mid: float, top: float, wide: float, tall: float, hair: int, rng: Random
) -> None:
    drop = rng.uniform(0.35, 0.6)
    box = (mid - wide * 1.05, top - tall * 0.16, mid + wide * 1.05, top + tall * drop * 2)
    draw.pieslice(box, 180 + rng.randint(0, 12), 360 - rng.randint(0, 12), fill=hair)


def _features(
    draw: ImageDraw.ImageDraw, mid: float, top: float, wide: float, tall: float, skin: int, hair: int, rng: Random
) -> None:
    eyes, gap = top + tall * 0.92, wide * 0.42
    shade = max(0, skin - 45)
    glasses = rng.random() < 0.25
    for side in (-1, 1):
        x = mid + side * gap
        draw.ellipse(_around(x, eyes, wide * 0.19, tall * 0.075), fill=min(255, skin + 45))
        draw.ellipse(_around(x, eyes, wide * 0.085, tall * 0.075), fill=25)
        brow = eyes - tall * rng.uniform(0.18, 0.21)
        draw.arc(_around(x, brow + 5, wide * 0.25, 8), 200, 340, fill=min(hair, shade), width=3)
        if glasses:
            draw.ellipse(_around(x, eyes, wide * 0.32, tall * 0.19), outline=40, width=2)
    nose = (mid - wide * 0.13, top + tall * 1.15, mid + wide * 0.13, top + tall * 1.36)
    draw.arc(nose, 20, 160, fill=shade, width=3)
    draw.line((mid + wide * 0.05, eyes, mid + wide * 0.1, top + tall * 1.22), fill=max(0, skin - 18), width=2)
    mouth = top + tall * 1.56
    curve = rng.uniform(0.02, 0.09) * tall
    draw.chord(_around(mid, mouth, wide * 0.34, curve + 4), 0, 180, fill=max(0, skin - 60))
    draw.arc(_around(mid, mouth - 2, wide * 0.38, curve + 4), 15, 165, fill=max(0, skin - 80), width=2)
