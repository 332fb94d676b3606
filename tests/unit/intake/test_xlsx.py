import datetime as dt
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from expectations.coercion import coerce
from expectations.columns import contract
from tasks.tables import RawTable, TableRefused, read_table

Row = Mapping[str, str]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def write(tmp_path: Path, row: Row) -> Callable[..., Path]:
    """A workbook with one row for each change of the good row; its XML can be replaced text by text."""

    def build(*changes: Mapping[str, Any], xml: Mapping[str, str] | None = None, above: int = 0) -> Path:
        path = tmp_path / "submissions.xlsx"
        book = openpyxl.Workbook()
        for _ in range(above):
            book.active.append([])
        for cells in (dict(zip(contract(), contract(), strict=True)), *(dict(row) | change for change in changes)):
            book.active.append([cells.get(name) for name in contract()])
        book.save(path)
        return _replaced(path, xml or {})

    return build


def _replaced(path: Path, xml: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts[SHEET].decode()
    for old, new in xml.items():
        assert old in sheet
        sheet = sheet.replace(old, new)
    parts[SHEET] = sheet.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def _damage(table: RawTable) -> list[tuple[int, str]]:
    return [(damaged.row, damaged.code) for damaged in table.damaged]


def test_real_cells_become_the_text_they_mean(write: Callable[..., Path]) -> None:
    change = {
        "date_of_birth": dt.date(1980, 2, 29),
        "certified_on": dt.datetime.fromisoformat("2026-06-01"),
        "submitted_at": dt.datetime.fromisoformat("2026-11-22T20:15:30"),
        "zip": 6103,
        "phone": 8605550123.0,
        "caregiver_required": True,
        "monthly_allotment_ounces": 0.1 + 0.2,
        "payment_amount": 1e15,
        "revision": 2,
    }
    frame = read_table(write(change), 1).frame
    assert {name: frame[name][0] for name in change} == {
        "date_of_birth": "1980-02-29",
        "certified_on": "2026-06-01",
        "submitted_at": "2026-11-22T20:15:30",
        "zip": "6103",
        "phone": "8605550123",
        "caregiver_required": "True",
        "monthly_allotment_ounces": "0.3",
        "payment_amount": "1000000000000000",
        "revision": "2",
    }


def test_a_timestamp_cell_at_midnight_keeps_its_time(write: Callable[..., Path]) -> None:
    table = read_table(write({"submitted_at": dt.datetime.fromisoformat("2026-11-22")}), 1)
    assert coerce(table.frame).frame["submitted_at"][0] == "2026-11-22T00:00:00-05:00"


def test_a_workbook_and_a_csv_file_of_one_table_read_alike(
    write: Callable[..., Path], write_csv: Callable[..., Path], row: Row
) -> None:
    book = read_table(write({"date_of_birth": dt.date(1980, 2, 29), "zip": 6103, "caregiver_required": False}), 1)
    text = read_table(write_csv([row]), 1)
    digests = [coerce(table.frame).frame["content_sha256"][0] for table in (book, text)]
    assert digests[0] == digests[1]


def test_blank_rows_are_no_rows_and_the_header_may_stand_below_some(write: Callable[..., Path], row: Row) -> None:
    blank = dict.fromkeys(row)
    table = read_table(write({}, blank, {"zip": "06104"}, above=2), 2)
    assert table.frame["zip"].tolist() == ["06103", "06104"]
    assert table.frame["row"].tolist() == [1, 2]


def test_a_formula_gives_the_result_that_was_saved(write: Callable[..., Path]) -> None:
    xml = {"<f>1+1</f><v />": "<f>1+1</f><v>2</v>", "<f>LOWER(1)</f><v />": "<f>LOWER(1)</f><v></v>"}
    path = write({"revision": "=1+1", "unit": "=LOWER(1)"}, xml=xml)
    _replaced(path, {'"><f>LOWER(1)</f>': '" t="str"><f>LOWER(1)</f>'})
    table = read_table(path, 1)
    assert table.frame["revision"][0] == "2"
    assert table.frame["unit"].isna().all()
    assert table.damaged == ()


def test_a_formula_without_saved_result_costs_its_row_and_names_its_column(write: Callable[..., Path]) -> None:
    table = read_table(write({}, {"revision": "=1+1"}, {}), 3)
    assert _damage(table) == [(2, "CELL_FORMULA_EMPTY")]
    assert table.damaged[0].sentence == (
        "submissions.xlsx, row 2, column revision: a formula was saved without its result. "
        "Replace it by its value and save again."
    )


def test_a_formula_whose_result_is_an_error_costs_its_row(write: Callable[..., Path]) -> None:
    table = read_table(write({"zip": "#REF!"}), 1)
    assert _damage(table) == [(1, "CELL_ERROR")]
    assert "submissions.xlsx, row 1, column zip: a formula's result is an error. Replace" in table.damaged[0].sentence


def test_an_empty_formula_in_an_unknown_column_harms_nothing(write: Callable[..., Path]) -> None:
    path = write({"unit": "=1+1"}, xml={">unit<": ">colour<"})
    table = read_table(path, 1)
    assert table.damaged == ()
    assert table.drift.unknown_headers == ("colour",)


def test_a_cell_outside_the_header_costs_its_row(write: Callable[..., Path]) -> None:
    path = write({}, {}, {})
    book = openpyxl.load_workbook(path)
    book.active.cell(row=4, column=len(contract()) + 2, value="stray")
    book.save(path)
    assert _damage(read_table(path, 3)) == [(3, "ROW_WIDTH")]


@pytest.mark.parametrize("marked", ["a_x0007_b", "a\u0085b"])
def test_a_control_character_costs_its_row(write: Callable[..., Path], marked: str) -> None:
    table = read_table(write({}, {"unit": "MARK"}, {}, xml={">MARK<": f">{marked}<"}), 3)
    assert _damage(table) == [(2, "ROW_CONTROL_CHARACTERS")]


@pytest.mark.parametrize("cell", ["XFD3", "A1048576", "XFD1048576"])
def test_a_stray_value_far_away_is_refused_before_it_takes_the_memory(write: Callable[..., Path], cell: str) -> None:
    path = write({})
    book = openpyxl.load_workbook(path)
    book.active[cell] = 1
    book.save(path)
    with pytest.raises(TableRefused, match=r"submissions.xlsx: the sheet reaches to row .+ Delete the stray cells"):
        read_table(path, 1)


def test_the_rows_are_counted_against_the_manifest(write: Callable[..., Path]) -> None:
    with pytest.raises(TableRefused, match=r"submissions.xlsx has 2 rows where its manifest says 3. Have the portal"):
        read_table(write({}, {}), 3)


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_workbook_is_refused_with_its_remedy(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "submissions.xlsx"
    path.write_bytes(content)
    told = "submissions.xlsx is not an XLSX workbook, or it is protected by a password. Save it as .xlsx without"
    with pytest.raises(TableRefused, match=re.escape(told)):
        read_table(path, 1)


def test_a_zip_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "submissions.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", "x")
    with pytest.raises(TableRefused, match="is not an XLSX workbook"):
        read_table(path, 1)


def test_a_zip_bomb_is_refused_by_its_directory(write: Callable[..., Path]) -> None:
    path = write({})
    content = path.read_bytes()
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/bomb.xml", b"0" * 1000)
    content = path.read_bytes()
    place = content.rindex(b"PK\x01\x02")
    path.write_bytes(content[: place + 24] + (0xF0000000).to_bytes(4, "little") + content[place + 28 :])
    with pytest.raises(TableRefused, match=r"submissions.xlsx unpacks to more than 2 GB. Send the table as CSV."):
        read_table(path, 1)


@pytest.mark.parametrize(
    "xml",
    [
        {"<sheetData>": '<sheetData foo="&bar;">'},
        {"</sheetData>": ""},
        {"<worksheet ": '<!DOCTYPE w [<!ENTITY a "b">]><worksheet '},
        {'<row r="1">': '<row r="one">'},
    ],
)
def test_a_damaged_or_booby_trapped_sheet_is_refused(write: Callable[..., Path], xml: Mapping[str, str]) -> None:
    with pytest.raises(TableRefused, match=r"submissions.xlsx: its first sheet is damaged. Open it, save it again"):
        read_table(write({}, xml=xml), 1)


def test_an_empty_first_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "submissions.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(TableRefused, match=r"submissions.xlsx: the first sheet is empty. Put the table"):
        read_table(path, 0)
