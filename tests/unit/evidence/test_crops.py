"""The places of uploads as pictures: upright, legible, and only what was asked for, whatever the file or child does."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tasks.documents.crops import crops_of, png, understood
from tasks.documents.limits import Limits
from tasks.documents.rasters import Raster
from tasks.documents.reading import crop_documents, read_documents
from tasks.documents.requests import CropRequest, Crops, Cut

LIMITS = Limits()
WHOLE = Cut(1, (), 0)
MARK = (300, 500, 420, 540)
"""Where the one dark patch stands on a page of 850 by 1100, in pixels."""
PLACE = (300 / 850, 500 / 1100, 420 / 850, 540 / 1100)


def page_with_mark() -> Image.Image:
    page = Image.new("L", (850, 1100), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle(MARK, fill=0)
    draw.rectangle((300, 560, 340, 600), fill=0)
    return page


def stored(folder: Path, page: Image.Image, kind: str = "PNG") -> Path:
    path = folder / "upload"
    page.save(path, format=kind)
    return path


def crop(path: Path, cut: Cut) -> Image.Image:
    (picture,) = crops_of(path, [cut], LIMITS)
    assert picture is not None
    return Image.open(io.BytesIO(picture))


def patch(image: Image.Image) -> tuple[int, int, int, int]:
    """Where the patch that stands out lies; what is around it is paler."""
    box = image.point([255 * (level < 60) for level in range(256)]).getbbox()
    assert box is not None
    return box


def shape(box: Sequence[int]) -> float:
    return (box[2] - box[0]) / (box[3] - box[1])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "PDF"])
def test_the_place_stands_out_and_what_is_around_it_is_paler(tmp_path: Path, kind: str) -> None:
    found = crop(stored(tmp_path, page_with_mark(), kind), Cut(1, PLACE, 0))
    assert (found.format, found.mode) == ("PNG", "L")
    assert found.width <= 900
    assert found.width > found.height
    assert shape(patch(found)) == pytest.approx(3, rel=0.1)
    darkest_below = min(found.crop((0, patch(found)[3] + 6, *found.size)).tobytes())
    assert 80 < darkest_below < 140


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_shown_upright(tmp_path: Path, turn: int) -> None:
    lying = page_with_mark().rotate(turn, expand=True)  # against the clock, so that it has to be turned back with it
    left, top, right, bottom = PLACE
    for _ in range(turn // 90):
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    found = crop(stored(tmp_path, lying), Cut(1, (left, top, right, bottom), turn))
    straight = crop(stored(tmp_path, page_with_mark()), Cut(1, PLACE, 0))
    assert found.size == pytest.approx(straight.size, abs=2)
    assert patch(found) == pytest.approx(patch(straight), abs=2)


def test_a_photograph_is_turned_as_a_viewer_turns_it(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn by 90 degrees with the clock
    lying = page_with_mark().rotate(90, expand=True)
    path = tmp_path / "upload"
    lying.save(path, format="JPEG", exif=exif)
    assert patch(crop(path, Cut(1, PLACE, 0))) == pytest.approx(
        patch(crop(stored(tmp_path, page_with_mark()), Cut(1, PLACE, 0))), abs=3
    )


def bill(path: Path, *, cut_off: int = 0, sideways: bool = False) -> Path:
    """A text PDF in which only one line is black; cut off at the top, or printed sideways on a page that is turned."""
    from reportlab.pdfgen import canvas

    drawing = canvas.Canvas(str(path), pagesize=(612, 792), cropBox=(0, 0, 612, 792 - cut_off))
    if sideways:
        drawing.setPageRotation(90)
        drawing.translate(612, 0)
        drawing.rotate(90)
    drawing.setFont("Helvetica", 14)
    for height, words, grey in ((520, "Electric company, account", 0.6), (500, "Maria Santos", 0), (480, "Elm", 0.6)):
        drawing.setFillGray(grey)
        drawing.drawString(150, height, words)
    drawing.save()
    return path


def test_the_line_that_was_read_of_a_text_pdf_is_the_one_shown(tmp_path: Path) -> None:
    bills = [bill(tmp_path / "plain"), bill(tmp_path / "cut", cut_off=100), bill(tmp_path / "turned", sideways=True)]
    looked_at = list(read_documents([(str(path), path) for path in bills], 1))
    assert len(looked_at) == 3
    for facts in looked_at:
        spot = facts.spots[facts.text.split("\n").index("Maria Santos")]
        found = crop(Path(facts.sha256), Cut(spot.page, spot.box, spot.turn_degrees))
        left, top, right, bottom = patch(found)
        assert (right - left) / found.width > 0.2
        assert 0.3 * found.height < (top + bottom) / 2 < 0.7 * found.height


def test_a_whole_page_and_a_far_too_large_one_are_shown_small(tmp_path: Path) -> None:
    whole = crop(stored(tmp_path, page_with_mark().resize((3400, 4400))), WHOLE)
    assert 600 < whole.width <= 900
    assert 800 < whole.height <= 1000


def test_the_places_of_one_upload_come_in_the_order_in_which_they_were_asked_for(tmp_path: Path) -> None:
    pages = [Image.new("L", (400, 500), level) for level in (40, 120, 200)]
    path = tmp_path / "fax"
    pages[0].save(path, format="TIFF", save_all=True, append_images=pages[1:])
    found = [
        Image.open(io.BytesIO(data)) for data in crops_of(path, [Cut(n, (), 0) for n in (3, 1, 2)], LIMITS) if data
    ]
    assert [image.getpixel((5, 5)) // 50 for image in found] == [4, 0, 2]


@pytest.mark.parametrize("place", [Cut(9, (), 0), Cut(1, (0.9, 0.5, 0.1, 0.6), 0), Cut(1, (0.5, 0.9, 0.6, 0.1), 90)])
@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_a_place_that_cannot_be_cut_out_costs_itself_only(tmp_path: Path, place: Cut, kind: str) -> None:
    first, failed, last = crops_of(stored(tmp_path, page_with_mark(), kind), [WHOLE, place, WHOLE], LIMITS)
    assert first == last != None  # noqa: E711
    assert failed is None


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\nbroken", b"PK\x03\x04", b"\xff\xd8\xff\xe0broken"]
)
def test_what_cannot_be_opened_has_no_pictures(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "upload"
    path.write_bytes(data)
    assert crops_of(path, [WHOLE, WHOLE], LIMITS) == [None, None]


def test_what_is_no_regular_file_or_too_large_is_not_opened(tmp_path: Path) -> None:
    assert crops_of(tmp_path, [WHOLE], LIMITS) == [None]
    assert crops_of(tmp_path / "gone", [WHOLE], LIMITS) == [None]
    small = Limits(file_bytes=100)
    assert crops_of(stored(tmp_path, page_with_mark()), [WHOLE], small) == [None]


def test_a_picture_that_breaks_a_limit_has_no_pictures_and_harms_nobody(tmp_path: Path) -> None:
    path = stored(tmp_path, Image.new("L", (4000, 4000), 200))
    assert crops_of(path, [WHOLE], Limits(pixels=1_000_000)) == [None]
    assert crops_of(path, [WHOLE], Limits(wall_seconds=0.0)) == [None]


def said(sizes: object, pixels: bytes) -> bytes:
    return json.dumps(sizes).encode() + b"\n" + pixels


def test_an_answer_as_agreed_is_taken() -> None:
    assert understood(said([[2, 1], None, [1, 2]], b"abcd"), 3) == [Raster(2, 1, b"ab"), None, Raster(1, 2, b"cd")]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\n",
        b"[" * 100_000 + b"\n",
        b"\x89PNG\r\n\x1a\n",
        said([[2, 1], None], b"ab"),
        said([[2, 1], None, None, None], b"ab"),
        said([[2, 1], None, None], b"abc"),
        said([[2, 1], None, None], b"a"),
        said([[-2, -1], None, None], b"ab"),
        said([[2.0, 1], None, None], b"ab"),
        said([[True, 1], None, None], b"a"),
        said([["2", 1], None, None], b"ab"),
        said([[901, 1], None, None], b"a" * 901),
        said([[1, 1001], None, None], b"a" * 1001),
        said([[900, 1000]] * 3, b"a" * 2_700_000),
        said({"0": [2, 1]}, b"ab"),
        said(5, b""),
    ],
)
def test_an_answer_that_was_not_agreed_is_no_answer(answer: bytes) -> None:
    assert understood(answer, 3) is None


def test_the_png_is_made_here_and_holds_the_pixels_and_nothing_else() -> None:
    data = png(Raster(3, 2, bytes(range(6))))
    image = Image.open(io.BytesIO(data))
    assert (image.size, image.mode, image.tobytes(), image.info) == ((3, 2), "L", bytes(range(6)), {})


def test_readers_answer_requests_for_crops_and_for_facts_alike(tmp_path: Path) -> None:
    path = stored(tmp_path, page_with_mark())
    requests = [CropRequest(str(n), path, (Cut(1, PLACE, 0), Cut(9, (), 0))) for n in range(3)]
    answers = {crops.name: crops.pictures for crops in crop_documents(requests, 2)}
    assert set(answers) == {"0", "1", "2"}
    (expected,) = crops_of(path, [Cut(1, PLACE, 0)], LIMITS)
    assert set(answers.values()) == {(expected, None)}
    assert list(crop_documents([], 2)) == []


def test_an_upload_at_which_readers_die_has_no_pictures(tmp_path: Path) -> None:
    request = CropRequest("one", tmp_path / "upload", (WHOLE, WHOLE))
    assert request.given_up() == Crops("one", (None, None))
    for nonsense in ({}, {"crops": [None]}, {"crops": "two"}):
        with pytest.raises(ValueError, match="another number"):
            request.answered(nonsense)
