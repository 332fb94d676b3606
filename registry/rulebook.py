"""Every rule that is asked of every case, in the order of the handbook, and the asking of them."""

from typing import Any

from registry.case import CaseFacts
from registry.conclusions import CONCLUSIONS
from registry.law import Policy
from registry.rule import Finding, Rule
from registry.rules import (
    caregivers,
    certification,
    certifier,
    conditions,
    documents,
    identity,
    lanes,
    minors,
    register,
    residency,
    statements,
)

RULES: tuple[Rule, ...] = (
    *register.RULES,
    *identity.RULES,
    *residency.RULES,
    *documents.RULES,
    *certification.RULES,
    *certifier.RULES,
    *conditions.RULES,
    *minors.RULES,
    *caregivers.RULES,
    *statements.RULES,
    *lanes.RULES,
)

# What the loop below needs of each rule and conclusion, looked up once and not for every case.
_CONCLUSIONS = tuple((each.name, each.to) for each in CONCLUSIONS)
_RULES = tuple((each.id, each.when, each.to, each.met, each.does_not_apply, each.not_met) for each in RULES)


def known_in(facts: CaseFacts, policy: Policy) -> dict[str, Any]:
    """Everything that rules may read in this case, by name: its facts, and the law of its two days."""
    law = policy.on(facts.submitted_on)
    at_signing = law if facts.certified_on is None else policy.on(facts.certified_on)
    return {**law.values, **at_signing.values_at_signing, **vars(facts)}


def ask_all(known: dict[str, Any]) -> tuple[Finding, ...]:
    """What every rule says; the conclusions drawn on the way are added to what is known.

    A rule that is not in force on the day of submission applies to nobody: its id is a provision of the law.
    """
    for name, draw in _CONCLUSIONS:
        known[name] = draw(known)
    findings = []
    for in_force, when, judge, met, does_not_apply, not_met in _RULES:
        if not known[in_force] or (when is not None and not known[when]):
            findings.append(does_not_apply)
        else:
            detail = judge(known)
            findings.append(met if detail is None else not_met(detail))
    return tuple(findings)


def conclusions_in(known: dict[str, Any]) -> dict[str, Any]:
    """The conclusions among what is known after everybody was asked."""
    return {name: known[name] for name, _ in _CONCLUSIONS}
