"""The files of a sample that hold rows: the submissions as CSV or XLSX, the answers, the register."""

import csv
import io
import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Protocol

_FIXED = (2026, 1, 1, 0, 0, 0)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_STAMPS = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_DATE_COLUMNS = {"date_of_birth", "certified_on", "certification_expires_on", "certification_withdrawn_on"}


class RowWriter(Protocol):
    """Takes rows one by one and is closed at the end."""

    def write(self, row: Sequence[str]) -> None:
        """Add one row."""

    def close(self) -> None:
        """Finish the file."""


class CsvWriter:
    """Rows into a CSV file, comma and RFC 4180 quoting, written as they come."""

    def __init__(self, path: Path, columns: Sequence[str], encoding: str = "utf-8") -> None:
        self._stream = path.open("w", encoding=encoding, newline="")
        self._writer = csv.writer(self._stream, lineterminator="\r\n")
        self._writer.writerow(columns)

    def write(self, row: Sequence[str]) -> None:
        """Add one row."""
        self._writer.writerow(row)

    def close(self) -> None:
        """Finish the file."""
        self._stream.close()

    def __enter__(self) -> "CsvWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class XlsxWriter:
    """Rows into a workbook's first sheet; ISO dates become date cells and short ZIPs numbers, as in spreadsheets."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        from openpyxl import Workbook

        self._path = path
        self._dates = {place for place, name in enumerate(columns) if name in _DATE_COLUMNS}
        self._zip = columns.index("zip")
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("submissions")
        self._sheet.append(list(columns))

    def write(self, row: Sequence[str]) -> None:
        """Add one row."""
        self._sheet.append([self._cell(place, value) for place, value in enumerate(row)])

    def _cell(self, place: int, value: str) -> str | int | date | None:
        if place in self._dates and _ISO_DATE.fullmatch(value):
            return _date_or_text(value)
        return int(value) if place == self._zip and value.isdigit() and len(value) == 4 else value or None

    def close(self) -> None:
        """Finish the file; its inner time stamps are fixed so that the same sample has the same bytes."""
        draft = self._path.with_suffix(".draft")
        self._book.save(draft)
        with zipfile.ZipFile(draft) as source, zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                _copy_member(source, target, name)
        draft.unlink()


def _date_or_text(value: str) -> date | str:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def _copy_member(source: zipfile.ZipFile, target: zipfile.ZipFile, name: str) -> None:
    member = zipfile.ZipInfo(name, date_time=_FIXED)
    member.compress_type = zipfile.ZIP_DEFLATED
    if name == "docProps/core.xml":
        target.writestr(member, _STAMPS.sub(rb"\g<1>2026-01-01T00:00:00Z", source.read(name)))
        return
    with source.open(name) as inner, target.open(member, "w", force_zip64=True) as outer:
        shutil.copyfileobj(inner, outer, 1 << 20)


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A whole CSV file, UTF-8 with Unix line ends, as the reference tables have them."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")


def replace_text(path: Path, draft: Path) -> None:
    """Put a finished draft in its place, after its bytes have reached the disk."""
    with draft.open("rb") as stream:
        os.fsync(stream.fileno())
    draft.replace(path)
