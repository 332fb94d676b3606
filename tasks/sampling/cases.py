"""One submission in the making: what its row says, what comes with it, and what is true of it."""

from csv import DictReader
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cache
from random import Random

from registry.reasons import Reason
from tasks.sampling.certifiers import Certifier
from tasks.sampling.people import Entry, Person, months_after
from tasks.sampling.places import REFERENCE, Home
from tasks.sampling.uploads import Identity, Photo, Residency, Supporting, Upload

_CERTIFICATION = (
    "certification_id certification_source certified_on certification_expires_on certification_withdrawn_on"
    " certifier_license certifier_name condition_codes caregiver_required monthly_allotment_ounces dosage_restrictions"
)
COLUMNS = tuple(
    (
        "submission_id revision submitted_at kind role registration_number first_name middle_name last_name name_suffix"
        f" date_of_birth email phone street unit city state zip {_CERTIFICATION} related_submission_id"
        " related_registration_number relationship emancipated_minor identity_document_type identity_document_file"
        " residency_document_type residency_document_file photo_file supporting_documents attestation_1 attestation_2"
        " attestation_3 attestation_4 attestation_5 attestation_6 payment_status payment_amount payment_reference"
        " dispensary_license"
    ).split()
)
_LONGER_CERTIFICATIONS = date(2025, 10, 1)


@dataclass(slots=True)
class Case:
    """One submission; `row` holds clean values by column, `codes` the reasons that are true of it."""

    person: Person
    home: Home
    day: date
    row: dict[str, str]
    codes: set[Reason] = field(default_factory=set)
    entry: Entry | None = None
    identity: Identity | None = None
    residency: Residency | Identity | None = None
    photo: Photo | None = None
    supporting: list[Supporting] = field(default_factory=list)
    disposition: str = "accepted"
    unreadable: tuple[str, ...] = ()
    """reason codes per column when the row cannot be read as a submission"""
    verbatim: frozenset[str] = frozenset()
    """columns that the portal's habits must leave as they are"""

    @property
    def registered(self) -> Entry:
        """The register's entry, of a case that acts on one."""
        if self.entry is None:
            raise LookupError("The case acts on no registration; choose a scene that does.")
        return self.entry

    def uploads(self) -> list[Upload]:
        """Every file that comes with the submission, each once."""
        named = [self.identity, self.residency, self.photo, *self.supporting]
        return list({id(upload): upload for upload in named if upload is not None}.values())

    def name_files(self) -> None:
        """Fill the row's document columns from the uploads planned."""
        identity, residency, row = self.identity, self.residency, self.row
        named = {
            "identity_document_type": identity.type if identity else row["identity_document_type"],
            "identity_document_file": identity.file if identity else "",
            "residency_document_type": residency.type if residency else row["residency_document_type"],
            "residency_document_file": residency.file if residency else "",
            "photo_file": self.photo.file if self.photo else "",
            "supporting_documents": ";".join(f"{paper.type}:{paper.file}" for paper in self.supporting),
        }
        self.row |= {column: value for column, value in named.items() if column not in self.verbatim}


def person_columns(person: Person) -> dict[str, str]:
    """Name and birth date as columns of a row."""
    names = {"first_name": person.first, "middle_name": person.middle, "last_name": person.last}
    return names | {"name_suffix": person.suffix, "date_of_birth": person.born.isoformat()}


def address_columns(home: Home, with_plus4: bool = False) -> dict[str, str]:
    """An address as columns of a row."""
    zip_code = f"{home.zip5}-{home.plus4}" if with_plus4 else home.zip5
    place = {"street": home.line(), "unit": home.unit_line(), "city": home.city}
    return place | {"state": home.state, "zip": zip_code}


def timestamp(rng: Random, day: date) -> str:
    """A moment of that day by Connecticut's clocks, before the portal's evening export."""
    clock = time(rng.choice((0, *range(6, 22))), rng.randint(1, 59), rng.randint(0, 59))
    return f"{day.isoformat()}T{clock.isoformat()}"


@cache
def condition_table() -> tuple[dict[str, str], ...]:
    """The rows of data/reference/conditions.csv."""
    with (REFERENCE / "conditions.csv").open(encoding="utf-8", newline="") as table:
        return tuple(DictReader(table))


def conditions_for(group: str, signed: date) -> list[str]:
    """The codes on the list for `adult` or `minor` on the signing day."""
    return [
        row["code"] for row in condition_table() if row[group] == "yes" and row["effective_from"] <= signed.isoformat()
    ]


def pick_conditions(rng: Random, group: str, signed: date) -> str:
    """One or two of the commoner codes of the list, as the portal writes them."""
    known = conditions_for(group, signed)
    common = [code for code in ("PTSD", "CHRONIC-PAIN", "CANCER", "NEUROPATHIC-PAIN") if code in known]
    first = rng.choice(common) if common and rng.random() < 0.55 else rng.choice(known)
    if rng.random() < 0.2:
        return ";".join(dict.fromkeys((first, rng.choice(known))))
    return first


def longest_months(signed: date) -> int:
    """How long a certification signed that day may last (POLICY: 12 months, 24 since 2025-10-01)."""
    return 24 if signed >= _LONGER_CERTIFICATIONS else 12


def certification_end(rng: Random, signed: date, day: date) -> date:
    """An end that the law allows, some days after the submission where it can be so."""
    ends = [months_after(signed, months) - timedelta(days=rng.choice((0, 1, 1))) for months in (6, 12, 18, 24)]
    allowed = [end for months, end in zip((6, 12, 18, 24), ends, strict=True) if months <= longest_months(signed)]
    return rng.choice([end for end in allowed if end > day + timedelta(days=5)] or allowed[-1:])


def certify(case: Case, rng: Random, certifier: Certifier, signed: date, ends: date, group: str) -> None:
    """Put a certification into the row."""
    title = rng.choice(("", "", "Dr. ")) if certifier.type == "physician" else ""
    case.row |= {
        "certification_id": f"CRT-{rng.randint(10**7, 10**8 - 1)}",
        "certification_source": "pharmacist" if certifier.type == "pharmacist" else "certifier",
        "certified_on": signed.isoformat(),
        "certification_expires_on": ends.isoformat(),
        "certifier_license": certifier.license,
        "certifier_name": title + certifier.full_name,
        "condition_codes": pick_conditions(rng, group, signed),
    }
    if certifier.type == "aprn" and case.row["condition_codes"] == "GLAUCOMA":  # not alone, until 2025-10-01
        case.row["condition_codes"] = "GLAUCOMA;PTSD"
