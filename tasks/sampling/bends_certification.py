"""Defects of certifications and conditions: each function bends one household so that its code becomes true."""

from datetime import date, timedelta

from registry.reasons import Reason
from tasks.sampling.cases import Case, certify, longest_months
from tasks.sampling.certifiers import Certifier
from tasks.sampling.household import Household
from tasks.sampling.people import months_after

_PARTS = (
    "certification_id",
    "certification_source",
    "certified_on",
    "certification_expires_on",
    "certifier_license",
)
_UNKNOWN_CONDITIONS = ("ANXIETY", "INSOMNIA", "MIGRAINE", "BACK-PAIN", "ADHD")
_PHARMACISTS_FROM = date(2025, 10, 1)
_BEFORE_LONGER = date(2025, 9, 20)
_MINOR_ONLY = "SEVERE-EPILEPSY"
_ADULTS_ONLY = ("PTSD", "GLAUCOMA", "CROHNS", "CANCER", "CHRONIC-PAIN")


def _signed(case: Case) -> date:
    return date.fromisoformat(case.row["certified_on"])


def _is_minor(case: Case) -> bool:
    return case.person.born > case.day - timedelta(days=18 * 365 + 4)


def cert_missing(house: Household, cases: list[Case]) -> None:
    """A part of the certification, its dates, or all of it is not given."""
    lost = house.rng.choice(((house.rng.choice(_PARTS),), _PARTS[2:4], (*_PARTS, "certifier_name", "condition_codes")))
    cases[0].row |= dict.fromkeys(lost, "")
    cases[0].codes.add(Reason.CERT_MISSING)


def cert_expired(house: Household, cases: list[Case]) -> None:
    """The certification ended before the submission."""
    ends = house.day - timedelta(days=house.rng.choice((1, house.rng.randint(2, 120))))
    signed = ends - timedelta(days=house.rng.choice((180, 300, 360)))
    cases[0].row |= {"certified_on": signed.isoformat(), "certification_expires_on": ends.isoformat()}
    _sign(house, cases[0], house.world.certifiers.sound(house.rng, "physician"))
    cases[0].codes.add(Reason.CERT_EXPIRED)


def _sign(house: Household, case: Case, certifier: Certifier) -> None:
    """Put another certifier under the certification; dates stay."""
    group = "minor" if _is_minor(case) else "adult"
    ends = date.fromisoformat(case.row["certification_expires_on"])
    certify(case, house.rng, certifier, _signed(case), ends, group)


def cert_withdrawn(house: Household, cases: list[Case]) -> None:
    """The certifier has withdrawn the certification."""
    days = (house.day - _signed(cases[0])).days
    withdrawn = house.day - timedelta(days=house.rng.randint(0, max(0, days - 1)))
    cases[0].row["certification_withdrawn_on"] = withdrawn.isoformat()
    cases[0].codes.add(Reason.CERT_WITHDRAWN)


def cert_too_long(house: Household, cases: list[Case]) -> None:
    """The certification runs longer than the law of its signing day allows."""
    case, rng = cases[0], house.rng
    if _signed(case) > _PHARMACISTS_FROM and rng.random() < 0.3:
        case.row["certification_expires_on"] = (_signed(case) + timedelta(days=rng.randint(92, 185))).isoformat()
        _sign(house, case, house.world.certifiers.sound(rng, "pharmacist"))
    else:
        signed = _BEFORE_LONGER if _old_law_still_runs(house) and rng.random() < 0.5 else _signed(case)
        ends = months_after(signed, longest_months(signed) + rng.choice((1, 6, 12)))
        ends = max(ends, months_after(signed, 18)) if signed == _BEFORE_LONGER else ends
        case.row |= {"certified_on": signed.isoformat(), "certification_expires_on": ends.isoformat()}
        _sign(house, case, house.world.certifiers.sound(rng, "physician"))
    case.codes.add(Reason.CERT_TOO_LONG)


def _old_law_still_runs(house: Household) -> bool:
    return _BEFORE_LONGER < house.day < months_after(_BEFORE_LONGER, 17)


def cert_source_invalid(house: Household, cases: list[Case]) -> None:
    """The source says pharmacist and the license another profession, or the other way round."""
    case, rng = cases[0], house.rng
    swapped = _signed(case) > _PHARMACISTS_FROM and rng.random() < 0.4
    case.row["certification_expires_on"] = (_signed(case) + timedelta(days=rng.randint(62, 89))).isoformat()
    _sign(house, case, house.world.certifiers.sound(rng, "pharmacist" if swapped else "physician"))
    case.row["certification_source"] = "certifier" if swapped else "pharmacist"
    case.codes.add(Reason.CERT_SOURCE_INVALID)


def certifier_unknown(house: Household, cases: list[Case]) -> None:
    """Nobody holds the certifier's license number."""
    cases[0].row["certifier_license"] = house.world.certifiers.unknown_license(house.rng)
    _as_certifier(cases[0])
    cases[0].codes.add(Reason.CERTIFIER_UNKNOWN)


def _as_certifier(case: Case) -> None:
    """A pharmacist's short certification reads the same under a certifier's name."""
    case.row["certification_source"] = "certifier"


def certifier_not_in_standing(house: Household, cases: list[Case]) -> None:
    """The certifier was not in good standing on the signing day."""
    _sign(house, cases[0], house.world.certifiers.troubled(house.rng))
    cases[0].codes.add(Reason.CERTIFIER_NOT_IN_STANDING)


def certifier_type(house: Household, cases: list[Case]) -> None:
    """A minor certified by another than a physician, or glaucoma alone by an APRN too early."""
    case, rng = cases[0], house.rng
    if _is_minor(case):
        _sign(house, case, house.world.certifiers.sound(rng, "aprn", "pa"))
    else:
        _glaucoma_alone(house, case)
    case.codes.add(Reason.CERTIFIER_TYPE)


def _glaucoma_alone(house: Household, case: Case) -> None:
    """An APRN's certification of glaucoma alone from before the law allowed it; by now it may have run out."""
    signed = min(_signed(case), _BEFORE_LONGER)
    ends = months_after(signed, 12) - timedelta(days=1)
    case.row |= {"certified_on": signed.isoformat(), "certification_expires_on": ends.isoformat()}
    _sign(house, case, house.world.certifiers.sound(house.rng, "aprn"))
    case.row["condition_codes"] = "GLAUCOMA"
    if ends < house.day:
        case.codes.add(Reason.CERT_EXPIRED)


def condition_unknown(house: Household, cases: list[Case]) -> None:
    """A condition code is not in the table, or none is given."""
    unknown = house.rng.choice(_UNKNOWN_CONDITIONS)
    known = cases[0].row["condition_codes"]
    cases[0].row["condition_codes"] = house.rng.choice(("", unknown, f"{known};{unknown}"))
    cases[0].codes.add(Reason.CONDITION_UNKNOWN)


def condition_not_for_age(house: Household, cases: list[Case]) -> None:
    """No condition is on the list for the patient's age."""
    cases[0].row["condition_codes"] = house.rng.choice(_ADULTS_ONLY) if _is_minor(cases[0]) else _MINOR_ONLY
    cases[0].codes.add(Reason.CONDITION_NOT_FOR_AGE)


def minor_form(house: Household, cases: list[Case]) -> None:
    """The dosage restrictions of a minor speak of smoke or vapour."""
    words = ("May be smoked or vaporized", "Vaporize twice a day", "Inhalation allowed in the evening")
    cases[0].row["dosage_restrictions"] = house.rng.choice(words)
    cases[0].codes.add(Reason.MINOR_FORM)
