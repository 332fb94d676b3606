"""Who certified: known, in good standing on the day of signing, and allowed to certify this."""

from registry.calendar_days import age_in_years
from registry.facts import CertifierPeriod
from registry.matter import Matter, rule
from registry.reasons import Reason
from registry.rules.certification import PHARMACIST, is_complete

_STANDING = "Conn. Gen. Stat. 21a-408-2: standing as of the day of signing"


def periods_on_signing(matter: Matter) -> list[CertifierPeriod]:
    """The certifier's licence periods that cover the day of signing; more than one only where the register overlaps."""
    signed_on = matter.signed_on
    return [] if signed_on is None else [p for p in matter.around.certifier_periods if p.covers(signed_on)]


def period_on_signing(matter: Matter) -> CertifierPeriod | None:
    """The certifier's licence period that covers the day of signing."""
    return next(iter(periods_on_signing(matter)), None)


@rule(Reason.CERTIFIER_UNKNOWN, _STANDING)
def known(matter: Matter) -> str | None:
    """The certifier's licence is in the certifier register."""
    unknown = is_complete(matter) and not matter.around.certifier_periods
    return "The certifier's licence number is not in the register of certifiers." if unknown else None


@rule(Reason.CERTIFIER_NOT_IN_STANDING, _STANDING, "certifier_standing_statuses")
def in_standing(matter: Matter) -> str | None:
    """Licence, state controlled-substance registration and DEA registration were good on the day of signing."""
    if not is_complete(matter) or not matter.around.certifier_periods:
        return None
    periods = periods_on_signing(matter)
    if not periods:
        return f"No licence period of the certifier covers {matter.signed_on}."
    return next((why for period in periods if (why := _out_of_standing(matter, period))), None)


def _out_of_standing(matter: Matter, period: CertifierPeriod) -> str | None:
    if period.status not in matter.law_on_signing.words("certifier_standing_statuses"):
        return f"The certifier's licence was {period.status} on {matter.signed_on}."
    return None if period.type == PHARMACIST else _lapsed_registration(matter, period)


def _lapsed_registration(matter: Matter, period: CertifierPeriod) -> str | None:
    for label, valid_to in (("controlled-substance", period.csp_valid_to), ("DEA", period.dea_valid_to)):
        if valid_to is None or (matter.signed_on is not None and valid_to < matter.signed_on):
            return f"The certifier's {label} registration was not good on {matter.signed_on}."
    return None


@rule(
    Reason.CERT_SOURCE_INVALID,
    "DCP, temporary certifications; Public Act 25-101 s. 5",
    "pharmacist_certification_longest_days",
    "pharmacist_patient_minimum_age_years",
)
def source_fits(matter: Matter) -> str | None:
    """A pharmacist's certification comes from a pharmacist, for an adult, and only since the law allows it."""
    period = period_on_signing(matter)
    if not is_complete(matter) or period is None:
        return None
    by_pharmacist = matter.application.certification.source == PHARMACIST
    if by_pharmacist != (period.type == PHARMACIST):
        return "The source of the certification does not fit the certifier's licence."
    return _pharmacist_may(matter) if by_pharmacist else None


def _pharmacist_may(matter: Matter) -> str | None:
    law = matter.law_on_signing
    if not law.in_force("pharmacist_certification_longest_days"):
        return f"A pharmacist could not certify on {matter.signed_on}."
    minimum = law.number("pharmacist_patient_minimum_age_years")
    years = age_in_years(matter.application.date_of_birth, law.day)
    return f"The patient was {years}; {minimum} is the least for a pharmacist." if years < minimum else None


@rule(
    Reason.CERTIFIER_TYPE,
    "Public Act 16-39 (APRN, glaucoma); Conn. Gen. Stat. 21a-408d(a) (minors)",
    "certifier_types",
    "minor_certifier_types",
    "aprn_may_certify_glaucoma_alone",
)
def type_allowed(matter: Matter) -> str | None:
    """The certifier's profession may certify this patient and this condition."""
    period = period_on_signing(matter)
    if not is_complete(matter) or period is None or period.type == PHARMACIST:
        return None
    law = matter.law_on_signing
    allowed = law.words("minor_certifier_types" if matter.is_minor else "certifier_types")
    if period.type not in allowed:
        return f"A certifier of type {period.type} may not certify this patient; allowed: {', '.join(allowed)}."
    glaucoma_alone = conditions_in_force(matter) <= {"GLAUCOMA"}
    barred = period.type == "aprn" and glaucoma_alone and not law.switch("aprn_may_certify_glaucoma_alone")
    return "An APRN could not certify glaucoma alone on the day of signing." if barred else None


def conditions_in_force(matter: Matter) -> set[str]:
    """The conditions named that were on the list on the day of signing, for anybody."""
    table, signed_on = matter.around.conditions, matter.signed_on
    named = (table[code] for code in matter.application.certification.condition_codes if code in table)
    return {c.code for c in named if signed_on is not None and c.in_force(signed_on)}


RULES = (known, in_standing, source_fits, type_allowed)
