"""What looking at one upload gave, and how it crosses the pipe between the processes."""

import json
import re
from dataclasses import asdict, dataclass, replace
from typing import Self

from registry.facts import DocumentFacts, Reading, ReadState, Spot
from registry.pictures import Portrait
from registry.prints import PRINT_SIDE
from tasks.documents import READER
from tasks.documents.limits import Limits

_TEXT_SOURCES = {"", "layer", "ocr"}
_READ = {"first_name", "middle_name", "last_name", "name_suffix", "birth_date", "issue_date", "expiry_date"}
_READ |= {"street", "city", "state", "zip"}
_READING_TYPES = {"what": str, "value": str, "source": str, "page": int, "box": list, "confidence_percent": int}
_MOST_READINGS, _LONGEST_VALUE = 64, 120
_MOST_MEASURED = {
    "width_pixels": 1_000_000,
    "height_pixels": 1_000_000,
    "contrast_levels": 255,
    "faces": 1_000,
    "face_height_percent": 100,
    "sharpness": 1_000_000,
    "brightness_levels": 255,
}
_NAMES = ("state", "why", "media_type", "pages", "text", "text_source", "page_print", "lasting")
_PRINT = re.compile(f"(?:[0-9a-f]{{{2 * PRINT_SIDE**2}}})?")


@dataclass(frozen=True, slots=True)
class Look:
    """The facts of one upload before they are tied to its digest; fields as in `DocumentFacts`."""

    state: ReadState
    why: str = ""
    media_type: str = ""
    pages: int = 0
    text: str = ""
    text_source: str = ""
    spots: tuple[Spot, ...] = ()
    readings: tuple[Reading, ...] = ()
    portrait: Portrait | None = None
    page_print: str = ""
    lasting: bool = True
    """False when this machine and not the file is at fault: such a look is not to be kept for another night."""

    def to_json(self) -> dict[str, object]:
        """The look as plain data."""
        plain = {name: getattr(self, name) for name in _NAMES}
        spots = [[spot.page, list(spot.box), spot.confidence_percent, spot.turn_degrees] for spot in self.spots]
        portrait = None if self.portrait is None else asdict(self.portrait)
        readings = [asdict(reading) for reading in self.readings]
        return {**plain, "spots": spots, "readings": readings, "portrait": portrait}

    @classmethod
    def from_json(cls, values: object) -> Self:
        """The look from what `to_json` gave; raises ValueError when it is anything else."""
        if not isinstance(values, dict) or {type(key) for key in values} != {str}:
            raise ValueError("a look is a JSON object with named fields")
        spots, readings = _spots(values.get("spots", [])), _readings(values.get("readings", []))
        made = {"state": ReadState(str(values.get("state"))), "spots": spots, "readings": readings}
        look = cls(**{**values, **made, "portrait": _portrait(values.get("portrait"))})
        kinds = (type(look.why), type(look.media_type), type(look.pages), type(look.text), type(look.lasting))
        if kinds != (str, str, int, str, bool) or look.text_source not in _TEXT_SOURCES:
            raise ValueError("a field of the look has another type than agreed")
        if type(look.page_print) is not str or not _PRINT.fullmatch(look.page_print):
            raise ValueError("a print is not of the form agreed")
        if len(look.spots) != (len(look.text.split("\n")) if look.text else 0):
            raise ValueError("a look gives the place of each line of its text")
        return look

    def facts(self, sha256: str) -> DocumentFacts:
        """The facts of the upload with this digest; `reader` is empty when they are not to be kept."""
        reader = READER if self.lasting else ""
        known = (self.state, self.media_type, self.why, self.pages, self.text, self.text_source)
        return DocumentFacts(sha256, reader, *known, self.spots, self.readings, self.portrait, self.page_print)


def _spots(values: object) -> tuple[Spot, ...]:
    """The places of lines from plain data; raises ValueError when one of them is not as agreed."""
    if not isinstance(values, list):
        raise ValueError("the places of lines are a list")
    return tuple(map(_spot, values))


def _spot(value: object) -> Spot:
    if not isinstance(value, list) or [type(part) for part in value] != [int, list, int, int]:
        raise ValueError("a place has another type than agreed")
    page, box, confidence_percent, turn_degrees = value
    is_place = 1 <= page <= 10_000 and len(box) == 4 and _is_box(tuple(box))
    if not (is_place and 0 <= confidence_percent <= 100 and turn_degrees in {0, 90, 180, 270}):
        raise ValueError("a place is not on a page")
    return Spot(page, tuple(box), confidence_percent, turn_degrees)


def _readings(values: object) -> tuple[Reading, ...]:
    """The readings from plain data; raises ValueError when one of them is not as agreed."""
    if not isinstance(values, list) or len(values) > _MOST_READINGS:
        raise ValueError("the readings are a short list")
    return tuple(map(_reading, values))


def _reading(value: object) -> Reading:
    if not isinstance(value, dict) or {name: type(part) for name, part in value.items()} != _READING_TYPES:
        raise ValueError("a field of a reading has another type than agreed")
    reading = Reading(**{**value, "box": tuple(value["box"])})
    named = reading.what in _READ and reading.source in {"barcode", "mrz"}
    printable = len(reading.value) <= _LONGEST_VALUE and reading.value.isprintable()
    counted = 1 <= reading.page <= 10_000 and 0 <= reading.confidence_percent <= 100
    if not (named and printable and counted and _is_box(reading.box)):
        raise ValueError("a reading says something that was not agreed")
    return reading


def _portrait(value: object) -> Portrait | None:
    """The measures from plain data; raises ValueError when one of them is not as agreed."""
    if value is None:
        return None
    if not isinstance(value, dict) or value.keys() != _MOST_MEASURED.keys():
        raise ValueError("a portrait has other measures than agreed")
    if not all(type(value[name]) is int and 0 <= value[name] <= most for name, most in _MOST_MEASURED.items()):
        raise ValueError("a measure of a portrait is out of its range")
    return Portrait(**value)


def _is_box(box: tuple[float, ...]) -> bool:
    """Whether it is empty, or four parts of the page's width and height."""
    return len(box) in {0, 4} and all(type(end) in {int, float} and 0 <= end <= 1 for end in box)


def answer(look: Look) -> bytes:
    """What the child says: one line of JSON."""
    return json.dumps(look.to_json()).encode() + b"\n"


def understood(said: bytes, limits: Limits) -> Look | None:
    """The look in a child's answer, or None: a child that was taken over may say anything."""
    whole = said.endswith(b"\n") and len(said) <= limits.answer_bytes
    try:
        look = Look.from_json(json.loads(said)) if whole else None
    except (ValueError, TypeError, RecursionError):
        return None
    if look is None or len(look.why) > 300 or not look.why.isprintable() or not 0 <= look.pages <= 10_000_000:
        return None
    if len(look.text) > limits.characters:
        return None
    return replace(look, media_type=look.media_type[:80])


def unsafe(why: str, *, media_type: str = "", pages: int = 0, lasting: bool = True) -> Look:
    """A look that ended at a limit, in a crash, or at active content."""
    return Look(ReadState.UNSAFE, why, media_type, pages, lasting=lasting)


def unreadable(why: str, *, media_type: str = "", pages: int = 0) -> Look:
    """A look at something that cannot be opened, or holds nothing."""
    return Look(ReadState.UNREADABLE, why, media_type, pages)
