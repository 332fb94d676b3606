import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from expectations.columns import contract
from tasks.tables import TableRefused, read_table

Write = Callable[..., Path]
Row = Mapping[str, str]


def _without(path: Path, *names: str) -> Path:
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    keep = [place for place, name in enumerate(header.split(",")) if name not in names]
    cut = [",".join(line.split(",")[place] for place in keep) for line in (header, *lines)]
    path.write_text("\n".join(cut), encoding="utf-8")
    return path


def test_headers_in_capitals_with_spaces_are_the_same_headers(write_csv: Write, row: Row) -> None:
    spoken = {name: f" {name.upper().replace('_', ' ')} " for name in contract()}
    table = read_table(write_csv([row], **spoken), 1)
    assert table.frame["date_of_birth"][0] == "1980-02-29"
    assert table.drift.aliases == ()
    assert table.drift.unknown_headers == ()


def test_an_alias_is_taken_and_told(write_csv: Write, row: Row) -> None:
    table = read_table(write_csv([row], date_of_birth="DOB", zip="Zip Code"), 1)
    assert table.frame["date_of_birth"][0] == "1980-02-29"
    assert table.drift.aliases == (("DOB", "date_of_birth"), ("Zip Code", "zip"))


def test_an_unknown_column_is_kept_out_and_told(write_csv: Write, row: Row) -> None:
    table = read_table(write_csv([row], middle_name="favourite colour\u202e"), 1)
    assert list(table.frame.columns) == ["row", *contract()]
    assert table.drift.unknown_headers == ("favourite colour?",)
    assert table.drift.sentences("submissions.csv") == (
        "submissions.csv: nobody knows the column favourite colour?; it is kept out.",
    )


@pytest.mark.parametrize(("column", "header"), [("unit", "DOB"), ("unit", "date of birth"), ("unit", "Zip")])
def test_two_headers_for_one_column_refuse_the_table(write_csv: Write, row: Row, column: str, header: str) -> None:
    with pytest.raises(TableRefused, match=r"submissions.csv: the header has \w+ more than once. Take the doubles out"):
        read_table(write_csv([row], **{column: header}), 1)


def test_two_unknown_headers_of_one_name_refuse_the_table(write_csv: Write, row: Row) -> None:
    with pytest.raises(TableRefused, match="the header has colour more than once"):
        read_table(write_csv([row], unit="Colour", phone="colour"), 1)


def test_missing_columns_are_listed_all_at_once(write_csv: Write, row: Row) -> None:
    told = "submissions.csv needs the columns role, zip in its header. Export the table with all columns"
    with pytest.raises(TableRefused, match=re.escape(told)):
        read_table(_without(write_csv([row]), "zip", "role", "unit"), 1)


def test_an_optional_column_that_is_missing_is_all_null(write_csv: Write, row: Row) -> None:
    table = read_table(_without(write_csv([row]), "unit", "photo_file", "payment_status", "relationship"), 1)
    assert table.frame[["unit", "photo_file", "payment_status", "relationship"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("column", "change", "refused"),
    [
        ("certified_on", {"role": "Patient"}, True),
        ("certified_on", {"role": "caregiver"}, False),
        ("relationship", {"role": "caregiver"}, True),
        ("relationship", {"role": "patient"}, False),
        ("registration_number", {"kind": "renewal"}, True),
        ("registration_number", {"kind": "initial"}, False),
        ("attestation_6", {"role": "caregiver"}, False),
        ("related_submission_id", {"role": "caregiver"}, False),
    ],
)
def test_a_column_that_rows_need_for_their_decision_must_be_in_the_export(
    write_csv: Write, row: Row, column: str, change: Row, refused: bool
) -> None:
    path = _without(write_csv([dict(row) | change]), column)
    if not refused:
        assert read_table(path, 1).frame[column].isna().all()
        return
    with pytest.raises(TableRefused, match=f"needs the column {column} in its header"):
        read_table(path, 1)


def test_a_caregivers_table_needs_one_of_the_two_columns_that_name_the_patient(write_csv: Write, row: Row) -> None:
    path = _without(
        write_csv([dict(row) | {"role": "caregiver"}]), "related_submission_id", "related_registration_number"
    )
    with pytest.raises(TableRefused, match="needs the columns related_submission_id, related_registration_number"):
        read_table(path, 1)
