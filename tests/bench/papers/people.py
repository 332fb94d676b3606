"""Made-up people: what they are called in their papers, and how each might write the name on a form."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from registry.facts import PersonName
from registry.names import letters
from tests.bench.papers.origins import ORIGINS, Origin

_OLDEST = date(1938, 1, 1)
_ADULT_DAYS = 365 * 66
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with all the names that the birth certificate gives, in Latin letters."""

    origin: str
    name: PersonName
    own_script: PersonName | None
    """the same in the script of the origin; None where that is the Latin one"""
    born: date
    sex: str

    @property
    def is_family_first(self) -> bool:
        """Whether papers now and then print the family name first."""
        return ORIGINS[self.origin].family_first


def draw_person(origin: str, rng: Random) -> Person:
    """Somebody of this origin, 19 to 88 years old."""
    names = ORIGINS[origin]
    sex = rng.choice("FM")
    givens = names.female if sex == "F" else names.male
    first = rng.choice(givens)
    lasts = rng.sample(names.last, names.surnames)
    middle = _middle(names, givens, first, rng)
    latin = PersonName(
        _latin(first), middle, (names.joined or " ").join(map(_latin, lasts)), rng.choice(names.suffixes)
    )
    own = replace(latin, first=_own(first), middle="", last=_own(lasts[0])) if "=" in first else None
    return Person(origin, latin, own, _OLDEST + timedelta(rng.randrange(_ADULT_DAYS)), sex)


def _middle(names: Origin, givens: tuple[str, ...], first: str, rng: Random) -> str:
    chance = 0.9 if names.middles else 0.0 if names.family_first else 0.6
    if rng.random() >= chance:
        return ""
    others = [name for name in names.middles or givens if name != first and " " not in name]
    return _latin(rng.choice(others))


def _latin(name: str) -> str:
    return name.rpartition("=")[2]


def _own(name: str) -> str:
    return name.partition("=")[0]


def on_form(person: Person, rng: Random) -> PersonName:
    """The name as its bearer types it: the middle name in full, as an initial, or not at all."""
    middle = person.name.middle
    return replace(person.name, middle=rng.choice((middle, middle, middle[:1], "")))


def sibling(person: Person, rng: Random) -> Person:
    """Somebody with the same family name and another given name, a few years apart."""
    while True:
        other = draw_person(person.origin, rng)
        if letters(other.name.first)[:3] != letters(person.name.first)[:3]:
            born = person.born + timedelta(rng.choice((-1, 1)) * rng.randint(400, 2400))
            return replace(other, name=replace(other.name, last=person.name.last, suffix=""), born=born)


def one_letter_off(name: PersonName, rng: Random) -> PersonName:
    """The name with one letter of the first or the last name changed, left out or doubled, and so another name."""
    field = rng.choice(("first", "last"))
    own = getattr(name, field)
    while True:
        at = rng.randrange(len(own))
        if not own[at].isalpha():
            continue
        other = rng.choice((rng.choice(_ALPHABET), "", own[at].lower() + rng.choice(_ALPHABET)))
        changed = own[:at] + (other.upper() if own[at].isupper() and other else other) + own[at + 1 :]
        if letters(changed) not in {letters(own), ""}:
            return replace(name, **{field: changed})


def other_suffix(name: PersonName) -> PersonName:
    """The father's name for the son, and the son's for the father."""
    mark = letters(name.suffix)
    return replace(name, suffix={"jr": "Sr", "sr": "Jr", "ii": "III", "iii": "II", "iv": "III"}.get(mark, "Jr"))


def one_digit_off(day: date, rng: Random) -> date:
    """A day that exists and differs in one digit of day, month or year."""
    plain = f"{day:%Y%m%d}"
    while True:
        at = rng.randrange(2, 8)
        other = plain[:at] + rng.choice("0123456789") + plain[at + 1 :]
        try:
            changed = date(int(other[:4]), int(other[4:6]), int(other[6:]))
        except ValueError:
            continue
        if changed != day:
            return changed
