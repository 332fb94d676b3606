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
from tasks.documents.active import TooManyObjectsError, active_by_pdfium, active_in_bytes, active_in_objects
from tasks.documents.kinds import PDF
from tasks.documents.limits import Limits
from tasks.documents.looks import Look, unreadable, unsafe
from tasks.documents.pages import normal, page_text, usable_characters

_ENOUGH = 20
"""Letters and digits below which a text layer says nothing: a page number, a stamp, a scanner's name."""


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
        heavy, printed = _weigh(document, min(pages, limits.pages_read), limits)
    except pypdfium2.PdfiumError:
        return unreadable("A page of the PDF is damaged.", media_type=PDF.media_type, pages=pages)
    if heavy:
        return unsafe(heavy, media_type=PDF.media_type, pages=pages)
    return _read(data, pages, printed > 0, limits)


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


def _weigh(document: pypdfium2.PdfDocument, pages: int, limits: Limits) -> tuple[str, int]:
    """Why the first pages are too heavy to be laid out, or empty; and how many characters stand on them."""
    printed = 0
    for number in range(pages):
        page = document[number]
        characters = page.get_textpage().count_chars()
        if characters > limits.page_characters:
            return f"Page {number + 1} holds {characters} characters, more than a page can show.", 0
        if pdfium.FPDFPage_CountObjects(page) > limits.page_objects:
            return f"Page {number + 1} is drawn from more than {limits.page_objects} pieces.", 0
        printed += max(characters, 0)
    return "", printed


def _read(data: bytes, pages: int, printed: bool, limits: Limits) -> Look:
    """The words by pdfplumber; whatever its parser raises on a malformed file becomes a state."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            return _read_open(pdf, pages, printed, limits)
    except TooManyObjectsError:
        return unsafe(f"The PDF has more than {limits.objects} objects.", media_type=PDF.media_type, pages=pages)
    except RecursionError:
        return unsafe("The PDF is nested too deeply.", media_type=PDF.media_type, pages=pages)
    except MemoryError:
        raise
    except Exception:  # plain TypeErrors and KeyErrors come through
        return _silent("The text of the PDF could not be read.", pages)


def _read_open(pdf: pdfplumber.pdf.PDF, pages: int, printed: bool, limits: Limits) -> Look:
    """The words, once the objects that this parser sees were looked through, scans included."""
    found = active_in_objects(pdf.doc, limits.objects)
    if found:
        return unsafe(f"The PDF carries {found}.", media_type=PDF.media_type, pages=pages)
    if len(pdf.pages) != pages:
        return _silent("Two readers disagree on how many pages the PDF has.", pages)
    return _with_text(_words(pdf, limits), pages) if printed else _silent("The PDF holds pictures and no text.", pages)


def _words(pdf: pdfplumber.pdf.PDF, limits: Limits) -> str:
    texts: list[str] = []
    for page in pdf.pages[: limits.pages_read]:
        texts.append(normal(page_text(page)))
        page.close()  # or every page's objects stay until the end: 2.7 GB on 200 dense pages
    return "\n".join(texts)[: limits.characters]


def _with_text(text: str, pages: int) -> Look:
    if usable_characters(text) < _ENOUGH:
        return _silent("The PDF has next to no text.", pages)
    return Look(ReadState.TEXT, "", PDF.media_type, pages, text)


def _silent(why: str, pages: int) -> Look:
    return Look(ReadState.NO_TEXT, why, PDF.media_type, pages)
