"""The keys that tokens are signed with: one that signs now, and the public halves of all that ever did.

    <folder>/keys.json      which key is active, and all public keys as a JWK set (RFC 7517, RFC 8037), newest first
    <folder>/<key id>.pem   the active private key: Ed25519, PKCS #8, not encrypted, mode 0600

A key's id is the beginning of its public half's SHA-256, after `demo-` for a key that was made because there was none.
The folder appears whole, by one rename, so that two first runs at once end with one key, and a folder that is there
with something missing is an error and never a reason to make another key.
"""

import hashlib
import json
import os
import re
import shutil
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from tasks.files import private_folder, sync_folder, write_whole
from tasks.tokens.cose import Signer
from tasks.tokens.errors import KeyringError

DEMONSTRATION = "demo-"
LIST = "keys.json"
_KEY_ID = re.compile(f"(?:{DEMONSTRATION})?[0-9a-f]{{8}}")


@dataclass(frozen=True, slots=True)
class Keyring:
    """The key that signs, and the public keys that are believed."""

    active: Signer
    public: Mapping[str, Ed25519PublicKey]
    """by key id, the active one included, newest first"""

    @property
    def is_demonstration(self) -> bool:
        """Whether what is signed now says that it is no document."""
        return is_demonstration(self.active.key_id)


@dataclass(frozen=True, slots=True)
class KeyList:
    """What keys.json says."""

    active: str
    entries: tuple[Mapping[str, str], ...]
    """JWKs with kty, crv, kid, x, and since (ISO day), newest first"""
    public: Mapping[str, Ed25519PublicKey]


def keyring(folder: Path, today: date) -> Keyring:
    """The keys in this folder; a demonstration key, from today on, when there is no folder yet.

    Raises:
        KeyringError: the list of keys or the active private key is missing or damaged.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        _make_first(folder, today)
    return held_keyring(folder)


def held_keyring(folder: Path) -> Keyring:
    """The keys in this folder; none is ever made.

    For the work after a run's beginning: load it anew for every chunk, so that keys that are taken away stop the work.

    Raises:
        KeyringError: the list of keys or the active private key is missing or damaged.
    """
    known = key_list(folder)
    return Keyring(Signer(known.active, _private(folder, known)), known.public)


def key_list(folder: Path) -> KeyList:
    """The public keys in this folder, for who only reads tokens; nothing is made.

    Raises:
        KeyringError: there is no list, or it is damaged.
    """
    path = folder / LIST
    try:
        held = json.loads(path.read_bytes())
        entries = tuple(held["keys"])
        public = {entry["kid"]: _public(entry) for entry in entries}
        sound = held["active"] in public and len(public) == len(entries)
    except (FileNotFoundError, NotADirectoryError):
        raise KeyringError(
            f"{path} is missing: without it no code on a certificate can be made or verified. "
            "Restore the folder from backup, or set NUTMEG_TOKEN_KEYS."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        sound = False
    if not sound:
        raise KeyringError(f"{path} is damaged: it is not a list of the keys of tokens. Restore it from backup.")
    return KeyList(held["active"], entries, public)


def rotate(folder: Path, today: date) -> Keyring:
    """Make a new key the active one; tokens of earlier keys go on being verified.

    The earlier private key is deleted. Nothing needs it: a certificate is never drawn again, a reprint is the stored
    file. Kept, it could only be stolen, and what is signed with it would be believed for years. Killed half-way, it
    leaves the earlier key active; the private key that nobody uses goes with the next rotation. Not while a run signs.

    Raises:
        KeyringError: the list of keys is missing or damaged; a lost private key is no hindrance.
    """
    known = key_list(folder)
    private = Ed25519PrivateKey.generate()
    key_id = _write_private(folder, private, "")
    _write_list(folder, key_id, (_entry(key_id, private, today), *known.entries))
    for left in folder.glob("*.pem"):
        if _KEY_ID.fullmatch(left.stem) and left.stem != key_id:
            left.unlink()
    sync_folder(folder)
    return held_keyring(folder)


def is_demonstration(key_id: str) -> bool:
    """Whether a key was made because there was none: what it signs is no document."""
    return key_id.startswith(DEMONSTRATION)


def _make_first(folder: Path, today: date) -> None:
    """The second of two first runs finds the folder there, and uses it."""
    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    private = Ed25519PrivateKey.generate()
    try:
        shutil.rmtree(draft, ignore_errors=True)
        private_folder(draft)
        key_id = _write_private(draft, private, DEMONSTRATION)
        _write_list(draft, key_id, (_entry(key_id, private, today),))
        draft.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        if not (folder / LIST).exists():
            why = f"{folder} cannot be made ({error.strerror}). Make room there, or set NUTMEG_TOKEN_KEYS."
            raise KeyringError(why) from None


def _write_private(folder: Path, private: Ed25519PrivateKey, before: str) -> str:
    key_id = before + _thumbprint(private.public_key())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_whole(folder / f"{key_id}.pem", pem)
    sync_folder(folder)
    return key_id


def _write_list(folder: Path, active: str, entries: Sequence[Mapping[str, str]]) -> None:
    text = json.dumps({"active": active, "keys": entries}, indent=2)
    write_whole(folder / LIST, f"{text}\n".encode())
    sync_folder(folder)


def _entry(key_id: str, private: Ed25519PrivateKey, today: date) -> Mapping[str, str]:
    x = urlsafe_b64encode(private.public_key().public_bytes_raw()).rstrip(b"=").decode()
    return {"kty": "OKP", "crv": "Ed25519", "kid": key_id, "x": x, "since": today.isoformat()}


def _public(entry: Mapping[str, str]) -> Ed25519PublicKey:
    """The key of an entry, which is whole only when its id fits."""
    public = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(entry["x"] + "="))
    date.fromisoformat(entry["since"])
    if entry.keys() != {"kty", "crv", "kid", "x", "since"} or (entry["kty"], entry["crv"]) != ("OKP", "Ed25519"):
        raise ValueError("not an Ed25519 key")
    if not _KEY_ID.fullmatch(entry["kid"]) or entry["kid"].removeprefix(DEMONSTRATION) != _thumbprint(public):
        raise ValueError("the id is not the key's")
    return public


def _private(folder: Path, known: KeyList) -> Ed25519PrivateKey:
    path = folder / f"{known.active}.pem"
    private: object = None
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        raise KeyringError(
            f"{path} is missing: no certificate is made without its key. Restore it from backup; if it is lost, "
            "make a new key by a rotation, and what was signed before stays good."
        ) from None
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        pass
    if not isinstance(private, Ed25519PrivateKey) or private.public_key() != known.public[known.active]:
        raise KeyringError(f"{path} is damaged or another key's. Restore it from backup.")
    return private


def _thumbprint(public: Ed25519PublicKey) -> str:
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:8]
