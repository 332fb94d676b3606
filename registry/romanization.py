"""Names in Cyrillic and Greek letters as machine readable zones write them, in Latin ones.

Cyrillic as ICAO Doc 9303, part 3, section 6.B gives it, in the ways of the languages that it tells apart; Ukrainian
with its beginnings of words (resolution 55 of 2010). Greek as ISO 843 transcribes it, and Greek passports with it.
Arabic, Hebrew and others leave out vowels in writing, so that no one Latin form can be told from a name.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from registry.facts import PersonName


def _table(pairs: str) -> dict[str, str]:
    parted = (pair.partition("=") for pair in pairs.split())
    return {letter: latin for letter, _, latin in parted}


_CYRILLIC = _table(
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh"
    " щ=shch ъ=ie ы=y ь= э=e ю=iu я=ia і=i ї=i є=ie ґ=g ў=u ј=j љ=lj њ=nj џ=dz ђ=d ћ=c ѓ=g ќ=k ѕ=dz"
)
_WAYS = (
    _CYRILLIC,
    _CYRILLIC | _table("г=h и=y зг=zgh ^є=ye ^ї=yi ^й=y ^ю=yu ^я=ya"),
    _CYRILLIC | _table("г=h ё=io"),
    _CYRILLIC | _table("щ=sht ъ=a"),
    _CYRILLIC | _table("ж=z х=h ц=c ч=c ш=s"),
    _CYRILLIC | _table("х=h ц=c"),
)
"""Russian, Ukrainian, Belarusian, Bulgarian, Serbian, Macedonian; `^` marks the beginning of a word."""
_CYRILLIC_WORD = re.compile("[\u0400-\u052f]+")
_GREEK = _table(
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o"
    " γγ=ng γξ=nx γχ=nch ^μπ=b"
)
_GREEK_WORD = re.compile("[\u0370-\u03ff][\u0370-\u03ff\u0300-\u0345]*")
_MARKED = re.compile("([\u0370-\u03ff])([\u0300-\u0345]*)")
_LEADS, _BEFORE_F, _DIAERESIS = frozenset("αεηο"), frozenset({"", *"θκξπστφχψ"}), "\u0308"


def romanized(name: PersonName) -> tuple[PersonName, ...]:
    """The name in small Latin letters, in each way that its letters can be meant; none where it has no such letters."""
    whole = unicodedata.normalize("NFC", f"{name.first} {name.middle} {name.last}")
    forms: list[PersonName] = []
    if _CYRILLIC_WORD.search(whole):
        forms = [_of_parts(name, _Cyrillic(way)) for way in _WAYS]
    elif _GREEK_WORD.search(whole):
        forms = [_of_parts(name, _from_greek)]
    return tuple(dict.fromkeys(forms))


def _of_parts(name: PersonName, latin: Callable[[str], str]) -> PersonName:
    return replace(name, first=latin(name.first), middle=latin(name.middle), last=latin(name.last))


@dataclass(frozen=True, slots=True)
class _Cyrillic:
    """One language's way of writing Cyrillic in Latin letters."""

    way: dict[str, str]

    def __call__(self, text: str) -> str:
        plain = unicodedata.normalize("NFC", text.casefold())
        return _CYRILLIC_WORD.sub(lambda found: _spelled(list(found[0]), self.way), plain)


def _from_greek(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return _GREEK_WORD.sub(lambda found: _spelled(_greek_letters(found[0]), _GREEK), plain)


def _greek_letters(word: str) -> list[str]:
    """The letters without accents; υ as u, v or f where it belongs to the vowel before it."""
    parted = [("", ""), *_MARKED.findall(word), ("", "")]
    return [_upsilon(*parted[at - 1 : at + 2]) for at in range(1, len(parted) - 1)]


def _upsilon(before: tuple[str, str], own: tuple[str, str], after: tuple[str, str]) -> str:
    """The letter, but for a υ behind a vowel, neither parted from it by two points nor by an accent on that vowel."""
    parted = bool(before[1]) or _DIAERESIS in own[1]
    if own[0] != "υ" or before[0] not in _LEADS or parted:
        return own[0]
    return "u" if before[0] == "ο" else "f" if after[0] in _BEFORE_F else "v"


def _spelled(letters: list[str], way: dict[str, str]) -> str:
    """The Latin letters of a word, pairs first; a letter that the way does not know stays as it is."""
    latin, at = "", 0
    while at < len(letters):
        begins = "" if at else "^"
        pair, one = "".join(letters[at : at + 2]), letters[at]
        size = 2 if len(pair) == 2 and (begins + pair in way or pair in way) else 1
        unit = pair if size == 2 else one
        latin += way.get(begins + unit, way.get(unit, unit))
        at += size
    return latin
