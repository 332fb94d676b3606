"""What honest uploads give: their words in lines, or the plain statement that there are none."""

import importlib.util
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from registry.facts import DocumentFacts, ReadState
from tasks.documents.kinds import HEIC, PDF, kind_of

_spec = importlib.util.spec_from_file_location("uploads", Path(__file__).with_name("conftest.py"))
assert _spec is not None
assert _spec.loader is not None
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

Read = Callable[..., DocumentFacts]
WORDS = "Maria Santos lives at 12 Elm Street in Hartford"


def drawn(draw: Callable[..., None]) -> bytes:
    from reportlab.pdfgen import canvas

    out = io.BytesIO()
    drawing = canvas.Canvas(out)
    draw(drawing)
    drawing.save()
    return out.getvalue()


def bill(drawing: object) -> None:
    for x, y, text in (
        (50, 780, "Northeast Light"),
        (400, 780, "Bill date: 11/03/2026"),
        (50, 700, "MARIA SANTOS"),
        (50, 686, "12 ELM ST APT 3"),
        (50, 672, "HARTFORD CT 06103"),
    ):
        drawing.drawString(x, y, text)  # type: ignore[attr-defined]


def test_a_bill_gives_its_lines_with_the_columns_apart(read: Read) -> None:
    facts = read(drawn(bill))
    assert facts.state is ReadState.TEXT
    assert facts.text.splitlines() == [
        "Northeast Light\tBill date: 11/03/2026",
        "MARIA SANTOS",
        "12 ELM ST APT 3",
        "HARTFORD CT 06103",
    ]
    assert (facts.pages, facts.media_type, facts.why) == (1, "application/pdf", "")


def test_each_line_tells_where_on_its_page_it_stands(read: Read) -> None:
    facts = read(drawn(bill))
    name = facts.spots[facts.text.splitlines().index("MARIA SANTOS")]
    left, top, right, bottom = name.box
    assert (name.page, name.confidence_percent, name.turn_degrees) == (1, 100, 0)
    assert left == pytest.approx(50 / 595.28, abs=0.002)
    assert right - left == pytest.approx(stringWidth("MARIA SANTOS", "Helvetica", 12) / 595.28, abs=0.005)
    assert top < 1 - 704 / 841.89 < bottom


def test_only_the_first_pages_are_read_and_all_are_counted(read: Read) -> None:
    def seven_pages(drawing: object) -> None:
        for number in range(7):
            drawing.drawString(50, 700, f"This is page {number} of a long lease")  # type: ignore[attr-defined]
            drawing.showPage()  # type: ignore[attr-defined]

    facts = read(drawn(seven_pages))
    assert facts.pages == 7
    assert "page 4" in facts.text
    assert "page 5" not in facts.text


@pytest.mark.parametrize(
    "drawing",
    [
        b"1 1 1 rg " + make.PAGE_WORDS,
        b"1 g " + make.PAGE_WORDS,
        b"0 0 0 0 k " + make.PAGE_WORDS,
        make.PAGE_WORDS.replace(b"12 Tf", b"1 Tf"),
        make.PAGE_WORDS.replace(b"50 700", b"900 700"),
    ],
    ids=["white", "white grey", "white ink", "tiny", "off the page"],
)
def test_words_that_nobody_sees_are_not_read(drawing: bytes, read: Read) -> None:
    assert read(make.one_page(make.stream(b"", drawing))).state is ReadState.NO_TEXT


def test_white_words_on_a_dark_bar_are_read(read: Read) -> None:
    bar = b"0 0 0.4 rg 40 690 500 40 re f 1 1 1 rg "
    assert read(make.one_page(make.stream(b"", bar + make.PAGE_WORDS))).text == WORDS


def test_ligatures_and_composed_accents_come_out_as_letters() -> None:
    from tasks.documents.lines import normal

    assert normal("o\ufb03ce Jose\u0301\u00a0P\u200bérez (cid:12)") == "office José Pérez "


@pytest.mark.parametrize("opening", [b"[3 0 R /Fit]", b"<< /S /GoTo /D [3 0 R /Fit] >>"], ids=["destination", "action"])
def test_a_pdf_that_only_says_where_to_open_is_read(opening: bytes, read: Read) -> None:
    assert read(make.one_page(catalog=b"/OpenAction " + opening)).text == WORDS


def test_a_pdf_with_object_streams_is_read(read: Read) -> None:
    assert read(make.with_object_stream(b"<< /Nothing true >>")).text == WORDS


def test_a_pdf_that_opens_without_a_password_is_read_though_it_is_encrypted(read: Read) -> None:
    assert read(make.encrypted("")).text == WORDS


def test_a_pdf_without_words_has_no_text(read: Read) -> None:
    facts = read(make.one_page(make.stream(b"", b"0 0 9 9 re f")))
    assert (facts.state, facts.pages, facts.text) == (ReadState.NO_TEXT, 1, "")


def test_a_pdf_that_one_reader_cannot_follow_is_left_to_a_person(read: Read) -> None:
    without_size = make.one_page().replace(b"/MediaBox [0 0 612 792] ", b" " * 24)
    assert read(without_size).state is ReadState.NO_TEXT


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "GIF"])
def test_a_whole_picture_has_no_text_and_its_own_media_type(kind: str, read: Read) -> None:
    facts = read(make.picture(kind))
    assert (facts.state, facts.media_type) == (ReadState.NO_TEXT, f"image/{kind.lower()}")


def test_the_beginning_tells_the_kind_and_a_late_pdf_header_is_still_one() -> None:
    assert kind_of(b"\0\0\0\x18ftypmif1") is HEIC
    assert kind_of(b"\r\n\x00 %PDF-1.7") is PDF


def test_a_line_in_the_right_column_alone_begins_with_a_tab(read: Read) -> None:
    def two_columns(drawing: object) -> None:
        drawing.drawString(50, 700, "12 Elm Street")  # type: ignore[attr-defined]
        drawing.drawString(400, 693, "Bill date 11/03/2026")  # type: ignore[attr-defined]
        drawing.drawString(50, 686, "Hartford CT 06103")  # type: ignore[attr-defined]

    lines = read(drawn(two_columns)).text.split("\n")
    assert lines == ["12 Elm Street", "\tBill date 11/03/2026", "Hartford CT 06103"]


def test_hebrew_and_arabic_are_read_from_the_right() -> None:
    from tasks.documents.lines import normal

    assert normal("1 לארשי דוד 12") == "1 דוד ישראל 12"
