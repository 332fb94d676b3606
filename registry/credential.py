"""What the code on a certificate tells the counter: enough to serve its holder, and nothing more."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.facts import Role
from registry.issuance import CertificateKind, IssuanceOrder


class Validity(StrEnum):
    """Where a day stands in the days for which a certificate was made."""

    NOT_YET = "not_yet"
    GOOD = "good"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Credential:
    """The facts a dispensary compares with a photo ID; no address, no full date of birth, no diagnosis."""

    serial: str
    registration_number: str
    role: Role
    kind: CertificateKind
    name: str
    """as printed: composed (NFC), one space between words"""
    birth_year: int
    valid_from: date
    expires_on: date
    """last day on which the certificate is good"""

    def validity(self, day: date) -> Validity:
        """Whether the certificate was made for this day; both ends are good."""
        if day < self.valid_from:
            return Validity.NOT_YET
        return Validity.GOOD if day <= self.expires_on else Validity.EXPIRED


def credential(order: IssuanceOrder) -> Credential:
    """What the code on this order's certificate says."""
    return Credential(
        serial=order.serial,
        registration_number=order.registration_number,
        role=order.role,
        kind=order.kind,
        name=as_printed(order.name.in_full),
        birth_year=order.date_of_birth.year,
        valid_from=order.issued_on,
        expires_on=order.expires_on,
    )


def as_printed(name: str) -> str:
    """The name composed (NFC), any white space a single space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", name).split())
