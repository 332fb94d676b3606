"""Prefect's server and worker as `make server` starts them: slow, and the only proof that schedules fire."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    home: Any
    api: str
    environment: dict[str, str]

    def post(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{self.api}/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.loads(answer.read())

    def prefect(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(PROJECT / ".venv" / "bin" / "prefect"), "--no-prompt", *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False
        )


@pytest.fixture(scope="module")
def server(new_home: Callable[..., Any]) -> Iterator[Server]:
    home = new_home(20, seed=3, uploads="text")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = home.environment(
        PREFECT_SERVER_API_PORT=str(port),
        NUTMEG_INBOX=str(home.sample / "inbox"),
        NUTMEG_REFERENCE=str(home.sample / "reference"),
        NUTMEG_PREFECT="on",
    )
    process = subprocess.Popen(
        ["bash", "prefect-server.sh"],
        env=environment,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    shown = []
    for line in process.stdout:
        shown.append(line)
        if "started" in line:
            break
    api = f"http://127.0.0.1:{port}/api"
    assert process.poll() is None, shown
    client = {**environment, "PREFECT_API_URL": api, "PREFECT_HOME": str(home.path / ".prefect")}
    yield Server(home, api, client)
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=60)


def test_the_schedule_makes_runs(server: Server) -> None:
    """A scheduler that died in silence looks healthy everywhere else."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        scheduled = server.post("flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}})
        if any(run["auto_scheduled"] for run in scheduled):
            return
        time.sleep(2)
    pytest.fail("no scheduled run appeared in two minutes")


def test_an_analyst_starts_the_night_from_prefects_page(server: Server) -> None:
    done = server.prefect(
        "deployment", "run", "nightly/nightly", "-p", "as_of=2026-11-22", "-p", "actor=Ann", "--watch"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    summary = server.home.summary()
    assert summary["balanced"]
    assert summary["rows"]["received"] == 20
    assert summary["actor"] == "Ann"


def test_a_wrong_day_fails_before_anything_is_begun(server: Server) -> None:
    before = len(server.home.runs)
    done = server.prefect("deployment", "run", "nightly/nightly", "-p", "as_of=yesterday", "--watch")
    assert done.returncode != 0
    assert len(server.home.runs) == before
