from dataclasses import replace
from datetime import date

from registry.credential import credential
from registry.facts import PersonName
from tests.unit.certificates.variants import TEMPORARY

ORDER = replace(TEMPORARY, name=PersonName("Zoe\u0308", "Thi\u0323 \u00a0 Thu", "Trang", "Jr."))


def test_the_name_is_as_printed_composed_with_single_spaces() -> None:
    assert credential(ORDER).name == "Zo\u00eb Th\u1ecb Thu Trang Jr."


def test_what_is_said_is_the_orders() -> None:
    said = credential(ORDER)
    assert (said.serial, said.registration_number) == (ORDER.serial, ORDER.registration_number)
    assert (said.role, said.kind) == (ORDER.role, ORDER.kind)
    assert (said.valid_from, said.expires_on) == (ORDER.issued_on, ORDER.expires_on)


def test_nothing_is_said_that_the_counter_does_not_need() -> None:
    text = repr(credential(ORDER))
    assert "1971" in text
    for private in ("1971, 3", "Prospect", "06511", "2.50", "Tinctures", "Schmidt", "2027"):
        assert private not in text


def test_the_first_and_the_last_day_are_good_and_those_around_are_not() -> None:
    said = credential(ORDER)
    days = [date(2026, 11, 21), date(2026, 11, 22), date(2026, 12, 22), date(2026, 12, 23)]
    assert [said.validity(day) for day in days] == ["not_yet", "good", "good", "expired"]
