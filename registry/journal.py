"""The chain of entries: each carries the hash of the one before, so that no change goes unseen."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, plain Unicode."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to one subject; `facts` are codes and counts, never people."""

    event: str
    subject: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the chain."""

    seq: int
    at: str
    actor: str
    run_id: str
    event: str
    subject: str
    facts: str
    previous: str
    hash: str

    def sealed(self) -> str:
        """The hash that this entry's own content and the one before give."""
        return _seal(self.seq, self.at, self.actor, self.run_id, self.event, self.subject, self.facts, self.previous)


def _seal(*content: Any) -> str:
    return digest(canonical(content))


def chain(events: Iterable[Event], at: str, actor: str, run_id: str, seq: int, previous: str) -> Iterator[Entry]:
    """Link events behind the entry number `seq` whose hash is `previous`."""
    for number, happened in enumerate(events, start=seq + 1):
        content = (number, at, actor, run_id, happened.event, happened.subject, canonical(happened.facts), previous)
        previous = _seal(*content)
        yield Entry(*content, previous)


def first_break(entries: Iterable[Entry]) -> int | None:
    """The number of the first entry that does not fit the one before it; None when the chain holds."""
    previous = GENESIS
    for seq, entry in enumerate(entries, start=1):
        if entry.seq != seq or entry.previous != previous or entry.hash != entry.sealed():
            return seq
        previous = entry.hash
    return None
