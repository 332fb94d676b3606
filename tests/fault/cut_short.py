"""Run the command and die at one step of the issuance cycle: `python cut_short.py STEP nightly ...`.

Dying is a real SIGKILL of the process itself: nothing is flushed, closed or undone.
"""

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.command import main
from tasks import correspondence, issuance, press
from tasks.engraving.certificate import Engraver
from tasks.settings import Settings


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(work: Callable[..., Any]) -> Callable[..., Any]:
    def dead(*arguments: Any, **named: Any) -> Any:
        die()
        return work(*arguments, **named)

    return dead


def after(work: Callable[..., Any], times: int = 1) -> Callable[..., Any]:
    done = 0

    def alive_until(*arguments: Any, **named: Any) -> Any:
        nonlocal done
        result = work(*arguments, **named)
        done += 1
        if done == times:
            die()
        return result

    return alive_until


def before_some(work: Callable[..., Any]) -> Callable[..., Any]:
    """Placing is asked for before anything is issued, too; then there is nothing to place."""

    def dead(desk: Any, files: Any) -> Any:
        if files:
            die()
        return work(desk, files)

    return dead


def after_certificates(work: Callable[..., Any]) -> Callable[..., Any]:
    def alive_until(path: Path, target: Path) -> Any:
        moved = work(path, target)
        if "certificates" in Path(target).parts and Path(target).suffix == ".pdf":
            die()
        return moved

    return alive_until


def half_written(path: Path, data: bytes) -> None:
    path.write_bytes(data[: len(data) // 2])
    die()


def disk_full(path: Path, data: bytes) -> None:
    path.write_bytes(data[: len(data) // 2])
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def keys_taken_away(work: Callable[..., Any]) -> Callable[..., Any]:
    def without(*arguments: Any, **named: Any) -> Any:
        keys = Settings.load().home / "keys"
        keys.rename(keys.with_name("keys-taken-away"))
        return work(*arguments, **named)

    return without


STEPS: dict[str, tuple[Any, str, Callable[[Any], Any]]] = {
    "approved, nothing reserved": (issuance, "reserve_temporaries", before),
    "reserved": (issuance, "reserve_temporaries", after),
    "one drawn": (Engraver, "draw", after),
    "some drawn and read back": (press, "_store", lambda work: after(work, 3)),
    "one half written": (press, "_store", lambda _: half_written),
    "all drawn, none durable": (press, "_flush", before),
    "all staged": (press, "_flush", after),
    "issued, none placed": (issuance, "place", before_some),
    "one placed": (Path, "replace", after_certificates),
    "all placed": (issuance, "issue", after),
    "some mail written": (correspondence, "write_eml", lambda work: after(work, 3)),
    "disk full": (press, "_store", lambda _: disk_full),
    "keys taken away": (issuance, "draw_all", keys_taken_away),
}


if __name__ == "__main__":
    where, name, cut = STEPS[sys.argv[1]]
    setattr(where, name, cut(getattr(where, name)))
    raise SystemExit(main(sys.argv[2:]))
