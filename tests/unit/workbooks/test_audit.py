"""The auditors' workbook."""

import tracemalloc
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import load_workbook

from tasks.workbooks.audit import AuditTables, write_audit

PERIOD = (date(2026, 11, 1), date(2026, 11, 30))
TABLES = AuditTables(
    made_at=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
    code_version="0.1.0",
    policy_fingerprints=["b7c2" * 16],
    journal_seq=48211,
    journal_hash="9f" * 32,
    decisions=[
        ("BN-2026-0000001", 1, "auto_approved", "machine", "nutmeg", "2026-11-22T23:30:00.120+00:00", "b7c2", ()),
        (
            "BN-2026-0000002",
            2,
            "denied",
            "person",
            "=m.rivera",
            "2026-11-23T15:00:00+00:00",
            "b7c2",
            ("RES_STALE", "HOLD"),
        ),
    ],
    reasons=[("HOLD", 1), ("RES_STALE", 1)],
    certificates=[
        ("MM26-0000001-77", "temporary", "issued", "MMR-104233", "2026-11-22", date(2026, 12, 22), "ab" * 32)
    ],
    messages=[
        ("<00@nutmeg.dcp.ct.gov>", "certificate_temporary", "queued", datetime(2026, 11, 22, 23, 31, tzinfo=UTC), "")
    ],
    runs=[("20261122T233000Z", "2026-11-22", 3, 2, 1, 0, 0, 0, 1, 1, 0, 0, True)],
    ledger_counts={"decisions": 2, "certificates": 1, "messages": 1, "runs": 1},
)


def opened(tmp_path: Path, tables: AuditTables = TABLES):
    write_audit(tmp_path / "audit.xlsx", PERIOD, tables)
    return load_workbook(tmp_path / "audit.xlsx")


def test_the_sheets_stand_in_reading_order_and_carry_the_anchor(tmp_path):
    workbook = opened(tmp_path)
    assert workbook.sheetnames == ["About", "Controls", "Decisions", "Reasons", "Certificates", "Messages", "Runs"]
    assert workbook.active.title == "About"
    assert workbook.custom_doc_props["nutmeg-journal-anchor"].value == f"48211:{'9f' * 32}"
    said = [cell.value for row in workbook["About"].iter_rows() for cell in row]
    assert {"48211", "9f" * 32, "b7c2" * 16, "0.1.0", "2026-11-01 to 2026-11-30, both days included"} <= set(said)


def test_lines_come_out_as_they_went_in_with_days_and_moments_in_utc(tmp_path):
    workbook = opened(tmp_path)
    decision = [cell.value for cell in workbook["Decisions"][3]]
    assert decision == [
        "BN-2026-0000002",
        2,
        "denied",
        "person",
        "=m.rivera",
        datetime(2026, 11, 23, 15),  # noqa: DTZ001
        "b7c2",
        "RES_STALE HOLD",
    ]
    assert [cell.value for cell in workbook["Certificates"][2]][4:6] == [
        datetime(2026, 11, 22),  # noqa: DTZ001
        datetime(2026, 12, 22),  # noqa: DTZ001
    ]
    assert workbook["Messages"]["E2"].value is None
    assert [cell.value for cell in workbook["Runs"][2]][2:] == [3, 2, 1, 0, 0, 0, 1, 1, 0, 0, "yes"]


def test_formulas_stand_only_among_the_controls(tmp_path):
    computed = {
        sheet.title for sheet in opened(tmp_path) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    }
    assert computed == {"Controls"}


def test_every_control_has_a_formula_an_expected_value_and_a_check(tmp_path):
    sheet = opened(tmp_path)["Controls"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert {row[0] for row in rows} >= {
        "Rows in Decisions",
        "Rows in Runs",
        "Denied, approved or withdrawn by a machine",
    }
    for number, (_, formula, expected, check, why) in enumerate(rows, 2):
        assert formula.startswith("=")
        assert isinstance(expected, int)
        assert check == f'=IF(B{number}=C{number},"OK","LOOK")'
        assert why


def test_controls_reach_every_row_and_every_part(tmp_path, monkeypatch):
    monkeypatch.setattr("tasks.workbooks.audit.MAX_ROWS", 2)
    lines = [TABLES.decisions[0]] * 5
    workbook = opened(tmp_path, replace(TABLES, decisions=iter(lines)))
    assert [name for name in workbook.sheetnames if name.startswith("Decisions")] == [
        "Decisions",
        "Decisions 2",
        "Decisions 3",
    ]
    formulas = {row[0]: row[1] for row in workbook["Controls"].iter_rows(min_row=2, values_only=True)}
    assert formulas["Rows in Decisions"] == (
        "=COUNTA('Decisions'!A2:A3)+COUNTA('Decisions 2'!A2:A3)+COUNTA('Decisions 3'!A2:A2)"
    )


def test_a_period_without_anything_is_a_workbook_too(tmp_path):
    empty = replace(TABLES, decisions=(), reasons=(), certificates=(), messages=(), runs=(), ledger_counts={})
    workbook = opened(tmp_path, empty)
    assert workbook["Decisions"].max_row == 1
    assert "Rows in Decisions" not in [cell.value for cell in workbook["Controls"]["A"]]


def test_no_column_has_room_for_a_name_an_address_or_a_diagnosis(tmp_path):
    workbook, titles = opened(tmp_path), set()
    for name in ("Decisions", "Reasons", "Certificates", "Messages", "Runs"):
        titles |= {cell.value for cell in workbook[name][1]}
    assert not {
        title for title in titles if any(word in title.lower() for word in ("name", "born", "address", "condition"))
    }


def test_the_same_tables_give_the_same_bytes(tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_audit(tmp_path / name, PERIOD, TABLES)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_memory_does_not_grow_with_the_rows(tmp_path):
    def peak(count: int) -> int:
        tracemalloc.start()
        write_audit(
            tmp_path / "audit.xlsx", PERIOD, replace(TABLES, decisions=(TABLES.decisions[0] for _ in range(count)))
        )
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(1)
    few, many = peak(300), peak(3_000)
    assert many < few + 2_000_000, "kept rows would cost more than ten megabytes"
