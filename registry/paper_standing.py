"""As whom a paper names somebody: as its holder, as somebody else such as a landlord or an officer, or in passing.

A name that fills its cell counts as the holder's, unless a role stands beside, above or below it, or a letter closes
above it. A name within other words counts only where a label, a greeting or an address beside it says so.
"""

from registry.names import SUFFIXES
from registry.paper_vocabulary import (
    JOINERS,
    PARTICLES,
    is_bare_name,
    is_closing,
    is_holders_label,
    is_in_care,
    is_initial,
    is_name_like,
    is_title,
    names_somebody_else,
)
from registry.paper_words import Cell, Line, Word

_BESIDE, _BEFORE, _AFTER = 3, 4, 3
"""Words of the cell at the left, before the name, and behind it, among which a role is looked for."""
_SIGNATURE = 5
"""Lines below a letter's closing that are its writer's."""
_SHORT = 5
"""Words of a cell below a name that can be the role it was signed in."""


def is_holder(lines: tuple[Line, ...], number: int, index: int, start: int, end: int) -> bool:
    """Whether the name at these words of this cell of this line is the one that the paper is made out to.

    Args:
        lines: of the paper.
        number: of the line.
        index: of the cell.
        start: the first word of the name.
        end: behind its last word, a suffix included.
    """
    cell = lines[number][index]
    if is_in_care(cell, start) or names_somebody_else((*_clause_before(cell, start), *_clause_after(cell, end))):
        return False
    if names_somebody_else(_beside(lines, number, index)) or _is_signature(lines, number):
        return False
    if all(map(_may_stand_around, (*cell[:start], *cell[end:]))):
        return not names_somebody_else(_below(lines, number, index))
    return _is_labelled(cell, start) or _is_followed_by_label_or_address(cell[end:])


def _clause_before(cell: Cell, start: int) -> Cell:
    return cell[max(0, start - _BEFORE) : start]


def _clause_after(cell: Cell, end: int) -> Cell:
    """The words behind a name, up to the next label of a holder: `X (the tenant) and Y (the landlord)`."""
    words = cell[end : end + _AFTER]
    label = next((at for at, word in enumerate(words) if is_holders_label(word)), len(words))
    return words[:label]


def _beside(lines: tuple[Line, ...], number: int, index: int) -> Cell:
    """What leads to a cell: the one at its left, the short line above the first, the head of its column."""
    line, above = lines[number], lines[number - 1] if number else ()
    left = line[index - 1][-_BESIDE:] if index else above[0] if len(above) == 1 else ()
    heads = len(above) == len(line) > 1 and not any(map(is_bare_name, above))
    return (*(above[index] if heads else ()), *left) if len(left) <= _BESIDE else ()


def _below(lines: tuple[Line, ...], number: int, index: int) -> Cell:
    """The short cell under this one: a role, where a name is signed."""
    under = lines[number + 1] if number + 1 < len(lines) else ()
    cell = under[index] if len(under) > index else ()
    return cell if len(cell) <= _SHORT else ()


def _is_signature(lines: tuple[Line, ...], number: int) -> bool:
    return any(is_closing(cell) for line in lines[max(0, number - _SIGNATURE) : number] for cell in line[:1])


def _may_stand_around(word: Word) -> bool:
    """Whether a word beside a name leaves it alone in its cell: another name, a joiner, a courtesy, a number."""
    is_name = is_name_like(word) or is_initial(word) or word.key in JOINERS | PARTICLES | SUFFIXES
    return is_name or is_title(word) or word.key.isdigit() or is_holders_label(word)


def _is_labelled(cell: Cell, start: int) -> bool:
    """Whether a label or a greeting leads to the name, over courtesies, numbers, and names joined to it."""
    for word in reversed(cell[:start]):
        if is_holders_label(word):
            return True
        if not (_may_stand_around(word) or word.key.isdigit()):
            return False
    return False


def _is_followed_by_label_or_address(after: Cell) -> bool:
    if any(is_holders_label(word) for word in after[:_AFTER]):
        return True
    return bool(after) and (after[0].key[:1].isdigit() or after[0].key in {"po", "p", "box"})
