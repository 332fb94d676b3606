"""How a case would have had to be for a rule to be met: for each rule the smallest changes of its facts.

A cure is tried, never believed: whether it opens the automatic lane is settled by asking every rule again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from registry import changes
from registry.case import Likeness, UploadState
from registry.changes import Changes, Known
from registry.facts import Role
from registry.paper_words import Answer
from registry.rule import Rule
from registry.rules import (
    caregivers,
    certification,
    certifier,
    conditions,
    documents,
    identity,
    lanes,
    minors,
    register,
    residency,
    statements,
)
from registry.terms import renewal_opens_on


@dataclass(frozen=True, slots=True)
class Cure:
    """A change of facts with which a rule would be met, in words that go on from `if`."""

    words: str
    change: Callable[[Known], Changes]


def _is(words: str, **facts: Any) -> Cure:
    return Cure(words, lambda _: facts)


_CAREGIVER = {"related_role": Role.CAREGIVER, "related_status": "active", "related_expires_on": None}
_IDENTITY = Cure("a proof of identity had come that settles name, date of birth and expiry", changes.good_identity)
_RESIDENCY = Cure("a fresh proof of residency had come that settles name and address", changes.good_residency)

CURES: dict[Rule, tuple[Cure, ...]] = {
    register.known: (Cure("the registration had been in the register, active, and this person's", changes.registered),),
    register.active: (
        Cure(
            "the registration had been active and had a last day",
            lambda k: {
                "registration_status": "active",
                "registration_expires_on": k["registration_expires_on"] or k["submitted_on"],
            },
        ),
    ),
    register.not_early: (
        Cure(
            "the renewal had come on {submitted_on}, when its time began",
            lambda k: {"submitted_on": renewal_opens_on(k["registration_expires_on"], k["renewal_window_days"])},
        ),
        Cure(
            "the registration had ended by {registration_expires_on}",
            lambda k: {"registration_expires_on": k["submitted_on"] + timedelta(k["renewal_window_days"])},
        ),
    ),
    register.same_person_as_registered: (
        _is(
            "name and date of birth had been those of the register",
            register_name=Likeness.SAME,
            register_birth_date_agrees=True,
        ),
    ),
    register.address_same_or_proven: (_is("the address had been that of the register", register_address_agrees=True),),
    register.no_recent_action: (Cure("no action against this person counted", changes.without_actions),),
    register.no_hold: (_is("nothing had been on hold or kept apart", hold_is_set=False, rows_apart=0),),
    register.one_registration_each: (_is("nobody else had this name and birth date", same_person=(), near_persons=()),),
    identity.present: (_IDENTITY,),
    identity.of_accepted_kind: (
        Cure(
            "the proof of identity had been of an accepted kind",
            lambda k: {"identity_type": k["identity_document_types"][0]},
        ),
    ),
    identity.can_be_opened: (_IDENTITY,),
    identity.settles_the_question: (Cure("the proof of identity had left nothing open", changes.settled_identity),),
    identity.in_this_name: (_is("the proof of identity had borne this name", identity_name=Answer.AGREES),),
    identity.with_this_birth_date: (
        _is("the proof of identity had given the applicant's date of birth", identity_birth_date=Answer.AGREES),
    ),
    identity.unexpired: (
        Cure(
            "the proof of identity had been good until {identity_expires_on}",
            lambda k: {"identity_expires_on": k["submitted_on"]},
        ),
    ),
    residency.lives_in_connecticut: (
        Cure(
            "the address had been in {address_state}",
            lambda k: {"address_state": k["residency_state_code"]},
        ),
    ),
    residency.present: (_RESIDENCY,),
    residency.of_accepted_kind: (
        Cure(
            "the proof of residency had been of an accepted kind",
            lambda k: {"residency_type": k["residency_document_types"][0]},
        ),
    ),
    residency.can_be_opened: (_RESIDENCY,),
    residency.settles_the_question: (Cure("the proof of residency had left nothing open", changes.settled_residency),),
    residency.in_this_name: (_is("the proof of residency had borne this name", residency_name=Answer.AGREES),),
    residency.for_this_address: (
        _is("the proof of residency had been for the address given", residency_address=Answer.AGREES),
    ),
    residency.recent_enough: (
        Cure(
            "the proof of residency had been dated {residency_dated_on} or later",
            lambda k: {"residency_dated_on": k["submitted_on"] - timedelta(k["residency_paper_longest_days"])},
        ),
    ),
    documents.safe_to_open: (Cure("every upload had come and could have been opened safely", changes.safe_uploads),),
    documents.not_reused: (_is("no proof had come with another person's submission", reused_proofs=(), near_pages=()),),
    documents.photo_usable: (
        _is(
            "a photo had come that is a picture",
            photo_is_named=True,
            photo_state=UploadState.NO_TEXT,
            photo_is_picture=True,
            photo_bears_a_code=False,
            photo_words=0,
            photo_portrait=None,
        ),
    ),
    certification.present: (Cure("a complete certification had been signed in time", changes.complete_certification),),
    certification.in_force: (
        Cure(
            "the certification had run until {certification_expires_on}",
            lambda k: {"certification_expires_on": k["submitted_on"]},
        ),
        Cure("a newer certification had been signed by {certified_on}", changes.renewed_certification),
    ),
    certification.not_withdrawn: (_is("the certification had not been withdrawn", certification_withdrawn_on=None),),
    certification.not_too_long: (Cure("the certification had ended by {certification_expires_on}", changes.longest),),
    certifier.known: (Cure("the certifier had been in the register, in good standing", changes.good_license),),
    certifier.in_standing: (
        Cure("the certifier had been in good standing on the day of signing", changes.good_license),
    ),
    certifier.source_fits: (Cure("a physician in good standing had certified", changes.fitting_source),),
    certifier.type_allowed: (Cure("a {license_type} had certified", changes.allowed_type),),
    conditions.known: (Cure("every condition named had been in the table", changes.known_conditions),),
    conditions.on_the_list: (Cure("a condition of the list in force had been named", changes.listed_condition),),
    minors.second_physician_agrees: (
        Cure(
            "the second physician's letter had come",
            lambda k: {"supporting_papers": (*k["supporting_papers"], "second_physician_letter")},
        ),
    ),
    minors.parent_acknowledges: (
        Cure(
            "the parent's acknowledgement had come",
            lambda k: {"supporting_papers": (*k["supporting_papers"], "parent_acknowledgement")},
        ),
    ),
    minors.no_inhaled_form: (_is("no inhaled form had been named", dosage_speaks_of_inhaling=False),),
    caregivers.named: (_is("a registered caregiver had been named", caregiver_is_named=True, **_CAREGIVER),),
    caregivers.registered: (_is("the caregiver had been registered", **_CAREGIVER),),
    caregivers.unchanged: (_is("the caregiver had been that of the register", caregiver_differs_from_register=False),),
    caregivers.of_age: (Cure("the caregiver had been born by {date_of_birth}", changes.old_enough),),
    caregivers.not_the_certifier: (_is("the caregiver had not been the certifier", bears_certifiers_name=False),),
    caregivers.one_patient_only: (_is("the caregiver had had no other patient", other_patients=()),),
    caregivers.only_caregiver: (_is("the patient had had no other caregiver", other_caregivers=()),),
    statements.all_attested: (Cure("every attestation had been answered yes", changes.attested),),
    statements.fee_settled: (
        Cure("the fee had been settled", lambda k: {"payment_status": k["settled_payment_statuses"][0]}),
    ),
    lanes.late_renewal: (
        Cure(
            "the renewal had come by {submitted_on}, before the registration ended",
            lambda k: {"submitted_on": k["registration_expires_on"]},
        ),
        Cure(
            "the registration had run until {registration_expires_on}",
            lambda k: {"registration_expires_on": k["submitted_on"]},
        ),
    ),
}
"""Of every rule but those that reserve a case to a person whatever its facts."""

FOR_A_PERSON = frozenset({lanes.initial, lanes.caregiver, lanes.change, lanes.minor})
"""Rules that no change of a fact could have met: what was asked, and for whom, is the case itself."""
