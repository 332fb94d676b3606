"""A sheet as a grey picture, as a scanner or a telephone would see the page."""

import io
from functools import cache, lru_cache
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase.pdfmetrics import stringWidth

from tasks.sampling.sheets import BASE_FONTS, FONTS, SCRIPT_FONTS, BoxMark, Sheet, TextMark, drawable

# reportlab ships faces with the very widths of the PDF base fonts: the text layer lies on the picture's letters.
_SHAPES = Path(reportlab.__file__).parent / "fonts"
_DRAWN = {"sans": "_a______.pfb", "bold": "_ab_____.pfb", "serif": "_er_____.pfb", "mono": "com_____.pfb"}


def sheet_to_image(sheet: Sheet, dpi: int, paper: int | Image.Image = 255) -> Image.Image:
    """The sheet as a grey picture; `paper` is its grey, or a picture of the paper of the same size."""
    scale = dpi / 72
    if isinstance(paper, int):
        image = Image.new("L", (round(sheet.width * scale), round(sheet.height * scale)), paper)
    else:
        image = paper.copy()
    draw = ImageDraw.Draw(image)
    for mark in sheet.marks:
        if isinstance(mark, TextMark):
            _paint_text(image, mark, scale)
        elif isinstance(mark, BoxMark):
            _paint_box(draw, mark, scale)
        else:
            size = (round(mark.width * scale), round(mark.height * scale))
            image.paste(mark.draw(*size), (round(mark.x * scale), round(mark.y * scale)))
    return image


def _paint_text(image: Image.Image, mark: TextMark, scale: float) -> None:
    words = mark.words if mark.face in SCRIPT_FONTS else drawable(mark.words)
    mask, rise = _mask(words, mark.face, round(mark.size * scale))
    image.paste(mark.ink, (round(mark.x * scale), round(mark.y * scale) - rise), mask)


def _paint_box(draw: ImageDraw.ImageDraw, box: BoxMark, scale: float) -> None:
    left, top = box.x * scale, box.y * scale
    corners = (left, top, left + box.width * scale, top + max(1.0, box.height * scale) - 1)
    draw.rectangle(corners, fill=box.fill, outline=box.edge, width=1)


@lru_cache(maxsize=6000)
def _mask(words: str, face: str, size: int) -> tuple[Image.Image, int]:
    """The words as a mask and how far it rises over the baseline; most words of a form come again and again."""
    if face in SCRIPT_FONTS:  # joined letters cannot be set one by one
        return _glyph(words, face, size)[:2]
    rise, place, spots = round(size * 1.1), 0.0, []
    for letter in words:
        spots.append(round(place))
        place += _width(letter, face) * size
    mask = Image.new("L", (max(1, round(place)) + size, round(size * 1.5)), 0)
    for letter, spot in zip(words, spots, strict=True):
        if letter != " ":
            glyph, above, bearing = _glyph(letter, face, size)
            mask.paste(255, (spot + bearing, rise - above), glyph)
    return mask, rise


@cache
def _width(letter: str, face: str) -> float:
    return float(stringWidth(letter, BASE_FONTS[face], 1000)) / 1000


@lru_cache(maxsize=20000)
def _glyph(words: str, face: str, size: int) -> tuple[Image.Image, int, int]:
    """A letter as a mask, how far it rises over the baseline, and how far right of its place it starts."""
    font = _image_font(face, size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(words, anchor="ls"))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)), 0)
    ImageDraw.Draw(mask).text((-left, -top), words, fill=255, font=font, anchor="ls")
    return mask, -top, left


@cache
def _image_font(face: str, size: int) -> ImageFont.FreeTypeFont:
    if face in SCRIPT_FONTS:  # the default engine joins Arabic letters and turns Hebrew round
        return ImageFont.truetype(str(FONTS / f"{SCRIPT_FONTS[face]}.ttf"), size)
    return ImageFont.truetype(str(_SHAPES / _DRAWN[face]), size, layout_engine=ImageFont.Layout.BASIC)


def jpeg_of(image: Image.Image, quality: int = 55) -> bytes:
    """The picture as a JPEG file's bytes."""
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def png_of(image: Image.Image) -> bytes:
    """The picture as a PNG file's bytes, in sixteen greys to stay small."""
    stream = io.BytesIO()
    image.point(lambda grey: grey // 17 * 17).save(stream, "PNG", compress_level=3)
    return stream.getvalue()
