import codecs
import re
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from expectations.columns import contract
from tasks.tables import RawTable, TableRefused, read_table

Write = Callable[..., Path]
Row = Mapping[str, str]


def _lines(row: Row, *changes: Mapping[str, str]) -> list[bytes]:
    """A header, and a line for each change of the row, unquoted, as bytes."""
    header = ",".join(contract()).encode()
    return [
        header,
        *(",".join((dict(row) | change).get(name, "") for name in contract()).encode() for change in changes),
    ]


def _table(tmp_path: Path, content: bytes, rows: int) -> RawTable:
    path = tmp_path / "submissions.csv"
    path.write_bytes(content)
    return read_table(path, rows)


def _damage(table: RawTable) -> list[tuple[int, str]]:
    return [(damaged.row, damaged.code) for damaged in table.damaged]


def test_a_table_is_text_in_the_columns_of_the_contract(write_csv: Write, row: Row) -> None:
    table = read_table(write_csv([row, dict(row) | {"zip": "6103"}]), 2)
    assert list(table.frame.columns) == ["row", *contract()]
    assert table.frame["row"].tolist() == [1, 2]
    assert table.frame["zip"].tolist() == ["06103", "6103"]
    assert table.frame["unit"].isna().all()
    assert {str(dtype) for name, dtype in table.frame.dtypes.items() if name != "row"} == {"str"}
    assert table.damaged == ()


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_every_line_end_and_a_byte_order_mark_are_read(
    tmp_path: Path, row: Row, end: bytes, last: bool, mark: bytes
) -> None:
    lines = _lines(row, {"city": '"Hart' + end.decode() + 'ford, CT"'}, {"unit": '"the ""big"" one"'})
    table = _table(tmp_path, mark + end.join(lines) + (end if last else b""), 2)
    assert table.frame["city"][0] == f"Hart{end.decode()}ford, CT"
    assert table.frame["unit"][1] == 'the "big" one'
    assert table.drift.encoding == "utf-8"


def test_windows_1252_is_read_and_recorded(tmp_path: Path, row: Row) -> None:
    table = _table(tmp_path, b"\n".join(_lines(row, {"last_name": "NAME"})).replace(b"NAME", b"Nu\xf1ez\x92s"), 1)
    assert table.frame["last_name"][0] == "Nuñez’s"
    assert table.drift.encoding == "cp1252"
    assert table.drift.sentences(table.file) == ("submissions.csv is not UTF-8 and was read as Windows-1252.",)


def test_a_row_in_another_encoding_than_the_rest_is_damaged_and_not_garbled(tmp_path: Path, row: Row) -> None:
    lines = _lines(row, {"last_name": "AAA"}, {"last_name": "BBB"}, {"last_name": "CCC"})
    content = b"\n".join(lines).replace(b"AAA", "Muñoz".encode()).replace(b"BBB", b"Mu\xf1oz").replace(b"CCC", b"x\x81")
    table = _table(tmp_path, content, 3)
    assert _damage(table) == [(1, "ROW_ENCODING"), (3, "ROW_ENCODING")]
    assert table.frame["last_name"].tolist() == ["Muñoz"]


def test_a_bad_byte_in_a_file_with_a_utf8_mark_costs_its_row_only(tmp_path: Path, row: Row) -> None:
    content = b"\n".join(_lines(row, {"last_name": "AAA"}, {"last_name": "Muñoz"})).replace(b"AAA", b"\xf1")
    table = _table(tmp_path, codecs.BOM_UTF8 + content, 2)
    assert _damage(table) == [(1, "ROW_ENCODING")]
    assert table.frame["last_name"].tolist() == ["Muñoz"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_with_its_remedy(tmp_path: Path, row: Row, encoding: str) -> None:
    content = b"\n".join(_lines(row, {})).decode().encode(encoding)
    with pytest.raises(TableRefused, match=r"submissions.csv is UTF-16, which is not read. Export the table as UTF-8."):
        _table(tmp_path, content, 1)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1a", "\x1f", "\x7f", "\x85"])
def test_a_control_character_costs_its_row_only(write_csv: Write, row: Row, character: str) -> None:
    table = read_table(write_csv([row, dict(row) | {"first_name": f"A{character}na"}, row]), 3)
    assert _damage(table) == [(2, "ROW_CONTROL_CHARACTERS")]
    assert table.damaged[0].sentence.startswith("submissions.csv, row 2: a value holds a NUL or another control")
    assert "export again" in table.damaged[0].sentence


def test_ragged_rows_are_damaged_and_never_padded_or_shifted(tmp_path: Path, row: Row) -> None:
    header, good = _lines(row, {})
    lines = [header, good + b",", good, good.rpartition(b",")[0], b"MMP-1"]
    table = _table(tmp_path, b"\n".join(lines), 4)
    assert _damage(table) == [(1, "ROW_WIDTH"), (3, "ROW_WIDTH"), (4, "ROW_WIDTH")]
    assert table.frame["row"].tolist() == [2]
    assert table.damaged[0].sentence.startswith("submissions.csv, row 1: it has not as many cells as the header. Quote")


def test_blank_lines_are_no_rows(tmp_path: Path, row: Row) -> None:
    header, good = _lines(row, {})
    assert len(_table(tmp_path, b"\n".join([header, b"", good, b"", b""]), 1).frame) == 1


@pytest.mark.parametrize(
    "broken", [b'"O"Neil",', b'"open,', b'a,"open', b'"a" ,', b'"""', b'"a""b"c",'], ids=lambda broken: broken.decode()
)
def test_broken_quoting_costs_its_line_only_when_the_count_agrees(tmp_path: Path, row: Row, broken: bytes) -> None:
    header, good, quoted = _lines(row, {}, {"city": '"Hart\nford"'})
    table = _table(tmp_path, b"\n".join([header, good, broken, quoted, good]), 4)
    assert _damage(table) == [(2, "ROW_QUOTING")]
    assert table.frame["row"].tolist() == [1, 3, 4]
    assert table.frame["city"].tolist() == ["Hartford", "Hart\nford", "Hartford"]
    why = "its quotation marks do not pair up. Double the marks inside quoted values and export again."
    assert table.damaged[0].sentence == f"submissions.csv, row 2: {why}"


def test_broken_quoting_that_runs_rows_together_refuses_the_table(tmp_path: Path, row: Row) -> None:
    header, good = _lines(row, {})
    content = b"\n".join([header, good, b'"O"Neil","two', b'lines"', good])
    with pytest.raises(TableRefused) as refused:
        _table(tmp_path, content, 3)
    assert str(refused.value) == (
        "submissions.csv has 4 rows where its manifest says 3: from row 2 on, broken quotation marks run rows "
        "together. Double the marks inside quoted values and export again."
    )


def test_a_value_may_be_as_long_as_a_cell_and_no_longer(write_csv: Write, row: Row) -> None:
    rows = [dict(row) | {"dosage_restrictions": "é" * length} for length in (32_767, 32_768, 140_000)]
    table = read_table(write_csv(rows), 3)
    assert _damage(table) == [(2, "ROW_TOO_LONG"), (3, "ROW_TOO_LONG")]
    assert max(len(damaged.raw) for damaged in table.damaged) <= 32_767


@pytest.mark.parametrize(
    ("piece", "quote", "code"),
    [
        (b"x" * 1_000_000, b"", "ROW_TOO_LONG"),
        (b"x" * 1_000_000, b'"', "ROW_TOO_LONG"),
        (b"x," * 499_999 + b"\r\n", b'"', "ROW_TOO_LONG"),
    ],
    ids=["plain", "quoted", "quoted over many lines"],
)
def test_a_field_of_200_mb_costs_its_row_and_little_memory(
    tmp_path: Path, row: Row, piece: bytes, quote: bytes, code: str
) -> None:
    path = tmp_path / "submissions.csv"
    header, good, marked = _lines(row, {}, {"dosage_restrictions": "HERE"})
    before, after = marked.split(b"HERE")
    with path.open("wb") as stream:
        stream.write(b"\n".join([header, good, before + quote]))
        for _ in range(200):
            stream.write(piece)
        stream.write(quote + after + b"\n" + good + b"\n")
    tracemalloc.start()
    table = read_table(path, 3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    path.unlink()
    assert _damage(table) == [(2, code)]
    assert table.frame["row"].tolist() == [1, 3]
    assert peak < 80_000_000


def test_a_field_too_long_whose_quoting_never_ends_costs_its_line(tmp_path: Path, row: Row) -> None:
    header, good = _lines(row, {})
    content = b"\n".join([header, good, b'"' + b"x" * 9_000_000, good])
    assert _damage(_table(tmp_path, content, 3)) == [(2, "ROW_QUOTING")]


@pytest.mark.parametrize("expected", [0, 1, 3])
def test_another_number_of_rows_than_the_manifest_says_refuses_the_table(
    write_csv: Write, row: Row, expected: int
) -> None:
    told = f"submissions.csv has 2 rows where its manifest says {expected}. Have the portal export the delivery again."
    with pytest.raises(TableRefused, match=re.escape(told)):
        read_table(write_csv([row, row]), expected)


def test_a_table_without_rows_is_an_empty_frame(write_csv: Write) -> None:
    table = read_table(write_csv([]), 0)
    assert len(table.frame) == 0
    assert list(table.frame.columns) == ["row", *contract()]


@pytest.mark.parametrize("content", [b"", b"\n\n", b'"open', b'"O"Neil,x\n'])
def test_a_header_that_cannot_be_read_refuses_the_table(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(TableRefused, match=r"submissions.csv: the header cannot be read: .+ again\.|with its header\."):
        _table(tmp_path, content, 0)


def test_the_raw_text_of_rejected_rows_can_be_kept(write_csv: Write, row: Row) -> None:
    table = read_table(write_csv([row, dict(row) | {"zip": " x "}]), 2)
    kept = table.raw_rows([2])
    assert kept == {2: {name: value for name, value in (dict(row) | {"zip": " x "}).items() if value}}


def test_no_sentence_quotes_a_value(tmp_path: Path, row: Row) -> None:
    header, good = _lines(row, {"first_name": "canary"})
    table = _table(
        tmp_path, b"\n".join([header, good + b",canary", b'"canary"canary"', good.replace(b"Ng", b"\x07")]), 3
    )
    assert len(table.damaged) == 3
    assert "canary" not in " ".join(damaged.sentence for damaged in table.damaged)
