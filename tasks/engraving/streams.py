"""Streams as PDF/A wants them, and content packed quickly."""

from typing import Any

from isal import isal_zlib
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream

_LEVEL = 3


class LinedStream(PDFStream):  # type: ignore[misc]
    """A stream whose data end in a line end that is not theirs (ISO 19005-2, 6.1.7.1)."""

    def format(self, document: Any) -> bytes:
        """The stream as it stands in the file."""
        formatted: bytes = super().format(document)
        return formatted.removesuffix(b"endstream\n") + b"\nendstream\n"


def line_streams(document: Any) -> None:
    """Let every stream of the document that the library made end so."""
    for thing in document.idToObject.values():
        if type(thing) is PDFStream:
            thing.__class__ = LinedStream


def content_stream(operators: bytes) -> LinedStream:
    """A content stream of a page."""
    return LinedStream(PDFDictionary({"Filter": PDFArray([PDFName("FlateDecode")])}), packed(operators))


def packed(operators: bytes) -> bytes:
    """A content stream as it is stored in the file; what the library takes for it is four times as slow."""
    smaller: bytes = isal_zlib.compress(operators, _LEVEL)
    return smaller
