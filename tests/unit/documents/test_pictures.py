"""Pictures and scans become grey pixels, and only pixels of the agreed size are taken."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from PIL import Image

from registry.facts import DocumentFacts, Reading, ReadState
from tasks.documents import images
from tasks.documents.kinds import GIF, JPEG, TIFF
from tasks.documents.limits import Limits
from tasks.documents.looks import Look
from tasks.documents.rasters import Raster, packed, pages_of_scan, raster_of, unpacked
from tasks.sampling.cards import license_photograph, license_sheet
from tasks.sampling.machine_zones import CardData

LIMITS = Limits()
SCAN = Look(ReadState.NO_TEXT, "The PDF holds pictures and no text.", "application/pdf", 2)
PAGE = Raster(800, 400, bytes(320_000))


def test_pages_cross_the_pipe_unchanged() -> None:
    pages = (PAGE, replace(PAGE, width=400, height=800))
    assert unpacked(packed(pages), LIMITS) == pages
    assert unpacked(packed(()), LIMITS) == ()


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"nonsense",
        b"{}\n",
        b"5\n",
        b"[5]\n",
        b"[[800]]\n" + bytes(800),
        b"[[800, -400]]\n",
        b"[[-800, -400]]\n" + bytes(320_000),
        b"[[1601, 400]]\n" + bytes(640_400),
        b"[[800, 400]]\n" + bytes(319_999),
        b"[[800, 400]]\n" + bytes(320_001),
        b"[[800.0, 400]]\n" + bytes(320_000),
        b"[[true, 400]]\n" + bytes(400),
        b"[[100000000000, 100000000000]]\n",
        b"[[400, 400], [400, 400], [400, 400]]\n" + bytes(480_000),
        b"[" * 200 + b"\n",
    ],
)
def test_pixels_of_another_size_than_agreed_are_refused(said: bytes) -> None:
    assert unpacked(said, LIMITS) is None


@pytest.mark.parametrize(
    ("image", "size"),
    [
        (Image.linear_gradient("L").resize((4000, 2000)), (1600, 800)),
        (Image.linear_gradient("L").resize((900, 1200)).convert("CMYK"), (900, 1200)),
        (Image.linear_gradient("L").resize((900, 1200)).convert("P"), (900, 1200)),
        (Image.linear_gradient("L").resize((900, 1200)).convert("1"), (900, 1200)),
        (Image.linear_gradient("L").resize((300, 200)), None),
        (Image.linear_gradient("L").resize((1600, 12)), None),
        (Image.new("L", (900, 1200), 250), None),
    ],
    ids=["large", "ink", "palette", "black and white", "small", "a hair", "blank"],
)
def test_a_page_is_grey_not_larger_than_is_read_and_left_out_when_it_shows_nothing(
    image: Image.Image, size: tuple[int, int] | None
) -> None:
    rasters = raster_of(image, LIMITS)
    assert [(raster.width, raster.height) for raster in rasters] == ([size] if size else [])
    assert all(len(raster.pixels) == raster.width * raster.height for raster in rasters)


def test_a_picture_that_one_can_look_through_lies_on_white() -> None:
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 200, 400))
    (raster,) = raster_of(image, LIMITS)
    assert (raster.pixels[0], raster.pixels[399]) == (0, 255)


def test_sixteen_bits_of_grey_become_eight() -> None:
    row = (40_000).to_bytes(2, "little") * 200 + bytes(400)
    (raster,) = raster_of(Image.frombytes("I;16", (400, 400), row * 400), LIMITS)
    assert (raster.pixels[0], raster.pixels[399]) == (156, 0)


def test_the_first_two_pages_of_a_scan_are_drawn_at_the_size_that_is_read() -> None:
    page = Image.linear_gradient("L").resize((612, 792))
    stream = io.BytesIO()
    page.save(stream, "PDF", save_all=True, append_images=[page, page])
    look, rasters = images.look_at_scan(SCAN, pages_of_scan(stream.getvalue(), LIMITS), LIMITS)
    assert (look, len(rasters)) == (SCAN, 2)
    assert all(side in {1236, 1237, 1600} for raster in rasters for side in (raster.width, raster.height))


def scan_of(pages: list[Image.Image], dots_per_inch: int) -> bytes:
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", resolution=dots_per_inch, save_all=True, append_images=pages[1:], quality=60)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("dots_per_inch", "size"), [(50, (1600, 800)), (200, (2200, 1100)), (600, (3300, 1650))], ids=str
)
def test_a_scan_is_drawn_as_fine_as_its_picture_within_reason(dots_per_inch: int, size: tuple[int, int]) -> None:
    """A page of eleven by five and a half inches."""
    page = Image.linear_gradient("L").resize((11 * dots_per_inch, 11 * dots_per_inch // 2))
    (drawn,) = pages_of_scan(scan_of([page], dots_per_inch), LIMITS)
    assert all(abs(drawn.size[side] - size[side]) <= 1 for side in (0, 1))


def copied_card() -> Image.Image:
    """A letter page at 300 dots an inch on which both sides of a card were copied at their own size."""
    days = {"born": date(1975, 4, 2), "issued": date(2023, 3, 22), "expires": date(2031, 4, 2)}
    who = {"first": "PERPETUA", "middle": "", "last": "WINTERBOURNE", "suffix": "", "sex": "F", "number": "123456789"}
    where = {"street": "77 QUILL ST", "city": "TORRINGTON", "state": "CT", "zip5": "06790"}
    card = CardData(**days, **who, **where, height_inches=66, eyes="BRO", is_license=True)  # type: ignore[arg-type]
    both = license_photograph(license_sheet(card, Random(1)), card, Random(1))
    page = Image.new("L", (2550, 3300), 255)
    page.paste(both.resize((1080, 1340)), (700, 500))
    return page


Read = Callable[..., DocumentFacts]


def test_a_card_copied_on_a_page_of_a_scan_is_read_by_its_barcode_and_not_by_its_words(read: Read) -> None:
    letter = Image.new("L", (2550, 3300), 255)
    facts = read(scan_of([letter, copied_card()], 300))
    assert (facts.state, facts.why, facts.text) == (ReadState.NO_TEXT, "Its barcode was read.", "")
    said = {reading.what: reading.value for reading in facts.readings}
    assert (said["last_name"], said["expiry_date"]) == ("WINTERBOURNE", "2031-04-02")
    assert {reading.page for reading in facts.readings} == {2}


def test_the_back_of_a_card_on_the_second_page_of_a_tiff_is_read() -> None:
    blank = Image.new("L", (600, 800), 255)
    stream = io.BytesIO()
    blank.save(stream, "TIFF", save_all=True, append_images=[copied_card()])
    look, rasters = images.look_at_image(stream.getvalue(), TIFF, LIMITS)
    assert ({reading.page for reading in look.readings}, rasters, look.portrait) == ({2}, (), None)


def photograph(kind: str, turn: int = 1) -> bytes:
    """A picture wider than high, dark on its left, noted to be turned by a viewer as EXIF numbers turns."""
    image = Image.new("L", (800, 600), 255)
    image.paste(0, (0, 0, 400, 600))
    notes = Image.Exif()
    notes[0x0112] = turn
    stream = io.BytesIO()
    image.save(stream, kind, exif=notes)
    return stream.getvalue()


def test_a_photograph_is_turned_as_its_notes_say() -> None:
    look, (raster,) = images.look_at_image(photograph("JPEG", 6), JPEG, LIMITS)
    assert (look.state, raster.width, raster.height) == (ReadState.NO_TEXT, 600, 800)
    assert (raster.pixels[0], raster.pixels[-1]) == (0, 255)


def test_notes_that_make_no_sense_leave_the_picture_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    _, (raster,) = images.look_at_image(photograph("JPEG", 77), JPEG, LIMITS)
    assert (raster.width, raster.height) == (800, 600)


def test_two_pages_of_a_tiff_and_one_of_an_animation_are_read() -> None:
    pages = [Image.linear_gradient("L").resize((400, 300 + number)) for number in range(4)]
    for kind, format_name, heights in ((TIFF, "TIFF", [300, 301]), (GIF, "GIF", [300])):
        stream = io.BytesIO()
        pages[0].save(stream, format_name, save_all=True, append_images=pages[1:] if kind is TIFF else pages[:1] * 3)
        _, rasters = images.look_at_image(stream.getvalue(), kind, LIMITS)
        assert [raster.height for raster in rasters] == heights


CARD = Reading("last_name", "SANTOS", "barcode", 1, (0.1, 0.5, 0.9, 1), 100)


def test_a_card_whose_barcode_was_read_has_nothing_left_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.documents.barcode.read_card", lambda *_: (CARD,))
    look, rasters = images.look_at_image(photograph("JPEG"), JPEG, LIMITS)
    assert (look.state, look.why, look.readings, rasters) == (ReadState.NO_TEXT, "Its barcode was read.", (CARD,), ())


def test_a_barcode_that_trips_its_reader_is_no_barcode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.documents.barcode.read_card", lambda *_: json.loads("{"))
    look, rasters = images.look_at_image(photograph("JPEG"), JPEG, LIMITS)
    assert (look.state, look.readings, len(rasters)) == (ReadState.NO_TEXT, (), 1)
