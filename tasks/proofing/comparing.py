"""When two texts are one, although a PDF reader gives letters, spaces and lines in a way of its own."""

import unicodedata
from collections import Counter

# A reader turns what has a mirror image around among letters from right to left.
_MIRRORED = str.maketrans(")]}>»’”", "([{<«‘“")


def same_text(found: str, wanted: str) -> bool:
    """Whether two texts are one, whatever the lines they are broken into (at a space, or after a hyphen).

    With letters from right to left, whether they have the same letters: a reader gives such letters in an order of its
    own, and joined ones as forms of presentation. With loose accents, spaces do not count: a reader puts some around.
    """
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in wanted):
        return Counter(_letters(found)) == Counter(_letters(wanted))
    found, wanted = _plain(found), _plain(wanted)
    if any(map(unicodedata.combining, wanted)):
        return _plain(found.replace(" ", "")) == _plain(wanted.replace(" ", ""))
    return found == wanted


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()).replace("- ", "-"))


def _letters(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).translate(_MIRRORED)
    return "".join(character for character in apart if unicodedata.category(character) not in {"Cc", "Cf", "Zs"})


def same_words(found: str, wanted: str) -> bool:
    """Whether two texts have the same words, each as often, in any order.

    The same letters, where right-to-left letters or loose accents keep words from being told apart.
    """
    if any(unicodedata.bidirectional(character) in {"R", "AL", "NSM"} for character in wanted):
        return Counter(_letters(found)) == Counter(_letters(wanted))
    return Counter(_plain(found).split()) == Counter(_plain(wanted).split())
