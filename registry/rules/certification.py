"""The written certification: there, in force on the submission day, and no longer than the law allows."""

from datetime import date, timedelta

from registry.calendar_days import add_months
from registry.facts import Certification
from registry.matter import Matter, rule
from registry.reasons import Reason

PHARMACIST = "pharmacist"
_STATUTE = "Conn. Gen. Stat. 21a-408"


def is_complete(matter: Matter) -> bool:
    """Whether a patient's certification says enough to be judged."""
    c = matter.application.certification
    given = (c.certification_id, c.source, c.certified_on, c.expires_on, c.certifier_license)
    return matter.is_patient and all(given) and _signed_in_time(matter, c)


def _signed_in_time(matter: Matter, certification: Certification) -> bool:
    """Signed on or before the submission day, and not before there was a law to certify under."""
    signed_on = certification.certified_on
    in_time = signed_on is not None and signed_on <= matter.submitted_on
    return in_time and matter.law_on_signing.in_force("certification_longest_months")


@rule(Reason.CERT_MISSING, f"{_STATUTE}-2", "certification_longest_months")
def present(matter: Matter) -> str | None:
    """A complete certification existed before the submission."""
    missing = matter.is_patient and not is_complete(matter)
    why = "missing, incomplete, signed after the submission, or signed before the programme began"
    return f"The certification is {why}." if missing else None


@rule(Reason.CERT_EXPIRED, f"{_STATUTE}d(a)")
def in_force(matter: Matter) -> str | None:
    """The certification had not expired on the submission day."""
    expires_on = matter.application.certification.expires_on
    expired = is_complete(matter) and expires_on is not None and expires_on < matter.submitted_on
    return f"The certification expired on {expires_on}." if expired else None


@rule(Reason.CERT_WITHDRAWN, "RCSA 21a-408-8(a)(2)")
def not_withdrawn(matter: Matter) -> str | None:
    """The certifier has not withdrawn the certification."""
    withdrawn_on = matter.application.certification.withdrawn_on
    return f"The certification was withdrawn on {withdrawn_on}." if matter.is_patient and withdrawn_on else None


@rule(
    Reason.CERT_TOO_LONG,
    "Public Act 25-101 (effective day from a secondary source); DCP, temporary certifications",
    "certification_longest_months",
    "pharmacist_certification_longest_days",
)
def not_too_long(matter: Matter) -> str | None:
    """The certification is no longer than the law of the signing day allows."""
    c = matter.application.certification
    if not is_complete(matter) or c.certified_on is None or c.expires_on is None:
        return None
    latest = _latest_expiry(matter, c.certified_on)
    return (
        f"The certification runs to {c.expires_on}; {latest} is the longest allowed." if c.expires_on > latest else None
    )


def _latest_expiry(matter: Matter, signed_on: date) -> date:
    law = matter.law_on_signing
    by_pharmacist = matter.application.certification.source == PHARMACIST
    if by_pharmacist and law.in_force("pharmacist_certification_longest_days"):
        return signed_on + timedelta(days=law.number("pharmacist_certification_longest_days"))
    return add_months(signed_on, law.number("certification_longest_months"))


RULES = (present, in_force, not_withdrawn, not_too_long)
