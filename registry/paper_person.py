"""One person's name as it can stand in the cells of a paper: straight, turned, of a couple, in parts, nearly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from registry.facts import PersonName
from registry.names import SUFFIXES, contradicts, is_latin, may_be_middle, name_words, one_edit_apart, spellings
from registry.nicknames import other_forms
from registry.paper_orders import family_stands_first
from registry.paper_vocabulary import (
    PARTICLES,
    begins_earlier,
    goes_on,
    greeted,
    is_couple,
    is_couple_turned,
    is_initial,
    is_name_like,
    joined_from,
)
from registry.paper_words import Cell, Line, Word, cell_of
from registry.romanization import romanized

_MACHINE_NAME = re.compile(r"([A-Z]+(?:<[A-Z]+)*)<<([A-Z]+(?:<[A-Z]+)*)$")
_ISSUER = re.compile(r"^[PIAC][A-Z<][A-Z]{3}")
_COURTESIES = ("", "先生", "女士", "小姐", "様", "さん", "씨", "님")
_PARTS_OF_ONE_LETTER = frozenset({"d", "l", "o"})
"""Of family names that are written apart at times: D AMICO, O BRIEN."""
_NAME_WORDS = 3
"""Words of a cell that holds a name and nothing else, at most."""
_ONE_SUFFIX = {"junior": "jr", "senior": "sr"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A name in a cell: the first word, behind the last one but for a suffix, and how it is like the person's."""

    start: int
    end: int
    is_whole: bool
    """given and surname in whole, and no more name around"""
    middle: int = 0
    """1 the person's own middle name, -1 another one, 0 none"""
    suffix: int = 0
    """1 the person's own `Jr`, -1 another one, 0 none"""


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of a cell that together spell a name; `start` included and `end` not."""

    start: int
    end: int


class Sought:
    """The name of the person who is looked for."""

    def __init__(self, name: PersonName) -> None:
        surname = name_words(name.last)
        inner = surname[-1] if len(surname) > 1 and surname[-1] in SUFFIXES else ""
        self._name = name
        self._given = spellings(name.first)
        self._surname = spellings("".join(surname[:-1]) if inner else name.last)
        self._suffix = "".join(name_words(name.suffix)) or inner
        self._near_given = self._given.union(name_words(name.first))
        self._other_forms = frozenset().union(*map(other_forms, self._near_given))
        self._near_surname = self._surname.union(word for word in surname if len(word) > 2 and word not in SUFFIXES)
        self._own_script = not is_latin(name.first + name.last)
        self._is_order_known = False
        self._romanized = tuple(map(Sought, romanized(name)))

    def learn_order(self, lines: tuple[Line, ...]) -> None:
        """Take from the paper which of the two is the given name: `Dear Maria`, `Dear Ms. Santos`, Maria Santos."""
        self._is_order_known = any(self._gives_order(cell) for line in lines for cell in line)

    def _gives_order(self, cell: Cell) -> bool:
        words, polite = greeted(cell)
        called = self.is_surname(words) if polite else self.is_given(words)
        return called or any(found.is_whole for found in self.names_in(cell))

    @property
    def is_name(self) -> bool:
        """Whether there are letters to look for, in the given and in the family name."""
        return bool(self._given and self._surname)

    def names_in(self, cell: Cell) -> Iterator[Standing]:
        """Each place in running words where given and surname stand together."""
        surnames = list(_runs(cell, self._surname))
        for given in _runs(cell, self._given) if surnames else ():
            for surname in surnames:
                if given.end <= surname.start:
                    yield from self._straight(cell, given, surname)
                elif surname.end <= given.start:
                    yield from self._turned(cell, surname, given)

    def _straight(self, cell: Cell, given: _Run, surname: _Run) -> Iterator[Standing]:
        """FIRST [MIDDLE] LAST, or FIRST & OTHER LAST of a couple with one surname."""
        between = cell[given.end : surname.start]
        joined = joined_from(between)
        if is_couple(between[joined:], cell[surname.start]) and self._may_be_joined(between[:joined]):
            yield self._judged(cell, given, given.start, surname.end, 0)
        elif all(word.follows_closely for word in cell[given.end : surname.start + 1]):
            if self._fits_middle(between):
                yield self._judged(cell, given, given.start, surname.end, self._middle_mark(between))
            elif len(between) == 1 and contradicts(self._name.middle, between[0].raw):
                yield Standing(given.start, surname.end, is_whole=False, middle=-1)

    def _may_be_joined(self, middle: Cell) -> bool:
        """Whether these stand between a given name and an `&` as middle names: the person's own, or an initial."""
        is_initial_only = len(middle) == 1 and is_initial(middle[0])
        closely = all(word.follows_closely for word in middle)
        return closely and self._fits_middle(middle) and (not middle or is_initial_only or bool(self._name.middle))

    def _turned(self, cell: Cell, surname: _Run, given: _Run) -> Iterator[Standing]:
        """LAST, FIRST [MIDDLE], a suffix before the comma allowed; LAST, OTHER & FIRST; LAST FIRST M."""
        between, suffix = cell[surname.end : given.start], self.suffix_mark(cell[surname.end :])
        if between and between[0].key in SUFFIXES and between[0].follows_closely:
            between = between[1:]
        end = given.end
        while end < len(cell) and cell[end].follows_closely and _is_more_given(cell[end]):
            end += 1
        middle = cell[given.end : end]
        couple = is_couple_turned(between, cell[given.start])
        if not (couple or self._stands_first(cell, surname, between, given, middle)):
            return
        fits = self._fits_middle(middle)
        found = self._judged(cell, given, surname.start, end, self._middle_mark(middle) if fits else -1)
        next_surname = couple and end < len(cell) and cell[end].gap == ","  # SANTOS, MARIA & RIVERA, JOSE
        whole = found.is_whole and fits and suffix >= 0 and not next_surname
        yield replace(found, is_whole=whole, suffix=suffix or found.suffix)

    def _stands_first(self, cell: Cell, surname: _Run, between: Cell, given: _Run, after: Cell) -> bool:
        """Whether the family name stands first here, by a comma or by what the two names are."""
        if not between and cell[given.start].gap == ",":
            return True
        closely = all(word.follows_closely for word in cell[surname.end : given.end])
        fits = not between or (not after and self._fits_middle(between))
        known = self._is_order_known or family_stands_first(self._name.first, self._name.last, between, after)
        return closely and fits and known

    def _judged(self, cell: Cell, given: _Run, start: int, end: int, middle: int) -> Standing:
        """Whole unless more name stands around, or the suffix is another."""
        suffix = self.suffix_mark(cell[end:])
        past = end + (1 if end < len(cell) and cell[end].key in SUFFIXES else 0)
        clear = not goes_on(cell, past) and not begins_earlier(cell, start) and suffix >= 0
        initial = len(_spelled(cell[given.start : given.end])) == 1 and cell[given.start].raw.islower()
        return Standing(start, end, clear and not initial, middle, suffix)

    def _fits_middle(self, words: Cell) -> bool:
        """Whether the words can be middle names: the person's own, or a single one where the person gave none."""
        if not words or name_words(self._name.middle):
            return may_be_middle([word.key for word in words], self._name.middle)
        return len(words) == 1 and is_name_like(words[0]) and words[0].key not in PARTICLES

    def _middle_mark(self, words: Cell) -> int:
        return 1 if words and name_words(self._name.middle) else 0

    def suffix_mark(self, after: Cell) -> int:
        """1 the person's own suffix stands first, -1 that of a father or a son, 0 none: one left out is common."""
        if not after or after[0].key not in SUFFIXES:
            return 0
        own = _ONE_SUFFIX.get(self._suffix, self._suffix)
        return 1 if _ONE_SUFFIX.get(after[0].key, after[0].key) == own else -1

    def is_surname(self, words: Cell) -> bool:
        """Whether the words are the surname and nothing else, but for a suffix that is the person's."""
        core = words[:-1] if len(words) > 1 and words[-1].key in SUFFIXES else words
        return _spelled(core) in self._surname and self.suffix_mark(words[len(core) :]) >= 0

    def is_given(self, words: Cell) -> bool:
        """Whether the words are the given name and perhaps middle names, and nothing else."""
        ends = (run.end for run in _runs(words, self._given) if run.start == 0)
        return any(self._fits_middle(words[end:]) for end in ends)

    def is_in_one_word(self, cell: Cell) -> bool:
        """Whether a word is surname and given name run together, as scripts without spaces write them."""
        if not self._own_script:
            return False
        whole = {s + g + courtesy for s in self._surname for g in self._given for courtesy in _COURTESIES}
        return any(word.key in whole for word in cell)

    def is_machine_printed(self, cell: Cell) -> bool:
        """Whether it is the name line of a passport (its issuing state in front) or of a passport card."""
        if any(form.is_machine_printed(cell) for form in self._romanized):
            return True
        line = "".join(word.gap + word.raw for word in cell)
        for zone in (line, _ISSUER.sub("", line)) if "<<" in line else ():
            found = _MACHINE_NAME.match(zone)
            surname, given = (cell_of(part.replace("<", " ")) for part in found.groups()) if found else ((), ())
            if surname and self.is_surname(surname) and self.is_given(given):
                return True
        return False

    def is_nearly_in(self, line: Line, below: Line) -> bool:
        """Whether both names stand somewhere on the line or the next, or nearly both side by side."""
        words = tuple(word for cell in (*line, *below) for word in cell)
        if any(_runs(words, self._surname)) and any(_runs(words, self._given)):
            return True
        for cell in line:
            surnames = [at for at, word in enumerate(cell) if self.is_near_surname(word)]
            givens = [at for at, word in enumerate(cell) if self.is_near_given(word)] if surnames else []
            if any(0 < abs(a - b) <= 3 for a in givens for b in surnames):
                return True
        return any(self._are_near(a, b) or self._are_near(b, a) for a, b in pairwise(line))

    def _are_near(self, given: Cell, surname: Cell) -> bool:
        """Whether two cells are like the two names: `INES` beside `GUTIERREZ`, of two surnames the first."""
        short = max(len(given), len(surname)) <= _NAME_WORDS
        return short and any(map(self.is_near_given, given)) and any(map(self.is_near_surname, surname))

    def is_near_given(self, word: Word) -> bool:
        """Whether a word is like a given name: a letter off, cut short, a familiar form, its initial."""
        key = word.key
        return key in self._other_forms or any(
            key == own or _is_nearly(key, own) or (1 in {len(key), len(own)} and key[:1] == own[:1])
            for own in self._near_given
        )

    def is_near_surname(self, word: Word) -> bool:
        """Whether a word is like the surname or one of two: a letter off, or cut short."""
        return any(word.key == own or _is_nearly(word.key, own) for own in self._near_surname)


def _is_more_given(word: Word) -> bool:
    return is_name_like(word) and word.key not in SUFFIXES


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
        if run in keys and (end == start + 1 or _is_one_name(words[start:end])):
            yield _Run(start, end)


def _is_one_name(parts: Cell) -> bool:
    """Whether the parts may be one name written apart; CHARLES E is no Charlese, and F FERREIRA no Fferreira."""
    return len(parts[-1].key) > 1 and (len(parts[0].key) > 1 or parts[0].key in _PARTS_OF_ONE_LETTER)


def _spelled(words: Cell) -> str:
    return "".join(word.key for word in words)


def _is_nearly(a: str, b: str) -> bool:
    """One letter off, or one cut short, in words long enough for that to mean something."""
    short, long = sorted((a, b), key=len)
    return (len(short) >= 4 and one_edit_apart(a, b)) or (len(short) >= 5 and long.startswith(short))
