"""One order for each kind of certificate that the page has to be good for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from registry.facts import Address, PersonName, Role
from registry.issuance import CertificateKind, IssuanceOrder, serial_number

PERMANENT = IssuanceOrder(
    serial=serial_number(2026, 123),
    kind=CertificateKind.PERMANENT,
    role=Role.PATIENT,
    registration_number="MMP-0048213",
    name=PersonName("Maria", "Elena", "Lopez", ""),
    date_of_birth=date(1971, 3, 4),
    address=Address("48 Prospect Street", "Apt 3B", "New Haven", "CT", "06511"),
    issued_on=date(2026, 11, 22),
    expires_on=date(2027, 9, 30),
    registration_ends_on=date(2027, 9, 30),
    monthly_allotment_ounces=Decimal("2.50"),
    dosage_restrictions="",
    caregiver_name="",
    patient_name="",
    no_smoking_forms=False,
)
TEMPORARY = replace(PERMANENT, kind=CertificateKind.TEMPORARY, expires_on=date(2026, 12, 22))
CAREGIVER = replace(
    PERMANENT,
    role=Role.CAREGIVER,
    name=PersonName("Anna-Sophia", "", "Schmidt", ""),
    patient_name="Maria Elena Lopez",
)
VARIANTS = {
    "permanent": PERMANENT,
    "temporary": TEMPORARY,
    "with a caregiver": replace(PERMANENT, caregiver_name="Anna-Sophia Schmidt", dosage_restrictions="Tinctures only."),
    "caregiver": replace(
        TEMPORARY,
        role=Role.CAREGIVER,
        name=PersonName("Nguyễn", "Thị Thu", "Trang", "Jr."),
        patient_name="Maria Elena Lopez",
    ),
    "permanent caregiver": CAREGIVER,
    "minor": replace(
        TEMPORARY,
        name=PersonName("Tomás", "", "Lopez", ""),
        date_of_birth=date(2012, 9, 30),
        no_smoking_forms=True,
        caregiver_name="Maria Elena Lopez",
    ),
    "right to left": replace(
        PERMANENT, name=PersonName("يوسف", "", "الحسيني", ""), caregiver_name="מרים בן־דוד", no_smoking_forms=True
    ),
    "longest": replace(
        TEMPORARY,
        name=PersonName("Alexandrina", "", "Wolfeschlegelstein-Hausenberger-Long", ""),
        address=Address(
            "12345 North Southwestern Constitutional Convention Memorial Boulevard Extension B",
            "Building 14, Apartment 1207-B",
            "Southington-Plantsville",
            "CT",
            "06489-1234",
        ),
        caregiver_name="Bartholomew Featherstonehaugh-Cholmondeley III",
        no_smoking_forms=True,
        dosage_restrictions=(
            "Not more than 1 oz of flower per week; tinctures to 10 mg per dose, taken with food; no product above 20 "
            "percent THC; to be looked at again with the certifier every ninety days."
        ),
    ),
    "chinese": replace(TEMPORARY, name=PersonName("小明", "", "王", ""), caregiver_name="佐藤 ゆかり"),
    "korean": replace(PERMANENT, name=PersonName("민준", "", "김", "")),
}
