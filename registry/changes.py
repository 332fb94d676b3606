"""The changes of facts with which rules would be met, each as a function of everything known in the case."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from registry.calendar_days import add_months
from registry.case import Action, Likeness, UploadState
from registry.conclusions import Standing
from registry.paper_words import Answer
from registry.rules.certification import PHARMACIST

Known = Mapping[str, Any]
Changes = dict[str, Any]


def registered(known: Known) -> Changes:
    """The registration is in the register, active, and this person's."""
    return {
        "registration_role": known["role"],
        "registration_status": "active",
        "registration_expires_on": known["submitted_on"],
        "register_name": Likeness.SAME,
        "register_birth_date_agrees": True,
        "register_address_agrees": True,
    }


def without_actions(known: Known) -> Changes:
    """No action of those that count."""
    kept: tuple[Action, ...] = known["actions"]
    return {"actions": tuple(action for action in kept if action.status not in known["prior_action_statuses"])}


def good_identity(known: Known) -> Changes:
    """A proof of identity came that settles everything."""
    return {
        "identity_state": UploadState.TEXT,
        "identity_type": known["identity_document_types"][0],
        "identity_name": Answer.AGREES,
        "identity_birth_date": Answer.AGREES,
        "identity_expires_on": known["submitted_on"],
        "identity_kind_seen": known["identity_document_types"][0],
    }


def settled_identity(known: Known) -> Changes:
    """Only what the paper left open, where it was read at all."""
    if known["identity_standing"] is not Standing.TEXT:
        return good_identity(known)
    answers = ("identity_name", "identity_birth_date")
    settled: Changes = {key: Answer.AGREES for key in answers if known[key] is Answer.CANNOT_TELL}
    if known["identity_kind_seen"] not in {"", *known["identity_document_types"]}:
        settled["identity_kind_seen"] = known["identity_type"]
    return settled | ({} if known["identity_expires_on"] else {"identity_expires_on": known["submitted_on"]})


def good_residency(known: Known) -> Changes:
    """A fresh proof of residency came that settles everything."""
    return {
        "residency_state": UploadState.TEXT,
        "residency_type": known["residency_document_types"][0],
        "residency_name": Answer.AGREES,
        "residency_address": Answer.AGREES,
        "residency_dated_on": known["submitted_on"],
        "residency_kind_seen": known["residency_document_types"][0],
    }


def settled_residency(known: Known) -> Changes:
    """Only what the paper left open, where it was read at all."""
    if known["residency_standing"] is not Standing.TEXT:
        return good_residency(known)
    answers = ("residency_name", "residency_address")
    settled: Changes = {key: Answer.AGREES for key in answers if known[key] is Answer.CANNOT_TELL}
    if known["residency_kind_seen"] not in {"", *known["residency_document_types"]}:
        settled["residency_kind_seen"] = known["residency_type"]
    undated = known["residency_dated_on"] is None or known["residency_dated_on"] > known["submitted_on"]
    if undated or (known["residency_paper_is_old"] and not known["residency_paper_is_surely_old"]):
        settled["residency_dated_on"] = known["submitted_on"]
    return settled


def safe_uploads(known: Known) -> Changes:
    """Other rules speak about the proofs once they can be opened."""
    states = ("identity_state", "residency_state", "photo_state")
    opened: Changes = {key: UploadState.NO_TEXT for key in states if known[key] is UploadState.UNSAFE}
    return {"unsafe_uploads": (), "unseen_uploads": (), "papers_not_come": (), **opened}


def complete_certification(known: Known) -> Changes:
    """What the certification lacks, signed by the submission day."""
    day, signed_on = known["submitted_on"], known["certified_on"]
    in_time = signed_on is not None and signed_on <= day and known["patients_may_be_certified@signing"]
    changes: Changes = {"certification_is_filled_in": True} | ({} if in_time else {"certified_on": day})
    if known["certification_expires_on"] is None:
        changes["certification_expires_on"] = day
    return changes | ({} if known["certification_source"] else {"certification_source": "certifier"})


def renewed_certification(known: Known) -> Changes:
    """Another certification, signed on the day of submission."""
    return {"certified_on": known["submitted_on"], "certification_expires_on": known["submitted_on"]}


def longest(known: Known) -> Changes:
    """The certification ends on the last day that the law of its signing allows."""
    signed_on, days = known["certified_on"], known["pharmacist_certification_longest_days@signing"]
    if known["certification_source"] == PHARMACIST and days is not None:
        return {"certification_expires_on": signed_on + timedelta(days)}
    return {"certification_expires_on": add_months(signed_on, known["certification_longest_months@signing"])}


def good_license(known: Known) -> Changes:
    """The license was in good standing on the day of signing."""
    return {
        "certifier_is_known": True,
        "license_periods_on_signing": 1,
        "license_type": known["license_type"] or known["certifier_types@signing"][0],
        "license_status": known["certifier_standing_statuses@signing"][0],
        "controlled_substance_registration_ends_on": known["certified_on"],
        "dea_registration_ends_on": known["certified_on"],
    }


def fitting_source(known: Known) -> Changes:
    """A practitioner of another profession than pharmacist certified."""
    if known["certification_source"] != PHARMACIST and known["license_type"] == PHARMACIST:
        return good_license({**known, "license_type": ""})
    return {"certification_source": "certifier", **good_license({**known, "license_type": ""})}


def allowed_type(known: Known) -> Changes:
    """A certifier of a profession that may certify this patient."""
    allowed = "minor_certifier_types" if known["is_minor"] else "certifier_types"
    return {"license_type": known[f"{allowed}@signing"][0]}


_LISTED = "a condition of the list"


def known_conditions(known: Known) -> Changes:
    """Only conditions that the table holds; one at least."""
    kept = tuple(code for code in known["conditions_named"] if code not in known["conditions_unknown"])
    changes: Changes = {"conditions_named": kept or (_LISTED,), "conditions_unknown": ()}
    return changes if kept else changes | listed_condition(known)


def listed_condition(known: Known) -> Changes:
    """A condition of the list in force for this age."""
    return {"conditions_for_minors" if known["was_minor_on_signing"] else "conditions_for_adults": (_LISTED,)}


def old_enough(known: Known) -> Changes:
    """Born early enough to be a caregiver."""
    return {"date_of_birth": add_months(known["submitted_on"], -12 * known["caregiver_minimum_age_years"])}


def attested(known: Known) -> Changes:
    """Every statement of the form answered yes."""
    count = known["patient_attestations" if known["is_patient"] else "caregiver_attestations"]
    return {"attestations": (True,) * count}
