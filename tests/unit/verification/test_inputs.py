import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from registry.credential import Credential
from registry.issuance import serial_number
from tasks.engraving.streams import packed
from tasks.tokens.cose import Signer
from tasks.tokens.cwt import mint

DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def sheet(certificate_file: bytes) -> Image.Image:
    """The certificate as it looks on paper, 200 dots to the inch."""
    return pypdfium2.PdfDocument(certificate_file)[0].render(scale=200 / 72).to_pil().convert("RGB")


def saved(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()


def with_last_bit_changed(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def as_photo(sheet: Image.Image) -> Image.Image:
    """Turned, slanted, soft and in poor light, as a phone sees it."""
    turned = sheet.rotate(14, expand=True, fillcolor=(60, 55, 50), resample=Image.Resampling.BICUBIC)
    wide, high = turned.size
    corners = (0, 0, 90, high, wide, high - 60, wide - 120, 40)
    slanted = turned.transform(turned.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    return ImageEnhance.Brightness(slanted.filter(ImageFilter.GaussianBlur(1.2))).enhance(0.55)


def test_a_dropped_certificate_is_read_without_a_picture(counter: Any, certificate_file: bytes) -> None:
    assert counter.drop(certificate_file) == "issued"
    assert counter.text("name") == "Maria Elena Lopez"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_of_a_certificate_is_read(counter: Any, sheet: Image.Image, form: str) -> None:
    assert counter.drop(saved(sheet, form)) == "issued"


def test_a_photo_of_a_certificate_is_read(counter: Any, sheet: Image.Image) -> None:
    assert counter.drop(saved(as_photo(sheet), "JPEG")) == "issued"


def test_a_picture_without_a_code_asks_for_a_better_one(counter: Any) -> None:
    assert counter.drop(saved(Image.new("RGB", (600, 400), "white"), "PNG")) == "no_code"
    assert "Take it again" in counter.text("remedy")


def test_another_pdf_asks_for_a_screenshot(counter: Any) -> None:
    out = io.BytesIO()
    other = pypdfium2.PdfDocument.new()
    other.new_page(612, 792)
    other.save(out)
    assert counter.drop(out.getvalue()) == "no_code"
    assert "screenshot" in counter.text("remedy")


@pytest.mark.parametrize("operators", [b"5 0 0 -5 9 9 cm\nn 1 1 1e9 1 re\nf*", b"x" * 5_000_000], ids=["odd", "long"])
def test_a_hostile_pdf_is_refused_and_the_page_goes_on(
    counter: Any, signer: Signer, card: Credential, operators: bytes
) -> None:
    stream = packed(operators)
    head = b"%%PDF-1.7\n1 0 obj\n<<\n/Filter [ /FlateDecode ] /Length %d\n>>\nstream\n" % len(stream)
    assert counter.drop(head + stream) == "no_code"
    assert counter.check(mint(card, signer)) == "issued"


def test_a_file_of_another_kind_is_refused(counter: Any) -> None:
    assert counter.drop(b"PK\3\4 not a picture") == "unreadable"


def test_a_newer_list_takes_the_place_of_the_one_in_the_page(
    counter: Any, signer: Signer, card: Credential, list_of: Callable[..., bytes]
) -> None:
    counter.publish(list_of(9 * DAY))
    assert "in use until this page is closed" in counter.drop(list_of(timedelta(hours=1)))
    counter.browser.ask(f"check({mint(card, signer)!r})")
    assert counter.state() == "issued"
    assert "1 hour old" in counter.text("age")


@pytest.mark.parametrize("which", ["older", "forged", "cut"])
def test_a_list_that_is_older_or_not_ours_changes_nothing(
    counter: Any, signer: Signer, card: Credential, list_of: Callable[..., bytes], which: str
) -> None:
    given = {
        "older": list_of(2 * DAY),
        "forged": with_last_bit_changed(list_of(timedelta())),
        "cut": list_of(timedelta())[:-9],
    }
    assert "in use until" not in counter.drop(given[which])
    assert "14 hours old" in counter.text("age")
    counter.browser.ask(f"check({mint(replace(card, serial=serial_number(2026, 7)), signer)!r})")
    assert counter.state() == "ended"


def test_the_camera_sees_a_code_and_is_off_again(
    counter: Any, camera_view: Path, sheet: Image.Image, signer: Signer
) -> None:
    card_back = sheet.crop((sheet.width // 2, sheet.height // 2, sheet.width, sheet.height)).resize((960, 1242))
    card_back.save(camera_view, "JPEG", quality=95)
    counter.browser.open(counter.address)
    counter.browser.ask("part('camera').click()")
    assert counter.state() == "issued"
    off = "camera.stream === null && part('video').srcObject === null && !part('viewfinder').checkVisibility()"
    assert counter.browser.ask(off)
    counter.browser.ask("part('next').click()")
    assert counter.state() == "issued"
    assert counter.browser.ask(off)


def test_the_camera_stops_when_told_and_when_something_else_is_checked(
    counter: Any, camera_view: Path, signer: Signer, card: Credential
) -> None:
    Image.new("L", (640, 480), 200).save(camera_view, "JPEG")
    counter.browser.open(counter.address)
    is_on = "new Promise((done) => { const look = () => camera.stream ? done(true) : setTimeout(look, 10); look(); })"
    for stop in ("part('stop').click()", f"check({mint(card, signer)!r})"):
        counter.browser.ask("part('camera').click()")
        assert counter.browser.ask(is_on)
        counter.browser.ask(stop)
        assert counter.browser.ask("camera.stream === null")
    assert counter.state() == "issued"


def test_the_camera_is_off_until_it_is_asked_for(counter: Any) -> None:
    counter.browser.open(counter.address)
    assert counter.browser.ask("[camera.stream, part('viewfinder').hidden]") == [None, True]


def test_pasted_text_is_checked_by_the_button(counter: Any, signer: Signer, card: Credential) -> None:
    counter.browser.open(counter.address)
    counter.browser.ask(f"part('text').value = {mint(card, signer) + chr(10)!r}; part('form').requestSubmit()")
    assert counter.state() == "issued"


@pytest.mark.parametrize("focus", ["text", "next"])
def test_a_hand_scanner_types_into_whatever_has_the_focus(
    counter: Any, signer: Signer, card: Credential, focus: str
) -> None:
    counter.check(mint(replace(card, serial=serial_number(2026, 7)), signer))
    if focus == "text":
        counter.browser.ask("part('next').click()")
    for key in f"{mint(card, signer)}\r":
        counter.browser.send("Input.dispatchKeyEvent", type="keyDown", text=key, key="Enter" if key == "\r" else key)
        counter.browser.send("Input.dispatchKeyEvent", type="keyUp", key="Enter" if key == "\r" else key)
    assert (
        counter.browser.ask("new Promise((done) => setTimeout(() => done(part('result').dataset.state), 300))")
        == "issued"
    )
