"""Certificates called back: asked by one person, granted by another, killed, repeated and reported."""

import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from registry.issuance import serial_number

ROWS, SEED = 40, 8
NIGHT, DAY, LATER = "2026-11-22", "2026-11-24", "2026-12-25"
ASKER, GRANTER = "Ann Analyst", "Bob Boss"
WHY = "issued in error"
KILLED_BEFORE_ITS_SECOND_COMMIT = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
left = [2]
def kill(_connection):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
event.listen(Engine, "commit", kill)
from flows.command import main
from tasks import recall_granting
recall_granting._HOLDERS_PER_TRANSACTION = 5
sys.exit(main(sys.argv[1:]))
"""
NAMES = "SELECT json_extract(application, '$.name.last') AS name FROM submission"
DECIDED = "certificate JOIN decision USING (decision_id) JOIN submission USING (submission_id, revision)"
LICENSES = f"SELECT serial, json_extract(application, '$.certification.certifier_license') AS license FROM {DECIDED}"  # noqa: S608
UPLOADS = f"SELECT serial, sha256 FROM (SELECT serial, submission_id, revision FROM {DECIDED}) JOIN submission_document USING (submission_id, revision)"  # noqa: E501, S608


def database(home: Any) -> Path:
    path: Path = home.path / "ledger" / "nutmeg.db"
    return path


def ask(home: Any, query: str, *values: Any) -> list[sqlite3.Row]:
    with sqlite3.connect(f"file:{database(home)}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        return list(connection.execute(query, values))


def change(home: Any, statement: str, *values: Any) -> None:
    with sqlite3.connect(database(home)) as connection:
        connection.execute(statement, values)


def put(home: Any, table: str, row: dict[str, Any]) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    change(home, f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", *row.values())  # noqa: S608


def content(home: Any) -> str:
    with sqlite3.connect(f"file:{database(home)}?mode=ro", uri=True) as connection:
        return "\n".join(connection.iterdump())


def states(home: Any) -> dict[str, str]:
    return {row["serial"]: row["state"] for row in ask(home, "SELECT serial, state FROM certificate")}


def run_of(home: Any) -> str:
    run: str = ask(home, "SELECT min(run_id) AS run FROM run")[0]["run"]
    return run


def recall(home: Any, *arguments: str, day: str = DAY) -> Any:
    return home.nutmeg("recall", *arguments, "--as-of", day, "--json")


def said(done: Any) -> dict[str, Any]:
    assert done.returncode in {0, 1}, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def asked(home: Any, *criterion: str) -> dict[str, Any]:
    criterion = criterion or ("--run", run_of(home))
    return said(recall(home, *criterion, "--apply", "--reason", WHY, "--actor", ASKER))


def granted(home: Any, *criterion: str) -> dict[str, Any]:
    return said(recall(home, "--grant", asked(home, *criterion)["recall"], "--actor", GRANTER))


def void(home: Any, serial: str, *more: str) -> Any:
    return home.nutmeg("certificates", "void", serial, "--reason", WHY, "--actor", ASKER, "--json", *more)


def start_and_kill(home: Any, *arguments: str) -> int:
    command = [sys.executable, "-c", KILLED_BEFORE_ITS_SECOND_COMMIT, *arguments]
    return subprocess.run(command, env=home.environment(), capture_output=True, check=False).returncode


@pytest.fixture(scope="module")
def peaceful(new_home: Callable[..., Any]) -> Any:
    """A home after one night; tests work on copies of it."""
    home = new_home(ROWS, seed=SEED, uploads="text")
    done = home.night()
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def home(peaceful: Any, tmp_path: Path) -> Any:
    shutil.copytree(peaceful.path, tmp_path / "home")
    return type(peaceful)(tmp_path / "home", peaceful.sample)


def test_a_dry_run_counts_and_names_the_cases_and_changes_nothing(home: Any) -> None:
    before = content(home)
    done = recall(home, "--run", run_of(home))
    found = said(done)
    assert {c["serial"] for c in found["certificates"]} == set(states(home))
    assert found["to_recall"] == found["matching"] == len(states(home)) > 8
    assert found["by"] == {
        "kind": {"temporary": found["matching"]},
        "role": {"patient": found["matching"]},
        "state": {"good": found["matching"]},
    }
    text = home.nutmeg("recall", "--run", run_of(home), "--as-of", DAY).stdout
    assert all(c["submission_id"] in text and c["serial"] in text for c in found["certificates"])
    assert not any(row["name"] in done.stdout + text for row in ask(home, NAMES))
    assert content(home) == before


def test_a_license_means_the_certificates_of_applications_that_name_it(home: Any) -> None:
    by_license: dict[str, set[str]] = {}
    for row in ask(home, LICENSES):
        by_license.setdefault(row["license"], set()).add(row["serial"])
    license_number, serials = max(by_license.items(), key=lambda each: len(each[1]))
    assert {c["serial"] for c in said(recall(home, "--certifier", f" {license_number} "))["certificates"]} == serials
    assert said(recall(home, "--certifier", license_number[:-1]))["certificates"] == []
    assert said(recall(home, "--certifier", "%"))["certificates"] == []


def test_an_upload_means_the_certificates_of_submissions_that_used_it(home: Any) -> None:
    row = ask(home, UPLOADS)[0]
    expected = {each["serial"] for each in ask(home, UPLOADS) if each["sha256"] == row["sha256"]}
    assert {c["serial"] for c in said(recall(home, "--document", row["sha256"].upper()))["certificates"]} == expected


def test_the_period_is_that_of_issue_with_both_ends(home: Any) -> None:
    run = ("--run", run_of(home))
    assert said(recall(home, *run, "--from", NIGHT, "--to", NIGHT))["matching"] == len(states(home))
    assert said(recall(home, *run, "--from", DAY))["matching"] == 0
    assert said(recall(home, *run, "--to", "2026-11-21"))["matching"] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        ("--run", "no such run"),
        ("--document", "0" * 64),
        ("--document", "not hex"),
        ("--certifier", ""),
        ("--run", "RUN", "--from", DAY, "--to", NIGHT),
        ("--run", "RUN", "--apply", "--actor", ASKER),
        ("--run", "RUN", "--apply", "--reason", WHY),
        ("--run", "RUN", "--apply", "--reason", WHY, "--actor", "nutmeg"),
        ("--run", "RUN", "--from", DAY, "--apply", "--reason", WHY, "--actor", ASKER),
        ("--run", "RUN", "--grant", "RC-00001"),
        ("--grant", "RC-00001"),
        ("--grant", "RC-00009", "--actor", GRANTER),
        ("--grant", "", "--actor", GRANTER),
        ("--report", "RC-00009"),
        ("--report", "RC-00001", "--apply"),
        (),
    ],
)
def test_wrong_use_is_told_and_changes_nothing(peaceful: Any, wrong: tuple[str, ...]) -> None:
    before = states(peaceful)
    done = recall(peaceful, *(run_of(peaceful) if part == "RUN" else part for part in wrong))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert states(peaceful) == before
    assert ask(peaceful, "SELECT * FROM recall") == []


@pytest.mark.parametrize("name", [ASKER, "ANN analyst", "AnnAnalyst"])
def test_who_asked_does_not_grant(home: Any, name: str) -> None:
    before, question = states(home), asked(home)
    done = recall(home, "--grant", question["recall"], "--actor", name)
    assert done.returncode == 2
    assert "another person" in done.stderr
    assert states(home) == before
    assert ask(home, "SELECT * FROM recall_answer") == []


def test_the_same_question_is_asked_once_and_a_lapsed_or_withdrawn_one_is_not_granted(home: Any) -> None:
    first, again = asked(home), asked(home)
    assert (first["changed"], again["changed"], again["recall"]) == (True, False, first["recall"])
    late = recall(home, "--grant", first["recall"], "--actor", GRANTER, day="2026-12-09")
    assert (late.returncode, "lapsed" in late.stderr) == (2, True)
    assert said(recall(home, "--withdraw", first["recall"], "--actor", ASKER))["changed"]
    assert not said(recall(home, "--withdraw", first["recall"], "--actor", ASKER))["changed"]
    done = recall(home, "--grant", first["recall"], "--actor", GRANTER)
    assert (done.returncode, "withdrawn" in done.stderr) == (2, True)
    assert set(states(home).values()) == {"issued"}
    assert asked(home)["recall"] != first["recall"]


def test_a_grant_makes_void_cancels_tells_each_holder_once_and_leaves_the_register_alone(home: Any) -> None:
    register = [tuple(row) for row in ask(home, "SELECT * FROM registration")]
    unsent = next(iter(states(home)))
    change(home, "UPDATE message SET state = 'queued' WHERE cause = ?", f"certificate:{unsent}")
    result = granted(home)
    assert result["void"] == len(states(home))
    assert set(states(home).values()) == {"void"}
    reasons = {row["void_reason"] for row in ask(home, "SELECT void_reason FROM certificate")}
    assert reasons == {f"recalled: {result['recall']}"}
    assert [tuple(row) for row in ask(home, "SELECT * FROM registration")] == register
    [message] = ask(home, "SELECT state FROM message WHERE cause = ?", f"certificate:{unsent}")
    assert message["state"] == "cancelled"
    notices = ask(home, "SELECT * FROM message WHERE template = 'recall'")
    holders = {row["registration_number"] for row in ask(home, "SELECT registration_number FROM certificate")}
    assert {row["cause"].rpartition(":")[2] for row in notices} == holders
    assert len(notices) == len(holders)
    told = [json.loads(row["context"]) for row in notices]
    assert sorted(serial for each in told for serial in each["serials"]) == sorted(states(home))
    assert {each["answer_by"] for each in told} == {result["cure_by"]} == {"2026-12-24"}
    assert "0 failed" in home.nutmeg("mail", "send").stdout
    path = home.path / "outputs" / "certificates" / "2026" / "11" / f"{unsent}.pdf"
    assert home.nutmeg("certificates", "verify", str(path)).returncode == 1
    assert '"bad": []' in home.nutmeg("doctor", "--json", NUTMEG_REFERENCE=str(home.sample / "reference")).stdout


def test_certificates_are_recalled_also_when_the_keys_are_gone(home: Any) -> None:
    for path in (home.path / "keys").rglob("*"):
        if path.is_file() and path.name != "nutmeg.key":
            path.unlink()
    result = granted(home)
    assert result["void"] == len(states(home))
    assert result["unpublished"]


def test_the_list_for_counters_is_published_with_the_recall(home: Any) -> None:
    def published() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (home.path / "outputs" / "verify").iterdir()}

    before = published()
    assert granted(home)["unpublished"] == ""
    after = published()
    assert before.keys() == after.keys()
    assert all(before[name] != after[name] for name in before)


@pytest.mark.slow
def test_a_night_points_out_a_recall_that_was_cut_short(home: Any) -> None:
    question = asked(home)["recall"]
    arguments = ("recall", "--grant", question, "--actor", GRANTER, "--as-of", DAY)
    assert [start_and_kill(home, *arguments) for _ in range(2)] == [-9, -9]
    night = home.night()
    assert (night.returncode, question in night.stdout) == (1, True)
    status = json.loads(home.nutmeg("status", "--json").stdout)
    assert (status["recalls to be granted"], status["recalls cut short"]) == (0, 1)
    assert said(recall(home, "--grant", question, "--actor", "Cy Third"))["changed"]
    [answer] = ask(home, "SELECT answered_by FROM recall_answer")
    assert answer["answered_by"] == GRANTER
    assert home.night().returncode == 0


def test_a_grant_given_twice_says_so_and_does_nothing(home: Any) -> None:
    result = granted(home)
    before = content(home)
    again = said(recall(home, "--grant", result["recall"], "--actor", GRANTER))
    assert not again["changed"]
    assert "already" in again["sentence"]
    assert content(home) == before
    assert recall(home, "--withdraw", result["recall"], "--actor", ASKER).returncode == 2


@pytest.mark.slow
def test_what_ended_meanwhile_is_passed_over_and_what_came_to_match_is_named(home: Any) -> None:
    row = ask(home, LICENSES)[0]
    question = asked(home, "--certifier", row["license"])
    other = said(void(home, row["serial"], "--replace", "--as-of", DAY))["replacement"]
    done = recall(home, "--grant", question["recall"], "--actor", GRANTER)
    result = said(done)
    assert done.returncode == 1
    assert (result["passed_over"], result["matching_since"]) == ([row["serial"]], [other])
    assert result["void"] == question["to_recall"] - 1
    assert states(home)[other] == "issued"
    [kept] = ask(home, "SELECT void_reason FROM certificate WHERE serial = ?", row["serial"])
    assert kept["void_reason"] == WHY


@pytest.mark.slow
def test_a_recall_killed_at_every_commit_ends_like_one_left_in_peace(home: Any, peaceful: Any, tmp_path: Path) -> None:
    shutil.copytree(peaceful.path, tmp_path / "other")
    other = type(peaceful)(tmp_path / "other", peaceful.sample)
    granted(other)
    question, killed = asked(home)["recall"], 0
    while start_and_kill(home, "recall", "--grant", question, "--actor", GRANTER, "--as-of", DAY) != 0:
        killed += 1
        assert killed < 20
    assert killed >= 4
    compared = (
        "SELECT serial, state, void_reason FROM certificate ORDER BY serial",
        "SELECT message_id, cause, context, state FROM message ORDER BY message_id",
        "SELECT * FROM recall_certificate ORDER BY serial",
        "SELECT kind, state, actor FROM run ORDER BY run_id",
        "SELECT event, subject FROM journal WHERE event LIKE 'certificate.voided' ORDER BY subject",
    )
    for query in compared:
        assert [tuple(row) for row in ask(home, query)] == [tuple(row) for row in ask(other, query)]


@pytest.mark.slow
def test_the_report_tells_cured_from_waiting_and_past_the_clock(home: Any) -> None:
    result = granted(home)
    [old] = ask(home, "SELECT * FROM certificate ORDER BY sequence LIMIT 1")
    newer = {**dict(old), "serial": serial_number(2026, 900), "sequence": 900, "state": "issued", "void_reason": None}
    run = ask(home, "SELECT run_id FROM run WHERE kind = 'recall'")[0]["run_id"]
    days = {"issued_at": "2030-01-01T00:00:00.000Z", "expires_on": "2027-11-22", "sha256": "f" * 64, "run_id": run}
    put(home, "certificate", {**newer, **days})
    early, late = (recall(home, "--report", result["recall"], day=day) for day in (DAY, LATER))
    holders = result["void"]
    assert said(early)["holders"] == {
        "notified": holders,
        "cured": 1,
        "within_the_clock": holders - 1,
        "past_the_clock": 0,
    }
    assert (early.returncode, late.returncode) == (0, 1)
    assert said(late)["holders"]["past_the_clock"] == holders - 1
    assert set(said(late)["past_the_clock"]) == set(states(home)) - {old["serial"], newer["serial"]}
    change(home, "UPDATE certificate SET run_id = ? WHERE serial = ?", run_of(home), newer["serial"])
    assert said(recall(home, "--report", result["recall"]))["holders"]["cured"] == 0
    assert json.loads(home.nutmeg("status", "--json").stdout)["recalls to be granted"] == 0


@pytest.mark.slow
def test_six_hundred_certificates_are_recalled_from_question_to_notices_in_well_under_five_minutes(home: Any) -> None:
    multiply(home, 600)
    started = time.monotonic()
    result = granted(home)
    taken = time.monotonic() - started
    assert result["void"] >= 600
    assert len(ask(home, "SELECT 1 FROM message WHERE template = 'recall' AND state = 'queued'")) == result["void"]
    assert taken < 60


def multiply(home: Any, times: int) -> None:
    """As many certificates of other registrations, decided like the first one."""
    [held] = ask(home, "SELECT * FROM certificate ORDER BY sequence LIMIT 1")
    decision, submission, received, registration = (
        dict(ask(home, f"SELECT * FROM {table} WHERE {condition}")[0])  # noqa: S608
        for table, condition in (
            ("decision", f"decision_id = '{held['decision_id']}'"),
            ("submission", f"submission_id = '{held['decision_id'].partition('.')[0]}'"),
            ("received_row", f"submission_id = '{held['decision_id'].partition('.')[0]}'"),
            ("registration", f"registration_number = '{held['registration_number']}'"),
        )
    )
    with sqlite3.connect(database(home)) as connection:
        for n in range(times):
            number, case, place = {"registration_number": f"MMP-9{n:08d}"}, {"submission_id": f"COPY-{n}"}, 10_000 + n
            serial, decided = serial_number(2026, place), {"decision_id": f"COPY-{n}.1"}
            order = {"order": json.dumps(json.loads(held["order"]) | number | {"serial": serial})}
            rows = {
                "received_row": received | case | {"row": place},
                "submission": submission | case | number | {"row": place},
                "decision": decision | case | decided | {"position": place},
                "registration": registration | number,
                "certificate": dict(held) | decided | number | order | {"serial": serial, "sequence": place},
            }
            for table, row in rows.items():
                columns = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values()))  # noqa: S608
