"""The smallest change that would have put a case into the automatic lane."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from registry.cures import CURES, FOR_A_PERSON, Cure
from registry.decision import Decision
from registry.law import Policy
from registry.readers import facts_behind
from registry.rule import Finding, Rule
from registry.rulebook import RULES, Known, ask, ask_all, draw_conclusions, known_in

_ROUNDS = 24
"""More than this no case takes, though a cure can bring another rule up, such as one about a proof that now came."""
_RESERVED = frozenset(each.id for each in FOR_A_PERSON)
_DAYS_OF_THE_LAW = frozenset({"submitted_on", "certified_on"})

Changes = Mapping[str, Any]


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
    case = _Case.of(decision, policy)
    steps = _needed(case, _steps(case))
    changes = _needed_facts(case, {fact: value for step in steps for fact, value in step.changes.items()})
    kept = [step for step in steps if step.changes.keys() & changes.keys()]
    return Nearest(
        changes=tuple((fact, case.known[fact], value) for fact, value in changes.items()),
        words=tuple(step.cure.words.format(**step.changes) for step in kept),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything known of a case, and the findings against the lane by rule."""

    facts: Changes
    """as established"""
    changes: Changes
    """as they would be"""
    known: Known
    against: Mapping[Rule, Finding]
    policy: Policy

    @classmethod
    def of(cls, decision: Decision, policy: Policy) -> "_Case":
        facts = vars(decision.facts)
        known = {**known_in(facts, policy), **decision.conclusions}
        return cls(facts, {}, known, _against(RULES, decision.findings), policy)

    def with_(self, more: Changes) -> "_Case":
        """The case with other facts; only the rules that rest on them are asked again, unless it is another law."""
        changes = {**self.changes, **more}
        if not more.keys().isdisjoint(_DAYS_OF_THE_LAW):
            known = known_in({**self.facts, **changes}, self.policy)
            findings, conclusions = ask_all(known, known)
            return _Case(self.facts, changes, known | conclusions, _against(RULES, findings), self.policy)
        known = {**self.known, **more}
        draw_conclusions(known)
        asked = _resting_on(frozenset(more))
        kept = {rule: finding for rule, finding in self.against.items() if rule not in asked}
        against = kept | _against(asked, [ask(rule, known) for rule in asked])
        return _Case(self.facts, changes, known, against, self.policy)


@dataclass(frozen=True, slots=True)
class _Step:
    cure: Cure
    changes: Changes


def _against(rules: Mapping[Rule, Any] | tuple[Rule, ...], findings: Any) -> dict[Rule, Finding]:
    pairs = zip(rules, findings, strict=True)
    return {rule: finding for rule, finding in pairs if finding.detail}


@cache
def _resting_on(facts: frozenset[str]) -> tuple[Rule, ...]:
    """The rules whose judgement rests on one of these facts, in the order of the handbook."""
    return tuple(rule for rule in RULES if not facts.isdisjoint(_facts_behind(rule)))


@cache
def _facts_behind(rule: Rule) -> frozenset[str]:
    return frozenset(facts_behind(rule))


def _steps(case: _Case) -> list[_Step]:
    """Cure what stands first, ask again, and go on until nothing stands against the lane; empty when that fails."""
    steps: list[_Step] = []
    while case.against and len(steps) < _ROUNDS:
        step, case = _best(case, [step.cure for step in steps])
        steps.append(step)
    return [] if case.against else steps


def _best(case: _Case, used: list[Cure]) -> tuple[_Step, _Case]:
    """Of the cures of the first finding that were not tried yet the one that leaves the fewest findings."""
    cures = CURES[min(case.against, key=RULES.index)]
    tried = []
    for cure in [cure for cure in cures if cure not in used] or cures:
        step = _Step(cure, cure.change(case.known))
        tried.append((step, case.with_(step.changes)))
    return min(tried, key=lambda each: len(each[1].against))


def _needed(case: _Case, steps: list[_Step]) -> list[_Step]:
    """The steps without those that a later one made needless."""
    for step in steps if len(steps) > 1 else ():
        others = [other for other in steps if other is not step]
        changes = {fact: value for other in others for fact, value in other.changes.items()}
        if not case.with_(changes).against:
            return _needed(case, others)
    return steps


def _needed_facts(case: _Case, changes: Changes) -> Changes:
    """The facts that really have to change: those that are as they would be, and those that do not matter, stay."""
    changes = {fact: value for fact, value in changes.items() if case.known[fact] != value}
    for fact in changes if len(changes) > 1 else ():
        others = {other: value for other, value in changes.items() if other != fact}
        if not case.with_(others).against:
            return _needed_facts(case, others)
    return changes
