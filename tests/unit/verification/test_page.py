import json
import re
import stat
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tasks.ledger.engine import Engine, open_ledger
from tasks.settings import Settings
from tasks.tokens.cose import Signer
from tasks.tokens.keyring import keyring, rotate
from tasks.tokens.status_list import FILE, read_status_list
from tasks.verification_page import SOURCE, page, publish

NOW = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
VENDORED = {
    "zxing-wasm/zxing_reader.wasm": "e8af31edb56d0522f4de74495839385ef019ba8bc90d38e5ecb2f18795d86fb2",
    "zxing-wasm/reader.js": "cce7cb0e11e1615cb75478e34dc1849b955497dde81f68e7c8adf0bada9c49a1",
    "noble-ed25519/ed25519.js": "a4f631d1876b5d9e43a86cd71194ca27b5e1451edf4ba4db9a418f40a475569a",
}
AA_TEXT, AA_SHAPES = 4.5, 3.0
"""WCAG 2.1, 1.4.3 and 1.4.11."""
TEXTS = [
    *((ink, ground) for ink in ("ink", "quiet") for ground in ("ground", "sheet")),
    *((look, ground) for look in ("good", "bad", "warn", "demonstration") for ground in ("ground", "sheet")),
    *(("on-plate", f"{look}-plate") for look in ("good", "bad", "warn", "demonstration")),
    ("on-accent", "accent"),
]
SHAPES = [(shape, ground) for shape in ("line", "focus", "accent") for ground in ("ground", "sheet")]


@pytest.fixture
def made(signer: Signer, private_key: Any) -> str:
    return page({signer.key_id: private_key.public_key()}, b"<status>", NOW)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(dict.fromkeys(Settings.load().values, "") | {"NUTMEG_HOME": str(tmp_path)})
    keyring(made.token_keys, NOW.date())
    return made


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    opened = open_ledger(settings.database_url)
    yield opened
    opened.dispose()


def element(made: str, opening: str) -> str:
    found = re.search(rf"{re.escape(opening)}(.*?)</", made, re.DOTALL)
    assert found
    return found[1]


def test_the_same_input_gives_the_same_page(made: str, signer: Signer, private_key: Any) -> None:
    assert page({signer.key_id: private_key.public_key()}, b"<status>", NOW) == made


def test_the_page_carries_keys_list_and_the_agencys_day(made: str, signer: Signer, private_key: Any) -> None:
    carried = json.loads(element(made, '<script type="application/json" id="carried">'))
    assert [key["kid"] for key in carried["keys"]] == [signer.key_id]
    assert b64decode(carried["keys"][0]["x"] + "=", altchars=b"-_") == private_key.public_key().public_bytes_raw()
    assert b64decode(carried["status"]) == b"<status>"
    assert "Page of November 22, 2026." in made


def test_the_policy_names_the_digests_of_the_one_script_and_the_one_style(made: str) -> None:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', made)
    assert found
    directives = dict(each.strip().split(" ", 1) for each in found[1].split(";"))
    script, style = (
        b64encode(sha256(made.rsplit(f"<{tag}>", 1)[1].split(f"</{tag}>", 1)[0].encode()).digest()).decode()
        for tag in ("script", "style")
    )
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == f"'sha256-{script}' 'wasm-unsafe-eval'"
    assert directives["style-src"] == f"'sha256-{style}'"
    assert not {"connect-src", "frame-src", "worker-src", "media-src", "font-src"} & directives.keys()


def test_nothing_in_the_page_is_fetched_from_anywhere(made: str) -> None:
    markup = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", made, flags=re.DOTALL)
    assert {value for _, value in re.findall(r'\b(src|href)="([^"]*)"', markup) if value[0] != "#"} == {"data:,"}
    assert not re.search(r"@import|url\(", (SOURCE / "page.css").read_text())
    own = "".join(path.read_text() for path in (SOURCE / "script").iterdir())
    assert not re.search(
        r"https?://|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|localStorage|innerHTML|\beval\(", own
    )


@pytest.mark.parametrize("name", VENDORED)
def test_code_of_others_is_what_was_looked_at(name: str) -> None:
    assert sha256((SOURCE / "vendor" / name).read_bytes()).hexdigest() == VENDORED[name]
    assert VENDORED[name] in (SOURCE / "vendor" / "README.md").read_text()


def test_the_licenses_travel_with_the_page(made: str) -> None:
    for holder in ("Ze-Zheng Wu", "Paul Miller", "Apache License"):
        assert holder in made


def test_publishing_writes_the_list_and_the_page_that_carries_it(settings: Settings, engine: Engine) -> None:
    path = publish(settings, engine, NOW)
    assert path == settings.verification / "index.html"
    listed = (settings.verification / FILE).read_bytes()
    carried = json.loads(element(path.read_text(), '<script type="application/json" id="carried">'))
    assert b64decode(carried["status"]) == listed
    held = read_status_list(listed, keyring(settings.token_keys, NOW.date()).public)
    assert held.made_at == NOW
    assert sorted(each.name for each in settings.verification.iterdir()) == ["index.html", FILE]
    assert {stat.S_IMODE(each.stat().st_mode) for each in settings.verification.iterdir()} == {0o600}


def test_after_a_rotation_the_page_carries_both_keys_newest_first(settings: Settings, engine: Engine) -> None:
    before = keyring(settings.token_keys, NOW.date()).active.key_id
    after = rotate(settings.token_keys, NOW.date()).active.key_id
    text = publish(settings, engine, NOW + timedelta(days=1)).read_text()
    carried = json.loads(element(text, '<script type="application/json" id="carried">'))
    assert [key["kid"] for key in carried["keys"]] == [after, before]


def schemes() -> dict[str, dict[str, str]]:
    css = (SOURCE / "page.css").read_text()
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in css.split("@media", 2)[:2])
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXTS, AA_TEXT), (SHAPES, AA_SHAPES)], ids=["texts", "shapes"])
def test_everything_stands_out_from_its_ground(scheme: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = schemes()[scheme]
    faint = {}
    for pair in pairs:
        dark, light = sorted(luminance(colours[name]) for name in pair)
        if (light + 0.05) / (dark + 0.05) < least:
            faint[pair] = (light + 0.05) / (dark + 0.05)
    assert faint == {}
