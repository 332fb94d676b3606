"""What a person's approval gives: the registration it makes or renews, and the permanent certificate of it.

An approval may pass over any finding, but not over what the certificate itself needs: a certification with its end, a
registration to act on, and the other half of a patient and caregiver who belong together.
"""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from registry.calendar_days import age_in_years
from registry.decision import decide
from registry.establishing import establish
from registry.facts import Address, Application, Kind, PersonName, RegisterEntry, Role, Surroundings
from registry.issuance import CertificateKind, IssuanceOrder, serial_number
from registry.terms import caregivers_registration_ends_on, registration_ends_on
from tasks.desk import Desk
from tasks.kinship import caregiver_of, is_waited_for, patient_of
from tasks.ledger import certificates, reviews
from tasks.ledger.engine import Connection
from tasks.ledger.registrations import amend, enter, entries_by_number
from tasks.ledger.writing import Writing

_PREFIXES = {Role.PATIENT: "MMP", Role.CAREGIVER: "MMC"}
_MAY_BE_RENEWED = {"active", "expired"}
_NOBODY = RegisterEntry(
    registration_number="",
    role=Role.PATIENT,
    status="",
    status_since=None,
    name=PersonName("", "", "", ""),
    date_of_birth=date.min,
    email="",
    address=Address("", "", "", "", ""),
    issued_on=None,
    expires_on=None,
    related_registration_number="",
    hold=False,
)


class CannotIssueError(Exception):
    """Nothing can be certified; one sentence for the analyst: why, and what to do. Never a personal value."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What is to be stored with an approval; the number of a new registration and the serial are still empty."""

    entry: RegisterEntry
    order: IssuanceOrder


def patients_grant(connection: Connection, desk: Desk, application: Application) -> Grant:
    """What the approval of a patient's submission gives.

    Raises:
        CannotIssueError: there is nothing to certify.
    """
    as_of, law = desk.run.as_of, decide(establish(application, Surroundings()), desk.policy).conclusions
    certified_to = application.certification.expires_on
    if certified_to is None or certified_to < as_of:
        raise CannotIssueError("The certification has ended or has no end; ask the applicant for a new one.")
    held = _acted_on(connection, application, as_of)
    ends_on = _end(connection, application, held, certified_to, as_of)
    number, name = caregiver_of(connection, application, held)
    if law["needs_caregiver"] and not name:
        raise CannotIssueError("The patient must have a caregiver who is registered; approve the caregiver first.")
    entry = _entry(application, held, ends_on, as_of, number)
    order = _order(application, entry, as_of)
    shown = name if law["needs_caregiver"] else ""
    return Grant(entry, replace(order, caregiver_name=shown, no_smoking_forms=law["is_minor"]))


def caregivers_grant(connection: Connection, desk: Desk, application: Application) -> Grant | None:
    """What the approval of a caregiver's submission gives; None when the certificate has to wait for the patient's own.

    Raises:
        CannotIssueError: there is nothing to certify.
    """
    as_of = desk.run.as_of
    held = _acted_on(connection, application, as_of)
    patient = patient_of(connection, application, held)
    if patient is None or patient.status != "active" or patient.expires_on is None or patient.expires_on < as_of:
        if is_waited_for(connection, application):
            return None
        raise CannotIssueError("The caregiver's patient has no active registration; decide on the patient first.")
    ends_on = _end(connection, application, held, patient.expires_on, as_of)
    entry = _entry(application, held, ends_on, as_of, patient.registration_number)
    order = _order(application, entry, as_of)
    terms = reviews.newest_order(connection, patient.registration_number)
    if terms is None:
        majority = desk.policy.on(as_of).number("age_of_majority_years")
        minor = age_in_years(patient.date_of_birth, as_of) < majority
        return Grant(entry, replace(order, patient_name=patient.name.in_full, no_smoking_forms=minor))
    as_for_patient = replace(
        order,
        patient_name=patient.name.in_full,
        monthly_allotment_ounces=terms.monthly_allotment_ounces,
        dosage_restrictions=terms.dosage_restrictions,
        no_smoking_forms=terms.no_smoking_forms,
    )
    return Grant(entry, as_for_patient)


def store(pen: Writing, desk: Desk, decision_id: str, grant: Grant) -> RegisterEntry:
    """Keep the registration, take a serial and reserve the certificate; the registration as it stands now."""
    entry = grant.entry
    is_new = not entry.registration_number
    if not is_new:
        amend(pen, entry)
    else:
        entry = replace(entry, registration_number=_new_number(pen, desk.key, entry.role))
        enter(pen, entry)
    [sequence] = pen.reserve(certificates.COUNTER, 1)
    serial = serial_number(desk.run.as_of.year, sequence)
    order = replace(grant.order, serial=serial, registration_number=entry.registration_number)
    certificates.reserve(pen, [(decision_id, sequence, order)])
    _link(pen, entry, is_new)
    return entry


def _acted_on(connection: Connection, application: Application, as_of: date) -> RegisterEntry | None:
    """The registration that is renewed, changed or replaced; None when a new one is made."""
    number = application.registration_number if application.kind is not Kind.INITIAL else ""
    # A first application that was approved before, and came again in a newer revision, has its registration already.
    number = number or reviews.registration_given_to(connection, application.submission_id)
    if not number and application.kind is Kind.INITIAL:
        return None
    entry = entries_by_number(connection, [number]).get(number)
    if entry is None or entry.role is not application.role:
        raise CannotIssueError("The registration it names is not in the register for this role; ask for the right one.")
    allowed = {"active"} if application.kind in {Kind.CHANGE, Kind.REPLACEMENT} else _MAY_BE_RENEWED
    if entry.status not in allowed:
        raise CannotIssueError(f"The registration is {entry.status}; that has to be settled in the register first.")
    if other := reviews.certified_by_another(connection, number, application.submission_id, as_of.isoformat()):
        raise CannotIssueError(f"A certificate of {other} for the same registration is under way; decide after it.")
    return entry


def _end(
    connection: Connection, application: Application, held: RegisterEntry | None, limit: date, as_of: date
) -> date:
    """The last day: a new term runs to its limit; a change or a replacement gives nobody a day more than is held."""
    term_held_to = None
    if held is not None and application.kind in {Kind.CHANGE, Kind.REPLACEMENT}:
        certified = reviews.good_through(connection, held.registration_number)
        term_held_to = date.fromisoformat(certified) if certified else held.expires_on
    is_patient = application.role is Role.PATIENT
    ends_on = (registration_ends_on if is_patient else caregivers_registration_ends_on)(limit, term_held_to)
    if ends_on < as_of:
        raise CannotIssueError(f"The registration ended on {ends_on}; it has to be renewed.")
    return ends_on


def _entry(
    application: Application, held: RegisterEntry | None, ends_on: date, as_of: date, related: str
) -> RegisterEntry:
    """The register says of the person what the approved application, and so the certificate, says."""
    before = held or replace(_NOBODY, role=application.role)
    new_term = held is None or application.kind not in {Kind.CHANGE, Kind.REPLACEMENT}
    return replace(
        before,
        status="active",
        status_since=before.status_since if before.status == "active" else as_of,
        name=application.name,
        date_of_birth=application.date_of_birth,
        email=application.email,
        address=application.address,
        issued_on=as_of if new_term else before.issued_on,
        expires_on=ends_on,
        related_registration_number=related or before.related_registration_number,
    )


def _order(application: Application, entry: RegisterEntry, as_of: date) -> IssuanceOrder:
    if entry.expires_on is None:
        raise ValueError("a registration that is granted has an end")
    return IssuanceOrder(
        serial="",
        kind=CertificateKind.PERMANENT,
        role=application.role,
        registration_number=entry.registration_number,
        name=application.name,
        date_of_birth=application.date_of_birth,
        address=application.address,
        issued_on=as_of,
        expires_on=entry.expires_on,
        registration_ends_on=entry.expires_on,
        monthly_allotment_ounces=application.monthly_allotment_ounces,
        dosage_restrictions=application.dosage_restrictions,
        caregiver_name="",
        patient_name="",
        no_smoking_forms=False,
    )


def _link(pen: Writing, entry: RegisterEntry, is_new: bool) -> None:
    """Let the other half point back: one that points to nobody, and a patient who got a new caregiver."""
    number = entry.related_registration_number
    other = entries_by_number(pen.connection, [number]).get(number)
    if other is None or other.role is entry.role:
        return
    if not other.related_registration_number or (is_new and entry.role is Role.CAREGIVER):
        amend(pen, replace(other, related_registration_number=entry.registration_number))


def _new_number(pen: Writing, key: bytes, role: Role) -> str:
    """An unused registration number; drawn from a counter with our key, so that nobody reads our volume from it."""
    [sequence] = pen.reserve("registration", 1)
    for attempt in count():
        drawn = hmac.new(key, f"registration:{sequence}:{attempt}".encode(), hashlib.sha256).digest()
        number = f"{_PREFIXES[role]}-{int.from_bytes(drawn[:8]) % 10**9:09d}"
        if number not in entries_by_number(pen.connection, [number]):
            return number
    raise AssertionError("count() has no end")
