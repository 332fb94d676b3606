"""What happens to patients: renewals, first applications, lost cards and changes, all without a defect."""

from dataclasses import replace
from datetime import date, timedelta

from registry.reasons import Reason
from tasks.sampling.cases import Case, certification_end, certify
from tasks.sampling.household import Household
from tasks.sampling.people import Entry, Person
from tasks.sampling.places import Home

_PHARMACISTS_FROM = date(2025, 10, 1)
_MINOR_FORMS = ("", "Oral forms only", "Tinctures and capsules only")


def patient(
    house: Household, person: Person, home: Home, kind: str, entry: Entry | None = None, minor: bool = False
) -> Case:
    """A patient's submission with a certification and a proof of residency that are in order."""
    rng = house.rng
    case = house.case(person, home, "patient", kind, entry)
    types = ("physician",) if minor else ("physician", "physician", "aprn", "pa")
    signed = house.day - timedelta(days=rng.randint(1, 60 if kind in ("renewal", "initial") else 150))
    pharmacist = not minor and kind == "renewal" and signed > _PHARMACISTS_FROM and rng.random() < 0.02
    certifier = house.world.certifiers.sound(rng, *(("pharmacist",) if pharmacist else types))
    ends = signed + timedelta(days=rng.randint(62, 90)) if pharmacist else certification_end(rng, signed, house.day)
    certify(case, rng, certifier, signed, ends, "minor" if minor else "adult")
    case.row |= {
        "caregiver_required": "no",
        "emancipated_minor": rng.choice(("", "", "no")),
        "monthly_allotment_ounces": rng.choice(("", "", "", "5", "2.5", "3", "4.0")),
        "dosage_restrictions": _MINOR_FORMS[rng.randrange(3)]
        if minor
        else rng.choice(("", "", "", "No more than 2 doses a day")),
    }
    paper_of = case.identity
    same = paper_of is not None and not paper_of.passport and not minor and rng.random() < 0.1
    case.residency = paper_of if same else house.residency(person, home)
    return case


def registered(house: Household, person: Person, home: Home, in_days: int | None = None) -> Entry:
    """The patient's registration, in the renewal window unless told otherwise."""
    days = house.rng.choice((0, 30, *range(1, 30))) if in_days is None else in_days
    return house.enter(person, "patient", home, house.day + timedelta(days=days))


def renewal(house: Household) -> list[Case]:
    """An adult patient renews in time, nothing changed."""
    person, home = house.adult(), house.home()
    return [patient(house, person, home, "renewal", registered(house, person, home))]


def renewal_moved(house: Household) -> list[Case]:
    """An adult patient renews from a new address, and the proof of residency shows it."""
    person, old, new = house.adult(), house.home(), house.home()
    case = patient(house, person, new, "renewal", registered(house, person, old))
    case.residency = house.residency(person, new)
    if case.identity:
        case.identity.home = old
    return [case]


def couple(house: Household) -> list[Case]:
    """Two patients of one home renew; one bill names both, and now and then one mailbox serves both."""
    rng = house.rng
    first, home = house.adult(latin=True), house.home()
    second = house.adult(last=first.last if rng.random() < 0.6 else "", latin=True)
    cases = [patient(house, one, home, "renewal", registered(house, one, home)) for one in (first, second)]
    bill = house.residency(first, home, second)
    bill.file = house.file(("our bill {n}.pdf", "household {n}.pdf")) if bill.form != "photo" else bill.file
    for case in cases:
        case.residency = bill
    if rng.random() < 0.5:
        cases[1].row["email"] = cases[0].row["email"]
    return cases


def initial(house: Household) -> list[Case]:
    """An adult applies for the first time."""
    person, home = house.adult(), house.home()
    case = patient(house, person, home, "initial")
    case.codes = {Reason.INITIAL_NEEDS_REVIEW}
    return [case]


def emancipated(house: Household) -> list[Case]:
    """A minor whom a court has emancipated applies alone."""
    child, home = house.child(youngest_days=6000), house.home()
    case = patient(house, child, home, "initial", minor=True)
    case.row["emancipated_minor"] = "yes"
    case.codes = {Reason.INITIAL_NEEDS_REVIEW}
    return [case]


def replacement(house: Household) -> list[Case]:
    """A patient has lost the certificate."""
    person, home = house.adult(), house.home()
    entry = registered(house, person, home, in_days=house.rng.randint(45, 300))
    case = patient(house, person, home, "replacement", entry)
    case.codes = {Reason.CHANGE_NEEDS_REVIEW}
    return [case]


def change(house: Household) -> list[Case]:
    """A patient reports a new address, e-mail or name."""
    rng = house.rng
    person, home = house.adult(), house.home()
    entry = registered(house, person, home, in_days=rng.randint(45, 300))
    case = patient(house, person, home, "change", entry)
    case.codes = {Reason.CHANGE_NEEDS_REVIEW}
    what = rng.choice(("address", "address", "email", "name"))
    if what == "address":
        entry.home = house.home()
        case.residency = house.residency(person, home)
    elif what == "name":
        rename_entry(house, case)
    return [case]


def rename_entry(house: Household, case: Case) -> None:
    """The register knows the person under another family name; a certificate of the change comes along."""
    case.registered.person = replace(case.registered.person, last=another_last_name(house, case.person))
    case.supporting.append(house.letter("name_change", case.person, ""))
    case.codes |= {Reason.IDENTITY_CHANGED}


def another_last_name(house: Household, person: Person) -> str:
    """A family name in Latin letters that shares nothing with the person's."""
    choices = ("Abernathy", "Kovacs", "Underhill", "Zimmer", "Pickett", "Osterhaus")
    return next(name for name in house.rng.sample(choices, len(choices)) if name[:3] != person.latin_last[:3])
