"""Patients and caregivers who belong together: who is whose, and which of the two has to go first."""

from registry.facts import Application, Kind, RegisterEntry, Role
from registry.reasons import Reason
from tasks.ledger import reviews
from tasks.ledger.cases import current_applications
from tasks.ledger.engine import Connection
from tasks.ledger.registrations import entries_by_number
from tasks.ledger.reviews import Standing


def turn_of(connection: Connection, submission_id: str) -> int:
    """When a submission's turn is: caregivers whom a patient waits for, then patients, then other caregivers.

    Persons' decisions do not count, so that the turns stay the same while decisions are taken in.
    """
    application = current_applications(connection, [submission_id]).get(submission_id)
    if application is None or application.role is Role.PATIENT:
        return 1
    patient = reviews.current_standing(connection, application.related_submission_id, by="machine")
    return 0 if _waits(patient, application) else 2


def caregiver_of(connection: Connection, application: Application, held: RegisterEntry | None) -> tuple[str, str]:
    """(registration, name) of the patient's caregiver; no number yet for one approved who waits for this patient."""
    related = application.related_submission_id
    number = application.related_registration_number or _registration_of(connection, related)
    if not number and (waiting := reviews.approved_and_waiting(connection, related)):
        return "", waiting[1].name.in_full
    number = number or (held.related_registration_number if held else "")
    entry = entries_by_number(connection, [number]).get(number)
    registered = entry is not None and entry.role is Role.CAREGIVER and entry.status == "active"
    return (number, entry.name.in_full) if entry and registered else ("", "")


def patient_of(connection: Connection, application: Application, held: RegisterEntry | None) -> RegisterEntry | None:
    """The register's entry of the patient whom a caregiver's submission names, or whom the register links to it."""
    number = application.related_registration_number or _registration_of(connection, application.related_submission_id)
    number = number or (held.related_registration_number if held else "")
    entry = entries_by_number(connection, [number]).get(number)
    return entry if entry is not None and entry.role is Role.PATIENT else None


def _registration_of(connection: Connection, submission_id: str) -> str:
    """The registration that a submission led to, or acts on."""
    if not submission_id:
        return ""
    related = current_applications(connection, [submission_id]).get(submission_id)
    named = related.registration_number if related and related.kind is not Kind.INITIAL else ""
    return reviews.registration_given_to(connection, submission_id) or named


def is_waited_for(connection: Connection, application: Application) -> bool:
    """Whether the patient's own open submission waits for this very caregiver: then one of the two has to go first."""
    patient = reviews.current_standing(connection, application.related_submission_id)
    return patient is not None and patient.actor_kind == "machine" and _waits(patient, application)


def _waits(patient: Standing | None, application: Application) -> bool:
    return (
        patient is not None
        and patient.application.related_submission_id == application.submission_id
        and Reason.CAREGIVER_PENDING.value in patient.reason_codes
    )
