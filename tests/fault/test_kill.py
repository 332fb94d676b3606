"""The night is killed at random points, or started twice at once, and ends as if nothing had been."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fault.peace import content, files, journal_entries, sibling

KILLS_PER_HOME = 7
HOMES = 3


@pytest.fixture(scope="module")
def peaceful(new_home: Callable[..., Any]) -> Any:
    """A night that nobody disturbs."""
    home = new_home(60, seed=11, uploads="text")
    done = home.night()
    assert done.returncode == 0, done.stderr
    return home


def start(home: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "flows.command", *home.night_arguments]
    return subprocess.Popen(
        command, env=home.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


def kill_when(home: Any, process: subprocess.Popen[bytes], entries: int, pause_seconds: float) -> bool:
    """Kill the night and all its children once the journal has so many entries; whether it was still alive then."""
    while process.poll() is None:
        if journal_entries(home) >= entries:
            time.sleep(pause_seconds)
            break
        time.sleep(0.001)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


@pytest.mark.slow
@pytest.mark.parametrize("number", range(HOMES))
def test_a_night_killed_again_and_again_ends_like_one_left_in_peace(peaceful: Any, tmp_path: Path, number: int) -> None:
    chance = random.Random(number)
    home = sibling(peaceful, tmp_path / "killed")
    begun, total = journal_entries(home), journal_entries(peaceful)
    targets = sorted(chance.randrange(begun, total) for _ in range(KILLS_PER_HOME))
    killed = sum(kill_when(home, start(home), target, chance.choice([0, 0, 0.01, 0.05])) for target in targets)
    assert killed == KILLS_PER_HOME
    done = home.night()
    assert done.returncode == 0, done.stderr
    assert content(home) == content(peaceful)
    assert files(home) == files(peaceful)
    assert not list((home.path / "outputs" / "certificates" / ".staging").iterdir())
    assert (home.runs[0] / "decisions.csv").read_bytes() == (peaceful.runs[0] / "decisions.csv").read_bytes()
    assert (home.runs[0] / "dispositions.csv").read_bytes() == (peaceful.runs[0] / "dispositions.csv").read_bytes()
    for part in ("rows", "decisions", "certificates", "messages", "balanced", "unbalanced", "reasons"):
        assert home.summary(0)[part] == peaceful.summary(0)[part], part
    assert '"bad": []' in home.nutmeg("doctor", "--json", NUTMEG_REFERENCE=str(home.sample / "reference")).stdout


def test_two_nights_started_at_once_are_one_night_and_one_that_found_nothing_to_do(
    peaceful: Any, tmp_path: Path
) -> None:
    home = sibling(peaceful, tmp_path / "twice")
    both = [start(home), start(home)]
    errors = [process.communicate(timeout=300)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert b"waiting for it to finish" in b"".join(errors)
    assert content(home) == content(peaceful)
    assert files(home) == files(peaceful)
    received = sorted(home.summary(number)["rows"]["received"] for number in (0, 1))
    assert received == [0, 60]
