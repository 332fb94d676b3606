"""Say how far the work is, to whoever sits at the terminal; never about whom."""

import sys
import time
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

Item = TypeVar("Item", bound=Sized)
_QUIET_SECONDS = 5.0
_BAR_WIDTH = 24


class Progress:
    """One stage's line: rewritten in place on a terminal, a line every few seconds elsewhere."""

    def __init__(self, label: str, total: int) -> None:
        self.label, self.total, self.done = label, total, 0
        self.started = self.told = time.monotonic()
        self.live = sys.stderr.isatty()

    def advance(self, count: int) -> None:
        """So many more are done."""
        self.done += count
        if self.live or self.done >= self.total or time.monotonic() - self.told > _QUIET_SECONDS:
            self._tell()

    def _tell(self) -> None:
        self.told = time.monotonic()
        seconds = self.told - self.started
        filled = _BAR_WIDTH * min(self.done, self.total) // max(self.total, 1)
        bar = f"[{'#' * filled}{'.' * (_BAR_WIDTH - filled)}] " if self.live else ""
        line = f"{self.label:<22} {bar}{self.done:>7,} of {self.total:,}  {seconds:6.1f} s"
        end = "\n" if not self.live or self.done >= self.total else ""
        sys.stderr.write(("\r" if self.live else "") + line + end)
        sys.stderr.flush()


def tell(sentence: str) -> None:
    """One plain line."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def tracked(label: str, chunks: Iterable[Item], total: int) -> Iterator[Item]:
    """Pass chunks on and count each as done when the next one is asked for."""
    progress = Progress(label, total)
    for chunk in chunks:
        yield chunk
        progress.advance(len(chunk))
