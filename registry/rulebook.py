"""Every rule that is asked of every case, in the order of the handbook, and the asking of them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from itertools import count
from typing import Any

from registry.case import fact_types
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
"""What rules may read in one case, by name."""
Findings = tuple[Finding, ...]


def law_of(facts: Mapping[str, Any], policy: Policy) -> Known:
    """The law of the two days of a case, by the names that rules read."""
    submitted_on, certified_on = facts["submitted_on"], facts["certified_on"]
    days = (submitted_on, certified_on or submitted_on)
    return policy.once(("values", *days), lambda: _values(policy, *days))


def known_in(facts: Mapping[str, Any], policy: Policy) -> Known:
    """The facts of a case with the law of its two days."""
    return {**law_of(facts, policy), **facts}


def _values(policy: Policy, submitted_on: date, signed_on: date) -> dict[str, Any]:
    """The law of the day of submission by its keys, and that of the day of signing by the names that rules read."""
    signing = {f"{key}@{Day.SIGNING}": value for key, value in policy.on(signed_on).values.items()}
    return {**policy.on(submitted_on).values, **signing}


def ask_all(law: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[Findings, Known]:
    """What every rule says of these facts under this law, and the conclusions drawn on the way."""
    return asking(RULES)(law, facts)


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
    _, conclusions = asking(())(known, known)
    known.update(conclusions)


@cache
def asking(
    rules: tuple[Rule, ...],
) -> Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[Findings, Known]]:
    """These rules written out as one function, which is quicker to ask than each rule in a loop.

    It draws every conclusion, and says of each rule in turn whether it is in force, applies, and is met; a rule's id is
    itself a provision of the law. Each name is read once into a variable, and each rule is a plain call:

        v3 = law["lanes.initial"]; v7 = facts["role"]; v41 = c0(v7); ...
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
        body.append(f"    {name(each.name)} = {call}")
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
    drawn = {each.name: names[each.name] for each in CONCLUSIONS}
    places = {key: "facts" if key in fact_types() else "law" for key in names.keys() - drawn.keys()}
    given = [f"    {names[key]} = {place}[{key!r}]" for key, place in sorted(places.items())]
    conclusions = ", ".join(f"{key!r}: {variable}" for key, variable in drawn.items())
    lines = ["def written_out(law, facts):", "    found = []; add = found.append", *given, *body]
    lines += [f"    return tuple(found), {{{conclusions}}}"]
    exec("\n".join(lines), things)  # noqa: S102 - of our own functions' names, and of nothing that comes from outside
    return things["written_out"]  # type: ignore[no-any-return]
