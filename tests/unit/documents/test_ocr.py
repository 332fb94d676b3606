"""Pictures and scans become text by a process of its own, and whatever goes wrong there costs one file only."""

import importlib.util
import io
import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageDraw, ImageFilter

from registry.facts import Address, DocumentFacts, PersonName, Reading, ReadState
from registry.papers import Answer, address_on_paper, name_on_paper, statement_date
from tasks.documents import images
from tasks.documents.kinds import JPEG, TIFF
from tasks.documents.limits import Limits
from tasks.documents.looks import Look, answer, understood
from tasks.documents.ocr import PictureReader, _Worker
from tasks.documents.ocr_lines import Place, text_of
from tasks.documents.rasters import Raster, packed, raster_of, rasters_of_pdf, unpacked
from tasks.documents.reading import read_documents
from tasks.sampling.bills import utility_bill
from tasks.sampling.faces import draw_face
from tasks.sampling.places import Home, pick_home
from tasks.sampling.sheet_image import jpeg_of, sheet_to_image
from tasks.sampling.sheet_pdf import sheet_to_pdf
from tasks.sampling.stationery import Proof

_spec = importlib.util.spec_from_file_location("uploads", Path(__file__).with_name("conftest.py"))
assert _spec is not None
assert _spec.loader is not None
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

LIMITS = Limits()
MARIA = PersonName("Maria", "", "Santos", "")
DAY = date(2026, 11, 3)
HOME = pick_home(Random(5))
SCAN = Look(ReadState.NO_TEXT, "A scan.", "image/jpeg", 1)


def bill_page() -> Image.Image:
    return sheet_to_image(utility_bill(Proof(("Maria Santos",), HOME, DAY, "sans"), Random(3)), 96)


def scanned_bill() -> bytes:
    """A page scanned at 96 dots an inch, as a PDF without text."""
    sheet = utility_bill(Proof(("Maria Santos",), HOME, DAY, "sans"), Random(3))
    return sheet_to_pdf(sheet, jpeg_of(bill_page(), 45), searchable=False)


def photographed_bill() -> bytes:
    """A page on a dark table, four degrees askew, seen from the side, in a light that falls off, and sideways."""
    page = bill_page().resize((1632, 2112))
    table = Image.new("L", (2000, 2500), 90)
    table.paste(page.rotate(4, Image.Resampling.BICUBIC, fillcolor=90, expand=True), (60, 80))
    corners = (0, 0, -60, 2500, 2060, 2440, 1960, 40)
    seen = table.transform(table.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    light = Image.linear_gradient("L").resize(seen.size).point(lambda level: 150 + level * 105 // 255)
    return jpeg_of(Image.composite(seen, Image.new("L", seen.size), light).transpose(Image.Transpose.ROTATE_90), 60)


UPLOADS: dict[str, Callable[[], bytes]] = {
    "scan": scanned_bill,
    "photo": photographed_bill,
    "blank": lambda: jpeg_of(Image.new("L", (900, 1200), 250)),
    "noise": lambda: make.picture("PNG", (700, 500)),
    "blurred": lambda: jpeg_of(bill_page().resize((560, 725)).filter(ImageFilter.GaussianBlur(1.1)), 25),
    "portrait": lambda: jpeg_of(draw_face(4, 480, 600)),
}


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> dict[str, DocumentFacts]:
    """The uploads above by their description, looked at in one go as in a night."""
    folder = tmp_path_factory.mktemp("uploads")
    paths = []
    for name, data in UPLOADS.items():
        (folder / name).write_bytes(data())
        paths.append((name, folder / name))
    return {facts.sha256: facts for facts in read_documents(paths, 1)}


def address_of(home: Home) -> Address:
    return Address(home.line(), home.unit_line(), home.city, home.state, home.zip5)


@pytest.mark.parametrize("name", ["scan", "photo"])
def test_a_bill_that_is_a_picture_is_read_to_its_name_address_and_date(
    name: str, looked_at: dict[str, DocumentFacts]
) -> None:
    facts = looked_at[name]
    assert (facts.state, facts.text_source, facts.why, facts.reader) == (ReadState.TEXT, "ocr", "", "text/2")
    assert name_on_paper(facts.text, MARIA) is Answer.AGREES
    assert name_on_paper(facts.text, replace(MARIA, last="Santoro")) is not Answer.AGREES
    assert address_on_paper(facts.text, address_of(HOME)) is Answer.AGREES
    assert statement_date(facts.text) == DAY


@pytest.mark.parametrize("name", ["blank", "noise", "blurred", "portrait"])
def test_a_picture_without_legible_words_has_no_text(name: str, looked_at: dict[str, DocumentFacts]) -> None:
    facts = looked_at[name]
    assert (facts.state, facts.text, facts.text_source, facts.reader) == (ReadState.NO_TEXT, "", "", "text/2")
    assert facts.why.endswith("and next to no text could be read from it.")


# The process


def page_of(words: str) -> Raster:
    """Large letters on a white page."""
    image = Image.new("L", (800, 400), 255)
    ImageDraw.Draw(image).text((30, 40), words, fill=0, font_size=34)
    return Raster(800, 400, image.tobytes())


PAGE = page_of("MARIA SANTOS\n12 ELM STREET\nHARTFORD CT 06103")


@pytest.fixture(scope="module")
def reader() -> Iterator[PictureReader]:
    made = PictureReader(replace(LIMITS, ocr_page_seconds=10))
    yield made
    if made._worker is not None:
        made._worker.stop()


def test_a_page_is_read_and_a_process_that_is_killed_at_one_costs_that_page_only(reader: PictureReader) -> None:
    assert reader.read(SCAN, [PAGE]).text.splitlines()[:2] == ["MARIA SANTOS", "12 ELM STREET"]
    worker = reader._worker
    assert worker is not None
    os.kill(worker._process.pid, signal.SIGSTOP)
    killer = threading.Timer(0.3, os.kill, (worker._process.pid, signal.SIGKILL))
    killer.start()
    lost = reader.read(SCAN, [PAGE])
    assert (lost.state, lost.why, lost.lasting) == (ReadState.NO_TEXT, "The reader of pictures failed at it.", False)
    assert reader.read(SCAN, [PAGE]).state is ReadState.TEXT


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270], ids=["head", "side"])
def test_a_page_that_stands_on_its_head_or_lies_on_its_side_is_turned(
    turn: Image.Transpose, reader: PictureReader
) -> None:
    turned = Image.frombytes("L", (PAGE.width, PAGE.height), PAGE.pixels).transpose(turn)
    look = reader.read(SCAN, [Raster(turned.width, turned.height, turned.tobytes())])
    assert look.text.splitlines()[:2] == ["MARIA SANTOS", "12 ELM STREET"]


def test_a_process_that_hangs_is_given_up_and_ended() -> None:
    hasty = PictureReader(replace(LIMITS, ocr_page_seconds=0.01))
    hasty._worker = worker = _Worker(LIMITS)
    worker.wait_until_ready()
    worker._limits = hasty._limits
    look = hasty.read(SCAN, [PAGE])
    assert (look.state, look.lasting) == (ReadState.NO_TEXT, False)
    assert look.why == "The reader of pictures took longer than 0.01 seconds."
    assert worker._process.returncode is not None
    assert hasty._worker is None


def test_the_process_is_replaced_after_so_many_pages(reader: PictureReader) -> None:
    reader.read(SCAN, [PAGE])
    assert reader._worker is not None
    reader._worker.pages = 10_000
    assert reader.read(SCAN, [PAGE]).state is ReadState.TEXT
    assert reader._worker is None


@pytest.mark.parametrize(
    "limits", [Limits(ocr_memory_bytes=200_000_000), Limits(ocr_start_seconds=0.01)], ids=["memory", "time"]
)
def test_a_process_that_cannot_start_is_not_tried_for_ever(limits: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = PictureReader(limits)
    looks = [reader.read(SCAN, [PAGE]) for _ in range(2)]
    assert {(look.state, look.lasting) for look in looks} == {(ReadState.NO_TEXT, False)}
    monkeypatch.setattr(subprocess, "Popen", None)
    assert reader.read(SCAN, [PAGE]).why == "The reader of pictures cannot be started on this machine."


@pytest.mark.parametrize(
    "said", ["{}", "[]", '{"text": 5}', "nonsense", '{"text": "a"}\n{"text": "b"}', "x" * 2_000_000]
)
def test_an_answer_that_is_not_as_agreed_is_a_failure_and_no_text(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    liar = tmp_path / "liar.py"
    liar.write_text(
        f"#!{sys.executable}\nprint('{{\"ready\": true}}', flush=True)\ninput()\nprint({said!r}, flush=True)\n"
    )
    liar.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(liar))
    look = PictureReader(LIMITS).read(SCAN, [PAGE])
    assert (look.state, look.text, look.lasting) == (ReadState.NO_TEXT, "", False)


def test_what_a_process_read_comes_without_control_characters_and_cut_to_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(PictureReader, "_words", lambda *_: "Maria\x1b Santos\x00 of Hartford, Elm Street\n" * 9)
    look = PictureReader(Limits(characters=60)).read(SCAN, [PAGE])
    assert look.text == "Maria Santos of Hartford, Elm Street\nMaria Santos of Har"


def test_the_process_has_no_network_writes_no_file_and_dies_with_its_reader() -> None:
    code = (
        "import os; from tasks.documents.cage import leave_network; print(leave_network() or 'walled')\n"
        "from tasks.documents.limits import Limits; from tasks.documents.ocr import _Worker\n"
        "worker = _Worker(Limits()); worker.wait_until_ready(); own = f'/proc/{worker._process.pid}'\n"
        "print(own, os.readlink(own + '/ns/net'), open(own + '/limits').read().split('Max file size')[1].split()[0])\n"
        "import sys; sys.stdout.flush(); os.kill(os.getpid(), 9)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )
    wall, line = ran.stdout.splitlines()
    process, network, file_size = line.split()
    if wall == "walled":
        assert network != str(Path("/proc/self/ns/net").readlink())
    assert file_size == "0"
    assert soon(lambda: has_ended(process))


def has_ended(process: str) -> bool:
    try:
        return Path(process, "stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def soon(true: Callable[[], bool]) -> bool:
    """Whether it becomes true within ten seconds."""
    until = time.monotonic() + 10
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


# Pixels


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


# Pictures


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
    for kind, format_name, heights in ((TIFF, "TIFF", [300, 301]), (images.GIF, "GIF", [300])):
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


# What crosses the pipe


def test_readings_and_the_source_of_the_text_come_back_whole_and_reach_the_facts() -> None:
    look = Look(ReadState.TEXT, "", "image/png", 1, "words", "ocr", (CARD, replace(CARD, box=())))
    assert understood(answer(look), LIMITS) == look
    facts = look.facts("digest")
    assert (facts.text_source, facts.readings) == ("ocr", look.readings)


@pytest.mark.parametrize(
    "change",
    [
        {"what": "diagnosis"},
        {"value": "two\nlines"},
        {"value": "x" * 121},
        {"value": 5},
        {"source": "hearsay"},
        {"page": 0},
        {"page": True},
        {"box": [0.1, 0.2, 0.3]},
        {"box": [0.1, 0.2, 0.3, 1.1]},
        {"box": [0.1, 0.2, 0.3, math.nan]},
        {"box": [0.1, 0.2, 0.3, "1"]},
        {"confidence_percent": 101},
        {"owner": "me"},
    ],
    ids=str,
)
def test_a_reading_that_is_not_as_agreed_is_no_answer(change: dict[str, object]) -> None:
    said = json.loads(answer(Look(ReadState.NO_TEXT, readings=(CARD,))))
    said["readings"][0] |= change
    assert understood(json.dumps(said).encode() + b"\n", LIMITS) is None


@pytest.mark.parametrize(
    "change", [{"readings": {}}, {"readings": [5]}, {"readings": 65 * [0]}, {"text_source": "dream"}], ids=str
)
def test_a_look_with_fields_that_were_not_agreed_is_no_answer(change: dict[str, object]) -> None:
    said = json.loads(answer(Look(ReadState.NO_TEXT))) | change
    assert understood(json.dumps(said).encode() + b"\n", LIMITS) is None


def test_an_answer_longer_than_the_limit_is_no_answer_though_pixels_may_be() -> None:
    assert understood(answer(Look(ReadState.TEXT, text="x" * 500_000)), LIMITS) is None


# Lines


def place(words: str, left: float, top: float, width: float, confidence: float = 0.99, turn: float = 0.0) -> Place:
    """Words twenty pixels high; the whole page turned by `turn` degrees around its corner."""
    corners = [(left, top), (left + width, top), (left + width, top + 20), (left, top + 20)]
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return Place([(x * cos - y * sin, x * sin + y * cos) for x, y in corners], words, confidence)


def bill(turn: float = 0.0) -> Sequence[Place]:
    return [
        place("HARTFORD CT 06103", 50, 150, 220, turn=turn),
        place("MARIA SANTOS", 50, 100, 160, turn=turn),
        place("12 ELM ST", 52, 126, 110, turn=turn),
        place("Bill date", 600, 98, 90, turn=turn),
        place("11/03/2026", 705, 101, 100, turn=turn),
        place("Due 11/20/2026", 600, 138, 140, turn=turn),
    ]


@pytest.mark.parametrize("turn", [0.0, 3.0, -6.0, 15.0])
def test_places_become_lines_with_columns_apart_however_the_page_lies(turn: float) -> None:
    lines = ["MARIA SANTOS\tBill date 11/03/2026", "12 ELM ST", "\tDue 11/20/2026", "HARTFORD CT 06103"]
    assert text_of(bill(turn), 1000).split("\n") == lines


def test_a_line_seen_from_the_side_stays_one_line() -> None:
    falling = [place(f"word{number}", 10 + number * 110, 100 + number * 6, 100) for number in range(6)]
    assert text_of(falling, 1000) == "word0 word1 word2 word3 word4 word5"


def test_of_a_page_that_is_hardly_legible_nothing_is_kept() -> None:
    assert text_of([place("MARIA SANTOS", 10, 10, 80, 0.99), place("12 ELN STREET", 10, 40, 80, 0.85)], 1000) == ""
    assert text_of([place("MARIA SANTOS", 10, 10, 80, 0.99), place("12 ELM", 10, 40, 80, 0.85)], 1000)


def test_what_was_read_without_confidence_is_left_out() -> None:
    assert text_of([place("MARIA", 10, 10, 80), place("SANT0S", 100, 10, 80, confidence=0.4)], 1000) == "MARIA"


def test_one_place_above_another_is_another_line() -> None:
    assert text_of([place("below", 10, 33, 50), place("above", 10, 10, 50)], 1000) == "above\nbelow"


def test_nothing_read_is_no_text() -> None:
    assert text_of([], 1000) == ""
