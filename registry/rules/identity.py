"""Proof of identity: present, of an accepted kind, legible, unexpired, in this person's name and date of birth."""

from datetime import date

from registry.conclusions import Standing
from registry.paper_words import Answer
from registry.reading import OnSubmission
from registry.reasons import Reason
from registry.rule import rule


@rule(Reason.ID_MISSING)
def present(identity_standing: Standing) -> str | None:
    """A proof of identity came with the submission."""
    return "No proof of identity came with the submission." if identity_standing is Standing.MISSING else None


@rule(Reason.ID_UNACCEPTABLE)
def of_accepted_kind(identity_standing: Standing) -> str | None:
    """The proof of identity is of a kind the programme accepts."""
    refused = identity_standing is Standing.UNACCEPTABLE
    return "The kind of the proof of identity is not one of those accepted." if refused else None


@rule(Reason.ID_UNREADABLE)
def can_be_opened(identity_standing: Standing, identity_why: str) -> str | None:
    """The proof of identity can be opened and has something in it."""
    unreadable = identity_standing is Standing.UNREADABLE
    return f"The proof of identity cannot be opened: {identity_why}" if unreadable else None


@rule(Reason.ID_INCONCLUSIVE)
def settles_the_question(
    identity_standing: Standing,
    identity_why: str,
    identity_name: Answer,
    identity_birth_date: Answer,
    identity_expires_on: date | None,
    identity_kind_seen: str,
    identity_kind_why: str,
    identity_document_types: OnSubmission[tuple[str, ...]],
) -> str | None:
    """What was read of the proof of identity settles name, date of birth and expiry, and fits an accepted kind.

    The words of another kind of paper are a hint and no proof: a person looks, and nobody is refused for them.
    """
    if identity_standing is Standing.NO_TEXT:
        return f"The proof of identity could not be read by the machine: {identity_why}"
    if identity_standing is not Standing.TEXT:
        return None
    unsettled = [
        what
        for what, is_open in (
            ("the name", identity_name is Answer.CANNOT_TELL),
            ("the date of birth", identity_birth_date is Answer.CANNOT_TELL),
            ("the day of expiry", identity_expires_on is None),
            (
                f"what it is (it looks like {identity_kind_seen.replace('_', ' ')}: {identity_kind_why})",
                identity_kind_seen not in {"", *identity_document_types},
            ),
        )
        if is_open
    ]
    return f"The proof of identity was read and does not settle {', '.join(unsettled)}." if unsettled else None


@rule(Reason.ID_NAME_MISMATCH, when="identity_is_read")
def in_this_name(identity_name: Answer) -> str | None:
    """The proof of identity bears the applicant's name."""
    return "The proof of identity bears another name." if identity_name is Answer.DISAGREES else None


@rule(Reason.ID_DOB_MISMATCH, when="identity_is_read")
def with_this_birth_date(identity_birth_date: Answer) -> str | None:
    """The proof of identity gives the applicant's date of birth."""
    return "The proof of identity gives another date of birth." if identity_birth_date is Answer.DISAGREES else None


@rule(Reason.ID_EXPIRED, when="identity_is_read")
def unexpired(identity_expires_on: date | None, submitted_on: date) -> str | None:
    """The proof of identity was good on the day of submission."""
    if identity_expires_on is None or identity_expires_on >= submitted_on:
        return None
    return f"The proof of identity expired on {identity_expires_on}."


RULES = (
    present,
    of_accepted_kind,
    can_be_opened,
    settles_the_question,
    in_this_name,
    with_this_birth_date,
    unexpired,
)
