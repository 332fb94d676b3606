"""The embedded fonts: which one has a character, how wide a text is, how its letters join.

Registered once per process, at the first certificate. Codes of joined letters are fixed when a font is loaded and
never depend on what was drawn before, so that the same order gives the same bytes in every process.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, groupby, pairwise
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import uharfbuzz
from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr, TTFont

from tasks.engraving.errors import EngravingError, UnprintableTextError
from tasks.engraving.scripts import runs

FOLDER = Path(__file__).resolve().parents[2] / "data" / "fonts"
FAMILIES = ("NotoSans", "NotoSansHebrew", "NotoSansArabic")
"""In order of preference: a character is set in the first font that has it."""
_RARE = {
    False: ("DroidSansFallback-Regular", "NanumSquare-Regular"),
    True: ("DroidSansFallback-Regular", "NanumSquare-Bold"),
}
"""Large fonts, asked last and loaded by who needs them only. The Chinese and Japanese one exists in one weight."""

ORDINARY = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "".join(chr(code) for code in range(0xC0, 0x100) if code not in {0xD7, 0xF7})
    + "¡§ª°·º¿‘’“”–—…•ĄąĆćĘęŁłŃńŚśŹźŻżČčĎďĚěŇňŘřŠšŤťŮůŽžĹĺĽľŔŕĞğİıŞşŐőŰűĂăȘșȚțĐđĀāĒēĪīŪūĖėĮįŲųĢģĶķĻļŅņ"
)
"""What every certificate embeds of the first font, whether it needs it or not: so that all but the personal part of a
file is the same for everybody. At most 255 characters."""
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE))
_ACCENTS = 3
"""More accents than this on one letter, or one of them twice, climb out of the line and are no name's."""
_JOINERS = {"\u200c", "\u200d"}
"""Steer how Arabic letters join; elsewhere they would be there unseen."""


@dataclass(slots=True, eq=False)
class Run:
    """A piece of a line in one font; `advance` in thousandths of the type size."""

    face: "Typeface"
    text: str
    advance: float
    letters: tuple[tuple[str, str], ...] = ()
    """for a shaped run: each code drawn, and the letters it stands for"""


@dataclass(slots=True, eq=False)
class Line:
    """Runs from left to right; told apart by identity, which `line` keeps for texts that come often."""

    runs: tuple[Run, ...]
    advance: float


class Typeface(TTFont):  # type: ignore[misc]
    """One font file, embedded by subset; its text can be read back even where letters join."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.stem, str(path), asciiReadable=False)
        self.covered = frozenset(code for code in self.face.charToGlyph if not _is_control(code))
        self._shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes())))
        self._code_of = self._give_codes()
        self._letters: WeakKeyDictionary[Any, dict[int, str]] = WeakKeyDictionary()

    def begin(self, document: Any) -> None:
        """Give the ordinary characters their codes in this document, and the font its name."""
        state = self._assignState(document, asciiReadable=False)
        slots = {code: chr(code) for code in range(0x20, 0x7F)}
        free = (code for code in range(1, 256) if code not in slots)
        slots |= dict(zip(free, ORDINARY[0x7F - 0x20 :], strict=False))
        state.assignments = {0: 0} | {ord(character): code for code, character in slots.items()}
        state.subsets = [[0, *(ord(slots.get(code, " ")) for code in range(1, 256))]]
        state.nextCode = 256
        self.getSubsetInternalName(0, document)

    @cached_property
    def spelled(self) -> dict[str, str]:
        """How the PDF library writes each ordinary character into a page, by character."""
        document = _Page()
        self.begin(document)
        spelled = {c: escapePDF(self.splitString(c, document)[0][1]) for c in ORDINARY}
        del self.state[document]
        return spelled

    def _give_codes(self) -> dict[int, int]:
        """Glyph -> character code: its own, or one of the private area for forms that have none."""
        face = self.face
        code_of = {glyph: min(codes) for glyph, codes in face.glyphToChar.items()}
        private = chain(*_PRIVATE)
        for glyph in range(len(face.hmetrics)):
            if glyph not in code_of:
                code = code_of[glyph] = next(private)
                face.charToGlyph[code] = glyph
                face.charWidths[code] = self.pdfScale(face.hmetrics[glyph][0])
        return code_of

    @cached_property
    def widths(self) -> dict[str, float]:
        """Advance of each ordinary character, in thousandths of the type size."""
        return {character: self.face.charWidths[ord(character)] for character in ORDINARY}

    def plain(self, text: str) -> Run:
        """The text letter by letter."""
        return Run(self, text, sum(map(self.face.charWidths.__getitem__, map(ord, text))))

    def shaped(self, text: str, right_to_left: bool) -> Run:
        """The text with letters joined and accents placed, in the order of drawing."""
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if right_to_left else "ltr"
        uharfbuzz.shape(self._shaper, buffer, {"kern": False, "liga": False})
        codes = "".join(chr(self._code_of[info.codepoint]) for info in buffer.glyph_infos)
        places = [
            self._place(ord(code), info.cluster, position)
            for code, info, position in zip(codes, buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]
        letters = _letters_of(text, codes, [info.cluster for info in buffer.glyph_infos])
        advance = sum(place.x_advance for place in places)
        return Run(self, ShapedStr(codes, places), advance, tuple(zip(codes, letters, strict=True)))

    def _place(self, code: int, cluster: int, position: Any) -> ShapeData:
        parts = (position.x_advance, position.y_advance, position.x_offset, position.y_offset)
        return ShapeData(cluster, *(self.pdfScale(part) for part in parts), self.face.charWidths[code])

    def remember(self, document: Any, letters: Iterable[tuple[str, str]]) -> None:
        """Note for one document what its shaped codes stand for."""
        known = self._letters.setdefault(document, {})
        for code, letter in letters:
            if code.strip() and letter:
                known.setdefault(ord(code), letter)

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the library's name
        """Embed the subsets; joined forms read back as the letters they stand for, not as private codes."""
        subsets = list(self.state[doc].subsets)
        super().addObjects(doc)
        known = self._letters.pop(doc, {})
        for number, subset in enumerate(subsets if known else ()):
            tag = f"{number:06d}".translate(str.maketrans("0123456789", "ABCDEFGIJK"))
            stream = doc.idToObject[f"toUnicodeCMap:{tag}+{self.face.name.decode()}"]
            stream.content = _mended(stream.content, subset, known)


class _Page:
    """A document of which nothing is kept."""

    def __init__(self) -> None:
        self.fontMapping: dict[str, str] = {}
        self.delayedFonts: list[Typeface] = []


def _is_control(code: int) -> bool:
    """Whether a code is no character of a text, whatever glyph a font has for it; an Arabic joiner is one."""
    return unicodedata.category(chr(code))[0] == "C" and chr(code) not in _JOINERS


@cache
def faces(bold: bool) -> tuple[Typeface, ...]:
    """The fonts of this weight, registered with the PDF library at the first call.

    Raises:
        EngravingError: a font file is missing or damaged.
    """
    return tuple(_registered(f"{family}-{'Bold' if bold else 'Regular'}") for family in FAMILIES)


def _rare_face(code: int, bold: bool) -> Typeface | None:
    return next((face for face in map(_registered, _RARE[bold]) if code in face.covered), None)


@lru_cache(8192)
def line(text: str, bold: bool, field: str, in_prose: bool = False) -> Line:
    """The text set on one line, scripts in their order; `in_prose` as in `scripts.runs`.

    Raises:
        UnprintableTextError: naming the field, for a character that no font has.
    """
    first = faces(bold)[0]
    try:
        # Quick, because nearly every line is of these letters: none of them joins, combines or runs to the left.
        advance = sum(map(first.widths.__getitem__, text))
    except KeyError:
        pass
    else:
        return Line((Run(first, text, advance),), advance)
    pieces = [piece for run, rightwards in runs(text, in_prose) for piece in _by_font(run, rightwards, bold, field)]
    return Line(tuple(pieces), sum(piece.advance for piece in pieces))


def clean(text: str) -> str:
    """The text as it is printed: composed (NFC), any white space a single space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _by_font(run: str, rightwards: bool, bold: bool, field: str) -> list[Run]:
    if not rightwards and (stray := _JOINERS.intersection(run)):
        raise UnprintableTextError(field, ord(min(stray)))
    chosen = zip(_chosen_faces(run, bold, field), run, strict=True)
    cut = [
        (face, "".join(character for _, character in group))
        for face, group in groupby(chosen, key=lambda pair: pair[0])
    ]
    return [_set(face, text, rightwards) for face, text in (reversed(cut) if rightwards else cut)]


def _set(face: Typeface, text: str, rightwards: bool) -> Run:
    needs_shaping = rightwards or any(map(unicodedata.combining, text))
    return face.shaped(text, rightwards) if needs_shaping else face.plain(text)


def _chosen_faces(run: str, bold: bool, field: str) -> list[Typeface]:
    """A font for each character: accents, spaces and marks stay with the font before them where it has them."""
    out: list[Typeface] = []
    accents = ""
    for character in run:
        code = ord(character)
        if unicodedata.combining(character):
            if not out or code not in out[-1].covered or character in accents or len(accents) == _ACCENTS:
                raise UnprintableTextError(field, code)
            accents += character
        else:
            accents = unicodedata.normalize("NFD", character)[1:]
        if out and not character.isalnum() and code in out[-1].covered:
            out.append(out[-1])
            continue
        face = next((face for face in faces(bold) if code in face.covered), None) or _rare_face(code, bold)
        if face is None:
            raise UnprintableTextError(field, code)
        out.append(face)
    return out


@cache
def _registered(name: str) -> Typeface:
    path = FOLDER / f"{name}.ttf"
    try:
        face = Typeface(path)
    except Exception as error:  # the library raises a dozen kinds for a damaged font
        raise EngravingError(f"{path}: this font cannot be loaded; restore it from the project.") from error
    pdfmetrics.registerFont(face)
    known: object = pdfmetrics.getFont(face.fontName)
    if known is not face:
        raise EngravingError(
            f"{path}: another part of this process took the font's name; draw in a process of its own."
        )
    return face


def _letters_of(text: str, codes: str, clusters: list[int]) -> list[str]:
    """What each glyph stands for.

    A glyph alone stands for all letters of its cluster; among several, each with a letter of its own for that, and the
    first of the others for what is left.
    """
    starts = [*sorted(set(clusters)), len(text)]
    left = {start: unicodedata.normalize("NFD", text[start:end]) for start, end in pairwise(starts)}
    crowd = Counter(clusters)
    own = [_own_letters(code) for code in codes]
    for cluster, letters in zip(clusters, own, strict=True):
        for letter in letters if crowd[cluster] > 1 else "":
            left[cluster] = left[cluster].replace(letter, "", 1)
    return [
        letters if letters and crowd[cluster] > 1 else unicodedata.normalize("NFC", left.pop(cluster, "\u200b"))
        for cluster, letters in zip(clusters, own, strict=True)
    ]


def _own_letters(code: str) -> str:
    return "" if unicodedata.category(code) == "Co" else unicodedata.normalize("NFKD", code)


def _mended(cmap: str, subset: list[int], known: dict[int, str]) -> str:
    """The font's table of codes to letters, with the letters of the shaped forms."""
    for position, code in enumerate(subset):
        if code in known:
            letters = known[code].encode("utf-16-be").hex().upper()
            cmap = cmap.replace(f"<{position:02X}> <{code:04X}>", f"<{position:02X}> <{letters}>")
    return cmap
