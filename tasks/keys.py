"""The installation's secret key: made at first use, kept in a file only we can read."""

import os
import secrets
from pathlib import Path

from tasks.errors import NutmegError
from tasks.files import private_folder, sync_folder

_LENGTH_BYTES = 32


def secret_key(path: Path) -> bytes:
    """The key in this file; a new one is made when there is none.

    Raises:
        NutmegError: the file is not a key.
    """
    if not path.exists():
        _make(path)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (ValueError, OSError):
        key = b""
    if len(key) < _LENGTH_BYTES:
        raise NutmegError(
            f"{path} is not a key: it must hold {_LENGTH_BYTES * 2} hexadecimal digits. Restore it from backup."
        )
    return key


def _make(path: Path) -> None:
    """Two first runs at once must end with one key: the second to link finds the first one's there."""
    private_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(_LENGTH_BYTES) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
    sync_folder(path.parent)
