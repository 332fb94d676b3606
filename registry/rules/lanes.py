"""Cases in which nothing is wrong and a person still decides."""

from registry.calendar_days import age_in_years
from registry.facts import Kind
from registry.matter import Matter, rule
from registry.reasons import Reason

_LANE = "automatic lane (design)"


@rule(Reason.INITIAL_NEEDS_REVIEW, _LANE, "automatic_kinds")
def initial(matter: Matter) -> str | None:
    """A patient's first application goes to a person."""
    first = matter.is_patient and matter.application.kind is Kind.INITIAL
    return "First application." if first and not _automatic(matter) else None


@rule(Reason.CAREGIVER_NEEDS_REVIEW, _LANE, "automatic_roles")
def caregiver(matter: Matter) -> str | None:
    """A caregiver's application or renewal goes to a person."""
    asks = matter.application.kind in {Kind.INITIAL, Kind.RENEWAL}
    automatic = matter.application.role.value in matter.law.words("automatic_roles")
    return "Caregiver." if asks and not automatic else None


@rule(Reason.CHANGE_NEEDS_REVIEW, _LANE, "automatic_kinds")
def change(matter: Matter) -> str | None:
    """A replacement or a change goes to a person."""
    asks = matter.application.kind in {Kind.REPLACEMENT, Kind.CHANGE}
    return f"A {matter.application.kind.value} of a registration." if asks and not _automatic(matter) else None


@rule(Reason.MINOR_NEEDS_REVIEW, "Conn. Gen. Stat. 21a-408d(a)", "age_of_majority_years")
def minor(matter: Matter) -> str | None:
    """A patient under age is never automatic; being emancipated is a claim until a person saw the proof."""
    if matter.is_minor:
        return "The patient is a minor."
    years = age_in_years(matter.application.date_of_birth, matter.submitted_on)
    claims = matter.is_patient and years < matter.law.number("age_of_majority_years")
    return f"The patient is {years} and said to be emancipated; see the proof." if claims else None


@rule(Reason.RENEWAL_LATE, "design: a renewal after expiry is decided as an initial application")
def late_renewal(matter: Matter) -> str | None:
    """A renewal that came after expiry goes to a person."""
    entry = matter.entry
    if matter.application.kind is not Kind.RENEWAL or entry is None or entry.expires_on is None:
        return None
    return f"The registration ended on {entry.expires_on}." if entry.expires_on < matter.submitted_on else None


def _automatic(matter: Matter) -> bool:
    return matter.application.kind.value in matter.law.words("automatic_kinds")


RULES = (initial, caregiver, change, minor, late_renewal)
