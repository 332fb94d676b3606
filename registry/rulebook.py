"""Every rule that is asked of every case, in the order of the handbook, and the asking of them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from itertools import count
from typing import Any

from registry.conclusions import CONCLUSIONS
from registry.law import Policy
from registry.reading import Day, Read
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

Known = dict[str, Any]
"""Everything that rules may read in one case, by name."""


def known_in(facts: Mapping[str, Any], policy: Policy) -> Known:
    """The facts of a case with the law of its two days."""
    submitted_on, certified_on = facts["submitted_on"], facts["certified_on"]
    days = (submitted_on, certified_on or submitted_on)
    return {**policy.once(("values", *days), lambda: _values(policy, *days)), **facts}


def _values(policy: Policy, submitted_on: date, signed_on: date) -> dict[str, Any]:
    """The law of the day of submission by its keys, and that of the day of signing by the names that rules read."""
    signing = {f"{key}@{Day.SIGNING}": value for key, value in policy.on(signed_on).values.items()}
    return {**policy.on(submitted_on).values, **signing}


def ask_all(known: Known) -> tuple[Finding, ...]:
    """What every rule says; the conclusions drawn on the way are added to what is known."""
    return asking(RULES)(known)


def ask(rule: Rule, known: Known) -> Finding:
    """What one rule says of a case whose conclusions are drawn."""
    if not known[rule.id]:
        return rule.not_in_force
    if rule.when is not None and not known[rule.when]:
        return rule.does_not_apply
    detail = rule.to(known)
    return rule.met if detail is None else rule.not_met(detail)


def draw_conclusions(known: Known) -> None:
    """Draw every conclusion anew, after a fact has changed."""
    asking(())(known)


def conclusions_in(known: Mapping[str, Any]) -> dict[str, Any]:
    """The conclusions among what is known after everybody was asked."""
    return {name: known[name] for name in _NAMES}


_NAMES = tuple(each.name for each in CONCLUSIONS)


@cache
def asking(rules: tuple[Rule, ...]) -> Callable[[Known], tuple[Finding, ...]]:
    """These rules written out as one function, which asks a case in half the time of a loop over them.

    It draws every conclusion, and says of each rule in turn whether it is in force, applies, and is met; a rule's id is
    itself a provision of the law. Each name is read once into a variable, and each rule is a plain call:

        v7 = known["role"]; v41 = known["is_patient"] = c0(v7); ...
        if not v3: add(dead19)
        elif v41: said = r19(v8, v9); add(met19 if said is None else not_met19(said))
        else: add(idle19)
    """
    names: dict[str, str] = {}
    number = count()

    def name(key: str) -> str:
        return names.setdefault(key, f"v{next(number)}")

    def arguments(reads: Iterable[Read]) -> str:
        return ", ".join(name(read.key) for read in reads)

    things: dict[str, Any] = {}
    body = []
    for i, each in enumerate(CONCLUSIONS):
        things[f"c{i}"] = each.function
        call = f"c{i}({arguments(each.reads)})"
        body.append(f"    {name(each.name)} = known[{each.name!r}] = {call}")
    for i, rule in enumerate(rules):
        things |= {f"r{i}": rule.function, f"met{i}": rule.met, f"idle{i}": rule.does_not_apply}
        things |= {f"not_met{i}": rule.not_met, f"dead{i}": rule.not_in_force}
        condition = name(rule.when) if rule.when else "True"
        call = f"r{i}({arguments(rule.reads)})"
        body.append(f"    if not {name(rule.id)}: add(dead{i})")
        body.append(f"    elif {condition}:")
        body.append(f"        said = {call}")
        body.append(f"        add(met{i} if said is None else not_met{i}(said))")
        body.append(f"    else: add(idle{i})")
    given = [f"    {variable} = known[{key!r}]" for key, variable in names.items() if key not in _NAMES]
    lines = ["def written_out(known):", "    found = []; add = found.append", *given, *body, "    return tuple(found)"]
    exec("\n".join(lines), things)  # noqa: S102 - of our own functions' names, and of nothing that comes from outside
    written_out: Callable[[Known], tuple[Finding, ...]] = things["written_out"]
    return written_out
