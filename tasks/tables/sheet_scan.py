"""A look at a workbook's raw first sheet before it is opened: how far it reaches, which cells would read as empty."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from tasks.tables.raw import Flaw, TableRefused

_UNPACKED_LIMIT = 2 << 30
_BLOCK = 1 << 16
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"


@dataclass
class Marks:
    """Last row and column with a value (1-based), and flaws by sheet row (1-based) and column (0-based)."""

    rows: int = 0
    columns: int = 0
    flaws: dict[int, dict[int, Flaw]] = field(default_factory=dict)


class _DocumentTypeError(Exception):
    """XML with a document type, which no spreadsheet program writes and entity bombs need."""


def scan_first_sheet(path: Path) -> Marks:
    """Walk the first sheet's XML, cell by cell, in bounded memory.

    Raises:
        TableRefused: not a workbook, more than 2 GB unpacked, protected or damaged.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            _bounded_or_refuse(path, packed)
            with packed.open(_first_sheet(packed)) as stream:
                return _CellScan().over(stream)
    except (zipfile.BadZipFile, KeyError, RuntimeError, EOFError, OSError):
        what = "is not an XLSX workbook, or it is protected by a password"
        raise TableRefused(f"{path.name} {what}. Save it as .xlsx without a password.") from None
    except (expat.ExpatError, _DocumentTypeError, ValueError, zlib.error):
        raise TableRefused(f"{path.name}: its first sheet is damaged. Open it, save it again and export.") from None


def _bounded_or_refuse(path: Path, packed: zipfile.ZipFile) -> None:
    names = [member.filename for member in packed.infolist()]
    if len(set(names)) != len(names):
        raise TableRefused(f"{path.name} holds two parts of one name. Open it, save it again and export.")
    if sum(member.file_size for member in packed.infolist()) > _UNPACKED_LIMIT:
        raise TableRefused(f"{path.name} unpacks to more than 2 GB. Send the table as CSV.")


def _first_sheet(packed: zipfile.ZipFile) -> str:
    """The part that holds the first sheet; KeyError when the workbook names none."""
    sheets = [attributes for name, attributes in _elements(packed, _BOOK) if name == "sheet"]
    link = next((value for key, value in sheets[0].items() if _local(key) == "id"), "") if sheets else ""
    links = (attributes for name, attributes in _elements(packed, _LINKS) if name == "Relationship")
    target = {attributes["Id"]: attributes["Target"] for attributes in links}[link]
    return target.removeprefix("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _elements(packed: zipfile.ZipFile, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()
    parser.StartElementHandler = lambda name, attributes: found.append((_local(name), attributes))
    with packed.open(part) as stream:
        parser.ParseFile(stream)
    return iter(found)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.buffer_text = True
    return parser


def _refuse_document_type(*_: object) -> None:
    raise _DocumentTypeError


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _CellScan:
    """Follows cells through the sheet's XML; positions are counted where the XML leaves them out, as readers do."""

    def __init__(self) -> None:
        self.marks = Marks()
        self._row = self._column = 0
        self._inside: str = ""
        self._type = ""
        self._formula = self._result = False

    def over(self, stream: IO[bytes]) -> Marks:
        parser = _parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        while block := stream.read(_BLOCK):
            parser.Parse(block)
        parser.Parse(b"", True)
        return self.marks

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = _local(name)
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "f":
            self._formula = True
        elif name in {"v", "is"}:
            self._inside = name

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._column += 1
        if match := _REFERENCE.fullmatch(attributes.get("r", "")):
            self._column, self._row = _column_number(match[1]), int(match[2])
        self._type = attributes.get("t", "")
        self._formula = self._result = False

    def _data(self, _: str) -> None:
        self._result = self._result or bool(self._inside)

    def _end(self, name: str) -> None:
        name = _local(name)
        if name in {"v", "is"}:
            self._inside = ""
        elif name == "c" and (self._formula or self._result):
            self._end_cell()

    def _end_cell(self) -> None:
        self.marks.rows = max(self.marks.rows, self._row)
        self.marks.columns = max(self.marks.columns, self._column)
        empty = self._formula and not self._result and self._type != "str"
        if empty or self._type == "e":
            flaw = Flaw.CELL_FORMULA_EMPTY if empty else Flaw.CELL_ERROR
            self.marks.flaws.setdefault(self._row, {})[self._column - 1] = flaw


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
