"""Which certificates are looked at again: a share that nobody picks and everybody can draw again from its seed."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass

from registry.journal import digest


@dataclass(frozen=True, slots=True)
class Share:
    """How many are drawn: so many percent, with a floor and a ceiling."""

    percent: int
    at_least: int
    at_most: int

    def of(self, total: int) -> int:
        """How many of this total."""
        wanted = -(-total * self.percent // 100)
        return min(total, max(self.at_least, min(self.at_most, wanted)))


NIGHTLY = Share(percent=2, at_least=20, at_most=500)
"""A certificate is met every fifty nights on average, and a large registry does not make the night longer."""


def drawn(serials: Iterable[str], total: int, seed: str, share: Share) -> list[str]:
    """The drawn serials, in order: those with the smallest SHA-256 of `seed:serial`, which anyone can compute."""
    return sorted(heapq.nsmallest(share.of(total), serials, key=lambda serial: digest(f"{seed}:{serial}")))
