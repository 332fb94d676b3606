"""What a screen reader says, in the order in which it says it."""

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium
import pytest

from registry.facts import Role
from registry.issuance import CertificateKind, IssuanceOrder
from tasks.engraving.wording import Wording, filled, load
from tasks.proofing.expected import long_date, panel_values
from tasks.proofing.reading import opened
from tests.unit.certificates.variants import VARIANTS

LEFT_TO_RIGHT = {called: order for called, order in VARIANTS.items() if called != "right to left"}


@dataclass(frozen=True)
class Said:
    """One element with words of its own: its role, its text as it is read."""

    role: str
    text: str


def spoken(pdf: bytes) -> list[Said]:
    """All elements of the structure tree that have words, in the order of the tree."""
    with opened(pdf) as page:
        words = _words(page)
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        try:
            return [said for top in _children(tree, "Tree") for said in _said(top, words)]
        finally:
            pdfium.FPDF_StructTree_Close(tree)


def _words(page: Any) -> dict[int, str]:
    """The text of each mark on the page, in the order of drawing; nothing is put between two lines."""
    words: dict[int, str] = defaultdict(str)
    for thing in page.get_objects(textpage=page.get_textpage()):
        if thing.type == pdfium.FPDF_PAGEOBJ_TEXT:
            words[pdfium.FPDFPageObj_GetMarkedContentID(thing)] += (
                thing.extract().replace("\ufffe", "-").replace("\x02", "-")
            )
    return words


def _children(node: Any, kind: str) -> Iterator[Any]:
    count = getattr(pdfium, f"FPDF_Struct{kind}_CountChildren")(node)
    for at in range(count):
        if child := getattr(pdfium, f"FPDF_Struct{kind}_GetChildAtIndex")(node, at):
            yield child


def _said(element: Any, words: dict[int, str]) -> Iterator[Said]:
    role, alternative = (
        _text(getter, element) for getter in (pdfium.FPDF_StructElement_GetType, pdfium.FPDF_StructElement_GetAltText)
    )
    marks = pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)
    numbers = [pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at) for at in range(max(marks, 0))]
    text = alternative or "".join(words.get(number, "") for number in numbers if number >= 0)
    if text:
        yield Said(role, " ".join(text.split()))
    for child in _children(element, "Element"):
        yield from _said(child, words)


def _text(getter: Callable[..., int], element: Any) -> str:
    size = getter(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    getter(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def letter(order: IssuanceOrder, words: Wording) -> Iterator[Said]:
    """The letter as it would be read to somebody."""
    agency, values = words.agency, panel_values(order, words)
    blanks = values | {"contact": agency.contact}
    address = order.address
    yield Said("P", f"{agency.state} {agency.department} {agency.program}")
    yield Said("P", f"{' '.join(agency.address)} {agency.contact}")
    yield Said("H1", words.titles.of(order.kind))
    yield Said("P", filled(words.good_through, blanks))
    town = f"{address.city}, {address.state} {address.zip_code}"
    yield Said("P", f"{order.name.in_full} {address.street} {address.unit} {town}")
    yield Said("P", long_date(order.issued_on))
    yield Said("P", filled(words.greeting, blanks))
    yield Said("P", filled(words.opening.of(order.kind).of(order.role), blanks))
    for point in (*([words.minor_point] if order.no_smoking_forms else []), *words.points):
        yield Said("P", filled(f"{point.head} {point.text}", blanks))
    for field in (
        *("name", "date_of_birth", "role", "registration_number", "serial", "valid_from", "expires"),
        *("monthly_allotment", "caregiver", "patient", "product_forms", "dosage_restrictions"),
    ):
        if field in values:
            yield from (Said("TH", getattr(words.labels, field)), Said("TD", values[field]))


def card(order: IssuanceOrder, words: Wording) -> Iterator[Said]:
    """The card, front and back."""
    agency, values = words.agency, panel_values(order, words)
    yield Said("P", words.card.cut)
    yield Said("H2", f"{agency.state} {agency.program} {words.marks.of(order.kind)}")
    for field in ("name", "registration_number", "date_of_birth", "expires", "role"):
        yield Said("P", f"{getattr(words.labels, field)} {values[field]}")
    yield Said("P", words.card.front_foot)
    yield Said("H3", words.card.conditions_head)
    yield from (Said("P", condition) for condition in words.card.conditions)
    for field in ("serial", "monthly_allotment"):
        yield Said("P", f"{getattr(words.labels, field)} {values[field]}")
    if order.no_smoking_forms:
        yield Said("P", words.no_smoking_forms)
    yield Said("P", filled(words.card.contact, {"contact": agency.contact}))
    yield Said("Figure", words.card.code_alternative)
    yield Said("P", words.card.code_caption)


@pytest.mark.parametrize("order", LEFT_TO_RIGHT.values(), ids=LEFT_TO_RIGHT.keys())
def test_the_tree_reads_as_the_letter_and_then_the_card(
    draw: Callable[[IssuanceOrder], bytes], order: IssuanceOrder
) -> None:
    words = load()
    assert spoken(draw(order)) == [*letter(order, words), *card(order, words)]


def test_every_word_that_is_seen_is_said(draw: Callable[[IssuanceOrder], bytes], variant: IssuanceOrder) -> None:
    """What is drawn outside the tree is mere ornament: the emblem's letters."""
    with opened(draw(variant)) as page:
        assert _words(page)[-1].split() == [load().agency.monogram]


def test_the_variants_have_both_kinds_and_roles() -> None:
    pairs = {(order.kind, order.role) for order in LEFT_TO_RIGHT.values()}
    assert pairs == {(kind, role) for kind in CertificateKind for role in Role}
