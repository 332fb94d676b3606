"""Whatever people are called and wherever they live: a proof-read page, or a refusal that says which field."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.facts import Address, PersonName
from registry.issuance import IssuanceOrder
from tasks.engraving.errors import TextDoesNotFitError, UnprintableTextError
from tasks.proofing import Proof

SCRIPTS = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZáéñçøßłŁęğİşŝŸœÆðþ",
    "aăâbcdđeêghiklmnoôơpqrstuưvxyẠắẩẽịộợủỵ",
    "aẹọuịś\u0301\u0300",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяЁЇҐ",
    "αβγδεζηθικλμνξοπρστυφχψωάέήΐἀἶᾧ",
    "אבגדהוזחטיכלמנסעפצקרשתךםןףץ\u05b4\u05b8",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآةىئؤپچژگکیڕۆێڵٹڈہے\u064b\u064e",
)
MARKS = st.sampled_from(["", "", "", " ", "-", "'", "’", ". ", "\u00a0"])


@st.composite
def words(draw: st.DrawFn, longest: int = 12) -> str:
    letters = st.sampled_from(draw(st.sampled_from(SCRIPTS)))
    parts = draw(st.lists(st.text(letters, min_size=1, max_size=longest), min_size=1, max_size=3))
    return "".join(f"{part}{draw(MARKS)}" for part in parts)


Draw = Callable[[IssuanceOrder], bytes]
PLACES = st.builds(Address, words(30), st.one_of(st.just(""), words(8)), words(), st.just("CT"), st.just("06511"))


def drawn(draw: Draw, order: IssuanceOrder) -> bytes | str:
    """The bytes, or the field that was refused."""
    try:
        return draw(order)
    except (UnprintableTextError, TextDoesNotFitError) as refused:
        return refused.field


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=words(), last=words(30), caregiver=st.one_of(st.just(""), words(20)), place=PLACES)
def test_any_name_and_address_is_drawn_and_proofed_or_refused_by_field(
    draw: Draw,
    read_back: Callable[[bytes, IssuanceOrder], Proof],
    order: IssuanceOrder,
    first: str,
    last: str,
    caregiver: str,
    place: Address,
) -> None:
    person = replace(order, name=PersonName(first, "", last, ""), caregiver_name=caregiver, address=place)
    pdf = drawn(draw, person)
    if isinstance(pdf, bytes):
        assert read_back(pdf, person).covers(pdf)
    else:
        assert pdf in {"name", "caregiver", "address"}


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(anything=st.text(min_size=1, max_size=30))
def test_any_text_at_all_is_drawn_or_refused_and_never_breaks_the_drawing(
    draw: Draw, order: IssuanceOrder, anything: str
) -> None:
    pdf = drawn(draw, replace(order, dosage_restrictions=anything))
    assert isinstance(pdf, bytes) or pdf == "dosage_restrictions"
