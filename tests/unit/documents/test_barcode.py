"""Reading a card's barcode in pictures: upright, aslant, soft, small, on a table, or not there at all."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from random import Random

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from registry.facts import Reading
from tasks.documents.barcode import read_card
from tasks.sampling.cards import license_front_image, license_photograph, license_sheet, passport_image, passport_sheet
from tasks.sampling.machine_zones import CardData, aamva_text, barcode_image

CARD = CardData(
    first="PERPETUA",
    middle="LEONIE",
    last="WINTERBOURNE",
    suffix="",
    born=date(1975, 4, 2),
    issued=date(2023, 3, 22),
    expires=date(2031, 4, 2),
    sex="F",
    number="123456789",
    street="77 QUILL ST APT 4",
    city="TORRINGTON",
    state="CT",
    zip5="06790",
    height_inches=66,
    eyes="BRO",
    is_license=True,
)
SAYS = {
    "first_name": "PERPETUA",
    "middle_name": "LEONIE",
    "last_name": "WINTERBOURNE",
    "birth_date": "1975-04-02",
    "issue_date": "2023-03-22",
    "expiry_date": "2031-04-02",
    "street": "77 QUILL ST APT 4",
    "city": "TORRINGTON",
    "state": "CT",
    "zip": "06790",
}


@pytest.fixture(scope="module")
def photograph() -> Image.Image:
    """Front and back of the card on a table, upright."""
    return license_photograph(license_sheet(CARD, Random(1)), CARD, Random(1))


def on_white(symbol: Image.Image, margin: int = 40) -> Image.Image:
    """A symbol in the middle of an empty sheet."""
    sheet = Image.new("L", (symbol.width + 2 * margin, symbol.height + 2 * margin), 255)
    sheet.paste(symbol, (margin, margin))
    return sheet


def symbol_of(data: bytes) -> Image.Image:
    """These bytes as a symbol."""
    modules = memoryview(zxingcpp.create_barcode(data, zxingcpp.PDF417, ec_level="3", columns=13).to_image(scale=3))
    height, width = modules.shape
    return Image.frombytes("L", (width, height), modules.tobytes())


def turned(image: Image.Image, angle: float) -> Image.Image:
    return image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=120)


def scaled(image: Image.Image, factor: float) -> Image.Image:
    return image.resize((round(image.width * factor), round(image.height * factor)), Image.Resampling.LANCZOS)


def as_jpeg(image: Image.Image, quality: int) -> Image.Image:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out)


def on_a_rough_table(image: Image.Image) -> Image.Image:
    """The picture as part of one of twelve million pixels."""
    table = Image.effect_noise((1000, 750), 40).resize((4000, 3000), Image.Resampling.BICUBIC)
    part = scaled(image, 1.5)
    table.paste(part.crop((0, 0, part.width, 2900)), (900, 60))
    return table


def said(readings: tuple[Reading, ...]) -> dict[str, str]:
    return {reading.what: reading.value for reading in readings}


def test_an_upright_card_gives_its_fields_and_not_its_number(photograph: Image.Image) -> None:
    readings = read_card(photograph, page=3)
    assert said(readings) == SAYS
    assert {(reading.source, reading.page, reading.confidence_percent) for reading in readings} == {("barcode", 3, 100)}
    assert all(CARD.number not in reading.value for reading in readings)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda image: image.convert("RGB"),
        lambda image: image.convert("RGBA"),
        *(lambda image, angle=angle: turned(image, angle) for angle in (-18, -7, 4, 10, 33, 58, 90, 97, 180, 263)),
        lambda image: as_jpeg(scaled(turned(image, 6), 0.7), 35),
        lambda image: as_jpeg(scaled(turned(image, -9), 2.1), 30),
        lambda image: as_jpeg(turned(image, 8).filter(ImageFilter.GaussianBlur(1)), 40),
        lambda image: on_a_rough_table(turned(image, -5)),
        lambda image: image.point([40 + grey // 3 for grey in range(256)]),
    ],
)
def test_a_card_is_read_however_it_lies(photograph: Image.Image, spoil: Callable[[Image.Image], Image.Image]) -> None:
    assert said(read_card(spoil(photograph))) == SAYS


def test_a_picture_that_must_be_sharpened_gives_less_confidence(photograph: Image.Image) -> None:
    readings = read_card(scaled(turned(photograph, 4), 0.83).filter(ImageFilter.GaussianBlur(1.4)))
    assert said(readings) == SAYS
    assert {reading.confidence_percent for reading in readings} == {95}


def test_a_name_that_was_cut_short_gives_less_confidence() -> None:
    text = aamva_text(CARD).replace("DDEN", "DDET")
    confidence = {reading.what: reading.confidence_percent for reading in read_card(on_white(barcode_image(text)))}
    assert confidence == {**dict.fromkeys(SAYS, 100), "last_name": 60}


@pytest.mark.parametrize(("width", "confidence"), [(80, {100}), (190, {80}), (300, set())])
def test_a_symbol_mended_to_its_limit_gives_less_confidence(width: int, confidence: set[int]) -> None:
    sheet = on_white(barcode_image(aamva_text(CARD)))
    ImageDraw.Draw(sheet).rectangle((400, 60, 400 + width, 90), fill=255)
    readings = read_card(sheet)
    assert {reading.confidence_percent for reading in readings} == confidence
    assert said(readings) == (SAYS if confidence else {})


@pytest.mark.parametrize("angle", [0, 6, -9, 90, 186])
@pytest.mark.parametrize("scale", [1, 2.5])
def test_the_box_is_where_the_symbol_lies(angle: float, scale: float) -> None:
    symbol = barcode_image(aamva_text(CARD), 2)
    sheet = Image.new("L", (1100, 800), 255)
    sheet.paste(symbol, (120, 500))
    mask = Image.new("L", sheet.size, 0)
    mask.paste(255, (120, 500, 120 + symbol.width, 500 + symbol.height))
    picture, place = (
        scaled(each.rotate(angle, expand=True, fillcolor=255 * (each is sheet)), scale) for each in (sheet, mask)
    )
    left, top, right, bottom = place.point(lambda grey: 255 * (grey > 128)).getbbox() or (0, 0, 0, 0)
    expected = (left / place.width, top / place.height, right / place.width, bottom / place.height)
    assert read_card(picture)[0].box == pytest.approx(expected, abs=0.02)


def test_accents_in_latin_1_are_read() -> None:
    text = aamva_text(CARD).replace("PERPETUA", "ZOÉ").encode("latin-1")
    assert said(read_card(on_white(symbol_of(text))))["first_name"] == "ZOÉ"


def test_two_cards_in_one_picture_give_both() -> None:
    other = barcode_image(aamva_text(CARD).replace("PERPETUA", "EUPHEMIA"))
    own = barcode_image(aamva_text(CARD))
    sheet = on_white(Image.new("L", (own.width, own.height * 2 + 200), 255))
    sheet.paste(own, (40, 40))
    sheet.paste(other, (40, own.height + 200))
    assert {reading.value for reading in read_card(sheet) if reading.what == "first_name"} == {"PERPETUA", "EUPHEMIA"}


@pytest.mark.parametrize(
    "text", ["a parcel's label 1Z9999999999999999", "DAQ1\nDBB04021975\nDCSOKORIE", "@\n\x1e\rANSI 6360 DAQ DBB DBA"]
)
def test_another_symbol_is_no_card(text: str) -> None:
    assert read_card(on_white(symbol_of(text.encode()))) == ()


@pytest.mark.parametrize(
    "picture",
    [
        license_front_image(license_sheet(CARD, Random(2))),
        passport_image(passport_sheet(CARD, Random(2))),
        Image.effect_noise((900, 700), 120),
        Image.new("L", (1, 1)),
        Image.new("RGB", (3, 40_000)),
        Image.effect_noise((20_000, 30), 200),
    ],
)
def test_a_picture_without_a_symbol_gives_nothing(picture: Image.Image) -> None:
    assert read_card(picture) == ()
