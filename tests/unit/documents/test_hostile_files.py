"""Every file that was made to hurt costs itself only, and says in one plain sentence what it is."""

import importlib.util
import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from registry.facts import DocumentFacts, ReadState
from tasks.documents import READER
from tasks.documents.active import active_in_objects
from tasks.documents.limits import Limits
from tasks.documents.reading import read_documents

_spec = importlib.util.spec_from_file_location("uploads", Path(__file__).with_name("conftest.py"))
assert _spec is not None
assert _spec.loader is not None
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)

Read = Callable[..., DocumentFacts]
SMALL = Limits(memory_bytes=300_000_000, cpu_seconds=1, wall_seconds=20)
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def zeros(million_bytes: int) -> bytes:
    """So many million spaces, deflated a thousandfold."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(million_bytes)) + packer.flush()


def calling_itself() -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    more = [make.stream(form, b"/X Do /X Do")]
    return make.one_page(make.stream(b"", b"/X Do"), xobject=b"/X 6 0 R", more=more)


def ten_to_the_ninth() -> bytes:
    """Nine forms, each drawing the next ten times."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
    inner = [
        make.stream(form + b"/Resources << /XObject << /X %d 0 R >> >>" % (7 + depth), b"/X Do " * 10)
        for depth in range(9)
    ]
    last = make.stream(form, b"0 0 m")
    return make.one_page(make.stream(b"", b"/X Do"), xobject=b"/X 6 0 R", more=[*inner, last])


def many_pages(number: int) -> bytes:
    return make.pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count %d /Kids [%s] >>" % (number, b"3 0 R " * number),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
        ]
    )


def with_attachment() -> bytes:
    more = [b"<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>", make.stream(b"/Type /EmbeddedFile", b"MZ")]
    return make.one_page(catalog=b"/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>", more=more)


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"0" * 1000)) + chunk(b"IEND", b"")


def gif_of(frames: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    pictures = [Image.new("L", (8, 8), shade % 256) for shade in range(frames)]
    pictures[0].save(out, "GIF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


EXPLODING: dict[str, Callable[[], bytes]] = {
    "a stream of six hundred million bytes": lambda: make.one_page(make.stream(b"/Filter /FlateDecode", zeros(600))),
    "a form that draws itself": calling_itself,
    "forms that draw each other a thousand million times": ten_to_the_ninth,
    "twenty million operators beside text": lambda: make.one_page(
        make.deflated(b"", make.PAGE_WORDS + b" q Q" * 10_000_000)
    ),
    "twenty thousand words over each other": lambda: make.one_page(
        make.deflated(b"", b"".join(b"BT /F1 400 Tf 9 %d Td (a ) Tj ET " % (n % 600) for n in range(20_000)))
    ),
}
UNSAFE: dict[str, tuple[Callable[[], bytes], str]] = {
    "two million characters": (
        lambda: make.one_page(make.deflated(b"", b"BT /F1 1 Tf (%s) Tj ET" % (b"a" * 2_000_000))),
        "more than a page can show",
    ),
    "a hundred thousand rectangles": (
        lambda: make.one_page(make.deflated(b"", b"1 1 2 2 re f " * 100_000)),
        "drawn from more than 20000 pieces",
    ),
    "three hundred pages": (lambda: many_pages(300), "300 pages"),
    "a script at opening": (lambda: make.one_page(catalog=b"/OpenAction " + SCRIPT), "a script"),
    "a script with an escaped name": (
        lambda: make.one_page(catalog=b"/AA << /O << /S /J#61vaScript /#4aS (x) >> >>"),
        "a script",
    ),
    "a script inside an object stream": (lambda: make.with_object_stream(SCRIPT), "a script"),
    "a launch action inside an object stream": (
        lambda: make.with_object_stream(b"<< /S /Launch /F (cmd.exe) >>"),
        "starts a program",
    ),
    "a script behind a scan": (
        lambda: make.one_page(make.stream(b"", b"0 0 9 9 re f"), catalog=b"/OpenAction << /S /JavaScript /JS (x) >>"),
        "a script",
    ),
    "a launch action on a link": (
        lambda: make.one_page(page=b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (a) >> >>]"),
        "starts a program",
    ),
    "a link that opens by itself": (
        lambda: make.one_page(catalog=b"/OpenAction << /S /URI /URI (http://example.org) >>"),
        "runs when it is opened",
    ),
    "an embedded file": (with_attachment, "a file inside of it"),
    "rich media": (lambda: make.one_page(page=b"/Annots [<< /Subtype /RichMedia /Rect [0 0 9 9] >>]"), "rich media"),
    "a ZIP archive at its end": (lambda: make.one_page() + b"PK\x05\x06" + bytes(18), "a ZIP archive at the same time"),
    "a picture of 2,500 million pixels": (lambda: png_that_claims(50_000, 50_000), "50 million pixels"),
    "a picture just above the limit": (lambda: png_that_claims(7_100, 7_100), "50 million pixels"),
    "an animation of 60 pictures": (lambda: gif_of(60), "60 pictures"),
    "too many bytes": (lambda: make.one_page() + b" " * 20_000_000, "20 million bytes"),
}
UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "a PDF cut off": (lambda: bytes(make.one_page()[:300]), "damaged or incomplete"),
    "noise after a PDF's first line": (lambda: b"%PDF-1.4\n" + bytes(range(256)) * 40, "damaged or incomplete"),
    "a PDF with a password": (lambda: make.encrypted("secret"), "protected by a password"),
    "a page tree that contains itself": (
        lambda: make.pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 5 /Kids [2 0 R] >>"]),
        "damaged",
    ),
    "a web page called PDF": (lambda: b"\n<!DOCTYPE html><html><body>%PDF-1.4</body></html>", "a web page"),
    "a ZIP archive called PDF": (lambda: b"PK\x03\x04" + bytes(100), "a ZIP archive"),
    "a program": (lambda: b"MZ" + bytes(100), "a Windows program"),
    "PostScript": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n", "a PostScript program"),
    "plain text": (lambda: b"Maria Santos, 12 Elm Street", "a plain text file"),
    "bytes without meaning": (lambda: bytes([0, 1, 2, 3, 200]) * 20, "unknown kind"),
    "a HEIC picture cut off": (
        lambda: b"\0\0\0\x14ftypheic\0\0\0\0mif1" + b"\0\0\x10\0meta" + bytes(100),
        "HEIC picture that is damaged",
    ),
    **{
        f"a {kind} picture cut off": (lambda kind=kind: make.picture(kind)[:5000], "damaged or incomplete")
        for kind in ("JPEG", "TIFF", "WEBP", "GIF")
    },
    "a PNG picture cut off": (lambda: make.picture("PNG")[:1000], "damaged or incomplete"),
}


@pytest.mark.parametrize("name", EXPLODING)
def test_a_file_that_explodes_costs_a_child_and_nothing_else(name: str, read: Read) -> None:
    facts = read(EXPLODING[name](), SMALL)
    assert facts.state is ReadState.UNSAFE
    assert facts.media_type == "application/pdf"
    assert facts.why.endswith(".")
    assert not facts.text


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> dict[str, DocumentFacts]:
    """All the files below by their description, looked at in one go as in a night."""
    folder = tmp_path_factory.mktemp("uploads")
    paths = []
    for number, (name, (data, _)) in enumerate({**UNSAFE, **UNREADABLE}.items()):
        (folder / str(number)).write_bytes(data())
        paths.append((name, folder / str(number)))
    return {facts.sha256: facts for facts in read_documents(paths, 2)}


ACTING = [
    b"/JS (x)",
    b"/#4aS (x)",
    b"/EF << >>",
    b"/EmbeddedFiles << >>",
    b"/Type /EmbeddedFile",
    b"/S /Java#53cript",
    b"/S /Launch",
    b"/S /GoToE",
    b"/S /SubmitForm",
    b"/S /ImportData",
    b"/Subtype /RichMedia",
]


@pytest.mark.parametrize("entry", ACTING, ids=bytes.decode)
@pytest.mark.parametrize("packed", [False, True], ids=["in plain sight", "inside an object stream"])
def test_every_entry_that_acts_is_found_wherever_an_object_holds_it(entry: bytes, packed: bool) -> None:
    hidden = b"<< /Nothing [ << %s >> ] >>" % entry
    data = make.with_object_stream(hidden) if packed else make.one_page(more=[hidden])
    found = active_in_objects(PDFDocument(PDFParser(io.BytesIO(data))), data, 100)
    assert found.startswith(("a script", "a file", "an action", "rich media"))


def test_a_name_that_only_looks_like_one_that_acts_is_harmless() -> None:
    data = make.one_page(more=[b"<< /JSON (x) /EFfort 1 /Note (/JS here) >>"])
    assert active_in_objects(PDFDocument(PDFParser(io.BytesIO(data))), data, 100) == ""


@pytest.mark.parametrize("name", UNSAFE)
def test_what_acts_or_is_too_much_is_unsafe_and_says_why(name: str, looked_at: dict[str, DocumentFacts]) -> None:
    facts, why = looked_at[name], UNSAFE[name][1]
    assert facts.state is ReadState.UNSAFE
    assert why in facts.why
    assert facts.reader == READER


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_opened_is_unreadable_and_named_for_what_it_is(
    name: str, looked_at: dict[str, DocumentFacts]
) -> None:
    facts, why = looked_at[name], UNREADABLE[name][1]
    assert facts.state is ReadState.UNREADABLE
    assert why in facts.why


def test_a_file_that_takes_too_long_on_the_clock_is_given_up(read: Read) -> None:
    facts = read(EXPLODING["twenty million operators beside text"](), Limits(wall_seconds=0.3))
    assert facts.state is ReadState.UNSAFE
    assert facts.why == "Looking at it took longer than 0.3 seconds."


def test_a_file_that_takes_too_much_processor_time_is_given_up(read: Read) -> None:
    facts = read(EXPLODING["twenty million operators beside text"](), Limits(cpu_seconds=1))
    assert facts.state is ReadState.UNSAFE
    assert facts.why == "Looking at it took more than 1 seconds of processor time."
