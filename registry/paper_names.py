"""Where a paper names a person: in running words, labelled fields, cells side by side, a passport's machine lines.

Two people's names often stand side by side: a household's bill, a lease, a list. So a given name and a surname count as
one name only where nothing but the person's own middle names stands between them, and nothing that could be more name
before or after them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from registry.facts import PersonName
from registry.names import SUFFIXES, is_latin, may_be_middle, name_words, one_edit_apart, spellings
from registry.nicknames import other_forms
from registry.paper_fields import NameFields
from registry.paper_vocabulary import (
    PARTICLES,
    begins_earlier,
    goes_on,
    is_bare_name,
    is_couple,
    is_couple_turned,
    is_in_care,
    is_name_like,
    names_somebody_else,
)
from registry.paper_words import Answer, Cell, Line, Word, cell_of, lines_of, says_enough

_MACHINE_NAME = re.compile(r"([A-Z]+(?:<[A-Z]+)*)<<([A-Z]+(?:<[A-Z]+)*)$")
_ISSUER = re.compile(r"^[PIAC][A-Z<][A-Z]{3}")
_COURTESIES = ("", "先生", "女士", "小姐", "様", "さん", "씨", "님")
_ONE_SUFFIX = {"junior": "jr", "senior": "sr"}


def name_on_paper(text: str, name: PersonName) -> Answer:
    """Whether the paper is made out to this person, or to several people of whom this is one.

    Case, accents, hyphens, the order `LAST, FIRST` and left-out or abbreviated middle names do not matter. Nearly
    equal names (one letter, a nickname, an initial, part of a compound surname, another `Jr`) cannot be told; a
    paper that says enough and has nothing near the name disagrees. A name outside of the Latin letters is looked for
    in its own script and never disagrees: papers of the state are printed in Latin letters.
    """
    seeker = _Seeker(name)
    found = set(seeker.find(lines_of(text))) if seeker.given and seeker.surname else {Answer.CANNOT_TELL}
    if Answer.AGREES in found:
        return Answer.AGREES
    if found or not says_enough(text) or not is_latin(name.first + name.last):
        return Answer.CANNOT_TELL
    return Answer.DISAGREES


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of a cell that together spell a name; `start` included and `end` not."""

    start: int
    end: int


class _Seeker:
    """One person's name, and the places on a paper where it stands or nearly stands."""

    def __init__(self, name: PersonName) -> None:
        surname = name_words(name.last)
        inner = surname[-1] if len(surname) > 1 and surname[-1] in SUFFIXES else ""
        self.given = spellings(name.first)
        self.surname = spellings("".join(surname[:-1]) if inner else name.last)
        self._middle = name.middle
        self._suffix = "".join(name_words(name.suffix)) or inner
        self._near_given = self.given.union(name_words(name.first))
        self._other_forms = frozenset().union(*map(other_forms, self._near_given))
        self._near_surname = self.surname.union(word for word in surname if len(word) > 2 and word not in SUFFIXES)
        self._own_script = not is_latin(name.first + name.last)

    def find(self, lines: tuple[Line, ...]) -> Iterator[Answer]:
        """AGREES for each place that names the person, CANNOT_TELL for each that nearly does."""
        fields = NameFields()
        above: Cell = ()
        for number, line in enumerate(lines):
            below = lines[number + 1] if number + 1 < len(lines) else ()
            for index, cell in enumerate(line):
                beside = line[index - 1] if index else above
                yield from self._in_words(cell, names_somebody_else(beside[-3:]))
                yield from self._machine_printed(cell)
            yield from self._in_cells(lines, number)
            yield from self._in_fields(fields, line, below)
            yield from self._nearly(line, below)
            above = line[0] if len(line) == 1 and len(line[0]) <= 3 else ()

    def _in_words(self, cell: Cell, other: bool) -> Iterator[Answer]:
        """Names in running words; `other` says that a label beside the cell makes it somebody else's."""
        surnames = list(_runs(cell, self.surname))
        for given in _runs(cell, self.given) if surnames else ():
            for surname in surnames:
                found = self._straight(cell, given, surname) or self._turned(cell, surname, given)
                if found:
                    yield Answer.CANNOT_TELL if other else found
        if self._own_script and any(word.key in self._in_one_word() for word in cell):
            yield Answer.AGREES

    def _straight(self, cell: Cell, given: _Run, surname: _Run) -> Answer | None:
        """FIRST [MIDDLE] LAST, or FIRST & OTHER LAST of a couple with one surname."""
        if given.end > surname.start:
            return None
        between = cell[given.end : surname.start]
        closely = all(word.follows_closely for word in cell[given.end : surname.start + 1])
        if not (closely and self._fits_middle(between)) and not is_couple(between, cell[surname.start]):
            return None
        return self._judged(cell, given, given.start, surname.end)

    def _turned(self, cell: Cell, surname: _Run, given: _Run) -> Answer | None:
        """LAST, FIRST [MIDDLE], a suffix before the comma allowed; or LAST, OTHER & FIRST."""
        if surname.end > given.start:
            return None
        between = cell[surname.end : given.start]
        suffixed = bool(between) and between[0].key in SUFFIXES and between[0].follows_closely
        between = between[1:] if suffixed else between
        if not (cell[given.start].gap == "," if not between else is_couple_turned(between, cell[given.start])):
            return None
        end = given.end
        while (
            end < len(cell) and cell[end].follows_closely and is_name_like(cell[end]) and cell[end].key not in SUFFIXES
        ):
            end += 1
        fits = self._fits_middle(cell[given.end : end]) and self._fits_suffix(cell[surname.end :])
        if between and end < len(cell) and cell[end].gap == ",":
            fits = False  # SANTOS, MARIA & RIVERA, JOSE: the word behind the & is the next surname
        return self._judged(cell, given, surname.start, end) if fits else Answer.CANNOT_TELL

    def _judged(self, cell: Cell, given: _Run, start: int, end: int) -> Answer:
        """AGREES unless more name stands around, the suffix is another, or it is somebody else's role."""
        past = end + (1 if end < len(cell) and cell[end].key in SUFFIXES else 0)
        clear = not goes_on(cell, past) and not begins_earlier(cell, start) and self._fits_suffix(cell[end:])
        initial = len(_spelled(cell[given.start : given.end])) == 1 and cell[given.start].raw.islower()
        other = is_in_care(cell, start) or names_somebody_else((*cell[max(0, start - 4) : start], *cell[end : end + 3]))
        return Answer.AGREES if clear and not initial and not other else Answer.CANNOT_TELL

    def _fits_middle(self, words: Cell) -> bool:
        """Whether the words can be middle names: the person's own, or a single one where the person gave none."""
        if not words or name_words(self._middle):
            return may_be_middle([word.key for word in words], self._middle)
        return len(words) == 1 and is_name_like(words[0]) and words[0].key not in PARTICLES

    def _fits_suffix(self, after: Cell) -> bool:
        """A suffix left out is common; one that the person does not have is a father's or a son's."""
        if not after or after[0].key not in SUFFIXES:
            return True
        return _ONE_SUFFIX.get(after[0].key, after[0].key) == _ONE_SUFFIX.get(self._suffix, self._suffix)

    def _in_one_word(self) -> frozenset[str]:
        """Scripts without spaces write surname and given name as one word, perhaps with a courtesy after it."""
        return frozenset(s + g + courtesy for s in self.surname for g in self.given for courtesy in _COURTESIES)

    def is_surname(self, words: Cell) -> bool:
        """Whether the words are the surname and nothing else, but for a suffix that is the person's."""
        core = words[:-1] if len(words) > 1 and words[-1].key in SUFFIXES else words
        return _spelled(core) in self.surname and self._fits_suffix(words[len(core) :])

    def is_given(self, words: Cell) -> bool:
        """Whether the words are the given name and perhaps middle names, and nothing else."""
        ends = (run.end for run in _runs(words, self.given) if run.start == 0)
        return any(self._fits_middle(words[end:]) for end in ends)

    def _in_cells(self, lines: tuple[Line, ...], number: int) -> Iterator[Answer]:
        """Two cells of a row, or two lines, that are the given and the surname in whole, with no third name by them."""
        line = lines[number]
        for at, (a, b) in enumerate(pairwise(line)):
            if self._are_whole(a, b) and not any(map(is_bare_name, line[:at] + line[at + 2 :])):
                yield Answer.AGREES
        stack = lines[max(0, number - 1) : number + 3]
        if len(lines) > number + 1 and len(line) == len(lines[number + 1]) == 1:
            bare = sum(len(row) == 1 and is_bare_name(row[0]) for row in stack)
            if bare == 2 and self._are_whole(line[0], lines[number + 1][0]):
                yield Answer.AGREES

    def _are_whole(self, a: Cell, b: Cell) -> bool:
        turned = self.is_surname(a) and self.is_given(b)
        return turned or (self.is_given(a) and self.is_surname(b))

    def _in_fields(self, fields: NameFields, line: Line, below: Line) -> Iterator[Answer]:
        for surname, given in fields.read(line, below):
            if self.is_surname(surname) and self.is_given(given):
                yield Answer.AGREES
            elif any(map(self._is_near_surname, surname)) and any(map(self._is_near_given, given)):
                yield Answer.CANNOT_TELL

    def _machine_printed(self, cell: Cell) -> Iterator[Answer]:
        """The name line of a passport (its issuing state in front) or of a passport card."""
        line = "".join(word.gap + word.raw for word in cell)
        for zone in (line, _ISSUER.sub("", line)) if "<<" in line else ():
            found = _MACHINE_NAME.match(zone)
            surname, given = (cell_of(part.replace("<", " ")) for part in found.groups()) if found else ((), ())
            if surname and self.is_surname(surname) and self.is_given(given):
                yield Answer.AGREES

    def _nearly(self, line: Line, below: Line) -> Iterator[Answer]:
        """Both names somewhere on the line or the next, or nearly both side by side."""
        words = tuple(word for cell in (*line, *below) for word in cell)
        if any(_runs(words, self.surname)) and any(_runs(words, self.given)):
            yield Answer.CANNOT_TELL
        for cell in line:
            surnames = [at for at, word in enumerate(cell) if self._is_near_surname(word)]
            givens = [at for at, word in enumerate(cell) if self._is_near_given(word)] if surnames else []
            if any(0 < abs(a - b) <= 3 for a in givens for b in surnames):
                yield Answer.CANNOT_TELL

    def _is_near_given(self, word: Word) -> bool:
        key = word.key
        return key in self._other_forms or any(
            key == own or _is_nearly(key, own) or (1 in {len(key), len(own)} and key[:1] == own[:1])
            for own in self._near_given
        )

    def _is_near_surname(self, word: Word) -> bool:
        return any(word.key == own or _is_nearly(word.key, own) for own in self._near_surname)


def _runs(words: Cell, keys: frozenset[str]) -> Iterator[_Run]:
    """Where consecutive words together spell one of the keys."""
    beginnings = {key[0] for key in keys}
    longest = max(map(len, keys), default=0)
    for start, word in enumerate(words):
        if word.key[:1] not in beginnings:
            continue
        run, end = word.key, start + 1
        while len(run) < longest and end < len(words) and words[end].follows_closely and run not in keys:
            run, end = run + words[end].key, end + 1
        if run in keys:
            yield _Run(start, end)


def _spelled(words: Cell) -> str:
    return "".join(word.key for word in words)


def _is_nearly(a: str, b: str) -> bool:
    """One letter off, or one cut short, in words long enough for that to mean something."""
    short, long = sorted((a, b), key=len)
    return (len(short) >= 4 and one_edit_apart(a, b)) or (len(short) >= 5 and long.startswith(short))
