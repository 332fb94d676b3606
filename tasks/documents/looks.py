"""What looking at one upload gave, and how it crosses the pipe between the processes."""

import json
from dataclasses import dataclass, replace
from typing import Self

from registry.facts import DocumentFacts, ReadState
from tasks.documents import READER
from tasks.documents.limits import Limits


@dataclass(frozen=True, slots=True)
class Look:
    """The facts of one upload before they are tied to its digest; fields as in `DocumentFacts`."""

    state: ReadState
    why: str = ""
    media_type: str = ""
    pages: int = 0
    text: str = ""
    lasting: bool = True
    """False when this machine and not the file is at fault: such a look is not to be kept for another night."""

    def to_json(self) -> dict[str, object]:
        """The look as plain data."""
        names = ("state", "why", "media_type", "pages", "text", "lasting")
        return {name: getattr(self, name) for name in names}

    @classmethod
    def from_json(cls, values: object) -> Self:
        """The look from what `to_json` gave; raises ValueError when it is anything else."""
        if not isinstance(values, dict) or {type(key) for key in values} != {str}:
            raise ValueError("a look is a JSON object with named fields")
        look = cls(**{**values, "state": ReadState(str(values.get("state")))})
        kinds = (type(look.why), type(look.media_type), type(look.pages), type(look.text), type(look.lasting))
        if kinds != (str, str, int, str, bool):
            raise ValueError("a field of the look has another type than agreed")
        return look

    def facts(self, sha256: str) -> DocumentFacts:
        """The facts of the upload with this digest; `reader` is empty when they are not to be kept."""
        reader = READER if self.lasting else ""
        return DocumentFacts(sha256, reader, self.state, self.media_type, self.why, self.pages, self.text)


def answer(look: Look) -> bytes:
    """What the child says: one line of JSON."""
    return json.dumps(look.to_json()).encode() + b"\n"


def understood(said: bytes, limits: Limits) -> Look | None:
    """The look in a child's answer, or None: a child that was taken over may say anything."""
    try:
        look = Look.from_json(json.loads(said)) if said.endswith(b"\n") else None
    except (ValueError, TypeError, RecursionError):
        return None
    if look is None or len(look.why) > 300 or not look.why.isprintable() or not 0 <= look.pages <= 10_000_000:
        return None
    return replace(look, text=look.text[: limits.characters], media_type=look.media_type[:80])


def unsafe(why: str, *, media_type: str = "", pages: int = 0, lasting: bool = True) -> Look:
    """A look that ended at a limit, in a crash, or at active content."""
    return Look(ReadState.UNSAFE, why, media_type, pages, lasting=lasting)


def unreadable(why: str, *, media_type: str = "", pages: int = 0) -> Look:
    """A look at something that cannot be opened, or holds nothing."""
    return Look(ReadState.UNREADABLE, why, media_type, pages)
