"""What a cell may hold."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tasks.workbooks.book import Book, Column
from tasks.workbooks.cells import MAX_TEXT, Look, WorkbookError, canonical, lines_that_fit, safe_text

HOSTILE = ["=1+1", "+1-800-555-0100", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1", '=HYPERLINK("http://x")', "#REF!", "#N/A"]
EXACT = ["06103", "1E5", "9999999999999999", "12/11", "TRUE", "a\nb", "  two  spaces ", "محمد العلي", "_x", "Nguyễn"]


def written(tmp_path: Path, *values: object, look: Look = Look.TEXT) -> list:
    book = Book()
    table = book.table("Sheet", [Column("Value", 20, look)])
    for value in values:
        table.append([value])
    table.close()
    book.save(tmp_path / "book.xlsx")
    return [row[0] for row in load_workbook(tmp_path / "book.xlsx")["Sheet"].iter_rows(min_row=2)]


def test_no_text_from_outside_becomes_a_formula_or_an_error(tmp_path):
    cells = written(tmp_path, *HOSTILE)
    assert [cell.data_type for cell in cells] == ["s"] * len(HOSTILE)
    assert [cell.value for cell in cells] == [text.replace("\r", "\n") for text in HOSTILE]


def test_text_that_starts_like_a_formula_stays_text_when_somebody_edits_it(tmp_path):
    cells = written(tmp_path, "=1+1", "plain", "-1", "plain")
    assert [bool(cell.quotePrefix) for cell in cells] == [True, False, True, False]
    assert {cell.number_format for cell in cells} == {"@"}


def test_ids_zips_and_names_come_back_character_by_character(tmp_path):
    assert [cell.value for cell in written(tmp_path, *EXACT)] == EXACT


def test_what_a_cell_cannot_hold_is_replaced_and_what_looks_escaped_is_kept(tmp_path):
    assert safe_text("a\x00b\x07c\ufffed\ud800e") == "a\ufffdb\ufffdc\ufffdd\ufffde"
    assert safe_text("_x0041_") == "_x005F_x0041_"
    assert canonical(written(tmp_path, "_x0041_")[0].value) == canonical("_x0041_")


def test_combining_marks_are_composed():
    assert safe_text("Pen\u0303a") == "Peña"


def test_a_text_longer_than_a_cell_is_refused_and_never_cut():
    assert len(safe_text("x" * MAX_TEXT)) == MAX_TEXT
    with pytest.raises(WorkbookError, match="32767"):
        safe_text("x" * (MAX_TEXT + 1))
    with pytest.raises(WorkbookError):
        safe_text("😀" * (MAX_TEXT // 2 + 1))


def test_lines_that_do_not_fit_are_counted_and_not_hidden():
    assert lines_that_fit(["one", "two"]) == "one\ntwo"
    assert lines_that_fit(["1234"] * 5, limit=12) == "1234\n1234\n... and 3 more; see the case itself."


def test_days_before_the_calendar_of_spreadsheets_is_sound_are_text(tmp_path):
    early, first = written(tmp_path, date(1900, 2, 28), date(1900, 3, 1), look=Look.DAY)
    assert (early.value, early.data_type) == ("1900-02-28", "s")
    assert first.value == datetime(1900, 3, 1)  # noqa: DTZ001


def test_moments_are_kept_in_utc_and_need_an_offset(tmp_path):
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert written(tmp_path, moment, look=Look.MOMENT)[0].value == datetime(2026, 11, 23, 4, 30)  # noqa: DTZ001
    with pytest.raises(WorkbookError, match="offset"):
        written(tmp_path, moment.replace(tzinfo=None), look=Look.MOMENT)


def test_a_number_too_large_to_be_exact_is_text(tmp_path):
    exact, inexact = written(tmp_path, 2**53 - 1, 2**53 + 1, look=Look.WHOLE)
    assert (exact.value, inexact.value) == (2**53 - 1, str(2**53 + 1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (2, 2.0),
        (2, "2"),
        (date(2026, 11, 22), datetime(2026, 11, 22)),  # noqa: DTZ001
        (date(2026, 11, 22), "2026-11-22"),
        ("a\r\nb  c ", "a\nb c"),
        (None, ""),
        ("Pen\u0303a", "Peña"),
        ("_x005F_x0041_", "_x0041_"),
    ],
)
def test_a_value_says_the_same_however_a_program_keeps_it(one, other):
    assert canonical(one) == canonical(other)


def test_different_values_say_different_things():
    values = [
        "00012",
        12,
        date(2026, 11, 22),
        datetime(2026, 11, 22, 1, tzinfo=UTC),
        "",
        "x",
    ]
    assert len({canonical(value) for value in values}) == len(values)


def test_the_same_rows_give_the_same_bytes_whenever_they_are_written(tmp_path, monkeypatch):
    written(tmp_path, "a", "b")
    first = (tmp_path / "book.xlsx").read_bytes()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    written(tmp_path, "a", "b")
    assert (tmp_path / "book.xlsx").read_bytes() == first


def test_the_file_is_private_and_leaves_no_draft(tmp_path):
    written(tmp_path, "a")
    assert (tmp_path / "book.xlsx").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_book_that_fails_halfway_leaves_the_old_one_untouched(tmp_path, monkeypatch):
    written(tmp_path, "old")
    before = (tmp_path / "book.xlsx").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tasks.workbooks.book.ExcelWriter.write_data", full)
    with pytest.raises(OSError, match="space"):
        written(tmp_path, "new")
    assert (tmp_path / "book.xlsx").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_sheet_ends_before_the_format_does(monkeypatch):
    monkeypatch.setattr("tasks.workbooks.book.MAX_ROWS", 2)
    table = Book().table("Sheet", [Column("Value", 20)])
    table.append(["1"])
    table.append(["2"])
    with pytest.raises(WorkbookError, match="more than 2 rows"):
        table.append(["3"])
