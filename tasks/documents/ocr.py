"""Reading the words of pages that are pictures, by a process of its own that is replaced when it fails."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from registry.facts import ReadState
from tasks.clock import today
from tasks.documents.limits import Limits
from tasks.documents.lines import ReadLine, spot, text_and_spots, usable_characters
from tasks.documents.looks import Look
from tasks.documents.mrz import read_zones
from tasks.documents.rasters import Raster

_ROOT = Path(__file__).parents[2]
_ENOUGH = 20
"""Letters and digits below which nothing was read: a stamp, a caption, the pattern of a wall."""
_PAGES = 200
"""Pages after which the process is replaced, so that whatever it piles up has an end."""
_STARTS = 2
"""Starts in a row that may fail before no more are tried."""
_LONGEST_ANSWER = 1_000_000


class OcrError(Exception):
    """A page could not be read on this machine; the text is one plain sentence."""


class PictureReader:
    """Reads words in pixels; its process is started when the first page comes, and ends with this one."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._worker: _Worker | None = None
        self._failed_starts = 0

    def read(self, look: Look, rasters: Sequence[Raster]) -> Look:
        """The look with the words of its pages, if they are enough; never an exception.

        A failure of this machine leaves the look without text, says so, and is not to be kept.
        """
        try:
            lines = [line for page, raster in enumerate(rasters, start=1) for line in self._lines(page, raster)]
        except OcrError as error:
            return replace(look, why=str(error), lasting=False)
        text, spots = text_and_spots(lines, self._limits.characters)
        if usable_characters(text) < _ENOUGH:
            return look
        readings = look.readings + read_zones(lines, today())
        return replace(look, state=ReadState.TEXT, why="", text=text, text_source="ocr", spots=spots, readings=readings)

    def _lines(self, page: int, raster: Raster) -> list[ReadLine]:
        """The lines of one page; a process that fails at it is ended."""
        worker = self._worker or self._start()
        self._worker = None
        try:
            lines = _understood(worker.read(raster), page)
        except OcrError:
            worker.stop()
            raise
        if worker.pages < _PAGES:
            self._worker = worker
        else:
            worker.stop()
        return lines

    def _start(self) -> "_Worker":
        if self._failed_starts >= _STARTS:
            raise OcrError("The reader of pictures cannot be started on this machine.")
        worker = _Worker(self._limits)
        try:
            worker.wait_until_ready()
        except OcrError:
            self._failed_starts += 1
            worker.stop()
            raise
        self._failed_starts = 0
        return worker


def _understood(answer: dict[str, Any], page: int) -> list[ReadLine]:
    """The lines in an answer of the process; OcrError when it makes no sense."""
    try:
        turn_degrees = int(answer["turn_degrees"])
        return [
            ReadLine(str(text), spot(page, map(float, box), float(confidence), turn_degrees))
            for text, box, confidence in answer["lines"]
        ]
    except (KeyError, TypeError, ValueError):
        raise OcrError("The reader of pictures gave no usable answer for it.") from None


class _Worker:
    """The process with the loaded models, its pipes, and the memory in which it is handed the pixels."""

    def __init__(self, limits: Limits) -> None:
        self.pages = 0
        self._limits = limits
        self._pixels = os.memfd_create("pixels")
        arguments = (os.getpid(), self._pixels, limits.ocr_memory_bytes)
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-s", "-m", "tasks.documents.ocr_worker", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's warning may quote the document
            env={"PYTHONPATH": str(_ROOT), "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            pass_fds=(self._pixels,),
            bufsize=0,
        )

    def wait_until_ready(self) -> None:
        """Returns once the models are loaded; OcrError when they are not in time."""
        if self._hear(self._limits.ocr_start_seconds).get("ready") is not True:
            raise OcrError("The reader of pictures could not be started on this machine.")

    def read(self, raster: Raster) -> dict[str, Any]:
        """What the process says of one page; OcrError when it takes too long, or the process dies or talks nonsense."""
        assert self._process.stdin is not None  # noqa: S101
        self.pages += 1
        os.pwrite(self._pixels, raster.pixels, 0)
        asked = {"width": raster.width, "height": raster.height}
        try:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        except BrokenPipeError:
            raise OcrError("The reader of pictures had died.") from None
        return self._hear(self._limits.ocr_page_seconds)

    def _hear(self, seconds: float) -> dict[str, Any]:
        """The process's next line."""
        assert self._process.stdout is not None  # noqa: S101
        until, hear, line = time.monotonic() + seconds, self._process.stdout.fileno(), b""
        poll = select.poll()
        poll.register(hear, select.POLLIN)
        while not line.endswith(b"\n"):
            if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
                raise OcrError(f"The reader of pictures took longer than {seconds:g} seconds.")
            piece = os.read(hear, 1 << 16)
            line += piece
            if not piece or len(line) > _LONGEST_ANSWER:
                raise OcrError("The reader of pictures failed at it.")
        return _parsed(line)

    def stop(self) -> None:
        """Ends the process at once."""
        self._process.kill()
        self._process.wait()
        os.close(self._pixels)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
