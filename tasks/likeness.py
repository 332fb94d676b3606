"""How alike two people's names are, and which birth dates a slip of the pen makes of one another."""

from datetime import date

from rapidfuzz.distance import JaroWinkler

from registry.facts import PersonName
from registry.names import name_words, one_edit_apart, without_suffix
from registry.nicknames import other_forms

EQUAL = 100
_FORM = 95
"""Another form of the same name: a familiar one, another spelling out of another script, part of a double name."""
_TWO_NAMES = 85
"""At most this for two names that somebody gives on purpose: Michael and Michelle, Jayden and Brayden."""

# Names that Latin letters spell in many ways; one person's papers often hold several of them.
_GROUPS = """
mohammed mohamed mohammad mohamad mohamud muhammad muhammed mahomed; ahmed ahmad; hussein hussain husein husain hossein
hossain; yusuf yousuf yousef youssef; omar umar; osman usman uthman; ibrahim ebrahim; abdulla abdullah abdallah;
fatima fatimah fatma; aisha aysha ayesha; sergei sergey serhii serhiy; oleksandr aleksandr alexander;
yulia yuliya iuliia julia; yuri yuriy iurii
"""
_SPELLINGS = {name: number for number, group in enumerate(_GROUPS.split(";")) for name in group.split()}


def likeness(a: PersonName, b: PersonName, at_least: int = 0) -> int:
    """How alike two names are in percent, 100 is equal but for case, accents, spaces and punctuation.

    First and last name are measured apart and the lesser counts: a family name that twins share makes nobody alike.
    First and last name in each other's place count as another form of the name. Middle names and suffixes do not
    count, and a name of punctuation alone is like nothing. Below `at_least` the figure need not be exact.
    """
    given, others_given = name_words(a.first), name_words(b.first)
    family, others_family = without_suffix(name_words(a.last)), without_suffix(name_words(b.last))
    percent = _family_names(family, others_family)
    if percent >= at_least:
        percent = min(percent, _given_names(given, others_given))
    crossed = given and family and given == others_family and family == others_given
    return max(percent, _FORM) if crossed else percent


def turned(day: date) -> date | None:
    """The day with day and month in each other's place; None where that is no date, or the same one."""
    return None if day.day > 12 or day.day == day.month else date(day.year, day.day, day.month)


def _family_names(words: list[str], others: list[str]) -> int:
    return _known(words, others) or _slip("".join(words), "".join(others))


def _given_names(words: list[str], others: list[str]) -> int:
    one, other = "".join(words), "".join(others)
    if known := _known(words, others):
        return known
    if other in other_forms(one):
        return _FORM
    return min(_slip(one, other), _TWO_NAMES) if _man_and_woman(one, other) else _slip(one, other)


def _known(words: list[str], others: list[str]) -> int:
    """100 for one name, 95 for two forms of one, and 0 where only measuring can tell."""
    one, other = "".join(words), "".join(others)
    if not one or not other:
        return 0
    if one == other:
        return EQUAL
    if one in _SPELLINGS and _SPELLINGS[one] == _SPELLINGS.get(other):
        return _FORM
    part = len(words) + len(others) > 2 and (set(words) <= set(others) or set(others) <= set(words))
    return _FORM if part else 0


def _slip(one: str, other: str) -> int:
    """Up to 99 where one letter makes the difference; a slip of the pen hardly ever hits the first letter."""
    if not one or not other:
        return 0
    one, other = _sounded(one), _sounded(other)
    measured = min(int(JaroWinkler.normalized_similarity(one, other) * 100), EQUAL - 1)
    one_slip = one == other or (one[0] == other[0] and one_edit_apart(one, other))
    return measured if one_slip else min(measured, _TWO_NAMES)


def _sounded(name: str) -> str:
    """The name with one letter for each sound that is spelled in several ways."""
    plain = name.replace("ph", "f").replace("c", "k")
    # At the head z and y part names: Zara is not Sara, and Yan is not Ian.
    return plain[:1] + plain[1:].replace("z", "s").replace("y", "i")


def _man_and_woman(one: str, other: str) -> bool:
    """Whether only one of the two ends in `a`, as Christina, Maria and Paula do; Marie may still be Maria."""
    one, other = one.rstrip("h"), other.rstrip("h")
    if one.endswith("a") == other.endswith("a"):
        return False
    return len(one) != len(other) or {one[-1:], other[-1:]} != {"a", "e"}
