"""Provisions of the law as dated, cited values, and the law in force on a day."""

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

T = TypeVar("T")
Value = int | bool | str | tuple[str, ...]


class Certainty(StrEnum):
    """How sure we are of a provision's values."""

    CONFIRMED = "C"
    """by the named official source"""
    SECONDARY = "S"
    """only by a secondary source"""
    DESIGN = "D"
    """our choice, for want of a rule"""


class PolicyGapError(Exception):
    """No value of a provision is in force on the day a rule needs it."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One number, list or switch of the law; `values` pairs the first day of force with the value, None is repealed."""

    key: str
    summary: str
    unit: str
    citation: str
    url: str
    certainty: Certainty
    values: tuple[tuple[date, Value | None], ...]

    def on(self, day: date) -> Value | None:
        """The value in force on that day; None before the first and after a repeal."""
        return self.in_force_on(day)[1]

    def in_force_on(self, day: date) -> tuple[date | None, Value | None]:
        """The day since which the value of that day is in force, and the value; (None, None) before the first."""
        found: tuple[date | None, Value | None] = (None, None)
        for since, value in self.values:
            if since > day:
                break
            found = (since, value)
        return found


@dataclass(frozen=True)
class Law:
    """The provisions as they stand on one day."""

    day: date
    provisions: Mapping[str, Provision]

    @cached_property
    def values(self) -> Mapping[str, Value | None]:
        """Every provision's value on this day; None where nothing is in force."""
        return {key: provision.on(self.day) for key, provision in self.provisions.items()}

    def in_force(self, key: str) -> bool:
        """Whether the provision has a value on this day."""
        return self.values[key] is not None

    def number(self, key: str) -> int:
        """A number, in the provision's unit.

        Raises:
            PolicyGapError: nothing is in force on this day, or it is no number.
        """
        found = self.values[key]
        if isinstance(found, bool) or not isinstance(found, int):
            raise PolicyGapError(f"{key} is not a number on {self.day}; add one to data/policy")
        return found


@dataclass(frozen=True)
class Policy:
    """Every provision, with the fingerprint that names this version of the law."""

    provisions: Mapping[str, Provision]
    _laws: dict[date, Law] = field(default_factory=dict, init=False, repr=False, compare=False)
    _made_once: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, provisions: Iterable[Provision]) -> "Policy":
        """The policy made of these provisions."""
        return cls({provision.key: provision for provision in provisions})

    def on(self, day: date) -> Law:
        """The law in force on that day."""
        law = self._laws.get(day)
        if law is None:
            law = self._laws[day] = Law(day, self.provisions)
        return law

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Something that is the same for all cases under this policy, made when first asked for."""
        if key not in self._made_once:
            self._made_once[key] = make()
        made: T = self._made_once[key]
        return made

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over keys, units and dated values: changes when a decision could, not when words do."""
        content = [
            [key, p.unit, [[since.isoformat(), value] for since, value in p.values]]
            for key, p in sorted(self.provisions.items())
        ]
        return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()

    def unconfirmed(self) -> tuple[Provision, ...]:
        """What the agency has to confirm before going live."""
        return tuple(p for p in self.provisions.values() if p.certainty is not Certainty.CONFIRMED)
