"""What a certificate has to say, worked out from the order apart from the drawing code."""

from collections.abc import Iterator
from datetime import date

from registry.facts import Role
from registry.issuance import IssuanceOrder
from tasks.engraving.wording import Wording

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = rf"(?:{_MONTHS}) \d{{1,2}}, \d{{4}}"
"""A pattern of any date as printed."""


def panel_values(order: IssuanceOrder, wording: Wording) -> dict[str, str]:
    """What each field has to say, by label; a field that does not apply is not there."""
    is_patient = order.role is Role.PATIENT
    amount = format(order.monthly_allotment_ounces.normalize(), "f")
    values = {
        "name": order.name.in_full,
        "date_of_birth": long_date(order.date_of_birth),
        "registration_number": order.registration_number,
        "serial": order.serial,
        "role": wording.roles.patient if is_patient else wording.roles.caregiver,
        "valid_from": long_date(order.issued_on),
        "expires": long_date(order.expires_on),
        "monthly_allotment": wording.allotment.replace("{ounces}", amount),
    }
    if is_patient and order.caregiver_name.split():
        values["caregiver"] = order.caregiver_name
    if not is_patient:
        values["patient"] = order.patient_name
    if order.no_smoking_forms:
        values["product_forms"] = wording.no_smoking_forms
    if order.dosage_restrictions.split():
        values["dosage_restrictions"] = order.dosage_restrictions
    return values


def long_date(day: date) -> str:
    """A day as a certificate has to print it."""
    return f"{_MONTHS.split('|')[day.month - 1]} {day.day}, {day.year:04d}"


def front_words(order: IssuanceOrder, wording: Wording) -> str:
    """The fixed words on the card's front."""
    agency = wording.agency
    return " ".join((agency.state, agency.program, wording.marks.of(order.kind), wording.card.front_foot))


def back_words(order: IssuanceOrder, wording: Wording) -> str:
    """The fixed words on the card's back."""
    forms = wording.no_smoking_forms if order.no_smoking_forms else ""
    contact = wording.card.contact.replace("{contact}", wording.agency.contact)
    return " ".join((wording.card.conditions_head, *wording.card.conditions, forms, contact, wording.card.code_caption))


def letter_words(order: IssuanceOrder, wording: Wording) -> str:
    """Everything that stands outside panel, card and envelope window: header, title, date and the letter's text."""
    text = " ".join(_letter_texts(order, wording))
    blanks = {
        "{name}": order.name.in_full,
        "{patient}": order.patient_name,
        "{valid_from}": long_date(order.issued_on),
        "{expires}": long_date(order.expires_on),
        "{contact}": wording.agency.contact,
    }
    for blank, value in blanks.items():
        text = text.replace(blank, " ".join(value.split()))
    return text


def _letter_texts(order: IssuanceOrder, wording: Wording) -> Iterator[str]:
    agency = wording.agency
    yield from (agency.monogram, agency.state, agency.department, agency.program, *agency.address, agency.contact)
    yield from (wording.titles.of(order.kind), wording.good_through, long_date(order.issued_on))
    yield from (wording.greeting, wording.opening.of(order.kind).of(order.role), wording.card.cut)
    for point in (*wording.points, *([wording.minor_point] if order.no_smoking_forms else [])):
        yield from (point.head, point.text)
