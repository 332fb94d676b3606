"""Defects of persons, registrations and caregivers: each function bends one household so that its code becomes true."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

from registry.reasons import Reason
from tasks.sampling.bends_papers import somewhere_else, text_residency
from tasks.sampling.cases import Case, address_columns, person_columns, timestamp
from tasks.sampling.household import Household
from tasks.sampling.patient_scenes import rename_entry
from tasks.sampling.people import Entry, Person
from tasks.sampling.places import pick_home_elsewhere

_ACTED = ("denied", "suspended", "revoked")


def _expire(house: Household, entry: Entry, days: int) -> None:
    """Let the registration end so many days after the submission."""
    shift = house.day + timedelta(days=days) - entry.expires_on
    entry.issued_on, entry.expires_on = entry.issued_on + shift, entry.expires_on + shift
    entry.status_since = min(entry.issued_on, house.day)


def renewal_late(house: Household, cases: list[Case]) -> None:
    """The registration ended before the renewal came."""
    entry, rng = cases[0].registered, house.rng
    _expire(house, entry, -rng.choice((1, rng.randint(2, 60), rng.randint(60, 300))))
    if rng.random() < 0.6:
        entry.status, entry.status_since = "expired", entry.expires_on + timedelta(days=1)
    cases[0].codes.add(Reason.RENEWAL_LATE)


def renewal_early(house: Household, cases: list[Case]) -> None:
    """The renewal comes more than 30 days before the registration's end."""
    _expire(house, cases[0].registered, house.rng.choice((31, house.rng.randint(32, 200))))
    cases[0].codes.add(Reason.RENEWAL_EARLY)


def registration_unknown(house: Household, cases: list[Case]) -> None:
    """The register does not hold the number."""
    house.entries.remove(cases[0].registered)
    cases[0].entry = None
    cases[0].codes.add(Reason.REGISTRATION_UNKNOWN)


def registration_not_active(house: Household, cases: list[Case]) -> None:
    """The registration is suspended, revoked, denied or withdrawn, lately or long ago."""
    entry, rng = cases[0].registered, house.rng
    entry.status = rng.choice((*_ACTED, "withdrawn"))
    days = rng.choice((rng.randint(5, 150), rng.randint(200, 330)))
    entry.status_since = house.day - timedelta(days=days)
    cases[0].codes.add(Reason.REGISTRATION_NOT_ACTIVE)
    if entry.status in _ACTED and days <= 150:
        cases[0].codes.add(Reason.PRIOR_ACTION)


def prior_action(house: Household, cases: list[Case]) -> None:
    """Another registration of the same person was acted against within six months."""
    case, rng = cases[0], house.rng
    other = house.enter(case.person, "patient", house.home(), house.day - timedelta(days=rng.randint(1, 400)))
    other.status = rng.choice(_ACTED)
    other.status_since = house.day - timedelta(days=rng.randint(5, 150))
    case.codes.add(Reason.PRIOR_ACTION)


def duplicate_person(house: Household, cases: list[Case]) -> None:
    """The person holds another active registration, or has sent two submissions."""
    case, rng = cases[0], house.rng
    if rng.random() < 0.5:
        house.enter(case.person, "patient", case.home, house.day + timedelta(days=rng.randint(60, 300)))
    else:
        twin = deepcopy(case)
        twin.entry = case.entry
        twin.row |= {"submission_id": house.submission_id(), "submitted_at": timestamp(rng, house.day)}
        twin.codes.add(Reason.DUPLICATE_PERSON)
        cases.append(twin)
    case.codes.add(Reason.DUPLICATE_PERSON)


def hold(_house: Household, cases: list[Case]) -> None:
    """The person has asked that nothing be automatic."""
    cases[0].registered.hold = True
    cases[0].codes.add(Reason.HOLD)


def identity_changed(house: Household, cases: list[Case]) -> None:
    """The register knows another family name or birth date."""
    entry = cases[0].registered
    if house.rng.random() < 0.6:
        rename_entry(house, cases[0])
        return
    born = entry.person.born
    entry.person = replace(entry.person, born=born.replace(year=born.year - 1, day=born.day % 28 + 1))
    cases[0].codes.add(Reason.IDENTITY_CHANGED)


def address_changed(house: Household, cases: list[Case]) -> None:
    """The address is new and the proof of residency does not show it."""
    case, entry = cases[0], cases[0].registered
    old = somewhere_else(house, case.home)
    entry.home = old
    residency = text_residency(house, case)
    if house.rng.random() < 0.75:
        residency.proof = replace(residency.proof, home=old)
        case.codes |= {Reason.ADDRESS_CHANGED, Reason.RES_ADDRESS_MISMATCH}
    else:
        residency.state = "absent"
        case.codes |= {Reason.ADDRESS_CHANGED, Reason.RES_MISSING}


def not_resident(house: Household, cases: list[Case]) -> None:
    """The address is in another state."""
    case = cases[0]
    case.home = pick_home_elsewhere(house.rng)
    case.row |= address_columns(case.home)
    text_residency(house, case)
    case.codes.add(Reason.NOT_RESIDENT)


def attestation_no(house: Household, cases: list[Case]) -> None:
    """One attestation is not given."""
    last = 6 if cases[0].row["role"] == "patient" else 5
    cases[0].row[f"attestation_{house.rng.randint(1, last)}"] = house.rng.choice(("no", "no", ""))
    cases[0].codes.add(Reason.ATTESTATION_NO)


def payment_missing(house: Household, cases: list[Case]) -> None:
    """The fee of the time was not paid."""
    cases[0].row["payment_status"] = house.rng.choice(("", "failed", "refunded"))
    cases[0].codes.add(Reason.PAYMENT_MISSING)


def caregiver_missing(_house: Household, cases: list[Case]) -> None:
    """A caregiver is required and nobody is named."""
    cases[0].row["caregiver_required"] = "yes"
    cases[0].codes.add(Reason.CAREGIVER_MISSING)


def caregiver_pending(house: Household, cases: list[Case]) -> None:
    """The caregiver's registration has run out."""
    caregiver = next(entry for entry in house.entries if entry.role == "caregiver")
    _expire(house, caregiver, -house.rng.randint(3, 90))
    caregiver.status, caregiver.status_since = "expired", caregiver.expires_on + timedelta(days=1)
    cases[0].codes.add(Reason.CAREGIVER_PENDING)


def caregiver_changed(house: Household, cases: list[Case]) -> None:
    """The row names another caregiver than the register."""
    until = house.day + timedelta(days=house.rng.randint(40, 300))
    other = house.enter(house.adult(), "caregiver", house.home(), until)
    cases[0].row["related_registration_number"] = other.number
    cases[0].codes.add(Reason.CAREGIVER_CHANGED)


def caregiver_second(house: Household, cases: list[Case]) -> None:
    """The patient has another active caregiver."""
    sick = house.entries[0]
    until = house.day + timedelta(days=house.rng.randint(40, 300))
    first = house.enter(house.adult(), "caregiver", house.home(), until)
    first.related, sick.related = sick.number, first.number
    cases[0].codes.add(Reason.CAREGIVER_SECOND)


def caregiver_limit(house: Household, cases: list[Case]) -> None:
    """The caregiver serves another patient, and is no relative who may."""
    case, entry = cases[0], cases[0].registered
    until = house.day + timedelta(days=house.rng.randint(40, 300))
    other = house.enter(house.adult(), "patient", house.home(), until)
    other.related, entry.related = entry.number, other.number
    case.row["relationship"] = house.rng.choice(("spouse", "child", "other"))
    case.codes.add(Reason.CAREGIVER_LIMIT)


def caregiver_underage(house: Household, cases: list[Case]) -> None:
    """The caregiver is under 18."""
    caregiver = cases[-1]
    _recast(house, caregiver, house.child(youngest_days=4800))
    caregiver.row["relationship"] = house.rng.choice(("sibling", "child", "other"))
    caregiver.codes.add(Reason.CAREGIVER_UNDERAGE)


def _recast(house: Household, case: Case, person: Person) -> None:
    """Another person in the same submission."""
    case.person = person
    case.row |= person_columns(person) | {"email": house.email(person)}
    case.identity = house.identity(person, case.home)


def caregiver_is_certifier(house: Household, cases: list[Case]) -> None:
    """The caregiver bears the name of the patient's certifier."""
    sick, caregiver = cases[0], cases[1]
    certifiers = house.world.certifiers
    certifier = certifiers.sound(house.rng, "physician")
    while f"{certifier.first} {certifier.last}" != certifier.full_name:
        certifier = certifiers.sound(house.rng, "physician")
    sick.row |= {"certifier_license": certifier.license, "certifier_name": certifier.full_name}
    names = {"first": certifier.first, "latin_first": certifier.first, "last": certifier.last}
    changes = names | {"latin_last": certifier.last, "middle": "", "suffix": "", "script": ""}
    _recast(house, caregiver, replace(caregiver.person, **changes))  # type: ignore[arg-type]
    caregiver.codes.add(Reason.CAREGIVER_IS_CERTIFIER)
