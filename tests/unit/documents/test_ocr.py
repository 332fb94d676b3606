"""Pictures and scans become text by a process of its own, and whatever goes wrong there costs one file only."""

import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageDraw, ImageFilter

from registry.facts import Address, DocumentFacts, PersonName, ReadState, Spot
from registry.papers import Answer, address_on_paper, name_on_paper, statement_date
from tasks.documents import READER
from tasks.documents.limits import Limits
from tasks.documents.lines import ReadLine
from tasks.documents.looks import Look
from tasks.documents.ocr import PictureReader, _Worker
from tasks.documents.rasters import Raster
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
    assert (facts.state, facts.text_source, facts.why, facts.reader) == (ReadState.TEXT, "ocr", "", READER)
    assert name_on_paper(facts.text, MARIA) is Answer.AGREES
    assert name_on_paper(facts.text, replace(MARIA, last="Santoro")) is not Answer.AGREES
    assert address_on_paper(facts.text, address_of(HOME)) is Answer.AGREES
    assert statement_date(facts.text) == DAY


def test_each_line_tells_its_place_on_the_picture_as_it_came_and_how_the_page_lies(
    looked_at: dict[str, DocumentFacts],
) -> None:
    for name, turn in (("scan", 0), ("photo", 90)):
        facts = looked_at[name]
        lines = facts.text.split("\n")
        assert len(lines) == len(facts.spots)
        assert {(spot.page, spot.turn_degrees) for spot in facts.spots} == {(1, turn)}
        middles = [(spot.box[0] + spot.box[2]) / 2 for spot in facts.spots]
        tops = [spot.box[1] for spot in facts.spots]
        along = tops if turn == 0 else middles  # lines of a page on its left side run upwards, one beside the other
        assert abs(along[-1] - along[0]) > 0.5


@pytest.mark.parametrize("name", ["blank", "noise", "blurred", "portrait"])
def test_a_picture_without_legible_words_has_no_text(name: str, looked_at: dict[str, DocumentFacts]) -> None:
    facts = looked_at[name]
    assert (facts.state, facts.text, facts.text_source, facts.reader) == (ReadState.NO_TEXT, "", "", READER)
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
    line = ReadLine("Maria\x1b Santos\x00 of Hartford, Elm\nStreet", Spot(1, (0.1, 0.1, 0.9, 0.2), 97))
    monkeypatch.setattr(PictureReader, "_lines", lambda *_: 9 * [line])
    look = PictureReader(Limits(characters=80)).read(SCAN, [PAGE])
    assert look.text == "Maria Santos of Hartford, Elm Street\nMaria Santos of Hartford, Elm Street"
    assert look.spots == 2 * (line.spot,)


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
