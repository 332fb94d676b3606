"""Draw certificates, read them back, and stage exactly the bytes that were read back."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from registry.issuance import IssuanceOrder
from tasks.files import write_whole
from tasks.ledger.certificates import Issued

POOL_WORTHWHILE = 40
"""Fewer certificates than this are drawn here faster than by processes that have to start first."""


def draw_all(orders: Sequence[IssuanceOrder], staging: Path, workers: int) -> Iterator[Issued | None]:
    """Each order drawn and staged, in order; None for one that cannot be drawn or does not read back right."""
    jobs = [(order, staging) for order in orders]
    if len(jobs) < POOL_WORTHWHILE or workers < 2:
        yield from map(draw_one, jobs)
    else:
        yield from _pool(workers).map(draw_one, jobs, chunksize=10)


def draw_one(job: tuple[IssuanceOrder, Path]) -> Issued | None:
    """Draw one certificate and stage it under the digest of its bytes."""
    from tasks import engraving
    from tasks.engraving import wording
    from tasks.engraving.errors import EngravingError
    from tasks.proofing import ProofError, proof

    order, staging = job
    try:
        drawn = engraving.draw(order)
        seen = proof(drawn, order)
    except (EngravingError, ProofError):
        return None
    write_whole(staging / f"{seen.sha256}.pdf", drawn)
    return Issued(order.serial, seen.sha256, f"{engraving.TEMPLATE_VERSION}+{wording.fingerprint()}")


@cache
def _pool(workers: int) -> ProcessPoolExecutor:
    """A fork server, because a fork of a process with threads can deadlock."""
    return ProcessPoolExecutor(workers, mp_context=get_context("forkserver"))
