import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from expectations.columns import contract

ROW = {
    "submission_id": "MMP-2026-000123",
    "submitted_at": "2026-11-22T20:15:00-05:00",
    "kind": "renewal",
    "role": "patient",
    "registration_number": "MMP-000123",
    "first_name": "Ana",
    "last_name": "Ng",
    "date_of_birth": "1980-02-29",
    "email": "ana@example.org",
    "street": "1 Elm Street",
    "city": "Hartford",
    "state": "CT",
    "zip": "06103",
    "caregiver_required": "no",
    "identity_document_type": "passport",
    "identity_document_file": "id-1.pdf",
}


@pytest.fixture(scope="session")
def row() -> Mapping[str, str]:
    return ROW


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    """A CSV table of these rows; other headers, encoding or line ends on demand."""

    def write(rows: Iterable[Mapping[str, str]], encoding: str = "utf-8", **headers: str) -> Path:
        path = tmp_path / "submissions.csv"
        with path.open("w", encoding=encoding, newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([headers.get(name, name) for name in contract()])
            writer.writerows([[row.get(name, "") for name in contract()] for row in rows])
        return path

    return write


@pytest.fixture
def delivery(tmp_path: Path) -> Callable[..., Path]:
    """A delivery folder in `inbox`; `change` is laid over its manifest, and None there takes a key out."""

    def build(name: str = "biznet-1", contents: Mapping[str, bytes] | None = None, **change: Any) -> Path:
        folder = tmp_path / "inbox" / name
        listed = []
        for path, content in (contents or {"submissions.csv": b"a\n", "documents/id-1.pdf": b"%PDF"}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
            listed.append({"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        manifest = {
            "contract": "mmp-submissions/1",
            "delivery_id": name,
            "exported_at": "2026-11-22T23:05:00-05:00",
            "covers": {"from": "2026-11-22", "to": "2026-11-22"},
            "rows": 0,
            "files": listed,
        } | change
        kept = {key: value for key, value in manifest.items() if value is not None}
        (folder / "manifest.json").write_text(json.dumps(kept), encoding="utf-8")
        return folder

    return build
