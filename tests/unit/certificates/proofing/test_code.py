"""The code on the card's back: read from the printed page, to the facts of the order."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from registry.credential import Credential, credential
from registry.facts import Role
from registry.issuance import CertificateKind, IssuanceOrder, serial_number
from tasks.authority import Authority, KeyPlaces
from tasks.authority import authority as loaded
from tasks.engraving import card
from tasks.engraving.certificate import Engraver
from tasks.engraving.draft import Draft
from tasks.engraving.sheet import Sheet
from tasks.proofing import proof
from tasks.proofing.reading import Area, opened, picture_of
from tasks.tokens import qr
from tasks.tokens.cose import Signer
from tasks.tokens.cwt import mint, read
from tasks.tokens.keyring import rotate

Draw = Callable[[IssuanceOrder], bytes]
Problems = Callable[[bytes, IssuanceOrder], tuple[str, ...]]
WRONG = [
    ("serial", serial_number(2026, 124), "serial"),
    ("serial", serial_number(2025, 123), "serial"),
    ("registration_number", "MMP-0048214", "registration number"),
    ("role", Role.CAREGIVER, "role"),
    ("kind", CertificateKind.TEMPORARY, "kind"),
    ("name", "Maria Elena Lopes", "name"),
    ("name", "Maria Elena López", "name"),
    ("birth_year", 1972, "year of birth"),
    ("valid_from", date(2026, 11, 21), "valid from"),
    ("expires_on", date(2027, 10, 1), "expires"),
    ("expires_on", date(2028, 9, 30), "expires"),
]
UNREADABLE = "code: it cannot be read from the printed card"


@pytest.mark.parametrize("pixels_per_inch", [110, 150, 300])
def test_the_printed_code_reads_to_the_facts_of_the_order(
    draw: Draw, authority: Authority, variant: IssuanceOrder, pixels_per_inch: int
) -> None:
    with opened(draw(variant)) as page:
        picture = picture_of(page, Area(0, 0, 612, 792), pixels_per_inch / 72)
    (found,) = zxingcpp.read_barcodes(picture)
    assert read(found.text, authority.tokens.public) == credential(variant)


@pytest.mark.parametrize(("field", "wrong", "told"), WRONG)
def test_one_wrong_fact_in_the_code_is_seen(
    engraver: Engraver,
    authority: Authority,
    problems_of: Problems,
    order: IssuanceOrder,
    field: str,
    wrong: object,
    told: str,
) -> None:
    token = mint(replace(credential(order), **{field: wrong}), authority.tokens.active)  # type: ignore[arg-type]
    assert problems_of(engraver.draw(order, token), order) == (f"code: {told} differs from the order",)


def test_every_fact_of_the_code_is_tried_above() -> None:
    assert {field for field, _, _ in WRONG} == {field.name for field in fields(Credential)}


def test_a_code_of_a_foreign_key_is_seen(
    engraver: Engraver, foreign: Authority, problems_of: Problems, order: IssuanceOrder
) -> None:
    (told,) = problems_of(engraver.draw(order, mint(credential(order), foreign.tokens.active)), order)
    assert told.startswith("code: It was signed with a key that is not in the list")


def test_a_code_of_a_foreign_key_under_our_keys_name_is_seen(
    engraver: Engraver, authority: Authority, foreign: Authority, problems_of: Problems, order: IssuanceOrder
) -> None:
    impostor = Signer(authority.tokens.active.key_id, foreign.tokens.active._sign.__self__)  # type: ignore[attr-defined]
    (told,) = problems_of(engraver.draw(order, mint(credential(order), impostor)), order)
    assert told.startswith("code: The signature is wrong")


def test_a_code_that_is_no_token_is_seen(engraver: Engraver, problems_of: Problems, order: IssuanceOrder) -> None:
    (told,) = problems_of(engraver.draw(order, "HTTPS://EXAMPLE.ORG"), order)
    assert told.startswith("code: This is not a code of a certificate")


def test_a_code_of_an_earlier_key_of_ours_passes(
    new_keys: Callable[[Path], KeyPlaces], tmp_path: Path, order: IssuanceOrder
) -> None:
    places = new_keys(tmp_path)
    before = loaded(places, order.issued_on)
    drawn = Engraver(before.seal).draw(order, mint(credential(order), before.tokens.active))
    rotate(places.tokens, order.issued_on)
    after = loaded(places, order.issued_on)
    assert after.tokens.active.key_id != before.tokens.active.key_id
    assert proof(drawn, order, after)


def test_a_missing_code_is_seen(
    monkeypatch: pytest.MonkeyPatch, draw_slowly: Draw, problems_of: Problems, order: IssuanceOrder
) -> None:
    monkeypatch.setattr(qr, "modules", lambda _: np.zeros((49, 49), np.bool_))
    assert problems_of(draw_slowly(order), order) == (UNREADABLE,)


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_a_code_that_was_shrunk_is_seen(
    monkeypatch: pytest.MonkeyPatch, draw_slowly: Draw, problems_of: Problems, order: IssuanceOrder, share: float
) -> None:
    left, bottom, width, height = card.CODE_BOX
    monkeypatch.setattr(card, "CODE_BOX", (left, bottom, width * share, height * share))
    (told,) = problems_of(draw_slowly(order), order)
    assert told in {"code: it is less than an inch and a half wide", UNREADABLE}


def covering(share: float) -> Callable[[Sheet, Draft], None]:
    """Draws the card with a white box over this share of its code."""
    right = card.draw_facts

    def drawn(sheet: Sheet, draft: Draft) -> None:
        right(sheet, draft)
        left, bottom, width, height = card.CODE_BOX
        sheet.box((left, bottom, width, height * share), fill="#FFFFFF")

    return drawn


@pytest.mark.parametrize("share", [0.4, 1.0])
def test_a_code_that_is_covered_is_seen(
    monkeypatch: pytest.MonkeyPatch, draw_slowly: Draw, problems_of: Problems, order: IssuanceOrder, share: float
) -> None:
    monkeypatch.setattr(card, "draw_facts", covering(share))
    assert problems_of(draw_slowly(order), order) == (UNREADABLE,)


def test_a_code_off_the_card_is_seen(
    monkeypatch: pytest.MonkeyPatch, draw_slowly: Draw, problems_of: Problems, order: IssuanceOrder
) -> None:
    left, bottom, *sides = card.CODE_BOX
    monkeypatch.setattr(card, "CODE_BOX", (left, bottom + 40, *sides))
    assert UNREADABLE in problems_of(draw_slowly(order), order)
