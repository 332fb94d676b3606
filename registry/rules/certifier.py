"""Who certified: known, in good standing on the day of signing, and allowed to certify this."""

from datetime import date

from registry.reading import OnSigning
from registry.reasons import Reason
from registry.rule import rule
from registry.rules.certification import PHARMACIST


@rule(Reason.CERTIFIER_UNKNOWN, when="certification_is_complete")
def known(certifier_is_known: bool) -> str | None:
    """The certifier's license is in the certifier register."""
    return None if certifier_is_known else "The certifier's license number is not in the register of certifiers."


@rule(Reason.CERTIFIER_NOT_IN_STANDING, when="certification_is_complete")
def in_standing(
    certifier_is_known: bool,
    license_periods_on_signing: int,
    license_type: str,
    license_status: str,
    controlled_substance_registration_ends_on: date | None,
    dea_registration_ends_on: date | None,
    certified_on: date,
    certifier_standing_statuses: OnSigning[tuple[str, ...]],
) -> str | None:
    """License, state controlled-substance registration and DEA registration were good on the day of signing.

    A pharmacist needs neither of the two registrations to certify.
    """
    if not certifier_is_known:
        return None
    if license_periods_on_signing != 1:
        many = "No license period of the certifier covers" if license_periods_on_signing == 0 else _CONTRADICTION
        return f"{many} {certified_on}."
    if license_status not in certifier_standing_statuses:
        return f"The certifier's license had the status {license_status} on {certified_on}."
    registrations = {
        "controlled-substance": controlled_substance_registration_ends_on,
        "DEA": dea_registration_ends_on,
    }
    for name, ends_on in registrations.items() if license_type != PHARMACIST else ():
        if ends_on is None or ends_on < certified_on:
            return f"The certifier's {name} registration was not good on {certified_on}."
    return None


_CONTRADICTION = "The register of certifiers contradicts itself: several license periods cover"


@rule(Reason.CERT_SOURCE_INVALID, when="license_is_clear")
def source_fits(
    certification_source: str,
    license_type: str,
    certified_on: date,
    age_on_signing_years: int,
    registration_expires_on: date | None,
    pharmacist_certification_longest_days: OnSigning[int | None],
    pharmacist_patient_minimum_age_years: OnSigning[int | None],
) -> str | None:
    """A pharmacist's certification comes from a pharmacist, since the law allows it, and extends one or is an adult's.

    It extends a certification when the registration, which ends with the certification, had ended by the signing.
    """
    by_pharmacist = certification_source == PHARMACIST
    if by_pharmacist != (license_type == PHARMACIST):
        return "The source of the certification does not fit the certifier's license."
    if not by_pharmacist:
        return None
    if pharmacist_certification_longest_days is None or pharmacist_patient_minimum_age_years is None:
        return f"A pharmacist could not certify on {certified_on}."
    extends = registration_expires_on is not None and registration_expires_on < certified_on
    if extends or age_on_signing_years >= pharmacist_patient_minimum_age_years:
        return None
    least = pharmacist_patient_minimum_age_years
    return f"The patient was {age_on_signing_years}; {least} is the least for a pharmacist's new certification."


@rule(Reason.CERTIFIER_TYPE, when="license_is_clear")
def type_allowed(
    license_type: str,
    is_minor: bool,
    conditions_for_adults: tuple[str, ...],
    conditions_for_minors: tuple[str, ...],
    certifier_types: OnSigning[tuple[str, ...]],
    minor_certifier_types: OnSigning[tuple[str, ...]],
    conditions_closed_to_aprn_alone: OnSigning[tuple[str, ...] | None],
) -> str | None:
    """The certifier's profession may certify this patient and this condition; of pharmacists another rule tells."""
    if license_type == PHARMACIST:
        return None
    allowed = minor_certifier_types if is_minor else certifier_types
    if license_type not in allowed:
        return f"A certifier of type {license_type} may not certify this patient; allowed: {', '.join(allowed)}."
    # Where no condition was on any list another rule tells of it.
    listed, closed = {*conditions_for_adults, *conditions_for_minors}, set(conditions_closed_to_aprn_alone or ())
    barred = license_type == "aprn" and bool(listed) and listed <= closed
    return "An APRN could not certify this condition alone on the day of signing." if barred else None


RULES = (known, in_standing, source_fits, type_allowed)
