"""Caregivers: who may be one, for whom, and when a patient waits for one."""

from registry.reading import OnSubmission
from registry.reasons import Reason
from registry.rule import rule


@rule(Reason.CAREGIVER_MISSING, when="needs_caregiver")
def named(caregiver_is_named: bool) -> str | None:
    """A patient who must have a caregiver names one."""
    return None if caregiver_is_named else "The patient must have a caregiver and none is named."


@rule(Reason.CAREGIVER_PENDING, when="needs_caregiver")
def registered(caregiver_is_named: bool, caregiver_is_registered: bool) -> str | None:
    """The caregiver a patient must have is registered."""
    waits = caregiver_is_named and not caregiver_is_registered
    return "The caregiver named is not registered yet." if waits else None


@rule(Reason.CAREGIVER_CHANGED, when="renews_a_registration")
def unchanged(is_patient: bool, caregiver_differs_from_register: bool) -> str | None:
    """A renewing patient keeps the caregiver of the register."""
    another = is_patient and caregiver_differs_from_register
    return "The patient names another caregiver than the register." if another else None


@rule(Reason.CAREGIVER_UNDERAGE, when="is_caregiver")
def of_age(age_years: int, caregiver_minimum_age_years: OnSubmission[int]) -> str | None:
    """A caregiver is old enough on the submission day."""
    if age_years >= caregiver_minimum_age_years:
        return None
    return f"The caregiver was {age_years}; {caregiver_minimum_age_years} is the least."


@rule(Reason.CAREGIVER_IS_CERTIFIER, when="is_caregiver")
def not_the_certifier(bears_certifiers_name: bool) -> str | None:
    """A caregiver is not the patient's certifier."""
    return "The caregiver bears the name of the patient's certifier." if bears_certifiers_name else None


@rule(Reason.CAREGIVER_LIMIT, when="is_caregiver")
def one_patient_only(
    other_patients: tuple[str, ...],
    relationship: str,
    caregiver_relations_without_limit: OnSubmission[tuple[str, ...]],
) -> str | None:
    """A caregiver has one patient, unless a near relative of each."""
    if not other_patients or relationship in caregiver_relations_without_limit:
        return None
    return f"The caregiver is already linked to {len(other_patients)} other patient(s)."


@rule(Reason.CAREGIVER_SECOND, when="is_caregiver")
def only_caregiver(other_caregivers: tuple[str, ...]) -> str | None:
    """A patient has one caregiver."""
    return "The patient already has another active caregiver." if other_caregivers else None


RULES = (named, registered, unchanged, of_age, not_the_certifier, one_patient_only, only_caregiver)
