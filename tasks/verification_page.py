"""The page that verifies a certificate at a counter without a network: one file that carries all it needs.

It is made anew each night from data/verify, the public keys and the signed status list. Its policy lets a browser run
the one script whose digest it names, and open no connection at all.
"""

import json
import re
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tasks.clock import AGENCY_TIME
from tasks.errors import NutmegError
from tasks.files import sync_folder, write_whole
from tasks.ledger.engine import Engine
from tasks.settings import PROJECT, Settings
from tasks.tokens.keyring import held_keyring, is_demonstration
from tasks.tokens.status_list import write_status_list

FILE = "index.html"
SOURCE = PROJECT / "data" / "verify"
_VENDOR = SOURCE / "vendor"
_SCRIPTS = (
    *("bytes", "cbor", "signature", "token", "status_list", "judgement"),
    *("code", "certificate_file", "camera", "words", "view", "main"),
)
"""In the order in which they build on each other."""
_EXPORTS = re.compile(r"^export \{[^}]*\bverifyAsync\b[^}]*\};\s*\Z", re.MULTILINE)
_LICENSES = (
    ("zxing-wasm", _VENDOR / "zxing-wasm" / "LICENSE"),
    ("zxing-cpp", _VENDOR / "zxing-wasm" / "LICENSE-zxing-cpp"),
    ("noble-ed25519", _VENDOR / "noble-ed25519" / "LICENSE"),
)
_POLICY = (
    "default-src 'none'; script-src '{script}' 'wasm-unsafe-eval'; style-src '{style}'; img-src data:; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def publish(settings: Settings, engine: Engine, now: datetime) -> Path:
    """Write the status list of this moment, then the page that carries it; where the page is.

    Each file is there whole or as it was; killed between the two, the list is newer than the page, and both hold.

    Raises:
        KeyringError: the list of keys or the active private key is missing or damaged.
    """
    ring = held_keyring(settings.token_keys)
    status = write_status_list(engine, ring, settings.verification, now).read_bytes()
    return write_page(settings.verification, ring.public, status, now)


def publish_if_possible(settings: Settings, engine: Engine, now: datetime) -> str:
    """As `publish`; why it could not be done, or nothing.

    For what must hold even when the keys are gone or the disk is full: the next night that can publishes the list.
    """
    try:
        publish(settings, engine, now)
    except NutmegError as error:
        return str(error)
    except OSError as error:
        return f"The disk would not take it: {error.strerror}."
    return ""


def write_page(folder: Path, keys: Mapping[str, Ed25519PublicKey], status: bytes, made_at: datetime) -> Path:
    """Write the page into the folder, whole or not at all; where it is.

    Args:
        folder: where `index.html` goes; made if it is not there.
        keys: every public key that ever signed, by key id, so that old cards are verified after a rotation.
        status: the newest signed status list.
        made_at: shown on the page, as the agency's day.
    """
    path = folder / FILE
    write_whole(path, page(keys, status, made_at).encode())
    sync_folder(folder)
    return path


def page(keys: Mapping[str, Ed25519PublicKey], status: bytes, made_at: datetime) -> str:
    """The page; the same keys, list and day give the same text."""
    style, script = _style(), _script()
    day = made_at.astimezone(AGENCY_TIME)
    slots = {
        "policy": _POLICY.format(script=_digest(script), style=_digest(style)),
        "style": style,
        "script": script,
        "notices": _notices(),
        "hidden_unless_demonstration": "" if all(map(is_demonstration, keys)) else " hidden",
        "made": f"{day:%B} {day.day}, {day.year}",
        "carried": _carried(keys, status),
        "decoder": _decoder(),
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _text(SOURCE / "page.html"))


def _carried(keys: Mapping[str, Ed25519PublicKey], status: bytes) -> str:
    """Keys and list as JSON; a `<` could end the element that it stands in."""
    public = [
        {"kid": key_id, "x": urlsafe_b64encode(key.public_bytes_raw()).rstrip(b"=").decode()}
        for key_id, key in keys.items()
    ]
    return json.dumps({"keys": public, "status": b64encode(status).decode()}).replace("<", "\\u003c")


@cache
def _style() -> str:
    return _text(SOURCE / "page.css")


@cache
def _script() -> str:
    parts = [_text(SOURCE / "script" / f"{name}.js") for name in _SCRIPTS]
    return '"use strict";\n' + "\n".join((_text(_VENDOR / "zxing-wasm" / "reader.js"), _ed25519(), *parts))


def _ed25519() -> str:
    """The library as a constant: what it exports as a module is what the function gives back."""
    body, found = _EXPORTS.subn("return { verifyAsync };\n", _text(_VENDOR / "noble-ed25519" / "ed25519.js"))
    if found != 1:
        raise ValueError("data/verify/vendor/noble-ed25519/ed25519.js does not end with its exports; see its README.")
    return f"const nobleEd25519 = (() => {{\n{body}}})();\n"


@cache
def _decoder() -> str:
    return b64encode(zlib.compress((_VENDOR / "zxing-wasm" / "zxing_reader.wasm").read_bytes(), 9)).decode()


@cache
def _notices() -> str:
    return "\n".join(f"{name}\n\n{_text(path)}" for name, path in _LICENSES).replace("--", "- -")


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
