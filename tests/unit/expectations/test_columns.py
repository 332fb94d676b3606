import re
from pathlib import Path

import pytest

from expectations.columns import FormName, contract, headers, load_columns, plain_header
from expectations.forms import _READERS
from expectations.strict import DeclarationError


def _load(tmp_path: Path, text: str) -> None:
    path = tmp_path / "columns.yaml"
    path.write_text(text, encoding="utf-8")
    load_columns(path)


def test_every_form_that_a_column_may_name_is_defined() -> None:
    assert set(_READERS) == set(FormName)


def test_the_always_needed_columns_are_those_of_the_contract() -> None:
    always = " ".join(column.name for column in contract().values() if column.always)
    person = "first_name last_name date_of_birth email street city state zip"
    assert always == f"submission_id submitted_at kind role {person}"


def test_a_state_called_no_is_not_read_as_false() -> None:
    assert "NE" in contract()["state"].choices
    assert all(isinstance(choice, str) for choice in contract()["state"].choices)


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("SUBMISSION ID", "submission_id"),
        (" Submission_Id ", "submission_id"),
        ("SubmissionID", "submission_id"),
        ("DOB", "date_of_birth"),
        ("Birth Date", "date_of_birth"),
        ("ZIP Code", "zip"),
        ("postal_code", "zip"),
        ("E-Mail", "email"),
        ("Application ID", "submission_id"),
    ],
)
def test_headers_match_without_case_spaces_and_underscores_and_by_alias(header: str, column: str) -> None:
    assert headers()[plain_header(header)] == column


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("columns: {a: {form: text, wide: 3}}", "columns.yaml, a: nobody knows wide"),
        ("columns: {a: {form: poem}}", "columns.yaml, a: form poem is unknown"),
        ("columns: {a: {longest: 3}}", "columns.yaml, a: form is left out"),
        ("columns: {a: {form: text, needed: often}}", "columns.yaml, a: needed must be"),
        ("columns: {a: {form: text, longest: ten}}", "columns.yaml, a: ten must be a number"),
        ("columns: {a: {form: text}, A_: {form: text}}", "Header a means both a and A_"),
        ("columns: {a: {form: text, or_else: b}}", "columns.yaml, a: or_else names no column"),
        ("columns: {a: {form: text}, a: {form: day}}", "a is given twice"),
        ("columns: [", "columns.yaml is not YAML"),
        ("- a", "columns.yaml must be a mapping"),
    ],
)
def test_a_mistake_in_the_contract_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DeclarationError, match=re.escape(told)):
        _load(tmp_path, text)
