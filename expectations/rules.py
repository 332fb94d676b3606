"""The rules as records: what each suite file declares, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from expectations.columns import contract
from expectations.strict import DeclarationError, only_keys, read_declaration

SUITES_FOLDER = Path(__file__).with_name("suites")
# Facts of the delivery that stand beside each row while it is judged.
CONTEXT_COLUMNS = frozenset({"exported_at"})
_KEYS = ("id", "columns", "check", "when", "when_empty", "code", "route", "sentence", "examples")
_NEEDED = ("id", "columns", "check", "code", "route", "sentence", "examples")


class Route(StrEnum):
    """What follows when a rule is broken."""

    STOP = "stop"
    """nothing of the delivery is taken in"""
    REJECT = "reject"
    """the row goes to quarantine"""
    WARN = "warn"
    """it is told, nothing else"""

    @property
    def severity(self) -> str:
        """The one severity of Great Expectations that says the same."""
        return {Route.STOP: "critical", Route.REJECT: "warning", Route.WARN: "info"}[self]


class Check(StrEnum):
    """The questions a rule can ask; expectations/checks.py answers them."""

    IS_GIVEN = "is_given"
    IS_EMPTY = "is_empty"
    HAS_FORM = "has_form"
    IS_ZERO = "is_zero"
    SAME = "same"
    DAY_NOT_AFTER_MOMENT = "day_not_after_moment"
    MOMENT_NOT_AFTER = "moment_not_after"

    @property
    def width(self) -> int:
        """How many columns the question is about."""
        return 2 if self in {Check.SAME, Check.DAY_NOT_AFTER_MOMENT, Check.MOMENT_NOT_AFTER} else 1


Example = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, with the rows that must keep it and the rows that must break it."""

    id: str
    columns: tuple[str, ...]
    """the first one is the column a reject is told of"""
    check: Check
    when: tuple[tuple[str, str], ...]
    """asked only of rows with these values"""
    when_empty: tuple[str, ...]
    """asked only of rows where these columns are empty"""
    code: str
    route: Route
    sentence: str
    passing: tuple[Example, ...]
    failing: tuple[Example, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """Every column the rule looks at."""
        return tuple(dict.fromkeys((*self.columns, *(name for name, _ in self.when), *self.when_empty)))


@dataclass(frozen=True, slots=True)
class Suite:
    """The rules of one module, and whether they judge rows or deliveries."""

    name: str
    of: str
    rules: tuple[Rule, ...]

    @property
    def reads(self) -> tuple[str, ...]:
        """Every column its rules look at."""
        return tuple(dict.fromkeys(name for rule in self.rules for name in rule.reads))


@cache
def suites(of: str) -> tuple[Suite, ...]:
    """The declared suites that judge `rows` or `deliveries`, by name."""
    found = tuple(load_suite(path) for path in sorted(SUITES_FOLDER.glob("*.yaml")))
    ids = [rule.id for suite in found for rule in suite.rules]
    if twice := sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1}):
        raise DeclarationError(f"{SUITES_FOLDER.name}: rule {', '.join(twice)} is declared twice. Rename one.")
    return tuple(suite for suite in found if suite.of == of)


@cache
def sentences() -> Mapping[str, tuple[str, ...]]:
    """Reason code -> what it says; a code that several rules share says one sentence each."""
    said: dict[str, tuple[str, ...]] = {}
    for rule in (rule for of in ("deliveries", "rows") for suite in suites(of) for rule in suite.rules):
        said[rule.code] = (*said.get(rule.code, ()), rule.sentence)
    return said


def load_suite(path: Path) -> Suite:
    """Read one suite file strictly.

    Raises:
        DeclarationError: an unknown key, check, route or column, or a rule without examples; names file and rule.
    """
    content = read_declaration(path)
    only_keys(path.name, content, {"suite", "of", "rules"}, {"suite", "of", "rules"})
    if content["of"] not in {"rows", "deliveries"}:
        raise DeclarationError(f"{path.name}: of must be rows or deliveries.")
    suite = Suite(content["suite"], content["of"], tuple(_rule(path.name, given) for given in content["rules"]))
    if suite.of == "rows" and (unknown := sorted(set(suite.reads) - set(contract()) - CONTEXT_COLUMNS)):
        raise DeclarationError(f"{path.name}: the contract has no column {', '.join(unknown)}. Correct the name.")
    return suite


def _rule(file: str, given: Mapping[str, Any]) -> Rule:
    place = f"{file}, rule {given.get('id', 'without id')}"
    only_keys(place, given, _KEYS, _NEEDED)
    only_keys(place, given["examples"], {"pass", "fail"}, {"pass", "fail"})
    columns = tuple(given["columns"])
    rule = Rule(
        id=given["id"],
        columns=columns,
        check=Check(_one_of(place, given["check"], Check)),
        when=tuple(given.get("when", {}).items()),
        when_empty=tuple(given.get("when_empty", ())),
        code=given["code"],
        route=Route(_one_of(place, given["route"], Route)),
        sentence=given["sentence"],
        passing=_examples(columns[0], given["examples"]["pass"]),
        failing=_examples(columns[0], given["examples"]["fail"]),
    )
    if len(columns) != rule.check.width or not rule.passing or not rule.failing:
        raise DeclarationError(f"{place}: needs {rule.check.width} column(s) and examples that pass and that fail.")
    return rule


def _one_of(place: str, value: str, choices: type[StrEnum]) -> str:
    if value not in tuple(choices):
        raise DeclarationError(f"{place}: {value} is unknown. Take one of {', '.join(choices)}.")
    return value


def _examples(column: str, given: list[str | dict[str, str]]) -> tuple[Example, ...]:
    """A plain value is a value of the rule's own column."""
    return tuple({column: example} if isinstance(example, str) else example for example in given)
