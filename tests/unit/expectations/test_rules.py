import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from expectations.columns import contract
from expectations.facts import DeliveryFacts
from expectations.judging import judge
from expectations.rules import Check, Route, Rule, Suite, load_suite, sentences, suites
from expectations.strict import DeclarationError

_RULES = [rule for suite in suites("rows") for rule in suite.rules]
_DELIVERY_RULES = [rule for suite in suites("deliveries") for rule in suite.rules]


def _failed(rule: Rule, frame: pd.DataFrame) -> list[int]:
    """The rows that break the rule; made a rejecting rule of, so that rows are told."""
    as_reject = Rule(**{**{name: getattr(rule, name) for name in Rule.__slots__}, "route": Route.REJECT})
    return judge([Suite("one", "rows", (as_reject,))], frame).rejects["row"].tolist()


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_a_row_rule_keeps_its_own_good_examples_and_fails_its_own_bad_ones(
    rule: Rule, coerced: Callable[..., pd.DataFrame]
) -> None:
    examples = [*rule.passing, *rule.failing]
    frame = coerced(*examples)
    frame["exported_at"] = pd.Series([example.get("exported_at", "2026-11-22T23:05:00-05:00") for example in examples])
    assert _failed(rule, frame) == list(range(len(rule.passing) + 1, len(examples) + 1))


@pytest.mark.parametrize("rule", _DELIVERY_RULES, ids=lambda rule: rule.id)
def test_a_delivery_rule_keeps_its_own_good_examples_and_fails_its_own_bad_ones(rule: Rule) -> None:
    examples = [*rule.passing, *rule.failing]
    numbers = [{name: int(value) for name, value in example.items()} for example in examples]
    frame = pd.DataFrame(numbers).assign(row=range(1, len(examples) + 1))
    assert _failed(rule, frame) == list(range(len(rule.passing) + 1, len(examples) + 1))


def test_delivery_rules_read_only_facts_that_there_are() -> None:
    read = {name for suite in suites("deliveries") for name in suite.reads}
    assert read <= set(DeliveryFacts.__slots__)


def test_every_column_has_a_rule_for_its_form() -> None:
    assert {rule.columns[0] for rule in _RULES if rule.check is Check.HAS_FORM} == set(contract())


def test_every_always_needed_column_and_no_optional_one_has_a_rule_that_it_is_given() -> None:
    given = {rule.columns[0] for rule in _RULES if rule.check is Check.IS_GIVEN}
    conditional = {"caregiver_required", "relationship", "related_submission_id"}
    assert given - conditional == {column.name for column in contract().values() if column.always}
    assert all(rule.when for rule in _RULES if rule.check is Check.IS_GIVEN and rule.columns[0] in conditional)


def test_a_reason_code_is_its_column_and_what_is_wrong() -> None:
    rejecting = [rule for rule in _RULES if rule.route is Route.REJECT]
    for rule in rejecting:
        ending = "MISSING" if rule.check is Check.IS_GIVEN else "INVALID"
        assert rule.code == f"{contract()[rule.columns[0]].code}_{ending}"


def test_every_code_has_a_sentence() -> None:
    assert {rule.code for rule in [*_RULES, *_DELIVERY_RULES]} == set(sentences())
    assert all(sentence.endswith(".") for said in sentences().values() for sentence in said)


_RULE = """suite: s
of: rows
rules:
  - {id: a, columns: [zip], check: has_form, code: A, route: reject, sentence: S., examples: {pass: [x], fail: [y]}}
"""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("has_form", "has_from"), "s.yaml, rule a: has_from is unknown"),
        (("route: reject", "route: rejct"), "s.yaml, rule a: rejct is unknown"),
        (("code: A", "cod: A"), "s.yaml, rule a: nobody knows cod"),
        (("code: A, ", ""), "s.yaml, rule a: code is left out"),
        (("fail: [y]", "fail: []"), "s.yaml, rule a: needs 1 column(s) and examples"),
        (("[zip]", "[ZIP]"), "s.yaml: the contract has no column ZIP"),
        (("[zip]", "[zip, city]"), "s.yaml, rule a: needs 1 column(s)"),
        (("of: rows", "of: columns"), "s.yaml: of must be rows or deliveries"),
        (("suite: s", "suit: s"), "s.yaml: nobody knows suit"),
    ],
)
def test_a_misspelt_rule_is_refused_and_never_dropped(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    path = tmp_path / "s.yaml"
    path.write_text(_RULE)
    assert load_suite(path).rules
    path.write_text(_RULE.replace(*change, 1))
    with pytest.raises(DeclarationError, match=re.escape(told)):
        load_suite(path)
