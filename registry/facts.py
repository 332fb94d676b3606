"""What is known of one case: frozen records, made at the edge, read by the rules."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from registry.near import NearPage
from registry.pictures import Portrait


class Kind(StrEnum):
    """What a submission asks for."""

    INITIAL = "initial"
    RENEWAL = "renewal"
    REPLACEMENT = "replacement"
    CHANGE = "change"


class Role(StrEnum):
    """As whom a person asks to be registered."""

    PATIENT = "patient"
    CAREGIVER = "caregiver"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as the portal gave it, NFC, in any script."""

    first: str
    middle: str
    last: str
    suffix: str

    @property
    def in_full(self) -> str:
        """First, middle, last and suffix, as printed on a certificate."""
        return " ".join(part for part in (self.first, self.middle, self.last, self.suffix) if part)


@dataclass(frozen=True, slots=True)
class Address:
    """A US postal address; `zip_code` is five digits, or ZIP+4 with a hyphen."""

    street: str
    unit: str
    city: str
    state: str
    zip_code: str


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """One upload that a row names; `sha256` is empty when the delivery does not hold the file."""

    role: str
    """identity, residency, photo, or supporting"""
    declared_type: str
    file: str
    sha256: str


class ReadState(StrEnum):
    """How far the looking at an upload came."""

    TEXT = "text"
    """Opened, and it has a text layer."""
    NO_TEXT = "no_text"
    """Opened, and nothing in it could be read as text: an image or a scan."""
    UNREADABLE = "unreadable"
    """It cannot be opened, or there is nothing in it: empty, truncated, encrypted, not what it is named."""
    UNSAFE = "unsafe"
    """Opening it broke a limit, crashed the reader, or it carries active content."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that was read at one place of an upload, found without knowing whose it should be."""

    what: str
    """first_name, middle_name, last_name, name_suffix, birth_date, issue_date, expiry_date, street, city, state, zip"""
    value: str
    """as printed or coded; days as ISO text"""
    source: str
    """barcode or mrz: a code that was made to be read by machines, and carries its own check"""
    page: int
    """counted from 1"""
    box: tuple[float, ...]
    """left, top, right and bottom of the place as parts of the page's width and height; empty when not known"""
    confidence_percent: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one line of an upload's text stands, and how surely it was read."""

    page: int
    """counted from 1"""
    box: tuple[float, ...]
    """left, top, right and bottom as parts of the page's width and height"""
    confidence_percent: int
    """100 for a file's own text; of a line read from a picture, what its reader says of its least sure piece"""
    turn_degrees: int = 0
    """by how much the page has to be turned clockwise to be read: 0, 90, 180 or 270"""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What one upload holds, found without knowing whose it should be."""

    sha256: str
    reader: str
    """Name and version of the reader, such as `text/1`; another version reads again."""
    state: ReadState
    media_type: str
    """By content, such as `application/pdf`; empty when unknown."""
    why: str
    """One plain sentence when the state is not `text`; never a value from the document."""
    pages: int
    text: str
    """The text of the pages looked at, lines kept, columns parted by tabs."""
    text_source: str = ""
    """layer: the file's own text; ocr: read from a picture, so letters can be wrong; empty without text"""
    spots: tuple[Spot, ...] = ()
    """one for each line of the text"""
    readings: tuple[Reading, ...] = ()
    """what codes on the page say"""
    portrait: Portrait | None = None
    """what was measured in its first picture; None when it is no picture, or a card whose code was read"""
    page_print: str = ""
    """the grey of 16 by 16 cells of its first picture, two hexadecimal digits for each; empty when none was read"""


@dataclass(frozen=True, slots=True)
class Certification:
    """A practitioner's written certification that the patient has a condition on the list."""

    certification_id: str
    source: str
    """certifier or pharmacist; empty when not given"""
    certified_on: date | None
    expires_on: date | None
    withdrawn_on: date | None
    certifier_license: str
    certifier_name: str
    condition_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Payment:
    """What the portal says of the fee; `amount_dollars` is None when it says nothing."""

    status: str
    amount_dollars: Decimal | None
    reference: str


@dataclass(frozen=True, slots=True)
class Application:
    """One submission, read and coerced: the person's own words, nothing judged."""

    submission_id: str
    revision: int
    delivery_id: str
    row: int
    submitted_at: datetime
    kind: Kind
    role: Role
    registration_number: str
    name: PersonName
    date_of_birth: date
    email: str
    phone: str
    address: Address
    certification: Certification
    caregiver_required: bool
    monthly_allotment_ounces: Decimal
    dosage_restrictions: str
    related_submission_id: str
    related_registration_number: str
    relationship: str
    emancipated_minor: bool
    documents: tuple[DocumentRef, ...]
    attestations: tuple[bool | None, ...]
    payment: Payment

    def document(self, role: str) -> DocumentRef | None:
        """The upload named for this role, if the row names one."""
        return next((ref for ref in self.documents if ref.role == role), None)


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A registration as the register holds it today."""

    registration_number: str
    role: Role
    status: str
    """active, expired, suspended, revoked, denied or withdrawn"""
    status_since: date | None
    name: PersonName
    date_of_birth: date
    email: str
    address: Address
    issued_on: date | None
    expires_on: date | None
    related_registration_number: str
    hold: bool


@dataclass(frozen=True, slots=True)
class CertifierPeriod:
    """One license of a certifier in one period of standing; both ends included, None is open."""

    license_number: str
    full_name: str
    type: str
    """physician, aprn, pa or pharmacist"""
    valid_from: date
    valid_to: date | None
    status: str
    """active, probation, suspended, lapsed or revoked"""
    csp_valid_to: date | None
    """end of the Connecticut controlled-substance registration"""
    dea_valid_to: date | None

    def covers(self, day: date) -> bool:
        """Whether this period is the one in force on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Condition:
    """One debilitating condition of the list, for whom and when."""

    code: str
    label: str
    adult: bool
    minor: bool
    effective_from: date
    effective_to: date | None
    certainty: str = ""
    """C, S or D as for provisions; empty where the table does not say"""

    def in_force(self, day: date) -> bool:
        """Whether the condition was on the list on that day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


@dataclass(frozen=True, slots=True)
class NearPerson:
    """Somebody whose name and date of birth are nearly, and not quite, those of the applicant."""

    number: str
    """of a registration, or of a submission"""
    likeness_percent: int
    """of the two names, 100 is equal"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the ledger and the reference tables know around one application."""

    entry: RegisterEntry | None = None
    """the registration that the row names"""
    related_entry: RegisterEntry | None = None
    """the other registration that the row, or its register entry, names"""
    related_application: Application | None = None
    related_approved: bool = False
    """whether a person approved the related submission"""
    same_person_numbers: tuple[str, ...] = ()
    """other registrations with this person's name and date of birth"""
    same_person_actions: tuple[tuple[str, date | None], ...] = ()
    """(status, since) of all this person's registrations; None when the register does not say since when"""
    same_person_submissions: tuple[str, ...] = ()
    """other open submissions of this person in the same role"""
    near_persons: tuple[NearPerson, ...] = ()
    """registrations and open submissions in the same role under nearly this name and date of birth, most alike first"""
    person_on_hold: bool = False
    """whether any registration of this person carries a hold"""
    rows_apart: int = 0
    """rows of this same submission that are kept apart for a person: in conflict, or unreadable"""
    patients_of_caregiver: tuple[str, ...] = ()
    """registrations of other patients that this caregiver is linked to"""
    caregivers_of_patient: tuple[str, ...] = ()
    """registrations of other caregivers linked to this patient"""
    document_owners: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """sha256 of an upload -> other people's submissions that named the same file"""
    near_pages: tuple[NearPage, ...] = ()
    """other people's submissions that came with nearly the same page or picture"""
    documents: dict[str, DocumentFacts] = field(default_factory=dict)
    certifier_periods: tuple[CertifierPeriod, ...] = ()
    conditions: dict[str, Condition] = field(default_factory=dict)
