"""The facts of one case: everything that a rule may read, and all that a decision is made from.

Facts are established before anybody judges: comparisons with the register and with papers are made, and their answers
stand here in plain values. What follows from a fact under the law (is this a minor?) is a conclusion, not a fact.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, get_type_hints

from registry.facts import Kind, NearPerson, Role
from registry.near import NearPage
from registry.paper_words import Answer
from registry.pictures import Portrait


class Likeness(StrEnum):
    """How one name is like another."""

    SAME = "same"
    NEAR = "near"
    """a slip of the pen, a short form, or the parts turned round"""
    OTHER = "other"


class UploadState(StrEnum):
    """How far the looking at an upload came."""

    MISSING = "missing"
    """the row names none, or the file did not come"""
    NOT_LOOKED_AT = "not_looked_at"
    """it came, and we failed to look at it: never held against the applicant"""
    UNSAFE = "unsafe"
    UNREADABLE = "unreadable"
    NO_TEXT = "no_text"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Action:
    """The standing of one registration of this person."""

    status: str
    since: date | None
    """None when the register does not say since when"""


@dataclass(frozen=True)
class CaseFacts:
    """What is established in one case; each field is one fact, named as the rules name it."""

    submitted_on: date
    """the calendar day of submission in the agency's own time"""
    kind: Kind
    """what the submission asks for"""
    role: Role
    """as whom the person asks to be registered"""
    date_of_birth: date
    """the date of birth that the application gives"""
    emancipated_minor: bool
    """whether the application says that the person is an emancipated minor"""
    address_state: str
    """the state of the address given"""
    attestations: tuple[bool | None, ...]
    """the answers to the form's statements, in order; None where there is no answer"""
    payment_status: str
    """what the portal says of the fee"""

    registration_role: Role | None
    """the role of the registration that the submission names; None when the register does not hold it"""
    registration_status: str
    """the status of that registration; empty when there is none"""
    registration_expires_on: date | None
    """the last day of that registration"""
    register_name: Likeness
    """how the register's name is like the application's"""
    register_birth_date_agrees: bool
    """whether the register gives the same date of birth"""
    register_address_agrees: bool
    """whether the register gives the same address"""
    hold_is_set: bool
    """whether anybody asked that nothing be automatic for this person"""
    rows_apart: int
    """other rows of this same submission that are kept apart for a person"""
    actions: tuple[Action, ...]
    """the standing of every registration of this person"""
    same_person: tuple[str, ...]
    """other active registrations and open submissions with this name and date of birth"""
    near_persons: tuple[NearPerson, ...]
    """other active registrations and open submissions with nearly this name and date of birth"""

    identity_state: UploadState
    """how far the looking at the proof of identity came"""
    identity_type: str
    """what the application says that the proof of identity is"""
    identity_why: str
    """why the proof of identity has no text, in the reader's own words"""
    identity_name: Answer
    """whether the proof of identity bears the applicant's name"""
    identity_birth_date: Answer
    """whether the proof of identity gives the applicant's date of birth"""
    identity_expires_on: date | None
    """the last good day printed on the proof of identity, if it can be told"""
    identity_kind_seen: str
    """of which kind the proof of identity clearly looks to be; empty when it is not clear"""
    identity_kind_why: str
    """the words on the proof of identity that say so"""
    residency_state: UploadState
    """how far the looking at the proof of residency came"""
    residency_type: str
    """what the application says that the proof of residency is"""
    residency_why: str
    """why the proof of residency has no text, in the reader's own words"""
    residency_name: Answer
    """whether the proof of residency bears the applicant's name"""
    residency_address: Answer
    """whether the proof of residency is for the address given"""
    residency_dated_on: date | None
    """the day the proof of residency was issued, if it can be told"""
    residency_is_picture: bool
    """whether the text of the proof of residency was read from a picture"""
    residency_date_percent: int
    """how surely that day was read, in percent; 100 in a file's own text, 0 where there is no day"""
    residency_kind_seen: str
    """of which kind the proof of residency clearly looks to be; empty when it is not clear"""
    residency_kind_why: str
    """the words on the proof of residency that say so"""
    photo_is_named: bool
    """whether the submission names a photo"""
    photo_state: UploadState
    """how far the looking at the photo came"""
    photo_is_picture: bool
    """whether the photo can be opened as a picture"""
    photo_bears_a_code: bool
    """whether a code as cards and passports have it was read in the photo"""
    photo_words: int
    """how many words were read in the photo"""
    photo_portrait: Portrait | None
    """what was measured in the photo; None when it is no picture, or a card"""
    supporting_papers: tuple[str, ...]
    """the kinds of supporting papers that came"""
    papers_not_come: tuple[str, ...]
    """the kinds of supporting papers that are named and did not come"""
    unsafe_uploads: tuple[str, ...]
    """uploads that could not be opened safely, each with the reason"""
    unseen_uploads: tuple[str, ...]
    """uploads other than the two proofs that came, and that we failed to look at"""
    reused_proofs: tuple[str, ...]
    """proofs that came with another person's submission, each with that submission"""
    near_pages: tuple[NearPage, ...]
    """proofs that are nearly the page or picture that came with another person's submission"""

    certification_is_filled_in: bool
    """whether the submission gives the certification's number and source, and the certifier's license"""
    certified_on: date | None
    """the day the certifier signed"""
    certification_expires_on: date | None
    """the certification's last day"""
    certification_withdrawn_on: date | None
    """the day the certifier withdrew it, if so"""
    certification_source: str
    """who gave the certification: certifier or pharmacist"""
    certifier_is_known: bool
    """whether the certifier's license is in the register of certifiers"""
    license_periods_on_signing: int
    """how many of the license's periods cover the day of signing; two or more contradict each other"""
    license_type: str
    """the certifier's profession on the day of signing"""
    license_status: str
    """the license's status on the day of signing"""
    controlled_substance_registration_ends_on: date | None
    """end of the certifier's state controlled-substance registration"""
    dea_registration_ends_on: date | None
    """end of the certifier's DEA registration"""
    conditions_named: tuple[str, ...]
    """the condition codes of the certification"""
    conditions_unknown: tuple[str, ...]
    """condition codes of the certification that the table of conditions does not hold"""
    conditions_for_adults: tuple[str, ...]
    """conditions of the certification that were on the adults' list on the day of signing"""
    conditions_for_minors: tuple[str, ...]
    """conditions of the certification that were on the minors' list on the day of signing"""
    dosage_speaks_of_inhaling: bool
    """whether the dosage text speaks of a smoked, inhaled or vaporized form"""

    caregiver_required: bool
    """whether the certifier says that the patient needs a caregiver"""
    caregiver_is_named: bool
    """whether the submission or the register names a caregiver"""
    caregiver_was_approved: bool
    """whether a person approved the caregiver's submission that this one names"""
    caregiver_differs_from_register: bool
    """whether the submission names another caregiver than the register"""
    related_role: Role | None
    """the role of the other registration that the submission or the register names; None when there is none"""
    related_status: str
    """the status of that other registration; empty when there is none"""
    related_expires_on: date | None
    """the last day of that other registration"""
    relationship: str
    """what a caregiver is to the patient"""
    bears_certifiers_name: bool
    """whether a caregiver's name is that of the patient's certifier"""
    other_patients: tuple[str, ...]
    """registrations of other active patients whom this caregiver is linked to"""
    other_caregivers: tuple[str, ...]
    """registrations of other active caregivers linked to this patient"""


@cache
def fact_types() -> dict[str, Any]:
    """Every fact's name and type, in the order of the record."""
    hints = get_type_hints(CaseFacts)
    return {each.name: hints[each.name] for each in fields(CaseFacts)}
