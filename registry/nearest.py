"""The smallest change that would have put a case into the automatic lane."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from registry.case import CaseFacts
from registry.cures import CURES, FOR_A_PERSON, Cure
from registry.decision import Decision, decide
from registry.law import Policy
from registry.rulebook import RULES, ask_all, known_in

_ROUNDS = 24
"""More than this no case takes, though a cure can bring another rule up, such as one about a proof that now came."""
_RULE = {each.id: each for each in RULES}
_RESERVED = frozenset(each.id for each in FOR_A_PERSON)


@dataclass(frozen=True, slots=True)
class Nearest:
    """The changes of facts that together open the automatic lane, none of which can be left out."""

    changes: tuple[tuple[str, Any, Any], ...] = ()
    """(fact, as it is, as it would have to be)"""
    words: tuple[str, ...] = ()
    """the same in words that go on from `if`"""
    reserved_by: tuple[str, ...] = ()
    """rules that leave the case to a person whatever its facts; then there is no such change"""

    def as_dict(self) -> dict[str, Any]:
        """As packets hold it."""
        changes = [{"fact": fact, "is": now, "would_be": then} for fact, now, then in self.changes]
        return {"if": self.words, "changes": changes, "reserved_by": self.reserved_by}


def nearest_automatic(decision: Decision, policy: Policy) -> Nearest:
    """What would have had to be otherwise; nothing for a case that is in the lane already."""
    if not decision.against:
        return Nearest()
    if reserved := tuple(finding.rule for finding in decision.against if finding.rule in _RESERVED):
        return Nearest(reserved_by=reserved)
    steps = _steps(decision, policy)
    steps = _needed(decision.facts, steps, policy)
    changes = {fact: value for step in steps for fact, value in step.changes.items()}
    changes = _needed_facts(decision.facts, changes, policy)
    kept = [step for step in steps if step.changes.keys() & changes.keys()]
    return Nearest(
        changes=tuple((fact, getattr(decision.facts, fact), value) for fact, value in changes.items()),
        words=tuple(step.cure.words.format(**step.changes) for step in kept),
    )


@dataclass(frozen=True, slots=True)
class _Step:
    cure: Cure
    changes: Mapping[str, Any]


def _steps(decision: Decision, policy: Policy) -> list[_Step]:
    """Cure what stands first, ask again, and go on until nothing stands against the lane; empty when that fails."""
    steps: list[_Step] = []
    while decision.against and len(steps) < _ROUNDS:
        step, decision = _best(decision, policy, [step.cure for step in steps])
        steps.append(step)
    return [] if decision.against else steps


def _best(decision: Decision, policy: Policy, used: list[Cure]) -> tuple[_Step, Decision]:
    """Of the cures of the first finding that were not tried yet the one that leaves the fewest findings."""
    facts = decision.facts
    known = known_in(facts, policy)
    ask_all(known)
    cures = CURES[_RULE[decision.against[0].rule]]
    tried = []
    for cure in [cure for cure in cures if cure not in used] or cures:
        step = _Step(cure, cure.change(known))
        tried.append((step, decide(replace(facts, **step.changes), policy)))
    return min(tried, key=lambda each: len(each[1].against))


def _needed(facts: CaseFacts, steps: list[_Step], policy: Policy) -> list[_Step]:
    """The steps without those that a later one made needless."""
    for step in steps:
        others = [other for other in steps if other is not step]
        changes = {fact: value for other in others for fact, value in other.changes.items()}
        if others and not decide(replace(facts, **changes), policy).against:
            return _needed(facts, others, policy)
    return steps


def _needed_facts(facts: CaseFacts, changes: dict[str, Any], policy: Policy) -> dict[str, Any]:
    """The facts that really have to change: those that are as they would be, and those that do not matter, stay."""
    changes = {fact: value for fact, value in changes.items() if getattr(facts, fact) != value}
    for fact in changes:
        others = {other: value for other, value in changes.items() if other != fact}
        if others and not decide(replace(facts, **others), policy).against:
            return _needed_facts(facts, others, policy)
    return changes
