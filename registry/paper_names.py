"""Where a paper names a person: in running words, labelled fields, cells side by side, a passport's machine lines.

Two people's names often stand side by side: a household's bill, a lease, a list. So a given name and a surname count as
one name only where nothing but the person's own middle names stands between them, and nothing that could be more name
before or after them; and only where the paper gives the name as its holder's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from registry.facts import PersonName
from registry.names import SUFFIXES, is_latin
from registry.paper_fields import NameFields, names_over_numbers
from registry.paper_person import Sought
from registry.paper_standing import is_holder
from registry.paper_vocabulary import is_bare_name, names_somebody_else
from registry.paper_words import Answer, Cell, Line, lines_of, places_of, says_enough, seams_of

_APART = 3
"""Lines among which a given name and a surname, each alone in its cell, may belong to one another."""


def name_on_paper(text: str, name: PersonName) -> Answer:
    """Whether the paper is made out to this person, or to several people of whom this is one.

    Case, accents, hyphens, the order `LAST, FIRST` and left-out or abbreviated middle names do not matter. Nearly
    equal names (one letter, a nickname, an initial, part of a compound surname), a name that the paper gives to its
    landlord, its officer or somebody in passing, and one that it gives elsewhere with another `Jr` or middle name
    cannot be told; a paper that says enough and has nothing near the name disagrees. A name outside of the Latin
    letters is looked for in its own script and never disagrees: papers of the state are printed in Latin letters.
    """
    sought = Sought(name)
    found = set(_sights(text, sought)) if sought.is_name else {_Sight()}
    if _is_settled(found):
        return Answer.AGREES
    if found or not says_enough(text) or not is_latin(name.first + name.last):
        return Answer.CANNOT_TELL
    return Answer.DISAGREES


def places_of_name(text: str, name: PersonName) -> frozenset[tuple[int, int]]:
    """Line and column of each place that names this person as the holder; from 0, blank lines not counted."""
    sought, kept = Sought(name), places_of(text)
    found = _sights(text, sought) if sought.is_name else iter(())
    return frozenset((kept[each.line].line, kept[each.line].columns[each.cell]) for each in found if each.is_named)


@dataclass(frozen=True, slots=True)
class _Sight:
    """One place where the name stands or nearly stands; lines and cells as `lines_of` counts them."""

    line: int = 0
    cell: int = 0
    is_named: bool = False
    """the whole name, of the paper's holder"""
    middle: int = 0
    """1 the person's own middle name, -1 another one, 0 none"""
    suffix: int = 0


def _is_settled(found: set[_Sight]) -> bool:
    """Whether the holder bears the name, and nobody of another middle name or suffix bears it besides."""
    marks = {sight.middle for sight in found}, {sight.suffix for sight in found}
    alone = all(-1 not in each or 1 in each for each in marks)
    return alone and any(sight.is_named for sight in found)


def _sights(text: str, sought: Sought) -> Iterator[_Sight]:
    """Each place that names the person, or nearly does."""
    lines, fields = lines_of(text), NameFields()
    sought.learn_order(lines)
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ()
        for index in range(len(line)):
            yield from _in_cell(lines, number, index, sought)
        yield from _in_cells(lines, number, sought)
        yield from _in_fields(fields.read(line, below), (*line, *below), number, sought)
        yield from _in_fields(filter(None, [names_over_numbers(lines, number)]), line, number, sought)
        if sought.is_nearly_in(line, below) or _stand_apart(lines, number, sought):
            yield _Sight(number)
    for number, cell, seam in seams_of(text):
        for found in sought.names_in(cell):
            if found.start < seam < found.end:
                named = found.is_whole and is_holder(((cell,),), 0, 0, found.start, found.end)
                yield _Sight(number, 0, named, found.middle, found.suffix)


def _in_cell(lines: tuple[Line, ...], number: int, index: int, sought: Sought) -> Iterator[_Sight]:
    """Names in running words, in one word, or in a passport's machine lines."""
    cell = lines[number][index]
    for found in sought.names_in(cell):
        past = found.end + (1 if found.end < len(cell) and cell[found.end].key in SUFFIXES else 0)
        named = found.is_whole and is_holder(lines, number, index, found.start, past)
        yield _Sight(number, index, named, found.middle, found.suffix)
    if sought.is_in_one_word(cell) or sought.is_machine_printed(cell):
        yield _Sight(number, index, is_named=True)


def _in_cells(lines: tuple[Line, ...], number: int, sought: Sought) -> Iterator[_Sight]:
    """Two cells of a row, or two lines, that are the given and the surname in whole, with no third name by them."""
    line = lines[number]
    for at, (a, b) in enumerate(pairwise(line)):
        others = line[:at] + line[at + 2 :]
        if _are_whole(a, b, sought) and not any(is_bare_name(each) or names_somebody_else(each) for each in others):
            yield _Sight(number, at, is_named=True)
    stack = lines[max(0, number - 1) : number + 3]
    if len(lines) > number + 1 and len(line) == len(lines[number + 1]) == 1:
        bare = sum(len(row) == 1 and is_bare_name(row[0]) for row in stack)
        if bare == 2 and _are_whole(line[0], lines[number + 1][0], sought):
            yield _Sight(number, 0, is_named=True)


def _are_whole(a: Cell, b: Cell, sought: Sought) -> bool:
    turned = sought.is_surname(a) and sought.is_given(b)
    return turned or (sought.is_given(a) and sought.is_surname(b))


def _in_fields(pairs: Iterable[tuple[Cell, Cell]], around: Line, number: int, sought: Sought) -> Iterator[_Sight]:
    """Surname and given name of labelled fields, with a suffix in a field of its own `around`."""
    for surname, given in pairs:
        if sought.is_surname(surname) and sought.is_given(given):
            alone = (cell for cell in around if len(cell) == 1)
            suffix = next((mark for cell in alone if (mark := sought.suffix_mark(cell))), 0)
            yield _Sight(number, 0, suffix >= 0, 0, suffix)
        elif any(map(sought.is_near_surname, surname)) and any(map(sought.is_near_given, given)):
            yield _Sight(number)


def _stand_apart(lines: tuple[Line, ...], number: int, sought: Sought) -> bool:
    """Whether the surname fills a cell here and the given name one nearby, whatever stands between."""
    if not any(map(sought.is_surname, lines[number])):
        return False
    near = lines[max(0, number - _APART) : number + _APART + 1]
    return any(sought.is_given(cell) for line in near for cell in line)
