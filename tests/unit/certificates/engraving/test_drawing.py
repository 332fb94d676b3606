import hashlib
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pypdfium2
import pytest

from registry.facts import PersonName
from registry.issuance import CertificateKind, IssuanceOrder
from tasks.authority import KeyPlaces
from tasks.engraving.certificate import Engraver
from tasks.engraving.errors import EngravingError
from tasks.engraving.layout import THEMES
from tasks.proofing.reading import Piece, opened, read_page

IN_ANOTHER_PROCESS = """
import pickle, sys, hashlib
from registry.credential import credential
from tasks.authority import authority
from tasks.engraving.certificate import Engraver
from tasks.tokens.cwt import mint
places, before, order = pickle.loads(sys.stdin.buffer.read())
keys = authority(places, order.issued_on)
engraver = Engraver(keys.seal)
for each in (*before, order):
    drawn = engraver.draw(each, mint(credential(each), keys.tokens.active))
print(hashlib.sha256(drawn).hexdigest())
"""
Draw = Callable[[IssuanceOrder], bytes]


def pieces_of(pdf: bytes) -> tuple[Piece, ...]:
    with opened(pdf) as page:
        return read_page(page).pieces


def overlap(one: Piece, other: Piece) -> bool:
    across = min(one.area.right, other.area.right) - max(one.area.left, other.area.left)
    upright = min(one.area.top, other.area.top) - max(one.area.bottom, other.area.bottom)
    return across > 0.3 and upright > 0.3


def test_a_certificate_is_one_letter_page(draw: Draw, variant: IssuanceOrder) -> None:
    document = pypdfium2.PdfDocument(draw(variant))
    assert [page.get_size() for page in document] == [(612, 792)]


def test_the_same_order_gives_the_same_bytes(draw: Draw, variant: IssuanceOrder, order: IssuanceOrder) -> None:
    first = draw(variant)
    draw(order)
    assert draw(variant) == first


@pytest.mark.parametrize(
    "name",
    [PersonName("Maria", "", "Lopez", ""), PersonName("Maria", "", "الحسيني", ""), PersonName("Thị", "", "Nguyễn", "")],
    ids=["quickly", "joined letters", "accents"],
)
def test_bytes_do_not_depend_on_the_process_its_clock_or_what_it_drew_before(
    draw: Draw, key_places: KeyPlaces, order: IssuanceOrder, name: PersonName
) -> None:
    mine = replace(order, name=name)
    before = [
        replace(order, name=PersonName(*names, "")) for names in (("ڕۆژین", "پەیمان", "גולדשטיין"), ("A", "", "B"))
    ]
    run = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS],
        input=pickle.dumps((key_places, before, mine)),
        capture_output=True,
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    )
    assert run.stdout.decode().strip() == hashlib.sha256(draw(mine)).hexdigest()


def test_the_file_id_follows_the_content(draw: Draw, order: IssuanceOrder) -> None:
    ids = [
        re.search(rb"/ID\s*\[<(\w{32})><\1>\]", draw(each)).group(1)  # type: ignore[union-attr]
        for each in (order, replace(order, dosage_restrictions="None."))
    ]
    assert ids[0] != ids[1]


def test_the_file_says_no_name_outside_the_page(draw: Draw, order: IssuanceOrder) -> None:
    pdf = draw(order)
    facts = pypdfium2.PdfDocument(pdf).get_metadata_dict()
    assert facts["Title"] == "Permanent registration certificate"
    assert facts["CreationDate"].startswith("D:20261122")
    assert not re.search("Lopez|Maria|MMP-|MM26-", " ".join(facts.values()))


def test_no_text_lies_on_another(draw: Draw, variant: IssuanceOrder) -> None:
    pieces = pieces_of(draw(variant))
    assert [(one.text, other.text) for one, other in combinations(pieces, 2) if overlap(one, other)] == []


def test_nothing_is_set_smaller_than_six_points(draw: Draw, variant: IssuanceOrder) -> None:
    assert min(piece.size for piece in pieces_of(draw(variant))) >= 6


def test_text_begins_on_few_left_edges(draw: Draw, variant: IssuanceOrder) -> None:
    """One grid: the letter's margin, and the four columns of the panel."""
    pieces = [piece for piece in pieces_of(draw(variant)) if 200 < piece.baseline < 650]
    starts_of_lines = {}
    for piece in pieces:
        starts_of_lines.setdefault(round(piece.baseline, 1), piece.x)
    assert len({round(x, 1) for x in starts_of_lines.values()}) <= 2


@pytest.mark.parametrize(
    ("field", "empty"),
    [("serial", ""), ("registration_number", " "), ("name", PersonName("", "", " ", ""))],
)
def test_an_order_without_what_every_certificate_shows_is_refused(
    engraver: Engraver, order: IssuanceOrder, field: str, empty: object
) -> None:
    with pytest.raises(EngravingError, match=field):
        engraver.draw(replace(order, **{field: empty}), "CT1:ANY")  # type: ignore[arg-type]


def test_both_kinds_differ_in_words_colour_and_hatching() -> None:
    temporary, permanent = THEMES[CertificateKind.TEMPORARY], THEMES[CertificateKind.PERMANENT]
    assert temporary.band != permanent.band
    assert (temporary.striped, permanent.striped) == (True, False)
