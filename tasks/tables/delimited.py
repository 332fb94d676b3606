"""CSV cut strictly: comma, RFC 4180 quoting, any line end, and reading goes on after a damaged row."""

import codecs
import csv
from collections.abc import Collection, Generator, Iterator
from pathlib import Path
from typing import BinaryIO

from tasks.tables.lines import Line, Lines, line_end, record_end
from tasks.tables.raw import FIELD_LIMIT, Flaw, Opened, Row, TableRefused

_BLOCK = 1 << 20
# A record over several lines is held up to here; past it, it is measured and not held.
_RECORD_LIMIT = 1 << 20


def open_csv(path: Path) -> Opened:
    """Open a CSV file and read its header.

    Raises:
        TableRefused: UTF-16, or no readable header.
    """
    encoding, has_mark = _encoding_of(path)
    rows = _rows(path, encoding, has_mark)
    header = next(rows, None)
    if header is None or header.flaw:
        rows.close()
        why = header.flaw.sentence if header and header.flaw else "it is empty. Export the table with its header."
        raise TableRefused(f"{path.name}: the header cannot be read: {why}")

    def remaining(_: Collection[int]) -> Iterator[Row]:
        return rows

    return Opened(header.values, encoding, remaining)


def _encoding_of(path: Path) -> tuple[str, bool]:
    """UTF-8 if every byte agrees or a mark says so, else Windows-1252; and whether there is a mark."""
    with path.open("rb") as stream:
        head = stream.read(4)
        if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} or b"\x00" in head:
            raise TableRefused(f"{path.name} is UTF-16, which is not read. Export the table as UTF-8.")
        stream.seek(0)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8", True
        return ("utf-8" if _is_utf8(stream) else "cp1252"), False


def _is_utf8(stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := stream.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _rows(path: Path, encoding: str, has_mark: bool) -> Generator[Row, None, None]:
    with path.open("rb") as stream, path.open("rb") as measured:
        lines = Lines(stream)
        if has_mark:
            lines.seek(len(codecs.BOM_UTF8))
        records = _Records(lines, measured, encoding)
        while line := lines.next():
            if line.data.strip(b"\r\n"):
                yield records.starting(line)


class _Records:
    """Records out of lines; where quoting is broken, the record is its first line and reading goes on with the next."""

    def __init__(self, lines: Lines, measured: BinaryIO, encoding: str) -> None:
        self._lines = lines
        self._measured = measured
        self._encoding = encoding

    def starting(self, first: Line) -> Row:
        """The record that starts with this line."""
        taken = [first]
        try:
            if first.whole:
                return self._checked(next(csv.reader(self._feed(taken), strict=True)))
        except csv.Error:
            self._lines.give_back(taken[1:])
        return self._passed_over(first)

    def _feed(self, taken: list[Line]) -> Iterator[str]:
        yield self._text(taken[0])
        held = len(taken[0].data)
        while held < _RECORD_LIMIT and (line := self._lines.next()):
            if not line.whole:
                self._lines.give_back([line])
                return
            taken.append(line)
            held += len(line.data)
            yield self._text(line)

    def _text(self, line: Line) -> str:
        return line.data.decode(self._encoding, "surrogateescape")

    def _checked(self, values: list[str]) -> Row:
        if self._encoding == "cp1252" and self._is_utf8_after_all("".join(values)):
            return Row(values, Flaw.ROW_ENCODING)
        return Row(values)

    def _is_utf8_after_all(self, text: str) -> bool:
        """Whether a row of a Windows-1252 file is UTF-8: the file is a mixture, and its letters would be garbled."""
        if text.isascii():
            return False
        try:
            text.encode("cp1252", "surrogateescape").decode("utf-8")
        except UnicodeDecodeError:
            return False
        return True

    def _passed_over(self, first: Line) -> Row:
        """Go behind a record that cannot be held or whose quoting is broken."""
        end = record_end(self._measured, first.start)
        head = [self._text(first)[:FIELD_LIMIT]]
        if end is not None:
            self._lines.seek(end)
            return Row(head, Flaw.ROW_TOO_LONG)
        if not first.whole:
            self._lines.seek(line_end(self._measured, first.start))
        return Row(head, Flaw.ROW_QUOTING)
