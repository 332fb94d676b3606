"""Provisions of the law as dated, cited values, and the law in force on a day."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

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
        value: Value | None = None
        for since, candidate in self.values:
            if since > day:
                break
            value = candidate
        return value


@dataclass(frozen=True)
class Law:
    """The provisions as they stand on one day."""

    day: date
    provisions: Mapping[str, Provision]

    def value(self, key: str) -> Value:
        """The value in force.

        Raises:
            PolicyGapError: nothing is in force on this day.
        """
        found = self.provisions[key].on(self.day)
        if found is None:
            raise PolicyGapError(f"{key} has no value in force on {self.day}; add one to data/policy")
        return found

    def in_force(self, key: str) -> bool:
        """Whether the provision has a value on this day."""
        return self.provisions[key].on(self.day) is not None

    def number(self, key: str) -> int:
        """A number, in the provision's unit."""
        found = self.value(key)
        if isinstance(found, bool) or not isinstance(found, int):
            raise PolicyGapError(f"{key} is not a number on {self.day}")
        return found

    def switch(self, key: str) -> bool:
        """A yes or no."""
        found = self.value(key)
        if not isinstance(found, bool):
            raise PolicyGapError(f"{key} is not yes or no on {self.day}")
        return found

    def words(self, key: str) -> tuple[str, ...]:
        """A list of terms."""
        found = self.value(key)
        if not isinstance(found, tuple):
            raise PolicyGapError(f"{key} is not a list on {self.day}")
        return found


@dataclass(frozen=True)
class Policy:
    """Every provision, with the fingerprint that names this version of the law."""

    provisions: Mapping[str, Provision]

    @classmethod
    def of(cls, provisions: Iterable[Provision]) -> "Policy":
        """The policy made of these provisions."""
        return cls({provision.key: provision for provision in provisions})

    def on(self, day: date) -> Law:
        """The law in force on that day."""
        return Law(day, self.provisions)

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
