"""What must hold of the project as a whole."""

import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
CODE = [p for room in ("flows", "tasks", "expectations", "registry") for p in (PROJECT / room).rglob("*.py")]


def test_help_does_not_load_what_only_verbs_need() -> None:
    script = (
        "import sys; from flows.command import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=PROJECT, check=True)
    loaded = set(re.findall(r"'(\w+)'", done.stdout.splitlines()[-1]))
    heavy = {
        "pandas",
        "prefect",
        "great_expectations",
        "sqlalchemy",
        "reportlab",
        "pdfplumber",
        "openpyxl",
        "yaml",
        "PIL",
    }
    assert not loaded & heavy


def test_help_answers_in_half_a_second() -> None:
    def one() -> float:
        started = time.monotonic()
        subprocess.run([sys.executable, "-m", "flows.command", "--help"], capture_output=True, cwd=PROJECT, check=True)
        return time.monotonic() - started

    assert min(one() for _ in range(3)) < 0.5


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_every_direct_dependency_is_locked_with_hashes_and_no_index_is_named(lock: str) -> None:
    text = (PROJECT / "requirements" / lock).read_text()
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE))
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[\[<>=!~ ]", line, maxsplit=1)[0].lower() for line in declared}
    assert names <= pinned.keys()
    blocks = re.split(r"\n(?=[a-z0-9])", text[text.index("\n" + min(pinned)) :].strip())
    assert all("--hash=sha256:" in block for block in blocks)
    assert "index-url" not in text.replace("--no-emit-index-url", "")
    assert "://" not in text


def test_modules_stay_rooms_and_do_not_become_halls() -> None:
    too_long = {str(p.relative_to(PROJECT)): n for p in CODE if (n := len(p.read_text().splitlines())) > 300}
    assert not {path for path in too_long if "migrations" not in path}


def test_the_registry_reads_no_clock_no_file_and_no_environment() -> None:
    forbidden = re.compile(
        r"\b(?:datetime\.now|date\.today|time\.time|open\(|Path\(|os\.environ|import os|import sys)\b"
    )
    found = [str(p) for p in (PROJECT / "registry").rglob("*.py") if forbidden.search(p.read_text())]
    assert not found


def test_no_machine_path_and_no_open_end_is_in_the_code() -> None:
    open_end = re.compile(r"\b(?:TO[D]O|FIX[M]E|NotImplemented[E]rror)\b")
    found = [str(p) for p in CODE if open_end.search(p.read_text()) or re.search(r"/[r]oot/", p.read_text())]
    assert not found
