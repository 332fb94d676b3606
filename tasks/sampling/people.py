"""The persons of a sample and the register's entries about them."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tasks.sampling.names import ascii_fold, fit_encoding, in_script, pick_tongue
from tasks.sampling.places import Home

REGISTER_COLUMNS = (
    "registration_number",
    "role",
    "status",
    "status_since",
    "first_name",
    "middle_name",
    "last_name",
    "name_suffix",
    "date_of_birth",
    "email",
    "street",
    "unit",
    "city",
    "state",
    "zip",
    "issued_on",
    "expires_on",
    "related_registration_number",
    "hold",
)
_ADULT_DAYS = 25913  # prime, about 71 years: steps through it meet every day before any day twice
_YOUNGEST_ADULT_DAYS = 19 * 366
_STEP = 7919


@dataclass(frozen=True, slots=True)
class Person:
    """One person; `latin_first` and `latin_last` serve machines that know no other letters."""

    first: str
    middle: str
    last: str
    suffix: str
    latin_first: str
    latin_last: str
    born: date
    sex: str
    script: str
    """hebrew, arabic, cyrillic or greek when the name is written so; empty for Latin letters"""


@dataclass(slots=True)
class Entry:
    """One registration as the register holds it on the sample's day."""

    number: str
    role: str
    status: str
    status_since: date
    person: Person
    email: str
    home: Home
    issued_on: date
    expires_on: date
    related: str = ""
    hold: bool = False

    def row(self) -> tuple[str, ...]:
        """The entry's line in registry.csv, in the order of REGISTER_COLUMNS."""
        name = (self.person.first, self.person.middle, self.person.last, self.person.suffix)
        place = (self.home.line(), self.home.unit_line(), self.home.city, self.home.state, self.home.zip5)
        dates = (self.issued_on.isoformat(), self.expires_on.isoformat())
        standing = (self.number, self.role, self.status, self.status_since.isoformat())
        born = self.person.born.isoformat()
        return (*standing, *name, born, self.email, *place, *dates, self.related, "yes" if self.hold else "no")


def make_person(
    rng: Random,
    index: int,
    day: date,
    *,
    encoding: str,
    scripts: bool,
    last: str = "",
    born: date | None = None,
) -> Person:
    """A person whose name and birth date no other person index shares.

    Args:
        rng: the household's own source of chance.
        index: unique in the sample; it fixes the birth date and, within one language, the name.
        day: the day the sample is about; an adult is 19 to 90 on it.
        encoding: names that it cannot hold are written without accents.
        scripts: whether names may stand in a script other than Latin.
        last: a family name shared with the household, else one of the language.
        born: the birth date, else an adult's.
    """
    tongue = pick_tongue(rng)
    sex = rng.choice("FM")
    givens = tongue.female if sex == "F" else tongue.male
    turn, slot = divmod(index, _ADULT_DAYS)
    pair = (slot * 2654435761 + turn) % (len(givens) * len(tongue.last))
    given, family = givens[pair % len(givens)], last or tongue.last[pair // len(givens)]
    born = born or day - timedelta(days=_YOUNGEST_ADULT_DAYS + slot * _STEP % _ADULT_DAYS)
    own = scripts and bool(tongue.script) and not last
    latin = [ascii_fold(in_script(name, own=False)) for name in (given, family)]
    middle = "" if tongue.script else _middle(rng, givens)
    return Person(
        first=fit_encoding(in_script(given, own), encoding),
        middle=fit_encoding(middle, encoding),
        last=fit_encoding(in_script(family, own), encoding),
        suffix=rng.choice(("Jr", "Jr.", "III", "Sr", "II")) if sex == "M" and not own and rng.random() < 0.05 else "",
        latin_first=latin[0],
        latin_last=latin[1],
        born=born,
        sex=sex,
        script=tongue.script if own else "",
    )


def _middle(rng: Random, givens: tuple[str, ...]) -> str:
    chance = rng.random()
    if chance < 0.3:
        return rng.choice("ABCDEFGHJKLMNPRSTVW")
    return rng.choice(givens) if chance < 0.5 else ""


def make_email(rng: Random, person: Person, index: int) -> str:
    """An address under the domains kept for examples, so that nothing can reach a real mailbox."""
    first = "".join(letter for letter in person.latin_first.lower() if letter.isascii() and letter.isalnum())
    last = "".join(letter for letter in person.latin_last.lower() if letter.isascii() and letter.isalnum())
    local = rng.choice((f"{first}.{last}", f"{first[:1]}{last}", f"{last}{person.born:%y}", f"{first}_{last}"))[:40]
    host = rng.choice(("example.com", "example.net", "example.org", "mail.example.com", "home.example.net"))
    return f"{local}{index % 9973}@{host}"


def years_before(day: date, years: int) -> date:
    """The same day so many years before; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def months_after(day: date, months: int) -> date:
    """The same day so many months after, or the month's last."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
