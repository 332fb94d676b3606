"""What follows from the facts under the law, before any rule is asked: who is a minor, what counts as complete."""

from datetime import date, timedelta
from enum import StrEnum

from registry.calendar_days import age_in_years
from registry.case import UploadState
from registry.facts import Kind, Role
from registry.names import one_edit_apart
from registry.portraits import PHOTO_CONCLUSIONS
from registry.reading import OnSigning, OnSubmission
from registry.rule import conclusion


class Standing(StrEnum):
    """The first thing that is true of a proof, in this order."""

    MISSING = "missing"
    UNSAFE = "unsafe"
    UNACCEPTABLE = "unacceptable"
    UNREADABLE = "unreadable"
    NO_TEXT = "no_text"
    TEXT = "text"


@conclusion
def is_patient(role: Role) -> bool:
    """The person applies as a patient."""
    return role is Role.PATIENT


@conclusion
def is_caregiver(role: Role) -> bool:
    """The person applies as a caregiver."""
    return role is Role.CAREGIVER


@conclusion
def acts_on_a_registration(kind: Kind) -> bool:
    """The submission renews, replaces or changes a registration; a first application acts on none."""
    return kind is not Kind.INITIAL


@conclusion
def registration_is_found(registration_role: Role | None) -> bool:
    """The registration that the submission names is in the register."""
    return registration_role is not None


@conclusion
def renews_a_registration(kind: Kind, registration_is_found: bool) -> bool:
    """The submission renews a registration that is in the register."""
    return kind is Kind.RENEWAL and registration_is_found


@conclusion
def age_years(date_of_birth: date, submitted_on: date) -> int:
    """Completed years on the day of submission."""
    return age_in_years(date_of_birth, submitted_on)


@conclusion
def age_on_signing_years(date_of_birth: date, certified_on: date | None) -> int | None:
    """Completed years on the day the certification was signed."""
    return None if certified_on is None else age_in_years(date_of_birth, certified_on)


@conclusion
def is_under_age(is_patient: bool, age_years: int, age_of_majority_years: OnSubmission[int]) -> bool:
    """A patient below the age of majority on the day of submission, emancipated or not."""
    return is_patient and age_years < age_of_majority_years


@conclusion
def is_minor(is_under_age: bool, emancipated_minor: bool) -> bool:
    """A patient under age on the day of submission who is not emancipated (Conn. Gen. Stat. 21a-408d(a))."""
    return is_under_age and not emancipated_minor


@conclusion
def certification_is_complete(
    is_patient: bool,
    certification_is_filled_in: bool,
    certified_on: date | None,
    certification_expires_on: date | None,
    submitted_on: date,
    patients_may_be_certified: OnSigning[bool | None],
) -> bool:
    """The certification says enough to be judged, and was signed by the submission, under a law to sign by."""
    if certified_on is None or certification_expires_on is None or not certification_is_filled_in:
        return False
    return is_patient and certified_on <= submitted_on and bool(patients_may_be_certified)


@conclusion
def license_is_clear(certification_is_complete: bool, license_periods_on_signing: int) -> bool:
    """The register of certifiers says, in one period, what the license was on the day of signing."""
    return certification_is_complete and license_periods_on_signing == 1


@conclusion
def was_minor_on_signing(
    is_patient: bool,
    age_on_signing_years: int | None,
    emancipated_minor: bool,
    age_of_majority_years: OnSigning[int | None],
) -> bool:
    """A patient under age on the day of signing who is not emancipated: the day that the list of conditions goes by."""
    if age_on_signing_years is None or age_of_majority_years is None:
        return False
    return is_patient and age_on_signing_years < age_of_majority_years and not emancipated_minor


@conclusion
def needs_caregiver(is_patient: bool, caregiver_required: bool, is_minor: bool) -> bool:
    """The patient must have a caregiver: by the certifier's word, or as a minor."""
    return is_patient and (caregiver_required or is_minor)


@conclusion
def caregiver_is_registered(
    related_role: Role | None,
    related_status: str,
    related_expires_on: date | None,
    submitted_on: date,
    caregiver_was_approved: bool,
) -> bool:
    """The caregiver named has an active registration, or has none yet and was approved by a person."""
    if related_role is None:
        return caregiver_was_approved
    runs_on = related_expires_on is None or related_expires_on >= submitted_on
    return related_role is Role.CAREGIVER and related_status == "active" and runs_on


@conclusion
def identity_standing(
    identity_state: UploadState, identity_type: str, identity_document_types: OnSubmission[tuple[str, ...]]
) -> Standing:
    """Where the proof of identity stands before anybody asks what it says."""
    return _standing(identity_state, identity_type, identity_document_types)


@conclusion
def residency_standing(
    residency_state: UploadState, residency_type: str, residency_document_types: OnSubmission[tuple[str, ...]]
) -> Standing:
    """Where the proof of residency stands before anybody asks what it says."""
    return _standing(residency_state, residency_type, residency_document_types)


def _standing(state: UploadState, declared_type: str, accepted: tuple[str, ...]) -> Standing:
    if state is UploadState.MISSING:
        return Standing.MISSING
    if state is not UploadState.UNSAFE and declared_type not in accepted:
        return Standing.UNACCEPTABLE
    return _STANDING_OF[state]


_STANDING_OF = {
    UploadState.NOT_LOOKED_AT: Standing.NO_TEXT,
    UploadState.UNSAFE: Standing.UNSAFE,
    UploadState.UNREADABLE: Standing.UNREADABLE,
    UploadState.NO_TEXT: Standing.NO_TEXT,
    UploadState.TEXT: Standing.TEXT,
}


@conclusion
def identity_is_read(identity_standing: Standing) -> bool:
    """The proof of identity is of an accepted kind and has a text to compare."""
    return identity_standing is Standing.TEXT


@conclusion
def residency_is_read(is_patient: bool, residency_standing: Standing) -> bool:
    """A patient's proof of residency is of an accepted kind and has a text to compare."""
    return is_patient and residency_standing is Standing.TEXT


@conclusion
def residency_paper_goes_stale(
    residency_type: str,
    residency_kind_seen: str,
    dated_residency_document_types: OnSubmission[tuple[str, ...]],
) -> bool:
    """The proof of residency is, or clearly looks to be, of a kind that counts only while it is recent."""
    return not {residency_type, residency_kind_seen}.isdisjoint(dated_residency_document_types)


@conclusion
def residency_paper_is_old(
    residency_paper_goes_stale: bool,
    residency_dated_on: date | None,
    submitted_on: date,
    residency_paper_longest_days: OnSubmission[int],
) -> bool:
    """By the day that was read on it, a proof of residency that goes stale was too old at submission."""
    if not residency_paper_goes_stale or residency_dated_on is None:
        return False
    return submitted_on - residency_dated_on > timedelta(residency_paper_longest_days)


@conclusion
def residency_paper_is_surely_old(
    residency_paper_is_old: bool,
    residency_type: str,
    dated_residency_document_types: OnSubmission[tuple[str, ...]],
    residency_is_picture: bool,
    residency_date_percent: int,
    picture_date_least_percent: OnSubmission[int],
    residency_dated_on: date | None,
    submitted_on: date,
    residency_paper_longest_days: OnSubmission[int],
) -> bool:
    """The proof of residency is so certainly too old that the patient can be asked for a newer one.

    Its kind goes stale by the patient's own word, and not only by its looks. And where its day was read in a picture,
    the line was read with little doubt, and no slip at a single digit could have made the day of a paper that is
    recent enough: 10/30/2025 may have been 10/30/2026, while 06/15/2025 was too old with any one digit otherwise.
    """
    if not residency_paper_is_old or residency_dated_on is None:
        return False
    if residency_type not in dated_residency_document_types:
        return False
    if not residency_is_picture:
        return True
    recent = (submitted_on - timedelta(age) for age in range(residency_paper_longest_days + 1))
    return residency_date_percent >= picture_date_least_percent and not any(
        one_edit_apart(_figures(residency_dated_on), _figures(day)) for day in recent
    )


def _figures(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year:04}"


CONCLUSIONS = (
    is_patient,
    is_caregiver,
    acts_on_a_registration,
    registration_is_found,
    renews_a_registration,
    age_years,
    age_on_signing_years,
    is_under_age,
    is_minor,
    certification_is_complete,
    license_is_clear,
    was_minor_on_signing,
    needs_caregiver,
    caregiver_is_registered,
    identity_standing,
    residency_standing,
    identity_is_read,
    residency_is_read,
    residency_paper_goes_stale,
    residency_paper_is_old,
    residency_paper_is_surely_old,
    *PHOTO_CONCLUSIONS,
)
