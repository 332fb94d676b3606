"""Drawing, reading back and staging, as the night does it."""

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from registry.facts import Address, PersonName, Role
from registry.issuance import CertificateKind, IssuanceOrder, serial_number
from tasks.press import draw_all

ORDER = IssuanceOrder(
    serial=serial_number(2026, 1),
    kind=CertificateKind.TEMPORARY,
    role=Role.PATIENT,
    registration_number="MMP-000000001",
    name=PersonName("Maria", "", "Santos", ""),
    date_of_birth=date(1980, 1, 2),
    address=Address("12 Elm Street", "Apt 4", "Hartford", "CT", "06103"),
    issued_on=date(2026, 11, 22),
    expires_on=date(2026, 12, 22),
    registration_ends_on=date(2027, 11, 1),
    monthly_allotment_ounces=Decimal(5),
    dosage_restrictions="",
    caregiver_name="",
    patient_name="",
    no_smoking_forms=False,
)
UNPRINTABLE = replace(ORDER, serial=serial_number(2026, 2), name=PersonName("伟", "", "王", ""))
TOO_LONG = replace(ORDER, serial=serial_number(2026, 3), expires_on=date(2027, 11, 2))


def test_one_that_cannot_be_drawn_or_promises_too_much_does_not_hold_up_the_others(tmp_path: Path) -> None:
    others = [replace(ORDER, serial=serial_number(2026, number)) for number in (4, 5)]
    drawn = list(draw_all([ORDER, UNPRINTABLE, TOO_LONG, *others], tmp_path, workers=1))
    assert [bool(each) for each in drawn] == [True, False, False, True, True]
    assert len(list(tmp_path.glob("*.pdf"))) == 3


def test_what_is_staged_is_what_was_read_back(tmp_path: Path) -> None:
    (issued,) = draw_all([ORDER], tmp_path, workers=1)
    assert issued is not None
    data = (tmp_path / f"{issued.sha256}.pdf").read_bytes()
    assert hashlib.sha256(data).hexdigest() == issued.sha256


def test_several_processes_draw_the_same_bytes_as_one(tmp_path: Path) -> None:
    orders = [replace(ORDER, serial=serial_number(2026, number)) for number in range(1, 60)]
    assert list(draw_all(orders, tmp_path / "a", workers=1)) == list(draw_all(orders, tmp_path / "b", workers=2))
