"""Why and how far certificates are called back: by certifier, by run, by document; asked by one, granted by another."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.calendar_days import add_days
from registry.journal import digest

ASK_IS_GOOD_FOR_DAYS = 14
"""After two weeks the list describes another registry, and whoever still wants the recall looks at it afresh."""


class Basis(StrEnum):
    """What the certificates of one recall have in common."""

    CERTIFIER = "certifier"
    RUN = "run"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Criterion:
    """Which certificates are meant."""

    basis: Basis
    subject: str
    """license number, run id, or SHA-256 of an upload"""
    first: date | None = None
    last: date | None = None
    """days of issue, both included; None is open"""


class Standing(StrEnum):
    """How a certificate stands on a day."""

    GOOD = "good"
    RESERVED = "not drawn yet"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    VOID = "void"


CAN_BE_RECALLED = frozenset({Standing.GOOD, Standing.RESERVED})
_STORED = {"reserved": Standing.RESERVED, "superseded": Standing.SUPERSEDED, "void": Standing.VOID}


def standing(state: str, expires_on: date, as_of: date) -> Standing:
    """How a certificate that the ledger holds in this state stands on a day."""
    if state == "issued":
        return Standing.GOOD if as_of <= expires_on else Standing.EXPIRED
    return _STORED[state]


@dataclass(frozen=True, slots=True)
class Case:
    """One certificate that a criterion meets; no person in it."""

    serial: str
    submission_id: str
    kind: str
    role: str
    standing: Standing


def to_recall(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Those that are good or still to be drawn; what has ended stays as it is."""
    return tuple(case for case in cases if case.standing in CAN_BE_RECALLED)


def counted(cases: Sequence[Case]) -> dict[str, dict[str, int]]:
    """How many cases there are by kind, role and state."""
    return {
        "kind": dict(sorted(Counter(case.kind for case in cases).items())),
        "role": dict(sorted(Counter(case.role for case in cases).items())),
        "state": dict(sorted(Counter(case.standing.value for case in cases).items())),
    }


def list_digest(serials: Iterable[str]) -> str:
    """SHA-256 over the serials in order, one a line: two people can compare that they look at the same list."""
    return digest("".join(f"{serial}\n" for serial in sorted(serials)))


def folded(name: str) -> str:
    """A name without regard to case, spaces and forms of letters, to tell whether two names are one person's."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(unicodedata.normalize("NFKC", plain).split())


def lapses_on(asked_on: date) -> date:
    """The first day on which a question cannot be granted any more."""
    return add_days(asked_on, ASK_IS_GOOD_FOR_DAYS + 1)


class Phase(StrEnum):
    """Where a recall is between question and end."""

    ASKED = "asked"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    UNDER_WAY = "under way"
    CARRIED_OUT = "carried out"


def phase(answer: str | None, left: int, lapses_on: date, as_of: date) -> Phase:
    """The phase of a recall with this answer (granted, withdrawn or none) and so many certificates left to act on."""
    if answer is None:
        return Phase.ASKED if as_of < lapses_on else Phase.LAPSED
    if answer == "withdrawn":
        return Phase.WITHDRAWN
    return Phase.UNDER_WAY if left else Phase.CARRIED_OUT


class Cure(StrEnum):
    """How a holder whose certificate was recalled stands."""

    CURED = "cured"
    WITHIN = "within the clock"
    PAST = "past the clock"


def cure(has_a_newer_one: bool, cure_by: date, as_of: date) -> Cure:
    """How a holder stands on a day; past the clock a person decides, never a machine."""
    if has_a_newer_one:
        return Cure.CURED
    return Cure.WITHIN if as_of <= cure_by else Cure.PAST
