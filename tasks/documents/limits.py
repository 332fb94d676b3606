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
    raster_pages: int = 2
    """Pages read as pictures; each takes seconds, and what is asked for stands on the first."""
    raster_side: int = 1600
    """Pixels of the longer side of such a page: 145 dots per inch of a letter page, small print included."""
    ocr_memory_bytes: int = 2_000_000_000
    """Address space of the process that reads pictures; 200 pages took 1,010 MB of it and 480 MB of memory."""
    ocr_start_seconds: float = 60.0
    """Time on the clock to load its models; two seconds on a machine with nothing else to do."""
    ocr_page_seconds: float = 30.0
    """Time on the clock for one page; most take one to three seconds."""

    @property
    def patience_seconds(self) -> float:
        """How long one upload may take in all, and nobody is at fault."""
        return self.wall_seconds + self.ocr_start_seconds + self.raster_pages * self.ocr_page_seconds

    @property
    def said_bytes(self) -> int:
        """All that the child may say: its answer, then the pixels of pages, one byte each."""
        return self.answer_bytes + self.raster_pages * self.raster_side**2

    def to_json(self) -> dict[str, int | float]:
        """The limits as plain data, for the reader's command line."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, int | float]) -> Self:
        """The limits from what `to_json` gave."""
        return cls(**values)  # type: ignore[arg-type]
