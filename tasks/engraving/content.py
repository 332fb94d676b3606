"""What one certificate says: every value as it is printed, every sentence filled in, nothing placed yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry.facts import Role
from registry.issuance import IssuanceOrder
from tasks.engraving.errors import EngravingError
from tasks.engraving.fitting import Words
from tasks.engraving.fonts import clean
from tasks.engraving.wording import Point, Wording, filled

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""Not the calendar module's, which follow the machine's locale."""


@dataclass(frozen=True, slots=True)
class Content:
    """Printed values by field of the order, and the letter's paragraphs."""

    values: dict[str, str]
    """in the order of the panel; a field that does not apply is not there"""
    street: str
    unit: str
    """empty when there is none"""
    town: str
    day: str
    good_through: str
    greeting: str
    paragraphs: tuple[tuple[Words, ...], ...]
    contact: str


def content(order: IssuanceOrder, wording: Wording) -> Content:
    """The words of this order's certificate.

    Raises:
        EngravingError: a field that every certificate shows is empty.
    """
    values = _values(order, wording)
    needed = {"name", "registration_number", "serial", *(["patient"] if order.role is Role.CAREGIVER else [])}
    if empty := sorted(needed - set(values)):
        raise EngravingError(
            f"certificate: {', '.join(empty)}: empty in the order; fill it before the certificate is drawn."
        )
    blanks = values | {"contact": wording.agency.contact}
    opening = wording.opening.of(order.kind).of(order.role)
    points = (*([wording.minor_point] if order.no_smoking_forms else []), *wording.points)
    return Content(
        values=values,
        street=clean(order.address.street),
        unit=clean(order.address.unit),
        town=clean(f"{order.address.city}, {order.address.state} {order.address.zip_code}"),
        day=long_date(order.issued_on),
        good_through=filled(wording.good_through, blanks),
        greeting=filled(wording.greeting, blanks),
        paragraphs=((Words(filled(opening, blanks), bold=False),), *(_point(point, blanks) for point in points)),
        contact=filled(wording.card.contact, blanks),
    )


def long_date(day: date) -> str:
    """A day as it is printed: `December 22, 2026`, which no reader takes for another day."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def ounces(amount: Decimal) -> str:
    """An amount without trailing zeros: `2.5`."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _values(order: IssuanceOrder, wording: Wording) -> dict[str, str]:
    values = {
        "name": clean(order.name.in_full),
        "date_of_birth": long_date(order.date_of_birth),
        "role": wording.roles.of(order.role),
        "registration_number": clean(order.registration_number),
        "serial": order.serial,
        "valid_from": long_date(order.issued_on),
        "expires": long_date(order.expires_on),
        "monthly_allotment": filled(
            wording.allotment, {"ounces": ounces(order.monthly_allotment_ounces), "contact": ""}
        ),
        "caregiver": clean(order.caregiver_name) if order.role is Role.PATIENT else "",
        "patient": clean(order.patient_name) if order.role is Role.CAREGIVER else "",
        "dosage_restrictions": clean(order.dosage_restrictions),
        "product_forms": wording.no_smoking_forms if order.no_smoking_forms else "",
    }
    return {field: value for field, value in values.items() if value}


def _point(point: Point, blanks: dict[str, str]) -> tuple[Words, ...]:
    return (Words(filled(point.head, blanks), bold=True), Words(filled(point.text, blanks), bold=False))
