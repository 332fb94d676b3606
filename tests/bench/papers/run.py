"""Measure the document checks on labelled papers: `python tests/bench/papers/run.py --documents 2000 --jobs 2`.

The papers are drawn from a seed in layouts of their own, as text PDFs (60 %) and as scans and photographs (40 %). Each
is read as in the night, and judged for its right owner, for nearly right and for wrong ones. Tables go to standard
output, progress to standard error. What was read is kept in the cache folder: judging anew costs no reading.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench.papers.documents import draw_documents
from tests.bench.papers.looks import looks_at
from tests.bench.papers.tables import report
from tests.bench.papers.trials import try_all

_TEXTS = 0.6
"""Part of the documents that are text PDFs."""


def main() -> None:
    """Draw, read, judge, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--pictures", type=int, help="how many of them are pictures; default 40 %%")
    parser.add_argument("--seed", type=int, default=20261120)
    parser.add_argument("--jobs", type=int, default=2, help="readers, and processes that judge")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "nutmeg-papers")
    parser.add_argument("--read-again", action="store_true", help="read even what the cache holds")
    parser.add_argument("--json", type=Path, help="where the raw results go")
    given = parser.parse_args()
    pictures = given.documents - round(_TEXTS * given.documents) if given.pictures is None else given.pictures
    documents = list(draw_documents(given.seed, given.documents - pictures, pictures))
    looks = looks_at(documents, given.cache, given.jobs, again=given.read_again)
    print(f"judging {len(documents):,} documents", file=sys.stderr)
    trials = try_all(documents, looks, given.jobs)
    if given.json:
        raw = {"seed": given.seed, "texts": len(documents) - pictures, "pictures": pictures}
        given.json.write_text(json.dumps({**raw, "trials": [asdict(trial) for trial in trials]}, indent=0))
    print(f"{len(documents):,} documents, seed {given.seed}, {len(trials):,} trials.\n\n{report(trials)}", end="")


if __name__ == "__main__":
    main()
