"""The night is killed after each step of the issuance cycle, and ends as if nothing had been."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fault.peace import content, files, sibling

WRAPPER = Path(__file__).with_name("cut_short.py")
KILLED = (
    "approved, nothing reserved",
    "reserved",
    "one drawn",
    "some drawn and read back",
    "one half written",
    "all drawn, none durable",
    "all staged",
    "issued, none placed",
    "one placed",
    "all placed",
    "some mail written",
)
EVERYDAY = {"issued, none placed"}


@pytest.fixture(scope="module")
def peaceful(new_home: Callable[..., Any]) -> Any:
    """A night that nobody disturbs."""
    home = new_home(24, seed=13, uploads="text")
    done = home.night()
    assert done.returncode == 0, done.stderr
    assert home.summary()["certificates"]["issued"] > 5
    return home


def cut_short(home: Any, step: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(WRAPPER), step, *home.night_arguments],
        env=home.environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def ends_in_peace(home: Any, peaceful: Any) -> None:
    done = home.night()
    assert done.returncode == 0, done.stderr
    assert content(home) == content(peaceful)
    assert files(home) == files(peaceful)
    assert not list((home.path / "outputs" / "certificates" / ".staging").iterdir())
    assert home.summary(0)["certificates"] == peaceful.summary(0)["certificates"]
    assert home.summary(0)["balanced"]


@pytest.mark.parametrize(
    "step", [pytest.param(step, marks=() if step in EVERYDAY else pytest.mark.slow) for step in KILLED]
)
def test_killed_after_this_step_and_started_again_it_is_the_same_night(
    peaceful: Any, tmp_path: Path, step: str
) -> None:
    home = sibling(peaceful, tmp_path / "home")
    assert cut_short(home, step).returncode == -signal.SIGKILL
    ends_in_peace(home, peaceful)


def test_a_full_disk_issues_nothing_and_the_next_start_goes_on(peaceful: Any, tmp_path: Path) -> None:
    home = sibling(peaceful, tmp_path / "home")
    done = cut_short(home, "disk full")
    assert done.returncode == 3
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert {state for *_, state in certificates(home)} == {"reserved"}
    ends_in_peace(home, peaceful)


@pytest.mark.slow
def test_keys_that_disappear_issue_nothing_and_are_not_made_anew(peaceful: Any, tmp_path: Path) -> None:
    home = sibling(peaceful, tmp_path / "home")
    done = cut_short(home, "keys taken away")
    assert done.returncode == 3
    assert "Restore it from backup" in done.stderr
    assert {state for *_, state in certificates(home)} == {"reserved"}
    (home.path / "keys-taken-away").rename(home.path / "keys")
    ends_in_peace(home, peaceful)


def certificates(home: Any) -> list[tuple[str, str]]:
    import sqlite3

    with sqlite3.connect(home.path / "ledger" / "nutmeg.db") as ledger:
        return ledger.execute("SELECT serial, state FROM certificate").fetchall()
