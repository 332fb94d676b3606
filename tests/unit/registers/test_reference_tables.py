"""The reference tables: all faults at once, and periods that overlap as doubts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.facts import CertifierPeriod
from tasks.errors import ReferenceTableError, WrongUseError
from tasks.reference import Reference, load_reference

DAY = "is not a day; write it as 2026-11-22"
EMPTY = "is empty; fill it in"


def faults(folder: Path) -> list[str]:
    with pytest.raises(ReferenceTableError) as refused:
        load_reference(folder)
    return str(refused.value).split("\n  - ")[1:]


CELLS = [
    ("certifiers", "license_number", "", EMPTY),
    ("certifiers", "full_name", "", EMPTY),
    ("certifiers", "type", "nurse", "is none of aprn, pa, pharmacist, physician; write one of them"),
    ("certifiers", "valid_from", "", EMPTY),
    ("certifiers", "valid_from", "2024", DAY),
    ("certifiers", "valid_to", "never", DAY),
    ("certifiers", "valid_to", "2023-12-31", "is before valid_from; correct one of the two days"),
    (
        "certifiers",
        "status",
        "",
        "is none of active, lapsed, probation, revoked, suspended; write one of them",
    ),
    ("certifiers", "csp_valid_to", "x", DAY),
    ("certifiers", "dea_valid_to", "x", DAY),
    ("conditions", "code", "", EMPTY),
    ("conditions", "label", "", EMPTY),
    ("conditions", "adult", "maybe", "is none of no, yes; write one of them"),
    ("conditions", "minor", "", "is none of no, yes; write one of them"),
    ("conditions", "effective_from", "", EMPTY),
    ("conditions", "effective_to", "x", DAY),
    ("conditions", "effective_to", "2012-09-30", "is before effective_from; correct one of the two days"),
    ("holidays", "date", "", EMPTY),
    ("holidays", "date", "11/26/2026", DAY),
]


@pytest.mark.parametrize(("table", "column", "value", "why"), CELLS)
def test_a_wrong_cell_is_told_with_file_row_column_and_remedy(
    tables: Callable[..., Path], table: str, column: str, value: str, why: str
) -> None:
    key = {"certifiers": "license_number", "conditions": "code", "holidays": "name"}[table]
    folder = tables(**{table: ({}, {key: "another"} | {column: value})})
    assert faults(folder) == [f"{table}.csv, row 2, column {column}: {why}."]


def test_two_rows_for_one_condition_are_both_named(tables: Callable[..., Path]) -> None:
    folder = tables(conditions=({}, {"code": "GLAUCOMA"}, {"label": "Any cancer"}))
    told = "conditions.csv, rows 1 and 3, column code: both rows hold the same code; keep one of them."
    assert faults(folder) == [told]


def test_no_fault_of_one_table_hides_those_of_another(tables: Callable[..., Path]) -> None:
    folder = tables(
        ({"valid_from": "", "type": "?"}, {"status": "?"}),
        ({"adult": "?"}, {"effective_to": "1999-01-01"}),
        ({"date": "?"}, {"date": ""}),
    )
    assert [each.split(":")[0] for each in faults(folder)] == [
        "certifiers.csv, row 1, column valid_from",
        "certifiers.csv, row 1, column type",
        "certifiers.csv, row 2, column status",
        "conditions.csv, row 1, column adult",
        "conditions.csv, row 2, column effective_to",
        "conditions.csv, rows 1 and 2, column code",
        "holidays.csv, row 1, column date",
        "holidays.csv, row 2, column date",
    ]


def test_missing_tables_are_all_named_beside_the_faults_of_the_others(tables: Callable[..., Path]) -> None:
    folder = tables(conditions=({"adult": "?"},))
    for name in ("certifiers.csv", "holidays.csv"):
        (folder / name).unlink()
    missing = "is missing; put it there, or name another folder in NUTMEG_REFERENCE."
    assert faults(folder) == [
        f"certifiers.csv {missing}",
        "conditions.csv, row 1, column adult: is none of no, yes; write one of them.",
        f"holidays.csv {missing}",
    ]


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match=r"reference folder .* does not exist"):
        load_reference(tmp_path / "nowhere")


def test_the_first_twenty_faults_are_shown_and_the_others_counted(tables: Callable[..., Path]) -> None:
    told = faults(tables(holidays=({"date": "?"},) * 33))
    assert (len(told), told[-1]) == (21, "and 13 more")


def periods(*spans: tuple[str, str], **more: str) -> tuple[dict[str, str], ...]:
    return tuple({"valid_from": first, "valid_to": last} | more for first, last in spans)


def test_overlapping_periods_of_a_license_are_a_doubt_that_names_both_rows(tables: Callable[..., Path]) -> None:
    held = periods(("2024-01-01", "2024-12-31"), ("2020-01-01", "2023-12-31"), ("2024-06-01", ""))
    read = load_reference(tables(held))
    (told,) = read.doubts
    assert told == (
        "certifiers.csv, rows 1 and 3: license 1.000001 has two periods that overlap (2024-01-01 to 2024-12-31 and "
        "2024-06-01 to open end); cases signed then go to a person. Correct the dates."
    )
    assert [str(each.valid_from) for each in read.certifiers["1.000001"]] == ["2020-01-01", "2024-01-01", "2024-06-01"]


@pytest.mark.parametrize(
    ("second", "doubtful"),
    [
        (("2024-12-31", "2025-12-31"), True),
        (("2025-01-01", "2025-12-31"), False),
        (("2026-01-01", ""), False),
        (("2024-02-01", "2024-03-01"), True),
        (("2023-01-01", ""), True),
        (("2023-01-01", "2023-12-31"), False),
    ],
    ids=["the same day", "the next day", "a gap", "inside", "open before", "ends the day before"],
)
def test_both_ends_count_and_a_gap_is_no_doubt(
    tables: Callable[..., Path], second: tuple[str, str], doubtful: bool
) -> None:
    assert bool(load_reference(tables(periods(("2024-01-01", "2024-12-31"), second))).doubts) is doubtful


def test_periods_of_different_licenses_do_not_meet(tables: Callable[..., Path]) -> None:
    assert load_reference(tables(({}, {"license_number": "1.000002"}))).doubts == ()


def test_an_exact_repeat_of_a_row_is_dropped_in_silence(tables: Callable[..., Path]) -> None:
    read = load_reference(tables(({}, {}, {"status": "ACTIVE "})))
    assert read.doubts == ()
    assert len(read.certifiers["1.000001"]) == 1


def test_a_row_that_repeats_the_days_and_not_the_standing_is_a_doubt(tables: Callable[..., Path]) -> None:
    read = load_reference(tables(({}, {"status": "revoked"})))
    assert read.doubts[0].startswith("certifiers.csv, rows 1 and 2: license 1.000001 has two periods")
    assert len(read.certifiers["1.000001"]) == 2


def test_a_long_period_overlaps_also_those_that_do_not_follow_it_at_once(tables: Callable[..., Path]) -> None:
    held = periods(("2020-01-01", ""), ("2021-01-01", "2021-02-01"), ("2022-01-01", "2022-02-01"))
    told = load_reference(tables(held)).doubts
    assert [each.split(":")[0] for each in told] == ["certifiers.csv, rows 1 and 2", "certifiers.csv, rows 1 and 3"]


def test_a_license_number_of_any_letters_cannot_break_the_sentence(tables: Callable[..., Path]) -> None:
    number = "x\n\u202e" + "9" * 500
    (told,) = load_reference(tables(({"license_number": number}, {"license_number": number, "valid_to": ""}))).doubts
    assert told.isprintable()
    assert len(told) < 250


def test_the_tables_say_how_much_they_hold(tables: Callable[..., Path]) -> None:
    read = load_reference(tables(({}, {"license_number": "1.000002"})))
    assert read.counts == {"certifiers": 2, "conditions": 1, "holidays": 1}
    assert read.counted == "Reference tables: 2 certifiers, 1 conditions, 1 holidays"


def named_rows(reference: Reference) -> set[int]:
    places = [told.removeprefix("certifiers.csv, rows ").split(":")[0] for told in reference.doubts]
    return {int(row) for place in places for row in place.split(" and ")}


def meet(one: CertifierPeriod, other: CertifierPeriod) -> bool:
    return one.covers(other.valid_from) or other.covers(one.valid_from)


SPAN = st.tuples(st.integers(1, 28), st.one_of(st.none(), st.integers(0, 9)))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SPAN, min_size=1, max_size=8, unique=True))
def test_every_period_that_overlaps_is_named_and_no_other(
    tables: Callable[..., Path], spans: list[tuple[int, int | None]]
) -> None:
    days = [(f"2024-01-{first:02}", "" if long is None else f"2024-02-{long + 1:02}") for first, long in spans]
    apart = [(f"2024-01-{first:02}", f"2024-01-{min(31, first + (long or 0)):02}") for first, long in spans]
    for held in (periods(*days), periods(*dict.fromkeys(apart))):
        read = load_reference(tables(held))
        ordered = read.certifiers["1.000001"]
        row_of = {(str(each.valid_from), str(each.valid_to or "")): each for each in ordered}
        by_row = [row_of[row["valid_from"], row["valid_to"]] for row in held]
        overlapping = {
            row
            for row, each in enumerate(by_row, start=1)
            if any(other is not each and meet(each, other) for other in by_row)
        }
        assert named_rows(read) == overlapping
