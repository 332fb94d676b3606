"""Nights for the tests: a home, a synthetic delivery, and the command as a user runs it."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import tasks.workbooks  # noqa: F401 - before any test imports openpyxl: it tells it how to write

AS_OF = "2026-11-22"


@dataclass(frozen=True)
class Home:
    """A NUTMEG_HOME with the delivery, tables and register of a sample folder."""

    path: Path
    sample: Path

    def environment(self, **more: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("NUTMEG_", "PREFECT_"))}
        return {
            **kept,
            "NUTMEG_HOME": str(self.path),
            "NUTMEG_PREFECT": "off",
            "NUTMEG_ACTOR": "night operator",
            **more,
        }

    def nutmeg(
        self, *arguments: str, patience_seconds: float = 600, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the command in a process of its own."""
        command = [sys.executable, "-m", "flows.command", *arguments]
        return subprocess.run(
            command,
            env=self.environment(**environment),
            capture_output=True,
            text=True,
            timeout=patience_seconds,
            check=False,
        )

    @property
    def night_arguments(self) -> list[str]:
        places = ["--inbox", str(self.sample / "inbox"), "--reference", str(self.sample / "reference")]
        return ["nightly", *places, "--as-of", AS_OF, "--json"]

    def night(self, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.nutmeg(*self.night_arguments, **environment)

    def load_register(self) -> None:
        done = self.nutmeg("registry", "import", str(self.sample / "registry.csv"))
        assert done.returncode == 0, done.stderr

    @property
    def runs(self) -> list[Path]:
        return sorted((self.path / "outputs" / "runs").iterdir())

    def table(self, name: str, run: int = -1) -> list[dict[str, str]]:
        with (self.runs[run] / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def summary(self, run: int = -1) -> dict[str, Any]:
        summary: dict[str, Any] = json.loads((self.runs[run] / "summary.json").read_text())
        return summary


def make_home(folder: Path, rows: int, **sampling: Any) -> Home:
    from tasks.sampling.delivery import make_sample

    make_sample(folder / "sample", rows, **sampling)
    home = Home(folder / "home", folder / "sample")
    home.path.mkdir()
    home.load_register()
    return home


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Home]:
    """A function that makes a home with its own sample."""

    def make(rows: int, **sampling: Any) -> Home:
        return make_home(tmp_path_factory.mktemp("home"), rows, **sampling)

    return make


@pytest.fixture(scope="session")
def night(new_home: Callable[..., Home]) -> Home:
    """A home after one whole night of 500 submissions, uploads as text PDFs; tests only look at it."""
    home = new_home(500, seed=7, uploads="text")
    done = home.night()
    assert done.returncode == 0, done.stderr
    return home
