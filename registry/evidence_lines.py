"""Which lines of a paper an answer rests on: those that say it alone, or those that a person would want to see."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

from registry.addresses import Street, read_street, tokens_of
from registry.facts import Address, PersonName
from registry.names import name_words, one_edit_apart
from registry.paper_dates import birth_date_on_identity, expiry_on_identity, statement_date
from registry.paper_streets import streets_in
from registry.paper_words import CELL_GAP, Answer, cell_of

Ask = Callable[[str], Answer]
"""A question to a text, such as `lambda text: name_on_paper(text, name)`."""

MOST_LINES = 8
"""Lines that are shown of one paper to one question; an address in its block has five."""
_AROUND = 2
"""Lines above and below in which a run should say the same: a label there can make an address somebody else's."""
_FILL = "\n" + "0" * 40
"""Makes a few lines enough to conclude from, and is itself no name, address or day."""
_LONG_AGO = date(1901, 1, 1)
_ANOTHER_DAY = f"\n{_LONG_AGO}"
"""Alone on its line it cancels a day without label, and no day with one."""
_ZONE = "<<"
"""Stands in every line of a machine readable zone (ICAO 9303) that holds a name, or is filled up."""
_ALIKE = 0.8
"""Likeness of two words from which a person should see them beside each other."""
_NO_BIRTH = date(1, 1, 1)


def lines_that_say(text: str, ask: Ask, answer: Answer) -> range | None:
    """The shortest run of consecutive lines that alone gives this answer; None when no run of at most 8 does.

    Of several as short as each other it is the first that says so also among the lines around it. Lines are counted
    from 0 as the line feeds part them, and so as the places of a document's lines. What is printed for people goes
    before the lines of a machine readable zone.
    """
    lines = text.split("\n")
    for_people = ["" if _ZONE in line else line for line in lines]
    found = _shortest(for_people, ask, answer)
    return found or (_shortest(lines, ask, answer) if for_people != lines else None)


def _shortest(lines: Sequence[str], ask: Ask, answer: Answer) -> range | None:
    for size in range(1, min(MOST_LINES, len(lines)) + 1):
        found = [run for run in _runs(lines, size) if ask(_joined(lines, run) + _FILL) is answer]
        if found:
            return next((run for run in found if ask(_joined(lines, _with_around(run)) + _FILL) is answer), found[0])
    return None


def lines_near_name(text: str, name: PersonName) -> range | None:
    """The line with the words most like the name, and the next when it completes it; None when none are like it."""
    lines = text.split("\n")
    givens, surnames = _parts(name.first), _parts(name.last)
    words = [[word.key for word in cell_of(line) if not word.raw[0].islower()] for line in lines]
    given = [_likeness(each, givens) for each in words]
    surname = [_likeness(each, surnames) for each in words]
    likeness = [a + b for a, b in zip(given, surname, strict=True)]
    best = max(likeness, default=0.0)
    if not best:
        return None
    at = likeness.index(best)
    for other in (at + 1, at - 1):
        if 0 <= other < len(lines) and max(given[at], given[other]) + max(surname[at], surname[other]) > best:
            return range(min(at, other), max(at, other) + 1)
    return range(at, at + 1)


def lines_with_address(text: str, address: Address) -> range | None:
    """The lines of the address that is most like the one claimed; None when the paper has none."""
    return _lines_of_street(text.split("\n"), read_street(address.street, address.unit))


def lines_with_whole_address(text: str, run: range) -> range:
    """The lines of the first address in this run, where the paper gives it with its town."""
    lines = text.split("\n")
    street = next((street for _, street in _streets(lines[run.start : run.stop], "")), None)
    return (street and _lines_of_street(lines, street)) or run


def lines_with_birth_date(text: str) -> range | None:
    """The first lines that give a day marked as date of birth."""
    return lines_that_say(text, lambda lines: birth_date_on_identity(lines, _NO_BIRTH), Answer.DISAGREES)


def lines_with_expiry(text: str, day: date | None = None) -> range | None:
    """The first lines that give this day, or any, as the one until which the paper is good."""
    return lines_that_say(text, lambda lines: _found(expiry_on_identity(lines), day), Answer.AGREES)


def lines_with_statement_date(text: str, day: date | None = None) -> range | None:
    """The first lines that give this day, or any, as that of the paper; those that label it go first."""

    def labelled(lines: str) -> Answer:
        found = statement_date(lines + _ANOTHER_DAY)
        return _found(None if found == _LONG_AGO else found, day)

    found = lines_that_say(text, labelled, Answer.AGREES)
    return found or lines_that_say(text, lambda lines: _found(statement_date(lines), day), Answer.AGREES)


def _found(day: date | None, wanted: date | None) -> Answer:
    return Answer.AGREES if day is not None and wanted in {None, day} else Answer.CANNOT_TELL


def _runs(lines: Sequence[str], size: int) -> Iterator[range]:
    return (range(start, start + size) for start in range(len(lines) - size + 1))


def _joined(lines: Sequence[str], run: range) -> str:
    return "\n".join(lines[run.start : run.stop])


def _with_around(run: range) -> range:
    return range(max(0, run.start - _AROUND), run.stop + _AROUND)


def _parts(name: str) -> frozenset[str]:
    words = name_words(name)
    return frozenset(word for word in words if len(word) > 1) or frozenset(words)


def _likeness(words: Sequence[str], wanted: frozenset[str]) -> float:
    """How like the most alike pair is, 0 when none is alike."""
    if not wanted.isdisjoint(words):
        return 1.0
    return max((_alike(word, own) for word in words for own in wanted), default=0.0)


def _alike(word: str, own: str) -> float:
    if not 0.6 < len(word) / len(own) < 1.7:
        return 0.0
    matcher = SequenceMatcher(None, word, own, autojunk=False)
    likely = matcher.quick_ratio() >= _ALIKE  # a cheap bound above the real one
    ratio = matcher.ratio() if likely else 0.0
    return ratio if ratio >= _ALIKE else 0.0


def _lines_of_street(lines: Sequence[str], sought: Street) -> range | None:
    """The address most like the one sought, one with its town first; its lines down to the town's."""
    found = []
    for at, street in _streets(lines, sought.name):
        like = 2 * (street.name == sought.name or one_edit_apart(street.name, sought.name))
        end = next((end for end in range(at, min(at + 4, len(lines))) if _has_zip(lines[end])), None)
        found.append((like + (street.number == sought.number), end is not None, -at, end or at))
    _, _, start, end = max(found, default=(0, False, 1, 0))
    return range(-start, end + 1) if found else None


def _streets(lines: Sequence[str], sought: str) -> Iterator[tuple[int, Street]]:
    for at, line in enumerate(lines):
        for cell in CELL_GAP.split(line):
            yield from ((at, street) for _, street, _ in streets_in(tokens_of(cell), sought))


def _has_zip(line: str) -> bool:
    """Whether a ZIP or ZIP+4 stands behind a word."""
    return any(
        before.isalpha() and len(word.partition("-")[0]) == 5 and word[:5].isdigit()
        for before, word in pairwise(tokens_of(line))
    )
