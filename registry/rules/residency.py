"""Proof of Connecticut residency, for patients (RCSA 21a-408-7(a)(3))."""

from datetime import date

from registry.matter import Matter, rule
from registry.papers import Answer
from registry.reasons import Reason
from registry.uploads import Standing

_CITATION = "RCSA 21a-408-7(a)(3)"
_TYPES = "residency_document_types"


@rule(Reason.NOT_RESIDENT, _CITATION, "residency_state")
def lives_in_connecticut(matter: Matter) -> str | None:
    """The patient's address is in Connecticut."""
    state = str(matter.law.value("residency_state"))
    elsewhere = matter.is_patient and matter.application.address.state != state
    return f"The address is in {matter.application.address.state}, not in {state}." if elsewhere else None


@rule(Reason.RES_MISSING, _CITATION, _TYPES)
def present(matter: Matter) -> str | None:
    """A proof of residency came with the patient's submission."""
    return "No proof of residency came with the submission." if _stands(matter, Standing.MISSING) else None


@rule(Reason.RES_UNACCEPTABLE, _CITATION, _TYPES)
def of_accepted_kind(matter: Matter) -> str | None:
    """The proof of residency is of a kind the programme accepts."""
    refused = _stands(matter, Standing.UNACCEPTABLE)
    return "The kind of the proof of residency is not one of those accepted." if refused else None


@rule(Reason.RES_UNREADABLE, _CITATION, _TYPES)
def can_be_opened(matter: Matter) -> str | None:
    """The proof of residency can be opened and has something in it."""
    unreadable = _stands(matter, Standing.UNREADABLE)
    return f"The proof of residency cannot be opened: {matter.residency.why}" if unreadable else None


@rule(Reason.RES_INCONCLUSIVE, _CITATION, _TYPES, "dated_residency_document_types")
def settles_the_question(matter: Matter) -> str | None:
    """What was read of the proof of residency settles name, address and, for a dated paper, its day."""
    paper = matter.residency
    if _stands(matter, Standing.NO_TEXT):
        return f"The proof of residency could not be read by the machine: {paper.why}"
    if not _stands(matter, Standing.TEXT):
        return None
    unsettled = [
        label
        for label, open_question in (
            ("the name", paper.agrees_in_name is Answer.CANNOT_TELL),
            ("the address", paper.agrees_in_address is Answer.CANNOT_TELL),
            ("its own date", _must_be_dated(matter) and not _date_is_plausible(matter)),
        )
        if open_question
    ]
    return f"The proof of residency was read and does not settle {', '.join(unsettled)}." if unsettled else None


@rule(Reason.RES_NAME_MISMATCH, "match by design", _TYPES)
def in_this_name(matter: Matter) -> str | None:
    """The proof of residency bears the patient's name."""
    differs = _stands(matter, Standing.TEXT) and matter.residency.agrees_in_name is Answer.DISAGREES
    return "The proof of residency bears another name." if differs else None


@rule(Reason.RES_ADDRESS_MISMATCH, "match by design", _TYPES)
def for_this_address(matter: Matter) -> str | None:
    """The proof of residency is for the address given."""
    differs = _stands(matter, Standing.TEXT) and matter.residency.agrees_in_address is Answer.DISAGREES
    return "The proof of residency is for another address." if differs else None


@rule(
    Reason.RES_STALE,
    "90 days: secondary source",
    "dated_residency_document_types",
    "residency_paper_longest_days",
)
def recent_enough(matter: Matter) -> str | None:
    """A dated paper was at most so many days old at submission."""
    if not (_stands(matter, Standing.TEXT) and _must_be_dated(matter)) or matter.residency.dated is None:
        return None
    longest = matter.law.number("residency_paper_longest_days")
    age_days = (matter.submitted_on - matter.residency.dated).days
    return f"The proof of residency was {age_days} days old; {longest} are allowed." if age_days > longest else None


def _stands(matter: Matter, standing: Standing) -> bool:
    return matter.is_patient and matter.residency.standing is standing


def _must_be_dated(matter: Matter) -> bool:
    ref = matter.residency.ref
    return ref is not None and ref.declared_type in matter.law.words("dated_residency_document_types")


def _date_is_plausible(matter: Matter) -> bool:
    dated: date | None = matter.residency.dated
    return dated is not None and dated <= matter.submitted_on


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
