"""Identity documents as people send them: a license or state identity card, and a passport's data page."""

from functools import cache, partial
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from tasks.sampling.faces import draw_face
from tasks.sampling.machine_zones import CardData, aamva_text, barcode_image, passport_lines
from tasks.sampling.sheet_image import sheet_to_image
from tasks.sampling.sheets import Sheet

CARD_DPI = 144
_CARD = (486, 306)
_PASSPORT = (500, 352)


def license_sheet(card: CardData, rng: Random, native: tuple[str, str, str] | None = None) -> Sheet:
    """The front of a Connecticut driver's license or identity card.

    Args:
        card: what it says.
        rng: for the portrait.
        native: (face, first, last) when the name is printed in another script than Latin.
    """
    sheet = Sheet(*_CARD)
    title = "DRIVER'S LICENSE" if card.is_license else "IDENTIFICATION CARD"
    sheet.box(0, 0, 486, 44, fill=70)
    sheet.text(16, 30, "CONNECTICUT", 23, "bold", ink=250)
    sheet.right(470, 21, title, 12.5, "bold", ink=250)
    sheet.right(470, 36, "USA", 9, "bold", ink=225)
    sheet.picture(16, 62, 130, 163, partial(draw_face, rng.getrandbits(32)))
    sheet.box(16, 62, 130, 163, edge=110)
    face, first, last = native or ("bold", f"{card.first} {card.middle}".strip(), f"{card.last} {card.suffix}".strip())
    sheet.text(160, 66, f"4d DLN {card.number}", 12.5, "bold")
    sheet.text(160, 85, f"3 DOB {card.born:%m/%d/%Y}", 12.5, "bold")
    sheet.text(160, 103, f"4a ISS {card.issued:%m/%d/%Y}", 11)
    sheet.text(160, 121, f"4b EXP {card.expires:%m/%d/%Y}", 12.5, "bold")
    sheet.text(160, 143, f"1 {last}", _fit(last), face)
    sheet.text(160, 161, f"2 {first}", _fit(first), face)
    place = f"{card.street}, {card.city}, {card.state} {card.zip5}"
    sheet.text(160, 182, f"8 {place}", 11.5 if len(place) < 46 else 9)
    feet, inches = divmod(card.height_inches, 12)
    sheet.text(160, 201, f"15 SEX {card.sex}   16 HGT {feet}'-{inches:02d}\"   18 EYES {card.eyes}", 10)
    sheet.text(160, 218, f"9 CLASS {'D' if card.is_license else 'NONE'}   9a END NONE   12 REST NONE", 10)
    sheet.text(160, 240, f"5 DD {card.issued:%y%m%d}{card.number[-7:]}", 8.5)
    sheet.text(22, 262, f"{card.first[:1].lower()} {card.last.title()[:18]}", 17, "serif", ink=60)
    sheet.rule(16, 268, 200, ink=130)
    sheet.text(16, 279, "SIGNATURE", 6, ink=110)
    sheet.text(352, 284, f"{card.born:%m%d%y}", 19, "bold", ink=170)
    return sheet


def _fit(words: str) -> float:
    return 13.5 if len(words) < 32 else 9.5


def back_sheet(card: CardData) -> Sheet:
    """The back of the card with its PDF417 barcode."""
    sheet = Sheet(*_CARD)
    barcode = barcode_image(aamva_text(card))
    width = barcode.width * 72 / CARD_DPI
    height = barcode.height * 72 / CARD_DPI
    sheet.box(0, 0, 486, 40, fill=35)
    sheet.box(14, 60, width + 12, height + 12, fill=255)
    sheet.picture(20, 66, width, height, lambda _width, _height: barcode)
    sheet.text(20, height + 100, "CLASS: D - Any motor vehicle except commercial, GVWR under 26,001 lbs.", 8)
    sheet.text(20, height + 113, "RESTRICTIONS: NONE     ENDORSEMENTS: NONE", 8)
    sheet.text(20, height + 126, "Department of Motor Vehicles, State of Connecticut. Found? Drop in any mailbox.", 7.5)
    return sheet


def license_front_image(sheet: Sheet) -> Image.Image:
    """The front as a scanner sees it, printed on the card's patterned ground."""
    return sheet_to_image(sheet, CARD_DPI, _guilloche(*_pixels(_CARD)))


def license_photograph(front: Sheet, card: CardData, rng: Random) -> Image.Image:
    """Front and back laid on a table, one above the other, now and then sideways or upside down."""
    image = _table(1080, 1340).copy()
    back = sheet_to_image(back_sheet(card), CARD_DPI, _guilloche(*_pixels(_CARD)))
    image.paste(license_front_image(front), (rng.randint(30, 78), rng.randint(25, 45)), _corners(*_pixels(_CARD)))
    image.paste(back, (rng.randint(30, 78), rng.randint(685, 705)), _corners(*_pixels(_CARD)))
    light = rng.uniform(0.88, 1.04)
    image = image.point([min(255, round(grey * light)) for grey in range(256)])
    chance = rng.random()
    if chance < 0.05:
        return image.transpose(Image.Transpose.ROTATE_90)
    return image.transpose(Image.Transpose.ROTATE_180) if chance < 0.08 else image


def passport_sheet(card: CardData, rng: Random, native: tuple[str, str, str] | None = None) -> Sheet:
    """A United States passport's data page; a name in another script leaves out the Latin machine lines."""
    sheet = Sheet(*_PASSPORT)
    face, first, last = native or ("bold", f"{card.first} {card.middle}".strip(), f"{card.last} {card.suffix}".strip())
    sheet.text(150, 26, "UNITED STATES OF AMERICA", 15, "bold")
    sheet.text(20, 26, "PASSPORT", 13, "bold")
    sheet.rule(20, 33, 460)
    sheet.picture(20, 50, 116, 145, partial(draw_face, rng.getrandbits(32)))
    fields = (
        ("Type / Code / Passport No.", f"P   USA   {card.number}", "bold"),
        ("Surname", last, face),
        ("Given names", first, face),
        ("Nationality", "UNITED STATES OF AMERICA", "bold"),
        ("Date of birth", _spelled(card, "born"), "bold"),
        ("Sex", card.sex, "bold"),
        ("Date of issue", _spelled(card, "issued"), "bold"),
        ("Date of expiration", _spelled(card, "expires"), "bold"),
        ("Authority", "United States Department of State", "bold"),
    )
    for row, (label, value, style) in enumerate(fields):
        sheet.text(156, 50 + row * 24.5, label, 6.5, ink=70)
        sheet.text(156, 61 + row * 24.5, value, 11 if len(value) < 34 else 8.5, style)
    if native is None:
        givens = f"{card.first} {card.middle}".strip()
        lines = passport_lines(card.last, givens, card.number, card.born, card.sex, card.expires)
        sheet.text(20, 304, lines[0], 16.8, "mono")
        sheet.text(20, 328, lines[1], 16.8, "mono")
    return sheet


def _spelled(card: CardData, name: str) -> str:
    return f"{getattr(card, name):%d %b %Y}".upper()


def passport_image(sheet: Sheet) -> Image.Image:
    """The data page as a scanner sees it."""
    return sheet_to_image(sheet, CARD_DPI, _guilloche(*_pixels(_PASSPORT)))


def _pixels(points: tuple[int, int]) -> tuple[int, int]:
    return (round(points[0] * CARD_DPI / 72), round(points[1] * CARD_DPI / 72))


@cache
def _guilloche(width: int, height: int) -> Image.Image:
    """The fine wavy ground that such cards are printed on."""
    image = Image.new("L", (width, height), 236)
    draw = ImageDraw.Draw(image)
    for line in range(-height, width, 26):
        draw.arc((line, -height // 2, line + height * 2, height + height // 2), 0, 360, fill=226, width=2)
        draw.arc((line - height, -height, line + height // 2, height * 2), 0, 360, fill=229, width=2)
    return image.filter(ImageFilter.BoxBlur(1))


@cache
def _corners(width: int, height: int) -> Image.Image:
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width - 1, height - 1), radius=34, fill=255)
    return mask


@cache
def _table(width: int, height: int) -> Image.Image:
    """A wooden table top: long soft stripes."""
    rng = Random("table")
    image = Image.new("L", (width, height), 128)
    draw = ImageDraw.Draw(image)
    x = 0
    while x < width:
        step = rng.randint(6, 40)
        draw.rectangle((x, 0, x + step, height), fill=rng.randint(112, 150))
        x += step
    return image.filter(ImageFilter.GaussianBlur(5))
