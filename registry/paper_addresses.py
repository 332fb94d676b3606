"""Where a paper gives an address, and whether it is the one that somebody claims.

A paper has several: the house that is served, the one it is mailed to, the sender's own, the one to send money to. An
address agrees when house number, street and place agree; only addresses that are not the sender's can speak against.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from registry.addresses import Street, city_key, read_street, state_key, tokens_of, zip5
from registry.facts import Address, PersonName
from registry.names import one_edit_apart
from registry.paper_names import places_of_name
from registry.paper_streets import streets_in, unit_line
from registry.paper_words import CELL_GAP, Answer, says_enough
from registry.postal_words import STATES

_SERVED = ("service address", "service location", "service at", "for service", "premises", "property", "located at")
_HOLDERS_WORDS = """
residence; residing at; resides at; lives at; living at; bill to; billed to; ship to; shipped to; deliver to;
delivered to; mail to; service for; insured location; garaged at; leases to; rents to; home address; mailing address;
street address; billing address; current address; residential address; apartment address; your address; tenants address;
tenant address; employees address; customer address; member address; insureds address
"""
_MERE_LABEL = re.compile(r"(?:\||\b\d+) (?:address|addr|add) (?:\||and\b|$)")
"""`Address` with nothing before it but its field's number: of a label that was misread the rest would stand there."""
_MANAGERS = ("property manager", "property management")
_FORMER = ("previous", "former", "formerly", "prior address", "old address", "moved from", "forwarding")
_SENDER_WORDS = """
remit; payable to; payments to; payment to; checks to; return to; correspondence; inquiries; questions; our
address; office; branch; headquarters; landlord; landlords; lessor; lessors; agent; agents; employer; employers;
payer; bank; company; corporation; corp; inc; llc; energy; electric; gas; water; insurance; department; authority;
trust; management; property manager; properties; realty; town of; city of; state of; services; credit union;
hospital; clinic; customer service
"""
_SENDER, _HOLDERS = (
    tuple(" ".join(label.split()) for label in labels.split(";")) for labels in (_SENDER_WORDS, _HOLDERS_WORDS)
)

_REACH = 6
"""Lines below a street among which those of its column are looked for; another column's lines may come between."""
_UNDER_NAME = 5
"""Lines below a name on which its address begins: a second name, an office's line, another column's lines between."""
_PROSE = 7
"""Words from which a cell is a line of a paragraph, that goes on on the next."""
_Cells = list[list[str]]


class _Match(IntEnum):
    """How one address of a paper compares with the one that is looked for."""

    OTHER = 0
    UNCLEAR = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class _Found:
    """An address on a paper."""

    street: Street
    place: list[str]
    """town, state and ZIP, as far as they are given"""
    context: str
    """the words before it on its line, and those above"""
    line: int
    column: int
    leads: tuple[int, ...]
    """how many words stand in each column of its line left of its own, and before it in its own"""

    def is_labelled(self, labels: tuple[str, ...]) -> bool:
        """Whether one of the labels stands before it, as whole words."""
        return any(f" {label} " in self.context for label in labels)

    @property
    def is_the_holders(self) -> bool:
        """Whether it is not marked as the sender's or as one of former days."""
        if self.is_labelled(_MANAGERS):
            return False
        return self.is_labelled(_SERVED) or not self.is_labelled(_FORMER + _SENDER)

    def belongs_to(self, named_at: frozenset[tuple[int, int]]) -> bool:
        """Whether a label says that it is the holder's, or it stands under or behind the holder's name."""
        labelled = self.is_labelled(_SERVED + _HOLDERS) or _MERE_LABEL.search(f"|{self.context}") is not None
        return labelled or any(self._is_under(*place) for place in named_at)

    def _is_under(self, line: int, column: int) -> bool:
        """Whether it begins in the name's column, or at the right of it with no more than a short label between."""
        near = 0 <= self.line - line <= _UNDER_NAME
        if not near or column > self.column:
            return False
        between = self.leads[column : self.column]
        return all(0 < words <= 2 for words in between)

    @property
    def is_complete(self) -> bool:
        """Whether it is surely an address, and not a number before words that look like a street."""
        return bool(_zips(self.place)) or self.is_labelled(_SERVED)


def address_on_paper(text: str, address: Address, name: PersonName | None = None) -> Answer:
    """Whether the paper is for this address: house number, street name, and ZIP or town; the unit when both give one.

    A paper whose own served or mailed-to address is another disagrees. What is nearly right (Street for Avenue, a
    direction more or less, another ZIP in the same town), what is given as a former address or the sender's, and a
    post office box cannot be told; nor can a paper without an address. On a paper that bears `name`, an address that
    stands neither under the name nor behind a label is nobody's: papers have their senders' in all places.
    """
    claimed = read_street(address.street, address.unit)
    if claimed.box or not claimed.number or not claimed.name or not says_enough(text):
        return Answer.CANNOT_TELL
    judged = [(found, _compare(found, claimed, address)) for found in _addresses(text, claimed, address)]
    served = [match for found, match in judged if found.is_labelled(_SERVED)]
    same = [found for found, match in judged if match is _Match.SAME and found.is_the_holders]
    named_at = places_of_name(text, name) if same and name is not None else frozenset()
    if named_at:
        same = [found for found in same if found.belongs_to(named_at)]
    if same:
        lives_elsewhere = bool(served) and max(served) is _Match.OTHER
        return Answer.CANNOT_TELL if lives_elsewhere else Answer.AGREES
    if any(match is not _Match.OTHER for _, match in judged):
        return Answer.CANNOT_TELL
    against = any(found.is_the_holders and found.is_complete for found, _ in judged)
    return Answer.DISAGREES if against else Answer.CANNOT_TELL


def _addresses(text: str, claimed: Street, address: Address) -> Iterator[_Found]:
    """Every address of the text, those of the claimed street also where the street's kind is left out."""
    lines = [[tokens_of(cell) for cell in CELL_GAP.split(line)] for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        for index, cell in enumerate(line):
            above = _column(lines[number - 1], index) if number else []
            flowing = _flowing(lines, number, index)
            for start, street, end in streets_in(flowing, claimed.name):
                if start >= len(cell):
                    continue  # it is the next line's own
                before = [*above, "|", *(word for left in line[:index] for word in left), "|", *cell[:start]]
                leads = (*(len(_words(left)) for left in line[:index]), start)
                found = _Found(street, _words(flowing[end:]), f" {' '.join(before)} ", number, index, leads)
                yield found if found.place else _with_lines_below(found, lines[number + 1 :], index, address)


def _flowing(lines: list[_Cells], number: int, index: int) -> list[str]:
    """The words of a cell and, where it is a paragraph's line, those of the next line."""
    line = lines[number]
    below = lines[number + 1] if number + 1 < len(lines) else []
    goes_on = len(line) == 1 and len(_words(line[0])) >= _PROSE and len(below) == 1
    return [*line[index], *below[0]] if goes_on else line[index]


def _column(line: _Cells, index: int) -> list[str]:
    """The cell of a line in this column, or the last one of a shorter line."""
    return line[min(index, len(line) - 1)]


def _with_lines_below(found: _Found, lines: list[_Cells], index: int, address: Address) -> _Found:
    """The address with the unit and the place under the street: in its column first, then on the next two lines."""
    column = [line[index] for line in lines[:_REACH] if len(line) > index and line[index]][:3]
    unit = unit_line(column[0]) if column else ""
    cells = [*(column[1:] if unit else column[:2]), *(cell for line in lines[:2] for cell in line)]
    place = next((_words(cell) for cell in cells if _is_place(_words(cell), address)), [])
    return replace(found, street=replace(found.street, unit=found.street.unit or unit), place=place)


def _words(tokens: list[str]) -> list[str]:
    return [token for token in tokens if token[0].isalnum()]


def _is_place(words: list[str], address: Address) -> bool:
    """Whether a cell is a town's line: up to six words and a ZIP, or the claimed town."""
    zips = _zips(words)
    if zips and zips[0] <= 6 and all(map(str.isalpha, words[: zips[0]])):
        return "box" not in words[: zips[0]]
    return _begins_with_city(words, address)


def _zips(words: list[str]) -> list[int]:
    """Where a ZIP or ZIP+4 stands: five digits behind a word."""
    digits = [word.partition("-")[0] for word in words]
    return [
        at for at, word in enumerate(digits) if at and len(word) == 5 and word.isdigit() and words[at - 1].isalpha()
    ]


def _compare(found: _Found, claimed: Street, address: Address) -> _Match:
    """The street and the place together: both the same, one nearly so, or something different."""
    return min(_compare_street(found.street, claimed), _compare_place(found.place, address))


def _compare_street(found: Street, claimed: Street) -> _Match:
    if found.number != claimed.number or (found.unit and claimed.unit and found.unit != claimed.unit):
        return _Match.OTHER
    if found.name != claimed.name:
        long_enough = min(len(found.name), len(claimed.name)) >= 4
        return _Match.UNCLEAR if long_enough and one_edit_apart(found.name, claimed.name) else _Match.OTHER
    kinds = {found.suffix, claimed.suffix} - {""}
    return _Match.SAME if len(kinds) <= 1 and found.in_same_direction(claimed) else _Match.UNCLEAR


def _compare_place(words: list[str], address: Address) -> _Match:
    """The ZIP decides; without one the town and its state do."""
    zips, city = _zips(words), _begins_with_city(words, address)
    if not zips:
        return _Match.SAME if city else _Match.UNCLEAR
    if words[zips[0]][:5] == zip5(address.zip_code):
        return _Match.SAME
    return _Match.UNCLEAR if city else _Match.OTHER


def _begins_with_city(words: list[str], address: Address) -> bool:
    """Whether the claimed town stands first, and no other state behind it."""
    for size in range(1, min(5, len(words)) + 1):
        if city_key(" ".join(words[:size])) == city_key(address.city):
            state = STATES.get(words[size]) if size < len(words) else None
            return state is None or state == state_key(address.state)
    return False
