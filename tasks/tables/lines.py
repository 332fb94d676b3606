"""The physical lines of a file in bounded memory, and the measure of a record too long to be held."""

import re
from collections import deque
from collections.abc import Iterable
from typing import BinaryIO, NamedTuple

_BLOCK = 1 << 20
_STEP = 1 << 16
# More than any row of short enough values: 64 columns of 32,767 characters of 4 bytes.
LINE_LIMIT = 8 << 20

_PLAIN = re.compile(rb"[^,\r\n]*+")
_QUOTED = re.compile(rb'(?:[^"]++|"")*+')
_TO_LINE_END = re.compile(rb"[^\r\n]*+")


class Line(NamedTuple):
    """A physical line with its end; `whole` is False for the head of one that is longer than the limit."""

    start: int
    data: bytes
    whole: bool = True


class Lines:
    """The lines of a file, ended by CR, LF or CRLF; lines can be given back, and it can be moved to any offset."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.seek(0)

    def seek(self, offset: int) -> None:
        """Go on at this byte; the way on from a line that is not whole."""
        self._stream.seek(offset)
        self._ready: deque[Line] = deque()
        self._held, self._start = b"", offset

    def next(self) -> Line | None:
        """The next line, or None at the end."""
        while not self._ready:
            if not self._fill():
                return None
        return self._ready.popleft()

    def give_back(self, lines: Iterable[Line]) -> None:
        """Lines taken last, in their order, to be given again."""
        self._ready.extendleft(reversed(list(lines)))

    def _fill(self) -> bool:
        block = self._stream.read(_BLOCK)
        if not block and not self._held:
            return False
        pieces = (self._held + block).splitlines(keepends=True)
        # The last piece may go on, and its CR may be half of a CRLF.
        self._held = pieces.pop() if block else b""
        for piece in pieces:
            self._add(piece)
        if len(self._held) > LINE_LIMIT:
            self._ready.append(Line(self._start, self._held[:_STEP], whole=False))
            self._held = b""
        return True

    def _add(self, piece: bytes) -> None:
        self._ready.append(Line(self._start, piece))
        self._start += len(piece)


class _Cursor:
    """A place in a file, moved by patterns over blocks."""

    def __init__(self, stream: BinaryIO, offset: int) -> None:
        self._stream = stream
        self._stream.seek(offset)
        self._block, self._place, self._base = b"", 0, offset

    @property
    def offset(self) -> int:
        return self._base + self._place

    def peek(self) -> bytes:
        if self._place >= len(self._block):
            self._more()
        return self._block[self._place : self._place + 1]

    def step(self) -> bytes:
        byte = self.peek()
        self._place += len(byte)
        return byte

    def skip(self, pattern: re.Pattern[bytes]) -> int:
        """Move over all that the pattern takes and return its length in bytes."""
        start = self.offset
        while True:
            if match := pattern.match(self._block, self._place):
                self._place = match.end()
            # One byte may be kept back: it could be the first half of a doubled quotation mark.
            if len(self._block) - self._place > 1 or not self._more():
                return self.offset - start

    def _more(self) -> bool:
        block = self._stream.read(_STEP)
        self._block = self._block[self._place :] + block
        self._base += self._place
        self._place = 0
        return bool(block)


def record_end(stream: BinaryIO, start: int) -> int | None:
    """Where the record that starts here ends by RFC 4180, found without holding it; None when its quoting is broken."""
    cursor = _Cursor(stream, start)
    while True:
        if cursor.peek() != b'"':
            cursor.skip(_PLAIN)
        elif not _skip_quoted(cursor):
            return None
        if cursor.peek() != b",":
            return _after_line_end(cursor)
        cursor.step()


def line_end(stream: BinaryIO, start: int) -> int:
    """Where the physical line that starts here ends."""
    cursor = _Cursor(stream, start)
    cursor.skip(_TO_LINE_END)
    return _after_line_end(cursor)


def _skip_quoted(cursor: _Cursor) -> bool:
    cursor.step()
    cursor.skip(_QUOTED)
    return cursor.step() == b'"' and cursor.peek() in {b"", b",", b"\r", b"\n"}


def _after_line_end(cursor: _Cursor) -> int:
    if cursor.step() == b"\r" and cursor.peek() == b"\n":
        cursor.step()
    return cursor.offset
