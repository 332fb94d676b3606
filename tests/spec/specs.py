"""The specs of the rules: what each says in which case; read strictly, asked one rule at a time, moved in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from registry.case import CaseFacts, fact_types
from registry.law import Policy
from registry.reading import Day
from registry.rule import Finding, Rule, Verdict
from registry.rulebook import ask_all, known_in
from tasks.law import load_policy
from tasks.settings import POLICY
from tasks.strict_yaml import read_yaml
from tests.spec.ordinary import ordinary_case
from tests.spec.plain import moved
from tests.spec.strict import (
    SpecError,
    checked_keys,
    day_of,
    decoded_all,
    list_of,
    refuse_repeated,
    sentence_of,
    text_of,
)

RULE_SPECS = Path(__file__).resolve().parent / "rules"
PROGRAMME_BEGINS = date(2012, 10, 1)

_VERDICTS = {verdict.value.replace("_", " "): verdict for verdict in Verdict}
_SPEC_KEYS = {"rule", "about", "cases"}, {"impossible"}
_CASE_KEYS = {"case", "date", "then"}, {"signed", "given", "says"}
_IMPOSSIBLE_KEYS = {"then", "because"}, {"since", "before"}


@dataclass(frozen=True)
class Case:
    """The ordinary case on two days with what is given, and what one rule says of it."""

    sentence: str
    submitted_on: date
    signed_on: date
    given: Mapping[str, Any]
    """facts other than those of the ordinary case"""
    then: Verdict
    says: str | None
    """the rule's exact words when it is not met, where the spec gives them"""

    @cached_property
    def facts(self) -> CaseFacts:
        """Every fact of the case."""
        return CaseFacts(**{**ordinary_case(self.submitted_on, self.signed_on), **self.given})

    def day(self, by: Day) -> date:
        """The day by which a provision is measured in this case."""
        return (self.facts.certified_on or self.submitted_on) if by is Day.SIGNING else self.submitted_on

    def moved(self, days: int) -> "Case":
        """The same case so many days later, or earlier, with every day that is given."""
        submitted_on, signed_on = (moved(day, days) for day in (self.submitted_on, self.signed_on))
        given = {name: moved(value, days) for name, value in self.given.items()}
        return Case(self.sentence, submitted_on, signed_on, given, self.then, None)


@dataclass(frozen=True, slots=True)
class Impossible:
    """A verdict that the law allows nowhere on one side of a day."""

    day: date
    is_since: bool
    """since that day; else before it"""
    then: Verdict
    because: str


@dataclass(frozen=True)
class Spec:
    """Everything that is specified of one rule."""

    rule: str
    about: str
    impossible: tuple[Impossible, ...]
    cases: tuple[Case, ...]

    def excludes(self, day: date, is_since: bool, then: Verdict) -> bool:
        """Whether the verdict is said to be impossible since, or before, this day."""
        return any((each.day, each.is_since, each.then) == (day, is_since, then) for each in self.impossible)


@cache
def the_policy() -> Policy:
    """The law as it stands in data/policy."""
    return load_policy(POLICY)


def known_of(case: Case) -> dict[str, Any]:
    """Everything that rules may read in this case, with every conclusion drawn."""
    known = known_in(vars(case.facts), the_policy())
    _, conclusions = ask_all(known, known)
    known |= conclusions
    return known


def finding(rule: Rule, case: Case) -> Finding:
    """What the rule says of the case when all rules are asked, as in a night."""
    known = known_in(vars(case.facts), the_policy())
    findings, _ = ask_all(known, known)
    [found] = [each for each in findings if each.rule == rule.id]
    return found


def side_of(day: date, is_since: bool) -> date:
    """The day on which a change is looked at from this side: the day itself, or the last one before it."""
    return day if is_since else day - timedelta(days=1)


def load_spec(path: Path) -> Spec:
    """The spec of one rule.

    Raises:
        SpecError: a key, fact or value is unknown or missing; the sentence names file and case.
    """
    found = checked_keys(read_yaml(path, SpecError), *_SPEC_KEYS, path.name)
    impossible = tuple(_impossible(each, path.name) for each in list_of(found.get("impossible", []), path.name))
    cases = tuple(_case(each, path.name, at) for at, each in enumerate(list_of(found["cases"], path.name), start=1))
    refuse_repeated([case.sentence for case in cases], path.name)
    return Spec(str(found["rule"]), text_of(found["about"], f"{path.name}: about"), impossible, cases)


def load_specs(folder: Path = RULE_SPECS) -> dict[str, Spec]:
    """The specs of a folder by file name, which is the rule's id.

    Raises:
        SpecError: a spec cannot be read, or stands under another name than its rule's.
    """
    specs = {path.stem: load_spec(path) for path in sorted(folder.glob("*.yaml"))}
    for name, spec in specs.items():
        if spec.rule != name:
            raise SpecError(f"{name}.yaml: it is about {spec.rule}; name the file after its rule.")
    return specs


def _case(content: Any, file: str, at: int) -> Case:
    sentence = sentence_of(content, file, at)
    place = f"{file}: “{sentence}”"
    found = checked_keys(content, *_CASE_KEYS, place)
    then = _verdict(found["then"], place)
    says = text_of(found["says"], f"{place}: says") if "says" in found else None
    if says is not None and then is not Verdict.NOT_MET:
        raise SpecError(f"{place}: only a rule that is not met says something. Remove says, or correct then.")
    submitted_on = day_of(found["date"], f"{place}: date")
    signed_on = day_of(found.get("signed", submitted_on), f"{place}: signed")
    return Case(sentence, submitted_on, signed_on, _given(found.get("given") or {}, place), then, says)


def _given(content: Any, place: str) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise SpecError(f"{place}: given holds facts with their values. Correct it.")
    types = fact_types()
    if unknown := sorted(map(str, content.keys() - types.keys())):
        raise SpecError(f"{place}: {', '.join(unknown)} is no fact of a case. Use the names of registry/case.py.")
    if "submitted_on" in content or content.get("certified_on") is not None:
        raise SpecError(f"{place}: give the two days as date and signed, not as facts.")
    return decoded_all({name: types[name] for name in content}, content, place)


def _impossible(content: Any, file: str) -> Impossible:
    place = f"{file}: impossible"
    found = checked_keys(content, *_IMPOSSIBLE_KEYS, place)
    if ("since" in found) == ("before" in found):
        raise SpecError(f"{place}: give either since or before. Correct it.")
    side = "since" if "since" in found else "before"
    because = text_of(found["because"], f"{place}: because")
    return Impossible(day_of(found[side], f"{place}: {side}"), side == "since", _verdict(found["then"], place), because)


def _verdict(content: Any, place: str) -> Verdict:
    if content not in _VERDICTS:
        raise SpecError(f"{place}: then: {content!r} is none of {', '.join(_VERDICTS)}. Write one of them.")
    return _VERDICTS[content]
