"""When two names are the same person's name, and when they are nearly so."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from registry.facts import PersonName
from registry.nicknames import other_forms

# Letters that Unicode does not take apart into a plain letter and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ø": "o", "Ø": "O", "ħ": "h", "Ħ": "H"}
    | {"ŧ": "t", "Ŧ": "T", "ı": "i", "ŋ": "n", "Ŋ": "N", "ə": "e", "Ə": "E", "þ": "th", "Þ": "Th"}
    | {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
)
_AS_TWO = str.maketrans({"ä": "ae", "Ä": "Ae", "ö": "oe", "Ö": "Oe", "ü": "ue", "Ü": "Ue", "å": "aa", "Å": "Aa"})
_MARKS = re.compile("[\u0300-\u036f]+")
_APOSTROPHES = re.compile("['’‘ʼʻʹ`´′]")
NOT_IN_WORDS = (
    r"\s!-/:-@\[-`{-~\u00a1-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff\u3000-\u303f\uff00-\uff0f\uff1a-\uff20"
)
"""Inside of a regular expression's set: spaces, punctuation and signs of any script; the rest are words."""
_WORD = re.compile(f"[^{NOT_IN_WORDS}]+")

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior"})
_TITLES = frozenset({"dr", "doctor", "mr", "mrs", "ms", "mx", "prof", "rev"})
_DEGREES = frozenset(
    {"md", "do", "aprn", "np", "fnp", "crnp", "pa", "c", "bc", "dnp", "phd", "rn", "msn", "mph", "mbbs"}
)
_MORE_DEGREES = frozenset({"pharmd", "rph", "facp", "dpm", "cnp", "cnm", "acnp", "dsc", "esq"})
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """The text without case, and without accents on Latin, Greek and Cyrillic letters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return unicodedata.normalize("NFC", _MARKS.sub("", plain)).casefold()


def name_words(text: str) -> list[str]:
    """The folded words of a name; a hyphen parts words, an apostrophe joins them: `O'Brien-Díaz` is obrien, diaz."""
    return _WORD.findall(folded(_APOSTROPHES.sub("", text)))


def letters(text: str) -> str:
    """The name as one run of folded letters, the form in which names are compared."""
    return "".join(name_words(text))


def spellings(text: str) -> frozenset[str]:
    """The runs of letters that stand for this name: accents left out, or written as passports do (`ü` as `ue`)."""
    return frozenset({letters(text), letters(unicodedata.normalize("NFC", text).translate(_AS_TWO))}) - {""}


def is_latin(text: str) -> bool:
    """Whether the name is written in Latin letters, accents allowed."""
    return letters(text).isascii()


def without_suffix(words: list[str]) -> list[str]:
    """The words of a surname without a `Jr` or `III` at the end."""
    return words[:-1] if len(words) > 1 and words[-1] in SUFFIXES else words


def same_name(a: PersonName, b: PersonName) -> bool:
    """Whether first and last name agree but for case, accents, spaces, hyphens and punctuation.

    Middle names and suffixes do not count: people give them one year and leave them out the next. A name of
    punctuation alone agrees with nothing.
    """
    return _person(a) == _person(b) and all(_person(a))


def contradicts(middle: str, other: str) -> bool:
    """Whether two middle names, both given, cannot be the same person's: `Ann` and `Zoe`, but not `Ann` and `A.`."""
    words, others = name_words(middle), name_words(other)
    return bool(words and others) and not any(_initial_or_same(a, b) for a in words for b in others)


def _person(name: PersonName) -> tuple[str, str]:
    return letters(name.first), "".join(without_suffix(name_words(name.last)))


def person_key(name: PersonName, date_of_birth: date) -> str:
    """The key under which a person's submissions and registrations meet: `last|first|1980-01-02`, folded.

    It is personal data: it stays in the ledger's tables and goes into no log and no journal.
    """
    first, last = _person(name)
    return f"{last or name.last}|{first or name.first}|{date_of_birth.isoformat()}"


def same_full_name(name: PersonName, full_name: str) -> bool:
    """Whether `full_name`, as registers of licenses print it, may be this person's: `Jane Q. Smith, MD`, `SMITH, JANE`.

    Given and surname must be there in whole; titles and degrees do not count, and a middle name that contradicts
    the person's own says no.
    """
    head, _, tail = _INITIALS.sub(lambda dotted: dotted[0].replace(".", ""), full_name).partition(",")
    surname = name_words(head)
    straight = [surname, _undressed(surname)]  # a surname may look like a degree: Minh Do
    return any(_reads(words, name) for words in [*straight, _undressed(name_words(tail)) + surname])


def _undressed(words: list[str]) -> list[str]:
    dress = _TITLES | _DEGREES | _MORE_DEGREES | SUFFIXES
    return [word for word in words if word not in dress]


def _reads(words: list[str], name: PersonName) -> bool:
    """Whether the words are the first name, perhaps middle names, and the last name, in this order."""
    first, last = _person(name)
    words = words[1:] if words and words[0] in _TITLES and words[0] != first else words
    for start in range(1, len(words)):
        for end in range(start, len(words)):
            if "".join(words[:start]) == first and "".join(without_suffix(words[end:])) == last:
                return may_be_middle(words[start:end], name.middle)
    return False


def may_be_middle(words: list[str], middle: str) -> bool:
    """Whether the words can stand for the middle names: each equal to one, its initial, or its full form."""
    own = name_words(middle)
    if not words or not own or "".join(words) in spellings(middle):
        return True
    return all(any(_initial_or_same(word, mine) for mine in own) for word in words)


def _initial_or_same(a: str, b: str) -> bool:
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def one_edit_apart(a: str, b: str) -> bool:
    """Whether one letter added, left out, changed or swapped with its neighbour makes one of the other."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1 or a == b:
        return False
    at = next((index for index, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    return a[at + 1 :] == b[at + 1 :] or a[at:] == b[at + 1 : at + 2] + b[at : at + 1] + b[at + 2 :]


def nearly_same_name(a: PersonName, b: PersonName) -> bool:
    """Whether a slip of the pen, a short form, or first and last name turned round could make the two names equal.

    It never makes two persons one: it tells a person where to look.
    """
    (first, last), (other_first, other_last) = _person(a), _person(b)
    if (first, last) == (other_last, other_first):
        return True
    firsts, lasts = (first, other_first), (last, other_last)
    return all(one == other or _may_stand_for(one, other) for one, other in (firsts, lasts))


def _may_stand_for(a: str, b: str) -> bool:
    return a in other_forms(b) or (min(len(a), len(b)) > 3 and one_edit_apart(a, b))
