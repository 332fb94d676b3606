"""Proof of Connecticut residency, for patients (RCSA 21a-408-7(a)(3))."""

from datetime import date, timedelta

from registry.conclusions import Standing
from registry.paper_words import Answer
from registry.reading import OnSubmission
from registry.reasons import Reason
from registry.rule import rule


@rule(Reason.NOT_RESIDENT, when="is_patient")
def lives_in_connecticut(address_state: str, residency_state_code: OnSubmission[str]) -> str | None:
    """The patient's address is in Connecticut."""
    elsewhere = address_state != residency_state_code
    return f"The address is in {address_state}, not in {residency_state_code}." if elsewhere else None


@rule(Reason.RES_MISSING, when="is_patient")
def present(residency_standing: Standing) -> str | None:
    """A proof of residency came with the patient's submission."""
    return "No proof of residency came with the submission." if residency_standing is Standing.MISSING else None


@rule(Reason.RES_UNACCEPTABLE, when="is_patient")
def of_accepted_kind(residency_standing: Standing) -> str | None:
    """The proof of residency is of a kind the programme accepts."""
    refused = residency_standing is Standing.UNACCEPTABLE
    return "The kind of the proof of residency is not one of those accepted." if refused else None


@rule(Reason.RES_UNREADABLE, when="is_patient")
def can_be_opened(residency_standing: Standing, residency_why: str) -> str | None:
    """The proof of residency can be opened and has something in it."""
    unreadable = residency_standing is Standing.UNREADABLE
    return f"The proof of residency cannot be opened: {residency_why}" if unreadable else None


@rule(Reason.RES_INCONCLUSIVE, when="is_patient")
def settles_the_question(
    residency_standing: Standing,
    residency_why: str,
    residency_name: Answer,
    residency_address: Answer,
    residency_paper_goes_stale: bool,
    residency_dated_on: date | None,
    submitted_on: date,
) -> str | None:
    """What was read of the proof of residency settles name, address and, for a dated paper, its day."""
    if residency_standing is Standing.NO_TEXT:
        return f"The proof of residency could not be read by the machine: {residency_why}"
    if residency_standing is not Standing.TEXT:
        return None
    undated = residency_dated_on is None or residency_dated_on > submitted_on
    unsettled = [
        what
        for what, is_open in (
            ("the name", residency_name is Answer.CANNOT_TELL),
            ("the address", residency_address is Answer.CANNOT_TELL),
            ("its own date", residency_paper_goes_stale and undated),
        )
        if is_open
    ]
    return f"The proof of residency was read and does not settle {', '.join(unsettled)}." if unsettled else None


@rule(Reason.RES_NAME_MISMATCH, when="residency_is_read")
def in_this_name(residency_name: Answer) -> str | None:
    """The proof of residency bears the patient's name."""
    return "The proof of residency bears another name." if residency_name is Answer.DISAGREES else None


@rule(Reason.RES_ADDRESS_MISMATCH, when="residency_is_read")
def for_this_address(residency_address: Answer) -> str | None:
    """The proof of residency is for the address given."""
    return "The proof of residency is for another address." if residency_address is Answer.DISAGREES else None


@rule(Reason.RES_STALE, when="residency_is_read")
def recent_enough(
    residency_paper_goes_stale: bool,
    residency_dated_on: date | None,
    submitted_on: date,
    residency_paper_longest_days: OnSubmission[int],
) -> str | None:
    """A dated paper was at most so many days old at submission."""
    if not residency_paper_goes_stale or residency_dated_on is None:
        return None
    if submitted_on - residency_dated_on <= timedelta(residency_paper_longest_days):
        return None
    age_days = (submitted_on - residency_dated_on).days
    return f"The proof of residency was {age_days} days old; {residency_paper_longest_days} are allowed."


RULES = (
    lives_in_connecticut,
    present,
    of_accepted_kind,
    can_be_opened,
    settles_the_question,
    in_this_name,
    for_this_address,
    recent_enough,
)
