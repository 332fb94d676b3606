"""Names in labelled fields: `Surname` over SANTOS, `2 MARIA LUISA` on a license, a row under its header."""

import re
from collections.abc import Iterator

from registry.names import folded
from registry.paper_vocabulary import is_name_like
from registry.paper_words import Cell, Line, Word

_LABELS = {
    "surname": (("surname",), ("last", "name"), ("family", "name"), ("ln",), ("1",)),
    "given": (("given", "names"), ("given", "name"), ("first", "names"), ("first", "name"), ("fn",), ("2",)),
}
_REST_OF_LABEL = frozenset({"and", "initial", "middle", "nom", "prenoms", "apellidos", "nombres", "s", "suffix"})
_RUN_TOGETHER = re.compile(r"([12])([^\W\d_]+|0)")
"""A license's field number and its name, as they come out of a picture: `2ROSA`, or `20` for an O."""
_APART = 3
"""Lines between a surname and the given name that belong together, at most."""


class NameFields:
    """Pairs each surname with the given name next to it, in either order; each is used once."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[int, Cell]] = {}
        self._line = 0

    def read(self, line: Line, below: Line) -> Iterator[tuple[Cell, Cell]]:
        """The (surname, given) pairs that the next line completes; `below` is the line after it."""
        self._line += 1
        for index, cell in enumerate(line):
            for kind, inside in _labelled(cell):
                words = inside or _beside(index, line, below) or _under(index, line, below)
                if words:
                    self._held[kind] = (self._line, words)
                yield from self._complete()

    def _complete(self) -> Iterator[tuple[Cell, Cell]]:
        if len(self._held) < 2:
            return
        (surname_at, surname), (given_at, given) = self._held["surname"], self._held["given"]
        if abs(surname_at - given_at) <= _APART:
            self._held.clear()
            yield surname, given


def names_over_numbers(lines: tuple[Line, ...], number: int) -> tuple[Cell, Cell] | None:
    """Surname and given name of a license whose small 1 came out under the surname, or not at all.

    None unless a field that begins with a number follows: under the numbers could be names as well.
    """
    stack = lines[number - 1 : number + 4] if number else ()
    if len(stack) == 5 and _is_lone(stack[1], "1") and _is_lone(stack[3], "2"):
        surname, given, under = stack[0], stack[2][0] if len(stack[2]) == 1 else (), stack[4]
    elif len(stack) > 2 and len(stack[1]) == 1 and stack[1][0][0].key == "2":
        surname, given, under = stack[0], stack[1][0][1:], stack[2]
    else:
        return None
    fits = len(surname) == 1 and _is_value(surname[0]) and _is_value(given) and under[0][0].key[0].isdigit()
    return (surname[0], given) if fits else None


def _is_lone(line: Line, key: str) -> bool:
    return len(line) == 1 and len(line[0]) == 1 and line[0][0].key == key


def _labelled(cell: Cell) -> Iterator[tuple[str, Cell]]:
    """The fields of a cell: `surname` or `given`, and the words up to a number or the next label."""
    cell = _parted(cell)
    starts = sorted(_labels(cell))
    for number, (_, after, kind) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(cell)
        words = cell[after:end]
        numbered = next((at for at, word in enumerate(words) if any(map(str.isdigit, word.key))), len(words))
        yield kind, tuple(word for word in words[:numbered] if word.key not in _REST_OF_LABEL)


def _parted(cell: Cell) -> Cell:
    """The cell with a field number at its beginning parted from a name in capitals."""
    found = _RUN_TOGETHER.fullmatch(cell[0].raw) if cell else None
    if found is None or found[0] != found[0].upper() or (found[2] == "0" and len(cell) > 1):
        return cell
    number, name = found[1], found[2].replace("0", "O")
    return Word(number, number, cell[0].gap), Word(name, folded(name), ""), *cell[1:]


def _labels(cell: Cell) -> Iterator[tuple[int, int, str]]:
    """Where labels stand in a cell; a license's field numbers count at the beginning only."""
    keys = tuple(word.key for word in cell)
    for kind, labels in _LABELS.items():
        for label in labels:
            for at in range(1 if label[0].isdigit() and keys else len(keys)):
                if keys[at : at + len(label)] == label:
                    yield at, at + len(label), kind


def _beside(index: int, line: Line, below: Line) -> Cell:
    """The name in the cell at the right of a label that stands alone, unless names stand under the row's labels."""
    right = line[index + 1] if index + 1 < len(line) else ()
    is_head = len(below) == len(line) and _is_value(below[index])
    return right if _is_value(right) and not is_head else ()


def _is_value(cell: Cell) -> bool:
    return bool(cell) and all(map(is_name_like, cell)) and not any(_labels(cell))


def _under(index: int, line: Line, below: Line) -> Cell:
    """The words under a label that stands alone in its cell."""
    if len(below) == len(line):
        return below[index]
    return below[0] if len(line) == 1 and below else ()
