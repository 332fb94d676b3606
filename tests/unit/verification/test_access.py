from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.credential import Credential
from registry.issuance import serial_number
from tasks.tokens.cose import Signer
from tasks.tokens.cwt import mint


def press(counter: Any, key: str, code: int) -> None:
    for kind in ("rawKeyDown", "keyUp"):
        counter.browser.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)


def test_every_control_has_a_name(counter: Any, signer: Signer, card: Credential) -> None:
    nodes = []
    counter.browser.open(counter.address)
    nodes += counter.browser.send("Accessibility.getFullAXTree")["nodes"]
    counter.check(mint(card, signer))
    nodes += counter.browser.send("Accessibility.getFullAXTree")["nodes"]
    controls = [each for each in nodes if each.get("role", {}).get("value") in {"button", "textbox"}]
    assert len(controls) >= 5
    assert [each for each in controls if not each["name"]["value"]] == []


def test_the_answer_is_said_aloud_and_the_way_on_has_the_focus(counter: Any, signer: Signer, card: Credential) -> None:
    counter.check(mint(card, signer))
    assert counter.browser.ask("part('said').getAttribute('aria-live')") == "assertive"
    assert counter.text("said").startswith("Good. Compare the name")
    assert counter.browser.ask("document.activeElement.id") == "next"


def test_the_page_is_worked_by_keyboard_alone(counter: Any, signer: Signer, card: Credential) -> None:
    counter.browser.open(counter.address)
    counter.browser.ask("document.activeElement.blur()")
    reached = []
    for _ in range(4):
        press(counter, "Tab", 9)
        reached.append(counter.browser.ask("document.activeElement.id || document.activeElement.type"))
    assert reached == ["camera", "file", "text", "submit"]


@pytest.mark.parametrize("state", ["issued", "ended", "demonstration", "start"])
def test_nothing_is_cut_off_at_320_pixels(
    counter: Any, signer: Signer, card: Credential, private_key: Ed25519PrivateKey, state: str
) -> None:
    demonstration = Signer("demo-0a1b2c3d", private_key)
    tokens = {
        "issued": mint(replace(card, name="Wolfeschlegelstein" * 4), signer),
        "ended": mint(replace(card, serial=serial_number(2026, 7)), signer),
        "demonstration": mint(card, demonstration),
    }
    keys = {**counter.keys, demonstration.key_id: private_key.public_key()}
    counter.publish(signer.signed(b"\xa0"), keys)
    counter.browser.send("Emulation.setDeviceMetricsOverride", width=320, height=640, deviceScaleFactor=1, mobile=False)
    try:
        if state == "start":
            counter.browser.open(counter.address)
        else:
            counter.check(tokens[state])
        wide = """[...document.querySelectorAll("body, main *, header *, footer *")]
            .filter((one) => !one.closest(".unseen") && one.getBoundingClientRect().right > innerWidth)
            .map((one) => one.id || one.tagName)"""
        assert counter.browser.ask(wide) == []
        assert counter.browser.ask("document.documentElement.scrollWidth <= innerWidth")
    finally:
        counter.browser.send("Emulation.clearDeviceMetricsOverride")


def test_a_print_of_the_answer_leaves_the_controls_out(counter: Any, signer: Signer, card: Credential) -> None:
    counter.check(mint(card, signer))
    counter.browser.send("Emulation.setEmulatedMedia", media="print")
    try:
        assert counter.browser.ask("part('next').checkVisibility()") is False
        assert counter.browser.ask("part('sentence').checkVisibility()") is True
    finally:
        counter.browser.send("Emulation.setEmulatedMedia", media="")
