"""Files that are not what they should be: locked, cut short, disguised, or carrying something active."""

import io
import zipfile
from collections.abc import Callable
from random import Random

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from tasks.sampling.sheet_pdf import draw_marks, sheet_to_pdf
from tasks.sampling.sheets import Sheet


def _empty(_sheet: Sheet, _rng: Random) -> bytes:
    return b""


def _encrypted(sheet: Sheet, rng: Random) -> bytes:
    password = f"{rng.randint(10**7, 10**8)}"
    return _drawn(sheet, encrypt=StandardEncryption(password, ownerPassword=password[::-1], strength=128))


def _truncated(sheet: Sheet, rng: Random) -> bytes:
    """The upload broke off before the page tree, so that no reader can mend it."""
    whole = sheet_to_pdf(sheet)
    return whole[: whole.index(b"/Catalog") - rng.randint(20, 60)]


def _html(_sheet: Sheet, rng: Random) -> bytes:
    number = rng.randint(10**7, 10**8)
    return (
        "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Your session has expired</h1>"
        f"<p>Sign in again to download your document. Reference {number}.</p></body></html>\n"
    ).encode()


def _zip(_sheet: Sheet, rng: Random) -> bytes:
    """A word processor's file under a PDF's name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo("word/document.xml", date_time=(2026, 1, 1, 0, 0, 0))
        archive.writestr(member, f"<document><p>See attached, number {rng.randint(10**6, 10**8)}.</p></document>")
    return stream.getvalue()


def _javascript(sheet: Sheet, rng: Random) -> bytes:
    script = f"app.alert('Document {rng.randint(1, 9999)} is ready');"
    return _drawn(sheet, OpenAction=PDFDictionary({"S": PDFName("JavaScript"), "JS": PDFString(script)}))


def _launch(sheet: Sheet, rng: Random) -> bytes:
    return _drawn(
        sheet, OpenAction=PDFDictionary({"S": PDFName("Launch"), "F": PDFString(f"open{rng.randint(1, 99)}.exe")})
    )


def _embedded(sheet: Sheet, rng: Random) -> bytes:
    content = PDFStream(content=f"attachment {rng.randint(1, 10**6)}")
    name = PDFString("payload.bin")
    spec = PDFDictionary({"Type": PDFName("Filespec"), "F": name, "EF": PDFDictionary({"F": content})})
    files = PDFDictionary({"Names": PDFArray([name, spec])})
    return _drawn(sheet, Names=PDFDictionary({"EmbeddedFiles": files}))


def _drawn(sheet: Sheet, encrypt: StandardEncryption | None = None, **catalog: PDFDictionary) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(sheet.width, sheet.height), invariant=1, pageCompression=1, encrypt=encrypt)
    draw_marks(canvas, sheet)
    for key, value in catalog.items():
        setattr(canvas._doc.Catalog, key, value)
    canvas.save()
    return stream.getvalue()


UNREADABLE: dict[str, Callable[[Sheet, Random], bytes]] = {
    "empty": _empty,
    "encrypted": _encrypted,
    "truncated": _truncated,
    "html": _html,
    "zip": _zip,
}
UNSAFE: dict[str, Callable[[Sheet, Random], bytes]] = {
    "javascript": _javascript,
    "launch": _launch,
    "embedded": _embedded,
}
BROKEN = UNREADABLE | UNSAFE
