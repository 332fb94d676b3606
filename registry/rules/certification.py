"""The written certification: there, in force on the submission day, and no longer than the law allows."""

from datetime import date, timedelta

from registry.calendar_days import add_months
from registry.reading import OnSigning, OnSubmission
from registry.reasons import Reason
from registry.rule import rule
from registry.terms import revocation_possible_on

PHARMACIST = "pharmacist"


@rule(Reason.CERT_MISSING, when="is_patient")
def present(certification_is_complete: bool) -> str | None:
    """A complete certification existed before the submission."""
    why = "missing, incomplete, signed after the submission, or signed before the programme began"
    return None if certification_is_complete else f"The certification is {why}."


@rule(Reason.CERT_EXPIRED, when="certification_is_complete")
def in_force(certification_expires_on: date, submitted_on: date) -> str | None:
    """The certification had not expired on the submission day."""
    expired = certification_expires_on < submitted_on
    return f"The certification expired on {certification_expires_on}." if expired else None


@rule(Reason.CERT_WITHDRAWN, when="is_patient")
def not_withdrawn(certification_withdrawn_on: date | None, withdrawal_grace_days: OnSubmission[int]) -> str | None:
    """The certifier has not withdrawn the certification; without a new one the registration may be revoked."""
    if certification_withdrawn_on is None:
        return None
    from_day = revocation_possible_on(certification_withdrawn_on, withdrawal_grace_days)
    withdrawn = f"The certification was withdrawn on {certification_withdrawn_on}"
    return f"{withdrawn}; without a new one the registration may be revoked from {from_day}."


@rule(Reason.CERT_TOO_LONG, when="certification_is_complete")
def not_too_long(
    certified_on: date,
    certification_expires_on: date,
    certification_source: str,
    certification_longest_months: OnSigning[int],
    pharmacist_certification_longest_days: OnSigning[int | None],
) -> str | None:
    """The certification is no longer than the law of the signing day allows."""
    latest = add_months(certified_on, certification_longest_months)
    if certification_source == PHARMACIST and pharmacist_certification_longest_days is not None:
        latest = certified_on + timedelta(pharmacist_certification_longest_days)
    if certification_expires_on <= latest:
        return None
    return f"The certification runs to {certification_expires_on}; {latest} is the longest allowed."


RULES = (present, in_force, not_withdrawn, not_too_long)
