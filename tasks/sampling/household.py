"""One household: the people, registrations, submissions and uploads that belong together."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from tasks.sampling.cases import COLUMNS, Case, address_columns, person_columns, timestamp
from tasks.sampling.certifiers import CertifierRegister
from tasks.sampling.machine_zones import fits_passport
from tasks.sampling.names import fit_encoding
from tasks.sampling.people import Entry, Person, make_email, make_person
from tasks.sampling.places import Home, pick_home
from tasks.sampling.stationery import Proof
from tasks.sampling.uploads import Identity, Photo, Residency, Supporting

_SLOTS = 64
_DATED = {"utility_bill", "bank_statement", "government_mail", "mortgage", "insurance"}
_ADULT_PAPERS = {
    "utility_bill": 44,
    "bank_statement": 18,
    "lease": 10,
    "mortgage": 6,
    "tax_bill": 5,
    "w2": 4,
    "insurance": 5,
    "government_mail": 6,
    "voter_registration": 2,
}
_SCAN_NAMES = ("Scan {n}.pdf", "scan_{n}.pdf", "Document {n}.pdf", "IMG_{n}.pdf", "AdobeScan-{n}.pdf", "SCN{n}.PDF")
_ID_NAMES = ("my license {n}.pdf", "DL front {n}.pdf", "identificación {n}.pdf", *_SCAN_NAMES)
_BILL_NAMES = (
    "bill {n}.pdf",
    "Proof of Residency ({n}).pdf",
    "dirección – recibo {n}.pdf",
    "eBill_{n}.pdf",
    *_SCAN_NAMES,
)
IMAGE_NAMES = (
    "IMG_{n}.JPG",
    "image{n}.jpeg",
    "Photo {n}.jpg",
    "licencia {n}.jpg",
    "PXL_{n}.jpg",
    "Resized {n}.png",
)


@dataclass(frozen=True, slots=True)
class World:
    """What all households of a sample share."""

    seed: int
    day: date
    encoding: str
    """of the table; names it cannot hold are written without accents"""
    only_text: bool
    """whether uploads are text PDFs only"""
    scripts: bool
    """whether some names stand in a script other than Latin"""
    certifiers: CertifierRegister


class Household:
    """The source of chance, the numbers and the register entries of one household.

    Args:
        world: what the sample shares.
        number: the household's own, from 0; with the seed it fixes everything about it.
        day: the submission day, when it is not the sample's.
        latin: whether all names stay in Latin letters, so that one name can be told from another on a paper.
    """

    def __init__(self, world: World, number: int, day: date | None = None, latin: bool = False) -> None:
        self.world = world
        self.number = number
        self.day = day or world.day
        self._scripts = world.scripts and not latin
        self.rng = Random(f"{world.seed}:household:{number}")
        self.entries: list[Entry] = []
        self._taken = -1

    def _next(self) -> int:
        """A number that nothing else in the sample has."""
        self._taken += 1
        if self._taken >= _SLOTS:
            raise OverflowError(f"A household has numbers for {_SLOTS} things; play a smaller scene.")
        return self.number * _SLOTS + self._taken

    def adult(self, last: str = "", born: date | None = None, latin: bool = False) -> Person:
        """Someone of 19 or more on the household's day; `latin` keeps the name in Latin letters."""
        floor = self.day - timedelta(days=19 * 366)
        for _ in range(20):
            person = make_person(
                self.rng, self._next(), self.world.day, encoding=self.world.encoding,
                scripts=self._scripts and not latin, last=last, born=born,
            )  # fmt: skip
            if person.born <= floor:
                return person
        return replace(person, born=floor - timedelta(days=self.number % 9000))

    def child(self, youngest_days: int = 1200, oldest_days: int = 6400) -> Person:
        """Someone under 18 all through the weeks around the household's day."""
        born = self.day - timedelta(days=self.rng.randint(youngest_days, oldest_days))
        return make_person(
            self.rng, self._next(), self.world.day, encoding=self.world.encoding, scripts=False, born=born
        )  # fmt: skip

    def home(self) -> Home:
        """A made-up address in a real town."""
        return pick_home(self.rng)

    def email(self, person: Person) -> str:
        """An address that reaches nobody."""
        return make_email(self.rng, person, self.number)

    def submission_id(self) -> str:
        """An unused submission id."""
        return f"BN{self.world.day:%y}-{self._next() * 282475249 % 10**9:09d}"

    def registration_number(self, role: str) -> str:
        """An unused registration number."""
        return f"{'MMP' if role == 'patient' else 'MMC'}-{self._next() * 387420489 % 10**9:09d}"

    def enter(self, person: Person, role: str, home: Home, expires_on: date, email: str = "") -> Entry:
        """Put an active registration into the register."""
        issued = expires_on - timedelta(days=self.rng.choice((364, 365, 540, 729)))
        entry = Entry(
            number=self.registration_number(role), role=role, status="active", status_since=issued, person=person,
            email=email or self.email(person), home=home, issued_on=issued, expires_on=expires_on,
        )  # fmt: skip
        self.entries.append(entry)
        return entry

    def case(self, person: Person, home: Home, role: str, kind: str, entry: Entry | None = None) -> Case:
        """A submission with its person, address, attestations and identity; the rest is the scene's."""
        rng = self.rng
        email = entry.email if entry and rng.random() < 0.9 else self.email(person)
        row = dict.fromkeys(COLUMNS, "")
        row |= person_columns(person) | address_columns(home, with_plus4=rng.random() < 0.1)
        row |= {
            "submission_id": self.submission_id(),
            "revision": rng.choice(("", "1", "1")),
            "submitted_at": timestamp(rng, self.day),
            "kind": kind,
            "role": role,
            "registration_number": entry.number if entry else "",
            "email": email,
            "phone": self.phone(),
            **{f"attestation_{n}": "yes" for n in range(1, 7 if role == "patient" else 6)},
            "payment_status": "paid" if self.day < date(2023, 7, 1) else rng.choice(("", "", "not_required")),
        }
        case = Case(person=person, home=home, day=self.day, row=row, entry=entry)
        case.identity = self.identity(person, home)
        if not self.world.only_text and rng.random() < 0.3:
            case.photo = Photo(self.file(("selfie {n}.jpg", "Foto_{n}.jpg", "headshot-{n}.JPG")), self.seed())
        return case

    def phone(self) -> str:
        """Ten digits of the range kept for fiction."""
        return f"{self.rng.choice(('203', '860', '475', '959'))}55501{self.rng.randint(0, 99):02d}"

    def seed(self) -> int:
        """For a file's own source of chance; it also tells two likenesses of one paper apart."""
        return self.rng.getrandbits(48)

    def file(self, patterns: tuple[str, ...]) -> str:
        """A file name no other upload of the sample has."""
        return fit_encoding(self.rng.choice(patterns).format(n=f"{self._next():05d}"), self.world.encoding)

    def identity(self, person: Person, home: Home, text: bool = False) -> Identity:
        """A proof of identity that agrees with everything; with words to read when `text`."""
        rng = self.rng
        givens = f"{person.latin_first} {person.middle}"
        rtl = person.script in ("hebrew", "arabic")
        young = person.born > self.day - timedelta(days=16 * 366)
        passport = rtl or (fits_passport(person.latin_last, givens) and rng.random() < (0.6 if young else 0.15))
        form = self._identity_form(person, text, passport)
        kind = "passport" if passport else "state_id" if young or rng.random() < 0.15 else "drivers_license"
        file = self.file(_ID_NAMES if form != "photo" else IMAGE_NAMES if rng.random() < 0.96 else ("IMG_{n}.pdf",))
        expires = self.day + timedelta(days=rng.choice((rng.randint(1, 60), rng.randint(60, 2300))))
        return Identity(
            file, self.seed(), type=kind, form=form, person=person, home=home, expires=expires, passport=passport
        )

    def _identity_form(self, person: Person, text: bool, passport: bool) -> str:
        # Papers in another script come as files with words: no reader of pictures here knows these letters.
        if self.world.only_text or person.script:
            return "text"
        return "scan" if text or self.rng.random() < (0.5 if passport else 0.53) else "photo"

    def residency(
        self, person: Person, home: Home, *others: Person, kind: str = "", text: bool = False, age_days: int = -1
    ) -> Residency:
        """A proof of residency that agrees with everything; `others` are named on it first."""
        rng = self.rng
        young = person.born > self.day - timedelta(days=18 * 366)
        usual = (
            rng.choice(("government_mail", "insurance"))
            if young
            else rng.choices(tuple(_ADULT_PAPERS), tuple(_ADULT_PAPERS.values()))[0]
        )
        kind = kind or usual
        age = age_days if age_days >= 0 else rng.randint(3, 85) if kind in _DATED else rng.randint(10, 300)
        holders = tuple(self.printed_name(someone) for someone in (*others, person))
        proof = Proof(holders, home, self.day - timedelta(days=age), person.script or "sans")
        chance = rng.random()
        form = (
            "text"
            if self.world.only_text or text or person.script or chance < 0.78
            else "scan"
            if chance < 0.9
            else "photo"
        )
        file = self.file(_BILL_NAMES if form != "photo" else IMAGE_NAMES)
        return Residency(file, self.seed(), type=kind, paper=kind, form=form, proof=proof)

    def printed_name(self, person: Person) -> str:
        """The name as one sender's computer prints it."""
        if person.script:
            return f"{person.first} {person.last}"
        suffix = f" {person.suffix}" if person.suffix and self.rng.random() < 0.5 else ""
        initial = f" {person.middle[0]}" if person.middle else ""
        given = self.rng.choice((person.first, person.first + initial, f"{person.first} {person.middle}".strip()))
        if self.rng.random() < 0.08:
            return f"{person.last}, {person.first}{initial}".upper()
        return f"{given} {person.last}{suffix}"

    def letter(self, kind: str, person: Person, parent: str) -> Supporting:
        """A supporting letter dated within the last month."""
        day = self.day - timedelta(days=self.rng.randint(1, 30))
        name = f"{person.latin_first} {person.latin_last}" if person.script else f"{person.first} {person.last}"
        return Supporting(
            self.file(("letter {n}.pdf", "Form-{n}.pdf", *_SCAN_NAMES)),
            self.seed(),
            type=kind,
            person=name,
            parent=parent,
            day=day,
        )
