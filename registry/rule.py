"""Rules and conclusions of the law, made of plain functions, and what a rule can say of a case."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from registry.reading import Applied, Read
from registry.reasons import Reason


class Verdict(StrEnum):
    """What a rule says of a case."""

    MET = "met"
    NOT_MET = "not_met"
    DOES_NOT_APPLY = "does_not_apply"
    NOT_IN_FORCE = "not_in_force"
    """on the day of submission"""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule said of the case."""

    rule: str
    reason: Reason
    """the code that the rule gives when it is not met"""
    verdict: Verdict
    detail: str
    """why it is not met, for the analyst, without personal values; else empty"""


@dataclass(frozen=True, eq=False)
class Conclusion(Applied):
    """What follows from facts under the law, for several rules to read: a fact of law rather than of the world."""

    @property
    def name(self) -> str:
        """The name by which rules read it."""
        return self.function.__name__


@dataclass(frozen=True, eq=False)
class Rule(Applied):
    """One rule of the law: which code it gives, to which cases it applies, and the judgement itself.

    The judgement is a sentence on why the rule is not met, or None when it is met. On what the rule rests, and since
    when it is in force, stands in data/policy with its code.
    """

    reason: Reason
    when: str | None
    """a fact or conclusion that must be true for the rule to apply"""

    @cached_property
    def id(self) -> str:
        """Its subject and name, such as `certification.in_force`; never changed, decisions hold it."""
        return f"{self.subject}.{self.function.__name__}"

    @property
    def subject(self) -> str:
        """What it speaks about: the module it stands in."""
        return self.function.__module__.rpartition(".")[2]

    @cached_property
    def all_reads(self) -> tuple[Read, ...]:
        """What it reads, with what says whether it applies."""
        return self.reads if self.when is None else (Read(self.when, bool, None), *self.reads)

    @cached_property
    def met(self) -> Finding:
        """The finding of a case in which it is met."""
        return Finding(self.id, self.reason, Verdict.MET, "")

    @cached_property
    def does_not_apply(self) -> Finding:
        """The finding of a case that it does not speak about."""
        return Finding(self.id, self.reason, Verdict.DOES_NOT_APPLY, "")

    @cached_property
    def not_in_force(self) -> Finding:
        """The finding of a day on which it was no law."""
        return Finding(self.id, self.reason, Verdict.NOT_IN_FORCE, "")

    def not_met(self, detail: str) -> Finding:
        """The finding of a case in which it is not met."""
        return Finding(self.id, self.reason, Verdict.NOT_MET, detail)


Judgement = Callable[..., str | None]


def rule(reason: Reason, when: str | None = None) -> Callable[[Judgement], Rule]:
    """Turn a judgement into a rule named after its module and function."""
    return lambda judgement: Rule(judgement, reason, when)


def conclusion(function: Callable[..., Any]) -> Conclusion:
    """Turn a function of facts and provisions into a conclusion named after it."""
    return Conclusion(function)
