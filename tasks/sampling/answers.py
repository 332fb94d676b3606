"""What is true of each row, from how it was made and never from the rules under test."""

from collections.abc import Iterable

from registry.reasons import Reason, ReasonClass

ANSWER_COLUMNS = ("delivery_id", "row", "submission_id", "revision", "disposition", "outcome", "reason_codes")
_OUTCOMES = (
    (ReasonClass.PERSON, "review"),
    (ReasonClass.APPLICANT, "deficient"),
    (ReasonClass.WAIT, "held"),
    (ReasonClass.LANE, "review"),
)


def outcome_of(codes: Iterable[Reason]) -> str:
    """The outcome that follows from all codes of an accepted row (POLICY, last section)."""
    classes = {code.reason_class for code in codes}
    return next((outcome for wanted, outcome in _OUTCOMES if wanted in classes), "auto_approved")


def sorted_codes(codes: Iterable[Reason]) -> str:
    """The codes in order, `;` between; empty when there are none."""
    return ";".join(sorted(codes))


def effective_revision(raw: str) -> str:
    """1 when empty, else the text: samples write an integer or something that is none."""
    return raw.strip() or "1"
