"""What comes again: revisions, corrections, and people who wait for others."""

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Row = dict[str, str]


def deliver(home: Any, name: str, rows: list[Row]) -> None:
    """Put a delivery with these rows into the inbox, with the uploads of the first one and manifest and all."""
    first = home.sample / "inbox" / "biznet-2026-11-22"
    folder = home.sample / "inbox" / name
    shutil.copytree(first / "documents", folder / "documents")
    with (folder / "submissions.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    manifest = json.loads((first / "manifest.json").read_text())
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    manifest |= {
        "delivery_id": name,
        "exported_at": "2026-11-23T23:05:00-05:00",
        "rows": len(rows),
        "files": [
            {
                "path": path.relative_to(folder).as_posix(),
                "bytes": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
            for path in files
        ],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))


def rows_of(home: Any) -> dict[str, Row]:
    path = home.sample / "inbox" / "biznet-2026-11-22" / "submissions.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return {row["submission_id"]: row for row in csv.DictReader(stream)}


def decided(home: Any, run: int) -> dict[str, Row]:
    return {row["submission_id"]: row for row in home.table("decisions.csv", run)}


@pytest.fixture(scope="module")
def second_night(new_home: Callable[..., Any]) -> tuple[Any, str, str]:
    """After a first night: an approved renewal comes again as revision 2, and a deficient one is corrected."""
    home = new_home(120, seed=9, uploads="text")
    assert home.night().returncode == 0
    first, rows = decided(home, 0), rows_of(home)
    approved = next(i for i, row in first.items() if row["outcome"] == "auto_approved" and row["revision"] == "1")
    open_answers = [
        i for i, row in first.items() if row["outcome"] == "deficient" and row["reason_codes"] == "ATTESTATION_NO"
    ]
    again = {**rows[approved], "revision": "2", "phone": "860-555-0100"}
    corrected = []
    for submission_id in open_answers[:1]:
        answers = {f"attestation_{n}": "yes" for n in range(1, 7)}
        corrected.append({**rows[submission_id], "revision": "2", **answers})
    deliver(home, "biznet-2026-11-23", [again, *corrected])
    done = home.nutmeg(*["2026-11-23" if part == "2026-11-22" else part for part in home.night_arguments])
    assert done.returncode == 0, done.stderr
    return home, approved, open_answers[0] if open_answers else ""


def test_a_newer_revision_of_an_approved_submission_goes_to_a_person_and_makes_no_second_certificate(
    second_night: tuple[Any, str, str],
) -> None:
    home, approved, _ = second_night
    again = decided(home, 1)[approved]
    assert (again["revision"], again["outcome"], again["reason_codes"]) == ("2", "review", "DUPLICATE_PERSON")
    assert all(
        row["submission_id"] != approved for row in home.table("decisions.csv", 1) if row["outcome"] == "auto_approved"
    )


def test_a_corrected_submission_is_decided_anew(second_night: tuple[Any, str, str]) -> None:
    home, _, corrected = second_night
    assert corrected, "the sample holds a renewal that only lacked an attestation"
    assert decided(home, 1)[corrected]["outcome"] == "auto_approved"


def test_a_superseded_revision_that_comes_late_changes_nothing(second_night: tuple[Any, str, str]) -> None:
    home, approved, _ = second_night
    late: Path = home.sample / "inbox" / "biznet-2026-11-24"
    row = {**rows_of(home)[approved], "revision": "1"}
    deliver(home, late.name, [row])
    done = home.nutmeg(*["2026-11-24" if part == "2026-11-22" else part for part in home.night_arguments])
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"]["duplicate"] == 1
    assert json.loads(done.stdout)["decisions"]["auto_approved"] == 0
