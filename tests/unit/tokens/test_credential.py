from datetime import date
from decimal import Decimal

from registry.credential import credential
from registry.facts import Address, PersonName, Role
from registry.issuance import CertificateKind, IssuanceOrder, serial_number

ORDER = IssuanceOrder(
    serial=serial_number(2026, 123),
    kind=CertificateKind.TEMPORARY,
    role=Role.PATIENT,
    registration_number="MMP-0048213",
    name=PersonName("Zoe\u0308", "Thi\u0323 \u00a0 Thu", "Trang", "Jr."),
    date_of_birth=date(1971, 3, 4),
    address=Address("48 Prospect Street", "Apt 3B", "New Haven", "CT", "06511"),
    issued_on=date(2026, 11, 22),
    expires_on=date(2026, 12, 22),
    registration_ends_on=date(2027, 9, 30),
    monthly_allotment_ounces=Decimal("2.50"),
    dosage_restrictions="Tinctures only.",
    caregiver_name="Anna Schmidt",
    patient_name="",
    no_smoking_forms=False,
)


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
