"""The order in which scripts stand on a line: logical text in, runs in visual order out.

Follows the Unicode Bidirectional Algorithm (UAX #9) for one line without explicit controls and without its bracket
rule N0; names and addresses have neither.
"""

import unicodedata
from itertools import groupby

_STRONG = {"L", "R"}
_AS_RIGHT = {"R", "EN", "AN"}


def runs(text: str, in_prose: bool = False) -> list[tuple[str, bool]]:
    """The text cut into runs of one direction, from left to right on paper: (run in logical order, right to left).

    The line as a whole runs as its first letter does, except `in_prose`: a line of an English sentence runs from left
    to right, even where a name in another script begins it.
    """
    if all(character < "\u0590" for character in text):
        return [(text, False)]
    levels = _levels(text, in_prose)
    cut = [
        (level, "".join(character for _, character in group))
        for level, group in groupby(zip(levels, text, strict=True), key=lambda pair: pair[0])
    ]
    return [(run, bool(level % 2)) for level, run in _visual(cut)]


def _visual(cut: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Rule L2: from the highest level down to the lowest odd one, turn each stretch at that level or above."""
    line = list(cut)
    for level in range(max(level for level, _ in line), 0, -1):
        turned: list[tuple[int, str]] = []
        for inside, group in groupby(line, key=lambda pair: pair[0] >= level):
            stretch = list(group)
            turned += reversed(stretch) if inside else stretch
        line = turned
    return line


def _levels(text: str, in_prose: bool) -> list[int]:
    types = [unicodedata.bidirectional(character) for character in text]
    first = "L" if in_prose else next((kind for kind in types if kind in {"L", "R", "AL"}), "L")
    base = 0 if first == "L" else 1
    start = "RL"[base == 0]
    resolved = _neutrals(_weak(types, start), start)
    rise = {"L": (0, 1), "R": (1, 0), "EN": (2, 1), "AN": (2, 1)}
    return [base + rise[kind][base] for kind in resolved]


def _weak(types: list[str], start: str) -> list[str]:
    """Rules W1 to W7: accents follow their letter, digits and what joins them follow the letters before."""
    out: list[str] = []
    strong = start
    for kind in types:
        here = (out[-1] if out else start) if kind == "NSM" else kind
        strong = here if here in {"L", "R", "AL"} else strong
        out.append("AN" if here == "EN" and strong == "AL" else here)
    for at in range(1, len(out) - 1):
        before, here, after = out[at - 1 : at + 2]
        if before == after and ((here == "CS" and before in {"EN", "AN"}) or (here == "ES" and before == "EN")):
            out[at] = before
    strong = start
    for at, kind in enumerate(out):
        out[at] = "R" if kind == "AL" else kind
        strong = out[at] if out[at] in _STRONG else strong
        if kind == "EN" and strong == "L":
            out[at] = "L"
    return out


def _neutrals(types: list[str], start: str) -> list[str]:
    """Rules N1 and N2: a neutral between two of one direction takes it, any other takes that of the line."""
    strong = {"L": "L"} | dict.fromkeys(_AS_RIGHT, "R")
    before = start
    out = list(types)
    for at, kind in enumerate(types):
        if kind in strong:
            before = strong[kind]
            continue
        after = next((strong[later] for later in types[at:] if later in strong), start)
        out[at] = before if before == after else start
    return out
