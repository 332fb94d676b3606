"""The drawing code made to err on purpose: what it gets wrong in one place only has to be seen."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from registry.issuance import CertificateKind, IssuanceOrder
from tasks.engraving import card, certificate, content, layout, letter
from tasks.engraving.draft import Draft
from tasks.engraving.paper import Paper
from tasks.engraving.sheet import Sheet

Part = Callable[[Paper, Draft], None]
Problems = Callable[[IssuanceOrder], tuple[str, ...]]
UNSEEN = "the page holds something besides visible text and lines"


def erring(part: Part, **wrong: str) -> Part:
    def drawn(paper: Paper, draft: Draft) -> None:
        part(paper, replace(draft, content=replace(draft.content, values=draft.content.values | wrong)))

    return drawn


@pytest.fixture
def problems(
    draw_slowly: Callable[[IssuanceOrder], bytes],
    problems_of: Callable[[bytes, IssuanceOrder], tuple[str, ...]],
) -> Problems:
    """What proof-reading says against what the erring code draws."""
    return lambda order: problems_of(draw_slowly(order), order)


def test_drawing_without_a_mistake_has_no_problem(
    draw_slowly: Callable[[IssuanceOrder], bytes],
    read_back: Callable[[bytes, IssuanceOrder], object],
    order: IssuanceOrder,
) -> None:
    assert read_back(draw_slowly(order), order)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", "Maria Elena Lopes"),
        ("registration_number", "MMP-0048214"),
        ("date_of_birth", "March 5, 1971"),
        ("expires", "September 30, 2028"),
        ("role", "Caregiver"),
        ("serial", "MM26-0000123-08"),
        ("monthly_allotment", "3 oz"),
    ],
)
def test_a_slip_on_the_card_alone_is_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder, field: str, wrong: str
) -> None:
    monkeypatch.setattr(card, "draw_facts", erring(card.draw_facts, **{field: wrong}))
    found = problems(order)
    assert any(problem.startswith("card") and field.replace("_", " ") in problem for problem in found)
    assert not any(problem.startswith("panel") for problem in found)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("valid_from", "November 23, 2026"), ("expires", "September 3, 2027"), ("dosage_restrictions", "None.")],
)
def test_a_slip_in_the_panel_alone_is_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder, field: str, wrong: str
) -> None:
    monkeypatch.setattr(letter, "draw_facts", erring(letter.draw_facts, **{field: wrong}))
    found = problems(replace(order, dosage_restrictions="Tinctures only."))
    assert any(problem.startswith("panel") for problem in found)
    assert not any(problem.startswith("card") for problem in found)


def test_a_field_that_the_order_does_not_have_is_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder
) -> None:
    right = content.content
    more = replace(order, dosage_restrictions="None.")
    monkeypatch.setattr(certificate, "content", lambda _, words: right(more, words))
    assert problems(order) == ("panel: text that belongs to no field, or fixed words that are missing",)


def test_two_dates_under_each_others_label_are_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder
) -> None:
    swapped = {"valid_from": content.long_date(order.expires_on), "expires": content.long_date(order.issued_on)}
    monkeypatch.setattr(letter, "draw_facts", erring(letter.draw_facts, **swapped))
    assert {"panel: valid from: differs from the order", "panel: expires: differs from the order"} <= set(
        problems(order)
    )


def test_dates_printed_a_day_late_everywhere_are_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder
) -> None:
    right = content.long_date
    monkeypatch.setattr(content, "long_date", lambda day: right(day + timedelta(days=1)))
    found = problems(order)
    assert "a date stands on the page that is not the order's" in found
    assert "card front: expires: differs from the order" in found


def test_a_letter_in_the_words_of_the_other_kind_is_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder
) -> None:
    right = content.content
    other = replace(order, kind=CertificateKind.TEMPORARY)
    monkeypatch.setattr(certificate, "content", lambda _, words: right(other, words))
    assert set(problems(order)) == {
        "kind: the letter's text is that of the other kind",
        "letter: its words are not those of the wording, filled in from the order",
    }


def test_a_title_of_the_other_kind_is_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder
) -> None:
    right = letter.draw_form
    other = CertificateKind.TEMPORARY
    monkeypatch.setattr(letter, "draw_form", lambda sheet, draft: right(sheet, replace(draft, kind=other)))
    assert {"kind: the letter does not say PERMANENT", "kind: the letter says TEMPORARY"} <= set(problems(order))


@pytest.mark.parametrize(
    ("measure", "value", "told"),
    [
        ("CARD_PADDING", -3.0, "card back: a text leaves its frame"),
        ("FOOT", -9.0, "card"),
        ("CARD_HEIGHT", 140.0, "the outline of a CR80 card"),
        ("ADDRESS_LAST_BASELINE", 480.0, "address"),
        ("BAND_PADDING", -80.0, "a text leaves the page"),
        ("GREETING_BASELINE", 540.0, "address"),
    ],
)
def test_text_out_of_its_place_is_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder, measure: str, value: float, told: str
) -> None:
    monkeypatch.setattr(layout, measure, value)
    monkeypatch.setattr(card, "_PAIR", (card._FRONT, layout.CARD_BOTTOM, 2 * layout.CARD_WIDTH, layout.CARD_HEIGHT))
    assert any(told in problem for problem in problems(order))


def drawn_upon(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder, upon: Callable[[Any], None]
) -> tuple[str, ...]:
    right = card.draw_facts

    def and_more(sheet: Sheet, draft: Draft) -> None:
        right(sheet, draft)
        with sheet.drawing() as canvas:
            upon(canvas)

    monkeypatch.setattr(card, "draw_facts", and_more)
    return problems(order)


def test_a_font_that_is_not_embedded_is_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder
) -> None:
    def more(canvas: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(400, 600, "more")

    assert "a font is not embedded" in drawn_upon(monkeypatch, problems, order, more)


def test_text_that_nobody_can_see_is_noticed(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder
) -> None:
    def more(canvas: Any) -> None:
        canvas.setFont("NotoSans-Regular", 8)
        canvas.drawString(400, 600, "more", mode=3)

    assert UNSEEN in drawn_upon(monkeypatch, problems, order, more)


@pytest.mark.parametrize("place", [(70, 110, 120, 30), (62, 560, 200, 40), (80, 30, 60, 8)])
def test_text_that_was_painted_over_is_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder, place: tuple[int, int, int, int]
) -> None:
    def more(canvas: Any) -> None:
        canvas.setFillGray(1)
        canvas.rect(*place, stroke=0, fill=1)

    assert drawn_upon(monkeypatch, problems, order, more) == (UNSEEN,)


@pytest.mark.parametrize(
    ("style", "colour"),
    [("CARD_NAME", layout.WHITE), ("VALUE_STRONG", "#FAFAFA"), ("TITLE", "#163E60"), ("BODY", "#DDDDDD")],
)
def test_text_in_the_colour_of_its_ground_is_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder, style: str, colour: str
) -> None:
    monkeypatch.setattr(layout, style, replace(getattr(layout, style), colour=colour))
    assert problems(order) == (UNSEEN,)


@pytest.mark.parametrize(("x", "y"), [(90, 60), (330, 90), (80, 300), (100, 600), (450, 640), (300, 12)])
def test_a_word_too_many_is_seen(
    monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder, x: float, y: float
) -> None:
    def more(canvas: Any) -> None:
        canvas.setFont("NotoSans-Regular", 8)
        canvas.drawString(x, y, "VOID")

    assert drawn_upon(monkeypatch, problems, order, more)


def test_a_link_on_the_page_is_seen(monkeypatch: pytest.MonkeyPatch, problems: Problems, order: IssuanceOrder) -> None:
    def more(canvas: Any) -> None:
        canvas.linkURL("https://example.org", (0, 0, 99, 99))

    assert UNSEEN in drawn_upon(monkeypatch, problems, order, more)
