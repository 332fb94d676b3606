"""The installation's secret key: made at first use, kept in a file only we can read."""

import secrets
from pathlib import Path

from tasks.errors import NutmegError
from tasks.files import link_once

_LENGTH_BYTES = 32


def secret_key(path: Path) -> bytes:
    """The key in this file; a new one is made when there is none.

    Raises:
        NutmegError: the file is not a key.
    """
    if not path.exists():
        link_once(path, f"{secrets.token_hex(_LENGTH_BYTES)}\n".encode("ascii"))
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (ValueError, OSError):
        key = b""
    if len(key) < _LENGTH_BYTES:
        raise NutmegError(
            f"{path} is not a key: it must hold {_LENGTH_BYTES * 2} hexadecimal digits. Restore it from backup."
        )
    return key
