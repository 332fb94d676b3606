"""A whole synthetic sample: the delivery with its uploads, the reference tables, the register and the answers."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tasks.sampling.certifiers import COLUMNS as CERTIFIER_COLUMNS
from tasks.sampling.certifiers import CertifierRegister
from tasks.sampling.household import World
from tasks.sampling.places import REFERENCE
from tasks.sampling.sheets import scripts_available
from tasks.sampling.tables import write_csv
from tasks.sampling.writing import SampleSummary, SampleWriter

_COPIED = ("conditions.csv", "zips.csv", "holidays.csv", "facilities.csv")
_ENCODINGS = ("utf-8", "utf-8-sig", "cp1252")


def make_sample(
    out: Path,
    rows: int,
    seed: int = 1,
    day: date = date(2026, 11, 22),
    table_format: str = "csv",
    uploads: str = "all",
    progress: Callable[[int, int], None] | None = None,
    encoding: str | None = None,
) -> SampleSummary:
    """Write a synthetic delivery of exactly so many rows, and everything needed to judge what becomes of it.

    Args:
        out: the folder that receives inbox/<delivery_id>/, reference/, registry.csv and answers.csv.
        rows: how many rows the table has, 1 or more; memory does not grow with it.
        seed: the same seed and arguments give the same bytes.
        day: the day of the submissions.
        table_format: `csv` or `xlsx`.
        uploads: `all` for pictures, scans and PDFs, `text` for PDFs with a text layer only, which is faster.
        progress: called now and then with the rows made and the rows wanted.
        encoding: `utf-8`, `utf-8-sig` or `cp1252`; without it even seeds have a BOM and odd ones have none.

    Raises:
        ValueError: an argument is none of those named.
        FileExistsError: the delivery folder is there already.
    """
    encoding = encoding or ("utf-8-sig" if seed % 2 == 0 else "utf-8")
    _refuse_wrong_use(rows, table_format, uploads, encoding)
    world = World(
        seed=seed,
        day=day,
        encoding=encoding,
        only_text=uploads == "text",
        scripts=encoding != "cp1252" and scripts_available(),
        certifiers=CertifierRegister(seed, day),
    )
    writer = SampleWriter(out, world, rows, table_format, progress)
    if writer.folder.exists():
        raise FileExistsError(f"{writer.folder} is there already; choose another folder or remove it.")
    _write_reference(out / "reference", world)
    return writer.write()


def _refuse_wrong_use(rows: int, table_format: str, uploads: str, encoding: str) -> None:
    if rows < 1:
        raise ValueError(f"A sample has 1 row or more, not {rows}; ask for more rows.")
    for name, value, known in (
        ("table format", table_format, ("csv", "xlsx")),
        ("choice of uploads", uploads, ("all", "text")),
        ("encoding", encoding, _ENCODINGS),
    ):
        if value not in known:
            raise ValueError(f"{value!r} is no {name} of a sample; choose one of {', '.join(known)}.")


def _write_reference(folder: Path, world: World) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    certifiers = (row for certifier in world.certifiers.all for row in certifier.rows)
    write_csv(folder / "certifiers.csv", CERTIFIER_COLUMNS, certifiers)
    for name in _COPIED:
        shutil.copyfile(REFERENCE / name, folder / name)
