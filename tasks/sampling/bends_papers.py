"""Defects of what people upload: each function bends one household so that its code becomes true."""

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from registry.reasons import Reason
from tasks.sampling.broken import UNREADABLE, UNSAFE
from tasks.sampling.cases import Case
from tasks.sampling.household import IMAGE_NAMES, Household
from tasks.sampling.patient_scenes import another_last_name, renewal
from tasks.sampling.people import Person
from tasks.sampling.places import Home
from tasks.sampling.uploads import Identity, Photo, Residency

_Paper = TypeVar("_Paper", Identity, Residency)
_STALE = ("utility_bill", "bank_statement", "government_mail")
_GIVEN = ("Gwendolyn", "Thaddeus", "Beatrix", "Lemuel")


def text_identity(house: Household, case: Case) -> Identity:
    """A new proof of identity in a PDF with words, apart from the proof of residency."""
    if case.residency is case.identity and case.row["role"] == "patient":
        case.residency = house.residency(case.person, case.home)
    home = case.identity.home if case.identity else case.home
    case.identity = house.identity(case.person, home, text=True)
    return case.identity


def text_residency(house: Household, case: Case, kind: str = "", age_days: int = -1) -> Residency:
    """A new proof of residency in a PDF with words."""
    residency = house.residency(case.person, case.home, kind=kind, text=True, age_days=age_days)
    case.residency = residency
    return residency


def somebody_else(house: Household, person: Person) -> Person:
    """The same person under another given and family name."""
    given = house.rng.choice([name for name in _GIVEN if name[0] != person.latin_first[0]])
    last = another_last_name(house, person)
    return replace(person, first=given, latin_first=given, last=last, latin_last=last, middle="", script="")


def somewhere_else(house: Household, home: Home) -> Home:
    """A home in another town and street."""
    while True:
        other = house.home()
        if other.city != home.city and other.street != home.street and other.number != home.number:
            return other


def id_missing(house: Household, cases: list[Case]) -> None:
    """No proof of identity is named, or the delivery lacks it."""
    identity = text_identity(house, cases[0])
    identity.state = "absent"
    if house.rng.random() < 0.5:
        cases[0].row["identity_document_type"] = house.rng.choice(("", identity.type))
        cases[0].identity = None
    cases[0].codes.add(Reason.ID_MISSING)


def id_unreadable(house: Household, cases: list[Case]) -> None:
    """The proof of identity cannot be opened."""
    text_identity(house, cases[0]).state = house.rng.choice(tuple(UNREADABLE))
    cases[0].codes.add(Reason.ID_UNREADABLE)


def id_unacceptable(house: Household, cases: list[Case]) -> None:
    """The proof of identity is of no accepted type."""
    text_identity(house, cases[0]).type = "other"
    cases[0].codes.add(Reason.ID_UNACCEPTABLE)


def id_expired(house: Household, cases: list[Case]) -> None:
    """The proof of identity has expired."""
    text_identity(house, cases[0]).expires = house.day - timedelta(days=house.rng.randint(1, 500))
    cases[0].codes.add(Reason.ID_EXPIRED)


def id_inconclusive(house: Household, cases: list[Case]) -> None:
    """The proof of identity opens and cannot be read."""
    identity = text_identity(house, cases[0])
    _make_illegible(house, identity)
    cases[0].codes.add(Reason.ID_INCONCLUSIVE)


def _make_illegible(house: Household, upload: Identity | Residency) -> None:
    if house.world.only_text or house.rng.random() < 0.5:
        upload.form, upload.state = "text", "wordless"
    else:
        upload.form, upload.state = "photo", "blurred"
        upload.file = house.file(IMAGE_NAMES[:4])


def id_name_mismatch(house: Household, cases: list[Case]) -> None:
    """The proof of identity names somebody else."""
    identity = text_identity(house, cases[0])
    identity.person = somebody_else(house, cases[0].person)
    cases[0].codes.add(Reason.ID_NAME_MISMATCH)


def id_dob_mismatch(house: Household, cases: list[Case]) -> None:
    """The proof of identity gives another birth date."""
    identity = text_identity(house, cases[0])
    born = cases[0].person.born
    identity.person = replace(
        cases[0].person, born=born.replace(year=born.year - house.rng.randint(1, 6), day=born.day % 28 + 1)
    )
    cases[0].codes.add(Reason.ID_DOB_MISMATCH)


def res_missing(house: Household, cases: list[Case]) -> None:
    """No proof of residency is named, or the delivery lacks it."""
    residency = text_residency(house, cases[0])
    residency.state = "absent"
    if house.rng.random() < 0.5:
        cases[0].row["residency_document_type"] = house.rng.choice(("", residency.type))
        cases[0].residency = None
    cases[0].codes.add(Reason.RES_MISSING)


def res_unreadable(house: Household, cases: list[Case]) -> None:
    """The proof of residency cannot be opened."""
    text_residency(house, cases[0]).state = house.rng.choice(tuple(UNREADABLE))
    cases[0].codes.add(Reason.RES_UNREADABLE)


def res_unacceptable(house: Household, cases: list[Case]) -> None:
    """The proof of residency is of no accepted type."""
    text_residency(house, cases[0]).type = "other"
    cases[0].codes.add(Reason.RES_UNACCEPTABLE)


def res_stale(house: Household, cases: list[Case]) -> None:
    """The bill, statement or letter is more than 90 days old."""
    age = house.rng.choice((91, house.rng.randint(92, 130), house.rng.randint(130, 420)))
    text_residency(house, cases[0], kind=house.rng.choice(_STALE), age_days=age)
    cases[0].codes.add(Reason.RES_STALE)


def res_inconclusive(house: Household, cases: list[Case]) -> None:
    """The proof of residency opens and cannot be read."""
    _make_illegible(house, text_residency(house, cases[0]))
    cases[0].codes.add(Reason.RES_INCONCLUSIVE)


def res_name_mismatch(house: Household, cases: list[Case]) -> None:
    """The proof of residency names somebody else."""
    residency = text_residency(house, cases[0])
    other = somebody_else(house, cases[0].person)
    residency.proof = replace(residency.proof, holders=(f"{other.first} {other.last}",), face="sans")
    cases[0].codes.add(Reason.RES_NAME_MISMATCH)


def res_address_mismatch(house: Household, cases: list[Case]) -> None:
    """The proof of residency gives another address."""
    residency = text_residency(house, cases[0])
    residency.proof = replace(residency.proof, home=somewhere_else(house, cases[0].home))
    cases[0].codes.add(Reason.RES_ADDRESS_MISMATCH)


def doc_unsafe(house: Household, cases: list[Case]) -> None:
    """A PDF carries something that acts when it is opened."""
    first = cases[0]
    upload = text_identity(house, first) if house.rng.random() < 0.5 else text_residency(house, first)
    upload.state = house.rng.choice(tuple(UNSAFE))
    first.codes.add(Reason.DOC_UNSAFE)


def doc_reused(house: Household, cases: list[Case]) -> None:
    """Two strangers hand in the same file."""
    first, [second] = cases[0], renewal(house)
    text_identity(house, second)
    if house.rng.random() < 0.5:
        shared = text_identity(house, first)
        second.identity = _copy_of(house, shared)
        second.codes |= {Reason.ID_NAME_MISMATCH, Reason.ID_DOB_MISMATCH}
    else:
        paper = text_residency(house, first)
        second.residency = _copy_of(house, paper)
        second.codes |= {Reason.RES_NAME_MISMATCH, Reason.RES_ADDRESS_MISMATCH}
    first.codes.add(Reason.DOC_REUSED)
    second.codes.add(Reason.DOC_REUSED)
    cases.append(second)


def _copy_of(house: Household, upload: _Paper) -> _Paper:
    return replace(upload, file=house.file(("copy {n}.pdf", "Scan {n}.pdf")))


def photo_unusable(house: Household, cases: list[Case]) -> None:
    """The photo is missing, empty or no picture."""
    state = house.rng.choice(("absent", "empty", "html"))
    cases[0].photo = Photo(house.file(("selfie {n}.jpg", "me {n}.JPG")), house.seed(), state)
    cases[0].codes.add(Reason.PHOTO_UNUSABLE)


def minor_letter_missing(house: Household, cases: list[Case]) -> None:
    """The second physician's letter is missing."""
    _lose(house, cases[0], "second_physician_letter")
    cases[0].codes.add(Reason.MINOR_LETTER_MISSING)


def minor_ack_missing(house: Household, cases: list[Case]) -> None:
    """The parent's acknowledgement is missing."""
    _lose(house, cases[0], "parent_acknowledgement")
    cases[0].codes.add(Reason.MINOR_ACK_MISSING)


def _lose(house: Household, case: Case, kind: str) -> None:
    if house.rng.random() < 0.7:
        case.supporting = [paper for paper in case.supporting if paper.type != kind]
        return
    for paper in case.supporting:
        if paper.type == kind:
            paper.state = "absent"
