"""The handbook's pages about dates, terms, conditions, facts and conclusions."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from registry.case import fact_types
from registry.conclusions import CONCLUSIONS
from registry.law import Policy, Provision, Value
from registry.readers import readers_of_the_law
from registry.reading import Applied
from registry.rule import Conclusion
from registry.rulebook import RULES
from tests.spec.ordinary import ordinary_facts
from tests.spec.rule_pages import linked
from tests.spec.term_specs import TermCase, TermSpec, all_terms
from tests.spec.wording import (
    SURE,
    amount,
    block,
    escaped,
    named,
    page,
    plainly,
    provisions_table,
    sentences,
    slug,
    source,
    table,
    words,
)

Change = tuple[str, str, str, str]
"""A day, what changed on it, from what, to what."""

_LISTED = (
    "A condition counts when it was on the list on the day of signing. Where the first day is 1 July of a year, the "
    "sources name the year alone: the day is to be confirmed."
)
_FACTS = (
    "Facts are established before any rule is asked: what the application says, what the register and the tables hold, "
    "what could be read on the papers. The last column is the ordinary case, an adult patient's renewal in which "
    "nothing is wrong; the cases of this handbook say only what is different from it."
)
_TERMS = "What ends when, what is due when, and who is late: each is computed when the agency acts."


def dates_page(policy: Policy, conditions: Path) -> str:
    """Every provision with its values by date, and what changed when."""
    rules = {rule.id for rule in RULES}
    provisions = [each for key, each in sorted(policy.provisions.items()) if key not in rules]
    first = f"The programme begins on {_first_day(policy)}; every value of that day stands with its provision below."
    changes = table(("Day", "What changed", "Up to then", "From then on"), _changes(policy, conditions))
    return page(
        "The law by its dates",
        ["Every number, list and switch of the law, by the day since which it is in force.", "## What changed when"],
        [first, block(changes), "## The provisions"],
        (part for provision in provisions for part in _provision(provision)),
        [
            "## Since when each rule is asked",
            block(table(("Rule", "Code", "Asked", "Source", "How sure"), _rules(policy))),
        ],
    )


def _first_day(policy: Policy) -> str:
    return str(min(provision.values[0][0] for provision in policy.provisions.values()))


def _changes(policy: Policy, conditions: Path) -> list[Change]:
    first = _first_day(policy)
    of_law = [
        (str(since), provision.summary, amount(before, provision.unit) if before is not None else "none", now)
        for provision in policy.provisions.values()
        for before, (since, value) in zip(_befores(provision), provision.values, strict=True)
        for now in (amount(value, provision.unit),)
    ]
    return sorted(change for change in [*of_law, *_condition_changes(conditions)] if change[0] != first)


def _befores(provision: Provision) -> list[Value | None]:
    return [None, *(value for _, value in provision.values[:-1])]


def _condition_changes(path: Path) -> Iterator[Change]:
    came: dict[str, list[str]] = defaultdict(list)
    for row in _conditions(path):
        came[row["effective_from"]].append(row["label"])
        if row["effective_to"]:
            yield (
                row["effective_to"],
                f"Last day on the list of conditions: {row['label']}.",
                "on the list",
                "not on it",
            )
    for day, labels in came.items():
        yield day, "The list of conditions grows.", "", "; ".join(labels)


def _provision(provision: Provision) -> Iterator[str]:
    yield f"### {provision.summary}"
    yield f"`{provision.key}` · {source(provision)} · {SURE[provision.certainty]}"
    yield block(
        table(("Since", "Value"), ((str(day), amount(value, provision.unit)) for day, value in provision.values))
    )
    yield block(["Read by:", "", *(f"- {reader}" for reader in _readers(provision.key))])


def _readers(key: str) -> list[str]:
    names = {who for who, read in readers_of_the_law() if read.name == key}
    rules = [f"{linked(rule)} `{rule.id}`" for rule in RULES if rule.id in names]
    others = [("terms.md", name, term) for name, term in all_terms().items()]
    others += [("facts.md", each.name, each) for each in CONCLUSIONS]
    return rules + [
        f"[{plainly(each.sentence.rstrip('.'))}]({file}#{slug(each.sentence)}) `{name}`"
        for file, name, each in others
        if name in names
    ]


def _rules(policy: Policy) -> Iterator[tuple[str, ...]]:
    for rule in RULES:
        provision = policy.provisions[rule.id]
        asked = "<br>".join(f"{'since' if value else 'no more since'} {day}" for day, value in provision.values)
        yield linked(rule), f"`{rule.reason}`", asked, source(provision), SURE[provision.certainty]


def conditions_list(path: Path) -> Iterator[str]:
    """The list of conditions, for whom and since when."""
    rows: list[tuple[str, ...]] = [
        (row["label"], f"`{row['code']}`", row["adult"], row["minor"], row["effective_from"], row["effective_to"])
        for row in sorted(_conditions(path), key=lambda row: (row["effective_from"], row["label"]))
    ]
    yield "## The list of conditions"
    yield f"{_count(rows, 2)} conditions for adults, {_count(rows, 3)} for minors. {_LISTED}"
    yield block(table(("Condition", "Code", "Adults", "Minors", "First day", "Last day"), rows))


def _count(rows: list[tuple[str, ...]], column: int) -> int:
    return sum(row[column] == "yes" for row in rows)


def _conditions(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def terms_page(policy: Policy, specs: Mapping[str, TermSpec]) -> str:
    """Every day, number and answer that is computed after a decision."""
    sections = (part for name, term in all_terms().items() for part in _term(name, term, policy, specs[name]))
    return page("Terms and clocks", [_TERMS], sections)


def _term(name: str, term: Applied, policy: Policy, spec: TermSpec) -> Iterator[str]:
    yield f"## {plainly(term.sentence)}"
    yield escaped(spec.about)
    yield f"Its name is `{name}`. {plainly(term.more)}".strip()
    if reads := [read for read in term.reads if read.day is not None]:
        yield "**What the law sets**"
        yield block(provisions_table(reads, policy.provisions))
    yield "**Cases**"
    yield block(table(("Case", "Day", "Given", "Then"), map(_row, spec.cases)))


def _row(case: TermCase) -> tuple[str, str, str, str]:
    given = "<br>".join(f"{words(name)}: {escaped(words(value))}" for name, value in case.given.items())
    return escaped(case.sentence), str(case.act_on), given, f"**{escaped(words(case.then))}**"


def facts_page(policy: Policy) -> str:
    """Everything that a rule may look at, and the ordinary case."""
    ordinary = ordinary_facts()
    rows = ((sentences()[name], f"`{name}`", _plain(ordinary[name])) for name in fact_types())
    return page(
        "Facts and conclusions",
        [
            _FACTS,
            "## Facts",
            block(table(("Fact", "Name", "In the ordinary case"), rows)),
            "## Conclusions",
            "What follows from facts under the law, for several rules to look at.",
        ],
        (part for each in CONCLUSIONS for part in _conclusion(each, policy)),
    )


def _plain(value: object) -> str:
    said = words(value)
    for day in ("submitted", "signed"):
        said = said.replace(day, f"day of {'submission' if day == 'submitted' else 'signing'}", 1)
    return said


def _conclusion(conclusion: Conclusion, policy: Policy) -> Iterator[str]:
    yield f"### {plainly(conclusion.sentence)}"
    yield f"`{conclusion.name}` {plainly(conclusion.more)}".strip()
    yield block(["It follows from:", "", *(f"- {named(read.name)}" for read in conclusion.reads if read.day is None)])
    if reads := [read for read in conclusion.reads if read.day is not None]:
        yield block(provisions_table(reads, policy.provisions))
