"""Cases in which nothing is wrong and a person still decides."""

from datetime import date

from registry.facts import Kind, Role
from registry.reading import OnSubmission
from registry.reasons import Reason
from registry.rule import rule


@rule(Reason.INITIAL_NEEDS_REVIEW, when="is_patient")
def initial(kind: Kind, automatic_kinds: OnSubmission[tuple[str, ...]]) -> str | None:
    """A patient's first application goes to a person."""
    return "First application." if kind is Kind.INITIAL and kind not in automatic_kinds else None


@rule(Reason.CAREGIVER_NEEDS_REVIEW)
def caregiver(role: Role, kind: Kind, automatic_roles: OnSubmission[tuple[str, ...]]) -> str | None:
    """A caregiver's application or renewal goes to a person."""
    asks = kind is Kind.INITIAL or kind is Kind.RENEWAL
    return "Caregiver." if asks and role not in automatic_roles else None


@rule(Reason.CHANGE_NEEDS_REVIEW)
def change(kind: Kind, automatic_kinds: OnSubmission[tuple[str, ...]]) -> str | None:
    """A replacement or a change goes to a person."""
    asks = kind is Kind.REPLACEMENT or kind is Kind.CHANGE
    return f"A {kind.value} of a registration." if asks and kind not in automatic_kinds else None


@rule(Reason.MINOR_NEEDS_REVIEW, when="is_under_age")
def minor(is_minor: bool, age_years: int, kind: Kind, automatic_kinds: OnSubmission[tuple[str, ...]]) -> str | None:
    """A patient under age is never automatic; being emancipated is a claim until a person saw the proof."""
    if is_minor:
        return "The patient is a minor; see that the caregiver is the parent or the guardian."
    claims = f"The patient is {age_years} and said to be emancipated; see the proof."
    return claims if kind in automatic_kinds else None


@rule(Reason.RENEWAL_LATE, when="renews_a_registration")
def late_renewal(registration_expires_on: date | None, submitted_on: date) -> str | None:
    """A renewal that came after expiry goes to a person."""
    if registration_expires_on is None or registration_expires_on >= submitted_on:
        return None
    return f"The registration ended on {registration_expires_on}."


RULES = (initial, caregiver, change, minor, late_renewal)
