"""What can be asked of a reader process about one upload, and what its answer means."""

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self, TypeVar

from registry.facts import DocumentFacts
from tasks.documents.looks import Look, unsafe

Answered_co = TypeVar("Answered_co", covariant=True)


class Request(Protocol[Answered_co]):
    """One question about one upload."""

    def asked(self) -> dict[str, object]:
        """The question as plain data."""

    def answered(self, said: dict[str, object]) -> Answered_co:
        """What the reader's answer means; raises ValueError when it makes no sense."""

    def given_up(self) -> Answered_co:
        """What it means that readers died at it."""


@dataclass(frozen=True, slots=True)
class LookRequest:
    """What is there in this upload?"""

    sha256: str
    path: Path

    def asked(self) -> dict[str, object]:
        """The question as plain data."""
        return {"path": str(self.path)}

    def answered(self, said: dict[str, object]) -> DocumentFacts:
        """The facts of the upload."""
        return Look.from_json(said).facts(self.sha256)

    def given_up(self) -> DocumentFacts:
        """Facts that are not to be kept."""
        return unsafe("The reader died at it twice.", lasting=False).facts(self.sha256)


@dataclass(frozen=True, slots=True)
class Cut:
    """One place of an upload that is to be shown."""

    page: int
    """counted from 1"""
    box: tuple[float, ...]
    """left, top, right and bottom as parts of the page as a viewer shows it; empty for the whole page"""
    turn_degrees: int
    """by how much the page has to be turned clockwise to be read"""

    def to_json(self) -> list[object]:
        """The place as plain data."""
        return [self.page, list(self.box), self.turn_degrees]

    @classmethod
    def from_json(cls, values: Sequence[object]) -> Self:
        """The place from what `to_json` gave."""
        page, box, turn_degrees = values
        return cls(page, tuple(box), turn_degrees)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Crops:
    """The pictures of some places of an upload, as PNG; None where none could be made."""

    name: str
    pictures: tuple[bytes | None, ...]


@dataclass(frozen=True, slots=True)
class CropRequest:
    """How do these places of this upload look?"""

    name: str
    """under which the answer is given"""
    path: Path
    cuts: tuple[Cut, ...]

    def asked(self) -> dict[str, object]:
        """The question as plain data."""
        return {"path": str(self.path), "crops": [cut.to_json() for cut in self.cuts]}

    def answered(self, said: dict[str, object]) -> Crops:
        """The pictures, in the order in which they were asked for."""
        crops = said.get("crops")
        if not isinstance(crops, list) or len(crops) != len(self.cuts):
            raise ValueError("the reader gave another number of crops than asked")
        return Crops(self.name, tuple(None if each is None else b64decode(each) for each in crops))

    def given_up(self) -> Crops:
        """No pictures."""
        return Crops(self.name, (None,) * len(self.cuts))
