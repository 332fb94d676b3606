import logging
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from expectations import checks
from expectations.facts import DeliveryFacts, RowContext
from expectations.judging import ChecksCrashedError, JudgingError, judge, judge_delivery, judge_rows
from expectations.rules import Check, Suite, suites

Build = Callable[..., pd.DataFrame]
Row = dict[str, str]


def _codes(frame: pd.DataFrame, context: RowContext) -> list[tuple[int, str, str]]:
    return list(judge_rows(frame, context).rejects.itertuples(index=False, name=None))


def test_a_good_row_is_not_rejected(coerced: Build, good_row: Row, context: RowContext) -> None:
    assert _codes(coerced(good_row), context) == []


def test_each_wrong_value_is_told_by_row_column_and_code(coerced: Build, good_row: Row, context: RowContext) -> None:
    bad = good_row | {
        "zip": "x",
        "date_of_birth": "2027-01-01",
        "email": "",
        "identity_document_file": "../../etc/passwd",
    }
    assert _codes(coerced(good_row, bad), context) == [
        (2, "date_of_birth", "DATE_OF_BIRTH_INVALID"),
        (2, "email", "EMAIL_MISSING"),
        (2, "zip", "ZIP_INVALID"),
        (2, "identity_document_file", "IDENTITY_DOCUMENT_FILE_INVALID"),
    ]


def test_what_is_missing_for_a_decision_is_never_quarantined(
    coerced: Build, good_row: Row, context: RowContext
) -> None:
    bare = good_row | {"registration_number": "", "certification_id": "", "identity_document_file": ""}
    assert _codes(coerced(bare), context) == []


def test_a_code_that_two_rules_give_is_told_once(coerced: Build, good_row: Row, context: RowContext) -> None:
    late = good_row | {"submitted_at": "2026-11-23T09:00:00-05:00"}
    assert _codes(coerced(late), context) == [(1, "submitted_at", "SUBMITTED_AT_INVALID")]


def test_a_context_of_its_own_keeps_the_counts_of_threads_apart(coerced: Build, good_row: Row) -> None:
    contact = [suite for suite in suites("rows") if suite.name == "contact"]
    frames = [coerced(*[good_row | {"zip": "x"}] * count) for count in range(1, 9)]
    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(lambda frame: judge(contact, frame), frames))
    assert [len(verdict.rejects) for verdict in verdicts] == list(range(1, 9))


@pytest.mark.parametrize("crash", [RuntimeError("jane.roe@example.org"), KeyError("06103")])
def test_a_check_that_crashes_stops_the_run_and_quotes_nothing(
    coerced: Build,
    good_row: Row,
    context: RowContext,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    crash: Exception,
) -> None:
    def crashing(_: pd.Series) -> pd.Series:
        raise crash

    monkeypatch.setitem(checks.OF_ONE_COLUMN, Check.HAS_FORM, crashing)
    with caplog.at_level(logging.DEBUG), pytest.raises(ChecksCrashedError) as stopped:
        judge_rows(coerced(good_row), context)
    assert all(check.crashed for check in stopped.value.checks)
    assert "contact.zip.form" in str(stopped.value)
    assert str(crash.args[0]) not in str(stopped.value) + caplog.text


def test_a_check_without_an_answer_counts_as_crashed(
    coerced: Build, good_row: Row, context: RowContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    from expectations import engine

    whole = engine.validate

    def without_last(suite: Suite, frame: pd.DataFrame) -> Any:
        result = whole(suite, frame)
        result.results.pop()
        return result

    monkeypatch.setattr(engine, "validate", without_last)
    with pytest.raises(ChecksCrashedError):
        judge_rows(coerced(good_row), context)


def test_an_index_with_doubles_does_not_mix_up_rows(coerced: Build, good_row: Row, context: RowContext) -> None:
    first, second = coerced(good_row), coerced(good_row | {"zip": "x"})
    second["row"] = 2
    both = pd.concat([first, second])
    assert both.index.tolist() == [0, 0]
    assert _codes(both, context) == [(2, "zip", "ZIP_INVALID")]


def test_a_column_in_other_case_is_not_taken_for_the_one_meant(
    coerced: Build, good_row: Row, context: RowContext
) -> None:
    with pytest.raises(JudgingError, match="no column zip"):
        judge_rows(coerced(good_row).rename(columns={"zip": "ZIP"}), context)


def test_empty_text_where_null_is_meant_is_refused(coerced: Build, good_row: Row, context: RowContext) -> None:
    frame = coerced(good_row)
    frame["phone"] = ""
    with pytest.raises(JudgingError, match="Column phone holds empty text"):
        judge_rows(frame, context)


def test_an_always_needed_column_that_is_all_null_rejects_every_row(
    coerced: Build, good_row: Row, context: RowContext
) -> None:
    frame = coerced(*[good_row | {"city": ""}] * 3)
    assert _codes(frame, context) == [(row, "city", "CITY_MISSING") for row in (1, 2, 3)]


def test_a_table_without_rows_is_judged_by_every_rule_on_no_row(coerced: Build, context: RowContext) -> None:
    verdict = judge_rows(coerced(), context)
    assert len(verdict.rejects) == 0
    assert {check.evaluated for check in verdict.checks} == {0}
    assert len(verdict.checks) == sum(len(suite.rules) for suite in suites("rows"))


def test_rules_that_differ_only_in_their_code_both_stay(coerced: Build, good_row: Row) -> None:
    suite = next(suite for suite in suites("rows") if suite.name == "contact")
    rule = next(rule for rule in suite.rules if rule.id == "contact.zip.form")
    twin = replace(rule, id="contact.zip.twin", code="ZIP_TWIN")
    verdict = judge([Suite("twins", "rows", (rule, twin))], coerced(good_row | {"zip": "x"}))
    assert verdict.rejects["code"].tolist() == ["ZIP_INVALID", "ZIP_TWIN"]


def test_a_conditional_rule_is_asked_only_of_the_rows_it_is_for(
    coerced: Build, good_row: Row, context: RowContext
) -> None:
    caregiver = good_row | {"role": "caregiver", "relationship": "parent", "related_registration_number": "MMP-1"}
    verdict = judge_rows(coerced(good_row, caregiver, caregiver), context)
    asked = {check.rule: check.evaluated for check in verdict.checks}
    assert asked["certification.caregiver_required.given"] == 1
    assert asked["caregiver.relationship.given"] == 2
    assert asked["caregiver.related.given"] == 0


def test_results_hold_no_value_of_any_row(coerced: Build, good_row: Row, context: RowContext) -> None:
    verdict = judge_rows(coerced(good_row | {"zip": "canary-zip", "email": "canary-mail"}), context)
    assert "canary" not in str([result.to_json_dict() for result in verdict.results])


@pytest.mark.parametrize(
    ("facts", "stops"),
    [
        (DeliveryFacts(rows_listed=3, rows_read=3), []),
        (DeliveryFacts(rows_listed=3, rows_read=2), ["ROWS_DIFFER"]),
        (DeliveryFacts(rows_listed=3, rows_read=3, columns_missing=1), ["COLUMNS_MISSING"]),
        (DeliveryFacts(rows_listed=3, rows_read=3, seen_with_other_bytes=1), ["DELIVERY_ID_REUSED"]),
        (DeliveryFacts(rows_listed=3, rows_read=3, headers_unknown=2, not_utf8=1), []),
    ],
)
def test_a_delivery_is_stopped_by_its_facts_and_not_by_drift(facts: DeliveryFacts, stops: list[str]) -> None:
    verdict = judge_delivery(facts)
    assert [check.code for check in verdict.stops] == stops
    assert len(verdict.rejects) == 0


def test_great_expectations_is_imported_only_by_who_judges() -> None:
    modules = "expectations.judging, expectations.page, expectations.data_docs, tasks.tables, tasks.deliveries"
    script = f"import sys, {modules}, tasks.applications; sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
