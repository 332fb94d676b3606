"""Certificates in bulk: one is drawn by the PDF library, of the others only the personal part is.

All certificates of one shape (kind, role, fields shown, day of issue) are the same file up to their last two objects:
the personal content stream and the signature. So the file is cut there once and pieced together anew for each person;
the result is byte for byte what the library would have written, and `Template` proves it on the one it is made from.
"""

from dataclasses import dataclass

from tasks.engraving.errors import EngravingError
from tasks.engraving.streams import packed
from tasks.signing.seal import Prefixed, Seal

_STARTXREF = b"\nstartxref\n"
_ENTRY = b"%010d 00000 n \n"
_HEAD = b"%d 0 obj\n<<\n/Filter [ /FlateDecode ] /Length %d\n>>\nstream\n"
_FOOT = b"\nendstream\nendobj\n"
_SIGNATURE = b" 0 obj\n<</Type /Sig "


@dataclass(frozen=True, slots=True)
class _Cut:
    """The constant pieces of a file; the offsets in its cross-reference table are those of the pieces."""

    number: int
    """of the object that holds the personal content"""
    prefix: bytes
    signature: bytes
    entries: tuple[bytes, bytes]
    """the cross-reference table around the entry of the signature"""
    trailer: tuple[bytes, bytes, bytes]
    """around the file's two IDs, up to where the table begins"""


class Template:
    """What all certificates of one shape share."""

    def __init__(self, reference: bytes, identity: str, content: bytes, seal: Seal) -> None:
        """Cut a file that the library wrote.

        Args:
            reference: the file, its signature empty.
            identity: its ID.
            content: the operators of its personal part, as they were written down without the library.
            seal: what signs.

        Raises:
            EngravingError: the file cannot be pieced together again to the same bytes.
        """
        self._cut = _cut(reference, identity)
        if self._cut.prefix + self._rest(content, identity) != reference:
            raise EngravingError(
                "certificate: the quick drawing differs from the library's; nothing was issued. Have it mended."
            )
        self._sealed: Prefixed = seal.prefixed(self._cut.prefix)

    def signed(self, content: bytes, identity: str) -> bytes:
        """The whole, signed file around these operators."""
        return self._cut.prefix + self._sealed.sign(self._rest(content, identity))

    def _rest(self, content: bytes, identity: str) -> bytes:
        cut, stream, name = self._cut, packed(content), identity.encode()
        facts = _HEAD % (cut.number, len(stream)) + stream + _FOOT
        signature_at = len(cut.prefix) + len(facts)
        table_at = signature_at + len(cut.signature)
        return b"".join(
            (
                *(facts, cut.signature, cut.entries[0], _ENTRY % signature_at, cut.entries[1]),
                *(cut.trailer[0], name, cut.trailer[1], name, cut.trailer[2]),
                b"%s%d\n%%%%EOF\n" % (_STARTXREF, table_at),
            )
        )


def _cut(pdf: bytes, identity: str) -> _Cut:
    end = pdf.rindex(_STARTXREF)
    table_at = int(pdf[end + len(_STARTXREF) :].split(b"\n", 1)[0])
    signature_at = pdf.rindex(b"\n", 0, pdf.rindex(_SIGNATURE)) + 1
    facts_at = pdf.rindex(b"endobj\n", 0, pdf.rindex(b" 0 obj\n", 0, signature_at)) + len(b"endobj\n")
    entry = pdf.index(_ENTRY % signature_at, table_at)
    first, second, third = pdf[pdf.index(b"trailer\n", table_at) : end].split(identity.encode())
    return _Cut(
        number=int(pdf[facts_at : pdf.index(b" ", facts_at)]),
        prefix=pdf[:facts_at],
        signature=pdf[signature_at:table_at],
        entries=(pdf[table_at:entry], pdf[entry + 20 : pdf.index(b"trailer\n", table_at)]),
        trailer=(first, second, third),
    )
