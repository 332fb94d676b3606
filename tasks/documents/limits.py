"""What looking at one upload may cost, each limit with its reason."""

from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one upload may use; whatever needs more is unsafe, never waited for."""

    memory_bytes: int = 1_500_000_000
    """Address space of the child; the heaviest honest page measured took 550 MB."""
    cpu_seconds: int = 20
    """Processor time of the child; 3,313 regression files of parser projects stayed below 7 seconds."""
    wall_seconds: float = 60.0
    """Time on the clock, for a child that waits instead of working."""
    answer_bytes: int = 400_000
    """What the child may say: the text limit below, with every character escaped, fits four times."""
    file_bytes: int = 20_000_000
    """Size of the upload, as the portal promises its users."""
    pages: int = 200
    """A lease with all its riders has fewer; page trees of thousands are made to hurt."""
    pages_read: int = 5
    """Name, address and dates stand on the first pages of every accepted kind of document."""
    objects: int = 50_000
    """Indirect objects in a PDF; honest uploads have hundreds."""
    page_characters: int = 30_000
    """Above it the text of a page is not laid out; the densest of 163 honest pages had 9,880."""
    page_objects: int = 20_000
    """Drawn objects on a page, likewise; the most seen on an honest page was 4,043."""
    characters: int = 20_000
    """Text kept of one upload."""
    pixels: int = 50_000_000
    """One picture; telephones make 12 to 48 million, and each costs four bytes of memory."""
    frames: int = 40
    """Pages of a TIFF or pictures of an animation."""

    def to_json(self) -> dict[str, int | float]:
        """The limits as plain data, for the reader's command line."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, int | float]) -> Self:
        """The limits from what `to_json` gave."""
        return cls(**values)  # type: ignore[arg-type]
