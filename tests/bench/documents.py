"""Measure the reading of uploads: `python tests/bench/documents.py`.

The uploads are a synthetic delivery's. CPU counts the readers, their caged children and this process; what starting the
readers costs is measured apart. Wall clock is noise on a shared machine: compare CPU and ratios.
"""

import argparse
import io
import resource
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2

from tasks.documents.active import active_by_pdfium, active_in_bytes, active_in_objects
from tasks.documents.ink import printed
from tasks.documents.limits import Limits
from tasks.documents.lines import text_and_spots
from tasks.documents.pages import lines_of, shown_box, words_on
from tasks.documents.pdf import warm_up
from tasks.documents.reading import read_documents
from tasks.sampling.delivery import make_sample


def cpu_seconds() -> float:
    """What this process and its ended children used so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def read_all(paths: list[Path], workers: int) -> tuple[float, float, Counter[str]]:
    """CPU and wall seconds of reading these files through the cage, readers' start included; and the states."""
    cpu, wall = cpu_seconds(), time.monotonic()
    states = Counter(facts.state.value for facts in read_documents([(path.name, path) for path in paths], workers))
    return cpu_seconds() - cpu, time.monotonic() - wall, states


def measure_text_pdfs(paths: list[Path], workers: int) -> None:
    """Files a second and CPU of one file through `read_documents`."""
    start_cpu, start_wall, _ = read_all(paths[:workers], workers)
    cpu, wall, states = read_all(paths, workers)
    more = len(paths) - workers
    rate = f"{more / (wall - start_wall):.0f} a second"
    print(f"| text PDFs through the cage, {len(paths):,} files, {workers} readers | {rate} |")
    print(f"| CPU of one file | {1000 * (cpu - start_cpu) / more:.1f} ms |")
    print(f"| CPU of starting the readers | {start_cpu:.1f} s |")
    print("  " + ", ".join(f"{number:,} {state}" for state, number in sorted(states.items())))


def measure_pictures(folder: Path, workers: int) -> None:
    """Uploads a second by what is read of them: a code, a face alone, or words."""
    paths = sorted(folder.glob("inbox/*/documents/*"))
    facts = {each.sha256: each for each in read_documents([(path.name, path) for path in paths], workers)}
    codes, portraits, words = "pictures of licenses, by their code", "portraits", "pictures read by OCR"
    groups: dict[str, list[Path]] = {codes: [], portraits: [], words: []}
    for path in paths:
        found = facts[path.name]
        if found.text_source == "ocr":
            groups[words].append(path)
        elif found.readings:
            groups[codes].append(path)
        elif found.portrait:
            groups[portraits].append(path)
    for name, some in groups.items():
        start_cpu, start_wall, _ = read_all(some[:workers], workers)
        cpu, wall, _ = read_all(some, workers)
        more = len(some) - workers
        rate = f"{more / (wall - start_wall):.1f} a second; {(cpu - start_cpu) / more * 1000:.0f} ms CPU each"
        print(f"| {name}, {len(some):,} files, {workers} readers | {rate} |")
    print(f"| most memory of a reader or its child | {peak_mb():.0f} MB |")


def peak_mb() -> float:
    """The largest resident size of any ended child of this process."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def measure_stages(paths: list[Path]) -> None:
    """CPU of each stage of a text PDF's first page, in this process and warm."""
    warm_up()
    spent: defaultdict[str, float] = defaultdict(float)
    read = [path.read_bytes() for path in paths]
    opened = sum(_stages(data, spent) for data in read)
    for stage, seconds in spent.items():
        print(f"| {stage} | {1000 * seconds / opened:.2f} ms |")
    print(f"| all stages | {1000 * sum(spent.values()) / opened:.2f} ms |")


def _stages(data: bytes, spent: defaultdict[str, float]) -> bool:
    def timed(stage: str, work: Callable[[], Any]) -> Any:
        started = time.process_time()
        try:
            return work()
        finally:
            spent[stage] += time.process_time() - started

    try:
        document = timed("pdfium opens it", lambda: pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError:
        return False
    drawn = timed("pdfium loads the page", lambda: document[0])
    timed("its characters are counted", lambda: drawn.get_textpage().count_chars())
    timed("active content, bytes", lambda: active_in_bytes(data) or active_by_pdfium(document.raw))
    pdf = timed("pdfplumber opens it", lambda: pdfplumber.open(io.BytesIO(data)))
    timed("active content, objects", lambda: active_in_objects(pdf.doc, data, Limits().objects))
    page = timed("pdfplumber finds the pages", lambda: pdf.pages[0])
    timed("pdfplumber lays the page out", lambda: page.layout)
    words = timed("words", lambda: words_on(page))
    seen = timed("ink", lambda: printed(words, drawn, shown_box(page)))
    timed("lines", lambda: text_and_spots(lines_of(seen, page), 20_000))
    timed("closing", page.close)
    return True


def main() -> None:
    """Make a delivery and read its uploads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=150)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--readers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nutmeg-bench-") as folder:
        make_sample(Path(folder), given.rows, seed=given.seed, uploads="text")
        paths = sorted(Path(folder).glob("inbox/*/documents/*"))
        measure_text_pdfs(paths, given.readers)
        measure_stages(paths)
        make_sample(Path(folder) / "all", given.rows, seed=given.seed, uploads="all")
        measure_pictures(Path(folder) / "all", given.readers)


if __name__ == "__main__":
    main()
