"""Where people live: Connecticut's towns with their ZIPs, streets, and the ways one address is written."""

from csv import DictReader
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from tasks.sampling.names import listed

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
SUFFIXES = {
    "Street": "ST",
    "Avenue": "AVE",
    "Road": "RD",
    "Lane": "LN",
    "Drive": "DR",
    "Court": "CT",
    "Place": "PL",
    "Terrace": "TER",
    "Circle": "CIR",
    "Boulevard": "BLVD",
}
_SUFFIX_WEIGHTS = (34, 18, 20, 8, 8, 4, 2, 2, 2, 2)
_STREETS = listed(
    "Main Elm Maple Oak Pine Church Chapel High Prospect Washington Park Pleasant School Spring Summer Grove Center"
    " Highland Farmington Asylum Whalley Dixwell Wethersfield Albany Franklin Capitol Broad Barnum Boston Fairfield"
    " Connecticut Orchard Meadow Brook River Mill Pond Ridge Hillside Sunset Valley_View Country_Club Old_Post"
    " North_Main South_Main West Housatonic Quinnipiac Naugatuck Pequot Mohegan Nutmeg Charter_Oak Sherman Lincoln"
    " Grant Wolcott Trumbull Ellsworth Griswold Burnside Silver Forest Cedar Walnut Chestnut Birch Hickory Laurel"
    " Dogwood Lilac Rose_Hill Cottage Bank Water Union State Court Market Depot Railroad Cherry Locust Willow"
    " Hemlock Tolland Stafford Hartford New_Haven Bridgeport Waterbury Norwich Ledge Quarry Stone Bunker_Hill"
    " Liberty Congress Federal Constitution"
)
_ELSEWHERE = (
    ("Springfield", "MA", "01103"),
    ("Longmeadow", "MA", "01106"),
    ("Worcester", "MA", "01609"),
    ("Westerly", "RI", "02891"),
    ("Providence", "RI", "02906"),
    ("Port Chester", "NY", "10573"),
    ("Brewster", "NY", "10509"),
    ("Pawling", "NY", "12564"),
)


@dataclass(frozen=True, slots=True)
class Home:
    """A US postal address in its parts."""

    number: int
    street: str
    """the street's name without its kind, such as `Farmington`"""
    suffix: str
    """the street's kind in full, a key of SUFFIXES"""
    unit: str
    """such as `3B`; empty for a house"""
    city: str
    state: str
    zip5: str
    plus4: str

    def line(self, short: bool = False) -> str:
        """House number and street, the kind in full or as USPS abbreviates it."""
        return f"{self.number} {self.street} {SUFFIXES[self.suffix].title() if short else self.suffix}"

    def unit_line(self, word: str = "Apt") -> str:
        """The unit with its designator: `Apt 3B`, or `#3B` when the word is `#`; empty for a house."""
        return f"{word}{'' if word == '#' else ' '}{self.unit}" if self.unit else ""


@cache
def _towns() -> tuple[tuple[str, str], ...]:
    with (REFERENCE / "zips.csv").open(encoding="utf-8", newline="") as table:
        return tuple((row["city"], row["zip"]) for row in DictReader(table))


def pick_home(rng: Random) -> Home:
    """A made-up address in a real Connecticut town; the cities come oftener than the villages."""
    towns = _towns()
    city, zip5 = rng.choice(towns)
    if sum(town == city for town, _ in towns) == 1 and rng.random() < 0.35:
        city, zip5 = rng.choice(towns)
    return _home_in(rng, city, "CT", zip5)


def pick_home_elsewhere(rng: Random) -> Home:
    """A made-up address just over the state line."""
    return _home_in(rng, *rng.choice(_ELSEWHERE))


def _home_in(rng: Random, city: str, state: str, zip5: str) -> Home:
    unit = f"{rng.randint(1, 24)}{rng.choice(('', '', 'A', 'B', 'C'))}" if rng.random() < 0.32 else ""
    return Home(
        number=rng.choice((rng.randint(1, 99), rng.randint(100, 999), rng.randint(1000, 2400))),
        street=rng.choice(_STREETS),
        suffix=rng.choices(tuple(SUFFIXES), _SUFFIX_WEIGHTS)[0],
        unit=unit,
        city=city,
        state=state,
        zip5=zip5,
        plus4=f"{rng.randint(1001, 9899)}",
    )
