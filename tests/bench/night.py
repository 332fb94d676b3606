"""Measure whole nights on synthetic deliveries with text-PDF uploads: `make bench`.

Each night runs as a user runs it, in a process of its own. CPU seconds count all its processes; the peak is the largest
resident size of any one of them. Wall clock is noise on a shared machine: compare CPU and ratios.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tasks.sampling.delivery import make_sample


@dataclass(frozen=True)
class Cost:
    """What one command cost."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float


def cost_of(command: list[str], environment: dict[str, str]) -> tuple[Cost, str]:
    """Run a command in a process group of its own and add up what it and its children used."""
    started = time.monotonic()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=quiet, text=True)
    out, _ = process.communicate()
    wall = time.monotonic() - started
    if process.returncode > 1:  # 1 is a night that needs a person; the summary says for what
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), out


def measure(rows: int, seed: int) -> None:
    """One night of so many rows, in a process of its own so that its resource use starts at nothing."""
    with tempfile.TemporaryDirectory(prefix="nutmeg-bench-") as folder:
        sample, home = Path(folder) / "sample", Path(folder) / "home"
        made = time.monotonic()
        make_sample(sample, rows, seed=seed, uploads="text")
        made = time.monotonic() - made
        environment = os.environ | {"NUTMEG_HOME": str(home), "NUTMEG_PREFECT": "off"}
        nutmeg = [sys.executable, "-m", "flows.command"]
        load, _ = cost_of([*nutmeg, "registry", "import", str(sample / "registry.csv")], environment)
        places = ["--inbox", str(sample / "inbox"), "--reference", str(sample / "reference")]
        night, out = cost_of([*nutmeg, "nightly", *places, "--as-of", "2026-11-22", "--json"], environment)
        summary = json.loads(out)
        again, _ = cost_of([*nutmeg, "nightly", *places, "--as-of", "2026-11-22", "--json"], environment)
    cpu = night.cpu_seconds - load.cpu_seconds
    print(f"\n{rows:,} rows: {summary['decisions']['auto_approved']:,} certificates, sample made in {made:.0f} s")
    print(f"| night | {night.wall_seconds:.1f} s wall | {cpu:.1f} s CPU | {night.peak_mb:.0f} MB peak |")
    for found in summary["unbalanced"]:
        print(f"| not balanced | {found['what']} {found['which']}: {found['why']} |")
    repeated = again.cpu_seconds - night.cpu_seconds
    print(f"| the same night again | {again.wall_seconds:.1f} s wall | {repeated:.1f} s CPU |")
    total = sum(stage["seconds"] for stage in summary["stages"])
    for stage in summary["stages"]:
        share, each = 100 * stage["seconds"] / total, 1000 * stage["seconds"] / rows
        print(f"| {stage['name']} | {stage['seconds']:.1f} s wall | {share:.0f} % | {each:.1f} ms per row |")


def main() -> None:
    """Measure each size in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000])
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    if len(given.rows) == 1:
        measure(given.rows[0], given.seed)
        return
    for rows in given.rows:
        subprocess.run([sys.executable, __file__, "--rows", str(rows), "--seed", str(given.seed)], check=True)


if __name__ == "__main__":
    main()
