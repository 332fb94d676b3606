"""What a child says is taken only as it was agreed."""

import json
import math
from dataclasses import replace

import pytest

from registry.facts import Reading, ReadState, Spot
from tasks.documents.limits import Limits
from tasks.documents.looks import Look, answer, understood

LIMITS = Limits()
SPOT = Spot(1, (0.1, 0.2, 0.5, 0.25), 97)
CARD = Reading("last_name", "SANTOS", "barcode", 1, (0.1, 0.5, 0.9, 1), 100)


def test_readings_and_the_source_of_the_text_come_back_whole_and_reach_the_facts() -> None:
    spots = (SPOT, replace(SPOT, page=2, turn_degrees=270))
    look = Look(ReadState.TEXT, "", "image/png", 1, "two\nlines", "ocr", spots, (CARD, replace(CARD, box=())))
    assert understood(answer(look), LIMITS) == look
    facts = look.facts("digest")
    assert (facts.text_source, facts.spots, facts.readings) == ("ocr", spots, look.readings)


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
    "spots",
    [
        [],
        [[1, [0.1, 0.2, 0.5, 0.25], 97, 0], [1, [0.1, 0.2, 0.5, 0.25], 97, 0]],
        [[0, [0.1, 0.2, 0.5, 0.25], 97, 0]],
        [[1, [0.1, 0.2, 0.5], 97, 0]],
        [[1, [0.1, 0.2, 0.5, 1.25], 97, 0]],
        [[1, [], 97, 0]],
        [[1, [0.1, 0.2, 0.5, 0.25], 101, 0]],
        [[1, [0.1, 0.2, 0.5, 0.25], 97, 45]],
        [[1, [0.1, 0.2, 0.5, 0.25], 97]],
        "1",
    ],
    ids=str,
)
def test_a_text_without_the_place_of_each_of_its_lines_is_no_answer(spots: object) -> None:
    said = json.loads(answer(Look(ReadState.TEXT, text="one line", text_source="layer", spots=(SPOT,))))
    assert understood(json.dumps(said).encode() + b"\n", LIMITS) is not None
    assert understood(json.dumps(said | {"spots": spots}).encode() + b"\n", LIMITS) is None


@pytest.mark.parametrize(
    "change", [{"readings": {}}, {"readings": [5]}, {"readings": 65 * [0]}, {"text_source": "dream"}], ids=str
)
def test_a_look_with_fields_that_were_not_agreed_is_no_answer(change: dict[str, object]) -> None:
    said = json.loads(answer(Look(ReadState.NO_TEXT))) | change
    assert understood(json.dumps(said).encode() + b"\n", LIMITS) is None


def test_an_answer_longer_than_the_limit_is_no_answer_though_pixels_may_be() -> None:
    assert understood(answer(Look(ReadState.TEXT, text="x" * 500_000)), LIMITS) is None


@pytest.mark.parametrize("said", ["0g" * 256, "00" * 255, "00" * 257, "00" * 256 + "\n", 256 * [0], None, 5], ids=str)
def test_a_print_that_is_not_as_agreed_is_no_answer(said: object) -> None:
    look = Look(ReadState.NO_TEXT, page_print="0f" * 256)
    assert understood(answer(look), LIMITS) == look
    assert look.facts("digest").page_print == "0f" * 256
    plain = json.loads(answer(look)) | {"page_print": said}
    assert understood(json.dumps(plain).encode() + b"\n", LIMITS) is None
