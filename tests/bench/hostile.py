"""How the readers take a folder of files that parser projects keep because they once broke a parser.

Usage: `python tests/bench/hostile.py FOLDER`. Prints how many files ended in which state and for what reason, the
slowest, and the most memory that any process took. Words are not read in pictures: that has its own measure.
Such folders are the test files of qpdf (`qpdf/`, `fuzz/`), pdf.js (`test/pdfs`) and pypdf (`sample-files`).
"""

import re
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from tasks.documents.limits import Limits
from tasks.documents.reading import read_documents


def main(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    ends: Counter[tuple[str, str]] = Counter()
    slowest, began = (0.0, ""), time.monotonic()
    before = began
    for facts in read_documents([(path.name, path) for path in files], 1, Limits(raster_pages=0)):
        now = time.monotonic()
        slowest, before = max(slowest, (now - before, facts.why)), now
        ends[facts.state.value, re.sub(r"\d+", "N", facts.why)] += 1
    for (state, why), count in ends.most_common():
        print(f"{count:6,}  {state:<11} {why}")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{sum(ends.values()):,} of {len(files):,} files in {before - began:.0f} s; {memory} MB at most")
    print(f"slowest: {slowest[0]:.1f} s ({slowest[1] or 'read'})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
