"""`nutmeg simulate` on a night of its own: what flips, what is refused, and that nothing is written."""

import csv
import hashlib
import json
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registry.calendar_days import add_months
from tasks.settings import POLICY

PERIOD = ("--from", "2026-11-01", "--to", "2026-11-22")
Overlay = Callable[..., Path]


@pytest.fixture(scope="module")
def decided(new_home: Callable[..., Any]) -> Any:
    """A home after a night of 60 rows; tests only ask it."""
    home = new_home(60, seed=11, uploads="text")
    done = home.night()
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def overlay(tmp_path: Path) -> Overlay:
    """A function that makes a folder with one changed policy file."""

    def make(file: str, old: str, new: str) -> Path:
        text = (POLICY / file).read_text()
        assert old in text
        (tmp_path / "other").mkdir()
        (tmp_path / "other" / file).write_text(text.replace(old, new))
        return tmp_path / "other"

    return make


@pytest.fixture
def fee(overlay: Overlay) -> Path:
    return overlay("statements.yaml", "    2023-07-01: 0\n", "")


def ask(home: Any, folder: Path, *more: str) -> dict[str, Any]:
    done = home.nutmeg("simulate", "--policy", str(folder), *PERIOD, "--json", *more)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def ledger_of(home: Any) -> Path:
    path: Path = home.path / "ledger" / "nutmeg.db"
    return path


def applications(home: Any) -> dict[str, dict[str, Any]]:
    """What was submitted in the period, by submission."""
    query = "SELECT submission_id, application FROM submission WHERE submitted_on BETWEEN '2026-11-01' AND '2026-11-22'"
    with closing(sqlite3.connect(ledger_of(home))) as ledger:
        return {submission_id: json.loads(text) for submission_id, text in ledger.execute(query)}


def test_with_a_fee_again_every_unpaid_submission_lacks_its_payment(decided: Any, fee: Path) -> None:
    result = ask(decided, fee)
    unpaid = {
        submission_id
        for submission_id, each in applications(decided).items()
        if each["payment"]["status"] not in {"paid", "waived"}
    }
    assert unpaid
    assert {flip["submission_id"] for flip in result["flipped"]} == unpaid
    assert result["codes"] == {"PAYMENT_MISSING": {"came": len(unpaid), "went": 0}}
    assert all(each["after"] in {"deficient", "review"} for each in result["outcomes"])
    assert sum(each["cases"] for each in result["outcomes"]) == result["compared"] == len(applications(decided))
    [reason] = result["flipped"][0]["why"]
    assert reason["rule"] == "statements.fee_settled"
    assert {each["key"] for each in result["differs"]} == {"patient_fee_dollars", "caregiver_fee_dollars"}
    assert result["policy"]["files"] == ["statements.yaml"]
    assert "certification.yaml" in result["policy"]["files_of_data_policy"]
    assert result["policy"]["fingerprint"] not in result["decided_under"]


def test_with_certifications_of_a_year_those_for_longer_go_to_a_person(decided: Any, overlay: Overlay) -> None:
    result = ask(decided, overlay("certification.yaml", "    2025-10-01: 24\n", ""))
    longer = set()
    for submission_id, each in applications(decided).items():
        certified = each["certification"] or {}
        if certified.get("certified_on") and certified.get("expires_on") and certified["source"] == "certifier":
            latest = add_months(date.fromisoformat(certified["certified_on"]), 12)
            longer |= {submission_id} if certified["expires_on"] > latest.isoformat() else set()
    flipped = {flip["submission_id"]: flip for flip in result["flipped"]}
    approved = {row["submission_id"] for row in decided.table("decisions.csv") if row["outcome"] == "auto_approved"}
    assert approved & longer
    assert approved & flipped.keys() == approved & longer
    for flip in flipped.values():
        assert (flip["after"], flip["came"]) == ("review", ["CERT_TOO_LONG"])
        moved = {"provision": "certification_longest_months@signing", "before": 24, "since": "2025-10-01", "after": 12}
        assert [each["provisions"] for each in flip["why"]] == [[moved]]


def test_our_own_law_flips_nothing_and_says_that_nothing_differs(decided: Any) -> None:
    done = decided.nutmeg("simulate", "--policy", str(POLICY), *PERIOD)
    assert done.returncode == 0
    assert "Flips: 0" in done.stdout
    assert "No provision differs" in done.stdout


def test_asking_changes_no_byte_of_the_ledger_and_leaves_nothing_behind(decided: Any, fee: Path) -> None:
    before = hashlib.sha256(ledger_of(decided).read_bytes()).hexdigest()
    files = {path for path in decided.path.rglob("*") if "scratch" not in path.parts}
    ask(decided, fee)
    assert hashlib.sha256(ledger_of(decided).read_bytes()).hexdigest() == before
    assert {path for path in decided.path.rglob("*") if "scratch" not in path.parts} == files
    assert not list((decided.path / "ledger" / "scratch").iterdir())


def test_the_table_holds_every_flip_is_ours_alone_and_names_nobody(decided: Any, fee: Path, tmp_path: Path) -> None:
    out = tmp_path / "flips.csv"
    done = decided.nutmeg("simulate", "--policy", str(fee), *PERIOD, "--out", str(out))
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert f"Flips: {len(rows):,}" in done.stdout
    assert f"and {len(rows) - 50:,} more" in done.stdout
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert {row["codes_came"] for row in rows} == {"PAYMENT_MISSING"}
    assert all(row["why"].startswith("statements.fee_settled: ") for row in rows)
    said = (done.stdout + done.stderr + out.read_text()).lower()
    people = [each["name"]["last"].lower() for each in applications(decided).values()]
    assert not [name for name in people if len(name) > 4 and name in said]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("certification.yaml", "certification_longest_months", "certification_longest_month", "certification.yaml: "),
        ("statements.yaml", "    2023-07-01: 0\n", "    2023-07-01: none\n", "statements.yaml: patient_fee_dollars"),
        ("statements.yaml", "  unit: dollars", "  unit: [", "other/statements.yaml: "),
    ],
    ids=["key", "value", "form"],
)
def test_a_broken_policy_is_refused_with_the_file_and_key_of_who_asked(
    decided: Any, overlay: Overlay, file: str, old: str, new: str, says: str
) -> None:
    folder = overlay(file, old, new)
    done = decided.nutmeg("simulate", "--policy", str(folder), *PERIOD)
    assert done.returncode == 3
    assert str(folder) in done.stderr
    assert says in done.stderr
    assert "scratch" not in done.stderr
    assert not done.stdout


def test_wrong_use_is_told_as_such(decided: Any, fee: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder, period in (
        (tmp_path / "nowhere", PERIOD),
        (tmp_path / "empty", PERIOD),
        (fee, ("--from", "2026-11-22", "--to", "2026-11-01")),
    ):
        assert decided.nutmeg("simulate", "--policy", str(folder), *period).returncode == 2
    (fee / "more.yml").write_text("")
    assert "more.yml" in decided.nutmeg("simulate", "--policy", str(fee), *PERIOD).stderr


def test_of_each_revision_the_machines_newest_decision_counts_and_a_broken_one_is_told(
    decided: Any, fee: Path, tmp_path: Path
) -> None:
    whole = ask(decided, fee)
    shutil.copytree(decided.path, tmp_path / "home")
    home = type(decided)(tmp_path / "home", decided.sample)
    with closing(sqlite3.connect(ledger_of(home))) as ledger:
        columns = [row[1] for row in ledger.execute("PRAGMA table_info(decision)")]
        for number, changes in enumerate(
            (
                {"packet": "'{'", "occasion": "'later'", "decision_id": "'later'"},
                {"occasion": "'p'", "decision_id": "'p'", "actor_kind": "'person'", "outcome": "'approved'"},
            ),
            start=1,
        ):
            picked = ", ".join(
                ({"position": f"position + {number * 1_000}"} | changes).get(name, name) for name in columns
            )
            ledger.execute(f"INSERT INTO decision SELECT {picked} FROM decision WHERE position = 1")  # noqa: S608
        ledger.commit()
    done = home.nutmeg("simulate", "--policy", str(fee), *PERIOD, "--json")
    assert done.returncode == 1, done.stderr
    result = json.loads(done.stdout)
    assert result["left_out"] == [{"decision_id": "later", "why": "its packet is not JSON"}]
    assert result["compared"] == whole["compared"] - 1


def test_several_processes_come_to_the_same_answer(decided: Any, fee: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tasks import simulating
    from tasks.settings import Settings

    monkeypatch.setattr(simulating, "_POOL_WORTHWHILE", 1)
    monkeypatch.setattr(simulating, "_CHUNK", 7)
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)  # put back what the scratch folder stands in for
    question = simulating.Question(fee, date(2026, 11, 1), date(2026, 11, 22), shown=None)
    settings = Settings.load({"NUTMEG_HOME": str(decided.path), "NUTMEG_WORKERS": "2"})
    assert simulating.simulate(settings, question) == ask(decided, fee)
