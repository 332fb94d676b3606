"""Connecticut addresses as residents have them, as papers print them, and those that are nearly the same."""

from dataclasses import dataclass, replace
from random import Random

from registry.facts import Address
from registry.postal_words import DIRECTIONS, SUFFIXES

_TOWNS = """
06103 Hartford; 06106 Hartford; 06510 New Haven; 06604 Bridgeport; 06901 Stamford; 06702 Waterbury; 06854 Norwalk;
06810 Danbury; 06051 New Britain; 06010 Bristol; 06450 Meriden; 06514 Hamden; 06107 West Hartford; 06118 East Hartford;
06473 North Haven; 06512 East Haven; 06516 West Haven; 06484 Shelton; 06360 Norwich; 06320 New London;
06226 Willimantic; 06790 Torrington; 06098 Winsted; 06457 Middletown; 06475 Old Saybrook; 06371 Old Lyme;
06268 Storrs=Mansfield; 06250 Mansfield Center=Mansfield; 06355 Mystic=Groton; 06378 Mystic=Stonington;
06387 Wauregan=Plainfield; 06019 Collinsville=Canton; 06070 Simsbury; 06089 Weatogue=Simsbury; 06770 Naugatuck;
06239 Danielson=Killingly; 06424 East Hampton; 06412 Chester; 06111 Newington; 06082 Enfield; 06095 Windsor
"""
_STREETS = """
Elm Street; Maple Avenue; Park Place; Prospect Street; Whitney Avenue; Farmington Avenue; Asylum Avenue; Boston Post Road;
North Main Street; South Main Street; East Main Street; West Street; Old Mill Road; Orchard Hill Drive; Meadow Lane;
Fox Run; Birch Circle; Hemlock Court; Saint James Street; Mount Pleasant Road; Bishop Terrace; Edgewood Park Drive;
Winding Brook Way; Broad Street; Washington Boulevard; Route 6; Route 32; Broadway; Church Hill Road; Lake Shore Drive;
Sachem Street; Kings Highway North; Hartford Turnpike; Grove Street; O'Connell Drive; Martin Luther King Jr Boulevard;
Water Street; Second Avenue; Cherry Brook Road; Quinnipiac Avenue; Long Hill Road; East Avenue; Sunset Ridge Road;
Candlewood Lake Road; River Road; School Street; Pine Street; Chestnut Street; Ridgefield Road; Old Colony Road
"""
_TOWN_OF = {line.split()[0]: " ".join(line.split()[1:]) for line in _TOWNS.split(";")}
_STREET_NAMES = [" ".join(name.split()) for name in _STREETS.split(";")]
_DESIGNATORS = ("Apt", "Apt", "Apt", "Unit", "#", "Floor")


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives; `town` is what the address belongs to, which may be called by its village."""

    number: str
    street: str
    designator: str
    unit: str
    village: str
    town: str
    zip5: str
    plus4: str

    @property
    def short_street(self) -> str:
        """`12 N MAIN ST`: directions and the street's kind abbreviated as the post does."""
        first, *middle, last = self.street.split() if " " in self.street else ("", self.street)
        short = [DIRECTIONS.get(first.lower(), first) if middle else first, *middle]
        if not last.isdigit():
            last = SUFFIXES.get(last.lower(), DIRECTIONS.get(last.lower(), last))
        return " ".join(word for word in (self.number, *short, last) if word).upper()

    @property
    def long_street(self) -> str:
        """`12 North Main Street`."""
        return f"{self.number} {self.street}"

    @property
    def unit_text(self) -> str:
        """`Apt 3B`, `#3B`, or nothing."""
        if not self.unit:
            return ""
        return f"#{self.unit}" if self.designator == "#" else f"{self.designator} {self.unit}"

    def city_line(self, capitals: bool, plus4: bool) -> str:
        """`HARTFORD CT 06103-1234` or `Hartford, CT 06103`."""
        code = f"{self.zip5}-{self.plus4}" if plus4 else self.zip5
        return f"{self.village.upper()} CT {code}" if capitals else f"{self.village}, CT {code}"


def draw_home(rng: Random) -> Home:
    """An address in Connecticut; two in five have a unit."""
    zip5 = rng.choice(sorted(_TOWN_OF))
    village, _, town = _TOWN_OF[zip5].partition("=")
    number = str(rng.randint(2, 1400)) + rng.choice(["", "", "", "", "", "", "", "A", "B"])
    designator, unit = "", ""
    if rng.random() < 0.4:
        designator = rng.choice(_DESIGNATORS)
        unit = (
            str(rng.randint(1, 4)) if designator == "Floor" else f"{rng.randint(1, 14)}{rng.choice(['', '', 'A', 'B'])}"
        )
    street = rng.choice(_STREET_NAMES)
    return Home(number, street, designator, unit, village, town or village, zip5, f"{rng.randint(1000, 9999)}")


def on_form(home: Home, rng: Random) -> Address:
    """The address as somebody types it: kinds abbreviated or not, the unit in its field or behind the street."""
    street = home.long_street if rng.random() < 0.6 else home.short_street.title()
    unit = home.unit_text
    if unit and rng.random() < 0.25:
        street, unit = f"{street} {unit}", ""
    city = home.town if rng.random() < 0.4 else home.village
    code = f"{home.zip5}-{home.plus4}" if rng.random() < 0.15 else home.zip5
    return Address(street, unit, city, "CT", code)


def neighbour(home: Home, rng: Random) -> Home:
    """The house next door or over the street."""
    digits = home.number.rstrip("AB")
    step = rng.choice([step for step in (-2, -1, 1, 2) if int(digits) + step > 0])
    return replace(home, number=f"{int(digits) + step}{home.number[len(digits) :]}")


def other_unit(home: Home, rng: Random) -> Home:
    """Another flat of the same house; only for an address with a unit."""
    units = [str(number) for number in range(1, 9)] + ["2B", "3C"]
    return replace(home, unit=rng.choice([unit for unit in units if unit != home.unit]))


def same_street_elsewhere(home: Home, rng: Random) -> Home:
    """The same number and street in another town."""
    other = draw_home(rng)
    while other.town == home.town or other.zip5 == home.zip5:
        other = draw_home(rng)
    return replace(home, village=other.village, town=other.town, zip5=other.zip5)
