"""Caregivers: who may be one, for whom, and when a patient waits for one."""

from registry.calendar_days import age_in_years
from registry.facts import Kind, Role
from registry.matter import Matter, rule
from registry.names import same_full_name
from registry.reasons import Reason

_WAIT = "RCSA 21a-408-7(a)(8)"
_STATUTE = "Conn. Gen. Stat. 21a-408a"


def needs_caregiver(matter: Matter) -> bool:
    """Whether this patient must have a caregiver: by the certifier's word, or as a minor."""
    return matter.is_patient and (matter.application.caregiver_required or matter.is_minor)


def _names_a_caregiver(matter: Matter) -> bool:
    application = matter.application
    in_register = bool(matter.entry and matter.entry.related_registration_number)
    return bool(application.related_submission_id or application.related_registration_number or in_register)


def _caregiver_is_registered(matter: Matter) -> bool:
    entry = matter.around.related_entry
    if entry is None:
        return matter.around.related_approved
    runs_on = entry.expires_on is None or entry.expires_on >= matter.submitted_on
    return entry.role is Role.CAREGIVER and entry.status == "active" and runs_on


@rule(Reason.CAREGIVER_MISSING, _WAIT, "age_of_majority_years")
def named(matter: Matter) -> str | None:
    """A patient who must have a caregiver names one."""
    missing = needs_caregiver(matter) and not _names_a_caregiver(matter)
    return "The patient must have a caregiver and none is named." if missing else None


@rule(Reason.CAREGIVER_PENDING, _WAIT, "age_of_majority_years")
def registered(matter: Matter) -> str | None:
    """The caregiver a patient must have is registered."""
    named_only = needs_caregiver(matter) and _names_a_caregiver(matter) and not _caregiver_is_registered(matter)
    return "The caregiver named is not registered yet." if named_only else None


@rule(Reason.CAREGIVER_CHANGED, "automatic lane: caregiver unchanged (design)")
def unchanged(matter: Matter) -> str | None:
    """A renewing patient keeps the caregiver of the register."""
    application, entry = matter.application, matter.entry
    if not matter.is_patient or application.kind is not Kind.RENEWAL or entry is None:
        return None
    named_number = application.related_registration_number
    another = named_number not in {"", entry.related_registration_number} or _new_caregiver(matter)
    return "The patient names another caregiver than the register." if another else None


def _new_caregiver(matter: Matter) -> bool:
    """A patient's row that points to a submission points to somebody who asks to become the caregiver."""
    application, related = matter.application, matter.around.related_application
    if not application.related_submission_id or application.related_registration_number:
        return False
    held = matter.entry.related_registration_number if matter.entry else ""
    return not held or related is None or related.registration_number != held


@rule(Reason.CAREGIVER_UNDERAGE, _STATUTE, "caregiver_minimum_age_years")
def of_age(matter: Matter) -> str | None:
    """A caregiver is old enough on the submission day."""
    if matter.is_patient:
        return None
    minimum = matter.law.number("caregiver_minimum_age_years")
    years = age_in_years(matter.application.date_of_birth, matter.submitted_on)
    return f"The caregiver was {years}; {minimum} is the least." if years < minimum else None


@rule(Reason.CAREGIVER_IS_CERTIFIER, _STATUTE)
def not_the_certifier(matter: Matter) -> str | None:
    """A caregiver is not the patient's certifier."""
    same = not matter.is_patient and any(
        same_full_name(matter.application.name, period.full_name) for period in matter.around.certifier_periods
    )
    return "The caregiver bears the name of the patient's certifier." if same else None


@rule(Reason.CAREGIVER_LIMIT, _STATUTE, "caregiver_relations_without_limit")
def one_patient_only(matter: Matter) -> str | None:
    """A caregiver has one patient, unless a near relative of each."""
    unlimited = matter.application.relationship in matter.law.words("caregiver_relations_without_limit")
    others = matter.around.patients_of_caregiver
    over = not matter.is_patient and bool(others) and not unlimited
    return f"The caregiver is already linked to {len(others)} other patient(s)." if over else None


@rule(Reason.CAREGIVER_SECOND, _STATUTE)
def only_caregiver(matter: Matter) -> str | None:
    """A patient has one caregiver."""
    second = not matter.is_patient and bool(matter.around.caregivers_of_patient)
    return "The patient already has another active caregiver." if second else None


RULES = (named, registered, unchanged, of_age, not_the_certifier, one_patient_only, only_caregiver)
