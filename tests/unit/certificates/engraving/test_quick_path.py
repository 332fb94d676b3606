"""The quick drawing writes what the PDF library writes, byte for byte, or leaves the drawing to the library."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from registry.credential import credential
from registry.facts import Address, PersonName, Role
from registry.issuance import CertificateKind, IssuanceOrder, serial_number
from tasks.authority import Authority
from tasks.engraving import certificate, slip
from tasks.engraving.certificate import Engraver
from tasks.engraving.errors import EngravingError, TextDoesNotFitError
from tasks.engraving.fonts import ORDINARY, Run
from tasks.engraving.scripts import runs
from tasks.proofing import Proof
from tasks.tokens.cwt import mint
from tests.unit.certificates.variants import PERMANENT

Draw = Callable[[IssuanceOrder], bytes]
SIMPLE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
NO_MORE_THAN_THE_QUICK = AssertionError("the PDF library was asked to draw")


def texts(longest: int) -> st.SearchStrategy[str]:
    """Of ordinary characters, with something to be seen among them."""
    some = st.text(ORDINARY, min_size=1, max_size=longest)
    return st.one_of(st.text(SIMPLE, min_size=1, max_size=longest), some).filter(str.split)


NAMES = st.builds(
    PersonName, texts(14), st.one_of(st.just(""), texts(8)), texts(24), st.sampled_from(["", "Jr.", "III"])
)
PLACES = st.builds(Address, texts(40), st.one_of(st.just(""), texts(10)), texts(16), st.just("CT"), st.just("06511"))
BIRTHDAYS = st.dates(date(1900, 1, 1), date(2026, 11, 20))


@st.composite
def orders(draw: st.DrawFn) -> IssuanceOrder:
    """Any order of ordinary characters; few days of issue, because each has a template of its own."""
    issued_on = date(2026, 11, 22) + timedelta(days=draw(st.integers(0, 1)))
    ends_on = issued_on + timedelta(days=draw(st.integers(0, 400)))
    role = draw(st.sampled_from(Role))
    return IssuanceOrder(
        serial=serial_number(issued_on.year, draw(st.integers(1, 9_999_999))),
        kind=draw(st.sampled_from(CertificateKind)),
        role=role,
        registration_number=f"MMP-{draw(st.integers(0, 9_999_999)):07d}",
        name=draw(NAMES),
        date_of_birth=draw(BIRTHDAYS),
        address=draw(PLACES),
        issued_on=issued_on,
        expires_on=ends_on,
        registration_ends_on=ends_on,
        monthly_allotment_ounces=Decimal(draw(st.integers(0, 500))) / 100,
        dosage_restrictions=draw(st.one_of(st.just(""), texts(90))),
        caregiver_name=draw(st.one_of(st.just(""), texts(30))) if role is Role.PATIENT else "",
        patient_name=draw(texts(30)) if role is Role.CAREGIVER else "",
        no_smoking_forms=draw(st.booleans()),
    )


def neighbour(order: IssuanceOrder) -> IssuanceOrder:
    """Another person with a certificate of the same shape, from which the template is made."""
    return replace(
        order,
        serial=serial_number(order.issued_on.year, 77),
        registration_number="MMP-0000077",
        name=PERMANENT.name,
        date_of_birth=date(1950, 6, 7),
        address=PERMANENT.address,
        expires_on=order.issued_on,
        dosage_restrictions=order.dosage_restrictions and "None.",
        caregiver_name=order.caregiver_name and "Carl Berg",
        patient_name=order.patient_name and "Paula Berg",
    )


def quickly(draw: Draw, order: IssuanceOrder) -> bytes:
    with patch.object(certificate, "draw_reference", side_effect=NO_MORE_THAN_THE_QUICK):
        return draw(order)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=orders())
def test_whatever_is_written_in_ordinary_letters_is_drawn_quickly_to_the_bytes_of_the_library(
    draw: Draw, draw_slowly: Draw, order: IssuanceOrder
) -> None:
    try:
        wanted = draw_slowly(order)
    except TextDoesNotFitError:
        assume(False)
    draw(neighbour(order))
    assert quickly(draw, order) == wanted


def test_every_ordinary_letter_is_drawn_quickly(draw: Draw, draw_slowly: Draw, order: IssuanceOrder) -> None:
    draw(replace(order, dosage_restrictions="None."))
    letters = ORDINARY.replace(" ", "")
    for at in range(0, len(letters), 40):
        each = replace(
            order, dosage_restrictions=letters[at : at + 40], name=PersonName(letters[at : at + 20], "", "X", "")
        )
        assert quickly(draw, each) == draw_slowly(each)


def test_each_variant_is_what_the_library_writes(draw: Draw, draw_slowly: Draw, variant: IssuanceOrder) -> None:
    assert draw(variant) == draw_slowly(variant)


STRANGERS = {
    "Vietnamese": ("Nguyễn", "Thị Ánh"),
    "Greek": ("Παπαδόπουλος", "Γιώργος"),
    "Cyrillic": ("Шевченко", "Олександр"),
    "Arabic": ("الحسيني", "محمد"),
    "Hebrew": ("בן־דוד", "יוסף"),
    "combining accents": ("Ọ̀ṣun", "Adé"),
}


@pytest.mark.parametrize(("last", "first"), STRANGERS.values(), ids=STRANGERS.keys())
def test_other_letters_are_left_to_the_library_and_read_back_right(
    draw: Draw,
    draw_slowly: Draw,
    read_back: Callable[[bytes, IssuanceOrder], Proof],
    order: IssuanceOrder,
    last: str,
    first: str,
) -> None:
    person = replace(order, name=PersonName(first, "", last, ""))
    draw(order)
    with pytest.raises(AssertionError, match="the PDF library was asked"):
        quickly(draw, person)
    drawn = draw(person)
    assert drawn == draw_slowly(person)
    assert read_back(drawn, person).covers(drawn)


@pytest.fixture
def misspelled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The quick path turns every Z into a Q."""
    right = slip._spelled

    def wrong(run: Run) -> str:
        return right(run).replace("Z", "Q")

    slip._line.cache_clear()
    monkeypatch.setattr(slip, "_spelled", wrong)
    yield
    slip._line.cache_clear()


@pytest.mark.usefixtures("misspelled")
def test_a_difference_between_quick_and_slow_drawing_is_refused_before_anything_is_drawn_by_it(
    authority: Authority, order: IssuanceOrder
) -> None:
    person = replace(order, name=PersonName("Zoe", "", "Lopez", ""))
    with pytest.raises(EngravingError, match="the quick drawing differs from the library's; nothing was issued"):
        Engraver(authority.seal).draw(person, mint(credential(person), authority.tokens.active))


@pytest.mark.usefixtures("misspelled")
def test_a_difference_that_comes_later_is_seen_by_proof_reading(
    authority: Authority, problems_of: Callable[[bytes, IssuanceOrder], tuple[str, ...]], order: IssuanceOrder
) -> None:
    engraver = Engraver(authority.seal)
    person = replace(order, name=PersonName("Zoe", "", "Lopez", ""))
    engraver.draw(order, mint(credential(order), authority.tokens.active))
    drawn = engraver.draw(person, mint(credential(person), authority.tokens.active))
    assert {"card front: name: differs from the order", "panel: name: differs from the order"} <= set(
        problems_of(drawn, person)
    )


def test_ordinary_letters_run_from_left_to_right() -> None:
    assert all(not rightwards for _, rightwards in runs(ORDINARY))
