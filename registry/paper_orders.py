"""When a name that is printed family name first, without a comma, cannot be another person's straight name.

JAMES THOMAS may be James Thomas or Thomas James. But a single letter at the end is a middle initial and no family
name; and some family names are no given names: those with a particle, those that begin with O' or Mc, and many that
stand first where they come from, an order that papers of their bearers often keep.
"""

from registry.family_names import FAMILY_TOO, is_family_only
from registry.names import letters, name_words
from registry.paper_words import Cell

_PARTICLES = frozenset({"da", "das", "de", "del", "do", "dos", "di", "der", "von", "ibn", "bin"})
_VIETNAMESE_MIDDLES = frozenset({"thi", "van"})
_SYLLABLE = 5
"""Letters of a syllable at most; of two with a hyphen no family name is made: Min-jun, Seo-yeon."""


def family_stands_first(first: str, last: str, between: Cell, after: Cell) -> bool:
    """Whether the words of `last`, then `between`, those of `first` and `after`, can only be this person's name.

    Args:
        first: the given name, as the person gives it.
        last: the family name, likewise.
        between: a middle name that stands between the two, as in Vietnam.
        after: the rest of the printed name, such as a middle initial.
    """
    if len(after) == 1 and len(after[0].key) == 1:
        return after[0].key.isalpha() and after[0].key != "o"  # O may begin O'Something
    words = name_words(last)
    syllables = name_words(first) if "-" in first else []
    if len(syllables) == 2 and max(map(len, syllables)) <= _SYLLABLE and len(words) == 1:
        return words[0] in FAMILY_TOO or is_family_only(last)
    if between and between[0].key in _VIETNAMESE_MIDDLES and is_family_only(last):
        return True
    if not words or letters(first) in FAMILY_TOO or is_family_only(first):
        return False
    return is_family_only(last) or (len(words) > 1 and words[0] in _PARTICLES)
