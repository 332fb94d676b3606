import pytest

from tasks.engraving.errors import TextDoesNotFitError
from tasks.engraving.fitting import Words, fit, prose
from tasks.engraving.layout import Style

STYLE = Style(10, False, "#000000", 12)
NAME = "Maximiliana-Alexandrina Wolfeschlegelstein-Hausenberger"


def width(text: str) -> float:
    return fit(text, STYLE, 10_000, 1, "name").lines[0].advance / 100


def test_a_text_that_fits_keeps_its_size() -> None:
    block = fit(NAME, STYLE, width(NAME) + 0.1, 1, "name")
    assert (block.size, len(block.lines)) == (10, 1)


def test_a_text_a_little_too_long_shrinks_just_enough() -> None:
    room = width(NAME) * 0.9
    block = fit(NAME, STYLE, room, 2, "name")
    assert len(block.lines) == 1
    assert 8.2 <= block.size < 10
    assert room - 1 < block.lines[0].advance * block.size / 1000 <= room


def test_what_would_shrink_below_82_percent_is_broken_in_two_balanced_lines() -> None:
    block = fit(NAME, STYLE, width(NAME) * 0.6, 2, "name")
    assert ["".join(run.text for run in line.runs) for line in block.lines] == [
        "Maximiliana-Alexandrina",
        "Wolfeschlegelstein-Hausenberger",
    ]
    assert block.size == 10


def test_a_word_is_broken_after_its_hyphen_and_keeps_it() -> None:
    block = fit("Featherstonehaugh-Cholmondeley", STYLE, width("Featherstonehaugh-") * 1.02, 2, "name")
    assert ["".join(run.text for run in line.runs) for line in block.lines] == ["Featherstonehaugh-", "Cholmondeley"]


@pytest.mark.parametrize("text", [NAME * 3, "W" * 60, "- " * 4000, "a " * 4000])
def test_what_fits_in_no_way_is_refused_by_field_and_without_its_text(text: str) -> None:
    with pytest.raises(TextDoesNotFitError) as refused:
        fit(text, STYLE, 120, 2, "caregiver")
    assert refused.value.field == "caregiver"
    assert text not in str(refused.value)


def test_prose_fills_its_lines_and_loses_no_word() -> None:
    words = (Words("Carry it", bold=True), Words("with a photo ID at all times, please.", bold=False))
    lines = prose(words, 10, 90, "letter")
    stretches = ["".join(str(run.text) for run in stretch.runs) for line in lines for stretch in line]
    assert "".join(stretches) == "Carry it with a photo ID at all times, please. "
    assert stretches[0] == "Carry it "
    assert len(lines) > 2


def test_a_line_of_prose_changes_its_weight_where_the_words_do() -> None:
    ((bold, plain),) = prose((Words("Carry it", bold=True), Words("with you", bold=False)), 10, 900, "letter")
    assert [str(stretch.runs[0].face.fontName) for stretch in (bold, plain)] == ["NotoSans-Bold", "NotoSans-Regular"]


def test_prose_with_a_word_wider_than_the_line_is_refused() -> None:
    with pytest.raises(TextDoesNotFitError):
        prose((Words("W" * 40, bold=False),), 10, 90, "letter")
