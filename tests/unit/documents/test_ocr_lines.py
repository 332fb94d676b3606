"""Places that were read become lines, however the page lies."""

import math
from collections.abc import Sequence

import pytest

from tasks.documents.ocr_lines import Place, lines_of


def place(words: str, left: float, top: float, width: float, confidence: float = 0.99, turn: float = 0.0) -> Place:
    """Words twenty pixels high; the whole page turned by `turn` degrees around its corner."""
    corners = [(left, top), (left + width, top), (left + width, top + 20), (left, top + 20)]
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return Place([(x * cos - y * sin, x * sin + y * cos) for x, y in corners], words, confidence)


def text_of(places: Sequence[Place]) -> str:
    return "\n".join(line.text for line in lines_of(places, 1000))


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
    assert text_of(bill(turn)).split("\n") == lines


def test_a_line_seen_from_the_side_stays_one_line() -> None:
    falling = [place(f"word{number}", 10 + number * 110, 100 + number * 6, 100) for number in range(6)]
    assert text_of(falling) == "word0 word1 word2 word3 word4 word5"


def test_of_a_page_that_is_hardly_legible_nothing_is_kept() -> None:
    assert text_of([place("MARIA SANTOS", 10, 10, 80, 0.99), place("12 ELN STREET", 10, 40, 80, 0.85)]) == ""
    assert text_of([place("MARIA SANTOS", 10, 10, 80, 0.99), place("12 ELM", 10, 40, 80, 0.85)])


def test_what_was_read_without_confidence_is_left_out() -> None:
    assert text_of([place("MARIA", 10, 10, 80), place("SANT0S", 100, 10, 80, confidence=0.4)]) == "MARIA"


def test_one_place_above_another_is_another_line() -> None:
    assert text_of([place("below", 10, 33, 50), place("above", 10, 10, 50)]) == "above\nbelow"


def test_a_line_tells_the_place_that_all_its_pieces_take_and_the_least_confidence() -> None:
    (line,) = lines_of([place("Bill date", 600, 98, 90, 0.97), place("MARIA SANTOS", 50, 100, 160, 0.99)], 1000)
    assert line == ("MARIA SANTOS\tBill date", (50, 98, 690, 120), 0.97)


def test_nothing_read_is_no_text() -> None:
    assert text_of([]) == ""
