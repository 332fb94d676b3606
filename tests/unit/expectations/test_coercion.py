from collections.abc import Callable, Mapping

import pandas as pd

from expectations.coercion import coerce, content_digests
from expectations.columns import contract


def _frame(*rows: Mapping[str, str | None]) -> pd.DataFrame:
    columns = {name: pd.Series([row.get(name) for row in rows], dtype="str") for name in contract()}
    return pd.DataFrame({"row": range(1, len(rows) + 1), **columns})


def test_repairs_are_counted_once_for_each_cell() -> None:
    rows = [{"zip": "6103"}, {"zip": "6103"}, {"zip": "6103.0"}, {"zip": "06103"}, {"city": "Hart\u200bford"}]
    assert coerce(_frame(*rows)).repairs == {"INVISIBLE_MARK": 1, "ZIP_LEADING_ZERO": 3}


def test_blank_text_becomes_null_and_text_without_its_form_is_only_folded() -> None:
    frame = coerce(_frame({"zip": "  ", "city": ""}, {"zip": " ab  c "})).frame
    assert frame["zip"].isna().tolist() == [True, False]
    assert frame["city"].isna().all()
    assert frame["zip"][1] == "ab c"


def test_a_silent_revision_is_the_first() -> None:
    frame = coerce(_frame({}, {"revision": "3"}, {"revision": " "})).frame
    assert frame["revision"].tolist() == ["1", "3", "1"]


def test_the_same_content_in_other_spelling_has_the_same_digest() -> None:
    spoken = {"zip": "6103", "date_of_birth": "02/29/1980", "caregiver_required": "Y", "first_name": "Jose\u0301"}
    written = {
        "zip": "06103",
        "date_of_birth": "1980-02-29",
        "caregiver_required": "yes",
        "first_name": "José",
        "revision": "1",
    }
    digests = coerce(_frame(spoken, written)).frame["content_sha256"]
    assert digests[0] == digests[1]


def test_a_value_that_moves_to_another_column_changes_the_digest() -> None:
    digests = content_digests(_frame({"first_name": "Ana"}, {"last_name": "Ana"}, {"first_name": "Ana", "city": "X"}))
    assert digests.nunique() == 3


def test_a_table_without_rows_coerces_to_one_without_rows() -> None:
    coerced = coerce(_frame())
    assert len(coerced.frame) == 0
    assert coerced.repairs == {}


def test_the_frame_given_is_not_changed(coerced: Callable[..., pd.DataFrame]) -> None:
    frame = _frame({"zip": "6103"})
    coerce(frame)
    assert frame["zip"][0] == "6103"
