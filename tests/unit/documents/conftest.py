"""Uploads made by hand: honest ones, and the kinds that were made to hurt."""

import io
import os
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image

from registry.facts import DocumentFacts
from tasks.documents.limits import Limits
from tasks.documents.reading import read_documents

Read = Callable[..., DocumentFacts]
PAGE_WORDS = b"BT /F1 12 Tf 50 700 Td (Maria Santos lives at 12 Elm Street in Hartford) Tj ET"
_NOISE = 7


def stream(entries: bytes, content: bytes) -> bytes:
    """A stream object with its length."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def deflated(entries: bytes, content: bytes) -> bytes:
    return stream(b"/Filter /FlateDecode " + entries, zlib.compress(content))


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of numbered objects, the first being the catalog, with a plain cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    size = len(places) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d %s >>\n" % (size, table, size, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def one_page(
    content: bytes | None = None,
    catalog: bytes = b"",
    page: bytes = b"",
    more: Sequence[bytes] = (),
    xobject: bytes = b"",
) -> bytes:
    """A PDF of one page with a Helvetica /F1; `content` and those in `more` (from object 6) are whole objects."""
    resources = b"/Resources << /Font << /F1 5 0 R >> /XObject << %s >> >>" % xobject
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R %s %s >>" % (resources, page),
            stream(b"", PAGE_WORDS) if content is None else content,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            *more,
        ]
    )


def with_object_stream(hidden: bytes) -> bytes:
    """A PDF that keeps its catalog and `hidden`, the catalog's /Extra, in a compressed object stream."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Extra 7 0 R >>"
    inside = b"1 0 7 %d " % len(catalog)
    bodies = {
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        4: stream(b"", PAGE_WORDS),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: deflated(b"/Type /ObjStm /N 2 /First %d" % len(inside), inside + catalog + hidden),
    }
    out, rows = bytearray(b"%PDF-1.7\n"), {0: (0, 0, 0), 1: (2, 6, 0), 7: (2, 6, 1)}
    for number, body in bodies.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows[8] = (1, start, 0)
    packed = b"".join(bytes([a]) + b.to_bytes(4, "big") + bytes([c]) for _, (a, b, c) in sorted(rows.items()))
    out += b"8 0 obj\n%s\nendobj\n" % deflated(b"/Type /XRef /Size 9 /W [1 4 1] /Root 1 0 R", packed)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def encrypted(password: str) -> bytes:
    """A one-page PDF that opens with this password only."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    drawing = canvas.Canvas(out, encrypt=StandardEncryption(password, ownerPassword="owner", strength=128))
    drawing.drawString(50, 700, "Maria Santos lives at 12 Elm Street in Hartford")
    drawing.save()
    return out.getvalue()


def picture(kind: str, size: tuple[int, int] = (240, 160)) -> bytes:
    """A noisy picture, so that it does not compress to next to nothing."""
    noise = bytes((index * index * _NOISE) % 251 for index in range(size[0] * size[1] * 3))
    out = io.BytesIO()
    Image.frombytes("RGB", size, noise).save(out, format=kind)
    return out.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Looks at one upload with these bytes through the whole machinery."""

    def look(data: bytes, limits: Limits | None = None) -> DocumentFacts:
        path = tmp_path / f"{os.urandom(4).hex()}.pdf"
        path.write_bytes(data)
        (facts,) = read_documents([("digest", path)], 1, limits)
        return facts

    return look
