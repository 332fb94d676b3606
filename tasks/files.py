"""Files that are whole or not there, and readable by us alone."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tasks.errors import WrongUseError

_DAY_SECONDS = 86_400
STAGING = ".staging"
"""The folder beside the certificates for bytes that were drawn and read back."""


def private_folder(folder: Path) -> Path:
    """Create the folder, and those above it that are missing, with mode 0700."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def write_whole(path: Path, data: bytes) -> None:
    """Write by a temporary name, flushed to disk, and move into place; mode 0600.

    The temporary name is always the same, so that a killed write leaves one leftover, which the next overwrites.
    """
    _refuse_what_is_no_file(path)
    private_folder(path.parent)
    temporary = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


@contextmanager
def private_file(path: Path) -> Iterator[BinaryIO]:
    """A file to be written piece by piece that stands under its name whole or not at all; mode 0600, durable."""
    _refuse_what_is_no_file(path)
    private_folder(path.parent)
    draft = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def private_scratch(folder: Path) -> None:
    """Let libraries keep their drafts here, not in a shared folder; what killed processes left goes after a day."""
    tempfile.tempdir = str(private_folder(folder))
    for left in folder.iterdir():
        if time.time() - left.stat().st_mtime > _DAY_SECONDS:
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def _refuse_what_is_no_file(path: Path) -> None:
    """A folder or a device of that name must not be replaced.

    Raises:
        WrongUseError: something that is not a file has that name.
    """
    if path.exists() and not path.is_file():
        raise WrongUseError(f"{path} is not a file and is left as it is. Name another place.")


def link_once(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, durable, mode 0600; two that do it at once end with one file."""
    private_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass  # the other was first, and has made one just as good
    finally:
        temporary.unlink()
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; without it a rename can be lost with the power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """The file's digest, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_still(path: Path, sha256: str) -> bool:
    """Whether the file is the one that was delivered; one that cannot be opened is not."""
    try:
        return sha256_of(path) == sha256
    except OSError:
        return False


def staged_path(folder: Path, sha256: str) -> Path:
    """Where the bytes of a certificate wait until it is issued and moved to its own place."""
    return folder / STAGING / f"{sha256}.pdf"


def certificate_path(folder: Path, serial: str, issued_on: str) -> Path:
    """Where the file of a certificate is kept: by year and month of issue (`2026-11-22`), named by its serial."""
    year, month, _ = issued_on.split("-")
    return folder / year / month / f"{serial}.pdf"
