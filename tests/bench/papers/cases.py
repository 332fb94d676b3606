"""What one paper says, and of whom: the person, the home, the days, and those who stand on it besides."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from registry.facts import PersonName
from registry.names import folded
from tests.bench.papers.origins import ORIGINS
from tests.bench.papers.people import Person, draw_person, sibling
from tests.bench.papers.places import Home, draw_home

SUBMITTED = date(2026, 11, 20)
"""The day of submission of every application."""
STYLES = ("capitals", "capitals", "capitals", "title", "title", "last comma", "last first")
"""How papers write names: MARIA L DIAZ, Maria L. Diaz, DIAZ, MARIA L, DIAZ MARIA L."""
_STALE_DAYS = (100, 400)


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that a layout may print."""

    number: int
    owner: Person
    partner: Person | None
    """who holds the account or the lease too, where the paper names two"""
    bystander: Person
    """landlord, agent, officer, employee: somebody else who is named"""
    child: Person
    home: Home
    old_home: Home
    sender_home: Home
    style: str
    middle: str
    """full, initial, or none: how the paper gives the middle name"""
    one_surname: bool
    """whether the paper gives the first of two surnames only"""
    mailed_to_box: bool
    dated_on: date
    issued_on: date
    expires_on: date
    cents: int

    @property
    def due_on(self) -> date:
        """Three weeks after the paper's own date."""
        return self.dated_on + timedelta(21)

    @property
    def period(self) -> tuple[date, date]:
        """First and last day of the month that is billed."""
        return self.dated_on - timedelta(33), self.dated_on - timedelta(3)

    @property
    def amount(self) -> str:
        """What is owed."""
        return f"${self.cents / 100:,.2f}"

    @property
    def account(self) -> str:
        """The account's number."""
        return f"{self.number * 7919 % 90_000_000 + 10_000_000}"


def draw_case(number: int, origin: str, rng: Random, *, joint: bool, flawed: bool, dated: bool, boxed: bool) -> Case:
    """A paper's content; a flawed one is stale, or an identity document that has expired; a `boxed` one may be mailed to a post office box."""
    owner = draw_person(origin, rng)
    partner = _partner(owner, rng) if joint and rng.random() < 0.3 else None
    expires_on = SUBMITTED + timedelta(rng.randint(5, 2150))
    if flawed and not dated:
        expires_on = SUBMITTED - timedelta(rng.randint(1, 900))
    age_days = rng.randint(*_STALE_DAYS) if flawed and dated else rng.randint(3, 80)
    return Case(
        number=number,
        owner=owner,
        partner=partner,
        bystander=draw_person(rng.choice(sorted(ORIGINS)), rng),
        child=_child(owner, partner, rng),
        home=draw_home(rng),
        old_home=draw_home(rng),
        sender_home=draw_home(rng),
        style=_style(owner, rng),
        middle=rng.choice(("full", "initial", "initial", "none")),
        one_surname=" " in owner.name.last and ORIGINS[origin].surnames > 1 and rng.random() < 0.15,
        mailed_to_box=boxed and rng.random() < 0.15,
        dated_on=SUBMITTED - timedelta(age_days),
        issued_on=expires_on - timedelta(2190),
        expires_on=expires_on,
        cents=rng.randint(1800, 48_000),
    )


def _child(owner: Person, partner: Person | None, rng: Random) -> Person:
    """Somebody of the same family name who is not the partner."""
    while True:
        child = sibling(owner, rng)
        if partner is None or child.name.first != partner.name.first:
            return child


def _style(owner: Person, rng: Random) -> str:
    """Where the family name comes first at home, papers print it first three times as often."""
    return rng.choice((*STYLES, "last first", "last first") if owner.is_family_first else STYLES)


def _partner(owner: Person, rng: Random) -> Person:
    return sibling(owner, rng) if rng.random() < 0.6 else draw_person(rng.choice(sorted(ORIGINS)), rng)


def plain(words: str) -> str:
    """The words in the letters of an old printer: A to Z, accents left out."""
    return "".join(folded(letter).upper() if letter.isupper() else folded(letter) for letter in words)


def given_names(case: Case, person: Person) -> str:
    """First and middle name as the paper gives them."""
    middle = {"full": person.name.middle, "initial": person.name.middle[:1], "none": ""}[case.middle]
    return f"{person.name.first} {middle}".strip()


def surname(case: Case, person: Person) -> str:
    """The family name as the paper gives it."""
    return person.name.last.split(" ", 1)[0] if case.one_surname and person is case.owner else person.name.last


def printed(case: Case, person: Person, style: str = "") -> str:
    """The name in the paper's style, or in this one."""
    given, last, suffix = given_names(case, person), surname(case, person), person.name.suffix
    style = style or case.style
    if style == "title":
        given = f"{given}." if len(given) > 2 and given[-2] == " " else given
        return f"{given} {last}" + (f", {suffix}" if suffix else "")
    straight = f"{given} {last} {suffix.rstrip('.')}".strip()
    turned = f"{last} {suffix.rstrip('.')}".strip() + (", " if style == "last comma" else " ") + given
    return plain(straight if style == "capitals" else turned).upper()


def holders(case: Case, style: str = "") -> list[str]:
    """The lines that name the paper's holder, or both."""
    style = style or case.style
    if case.partner is None:
        return [printed(case, case.owner, style)]
    if case.partner.name.last == case.owner.name.last and style == "capitals" and not case.owner.name.suffix:
        return [plain(f"{given_names(case, case.owner)} & {printed(case, case.partner, style)}").upper()]
    joiner = " and " if style == "title" else " & "
    if case.number % 2:
        return [printed(case, case.owner, style), printed(case, case.partner, style)]
    return [joiner.join(printed(case, person, style) for person in (case.owner, case.partner))]


def full_name(name: PersonName) -> str:
    """First and last name, as under a signature."""
    return f"{name.first} {name.last}"


def address_lines(case: Case, home: Home, style: str) -> list[str]:
    """Street, unit and town as the paper's printer sets them; `style` as for names."""
    plus4 = case.number % 3 == 0
    if style == "title":
        unit = f", {home.unit_text}" if home.unit and case.number % 2 else ""
        below = home.unit_text if home.unit and not unit else ""
        return [home.long_street + unit, below, home.city_line(capitals=False, plus4=plus4)]
    unit = plain(home.unit_text).upper()
    city = home.city_line(capitals=True, plus4=plus4)
    return [f"{home.short_street} {unit}".strip(), city] if case.number % 4 else [home.short_street, unit, city]


def mailing_block(case: Case, home_style: str = "") -> list[str]:
    """Name and address as they show in an envelope's window."""
    style = home_style or case.style
    if case.mailed_to_box:
        box = f"PO BOX {case.number % 900 + 10}"
        return [*holders(case), box, case.home.city_line(capitals=True, plus4=False)]
    return [*holders(case), *address_lines(case, case.home, style)]


def one_line(case: Case, style: str = "capitals") -> str:
    """The home's address on one line."""
    lines = list(filter(None, address_lines(case, case.home, style)))
    return (", " if style == "title" else " ").join(lines)


def us(day: date) -> str:
    """11/03/2026"""
    return f"{day:%m/%d/%Y}"


def spelled(day: date) -> str:
    """November 3, 2026"""
    return f"{day:%B} {day.day}, {day.year}"


def short(day: date) -> str:
    """Nov 3, 2026"""
    return f"{day:%b} {day.day}, {day.year}"
