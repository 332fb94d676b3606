"""Finding the machine readable zones of passports, passport cards and other cards among lines that were read.

What a reader took for another sign is set right only where the place leaves no choice: letters where no digit may
stand, digits where no letter may, a filler for every sign that no zone knows. The rest the check digits must bear out.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from registry.facts import Reading
from tasks.documents.lines import ReadLine
from tasks.documents.mrz_zone import FORMATS, NO_NAME, Format, Zone

_LEAST_HELD = 2
"""Check digits that must hold before lines of text are taken for a zone."""
_MOST_ZONES = 4
_LEAST_DIGITS = 8
"""In the line of a zone that bears the dates: 14 stand there, of which letters may have been made."""
_MISCOUNTED = 6
"""Fillers by which a line other than the name's may be too long or too short."""
_AS_LETTER = str.maketrans("015826", "OISBZG")
_AS_DIGIT = str.maketrans("OISBZGK", "015826<")
_LOOKALIKES = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХ", "ABEZHIKMNOPTYXABEKMHOPCTX")
_TWO_FILLERS = str.maketrans(dict.fromkeys("«≪《", "<<"))
_OTHER_SIGN = re.compile(r"[^A-Z0-9< ]")
_FILLERS = re.compile("<+")
_RUN = re.compile("[<«≪《]{2}|[«≪《]|KKK")
"""What no other print has: fillers side by side, as they are or as they are often read."""


def read_zones(lines: Sequence[ReadLine], read_on: date) -> tuple[Reading, ...]:
    """What the machine readable zones among these lines say: names, and the dates whose check digit holds.

    The document's number is left out. A name is as sure as its line was read, and less where it may go on (no filler
    behind it) or where it ends is not clear. A date is 99 % sure when all check digits of the zone hold, and at
    most 95 % when its own does and another does not; a birth that may be in either of two centuries is less.

    Args:
        lines: of all pages, in reading order, columns parted by tabs.
        read_on: the day of reading: nobody was born after it, and no paper is good for decades from it.
    """
    found: list[Reading] = []
    behind = zones = 0
    for at, (_, below) in enumerate(pairwise(lines)):
        if at < behind or zones == _MOST_ZONES or sum(map(str.isdigit, below.text)) < _LEAST_DIGITS:
            continue
        zone = max(_zones_at(lines, at), key=lambda zone: zone.held, default=None)
        if zone is not None:
            found += zone.readings(read_on)
            behind, zones = at + len(zone.lines), zones + 1
    return tuple(found)


def _zones_at(lines: Sequence[ReadLine], at: int) -> Iterator["Zone"]:
    """The zones that may begin at this line, at least two check digits right."""
    for form in FORMATS:
        chosen = lines[at : at + len(form.signs)]
        if len(chosen) < len(form.signs) or len({line.spot.page for line in chosen}) > 1:
            continue
        if not any(_RUN.search(line.text) for line in chosen):
            continue
        fitted = (_fitted(line.text, form, number) for number, line in enumerate(chosen))
        whole = tuple(_repaired(line, signs) for line, signs in zip(fitted, form.signs, strict=True) if line)
        if len(whole) == len(form.signs) and whole[0][0] in form.begins:
            end_is_read = _signs(chosen[form.name.line].text).endswith(("<", NO_NAME))
            zone = Zone(form, whole, tuple(line.spot for line in chosen), end_is_read)
            if zone.held >= _LEAST_HELD:
                yield zone


def _fitted(text: str, form: Format, number: int) -> str:
    """The line at the width of the zone, or nothing.

    Spaces are none or fillers, whichever gives the width. Else the fillers were not counted right, as happens in a
    long run of them: those behind a name are made to fill the line, in other lines the longest run.
    """
    signs, width = _signs(text), form.width
    close, apart = signs.replace(" ", ""), signs.replace(" ", "<")
    if width in (len(close), len(apart)):
        return close if len(close) == width else apart
    if number == form.name.line:
        name = close.rstrip("<")
        return f"{name}{'<' * (width - len(name))}" if len(name) < width else ""
    return _stretched(close, width) if abs(len(close) - width) <= _MISCOUNTED else ""


def _signs(text: str) -> str:
    """The line in the zone's alphabet and spaces: any sign that it does not know can only be a filler."""
    plain = unicodedata.normalize("NFKD", text.translate(_TWO_FILLERS).upper().translate(_LOOKALIKES))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _OTHER_SIGN.sub("<", plain.strip().replace("\t", " "))


def _stretched(signs: str, width: int) -> str:
    run = max(_FILLERS.finditer(signs), key=lambda run: len(run[0]), default=None)
    length = len(run[0]) + width - len(signs) if run else 0
    return f"{signs[: run.start()]}{'<' * length}{signs[run.end() :]}" if run and length > 0 else ""


def _repaired(line: str, signs: str) -> str:
    """The line with letters where no digit may stand, and digits where no letter may."""
    of = {"A": line.translate(_AS_LETTER), "N": line.translate(_AS_DIGIT), "X": line}
    return "".join(of[sign][place] for place, sign in enumerate(signs))
