"""When a name that is printed family name first, without a comma, cannot be another person's straight name.

JAMES THOMAS may be James Thomas or Thomas James. But a single letter at the end is a middle initial and no family
name; and some family names are no given names: those with a particle, those that begin with O' or Mc, and many that
stand first where they come from, an order that papers of their bearers often keep.
"""

import re

from registry.names import letters, name_words
from registry.paper_words import Cell

_PARTICLES = frozenset({"da", "das", "de", "del", "do", "dos", "di", "der", "von", "ibn", "bin"})
_GAELIC = re.compile(r"(?:O['’ʼ]\s?|Mc)\w{3}", re.IGNORECASE)
_ONLY = """
cai cao chen cheng deng feng gao guo huang hsu jiang liang liu luo peng qian qiu shen wang wong wu xiao xie xu zeng
zhang zhao zheng zhou zhu ahn bae baek choi hwang jeong jung kwon oh park seo shim shin bui huynh ngo nguyen pham
phan tran vo
"""
_FAMILY_ONLY = frozenset(_ONLY.split())
"""Folded. Left out is what is a common given name too, in English or at home: Kim, Lee, Sun, Moon, Le, Hoang, Nam."""
_TOO = """
chan chang chow chu dam dang dao dinh do doan duong fang ha han he ho hoang hu kang kieu kim kong jang lam le lee li lim
lin lu luong luu ly ma mai min ming nam pan quach shi song sun ta tang thai to trinh truong vu wei ye yin yoo yoon
yu yuan
"""
_FAMILY_TOO = frozenset(_TOO.split())
"""Given names that are family names as well: beside one of them the order says nothing."""

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
    given, words = letters(first), name_words(last)
    syllables = name_words(first) if "-" in first else []
    if len(syllables) == 2 and max(map(len, syllables)) <= _SYLLABLE and len(words) == 1:
        return words[0] in _FAMILY_ONLY | _FAMILY_TOO
    if words and words[0] in _FAMILY_ONLY and between and between[0].key in _VIETNAMESE_MIDDLES:
        return True
    if not words or given in _FAMILY_ONLY | _FAMILY_TOO:
        return False
    with_mark = len(words) > 1 and words[0] in _PARTICLES
    return with_mark or _GAELIC.match(last.strip()) is not None or (len(words) == 1 and words[0] in _FAMILY_ONLY)
