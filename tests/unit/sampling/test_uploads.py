"""What people upload can be read as the row says, unless the answers say otherwise."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from registry.reasons import Reason
from tasks.sampling.broken import UNREADABLE, UNSAFE
from tasks.sampling.delivery import make_sample
from tasks.sampling.faces import draw_face
from tasks.sampling.names import ascii_fold
from tasks.sampling.sheets import Sheet


def letters(text: str) -> str:
    return re.sub(r"\W", "", ascii_fold(text)).lower()


def born(text: str) -> date:
    pattern = "%m/%d/%Y" if "/" in text else "%Y-%m-%d"
    return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007


Pair = tuple[dict[str, str], set[str], Path]


def accepted(out: Path) -> Iterator[Pair]:
    folder = out / "inbox" / "biznet-2026-11-22"
    table = (folder / "submissions.csv").open(encoding="utf-8-sig", newline="")
    with table as rows, (out / "answers.csv").open(encoding="utf-8", newline="") as answers:
        for row, answer in zip(csv.DictReader(rows), csv.DictReader(answers), strict=True):
            if answer["disposition"] == "accepted":
                yield row, set(answer["reason_codes"].split(";")), folder / "documents"


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("all")
    make_sample(out, 120, seed=9)
    return out


@pytest.fixture(scope="module")
def only_text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("text")
    make_sample(out, 220, seed=9, uploads="text")
    return out


def pdf_text(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    page = document[0]
    text = page.get_textpage().get_text_bounded()
    document.close()
    return text


def test_a_license_photograph_has_a_barcode_that_says_what_the_row_says(everything: Path) -> None:
    read = 0
    for row, codes, documents in accepted(everything):
        path = documents / row["identity_document_file"]
        if row["identity_document_type"].strip() not in ("drivers_license", "state_id") or not path.is_file():
            continue
        content = path.read_bytes()
        if content.startswith(b"%PDF") or any(code.startswith(("ID_", "DOC_")) for code in codes):
            continue
        [barcode] = zxingcpp.read_barcodes(Image.open(io.BytesIO(content)))
        fields = dict(re.findall(r"^(?:DL|ID)?(D[A-Z]{2})(.*)$", barcode.bytes.decode("ascii"), re.MULTILINE))
        assert barcode.bytes.startswith(b"@\n\x1e\rANSI 636006100002")
        assert letters(fields["DCS"]) == letters(row["last_name"])[:40]
        assert letters(fields["DAC"]) == letters(row["first_name"])
        assert fields["DBB"] == f"{born(row['date_of_birth']):%m%d%Y}"
        assert fields["DAJ"] == "CT"
        read += 1
        if read == 20:
            return
    pytest.fail(f"only {read} license photographs in the sample")


def test_every_identity_pdf_has_words_that_agree_with_its_row_unless_the_answers_say_so(only_text: Path) -> None:
    compared = 0
    for row, codes, documents in accepted(only_text):
        path = documents / row["identity_document_file"]
        if codes & {Reason.ID_MISSING, Reason.ID_UNREADABLE, Reason.ID_INCONCLUSIVE, Reason.DOC_UNSAFE}:
            continue
        words = pdf_text(path.read_bytes())
        day = born(row["date_of_birth"])
        names = letters(row["first_name"]) in letters(words) and letters(row["last_name"]) in letters(words)
        dated = f"{day:%m/%d/%Y}" in words or f"{day:%d %b %Y}".upper() in words
        assert names == (Reason.ID_NAME_MISMATCH not in codes)
        assert dated == (Reason.ID_DOB_MISMATCH not in codes)
        compared += 1
    assert compared >= 180


def test_every_residency_pdf_names_the_patient_and_the_home_unless_the_answers_say_so(only_text: Path) -> None:
    unread = {Reason.RES_MISSING, Reason.RES_UNREADABLE, Reason.RES_INCONCLUSIVE, Reason.DOC_UNSAFE}
    compared = 0
    for row, codes, documents in accepted(only_text):
        if row["role"].strip() != "patient" or codes & unread:
            continue
        words = letters(pdf_text((documents / row["residency_document_file"]).read_bytes()))
        names = letters(row["first_name"]) in words and letters(row["last_name"]) in words
        street = letters(row["street"].strip().rsplit(" ", 1)[0]) in words
        assert names == (Reason.RES_NAME_MISMATCH not in codes)
        assert street == (Reason.RES_ADDRESS_MISMATCH not in codes)
        compared += 1
    assert compared >= 150


def test_uploads_are_a_mix_of_searchable_scans_pictures_and_pdfs_and_small(everything: Path) -> None:
    kinds = {"searchable": 0, "picture": 0, "blank": 0}
    sizes = []
    for row, codes, documents in accepted(everything):
        path = documents / row["identity_document_file"]
        if any(code.startswith(("ID_", "DOC_")) for code in codes):
            continue
        content = path.read_bytes()
        sizes.append(len(content))
        is_pdf = content.startswith(b"%PDF")
        kinds["picture" if not is_pdf else "searchable" if pdf_text(content).strip() else "blank"] += 1
    total = sum(kinds.values())
    assert 0.35 <= kinds["searchable"] / total <= 0.65
    assert 0.35 <= kinds["picture"] / total <= 0.65
    assert kinds["blank"] == 0
    assert max(sizes) < 200_000


def test_text_uploads_are_pdfs_alone(only_text: Path) -> None:
    documents = only_text / "inbox" / "biznet-2026-11-22" / "documents"
    pictures = [path for path in documents.iterdir() if path.read_bytes()[:2] in (b"\xff\xd8", b"\x89P")]
    assert not pictures


@pytest.mark.parametrize("kind", sorted(UNREADABLE))
def test_an_unreadable_file_cannot_be_opened_as_a_pdf(kind: str) -> None:
    sheet = Sheet()
    sheet.text(72, 72, "Statement date 10/20/2026")
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(UNREADABLE[kind](sheet, Random(1)))


@pytest.mark.parametrize(
    ("kind", "mark"), [("javascript", "/JS"), ("launch", "/Launch"), ("embedded", "/EmbeddedFiles")]
)
def test_an_unsafe_file_opens_and_carries_something_active(kind: str, mark: str) -> None:
    sheet = Sheet()
    sheet.text(72, 72, "Statement date 10/20/2026")
    content = UNSAFE[kind](sheet, Random(1))
    assert "Statement date" in pdf_text(content)
    assert mark.encode() in content


def test_two_faces_differ_and_one_face_is_always_the_same() -> None:
    assert draw_face(1, 120, 150).tobytes() == draw_face(1, 120, 150).tobytes()
    assert draw_face(1, 120, 150).tobytes() != draw_face(2, 120, 150).tobytes()
