"""Proof of Connecticut residency, for patients (RCSA 21a-408-7(a)(3))."""

from datetime import date

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
    residency_paper_is_old: bool,
    residency_paper_is_surely_old: bool,
    residency_is_picture: bool,
    residency_paper_longest_days: OnSubmission[int],
    residency_type: str,
    residency_kind_seen: str,
    residency_kind_why: str,
    residency_document_types: OnSubmission[tuple[str, ...]],
) -> str | None:
    """What was read of the proof of residency settles name, address and, for a dated paper, its day; its kind fits.

    The words of another kind of paper are a hint and no proof: a person looks, and nobody is refused for them. So it
    is with a day that makes the paper too old, but may have been misread in a picture.
    """
    if residency_standing is Standing.NO_TEXT:
        return f"The proof of residency could not be read by the machine: {residency_why}"
    if residency_standing is not Standing.TEXT:
        return None
    undated = residency_dated_on is None or residency_dated_on > submitted_on
    seems_old = residency_paper_is_old and not residency_paper_is_surely_old
    looks = f" (it looks like {residency_kind_seen.replace('_', ' ')}: {residency_kind_why})"
    hint = looks if residency_kind_seen not in {"", residency_type} else ""
    where = " in the picture" if residency_is_picture else ""
    unsettled = [
        what
        for what, is_open in (
            ("the name", residency_name is Answer.CANNOT_TELL),
            ("the address", residency_address is Answer.CANNOT_TELL),
            (f"its own date{hint}", residency_paper_goes_stale and undated),
            (f"its own date, which seems older than {residency_paper_longest_days} days{where}{hint}", seems_old),
            (f"what it is{looks}", residency_kind_seen not in {"", *residency_document_types}),
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
    residency_paper_is_surely_old: bool,
    residency_dated_on: date,
    submitted_on: date,
    residency_paper_longest_days: OnSubmission[int],
) -> str | None:
    """A dated paper was at most so many days old at submission.

    The patient is asked for another one, so the rule speaks only where nothing else is possible: the patient names a
    kind of paper that goes stale, and its day was not read in a picture in which a slip may have made it.
    """
    if not residency_paper_is_surely_old:
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
