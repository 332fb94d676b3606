"""The drawing code made to err on purpose: what it gets wrong in one place only has to be seen."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from registry.issuance import IssuanceOrder
from tasks import engraving
from tasks.engraving import card, certificate, content, layout, letter
from tasks.engraving.draft import Draft
from tasks.proofing import ProofError, proof

Part = Callable[[Draft], None]


def erring(part: Part, **wrong: str) -> Part:
    return lambda draft: part(replace(draft, content=replace(draft.content, values=draft.content.values | wrong)))


def problems(order: IssuanceOrder) -> tuple[str, ...]:
    with pytest.raises(ProofError) as refused:
        proof(engraving.draw(order), order)
    return refused.value.problems


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
    monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder, field: str, wrong: str
) -> None:
    monkeypatch.setattr(certificate, "draw_card", erring(card.draw_card, **{field: wrong}))
    found = problems(order)
    assert any(problem.startswith("card") and field.replace("_", " ") in problem for problem in found)
    assert not any(problem.startswith("panel") for problem in found)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("valid_from", "November 23, 2026"), ("expires", "September 3, 2027"), ("dosage_restrictions", "None.")],
)
def test_a_slip_in_the_panel_alone_is_seen(
    monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder, field: str, wrong: str
) -> None:
    monkeypatch.setattr(certificate, "draw_letter", erring(letter.draw_letter, **{field: wrong}))
    found = problems(order)
    assert any(problem.startswith("panel") for problem in found)
    assert not any(problem.startswith("card") for problem in found)


def test_two_dates_under_each_others_label_are_seen(monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder) -> None:
    swapped = {"valid_from": content.long_date(order.expires_on), "expires": content.long_date(order.issued_on)}
    monkeypatch.setattr(certificate, "draw_letter", erring(letter.draw_letter, **swapped))
    assert {"panel: valid from: differs from the order", "panel: expires: differs from the order"} <= set(
        problems(order)
    )


def test_dates_printed_a_day_late_everywhere_are_seen(monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder) -> None:
    from datetime import timedelta

    right = content.long_date
    monkeypatch.setattr(content, "long_date", lambda day: right(day + timedelta(days=1)))
    found = problems(order)
    assert "a date stands on the page that is not the order's" in found
    assert "card front: expires: differs from the order" in found


def test_a_letter_in_the_words_of_the_other_kind_is_seen(monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder) -> None:
    from registry.issuance import CertificateKind

    right = content.content
    other = replace(order, kind=CertificateKind.TEMPORARY)
    monkeypatch.setattr(certificate, "content", lambda _, words: right(other, words))
    assert set(problems(order)) == {
        "kind: the letter's text is that of the other kind",
        "letter: its words are not those of the wording, filled in from the order",
    }


def test_a_title_of_the_other_kind_is_seen(monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder) -> None:
    from registry.issuance import CertificateKind

    right = letter.draw_letter
    monkeypatch.setattr(certificate, "draw_letter", lambda draft: right(replace(draft, kind=CertificateKind.TEMPORARY)))
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
    monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder, measure: str, value: float, told: str
) -> None:
    monkeypatch.setattr(layout, measure, value)
    monkeypatch.setattr(card, "_PAIR", (card._FRONT, layout.CARD_BOTTOM, 2 * layout.CARD_WIDTH, layout.CARD_HEIGHT))
    assert any(told in problem for problem in problems(order))


def drawn_upon(
    monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder, upon: Callable[[object], None]
) -> tuple[str, ...]:
    def and_more(draft: Draft) -> None:
        card.draw_card(draft)
        upon(draft.sheet._canvas)

    monkeypatch.setattr(certificate, "draw_card", and_more)
    return problems(order)


def test_a_font_that_is_not_embedded_is_seen(monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder) -> None:
    def more(canvas: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(400, 600, "more")  # type: ignore[attr-defined]

    assert "a font is not embedded" in drawn_upon(monkeypatch, order, more)


def test_text_that_nobody_can_see_is_noticed(monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder) -> None:
    def more(canvas: object) -> None:
        canvas.setFont("NotoSans-Regular", 8)  # type: ignore[attr-defined]
        canvas.drawString(400, 600, "more", mode=3)  # type: ignore[attr-defined]

    assert "the page holds something besides visible text and lines" in drawn_upon(monkeypatch, order, more)


@pytest.mark.parametrize(("x", "y"), [(90, 60), (330, 90), (80, 300), (100, 600), (450, 640), (300, 12)])
def test_a_word_too_many_is_seen(monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder, x: float, y: float) -> None:
    def more(canvas: object) -> None:
        canvas.setFont("NotoSans-Regular", 8)  # type: ignore[attr-defined]
        canvas.drawString(x, y, "VOID")  # type: ignore[attr-defined]

    assert drawn_upon(monkeypatch, order, more)


def test_a_link_on_the_page_is_seen(monkeypatch: pytest.MonkeyPatch, order: IssuanceOrder) -> None:
    def more(canvas: object) -> None:
        canvas.linkURL("https://example.org", (0, 0, 99, 99))  # type: ignore[attr-defined]

    assert "the page holds something besides visible text and lines" in drawn_upon(monkeypatch, order, more)
