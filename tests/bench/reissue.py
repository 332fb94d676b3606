"""Measure the permanent certificates of a whole registry at once: `python tests/bench/reissue.py --certificates 50000`.

One night of 60 submissions is made; its renewals are copied under other numbers, in a ledger that is thrown away. Then
all permanent certificates come due: serials, drawing, signing, reading back, files, ledger, journal and outbox, as the
night does it. The messages stay in the outbox.
"""

import argparse
import json
import os
import resource
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from registry.issuance import serial_number
from tests.bench.simulate import run

FAR = 1_000
"""Numbers of copies begin beyond those of the night."""
DUE = date(2026, 12, 4)


def main() -> None:
    """Make the registry, then its certificates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certificates", type=int, default=50_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = night(Path(folder))
        made = replicate(home, given.certificates)
        print(f"{made:,} registrations with a temporary certificate")
        os.environ |= {"NUTMEG_HOME": str(home), "NUTMEG_REFERENCE": str(Path(folder) / "sample" / "reference")}
        measure(Path(folder) / "sample" / "inbox")


def night(folder: Path) -> Path:
    """A home after one night."""
    from tasks.sampling.delivery import make_sample

    make_sample(folder / "sample", 60, seed=7, uploads="text")
    home = folder / "home"
    run(home, "registry", "import", str(folder / "sample" / "registry.csv"))
    places = ["--inbox", str(folder / "sample" / "inbox"), "--reference", str(folder / "sample" / "reference")]
    run(home, "nightly", *places, "--as-of", "2026-11-22")
    return home


def replicate(home: Path, wanted: int) -> int:
    """Copy renewals with all that belongs to them until there are so many; how many there are."""
    with closing(sqlite3.connect(home / "ledger" / "nutmeg.db")) as ledger:
        ledger.row_factory = sqlite3.Row
        ledger.execute("UPDATE certificate SET state = 'issued' WHERE kind = 'temporary'")
        sources = ledger.execute("SELECT * FROM certificate WHERE kind = 'temporary'").fetchall()
        copies = -(-wanted // len(sources)) - 1
        number = FAR
        for source in sources:
            number = copy_case(ledger, dict(source), copies, number)
        ledger.execute("UPDATE counter SET next = ? WHERE name = 'certificate'", (number + 1,))
        ledger.commit()
        return len(sources) * (copies + 1)


def copy_case(ledger: sqlite3.Connection, source: dict[str, Any], copies: int, number: int) -> int:
    """Copies of one certificate, its decision, submission and registration; the next free number."""
    of = {table: dict(ledger.execute(query, (key,)).fetchone()) for table, query, key in _belongings(ledger, source)}
    rows: dict[str, list[dict[str, Any]]] = {"submission": [], "decision": [], "registration": [], "certificate": []}
    for at in range(number, number + copies):
        marks = {"submission_id": f"COPY-{at}", "decision_id": f"copy-{at}", "registration_number": f"MMP-8{at:08d}"}
        serial = serial_number(2026, at)
        order = json.loads(source["order"]) | {"registration_number": marks["registration_number"], "serial": serial}
        own = {"position": at, "row": at, "sequence": at, "serial": serial, "order": json.dumps(order)}
        own |= {"person_key": f"copy-{at}", "sha256": f"{at:064x}"}
        for table, original in (*of.items(), ("certificate", source)):
            changed = {name: value for name, value in (marks | own).items() if name in original}
            rows[table].append(original | changed)
    for table, some in rows.items():
        names = ", ".join(f'"{name}"' for name in some[0])
        places = ", ".join(f":{name}" for name in some[0])
        ledger.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", some)  # noqa: S608
    return number + copies


def _belongings(ledger: sqlite3.Connection, source: dict[str, Any]) -> list[tuple[str, str, str]]:
    query = "SELECT submission_id FROM decision WHERE decision_id = ?"
    (submission,) = ledger.execute(query, (source["decision_id"],)).fetchone()
    return [
        ("submission", "SELECT * FROM submission WHERE submission_id = ?", submission),
        ("decision", "SELECT * FROM decision WHERE decision_id = ?", source["decision_id"]),
        (
            "registration",
            "SELECT * FROM registration WHERE registration_number = ?",
            source["registration_number"],
        ),
    ]


def measure(inbox: Path) -> None:
    """Reserve and issue everything that is due, a chunk at a time."""
    from flows.nightly import CERTIFICATES_PER_CHUNK as CHUNK
    from tasks import issuance
    from tasks.beginning import new_run
    from tasks.desk import desk, ledger
    from tasks.settings import Settings

    settings = Settings.load({"NUTMEG_ACTOR": "bench"})
    engine = ledger(settings.database_url)
    at = desk(new_run(engine, settings, "nightly", DUE, str(inbox)).run_id)
    started = time.monotonic()
    reserved = issuance.reserve_permanents(at)
    print(f"{reserved:,} serials taken and orders frozen in {time.monotonic() - started:.1f} s")
    serials = issuance.pending(at)
    issued = 0
    for begin in range(0, len(serials), CHUNK):
        issued += issuance.issue(at, serials[begin : begin + CHUNK])
        if begin // CHUNK % 25 == 24:
            print(f"  {issued:,} in {time.monotonic() - started:.0f} s", flush=True)
    wall = time.monotonic() - started
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{issued:,} certificates issued in {wall:.0f} s, {issued / wall:,.0f}/s, {settings.workers} processes")
    print(f"this process: {own.ru_utime + own.ru_stime:.0f} s CPU, {own.ru_maxrss / 1024:.0f} MB at most")
    print(f"ended processes: {children.ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main()
