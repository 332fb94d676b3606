"""Only what is printed on a page is believed, and it reads as pdfplumber's own characters do."""

import importlib.util
import io
from datetime import date
from pathlib import Path
from random import Random

import pdfplumber
import pytest
from pdfplumber.page import Page
from pdfplumber.utils.text import extract_words

from registry.facts import ReadState
from tasks.documents.limits import Limits
from tasks.documents.looks import Look
from tasks.documents.pages import lines_of, words_on
from tasks.documents.pdf import _specimen, look_at_pdf, warm_up
from tasks.sampling.places import Home
from tasks.sampling.residency import PAPERS
from tasks.sampling.sheet_image import sheet_to_image
from tasks.sampling.sheet_pdf import sheet_to_pdf
from tasks.sampling.stationery import Proof

_spec = importlib.util.spec_from_file_location("uploads", Path(__file__).with_name("conftest.py"))
assert _spec is not None
assert _spec.loader is not None
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

WORDS = "Maria Santos lives at 12 Elm Street in Hartford"
OTHERS = b"BT /F1 12 Tf 50 600 Td (Walter Ames lives at 7 Oak Avenue in Norwich, and so do all of his children) Tj ET "
HIDDEN = "most of its words do not show"
PICTURE = b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray "
PALE = make.stream(PICTURE, b"\xff\xf4\xf4\xff")
OVER_PAGE = b"q 612 0 0 792 0 0 cm /P Do Q "
LAYER = b"/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>"

HOME = Home(12, "Elm", "Street", "3B", "Hartford", "CT", "06103", "1234")
PROOF = Proof(("Maria Santos", "Walter Ames"), HOME, date(2026, 11, 3), "sans")


def look(data: bytes) -> Look:
    return look_at_pdf(data, Limits())


def page(content: bytes, entries: bytes = b"") -> bytes:
    """One page; /P is a pale picture, /T a state in which all is drawn transparent, /L a layer that is off."""
    resources = (
        b"/Resources << /Font << /F1 5 0 R >> /XObject << /P 7 0 R /X 9 0 R >> /ExtGState << /T 8 0 R >> "
        b"/Properties << /L 6 0 R >> >> "
    )
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >>"
    return bytes(
        make.pdf_of(
            [
                b"<< /Type /Catalog /Pages 2 0 R %s >>" % LAYER,
                b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R %s %s >>" % (resources, entries),
                make.stream(b"", content),
                b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
                b"<< /Type /OCG /Name (off) >>",
                PALE,
                b"<< /Type /ExtGState /ca 0.02 >>",
                make.stream(form, make.PAGE_WORDS),
            ]
        )
    )


@pytest.mark.parametrize(
    "content",
    [
        b"3 Tr " + make.PAGE_WORDS,
        OVER_PAGE + b"3 Tr " + make.PAGE_WORDS,
        make.PAGE_WORDS + OVER_PAGE,
        make.PAGE_WORDS + b" 1 g 40 690 500 40 re f",
        b"1 1 0.6 rg 40 690 500 40 re f 1 1 0.62 rg " + make.PAGE_WORDS,
        b"q 0 0 9 9 re W n " + make.PAGE_WORDS + b" Q",
        b"/T gs " + make.PAGE_WORDS,
        b"/OC /L BDC " + make.PAGE_WORDS + b" EMC",
        b"3 Tr /X Do",
    ],
    ids=[
        "invisible",
        "over a picture",
        "under a picture",
        "painted over",
        "in the ground's colour",
        "cut away",
        "transparent",
        "on a layer that is off",
        "invisible within a form",
    ],
)
def test_words_that_leave_no_ink_are_not_read(content: bytes) -> None:
    found = look(page(content))
    assert (found.state, found.text) == (ReadState.NO_TEXT, "")
    assert HIDDEN in found.why


@pytest.mark.parametrize(
    "content",
    [
        OVER_PAGE + make.PAGE_WORDS,
        b"q 60 0 0 60 50 730 cm /P Do Q " + make.PAGE_WORDS,
        b"0.75 g " + make.PAGE_WORDS,
        make.PAGE_WORDS.replace(b"12 Tf", b"3.5 Tf"),
        b"q 0.94 0.34 -0.34 0.94 0 0 cm 0.9 g BT /F1 90 Tf 200 300 Td (COPY) Tj ET Q " + make.PAGE_WORDS,
    ],
    ids=["on a letterhead", "beside a logo", "in light grey", "in small print", "under a stamp aslant"],
)
def test_words_that_one_sees_are_read(content: bytes) -> None:
    found = look(page(content))
    assert found.state is ReadState.TEXT
    assert WORDS in found.text


@pytest.mark.parametrize(
    "entries",
    [
        b"/Rotate 90",
        b"/Rotate 180",
        b"/Rotate 270",
        b"/CropBox [40 300 612 792]",
        b"/CropBox [40 300 640 900] /Rotate 90",
        b"/CropBox [40 300 640 900] /Rotate 270",
        b"/UserUnit 2",
    ],
)
def test_words_are_found_where_they_are_printed_however_the_page_lies(entries: bytes) -> None:
    words = make.PAGE_WORDS.replace(b"12 Tf", b"14 Tf")  # or a turned i is small print
    seen = look(page(words, entries)).text
    assert "Maria" in seen or "airaM" in seen  # upside down, words are read backwards
    assert look(page(b"3 Tr " + words, entries)).text == ""


def look_text_by_layout(data: bytes) -> str:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "\n".join(line.text for line in lines_of(words_on(pdf.pages[0]), pdf.pages[0]))


def test_invisible_words_among_visible_ones_are_left_out_alone() -> None:
    assert look(page(OTHERS + b"3 Tr BT /F1 12 Tf 50 700 Td (Maria Santos) Tj ET")).text.startswith("Walter Ames")
    assert "Maria" not in look(page(OTHERS + b"3 Tr BT /F1 12 Tf 50 700 Td (Maria Santos) Tj ET")).text


@pytest.mark.parametrize(("leading", "below"), [(18, 3.5), (18, 6), (18, 8), (18, 9), (20, 10), (22, 10), (24, 12)])
def test_of_two_texts_at_one_place_the_invisible_one_is_never_read(leading: float, below: float) -> None:
    """However far it is moved down between two printed lines, it borrows no ink that is not its own."""
    first, second = (
        b"BT /F1 12 Tf 50 %d Td (WALTER AMES OF OAK AVENUE IN NORWICH) Tj ET " % y for y in (700, 700 - leading)
    )
    hidden = b"3 Tr BT /F1 12 Tf 50 %.1f Td (MARIA SANTOS OF ELM STREET) Tj ET" % (700 - below)
    assert "MARIA" not in look(page(OTHERS + first + second + hidden)).text


def test_a_scan_with_a_visible_stamp_is_still_a_scan() -> None:
    layer = b"".join(b"3 Tr " + make.PAGE_WORDS.replace(b"700", b"%d" % y) + b" " for y in range(300, 700, 20))
    stamp = b"0 Tr BT /F1 8 Tf 50 20 Td (Scanned with a telephone on 11/03/2026) Tj ET"
    found = look(page(OVER_PAGE + layer + stamp))
    assert found.state is ReadState.NO_TEXT
    assert HIDDEN in found.why


@pytest.fixture(scope="module", params=sorted(PAPERS))
def paper(request: pytest.FixtureRequest) -> tuple[bytes, bytes]:
    """One of the sampler's papers, as it is printed to a file and as a scan with its words laid over it."""
    sheet = PAPERS[request.param](PROOF, Random(request.param))
    out = io.BytesIO()
    sheet_to_image(sheet, 60).convert("L").save(out, "JPEG")
    return sheet_to_pdf(sheet), sheet_to_pdf(sheet, out.getvalue())


def test_a_paper_gives_every_word_of_its_own_text_layer(paper: tuple[bytes, bytes]) -> None:
    found = look(paper[0])
    assert found.state is ReadState.TEXT
    assert found.text == look_text_by_layout(paper[0])


def test_a_searchable_scan_has_no_text_of_its_own(paper: tuple[bytes, bytes]) -> None:
    found = look(paper[1])
    assert found.state is ReadState.NO_TEXT
    assert HIDDEN in found.why


def by_pdfplumber(drawn: Page) -> list[tuple[object, ...]]:
    """The words of all of the page's characters, as pdfplumber itself makes them."""
    words = extract_words(drawn.chars, x_tolerance=2)
    return [(word["text"], word["x0"], word["x1"], word["top"], word["bottom"]) for word in words]


@pytest.mark.parametrize("entries", [b"", b"/Rotate 90", b"/MediaBox [-20 30 600 800]"])
def test_words_stand_where_pdfplumber_puts_them(entries: bytes) -> None:
    turned = b"q 0 1 -1 0 400 100 cm " + make.PAGE_WORDS.replace(b"50 700", b"50 50") + b" Q "
    data = page((turned + b"/X Do " + OTHERS), entries).replace(b"12 Tf", b"14 Tf")  # or a turned i is small print
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        ours = [tuple(word[key] for key in ("text", "x0", "x1", "top", "bottom")) for word in words_on(pdf.pages[0])]
        assert ours == by_pdfplumber(pdf.pages[0])
        assert len(ours) > 25


def test_papers_stand_where_pdfplumber_puts_them(paper: tuple[bytes, bytes]) -> None:
    with pdfplumber.open(io.BytesIO(paper[0])) as pdf:
        ours = [tuple(word[key] for key in ("text", "x0", "x1", "top", "bottom")) for word in words_on(pdf.pages[0])]
        assert ours == by_pdfplumber(pdf.pages[0])


def test_the_page_that_warms_the_reader_up_reads_as_text() -> None:
    warm_up()
    assert look(_specimen()).text.splitlines() == ["The quick brown fox jumps over the lazy dog, 0123456789."] * 4
