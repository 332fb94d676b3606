"""The manifest of a delivery, read as if an enemy had written it."""

import hashlib
import json
import re
import stat
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from expectations.forms import stays_inside

CONTRACT = "mmp-submissions/1"
TABLES = ("submissions.csv", "submissions.xlsx")
DOCUMENTS = "documents/"
_SIZE_LIMIT = 64 << 20
_SAFE_ID = re.compile(r"[A-Za-z0-9._-]{1,80}")
_SAFE_NAME = re.compile(r"[A-Za-z0-9._/-]{1,120}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_AGAIN = "Have the portal export the delivery again."


class ManifestError(Exception):
    """The manifest cannot be followed; the sentence names the place and the remedy."""


@dataclass(frozen=True, slots=True)
class ListedFile:
    """One file as the manifest lists it."""

    path: str
    bytes: int
    sha256: str
    label: str
    """how it may be told: its path, or its number in the list when its name could be a person's own words"""


@dataclass(frozen=True)
class Manifest:
    """A manifest that has its form; whether the files agree with it is for `survey` and `verify` to say."""

    contract: str
    delivery_id: str
    exported_at: datetime
    covers_from: date
    covers_to: date
    rows: int
    files: tuple[ListedFile, ...]
    fingerprint: str
    """sha256 (hex) of its canonical content, which holds the digest of every file"""

    @property
    def table(self) -> ListedFile:
        """The one table."""
        return next(listed for listed in self.files if listed.path in TABLES)

    @cached_property
    def documents(self) -> Mapping[str, str]:
        """Name below documents/, NFC -> sha256 (hex)."""
        return {
            nfc(listed.path).removeprefix(DOCUMENTS): listed.sha256
            for listed in self.files
            if listed.path.startswith(DOCUMENTS)
        }


def nfc(text: str) -> str:
    """The one composed form in which names of files are compared."""
    return unicodedata.normalize("NFC", text)


def read_manifest(path: Path) -> Manifest:
    """Read and check a manifest, without looking at the files it lists.

    Raises:
        ManifestError: it cannot be read, is foreign, or lists what must not be followed.
    """
    content = _content(path)
    contract = content.get("contract")
    if contract != CONTRACT:
        _refuse(f"contract must be {CONTRACT}. Export by that contract, or bring this program up to date", "")
    covers = _typed(content, "covers", dict)
    first, last = _day(covers, "from"), _day(covers, "to")
    if first > last:
        _refuse("covers.from lies after covers.to")
    files = tuple(_listed(number, given) for number, given in enumerate(_typed(content, "files", list), 1))
    _one_table_or_refuse(files)
    return Manifest(
        contract=CONTRACT,
        delivery_id=_delivery_id(content),
        exported_at=_moment(content),
        covers_from=first,
        covers_to=last,
        rows=_count(content, "rows", "rows"),
        files=files,
        fingerprint=_fingerprint(content),
    )


def _refuse(why: str, remedy: str = _AGAIN) -> NoReturn:
    raise ManifestError(f"manifest.json: {why}. {remedy}".strip())


def _content(path: Path) -> dict[str, Any]:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            _refuse("it is not a plain file", "Put the file itself there.")
        if status.st_size > _SIZE_LIMIT:
            _refuse(f"it is larger than {_SIZE_LIMIT >> 20} MB", "Split the delivery.")
        text = path.read_text(encoding="utf-8-sig")
        content = json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_such_number)
    except (OSError, ValueError, RecursionError):
        _refuse("it cannot be read as JSON in UTF-8")
    return content if isinstance(content, dict) else _refuse("it must be one JSON object")


def _no_key_twice(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        _refuse("a key is given twice")
    return content


def _no_such_number(_: str) -> NoReturn:
    _refuse("a number is not one")


def _typed(content: Mapping[str, Any], key: str, kind: type) -> Any:
    names: dict[type, str] = {dict: "an object", list: "a list", str: "text"}
    value = content.get(key)
    return value if isinstance(value, kind) else _refuse(f"{key} must be {names[kind]}")


def _delivery_id(content: Mapping[str, Any]) -> str:
    value: str = _typed(content, "delivery_id", str)
    if not _SAFE_ID.fullmatch(value) or set(value) == {"."}:
        _refuse("delivery_id must be 1 to 80 of A-Z, a-z, 0-9, dot, underscore and hyphen")
    return value


def _moment(content: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(_typed(content, "exported_at", str))
    except ValueError:
        moment = datetime.min  # noqa: DTZ901 - without an offset, so refused below
    if moment.utcoffset() is None:
        _refuse("exported_at must be an ISO timestamp with its offset, such as 2026-11-22T23:05:00-05:00")
    return moment


def _day(covers: Mapping[str, Any], key: str) -> date:
    try:
        return date.fromisoformat(_typed(covers, key, str))
    except ValueError:
        _refuse(f"covers.{key} must be an ISO day, such as 2026-11-22")


def _count(content: Mapping[str, Any], key: str, told: str) -> int:
    value = content.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
        _refuse(f"{told} must be a whole number from 0 up")
    return value


def _listed(number: int, given: Any) -> ListedFile:
    told = f"file {number} of the list"
    if not isinstance(given, dict) or not isinstance(given.get("path"), str):
        _refuse(f"{told} must be an object with path, bytes and sha256")
    path = given["path"]
    label = path if _SAFE_NAME.fullmatch(path) else f"file {number} of manifest.json"
    if not stays_inside(path):
        _refuse(f"{label} (file {number} of its list) has a path that leaves the delivery folder")
    sha256 = given.get("sha256")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256.lower()):
        _refuse(f"the sha256 of {label} must be 64 hexadecimal digits")
    return ListedFile(path, _count(given, "bytes", f"the bytes of {label}"), sha256.lower(), label)


def _one_table_or_refuse(files: Sequence[ListedFile]) -> None:
    paths = [nfc(listed.path) for listed in files]
    if len(set(paths)) != len(paths):
        twice = next(listed.label for listed in files if paths.count(nfc(listed.path)) > 1)
        _refuse(f"{twice} is listed twice")
    tables = [path for path in paths if path in TABLES]
    if len(tables) != 1:
        found = "two tables" if tables else "no table"
        _refuse(f"it lists {found}, where it must list one of {' and '.join(TABLES)}")


def _fingerprint(content: Mapping[str, Any]) -> str:
    """The same whatever the order of keys and files."""
    files = sorted(content["files"], key=lambda given: nfc(given["path"]))
    canonical = json.dumps({**content, "files": files}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
