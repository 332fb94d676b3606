"""Measure `nutmeg simulate` on many packets: `python tests/bench/simulate.py --packets 10000 50000`.

One night of 200 submissions is decided; its packets are then copied under other ids, in a ledger that is thrown away.
Every case flips, which is the dearest question: a fee is due again. The peak is that of the command's own process,
which reads the ledger and writes the table; those that compare hold a few chunks. NUTMEG_WORKERS=1 measures one core.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tasks.sampling.delivery import make_sample
from tasks.settings import POLICY

NIGHT = 200
FAR = 1_000_000
"""Numbers of copies begin beyond those of the night."""
NUTMEG = [sys.executable, "-m", "flows.command"]


def run(home: Path, *arguments: str) -> tuple[float, float]:
    """Wall seconds of one command, and the peak of its own process in MB."""
    environment = os.environ | {"NUTMEG_HOME": str(home), "NUTMEG_PREFECT": "off"}
    started = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([*NUTMEG, *arguments], env=environment, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(said.read().decode())
    return time.monotonic() - started, used.ru_maxrss / 1024


def decided_night(folder: Path) -> Path:
    """A home after one night."""
    make_sample(folder / "sample", NIGHT, seed=7, uploads="text")
    home = folder / "home"
    run(home, "registry", "import", str(folder / "sample" / "registry.csv"))
    places = ["--inbox", str(folder / "sample" / "inbox"), "--reference", str(folder / "sample" / "reference")]
    run(home, "nightly", *places, "--as-of", "2026-11-22")
    return home


def replicate(home: Path, packets: int) -> None:
    """Copy decisions and their submissions under other ids until there are so many."""
    with closing(sqlite3.connect(home / "ledger" / "nutmeg.db")) as ledger:
        (night,) = ledger.execute("SELECT count(*) FROM decision").fetchone()
        for copy in range(1, -(-packets // night)):
            numbered = {"submission_id": f"submission_id || '-{copy}'", "decision_id": f"'{copy}-' || decision_id"}
            for table, number in (("submission", "row"), ("decision", "position")):
                names = [row[1] for row in ledger.execute(f"PRAGMA table_info({table})")]
                ours = numbered | {number: f'"{number}" + {copy * FAR}'}
                picked = ", ".join(ours.get(name, f'"{name}"') for name in names)
                ledger.execute(f'INSERT INTO {table} SELECT {picked} FROM {table} WHERE "{number}" < {FAR}')  # noqa: S608
        ledger.commit()


def measure(packets: int) -> None:
    """Print what one question costs over so many packets."""
    with tempfile.TemporaryDirectory(prefix="nutmeg-bench-") as place:
        folder = Path(place)
        home = decided_night(folder)
        replicate(home, packets)
        (folder / "fee").mkdir()
        changed = (POLICY / "statements.yaml").read_text().replace("    2023-07-01: 0\n", "")
        (folder / "fee" / "statements.yaml").write_text(changed)
        asked = ["--policy", str(folder / "fee"), "--from", "2000-01-01", "--to", "2026-11-22"]
        wall, peak = run(home, "simulate", *asked, "--out", str(folder / "flips.csv"))
        flips = sum(1 for _ in (folder / "flips.csv").open()) - 1
    speed = f"{packets / wall:,.0f} packets a second"
    print(f"| {packets:,} packets, {flips:,} flips | {wall:.1f} s wall | {speed} | {peak:.0f} MB peak |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packets", type=int, nargs="+", default=[10_000])
    for number in parser.parse_args().packets:
        measure(number)
