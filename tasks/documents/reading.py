"""Reading many uploads: a few resident readers, fed over pipes, replaced when they die, never waited for in vain."""

import json
import logging
import math
import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Generic, Self, TypeVar

from registry.facts import DocumentFacts
from tasks.documents.limits import Limits
from tasks.documents.requests import CropRequest, Crops, LookRequest, Request

T = TypeVar("T")

_ROOT = Path(__file__).parents[2]
_AHEAD = 2
"""Files a reader holds: the one it looks at, and the next, so that it need not wait for us."""
_START_SECONDS, _GRACE_SECONDS = 120.0, 30.0
_STARTS = 3
"""Readers in a row that may fail to start before the night is told so."""
_LONGEST_LINE = 4_000_000
_log = logging.getLogger(__name__)


def read_documents(
    paths: Sequence[tuple[str, Path]], workers: int, limits: Limits | None = None
) -> Iterator[DocumentFacts]:
    """The facts of every (sha256, path), one for each, in the order in which they come.

    A file that hangs, crashes or explodes costs itself only. Facts with an empty `reader` are this machine's fault
    (a file that is gone, a reader that was killed) and not to be kept for another night.

    Raises:
        RuntimeError: no reader process can be started on this machine.
    """
    yield from _answers([LookRequest(sha256, path) for sha256, path in paths], workers, limits or Limits())


def crop_documents(requests: Sequence[CropRequest], workers: int, limits: Limits | None = None) -> Iterator[Crops]:
    """The pictures of places of uploads, one answer for each request, in the order in which they come.

    Raises:
        RuntimeError: no reader process can be started on this machine.
    """
    yield from _answers(requests, workers, limits or Limits())


def _answers(requests: Sequence[Request[T]], workers: int, limits: Limits) -> Iterator[T]:
    waiting = deque(_Job(request) for request in requests)
    if not waiting:
        return
    with _Readers[T](max(1, min(workers, len(waiting))), limits) as readers:
        yield from readers.read(waiting)


@dataclass(slots=True)
class _Job(Generic[T]):
    request: Request[T]
    deaths: int = 0
    """Readers that died while they held this file."""


class _Reader(Generic[T]):
    """One reader process, its pipe, and the files it holds, oldest first."""

    def __init__(self, limits: Limits) -> None:
        command = [sys.executable, "-P", "-s", "-m", "tasks.documents.reader"]
        self.process = subprocess.Popen(  # noqa: S603
            [*command, str(os.getpid()), json.dumps(limits.to_json())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's warning may quote the document
            env={"PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1"},
            process_group=0,
        )
        assert self.process.stdout is not None  # noqa: S101
        self.hear = self.process.stdout.fileno()
        self.heard = b""
        self.held: deque[_Job[T]] = deque()
        self.ready = False
        self.patience = limits.patience_seconds + _GRACE_SECONDS
        self._until = time.monotonic() + _START_SECONDS

    @property
    def deadline(self) -> float:
        """When it has to be heard again, on the monotonic clock; never, while it has nothing to do."""
        return self._until if self.held or not self.ready else math.inf

    def feed(self, waiting: deque[_Job[T]], spare: int) -> None:
        """Hands over files until the reader holds enough; a second one only while `spare` are left for the others.

        A reader that is gone takes none, and is noticed when it is heard.
        """
        while self.ready and waiting and len(self.held) < (_AHEAD if len(waiting) > spare else 1):
            if not self._tell(json.dumps(waiting[0].request.asked()).encode() + b"\n"):
                return
            if not self.held:
                self._until = time.monotonic() + self.patience
            self.held.append(waiting.popleft())

    def _tell(self, line: bytes) -> bool:
        assert self.process.stdin is not None  # noqa: S101
        try:
            self.process.stdin.write(line)
            self.process.stdin.flush()
        except BrokenPipeError:
            return False
        return True

    def listen(self) -> list[bytes] | None:
        """The whole lines that have arrived; None when the reader is gone or no longer makes sense."""
        piece = os.read(self.hear, 1 << 16)
        self._until = time.monotonic() + self.patience
        *lines, self.heard = (self.heard + piece).split(b"\n")
        return lines if piece and len(self.heard) < _LONGEST_LINE else None

    def stop(self) -> None:
        """Ends the process at once; it keeps nothing, and its child dies with it."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                _close(pipe)
        self.process.wait()


def _close(pipe: object) -> None:
    try:
        pipe.close()  # type: ignore[attr-defined]
    except BrokenPipeError:
        return


class _Readers(Generic[T]):
    """A fixed number of readers; leaving the `with` block ends them all."""

    def __init__(self, number: int, limits: Limits) -> None:
        self._limits = limits
        self._number = number
        self._failed_starts = 0
        self._noted = False
        self._selector = selectors.DefaultSelector()
        self._readers: list[_Reader[T]] = []

    def __enter__(self) -> Self:
        for _ in range(self._number):
            self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for reader in self._readers:
            reader.stop()
        self._selector.close()

    def read(self, waiting: deque[_Job[T]]) -> Iterator[T]:
        """The answers about all files, as they are found."""
        while waiting or any(reader.held for reader in self._readers):
            for reader in self._readers:
                reader.feed(waiting, self._number)
            yield from self._turn(waiting)

    def _turn(self, waiting: deque[_Job[T]]) -> list[T]:
        """One wait, at most until the first deadline, and whatever came of it.

        What has arrived is taken before anybody is judged late: our caller may have paused us for hours.
        """
        left = min(reader.deadline for reader in self._readers) - time.monotonic()
        heard: list[_Reader[T]] = [key.data for key, _ in self._selector.select(max(0.0, left))]
        now = time.monotonic()
        late = [reader for reader in self._readers if reader not in heard and reader.deadline <= now]
        found = [each for reader in heard for each in self._hear(reader, waiting)]
        return found + [each for reader in late for each in self._replace(reader, waiting)]

    def _hear(self, reader: _Reader[T], waiting: deque[_Job[T]]) -> list[T]:
        lines = reader.listen()
        found = []
        for line in lines or []:
            said = _parsed(line)
            if said is None or (reader.ready and not reader.held):
                lines = None
                break
            if reader.ready:
                found.append(reader.held.popleft().request.answered(said))
            else:
                self._welcome(reader, str(said.get("ready", "")))
        return found if lines is not None else found + self._replace(reader, waiting)

    def _welcome(self, reader: _Reader[T], note: str) -> None:
        reader.ready, self._failed_starts = True, 0
        if note and not self._noted:
            _log.warning("Uploads are looked at without a network wall: %s.", note)
            self._noted = True

    def _replace(self, reader: _Reader[T], waiting: deque[_Job[T]]) -> list[T]:
        """Ends a reader that is dead or late and starts another; the file it was at gets one more try."""
        found = []
        if not reader.ready:
            self._failed_starts += 1
        if reader.held:
            reader.held[0].deaths += 1
            if reader.held[0].deaths > 1:
                found.append(reader.held.popleft().request.given_up())
        waiting.extendleft(reversed(reader.held))
        self._selector.unregister(reader.hear)
        self._readers.remove(reader)
        reader.stop()
        self._start()
        return found

    def _start(self) -> None:
        if self._failed_starts >= _STARTS:
            raise RuntimeError(
                "No document reader could be started; `python -c 'import tasks.documents.pdf'` shows what is missing."
            )
        reader = _Reader[T](self._limits)
        self._readers.append(reader)
        self._selector.register(reader.hear, selectors.EVENT_READ, reader)


def _parsed(line: bytes) -> dict[str, object] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
