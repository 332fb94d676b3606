"""From findings to one outcome; no outcome here denies anybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from registry.case import CaseFacts
from registry.law import Policy
from registry.reasons import Reason, ReasonClass
from registry.rule import Finding, Verdict
from registry.rulebook import ask_all, law_of


class Outcome(StrEnum):
    """What the pipeline itself may decide."""

    AUTO_APPROVED = "auto_approved"
    REVIEW = "review"
    DEFICIENT = "deficient"
    HELD = "held"


class PersonOutcome(StrEnum):
    """What only a named person can decide."""

    APPROVED = "approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


# The order is the rule: a person sees everything first, then one complete notice, then waiting, then the lanes.
_PRECEDENCE = (
    (ReasonClass.PERSON, Outcome.REVIEW),
    (ReasonClass.APPLICANT, Outcome.DEFICIENT),
    (ReasonClass.WAIT, Outcome.HELD),
    (ReasonClass.LANE, Outcome.REVIEW),
)


def outcome_of(reasons: Iterable[Reason]) -> Outcome:
    """The one outcome that a set of reasons leads to; automatic approval only when there is none."""
    classes = {reason.reason_class for reason in reasons}
    if not classes:
        return Outcome.AUTO_APPROVED
    for reason_class, outcome in _PRECEDENCE:
        if reason_class in classes:
            return outcome
    raise AssertionError("every class of reasons has its outcome")


@dataclass(frozen=True)
class Decision:
    """What every rule found in one case. The outcome follows from the findings: nobody can put another one in."""

    facts: CaseFacts
    conclusions: Mapping[str, Any]
    """what follows from the facts under the law, by name"""
    findings: tuple[Finding, ...]
    """of every rule, those met and those that do not apply too"""
    policy_fingerprint: str

    @cached_property
    def against(self) -> tuple[Finding, ...]:
        """The findings that stand against the automatic lane."""
        return tuple([finding for finding in self.findings if finding.verdict is Verdict.NOT_MET])

    @cached_property
    def outcome(self) -> Outcome:
        """The one outcome that the findings lead to."""
        return outcome_of([finding.reason for finding in self.against])

    @property
    def reason_codes(self) -> tuple[str, ...]:
        """All codes found, each once, sorted."""
        return tuple(sorted({finding.reason.value for finding in self.against}))


def decide(facts: CaseFacts, policy: Policy) -> Decision:
    """Ask every rule of this case under the law of its days."""
    findings, conclusions = ask_all(law_of(vars(facts), policy), vars(facts))
    return Decision(facts, conclusions, findings, policy.fingerprint)
