"""What happens with caregivers: a minor's parent, a helper for an adult, and their own renewals and changes."""

from datetime import timedelta

from registry.reasons import Reason
from tasks.sampling.cases import Case
from tasks.sampling.household import Household
from tasks.sampling.patient_scenes import initial, patient, registered
from tasks.sampling.people import Entry, Person
from tasks.sampling.places import Home


def _caregiver_entry(house: Household, person: Person, home: Home, patient_number: str) -> Entry:
    entry = house.enter(person, "caregiver", home, house.day + timedelta(days=house.rng.randint(20, 300)))
    entry.related = patient_number
    return entry


def renewal_cared(house: Household) -> list[Case]:
    """An adult patient who needs a caregiver renews; the caregiver is registered."""
    person, home = house.adult(), house.home()
    entry = registered(house, person, home)
    caregiver = _caregiver_entry(house, house.adult(), house.home(), entry.number)
    entry.related = caregiver.number
    case = patient(house, person, home, "renewal", entry)
    case.row["caregiver_required"] = "yes"
    case.row["related_registration_number"] = house.rng.choice((caregiver.number, ""))
    return [case]


def minor_renewal(house: Household) -> list[Case]:
    """A minor renews; the parent is the registered caregiver."""
    child, home = house.child(), house.home()
    entry = registered(house, child, home)
    parent = _caregiver_entry(house, _parent(house, child), home, entry.number)
    entry.related = parent.number
    case = _minor(house, child, home, "renewal", parent.person, entry)
    case.row["related_registration_number"] = parent.number
    case.codes = {Reason.MINOR_NEEDS_REVIEW}
    return [case]


def _parent(house: Household, child: Person) -> Person:
    born = child.born - timedelta(days=house.rng.randint(8000, 15000))
    return house.adult(last=child.last if house.rng.random() < 0.7 else "", born=born)


def _minor(house: Household, child: Person, home: Home, kind: str, parent: Person, entry: Entry | None = None) -> Case:
    case = patient(house, child, home, kind, entry, minor=True)
    case.row["caregiver_required"] = "yes"
    name = f"{parent.first} {parent.last}"
    case.supporting = [
        house.letter(form, child, name) for form in ("second_physician_letter", "parent_acknowledgement")
    ]
    return case


def initial_cared(house: Household) -> list[Case]:
    """An adult who needs a caregiver applies together with the caregiver."""
    [case] = initial(house)
    case.row["caregiver_required"] = "yes"
    case.codes |= {Reason.CAREGIVER_PENDING}
    relation = house.rng.choice(("spouse", "sibling", "child", "parent", "conservator", "other"))
    return [case, _caregiver_of(house, case, house.adult(), relation)]


def _caregiver_of(house: Household, case: Case, person: Person, relation: str) -> Case:
    """The caregiver's first submission, in the same delivery as the patient's."""
    home = case.home if relation in ("spouse", "parent") else house.home()
    caregiver = house.case(person, home, "caregiver", "initial")
    caregiver.row |= {"relationship": relation, "related_submission_id": case.row["submission_id"]}
    case.row["related_submission_id"] = caregiver.row["submission_id"]
    caregiver.codes = {Reason.CAREGIVER_NEEDS_REVIEW}
    return caregiver


def initial_known_caregiver(house: Household) -> list[Case]:
    """An adult who needs a caregiver applies; the caregiver is registered already."""
    [case] = initial(house)
    caregiver = _caregiver_entry(house, house.adult(), house.home(), "")
    case.row |= {"caregiver_required": "yes", "related_registration_number": caregiver.number}
    return [case]


def minor_initial(house: Household) -> list[Case]:
    """A minor applies together with the parent, who becomes the caregiver."""
    child, home = house.child(), house.home()
    parent = _parent(house, child)
    case = _minor(house, child, home, "initial", parent)
    case.codes = {Reason.INITIAL_NEEDS_REVIEW, Reason.MINOR_NEEDS_REVIEW, Reason.CAREGIVER_PENDING}
    return [case, _caregiver_of(house, case, parent, "parent")]


def caregiver_initial(house: Household) -> list[Case]:
    """Someone applies as the caregiver of a patient who is registered."""
    sick = house.adult()
    entry = registered(house, sick, house.home(), in_days=house.rng.randint(40, 300))
    case = house.case(house.adult(), house.home(), "caregiver", "initial")
    relation = house.rng.choice(("spouse", "sibling", "child", "other"))
    case.row |= {"relationship": relation, "related_registration_number": entry.number}
    case.codes = {Reason.CAREGIVER_NEEDS_REVIEW}
    return [case]


def caregiver_renewal(house: Household) -> list[Case]:
    """A registered caregiver renews in time."""
    sick = registered(house, house.adult(), house.home(), in_days=house.rng.randint(40, 300))
    return [_renewing_caregiver(house, sick)]


def _renewing_caregiver(house: Household, sick: Entry) -> Case:
    person, home = house.adult(), house.home()
    entry = house.enter(person, "caregiver", home, house.day + timedelta(days=house.rng.randint(0, 30)))
    entry.related, sick.related = sick.number, entry.number
    case = house.case(person, home, "caregiver", "renewal", entry)
    relation = house.rng.choice(("spouse", "sibling", "parent", "child", "other"))
    case.row |= {"relationship": relation, "related_registration_number": sick.number}
    case.codes = {Reason.CAREGIVER_NEEDS_REVIEW}
    return case


def caregiver_and_patient_renewal(house: Household) -> list[Case]:
    """A patient and the caregiver renew the same day; the caregiver's registration is still good."""
    person, home = house.adult(), house.home()
    entry = registered(house, person, home)
    caregiver = _renewing_caregiver(house, entry)
    case = patient(house, person, home, "renewal", entry)
    case.row |= {"caregiver_required": "yes", "related_registration_number": entry.related}
    return [case, caregiver]


def caregiver_change(house: Household) -> list[Case]:
    """A caregiver reports a new e-mail address or telephone number."""
    [case] = caregiver_renewal(house)
    case.registered.expires_on = house.day + timedelta(days=house.rng.randint(60, 300))
    case.row["kind"] = house.rng.choice(("change", "replacement"))
    case.row["email"] = house.email(case.person)
    case.codes = {Reason.CHANGE_NEEDS_REVIEW}
    return [case]
