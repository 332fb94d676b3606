"""Looking at a PDF: first whether it is safe and light enough, then the words on its first pages.

pdfium opens it first: it is quick and refuses what is broken; pdfplumber then reads the words. Two parsers that
disagree about the number of pages would show two people two documents, so such a file is not read as text.
Runs only in a caged child: pdfium ends the whole process when memory runs out.
"""

import io

import pdfplumber
import pdfplumber.pdf
import pypdfium2
import pypdfium2.raw as pdfium

from registry.facts import ReadState
from tasks.clock import today
from tasks.documents.active import TooManyObjectsError, active_by_pdfium, active_in_bytes, active_in_objects
from tasks.documents.ink import printed
from tasks.documents.kinds import PDF
from tasks.documents.limits import Limits
from tasks.documents.lines import ReadLine, text_and_spots, usable_characters
from tasks.documents.looks import Look, unreadable, unsafe
from tasks.documents.mrz import read_zones
from tasks.documents.pages import Word, lines_of, shown_box, words_on

_ENOUGH = 20
"""Letters and digits below which a text layer says nothing: a page number, a stamp, a scanner's name."""
_ROUNDS = 3
_FACES = (b"Helvetica", b"Helvetica-Bold", b"Times-Roman", b"Courier")
_LINE = b"The quick brown fox jumps over the lazy dog, 0123456789."


def warm_up() -> None:
    """Reads a page of our own until fonts are loaded and calls are quick, so that no child pays for that: half of all.

    Call it once in the process that forks the children.
    """
    for _ in range(_ROUNDS):
        look_at_pdf(_specimen(), Limits())


def _specimen() -> bytes:
    """One page that uses what most pages use."""
    fonts = [b"/%s << /Type /Font /Subtype /Type1 /BaseFont /%s >>" % (face, face) for face in _FACES]
    lines = [b"/%s 9 Tf 1 0 0 1 72 %d Tm (%s) Tj" % (face, 700 - 20 * n, _LINE) for n, face in enumerate(_FACES)]
    content = b"0.9 g 60 600 400 150 re f 0 g BT %s ET" % b" ".join(lines)
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 612 792] >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << %s >> >> >>" % b" ".join(fonts),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 5\n0000000000 65535 f \n%strailer\n<< /Size 5 /Root 1 0 R >>\n" % b"".join(places)
    return out + table + b"startxref\n%d\n%%%%EOF\n" % len(out)


def look_at_pdf(data: bytes, limits: Limits) -> Look:
    """The facts of a PDF. Errors of the parsers become states; only a lack of memory is raised (MemoryError)."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return _cannot_open(error)
    pages = len(document)
    why = _refusal(document, data, pages, limits)
    if why:
        return unsafe(why, media_type=PDF.media_type, pages=pages)
    if not pages:
        return unreadable("The PDF has no pages.", media_type=PDF.media_type)
    try:
        opened = [document[number] for number in range(min(pages, limits.pages_read))]
        heavy, texts = _weigh(opened, limits)
    except pypdfium2.PdfiumError:
        return unreadable("A page of the PDF is damaged.", media_type=PDF.media_type, pages=pages)
    if heavy:
        return unsafe(heavy, media_type=PDF.media_type, pages=pages)
    return _read(data, pages, texts, limits)


def _cannot_open(error: pypdfium2.PdfiumError) -> Look:
    locked = error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
    why = "The PDF is protected by a password." if locked else "The PDF is damaged or incomplete."
    return unreadable(why, media_type=PDF.media_type)


def _refusal(document: pypdfium2.PdfDocument, data: bytes, pages: int, limits: Limits) -> str:
    """Why the PDF is not to be read at all, or empty."""
    if pages > limits.pages:
        return f"The PDF has {pages} pages; at most {limits.pages} are accepted."
    found = active_in_bytes(data) or active_by_pdfium(document.raw)
    return f"The PDF carries {found}." if found else ""


def _weigh(opened: list[pypdfium2.PdfPage], limits: Limits) -> tuple[str, list[pypdfium2.PdfPage | None]]:
    """Why the first pages are too heavy to be laid out, or empty; and the pages, None for one without characters."""
    texts: list[pypdfium2.PdfPage | None] = []
    for number, page in enumerate(opened, start=1):
        characters = page.get_textpage().count_chars()
        if characters > limits.page_characters:
            return f"Page {number} holds {characters} characters, more than a page can show.", []
        if pdfium.FPDFPage_CountObjects(page) > limits.page_objects:
            return f"Page {number} is drawn from more than {limits.page_objects} pieces.", []
        texts.append(page if characters > 0 else None)
    return "", texts


def _read(data: bytes, pages: int, texts: list[pypdfium2.PdfPage | None], limits: Limits) -> Look:
    """The words by pdfplumber; whatever its parser raises on a malformed file becomes a state."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            found = active_in_objects(pdf.doc, data, limits.objects)
            if found:
                return unsafe(f"The PDF carries {found}.", media_type=PDF.media_type, pages=pages)
            return _read_open(pdf, pages, texts, limits)
    except TooManyObjectsError:
        return unsafe(f"The PDF has more than {limits.objects} objects.", media_type=PDF.media_type, pages=pages)
    except RecursionError:
        return unsafe("The PDF is nested too deeply.", media_type=PDF.media_type, pages=pages)
    except MemoryError:
        raise
    except Exception:  # plain TypeErrors and KeyErrors come through
        return _silent("The text of the PDF could not be read.", pages)


def _read_open(pdf: pdfplumber.pdf.PDF, pages: int, texts: list[pypdfium2.PdfPage | None], limits: Limits) -> Look:
    if len(pdf.pages) != pages:
        return _silent("Two readers disagree on how many pages the PDF has.", pages)
    if not any(texts):
        return _silent("The PDF holds pictures and no text.", pages)
    lines, unseen = _lines(pdf, texts)
    text, spots = text_and_spots(lines, limits.characters)
    seen = usable_characters(text)
    if seen + unseen < _ENOUGH:
        return _silent("The PDF has next to no text.", pages)
    if seen < max(unseen, _ENOUGH):
        return _silent("Its text layer is not what is printed: most of its words do not show on the page.", pages)
    return Look(ReadState.TEXT, "", PDF.media_type, pages, text, "layer", spots, read_zones(lines, today()))


def _lines(pdf: pdfplumber.pdf.PDF, texts: list[pypdfium2.PdfPage | None]) -> tuple[list[ReadLine], int]:
    """The printed lines of the pages that have any, and how many letters and digits of the layer are not printed."""
    lines: list[ReadLine] = []
    laid = seen = 0
    for page, drawn in zip(pdf.pages, texts, strict=False):
        words = words_on(page) if drawn else []
        shown = printed(words, drawn, shown_box(page)) if drawn and words else []
        laid, seen = laid + _letters(words), seen + _letters(shown)
        lines += lines_of(shown, page)
        page.close()  # or every page's objects stay until the end: 2.7 GB on 200 dense pages
    return lines, laid - seen


def _letters(words: list[Word]) -> int:
    return sum(usable_characters(word["text"]) for word in words)


def _silent(why: str, pages: int) -> Look:
    return Look(ReadState.NO_TEXT, why, PDF.media_type, pages)
