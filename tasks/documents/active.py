"""What in a PDF would act when it is opened: scripts, programs to start, files inside the file."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral

_SCRIPT, _LAUNCH = "a script", "an action that starts a program"
_FILE, _MEDIA, _SENDS = "a file inside of it", "rich media", "an action that sends or fetches data"

_KEYS = {"JS": _SCRIPT, "JavaScript": _SCRIPT, "EF": _FILE, "EmbeddedFiles": _FILE}
_NAMES = {
    "JavaScript": _SCRIPT,
    "Launch": _LAUNCH,
    "EmbeddedFile": _FILE,
    "GoToE": _FILE,
    "RichMedia": _MEDIA,
    "SubmitForm": _SENDS,
    "ImportData": _SENDS,
}
# Long enough that compressed bytes do not spell them by chance; `/JS` and `/EF` would be found in honest pictures.
_RAW = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)(?=[\s/<>\[\](){}%]|$)")
# The names, also where chance spells them, and what keeps objects in compressed streams.
_MAY_ACT = re.compile(b"/(?:" + "|".join(sorted({*_KEYS, *_NAMES, "ObjStm", "XRef"})).encode() + b")")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")


class TooManyObjectsError(Exception):
    """The file declares more indirect objects than are looked through."""


def active_in_bytes(data: bytes) -> str:
    """What acts according to names in the file's own bytes, escapes undone; empty when nothing does."""
    found = _RAW.search(_unescaped(data))
    return {**_NAMES, **_KEYS}[found[1].decode()] if found else ""


def active_by_pdfium(raw: pdfium.FPDF_DOCUMENT) -> str:
    """What acts according to pdfium, which follows name trees and knows nothing of unused objects."""
    if pdfium.FPDFDoc_GetJavaScriptActionCount(raw) > 0:
        return _SCRIPT
    return _FILE if pdfium.FPDFDoc_GetAttachmentCount(raw) > 0 else ""


def active_in_objects(document: PDFDocument, data: bytes, most: int) -> str:
    """What acts according to every object the file declares, object streams included; empty when nothing does.

    The objects are walked only when there can be anything: a name in an object that is not compressed stands in the
    file's bytes, so where these spell none of the names, and there are no object streams, no object holds one.

    Raises:
        TooManyObjectsError: more than `most` objects are declared.
    """
    opening = resolve1(document.catalog.get("OpenAction"))
    if isinstance(opening, dict) and _name(resolve1(opening.get("S"))) not in {"GoTo", ""}:
        return "an action that runs when it is opened"
    numbers = list(islice(_numbers(document), most + 1))
    if len(numbers) > most:
        raise TooManyObjectsError
    if not _MAY_ACT.search(_unescaped(data)):
        return ""
    return next((found for number in numbers for found in _acts(document, number)), "")


def _unescaped(data: bytes) -> bytes:
    return _HEX.sub(lambda escape: bytes([int(escape[1], 16)]), data)


def _numbers(document: PDFDocument) -> Iterator[int]:
    for table in document.xrefs:
        yield from table.get_objids()


def _acts(document: PDFDocument, number: int) -> Iterator[str]:
    """Whatever acts within one indirect object; an object that cannot be parsed is left to the other two looks."""
    try:
        waiting: list[Any] = [document.getobj(number)]
    except MemoryError:
        raise
    except Exception:
        return
    while waiting:
        item = waiting.pop()
        if isinstance(item, PDFStream):
            item = item.attrs
        if isinstance(item, dict):
            yield from _acts_in(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


def _acts_in(entries: dict[str, Any]) -> Iterator[str]:
    yield from (_KEYS[key] for key in entries if key in _KEYS)
    for key in ("S", "Type", "Subtype"):
        value = entries.get(key)
        name = _name(resolve1(value) if isinstance(value, PDFObjRef) else value)
        if name in _NAMES:
            yield _NAMES[name]


def _name(value: object) -> str:
    return str(value.name) if isinstance(value, PSLiteral) and isinstance(value.name, str) else ""
