"""Pictures and scans become grey pixels, and only pixels of the agreed size are taken."""

import io
import json
from dataclasses import replace

import pytest
from PIL import Image

from registry.facts import Reading, ReadState
from tasks.documents import images
from tasks.documents.kinds import GIF, JPEG, TIFF
from tasks.documents.limits import Limits
from tasks.documents.rasters import Raster, packed, raster_of, rasters_of_pdf, unpacked

LIMITS = Limits()
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
    sizes = [(raster.width, raster.height) for raster in rasters_of_pdf(stream.getvalue(), LIMITS)]
    assert len(sizes) == 2
    assert all(side in {1236, 1237, 1600} for size in sizes for side in size)


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
    monkeypatch.setattr("tasks.documents.barcode.read_card", lambda _: (CARD,))
    look, rasters = images.look_at_image(photograph("JPEG"), JPEG, LIMITS)
    assert (look.state, look.why, look.readings, rasters) == (ReadState.NO_TEXT, "Its barcode was read.", (CARD,), ())


def test_a_barcode_that_trips_its_reader_is_no_barcode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.documents.barcode.read_card", lambda _: json.loads("{"))
    look, rasters = images.look_at_image(photograph("JPEG"), JPEG, LIMITS)
    assert (look.state, look.readings, len(rasters)) == (ReadState.NO_TEXT, (), 1)
