"""Every disagreement of a read certificate with its order, in plain words, by field, without a personal value.

Labels and fixed words come from data/notices/certificate; everything else is worked out from the order, apart from the
drawing code, so that a mistake has to be made twice to pass.
"""

import re
from collections.abc import Iterator
from typing import Any

from registry.issuance import CertificateKind, IssuanceOrder, is_serial
from tasks.authority import Authority
from tasks.engraving.wording import Wording, load
from tasks.proofing import diagnoses, expected
from tasks.proofing.code import code_problems
from tasks.proofing.comparing import same_text, same_words
from tasks.proofing.reading import Area, Piece, ReadPage, UnreadableError, opened, read_page
from tasks.proofing.regions import Regions, cell_under, found_regions, in_lines, label_in
from tasks.signing.checking import BrokenSealError, check_any_seal

LETTER = (612.0, 792.0)
_SAFE = 2.0
"""Text stays this far, in points, from where the scissors go."""
_LINES = {"name": 2, "caregiver": 2, "patient": 2, "dosage_restrictions": 3}
_FRONT = ("name", "registration_number", "date_of_birth", "expires", "role")
_BACK = ("serial", "monthly_allotment")


def disagreements(pdf: bytes, order: IssuanceOrder, keys: Authority) -> tuple[str, ...]:
    """Everything in which the bytes and the order disagree; empty when nothing does.

    Raises:
        WordingError: the certificate's words cannot be loaded.
    """
    wording = load()
    in_order = tuple(_order_problems(order))
    try:
        with opened(pdf) as page:
            on_page = tuple(_page_problems(page, order, wording, keys))
    except UnreadableError as error:
        return (*in_order, str(error))
    return (*in_order, *on_page, *_seal_problems(pdf, keys))


def _seal_problems(pdf: bytes, keys: Authority) -> Iterator[str]:
    try:
        check_any_seal(pdf, keys.chains)
    except BrokenSealError as error:
        yield f"signature: {error}"


def _page_problems(opened_page: Any, order: IssuanceOrder, wording: Wording, keys: Authority) -> Iterator[str]:
    page = read_page(opened_page)
    regions = found_regions(page)
    yield from _paper_problems(page)
    if regions is None:
        yield "the panel, or the outline of a CR80 card to cut out, is not where it can be found"
        return
    yield from _text_problems(page, order)
    yield from _kind_problems(page, regions, order)
    yield from _window_problems(page, regions, order)
    yield from _letter_problems(page, regions, order, wording)
    yield from _facts_problems(page, regions, order, wording)
    yield from code_problems(opened_page, regions.back, order, keys.tokens)


def _order_problems(order: IssuanceOrder) -> Iterator[str]:
    if not is_serial(order.serial):
        yield "serial: its check digits are wrong"
    if order.expires_on > order.registration_ends_on:
        yield "expires: later than the end of the registration"
    if order.issued_on > order.expires_on:
        yield "valid from: later than the expiry"


def _paper_problems(page: ReadPage) -> Iterator[str]:
    if any(abs(side - wanted) > 0.01 for side, wanted in zip(page.size, LETTER, strict=True)):
        yield "the page is not US letter"
    if not page.fonts_embedded:
        yield "a font is not embedded"
    if not page.only_visible_text or not page.nothing_else:
        yield "the page holds something besides visible text and lines"
    paper = Area(0, 0, *LETTER)
    if any(not paper.holds(piece.area) for piece in page.pieces):
        yield "a text leaves the page"


def _text_problems(page: ReadPage, order: IssuanceOrder) -> Iterator[str]:
    text, address = _joined(page.pieces), order.address
    if "{" in text or "}" in text:
        yield "a placeholder was left unfilled"
    own_dates = re.findall(expected.DATE, " ".join((order.dosage_restrictions, address.street, address.unit)))
    days = (order.date_of_birth, order.issued_on, order.expires_on)
    if set(re.findall(expected.DATE, text)) - {expected.long_date(day) for day in days} - set(own_dates):
        yield "a date stands on the page that is not the order's"
    names = (order.name.in_full, order.caregiver_name, order.patient_name, address.street, address.unit, address.city)
    if diagnoses.named(text) - diagnoses.named(" ".join(names)):
        yield "a diagnosis stands on the page"


def _kind_problems(page: ReadPage, regions: Regions, order: IssuanceOrder) -> Iterator[str]:
    own, other = (kind.value for kind in sorted(CertificateKind, key=lambda kind: kind is not order.kind))
    head = [piece for piece in page.pieces if piece.baseline > regions.window.top]
    front = [piece for piece in page.pieces if regions.front.touches(piece.area)]
    for place, words in (("letter", _joined(head).split()), ("card", _joined(front).split())):
        if own.upper() not in words:
            yield f"kind: the {place} does not say {own.upper()}"
        if other.upper() in words:
            yield f"kind: the {place} says {other.upper()}"
    body = _joined([piece for piece in page.pieces if regions.panel.top <= piece.baseline < regions.window.bottom])
    if expected.long_date(order.expires_on) not in body:
        yield "expires: not in the letter's text"
    says_temporary = re.search(r"\btemporary\b", body, re.IGNORECASE) is not None
    if says_temporary is not (order.kind is CertificateKind.TEMPORARY):
        yield "kind: the letter's text is that of the other kind"


def _window_problems(page: ReadPage, regions: Regions, order: IssuanceOrder) -> Iterator[str]:
    """In the envelope's window stands the address, and nothing that tells what the letter is about."""
    address = order.address
    town = f"{address.city}, {address.state} {address.zip_code}"
    wanted = " ".join((order.name.in_full, address.street, address.unit, town))
    seen = [piece for piece in page.pieces if regions.window.shows(piece)]
    if not same_text(in_lines(seen), wanted):
        yield "address: what shows in the envelope's window is not the order's name and address alone"


def _letter_problems(page: ReadPage, regions: Regions, order: IssuanceOrder, wording: Wording) -> Iterator[str]:
    facts = (regions.panel, regions.front, regions.back)
    outside = [piece for piece in page.pieces if not any(area.touches(piece.area) for area in facts)]
    text = _joined([piece for piece in outside if not regions.window.shows(piece)])
    if not same_words(text, expected.letter_words(order, wording)):
        yield "letter: its words are not those of the wording, filled in from the order"


def _facts_problems(page: ReadPage, regions: Regions, order: IssuanceOrder, wording: Wording) -> Iterator[str]:
    values = expected.panel_values(order, wording)
    for place, area, fields, fixed in (
        ("panel", regions.panel, tuple(values), ""),
        ("card front", regions.front, _FRONT, expected.front_words(order, wording)),
        ("card back", regions.back, _BACK, expected.back_words(order, wording)),
    ):
        pieces = [piece for piece in page.pieces if area.touches(piece.area)]
        if any(not area.holds(piece.area, _SAFE) for piece in pieces):
            yield f"{place}: a text leaves its frame"
        cells = _cells(pieces, {field: getattr(wording.labels, field) for field in fields})
        yield from (f"{place}: {problem}" for problem in _cell_problems(cells, values))
        spoken_for = {piece for cell in cells.values() for piece in cell}
        if not same_words(_joined([piece for piece in pieces if piece not in spoken_for]), fixed):
            yield f"{place}: text that belongs to no field, or fixed words that are missing"


def _cells(pieces: list[Piece], labels: dict[str, str]) -> dict[str, list[Piece]]:
    """For each field its label and then its value; nothing where the label is missing."""
    found = {field: label_in(pieces, label) for field, label in labels.items()}
    known = [label for label in found.values() if label is not None]
    return {
        field: [] if label is None else [label, *cell_under(label, pieces, known, _LINES.get(field, 1))]
        for field, label in found.items()
    }


def _cell_problems(cells: dict[str, list[Piece]], values: dict[str, str]) -> Iterator[str]:
    for field, cell in cells.items():
        called = field.replace("_", " ")
        if not cell:
            yield f"{called}: its label is missing"
        elif not same_text(in_lines(cell[1:]), values[field]):
            yield f"{called}: differs from the order"


def _joined(pieces: tuple[Piece, ...] | list[Piece]) -> str:
    return " ".join(" ".join(piece.text for piece in pieces).split())
