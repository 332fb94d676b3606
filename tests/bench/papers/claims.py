"""Who could send a paper in: its right owner, those who are nearly right, and strangers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from registry.facts import Address, PersonName
from tests.bench.papers import people, places
from tests.bench.papers.cases import Case
from tests.bench.papers.documents import Document
from tests.bench.papers.layouts import IDENTITY, RESIDENCY
from tests.bench.papers.origins import ORIGINS
from tests.bench.papers.people import Person

RIGHT, FLAWED, NEAR, WRONG = "right", "flawed", "near", "wrong"
STRANGERS = 10
"""Wrong owners for each paper: half of them of the same origin."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What an application says that the paper is to prove."""

    group: str
    """right, flawed (the right owner of a paper that is too old), near, or wrong"""
    who: str
    """right owner, sibling, neighbour and so on"""
    name: PersonName
    born: date
    address: Address
    own_script: bool = False


def claims_on(document: Document, purpose: str) -> Iterator[Claim]:
    """Every claim that is tried on this paper as a proof of this."""
    rng = Random(f"claims:{document.seed}:{document.base}:{purpose}")
    case = document.case
    too_old = document.flawed and (purpose == IDENTITY or document.layout.dated)
    right = _of(FLAWED if too_old else RIGHT, "right owner", case.owner, case, rng)
    yield right
    if case.partner and document.layout.joint and not too_old:
        yield _of(RIGHT, "second holder", case.partner, case, rng)
    if case.owner.own_script and not too_old:
        yield replace(right, who="right owner, own script", name=case.owner.own_script, own_script=True)
    if too_old:
        return
    yield from _near_names(case, right, rng)
    yield from _near_days(right, rng) if purpose == IDENTITY else _near_homes(case, right, rng)
    yield from _strangers(case, rng)


def _of(group: str, who: str, person: Person, case: Case, rng: Random) -> Claim:
    return Claim(group, who, people.on_form(person, rng), person.born, places.on_form(case.home, rng))


def _near_names(case: Case, right: Claim, rng: Random) -> Iterator[Claim]:
    for _ in range(2):
        yield replace(right, group=NEAR, who="one letter of the name", name=people.one_letter_off(right.name, rng))
    other = people.sibling(case.owner, rng)
    while case.partner and other.name.first == case.partner.name.first:
        other = people.sibling(case.owner, rng)
    yield replace(right, group=NEAR, who="same family name, all else right", name=people.on_form(other, rng))
    if right.name.suffix:
        yield replace(right, group=NEAR, who="father or son", name=people.other_suffix(right.name))


def _near_days(right: Claim, rng: Random) -> Iterator[Claim]:
    for _ in range(2):
        born = people.one_digit_off(right.born, rng)
        yield replace(right, group=NEAR, who="one digit of the birth date", born=born)


def _near_homes(case: Case, right: Claim, rng: Random) -> Iterator[Claim]:
    for who, person in (("landlord, agent, officer", case.bystander), ("named on the paper besides", case.child)):
        yield replace(right, group=NEAR, who=who, name=people.on_form(person, rng), born=person.born)
    homes = [("house next door", places.neighbour(case.home, rng)) for _ in range(2)]
    homes += [("same street, other town", places.same_street_elsewhere(case.home, rng))]
    homes += [("previous address", case.old_home), ("sender's or landlord's address", case.sender_home)]
    if case.home.unit:
        homes.append(("other unit", places.other_unit(case.home, rng)))
    for who, home in homes:
        yield replace(right, group=NEAR, who=who, address=places.on_form(home, rng))
    if case.mailed_to_box:
        box = replace(right.address, street=f"PO Box {case.number % 900 + 10}", unit="")
        yield replace(right, group=NEAR, who="post office box", address=box)


def _strangers(case: Case, rng: Random) -> Iterator[Claim]:
    """Other people with their own homes and dates of birth."""
    for number in range(STRANGERS):
        origin = case.owner.origin if number % 2 else rng.choice(sorted(ORIGINS))
        person, home = people.draw_person(origin, rng), places.draw_home(rng)
        yield Claim(WRONG, "stranger", people.on_form(person, rng), person.born, places.on_form(home, rng))


def purposes_of(document: Document) -> tuple[str, ...]:
    """What the paper can prove: identity, residency, or both."""
    return tuple(purpose for purpose in (IDENTITY, RESIDENCY) if purpose in document.layout.proves)
