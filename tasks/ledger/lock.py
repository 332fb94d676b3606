"""One writer of the night at a time, whoever starts it; a killed one leaves nothing locked."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.errors import NutmegError
from tasks.files import private_folder


@contextmanager
def sole_writer(folder: Path, patience_seconds: float, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock; wait for another holder as long as patience lasts, saying so once.

    Raises:
        NutmegError: the other holder did not finish in time.
    """
    private_folder(folder)
    descriptor = os.open(folder / "writer.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _acquire(descriptor, patience_seconds, on_wait)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, patience_seconds: float, on_wait: Callable[[str], None]) -> None:
    deadline, told = time.monotonic() + patience_seconds, False
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
        if time.monotonic() > deadline:
            raise NutmegError(
                f"Another run (process {holder}) is still at work. Wait for it, or stop it, and start again."
            )
        if not told:
            on_wait(f"Another run (process {holder}) is at work; waiting for it to finish.")
            told = True
        time.sleep(0.2)
