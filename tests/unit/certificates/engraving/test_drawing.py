import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations

import pypdfium2
import pytest

from registry.facts import PersonName
from registry.issuance import IssuanceOrder
from tasks import engraving
from tasks.engraving.errors import EngravingError
from tasks.proofing.reading import Piece, read_page

IN_ANOTHER_PROCESS = """
import pickle, sys, hashlib
from tasks import engraving
order, before = pickle.loads(sys.stdin.buffer.read())
for other in before:
    engraving.draw(other)
print(hashlib.sha256(engraving.draw(order)).hexdigest())
"""


def overlap(one: Piece, other: Piece) -> bool:
    across = min(one.area.right, other.area.right) - max(one.area.left, other.area.left)
    upright = min(one.area.top, other.area.top) - max(one.area.bottom, other.area.bottom)
    return across > 0.3 and upright > 0.3


def test_a_certificate_is_one_letter_page(variant: IssuanceOrder) -> None:
    document = pypdfium2.PdfDocument(engraving.draw(variant))
    assert [page.get_size() for page in document] == [(612, 792)]


def test_the_same_order_gives_the_same_bytes(variant: IssuanceOrder, order: IssuanceOrder) -> None:
    first = engraving.draw(variant)
    engraving.draw(order)
    assert engraving.draw(variant) == first


@pytest.mark.parametrize("last", ["Lopez", "الحسيني"])
def test_bytes_do_not_depend_on_the_process_its_clock_or_what_it_drew_before(order: IssuanceOrder, last: str) -> None:
    import hashlib
    import pickle

    arabic = replace(order, name=PersonName("محمد", "", last, ""))
    others = [replace(order, name=PersonName("ڕۆژین", "پەیمان", "גולדשטיין", ""))]
    run = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS],
        input=pickle.dumps((arabic, others)),
        capture_output=True,
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    )
    assert run.stdout.decode().strip() == hashlib.sha256(engraving.draw(arabic)).hexdigest()


def test_the_file_id_follows_the_content(order: IssuanceOrder) -> None:
    ids = [
        re.search(rb"/ID\s*\[<(\w{32})><\1>\]", engraving.draw(each)).group(1)  # type: ignore[union-attr]
        for each in (order, replace(order, dosage_restrictions="None."))
    ]
    assert ids[0] != ids[1]


def test_the_file_says_no_name_outside_the_page(order: IssuanceOrder) -> None:
    pdf = engraving.draw(order)
    facts = pypdfium2.PdfDocument(pdf).get_metadata_dict()
    assert facts["Title"] == f"Permanent registration certificate {order.serial}"
    assert facts["CreationDate"].startswith("D:20261122")
    assert not re.search("Lopez|Maria|MMP-", " ".join(facts.values()))


def test_no_text_lies_on_another(variant: IssuanceOrder) -> None:
    pieces = read_page(engraving.draw(variant)).pieces
    assert [(one.text, other.text) for one, other in combinations(pieces, 2) if overlap(one, other)] == []


def test_nothing_is_set_smaller_than_six_points(variant: IssuanceOrder) -> None:
    assert min(piece.size for piece in read_page(engraving.draw(variant)).pieces) >= 6


def test_text_begins_on_few_left_edges(variant: IssuanceOrder) -> None:
    """One grid: the letter's margin, and the four columns of the panel."""
    pieces = [piece for piece in read_page(engraving.draw(variant)).pieces if 200 < piece.baseline < 650]
    starts_of_lines = {}
    for piece in pieces:
        starts_of_lines.setdefault(round(piece.baseline, 1), piece.x)
    assert len({round(x, 1) for x in starts_of_lines.values()}) <= 2


@pytest.mark.parametrize(
    ("field", "empty"),
    [("serial", ""), ("registration_number", " "), ("name", PersonName("", "", " ", ""))],
)
def test_an_order_without_what_every_certificate_shows_is_refused(
    order: IssuanceOrder, field: str, empty: object
) -> None:
    with pytest.raises(EngravingError, match=field):
        engraving.draw(replace(order, **{field: empty}))  # type: ignore[arg-type]


def test_both_kinds_differ_in_words_colour_and_hatching() -> None:
    from registry.issuance import CertificateKind
    from tasks.engraving.layout import THEMES

    temporary, permanent = THEMES[CertificateKind.TEMPORARY], THEMES[CertificateKind.PERMANENT]
    assert temporary.band != permanent.band
    assert (temporary.striped, permanent.striped) == (True, False)
