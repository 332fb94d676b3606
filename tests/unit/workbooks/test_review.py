"""The analysts' queue: out, through the hands of people, and back in."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tasks.notices import load_reasons
from tasks.workbooks.cells import WorkbookError
from tasks.workbooks.review import QueueRow, ReturnedRow, Verdict, read_review, write_review

KEY = bytes(range(32))
RUN = "20261122T233000Z-7f3a"
DOCUMENTS = (("identity", "drivers_license", "dl front.pdf"), ("residency", "utility_bill", "=cmd|calc.pdf"))
ANA = QueueRow(
    submission_id="BN-2026-0004711",
    revision=1,
    kind="renewal",
    role="patient",
    submitted_on=date(2026, 10, 20),
    waiting_days=33,
    applicant_name="Ana Lucía Ortiz-Peña",
    date_of_birth=date(1968, 3, 14),
    registration_number="MMR-104233",
    reason_codes=("RES_NAME_MISMATCH", "RES_STALE"),
    what_to_look_at=("The name on the bill is not the applicant's.", "The bill is dated 2026-06-30."),
    documents=DOCUMENTS,
    evidence="../../evidence/5f3a/index.html",
    certification_expires_on=date(2027, 2, 1),
    service_due_on=date(2026, 11, 19),
    clock="overdue: 33 days",
    decision_version="v-ana",
)
QUEUE = [
    ANA,
    replace(
        ANA, submission_id="BN-2026-0004802", applicant_name="Seán O'Brien", reason_codes=("INITIAL_NEEDS_REVIEW",)
    ),
    replace(ANA, submission_id="00012", revision=2, applicant_name="=HYPERLINK(1)", date_of_birth=date(1900, 1, 15)),
    replace(ANA, submission_id="BN-2026-0004810", applicant_name="Nguyễn _x0041_", what_to_look_at=(), reason_codes=()),
    replace(ANA, submission_id="BN-2026-0004900", applicant_name="محمد العلي", service_due_on=None, documents=()),
]
IDS = [case.submission_id for case in QUEUE]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "review.xlsx"
    assert write_review(path, QUEUE, RUN, load_reasons(), KEY) == len(QUEUE)
    return path


class Hands:
    """An analyst's program: open the file, change cells by header and row, save it."""

    def __init__(self, path: Path) -> None:
        self.path, self.workbook = path, load_workbook(path)
        self.sheet = self.workbook["Queue"]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def put(self, row: int, **values: object) -> "Hands":
        for title, value in values.items():
            self.sheet.cell(row, self.columns[title.replace("_", " ")]).value = value
        return self

    def back(self) -> dict[int, ReturnedRow]:
        self.workbook.save(self.path)
        return {index: row for index, row in enumerate(read_review(self.path, KEY))}  # noqa: C416


def verdicts(rows: dict[int, ReturnedRow]) -> list[str]:
    return [row.verdict.value for row in rows.values()]


def test_an_untouched_queue_comes_back_blank_row_by_row(path):
    rows = read_review(path, KEY)
    assert [(row.submission_id, row.verdict, row.row) for row in rows] == [
        (name, Verdict.BLANK, number) for number, name in enumerate(IDS, 2)
    ]
    assert {(row.run_id, row.decision_version) for row in rows} == {(RUN, "v-ana")}


def test_each_case_leads_to_its_page_and_no_cell_computes(tmp_path):
    path = tmp_path / "review.xlsx"
    other = replace(ANA, submission_id="BN-2026-0004901", evidence="../../evidence/77c2/index.html")
    write_review(
        path, [ANA, replace(ANA, submission_id="BN-2026-0004900", evidence=""), other], RUN, load_reasons(), KEY
    )
    cells = [row[10] for row in load_workbook(path)["Queue"].iter_rows(max_row=4)]
    assert [cell.value for cell in cells] == ["Evidence", "Open page", None, "Open page"]
    links = [cell.hyperlink and cell.hyperlink.target for cell in cells[1:]]
    assert links == [ANA.evidence, None, other.evidence]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}


def test_a_workbook_of_another_version_is_refused_by_what_it_is(path):
    workbook = load_workbook(path)
    workbook["_meta"]["A1"] = "nutmeg-review/1"
    workbook.save(path)
    with pytest.raises(WorkbookError, match="another version"):
        read_review(path, KEY)


def test_an_untouched_queue_is_untouched_after_another_program_saved_it(path):
    assert set(verdicts(Hands(path).back())) == {"BLANK"}


def test_decisions_come_back_as_given(path):
    hands = Hands(path).put(2, Decision="Approve ", Note="Compared by eye.", Analyst="M. Rivera")
    hands.put(3, Decision="deny", Ground="RCSA 21a-408-7(a)(3)")
    rows = hands.put(4, Decision="ask", Ground="RES_STALE; ID_EXPIRED").put(5, Decision="leave").back()
    assert verdicts(rows) == ["OK", "OK", "OK", "OK", "BLANK"]
    assert (rows[0].decision, rows[0].note, rows[0].analyst) == ("approve", "Compared by eye.", "M. Rivera")
    assert (rows[1].decision, rows[1].ground) == ("deny", "RCSA 21a-408-7(a)(3)")
    assert (rows[2].submission_id, rows[2].revision, rows[2].ground) == ("00012", 2, "RES_STALE; ID_EXPIRED")


@pytest.mark.parametrize(
    ("entered", "verdict"),
    [
        ({"Decision": "aprove"}, Verdict.BAD_CHOICE),
        ({"Decision": "approved"}, Verdict.BAD_CHOICE),
        ({"Decision": True}, Verdict.BAD_CHOICE),
        ({"Ground": "RES_STALE"}, Verdict.BAD_CHOICE),
        ({"Note": "ask my colleague"}, Verdict.BLANK),
        ({"Decision": "deny"}, Verdict.MISSING_REASON),
        ({"Decision": "deny", "Ground": "  "}, Verdict.MISSING_REASON),
        ({"Decision": '="approve"'}, Verdict.FORMULA),
        ({"Decision": "approve", "Note": "=A1"}, Verdict.FORMULA),
        ({"Decision": "approve", "Applicant": "=A1"}, Verdict.FORMULA),
        ({"Decision": "approve", "Applicant": "Ana Ortiz"}, Verdict.EDITED_READONLY),
        ({"Decision": "approve", "Born": date(1968, 3, 15)}, Verdict.EDITED_READONLY),
        ({"Decision": "approve", "Registration": None}, Verdict.EDITED_READONLY),
        ({"Decision": "approve", "Documents": "identity: passport (p.pdf)"}, Verdict.EDITED_READONLY),
        ({"Decision": "approve", "Token": "0" * 32}, Verdict.BAD_TOKEN),
        ({"Decision": "approve", "Token": None}, Verdict.BAD_TOKEN),
    ],
)
def test_what_people_do_to_a_row_gets_its_verdict_and_the_other_rows_theirs(path, entered, verdict):
    rows = Hands(path).put(2, **entered).put(3, Decision="approve").back()
    assert rows[0].verdict is verdict
    assert verdicts(rows)[1:] == ["OK", "BLANK", "BLANK", "BLANK"]


def test_every_displayed_cell_is_under_the_token(path):
    for title in Hands(path).columns:
        if title in {"Case", "Rev", "Decision", "Ground", "Note", "Analyst", "Token"}:
            continue
        hands = Hands(path).put(2, **{title: "another", "Decision": "approve"})
        hands.path = path.with_name("changed.xlsx")
        assert hands.back()[0].verdict is Verdict.EDITED_READONLY, title


def test_a_case_number_that_a_program_made_a_number_is_not_taken_for_the_case(path):
    rows = Hands(path).put(4, Case=12, Decision="approve").back()
    assert verdicts(rows) == ["BLANK", "BLANK", "UNKNOWN_ID", "BLANK", "BLANK", "MISSING_ROW"]
    assert rows[5].submission_id == "00012"


def test_a_token_moved_to_another_row_is_caught_on_both(path):
    hands = Hands(path)
    token = hands.columns["Token"]
    one, other = hands.sheet.cell(2, token).value, hands.sheet.cell(3, token).value
    rows = hands.put(2, Token=other, Decision="approve").put(3, Token=one, Decision="approve").back()
    assert verdicts(rows)[:2] == ["BAD_TOKEN", "BAD_TOKEN"]


def test_both_copies_of_a_row_are_refused(path):
    hands = Hands(path).put(2, Decision="approve")
    hands.sheet.append([cell.value for cell in hands.sheet[2]])
    hands.put(hands.sheet.max_row, Decision="deny", Ground="RES_STALE")
    assert verdicts(hands.back()) == ["DUPLICATE_ROW", "BLANK", "BLANK", "BLANK", "BLANK", "DUPLICATE_ROW"]


def test_a_row_that_was_deleted_is_missed(path):
    hands = Hands(path)
    hands.sheet.delete_rows(3)
    rows = hands.put(2, Decision="approve").back()
    assert verdicts(rows) == ["OK", "BLANK", "BLANK", "BLANK", "MISSING_ROW"]
    assert (rows[4].submission_id, rows[4].decision_version, rows[4].row) == (IDS[1], "v-ana", 0)


def test_a_row_that_was_added_is_unknown(path):
    hands = Hands(path)
    hands.sheet.append(["BN-2026-9999999", 1])
    rows = hands.put(hands.sheet.max_row, Decision="approve").back()
    assert (rows[5].verdict, rows[5].submission_id, rows[5].decision) == (
        Verdict.UNKNOWN_ID,
        "BN-2026-9999999",
        "approve",
    )


def test_sorting_and_empty_rows_do_no_harm(path):
    hands = Hands(path).put(2, Decision="approve")
    lines = [[cell.value for cell in row] for row in hands.sheet.iter_rows(min_row=2)]
    hands.sheet.delete_rows(2, len(lines))
    hands.sheet.append([])
    for line in [lines[4], lines[0], lines[2], lines[1], lines[3]]:
        hands.sheet.append(line)
        for cell in hands.sheet[hands.sheet.max_row]:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    assert {row.submission_id: row.verdict for row in hands.back().values()} == {
        name: Verdict.OK if name == IDS[0] else Verdict.BLANK for name in IDS
    }


@pytest.mark.parametrize("cell", ["B1", "C1", "D1", "A2", "C3", "D4"])
def test_a_changed_hidden_sheet_is_refused_whole(path, cell):
    hands = Hands(path)
    hands.workbook["_meta"][cell] = "20261123T233000Z-0000"
    with pytest.raises(WorkbookError, match=r"hidden sheet|not the workbook"):
        hands.back()


def test_another_key_does_not_open_the_queue(path):
    with pytest.raises(WorkbookError, match="key"):
        read_review(path, KEY[::-1])


def test_a_changed_header_is_refused(path):
    hands = Hands(path)
    hands.sheet["D1"] = "Date of birth"
    with pytest.raises(WorkbookError, match="header"):
        hands.back()


def test_what_is_no_queue_is_refused_in_one_sentence(tmp_path):
    text, archive = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    text.write_text("name,decision\n")
    with ZipFile(archive, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
    for wrong in (text, archive, tmp_path / "none.xlsx"):
        with pytest.raises(WorkbookError, match=wrong.name) as refused:
            read_review(wrong, KEY)
        assert refused.value.__cause__ is None


def test_a_file_that_unpacks_without_end_is_not_opened(path, monkeypatch):
    monkeypatch.setattr("tasks.workbooks.returned._MAX_UNPACKED_BYTES", 10_000)
    with pytest.raises(WorkbookError, match="larger"):
        read_review(path, KEY)


def test_the_queue_can_be_worked_in(path):
    workbook = load_workbook(path)
    assert workbook.sheetnames == ["How to use this", "Queue", "Reasons", "_meta"]
    assert workbook.active.title == "Queue"
    assert workbook["_meta"].sheet_state == "veryHidden"
    sheet = workbook["Queue"]
    titles = {cell.value: cell.column_letter for cell in sheet[1]}
    unlocked = {title for title, letter in titles.items() if not sheet[f"{letter}2"].protection.locked}
    assert unlocked == {"Decision", "Ground", "Note", "Analyst"}
    assert sheet.protection.sheet
    assert not sheet.protection.autoFilter
    assert sheet.column_dimensions[titles["Token"]].hidden
    assert sheet.freeze_panes == "D2"
    assert sheet.print_title_rows == "$1:$1"
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists[f"{titles['Decision']}2:{titles['Decision']}6"] == '"approve,ask,deny,withdraw,leave"'


def test_no_formula_stands_in_the_queue(path):
    cells = [cell for row in load_workbook(path)["Queue"].iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_a_case_by_lot_shows_no_more_than_a_case_by_rule(path):
    sheet = load_workbook(path)["Queue"]
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    by_rule, by_lot = (sheet[f"{letters['Codes']}{row}"].value for row in (3, 5))
    assert (by_rule, by_lot) == (None, None)
    assert sheet[f"{letters['What to look at']}5"].value.startswith("Compare name")


def test_the_same_queue_gives_the_same_bytes(path, tmp_path):
    write_review(tmp_path / "again.xlsx", iter(QUEUE), RUN, load_reasons(), KEY)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_an_empty_queue_is_a_workbook_too(tmp_path):
    assert write_review(tmp_path / "empty.xlsx", [], RUN, load_reasons(), KEY) == 0
    assert read_review(tmp_path / "empty.xlsx", KEY) == []


def test_a_returned_row_starts_with_what_the_analyst_said():
    names = [field.name for field in fields(ReturnedRow)]
    assert names[:7] == ["submission_id", "revision", "decision", "ground", "note", "analyst", "verdict"]
