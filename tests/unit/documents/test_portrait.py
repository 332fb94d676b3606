"""A picture's measures are taken as it was sent, are found in what people send, and cross the pipe only as agreed."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageFilter, ImageOps

from registry.codec import pack, unpack
from registry.facts import DocumentFacts, Reading, ReadState
from registry.pictures import Portrait
from tasks.documents import images
from tasks.documents.kinds import JPEG
from tasks.documents.limits import Limits
from tasks.documents.looks import Look, answer, understood
from tasks.documents.portrait import measure
from tasks.sampling.faces import draw_face

Read = Callable[..., DocumentFacts]
LIMITS = Limits()
SIZE = (480, 600)
PORTRAIT = Portrait(480, 600, 150, 1, 40, 120, 130)
ROOT = Path(__file__).parents[3]


def face(seed: int = 3) -> Image.Image:
    return draw_face(seed, *SIZE)


def jpeg(image: Image.Image, turn: int = 1) -> bytes:
    notes, stream = Image.Exif(), io.BytesIO()
    notes[0x0112] = turn
    image.save(stream, "JPEG", quality=60, exif=notes)
    return stream.getvalue()


def of(image: Image.Image) -> Portrait:
    return measure(image, image.size)


def test_a_drawn_portrait_shows_one_face_of_sensible_measures() -> None:
    seen = [of(Image.open(io.BytesIO(jpeg(face(seed))))) for seed in range(20)]
    assert [each.faces for each in seen] == [1] * 20
    assert all(25 <= each.face_height_percent <= 60 for each in seen)
    assert min(each.sharpness for each in seen) > 30


def test_faces_are_counted_and_the_largest_is_measured() -> None:
    wide = Image.new("L", (1000, 600), 210)
    wide.paste(face(), (0, 0))
    wide.paste(face(5).resize((400, 500)), (560, 50))
    seen = of(wide)
    assert seen.faces == 2
    assert seen.face_height_percent == pytest.approx(of(face()).face_height_percent, abs=5)


@pytest.mark.parametrize(
    "image",
    [
        Image.linear_gradient("L").resize(SIZE),
        Image.effect_noise(SIZE, 60),
        ImageOps.flip(face()),
        Image.new("L", SIZE, 240),
    ],
    ids=["gradient", "noise", "upside down", "blank"],
)
def test_a_picture_without_an_upright_face_has_none(image: Image.Image) -> None:
    seen = of(image)
    assert (seen.faces, seen.face_height_percent) == (0, 0)


def test_a_blurred_face_is_told_from_a_sharp_one_at_any_size() -> None:
    for size in (SIZE, (960, 1200), (240, 300)):
        sharp = face().resize(size)
        soft = sharp.filter(ImageFilter.GaussianBlur(0.012 * size[1]))
        assert (of(sharp).faces, of(soft).faces) == (1, 1)
        assert of(sharp).sharpness > 40
        assert of(soft).sharpness < 15


def test_light_and_contrast_are_those_of_the_picture() -> None:
    bright, dark = of(face()), of(face().point(lambda level: level // 4))
    assert dark.brightness_levels == pytest.approx(bright.brightness_levels / 4, abs=3)
    assert dark.contrast_levels == pytest.approx(bright.contrast_levels / 4, abs=3)
    assert of(Image.new("L", SIZE, 7)) == Portrait(480, 600, 0, 0, 0, 0, 7)


def test_a_large_photograph_is_measured_at_its_own_size_and_turned_as_its_notes_say() -> None:
    lying = face().resize((2400, 3000)).resize((6400, 8000)).transpose(Image.Transpose.ROTATE_90)
    look, _ = images.look_at_image(jpeg(lying, 6), JPEG, replace(LIMITS, pixels=60_000_000))
    assert look.portrait is not None
    assert (look.portrait.width_pixels, look.portrait.height_pixels, look.portrait.faces) == (6400, 8000, 1)


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (1, 4000), (4000, 1), (31, 17)], ids=str)
def test_a_picture_of_any_shape_can_be_measured(size: tuple[int, int]) -> None:
    seen = of(Image.effect_noise(size, 60))
    assert (seen.width_pixels, seen.height_pixels) == size


def test_a_card_whose_barcode_was_read_is_not_searched_for_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    card = Reading("last_name", "SANTOS", "barcode", 1, (), 100)
    monkeypatch.setattr("tasks.documents.barcode.read_card", lambda *_: (card,))
    monkeypatch.setattr("tasks.documents.images.measure", lambda *_: pytest.fail("it was searched"))
    look, _ = images.look_at_image(jpeg(face()), JPEG, LIMITS)
    assert (look.readings, look.portrait) == ((card,), None)


def test_a_picture_that_trips_the_measuring_is_left_unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.documents.images.measure", lambda *_: json.loads("{"))
    look, _ = images.look_at_image(jpeg(face()), JPEG, LIMITS)
    assert (look.state, look.portrait) == (ReadState.NO_TEXT, None)


def test_measures_survive_the_pipe_and_the_ledger(read: Read) -> None:
    facts = read(jpeg(face()))
    assert facts.portrait == of(Image.open(io.BytesIO(jpeg(face()))))
    assert unpack(DocumentFacts, json.loads(json.dumps(pack(facts)))) == facts
    assert unpack(DocumentFacts, pack(replace(facts, portrait=None))).portrait is None


@pytest.mark.parametrize(
    "change",
    [
        {"faces": -1},
        {"faces": 1.0},
        {"faces": True},
        {"faces": 1_001},
        {"face_height_percent": 101},
        {"sharpness": 10**9},
        {"brightness_levels": 256},
        {"contrast_levels": None},
        {"width_pixels": "480"},
        {"height_pixels": 10**7},
        {"owner": 1},
    ],
    ids=str,
)
def test_measures_that_are_not_as_agreed_are_no_answer(change: dict[str, object]) -> None:
    look = Look(ReadState.NO_TEXT, portrait=PORTRAIT)
    assert understood(answer(look), LIMITS) == look
    said = json.loads(answer(look))
    said["portrait"] |= change
    assert understood(json.dumps(said).encode() + b"\n", LIMITS) is None


@pytest.mark.parametrize("portrait", [[], 5, {}, {"faces": 1}], ids=str)
def test_a_portrait_that_is_something_else_is_no_answer(portrait: object) -> None:
    said = json.loads(answer(Look(ReadState.NO_TEXT))) | {"portrait": portrait}
    assert understood(json.dumps(said).encode() + b"\n", LIMITS) is None


def test_a_reader_that_is_warm_has_one_thread() -> None:
    """A child is forked of it, and a lock that another thread holds at that moment would never be given back."""
    code = (
        "import os; from tasks.documents.reader import _warm_up; _warm_up(); print(len(os.listdir('/proc/self/task')))"
    )
    env = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert ended.stdout == "1\n"
