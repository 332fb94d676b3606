"""A sample is whole, the same every time, and its answers agree with what it holds."""

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import zip_longest
from pathlib import Path

import pytest

from registry.reasons import Reason
from tasks.sampling.certifiers import CertifierRegister
from tasks.sampling.delivery import make_sample
from tasks.sampling.dispositions import SPOILS, line_of, spoil_columns
from tasks.sampling.household import Household, World
from tasks.sampling.scenes import SCENES

DAY = date(2026, 11, 22)

NO_DEFECT = {
    Reason.INITIAL_NEEDS_REVIEW,
    Reason.MINOR_NEEDS_REVIEW,
    Reason.CAREGIVER_NEEDS_REVIEW,
    Reason.CHANGE_NEEDS_REVIEW,
    Reason.CAREGIVER_PENDING,
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample")
    make_sample(out, 400, seed=7, uploads="text")
    return out


def table(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream))


def delivery(out: Path) -> Path:
    return out / "inbox" / "biznet-2026-11-22"


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize(("table_format", "uploads", "rows"), [("csv", "all", 50), ("xlsx", "text", 20)])
def test_the_same_seed_makes_the_same_bytes_in_another_process_too(
    tmp_path: Path, table_format: str, uploads: str, rows: int
) -> None:
    make_sample(tmp_path / "here", rows, seed=5, table_format=table_format, uploads=uploads)
    arguments = f"{rows}, seed=5, table_format={table_format!r}, uploads={uploads!r}"
    code = (
        "from pathlib import Path; from tasks.sampling.delivery import make_sample;"
        f"make_sample(Path({str(tmp_path / 'there')!r}), {arguments})"
    )
    root = Path(__file__).resolve().parents[3]
    environment = os.environ | {"PYTHONHASHSEED": "12345", "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, cwd=tmp_path)
    assert digests(tmp_path / "here") == digests(tmp_path / "there")


def test_another_seed_makes_other_rows_uploads_and_certifiers(tmp_path: Path) -> None:
    for seed in (1, 2):
        make_sample(tmp_path / str(seed), 12, seed=seed, uploads="text")
    first, second = (digests(tmp_path / str(seed)) for seed in (1, 2))
    same = {path for path in first if second.get(path) == first[path]}
    assert same == {f"reference/{name}.csv" for name in ("conditions", "zips", "holidays", "facilities")}


@pytest.mark.parametrize("rows", [1, 2, 63, 65])
def test_a_sample_has_exactly_the_rows_asked_for(tmp_path: Path, rows: int) -> None:
    seen: list[tuple[int, int]] = []
    summary = make_sample(tmp_path, rows, seed=3, uploads="text", progress=lambda done, all_: seen.append((done, all_)))
    assert len(table(delivery(tmp_path) / "submissions.csv")) == rows == summary.rows
    assert [int(row["row"]) for row in table(tmp_path / "answers.csv")] == list(range(1, rows + 1))
    assert seen[-1] == (rows, rows)


def test_the_manifest_lists_every_file_with_its_size_and_digest(sample: Path) -> None:
    folder = delivery(sample)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: (entry["bytes"], entry["sha256"]) for entry in manifest["files"]}
    held = {path: ((folder / path).stat().st_size, digest) for path, digest in digests(folder).items()}
    held.pop("manifest.json")
    assert listed == held
    assert len(listed) == len(manifest["files"])
    head = {key: value for key, value in manifest.items() if key != "files"}
    assert head == {
        "contract": "mmp-submissions/1",
        "delivery_id": "biznet-2026-11-22",
        "exported_at": "2026-11-22T23:05:00-05:00",
        "covers": {"from": "2026-11-22", "to": "2026-11-22"},
        "rows": 400,
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_every_reason_code_is_met_in_400_rows_and_about_an_eighth_are_defective(tmp_path: Path, seed: int) -> None:
    make_sample(tmp_path, 400, seed=seed, uploads="text")
    answers = [row for row in table(tmp_path / "answers.csv") if row["disposition"] == "accepted"]
    codes = [set(filter(None, row["reason_codes"].split(";"))) for row in answers]
    assert set().union(*codes) == set(Reason)
    assert 0.08 <= sum(bool(found - NO_DEFECT) for found in codes) / 400 <= 0.16


def test_defects_are_spread_over_the_whole_table(sample: Path) -> None:
    rows = [
        int(row["row"])
        for row in table(sample / "answers.csv")
        if row["disposition"] == "accepted" and set(filter(None, row["reason_codes"].split(";"))) - NO_DEFECT
    ]
    quarters = Counter((row - 1) // 100 for row in rows)
    assert min(quarters[quarter] for quarter in range(4)) >= 6


def test_every_disposition_is_met_and_only_accepted_rows_have_an_outcome(sample: Path) -> None:
    answers = table(sample / "answers.csv")
    met = Counter(row["disposition"] for row in answers)
    assert set(met) == {"accepted", "duplicate", "superseded", "quarantined", "conflict"}
    assert 0.015 <= 1 - met["accepted"] / 400 <= 0.035
    assert all(bool(row["outcome"]) == (row["disposition"] == "accepted") for row in answers)
    assert all(bool(row["reason_codes"]) for row in answers if row["disposition"] == "quarantined")


def test_twins_contradictions_and_earlier_revisions_are_what_their_disposition_says(sample: Path) -> None:
    rows = table(delivery(sample) / "submissions.csv")
    answers = table(sample / "answers.csv")
    accepted = {
        (answer["submission_id"], answer["revision"]): (answer["row"], row)
        for answer, row in zip(answers, rows, strict=True)
        if answer["disposition"] == "accepted"
    }
    for answer, row in zip(answers, rows, strict=True):
        place, key = int(answer["row"]), (answer["submission_id"], answer["revision"])
        if answer["disposition"] == "duplicate":
            assert accepted[key][1] == row
            assert int(accepted[key][0]) < place
        elif answer["disposition"] == "conflict":
            assert accepted[key][1] != row
            assert int(accepted[key][0]) < place
        elif answer["disposition"] == "superseded":
            assert (answer["submission_id"], str(int(answer["revision"]) + 1)) in accepted


def test_a_quarantined_row_lacks_what_its_codes_say_is_missing(sample: Path) -> None:
    rows = table(delivery(sample) / "submissions.csv")
    lacking = 0
    for row, answer in zip(rows, table(sample / "answers.csv"), strict=True):
        if answer["disposition"] == "quarantined":
            missing = [code for code in answer["reason_codes"].split(";") if code.endswith("_MISSING")]
            lacking += len(missing)
            assert not any(row[code.removesuffix("_MISSING").lower()] for code in missing)
            if "RELATED_SUBMISSION_ID_MISSING" in missing:
                assert not row["related_registration_number"]
    assert lacking


@pytest.mark.parametrize("spoiled", [spoiled for spoiled in SPOILS if spoiled[2] == "INVALID"])
def test_a_spoiled_value_reaches_the_table_as_it_is(spoiled: tuple[str, str, str]) -> None:
    column, value, _ = spoiled
    world = World(1, DAY, "utf-8", only_text=True, scripts=False, certifiers=CertifierRegister(1, DAY))
    house = Household(world, 3)
    [case] = SCENES["renewal"].play(house)
    spoil_columns(case, (spoiled,))
    case.name_files()
    line = line_of(case, house.rng, "utf-8")
    assert line.values[column] == value
    assert (line.disposition, line.codes) == ("quarantined", f"{column.upper()}_INVALID")


def test_the_register_holds_each_number_once_and_every_registration_acted_on(sample: Path) -> None:
    register = {row["registration_number"]: row for row in table(sample / "registry.csv")}
    assert len(register) == len(table(sample / "registry.csv"))
    for row, answer in zip(table(delivery(sample) / "submissions.csv"), table(sample / "answers.csv"), strict=True):
        if answer["disposition"] == "accepted" and row["kind"].strip() != "initial":
            known = row["registration_number"] in register
            assert known == (Reason.REGISTRATION_UNKNOWN not in answer["reason_codes"].split(";"))


@pytest.mark.parametrize(("seed", "start"), [(2, b"\xef\xbb\xbfsubmission_id"), (3, b"submission_id")])
def test_even_seeds_begin_with_a_byte_order_mark(tmp_path: Path, seed: int, start: bytes) -> None:
    make_sample(tmp_path, 2, seed=seed, uploads="text")
    assert (delivery(tmp_path) / "submissions.csv").read_bytes().startswith(start)


def test_a_windows_table_holds_every_name_without_a_question_mark(tmp_path: Path) -> None:
    make_sample(tmp_path, 250, seed=4, uploads="text", encoding="cp1252")
    rows = table(delivery(tmp_path) / "submissions.csv", "cp1252")
    raw = (delivery(tmp_path) / "submissions.csv").read_bytes()
    names = "".join(row["first_name"] + row["last_name"] for row in rows)
    assert "?" not in names
    assert not names.isascii()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert all((delivery(tmp_path) / "documents" / row["identity_document_file"]).exists() for row in rows[:5])


def test_a_workbook_holds_the_same_as_the_text_table(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    for table_format in ("csv", "xlsx"):
        make_sample(tmp_path / table_format, 120, seed=6, uploads="text", table_format=table_format)
    rows = table(delivery(tmp_path / "csv") / "submissions.csv")
    book = load_workbook(delivery(tmp_path / "xlsx") / "submissions.xlsx", read_only=True)
    header, *cells = book.worksheets[0].iter_rows(values_only=True)
    as_text = [{name: _text(value) for name, value in zip_longest(header, line)} for line in cells]
    assert as_text == rows
    assert any(hasattr(value, "year") for line in cells for value in line)
    assert digests(tmp_path / "csv" / "reference") == digests(tmp_path / "xlsx" / "reference")


def _text(value: object) -> str:
    if value is None:
        return ""
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") else str(value)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rows": 0},
        {"rows": 1, "table_format": "ods"},
        {"rows": 1, "uploads": "none"},
        {"rows": 1, "encoding": "utf-16"},
    ],
)
def test_wrong_use_is_refused_in_a_sentence_that_says_what_to_do(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"; (choose one of|ask for more)"):
        make_sample(tmp_path, **wrong)  # type: ignore[arg-type]
    assert not (tmp_path / "inbox").exists()


def test_a_delivery_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    make_sample(tmp_path, 1, uploads="text")
    before = digests(tmp_path)
    with pytest.raises(FileExistsError, match="choose another folder"):
        make_sample(tmp_path, 2, uploads="text")
    assert digests(tmp_path) == before


def test_the_answers_never_come_from_the_rules_under_test() -> None:
    sources = (Path(__file__).resolve().parents[3] / "tasks" / "sampling").glob("*.py")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    imported = set(re.findall(r"^(?:from|import) (\S+)", text, re.MULTILINE))
    assert {name for name in imported if name.startswith("registry")} == {"registry.reasons"}
