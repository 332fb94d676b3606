"""What a certificate says: the order, its serial and its dates."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from registry.facts import Address, PersonName, Role


class CertificateKind(StrEnum):
    """Temporary certificates bridge the days until the permanent one; both are good at the counter."""

    TEMPORARY = "temporary"
    PERMANENT = "permanent"


@dataclass(frozen=True, slots=True)
class IssuanceOrder:
    """Everything that is drawn on one certificate; drawn from this and from nothing else."""

    serial: str
    kind: CertificateKind
    role: Role
    registration_number: str
    name: PersonName
    date_of_birth: date
    address: Address
    issued_on: date
    expires_on: date
    """last day on which the certificate is good"""
    registration_ends_on: date
    """last day of the registration that a temporary certificate stands in for"""
    monthly_allotment_ounces: Decimal
    dosage_restrictions: str
    caregiver_name: str
    """for a patient with a caregiver; else empty"""
    patient_name: str
    """for a caregiver; else empty"""
    no_smoking_forms: bool
    """for a minor: no smoked, inhaled or vaporized form"""


def serial_number(year: int, sequence: int) -> str:
    """The printed serial of the n-th certificate, `MM26-0000123-09`: the last two are check digits."""
    body = f"{year % 100:02d}{sequence:07d}"
    return f"MM{body[:2]}-{body[2:]}-{check_digits(body)}"


def check_digits(digits: str) -> str:
    """Two digits that catch every single error, swap, jump and twin error (ISO 7064 MOD 97-10)."""
    return f"{98 - int(digits + '00') % 97:02d}"


def is_serial(text: str) -> bool:
    """Whether the text has the form of a serial and its check digits agree."""
    head, _, rest = text.partition("-")
    number, _, check = rest.partition("-")
    well_formed = head[:2] == "MM" and len(head) == 4 and len(number) == 7 and len(check) == 2
    digits = head[2:] + number + check
    return well_formed and digits.isascii() and digits.isdigit() and check_digits(head[2:] + number) == check
