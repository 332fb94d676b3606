"""Proof of identity: present, of an accepted kind, legible, unexpired, in this person's name and date of birth."""

from registry.matter import Matter, rule
from registry.papers import Answer
from registry.reasons import Reason
from registry.uploads import Standing

_CITATION = "DCP application requirements; match by design (Florida and Illinois require it)"
_TYPES = "identity_document_types"


@rule(Reason.ID_MISSING, _CITATION, _TYPES)
def present(matter: Matter) -> str | None:
    """A proof of identity came with the submission."""
    missing = matter.identity.standing is Standing.MISSING
    return "No proof of identity came with the submission." if missing else None


@rule(Reason.ID_UNACCEPTABLE, _CITATION, _TYPES)
def of_accepted_kind(matter: Matter) -> str | None:
    """The proof of identity is of a kind the programme accepts."""
    refused = matter.identity.standing is Standing.UNACCEPTABLE
    return "The kind of the proof of identity is not one of those accepted." if refused else None


@rule(Reason.ID_UNREADABLE, _CITATION, _TYPES)
def can_be_opened(matter: Matter) -> str | None:
    """The proof of identity can be opened and has something in it."""
    unreadable = matter.identity.standing is Standing.UNREADABLE
    return f"The proof of identity cannot be opened: {matter.identity.why}" if unreadable else None


@rule(Reason.ID_INCONCLUSIVE, _CITATION, _TYPES)
def settles_the_question(matter: Matter) -> str | None:
    """What was read of the proof of identity settles name, date of birth and expiry."""
    paper = matter.identity
    if paper.standing is Standing.NO_TEXT:
        return f"The proof of identity could not be read by the machine: {paper.why}"
    if paper.standing is not Standing.TEXT:
        return None
    unsettled = [
        label
        for label, open_question in (
            ("the name", paper.agrees_in_name is Answer.CANNOT_TELL),
            ("the date of birth", paper.agrees_in_birth_date is Answer.CANNOT_TELL),
            ("the day of expiry", paper.expires_on is None),
        )
        if open_question
    ]
    return f"The proof of identity was read and does not settle {', '.join(unsettled)}." if unsettled else None


@rule(Reason.ID_NAME_MISMATCH, _CITATION, _TYPES)
def in_this_name(matter: Matter) -> str | None:
    """The proof of identity bears the applicant's name."""
    paper = matter.identity
    differs = paper.standing is Standing.TEXT and paper.agrees_in_name is Answer.DISAGREES
    return "The proof of identity bears another name." if differs else None


@rule(Reason.ID_DOB_MISMATCH, _CITATION, _TYPES)
def with_this_birth_date(matter: Matter) -> str | None:
    """The proof of identity gives the applicant's date of birth."""
    paper = matter.identity
    differs = paper.standing is Standing.TEXT and paper.agrees_in_birth_date is Answer.DISAGREES
    return "The proof of identity gives another date of birth." if differs else None


@rule(Reason.ID_EXPIRED, _CITATION, _TYPES)
def unexpired(matter: Matter) -> str | None:
    """The proof of identity was good on the day of submission."""
    expires_on = matter.identity.expires_on
    expired = expires_on is not None and expires_on < matter.submitted_on
    return f"The proof of identity expired on {expires_on}." if expired else None


RULES = (
    present,
    of_accepted_kind,
    can_be_opened,
    settles_the_question,
    in_this_name,
    with_this_birth_date,
    unexpired,
)
