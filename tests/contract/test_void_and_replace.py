"""A certificate made void is replaced by one with the same end; good ones are looked at again; nobody has a gap."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

ROWS, SEED = 40, 8
NIGHT, DAY, RIPE = "2026-11-22", "2026-11-24", "2026-12-04"
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
sys.exit(main(sys.argv[1:]))
"""
NEW_SIGNING_KEY = """
from datetime import date
from tasks.settings import Settings
from tasks.signing.keys import signing_identity
settings = Settings.load()
settings.signing_key.unlink()
settings.signing_certificate.rename(settings.signing_certificate.with_stem("signing-chain-2025"))
signing_identity(settings.signing_key, settings.signing_certificate, may_make=True)
"""
RECHECK = """
import json, sys
from registry.recheck import Share
from tasks.desk import desk
from tasks.rechecking import recheck
print(json.dumps(recheck(desk(sys.argv[1]), Share(100, 0, 1000), "seed").as_dict()))
"""


def ask(home: Any, query: str, *values: Any) -> list[sqlite3.Row]:
    with sqlite3.connect(f"file:{home.path / 'ledger' / 'nutmeg.db'}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        return list(connection.execute(query, values))


def one(home: Any, query: str, *values: Any) -> sqlite3.Row:
    (row,) = ask(home, query, *values)
    return row


def change(home: Any, statement: str, *values: Any) -> None:
    with sqlite3.connect(home.path / "ledger" / "nutmeg.db") as connection:
        connection.execute(statement, values)


def void(home: Any, serial: str, *more: str) -> list[str]:
    return ["certificates", "void", serial, "--reason", "handed in", "--actor", "Ann", "--json", *more]


def first(home: Any) -> sqlite3.Row:
    return one(home, "SELECT * FROM certificate ORDER BY sequence LIMIT 1")


def file_of(home: Any, serial: str) -> Path:
    path: Path = home.path / "outputs" / "certificates" / "2026" / "11" / f"{serial}.pdf"
    return path


def quiet_night(home: Any, day: str) -> None:
    """A night to which nothing new comes, which it points out, and nothing else."""
    done = home.nutmeg(*[(day if part == NIGHT else part) for part in home.night_arguments])
    summary = json.loads(done.stdout)
    assert summary["balanced"], summary["unbalanced"]
    assert summary["rechecked"]["checked"] == summary["rechecked"]["read_back"] > 0
    assert summary["rechecked"]["faults"] == []
    assert all("Nothing new came" in told for told in summary["attention"])


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


def test_the_replacement_has_a_new_serial_the_same_end_and_todays_date_and_is_mailed(home: Any) -> None:
    old, register = first(home), [tuple(row) for row in ask(home, "SELECT * FROM registration")]
    done = home.nutmeg(*void(home, old["serial"], "--replace", "--as-of", DAY))
    assert done.returncode == 0, done.stderr
    new = one(home, "SELECT * FROM certificate WHERE serial = ?", json.loads(done.stdout)["replacement"])
    assert (new["state"], new["expires_on"], new["issued_on"]) == ("issued", old["expires_on"], DAY)
    assert first(home)["state"] == "void"
    orders = [json.loads(each["order"]) for each in (old, new)]
    assert {k for k in orders[0] if orders[0][k] != orders[1][k]} == {"serial", "issued_on"}
    assert hashlib.sha256(file_of(home, new["serial"]).read_bytes()).hexdigest() == new["sha256"]
    assert home.nutmeg("mail", "send").returncode == 0
    mails = [message_from_bytes(p.read_bytes(), policy=policy.default) for p in (home.path / "outputs").rglob("*.eml")]
    attached = [part.get_filename() for mail in mails for part in mail.iter_attachments()]
    assert attached.count(f"{new['serial']}.pdf") == 1
    assert [tuple(row) for row in ask(home, "SELECT * FROM registration")] == register
    again = home.nutmeg(*void(home, old["serial"], "--replace", "--as-of", DAY))
    assert (again.returncode, json.loads(again.stdout)["changed"]) == (0, False)


def test_a_permanent_one_is_replaced_without_beginning_its_term_anew(home: Any) -> None:
    quiet_night(home, RIPE)
    old = one(home, "SELECT * FROM certificate WHERE kind = 'permanent' AND state = 'issued' LIMIT 1")
    number = old["registration_number"]
    change(home, "UPDATE registration SET status_since = '2001-01-01' WHERE registration_number = ?", number)
    before = tuple(one(home, "SELECT * FROM registration WHERE registration_number = ?", number))
    done = home.nutmeg(*void(home, old["serial"], "--replace", "--as-of", "2026-12-10"))
    assert done.returncode == 0, done.stderr
    assert tuple(one(home, "SELECT * FROM registration WHERE registration_number = ?", number)) == before
    live = ask(home, "SELECT serial FROM certificate WHERE registration_number = ? AND state = 'issued'", number)
    assert [row["serial"] for row in live] == [json.loads(done.stdout)["replacement"]]


@pytest.mark.parametrize("status", ["suspended", "revoked"])
def test_nothing_is_replaced_past_its_end_or_under_a_registration_that_is_not_active(home: Any, status: str) -> None:
    serial = first(home)["serial"]
    late = home.nutmeg(*void(home, serial, "--replace", "--as-of", "2028-01-01"))
    assert (late.returncode, "--replace" in late.stderr) == (2, True)
    change(home, "UPDATE registration SET status = ?", status)
    done = home.nutmeg(*void(home, serial, "--replace", "--as-of", DAY))
    assert (done.returncode, status in done.stderr) == (2, True)
    assert first(home)["state"] == "issued"
    assert home.nutmeg(*void(home, serial)).returncode == 0
    again = home.nutmeg(*void(home, serial, "--replace", "--as-of", DAY))
    assert (again.returncode, json.loads(again.stdout)["changed"]) == (0, False)


@pytest.mark.parametrize("finished_by", ["the command", "the night"])
@pytest.mark.slow
def test_a_replacement_that_was_cut_short_is_finished_by_the_command_or_by_the_night(
    home: Any, finished_by: str
) -> None:
    old = first(home)
    arguments = void(home, old["serial"], "--replace", "--as-of", DAY)
    command = [sys.executable, "-c", KILLED_BEFORE_ITS_SECOND_COMMIT, *arguments]
    for _ in range(2):
        assert subprocess.run(command, env=home.environment(), capture_output=True, check=False).returncode == -9
    new = one(home, "SELECT * FROM certificate WHERE state = 'reserved'")
    assert (first(home)["state"], new["expires_on"]) == ("void", old["expires_on"])
    if finished_by == "the night":
        quiet_night(home, DAY)
    done = home.nutmeg(*arguments)
    assert (done.returncode, json.loads(done.stdout)["replacement"]) == (0, new["serial"])
    made = ask(home, "SELECT state FROM certificate WHERE decision_id = ? ORDER BY sequence", old["decision_id"])
    assert [row["state"] for row in made] == ["void", "issued"]
    assert file_of(home, new["serial"]).is_file()
    assert ask(home, "SELECT * FROM run WHERE state = 'running'") == []
    assert len(ask(home, "SELECT * FROM message WHERE cause = ?", f"certificate:{new['serial']}")) == 1


def test_no_registration_is_ever_without_a_good_certificate_while_a_permanent_one_takes_over(home: Any) -> None:
    quiet_night(home, RIPE)
    numbers = {row["serial"]: row["registration_number"] for row in ask(home, "SELECT * FROM certificate")}
    good: dict[str, set[str]] = {}
    taken_over = 0
    for entry in ask(home, "SELECT seq, event, subject FROM journal WHERE event LIKE 'certificate.%' ORDER BY seq"):
        held = good.setdefault(numbers[entry["subject"]], set())
        if entry["event"] == "certificate.issued":
            held.add(entry["subject"])
        elif entry["event"] == "certificate.superseded":
            held.remove(entry["subject"])
            taken_over += 1
            assert held, f"entry {entry['seq']} leaves a registration with nothing"
    assert taken_over > 5


def recheck(home: Any) -> dict[str, Any]:
    command = [sys.executable, "-c", RECHECK, one(home, "SELECT max(run_id) AS run FROM run")["run"]]
    done = subprocess.run(command, env=home.environment(), capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_good_night_looks_again_at_a_share_and_finds_nothing(peaceful: Any) -> None:
    live = len(ask(peaceful, "SELECT * FROM certificate WHERE state = 'issued'"))
    assert peaceful.summary()["rechecked"] == {"checked": min(20, live), "read_back": min(20, live), "faults": []}
    assert recheck(peaceful) == {"checked": live, "read_back": live, "faults": []}
    assert "looked at again" in (peaceful.runs[-1] / "summary.html").read_text()


EDITED = "UPDATE certificate SET expires_on = date(expires_on, '+1 day') WHERE serial = ?"
OUTLIVES = (
    "UPDATE certificate SET \"order\" = json_set(\"order\", '$.registration_ends_on', '2026-12-01') WHERE serial = ?"
)
TWO = (
    "INSERT INTO certificate SELECT 'MM26-0009999-00', 9999, decision_id, 'permanent', registration_number, state, "
    '"order", issued_on, expires_on, template_version, sha256, reserved_at, issued_at, void_reason, '
    "not_drawn_because, run_id FROM certificate WHERE serial = ?"
)
NAMED = "UPDATE certificate SET \"order\" = json_set(\"order\", '$.name.last', 'Sombodyelse') WHERE serial = ?"
UNREGISTERED = "UPDATE registration SET expires_on = '' WHERE registration_number = (SELECT registration_number FROM certificate WHERE serial = ?)"  # noqa: E501


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (EDITED, "expires on"),
        (OUTLIVES, "past the end of its registration"),
        (TWO, "Another permanent certificate"),
        (NAMED, "name"),
        (UNREGISTERED, "not in the register"),
    ],
)
def test_what_was_changed_in_the_ledger_is_found(home: Any, statement: str, said: str) -> None:
    serial = first(home)["serial"]
    change(home, statement, serial)
    assert said in " ".join(fault["reason"] for fault in recheck(home)["faults"] if fault["serial"] == serial)


def test_a_certificate_signed_with_an_earlier_key_is_none_the_worse(home: Any) -> None:
    command = [sys.executable, "-c", NEW_SIGNING_KEY]
    subprocess.run(command, env=home.environment(), capture_output=True, check=True)
    assert recheck(home)["faults"] == []
    (home.path / "keys" / "signing-chain-2025.pem").unlink()
    unknown = recheck(home)
    assert len(unknown["faults"]) == unknown["checked"]
    assert all("signature" in fault["reason"] for fault in unknown["faults"])


def test_a_lost_and_a_changed_file_are_found_and_the_night_asks_for_a_person(home: Any) -> None:
    lost, changed = (row["serial"] for row in ask(home, "SELECT serial FROM certificate ORDER BY sequence LIMIT 2"))
    file_of(home, lost).unlink()
    file_of(home, changed).write_bytes(file_of(home, changed).read_bytes() + b"\n")
    # All are drawn: there are fewer than the least that a night looks at.
    change(home, "UPDATE certificate SET state = 'superseded' WHERE sequence > 12")
    done = home.night()
    assert done.returncode == 1
    faults = {fault["serial"]: fault["reason"] for fault in home.summary()["rechecked"]["faults"]}
    assert faults.keys() == {lost, changed}
    assert "gone" in faults[lost]
    assert "changed" in faults[changed]
    page = (home.runs[-1] / "summary.html").read_text()
    assert all(serial in page and serial in json.dumps(home.summary()) for serial in faults)
