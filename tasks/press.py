"""Draw certificates, sign them, read them back, and stage exactly the bytes that were read back."""

import os
from collections.abc import Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from registry.credential import credential
from registry.issuance import IssuanceOrder
from tasks.authority import Authority, KeyPlaces, authority
from tasks.errors import NutmegError
from tasks.ledger.certificates import Issued, NotDrawn
from tasks.tokens.keyring import LIST

if TYPE_CHECKING:
    from tasks.engraving.certificate import Engraver

POOL_WORTHWHILE = 200
"""Fewer certificates than this are drawn here faster than by processes that have to start first."""
_CHUNK = 50
_FLUSHERS = 16
"""Files made durable at a time: a disk commits many waiting ones together."""


@dataclass(frozen=True, slots=True)
class Plate:
    """What the press is told besides the orders: where the bytes wait, where the keys are, how many processes draw."""

    staging: Path
    keys: KeyPlaces
    workers: int


Job = tuple[Sequence[IssuanceOrder], Plate]


def draw_all(orders: Sequence[IssuanceOrder], plate: Plate) -> list[Issued | NotDrawn]:
    """Each order drawn and staged, in order; and why, of one that cannot be drawn or does not read back right.

    When this returns, the bytes are on the disk.

    Raises:
        NutmegError: a key is missing or damaged, or a process that draws was ended from outside.
        OSError: the bytes cannot be stored.
    """
    chunks = [(orders[at : at + _CHUNK], plate) for at in range(0, len(orders), _CHUNK)]
    if len(orders) < POOL_WORTHWHILE or plate.workers < 2:
        done = list(map(_draw_chunk, chunks))
    else:
        done = _by_several(plate.workers, chunks)
    return [each for chunk in done for each in chunk]


def _by_several(workers: int, chunks: Sequence[Job]) -> list[list[Issued | NotDrawn]]:
    try:
        return list(_pool(workers).map(_draw_chunk, chunks))
    except BrokenProcessPool:
        _pool.cache_clear()  # or no later run of this process could draw
        raise NutmegError(
            "A process that draws certificates was ended from outside, perhaps for want of memory; nothing more was "
            "issued. Run again, with a smaller NUTMEG_WORKERS if it repeats."
        ) from None


def staged(plate: Plate, sha256: str) -> Path:
    """Where drawn bytes wait for their issue."""
    return plate.staging / f"{sha256}.pdf"


def _draw_chunk(job: Job) -> list[Issued | NotDrawn]:
    """Each process makes its own files durable, while the other draws."""
    orders, plate = job
    issued = list(_drawn(orders, plate))
    _flush([staged(plate, each.sha256) for each in issued if isinstance(each, Issued)])
    return issued


def _drawn(orders: Sequence[IssuanceOrder], plate: Plate) -> Iterator[Issued | NotDrawn]:
    from tasks import engraving
    from tasks.engraving import wording
    from tasks.engraving.errors import EngravingError
    from tasks.proofing import ProofError, proof
    from tasks.tokens.cwt import mint
    from tasks.tokens.errors import TokenError

    version = f"{engraving.TEMPLATE_VERSION}+{wording.fingerprint()}"
    state = _state_of(plate.keys)
    for order in orders:
        keys, engraver = _kept(plate.keys, order.issued_on, state)
        try:
            drawn = engraver.draw(order, mint(credential(order), keys.tokens.active))
            seen = proof(drawn, order, keys)
        except (EngravingError, ProofError, TokenError) as error:
            yield NotDrawn(order.serial, str(error))
        else:
            _store(staged(plate, seen.sha256), drawn)
            yield Issued(order.serial, seen.sha256, version)


def _store(path: Path, data: bytes) -> None:
    """Not durable yet. A write that is cut short leaves a file that the same bytes overwrite at the next start."""
    # Buffered, although the bytes are one piece: the raw file takes half of them from a full disk and says nothing.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(data)


def _flush(paths: Sequence[Path]) -> None:
    with ThreadPoolExecutor(_FLUSHERS) as threads:
        list(threads.map(_make_durable, paths))


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@lru_cache(8)
def _kept(keys: KeyPlaces, day: date, _state: Hashable) -> "tuple[Authority, Engraver]":
    """Loaded once, and anew when the files of the keys are in another state: processes outlive keys."""
    # The PDF library is paid for by those who draw.
    from tasks.engraving.certificate import Engraver

    held = authority(keys, day)
    return held, Engraver(held.seal)


def _state_of(keys: KeyPlaces) -> Hashable:
    """What changes when a key is exchanged or taken away; looked up once in a chunk."""
    return tuple(map(_stamp, (keys.tokens, keys.tokens / LIST, keys.signing_key, keys.signing_certificate)))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


@cache
def _pool(workers: int) -> ProcessPoolExecutor:
    """A fork server, because a fork of a process with threads can deadlock."""
    return ProcessPoolExecutor(workers, mp_context=get_context("forkserver"))
