"""Letters that readers of pictures take for one another, put right where what they read is written as no name is.

A small l is a capital I before a small letter and among capitals: `lván`, `MlCHAEL`. A capital I is a small l behind
small letters: `WilIiam`. No name has a 0 or a 1. Letters that make another name somebody could bear are left alone.
"""

import re

from registry.facts import PersonName
from registry.names import folded, name_words

_WORD = re.compile(r"[^\W_]+")
_ALIKE = str.maketrans({"l": "i", "1": "i", "0": "o"})


def mended(text: str, name: PersonName) -> str:
    """The text with the words of this name where only letters so mistaken part them from it; its lines stay."""
    own = {word.translate(_ALIKE): word for part in (name.first, name.middle, name.last) for word in name_words(part)}
    return _WORD.sub(lambda found: _word(found, own), text)


def _word(found: re.Match[str], own: dict[str, str]) -> str:
    raw, key = found[0], folded(found[0])
    meant = own.get(key.translate(_ALIKE), key)
    if meant == key or not (_is_no_spelling(raw) or _is_small_in_name(found)):
        return raw
    return meant.upper() if raw.upper() == raw.replace("l", "L") else meant.title()


def _is_no_spelling(raw: str) -> bool:
    """Whether digits, or capital and small letters, stand among one another as in no name."""
    rest = raw.replace("l", "")
    among_capitals = "l" in raw and len(rest) > 1 and rest.isupper()
    behind_small = "I" in raw[1:] and raw[1:].replace("I", "").islower()
    return among_capitals or behind_small or (any(map(str.isdigit, raw)) and any(map(str.isalpha, raw)))


def _is_small_in_name(found: re.Match[str]) -> bool:
    """Whether a word begins with a small l beside a word with a capital."""
    line = found.string
    before, after = line[: found.start()].rstrip(" "), line[found.end() :].lstrip(" .")
    beside = (before[_last_word(before) :], after)
    return found[0][0] == "l" and len(found[0]) > 1 and any(word[:1].isupper() for word in beside)


def _last_word(before: str) -> int:
    """Where the last word begins; the end where something else stands last."""
    end = len(before)
    while end and before[end - 1].isalnum():
        end -= 1
    return end
