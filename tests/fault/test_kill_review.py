"""Taking decisions in is killed at random points, and repeated, and ends as if nothing had been."""

import contextlib
import csv
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

KILLS = 4
# What may differ between two applies of the same file: when, in which run, and what the journal tells of it.
VARYING = {"run_id", "decided_at", "reserved_at", "issued_at", "created_at", "settled_at"}
TABLES = ("decision", "counter", "certificate", "message", "registration")


@pytest.fixture(scope="module")
def answered(new_home: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """A home after one night, and its queue with an answer in every row."""
    home = new_home(40, seed=6, uploads="text")
    assert home.night().returncode == 0
    path = tmp_path_factory.mktemp("queue") / "queue.xlsx"
    assert home.nutmeg("review", "export", "--out", str(path)).returncode == 0
    book = load_workbook(path)
    queue = book["Queue"]
    columns = {cell.value: cell.column for cell in queue[1]}
    for row in range(2, queue.max_row + 1):
        decision = "approve" if row % 5 else "ask"
        queue.cell(row, columns["Decision"]).value = decision
        queue.cell(row, columns["Note"]).value = "Please call us." if decision == "ask" else None
    book.save(path)
    return home, path


def copy_of(home: Any, folder: Path) -> Any:
    shutil.copytree(home.path, folder)
    return type(home)(folder, home.sample)


def arguments(path: Path) -> list[str]:
    return ["review", "apply", str(path), "--actor", "Ada Analyst", "--as-of", "2026-11-23", "--json"]


def query(home: Any, statement: str) -> list[Any]:
    path = home.path / "ledger" / "nutmeg.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        return connection.execute(statement).fetchall()


def journal_entries(home: Any) -> int:
    return int(query(home, "SELECT coalesce(max(seq), 0) FROM journal")[0][0])


def content(home: Any) -> dict[str, list[Any]]:
    found = {}
    for table in TABLES:
        columns = [row[1] for row in query(home, f"PRAGMA table_info({table})") if row[1] not in VARYING]
        names = ", ".join(f'"{name}"' for name in columns)
        found[table] = sorted(query(home, f"SELECT {names} FROM {table}"), key=repr)  # noqa: S608
    return found


def certificates(home: Any) -> dict[str, str]:
    folder = home.path / "outputs" / "certificates"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def killed(home: Any, path: Path, entries: int, pause_seconds: float) -> bool:
    """Kill an apply and all its children once the journal has so many entries; whether it was still alive then."""
    command = [sys.executable, "-m", "flows.command", *arguments(path)]
    process = subprocess.Popen(
        command, env=home.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while process.poll() is None and journal_entries(home) < entries:
        time.sleep(0.001)
    time.sleep(pause_seconds)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def answers(done: Any) -> list[list[str]]:
    with Path(json.loads(done.stdout)["answers"]).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.fixture(scope="module")
def peaceful(answered: tuple[Any, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """A home in which the file was applied and nobody disturbed it, and what the command printed."""
    home = copy_of(answered[0], tmp_path_factory.mktemp("peaceful") / "home")
    done = home.nutmeg(*arguments(answered[1]))
    assert done.returncode == 0, done.stderr
    assert len(answers(done)) > 10
    return home, done


def test_an_apply_killed_again_and_again_ends_like_one_left_in_peace(
    answered: tuple[Any, Path], peaceful: tuple[Any, Any], tmp_path: Path
) -> None:
    chance = random.Random(4)
    home = copy_of(answered[0], tmp_path / "home")
    first, last = journal_entries(home) + 1, journal_entries(peaceful[0])
    targets = sorted({first, last - 1, *(chance.randrange(first, last) for _ in range(KILLS))})
    assert sum(killed(home, answered[1], target, chance.choice([0, 0, 0.01, 0.03])) for target in targets) > KILLS // 2
    done = home.nutmeg(*arguments(answered[1]))
    assert done.returncode == 0, done.stderr
    assert content(home) == content(peaceful[0])
    assert certificates(home) == certificates(peaceful[0])
    assert answers(done) == answers(peaceful[1])
    assert query(home, "SELECT count(*), min(state), max(state) FROM run") == [(2, "finished", "finished")]
    assert "the chain holds" in home.nutmeg("doctor").stdout


def test_a_night_after_a_killed_apply_finishes_its_certificates_and_the_apply_goes_on(
    answered: tuple[Any, Path], peaceful: tuple[Any, Any], tmp_path: Path
) -> None:
    home = copy_of(answered[0], tmp_path / "home")
    taken = "SELECT max(seq) FROM journal WHERE event IN ('certificate.reserved', 'decision.made', 'case.asked')"
    assert killed(home, answered[1], query(peaceful[0], taken)[0][0], 0)
    assert query(home, "SELECT count(*) FROM certificate WHERE state = 'reserved'")[0][0] > 3
    night = home.nutmeg(*[("2026-11-24" if part == "2026-11-22" else part) for part in home.night_arguments])
    assert json.loads(night.stdout)["balanced"], night.stdout
    assert query(home, "SELECT count(*) FROM certificate WHERE state = 'reserved'") == [(0,)]
    assert home.nutmeg(*arguments(answered[1])).returncode == 0
    assert home.nutmeg("mail", "send").returncode == 0
    assert certificates(home).keys() == certificates(peaceful[0]).keys()
    sent = query(home, "SELECT cause, state FROM message WHERE cause LIKE 'certificate:%'")
    issued = query(home, "SELECT 'certificate:' || serial, 'sent' FROM certificate WHERE sha256 IS NOT NULL")
    assert sorted(sent) == sorted(issued)


def test_another_person_does_not_go_on_under_the_first_ones_name(answered: tuple[Any, Path], tmp_path: Path) -> None:
    home = copy_of(answered[0], tmp_path / "home")
    assert killed(home, answered[1], journal_entries(home) + 6, 0)
    by_ada = query(home, "SELECT count(*) FROM decision WHERE actor = 'Ada Analyst'")[0][0]
    assert by_ada > 0
    done = home.nutmeg(*[("Bo Reviewer" if part == "Ada Analyst" else part) for part in arguments(answered[1])])
    assert json.loads(done.stdout)["decisions"]["approved"] > 0, done.stderr
    assert query(home, "SELECT count(*) FROM decision WHERE actor = 'Ada Analyst'") == [(by_ada,)]
    assert query(home, "SELECT DISTINCT state FROM run") == [("finished",)]
    assert query(home, "SELECT count(*) FROM certificate WHERE state = 'reserved'") == [(0,)]


def test_nothing_is_taken_in_while_a_night_is_cut_short(answered: tuple[Any, Path], tmp_path: Path) -> None:
    home = copy_of(answered[0], tmp_path / "home")
    with sqlite3.connect(home.path / "ledger" / "nutmeg.db") as connection:
        connection.execute("UPDATE run SET state = 'running'")
    done = home.nutmeg(*arguments(answered[1]))
    assert done.returncode == 3
    assert "nutmeg nightly" in done.stderr
    assert query(home, "SELECT count(*) FROM run") == [(1,)]
