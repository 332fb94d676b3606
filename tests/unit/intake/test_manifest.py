import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tasks.deliveries.manifest import ManifestError, read_manifest

Deliver = Callable[..., Path]
SHA = "0" * 64


def _file(path: Any, size: Any = 1, sha256: Any = SHA) -> dict[str, Any]:
    return {"path": path, "bytes": size, "sha256": sha256}


def _refusal(folder: Path) -> str:
    with pytest.raises(ManifestError) as refused:
        read_manifest(folder / "manifest.json")
    told = str(refused.value)
    assert told.startswith("manifest.json: ")
    assert told.endswith(".")
    assert "\n" not in told
    return told


def test_a_manifest_is_read_as_it_stands(delivery: Deliver) -> None:
    manifest = read_manifest(delivery(rows=212) / "manifest.json")
    assert manifest.delivery_id == "biznet-1"
    assert manifest.rows == 212
    assert manifest.exported_at.isoformat() == "2026-11-22T23:05:00-05:00"
    assert manifest.covers_from == manifest.covers_to
    assert manifest.table.path == "submissions.csv"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"contract": "mmp-submissions/2"}, "contract must be mmp-submissions/1. Export by that contract"),
        ({"contract": None}, "contract must be mmp-submissions/1"),
        ({"delivery_id": "../x"}, "delivery_id must be 1 to 80"),
        ({"delivery_id": ".."}, "delivery_id must be 1 to 80"),
        ({"delivery_id": "x" * 81}, "delivery_id must be 1 to 80"),
        ({"delivery_id": "a\nb"}, "delivery_id must be 1 to 80"),
        ({"delivery_id": 7}, "delivery_id must be text"),
        ({"exported_at": "2026-11-22T23:05:00"}, "exported_at must be an ISO timestamp with its offset"),
        ({"exported_at": "tonight"}, "exported_at must be an ISO timestamp with its offset"),
        ({"exported_at": None}, "exported_at must be text"),
        ({"covers": {"from": "2026-11-22"}}, "to must be text"),
        ({"covers": {"from": "2026-11-22", "to": "22.11.2026"}}, "covers.to must be an ISO day"),
        ({"covers": {"from": "2026-11-23", "to": "2026-11-22"}}, "covers.from lies after covers.to"),
        ({"covers": ["2026-11-22"]}, "covers must be an object"),
        ({"rows": "212"}, "rows must be a whole number from 0 up"),
        ({"rows": -1}, "rows must be a whole number from 0 up"),
        ({"rows": True}, "rows must be a whole number from 0 up"),
        ({"rows": 2.0}, "rows must be a whole number from 0 up"),
        ({"files": {}}, "files must be a list"),
        ({"files": ["submissions.csv"]}, "file 1 of the list must be an object with path, bytes and sha256"),
        ({"files": [_file(7)]}, "file 1 of the list must be an object"),
        ({"files": [_file("submissions.csv", "1")]}, "the bytes of submissions.csv must be a whole number"),
        (
            {"files": [_file("submissions.csv", 1, "abc")]},
            "the sha256 of submissions.csv must be 64 hexadecimal digits",
        ),
        ({"files": []}, "it lists no table, where it must list one of submissions.csv and submissions.xlsx"),
        ({"files": [_file("documents/submissions.csv")]}, "it lists no table"),
        ({"files": [_file("submissions.csv"), _file("submissions.xlsx")]}, "it lists two tables"),
        ({"files": [_file("submissions.csv"), _file("submissions.csv")]}, "submissions.csv is listed twice"),
        (
            {"files": [_file("submissions.csv"), _file("documents/café"), _file("documents/cafe\u0301")]},
            "file 2 of manifest.json is listed twice",
        ),
    ],
)
def test_a_manifest_without_its_form_is_refused_with_a_remedy(
    delivery: Deliver, change: dict[str, Any], told: str
) -> None:
    assert told in _refusal(delivery(**change))


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "documents/../../x",
        "documents\\..\\x",
        "C:\\x",
        "documents//x",
        "./x",
        "documents/",
        "",
        "documents/a\u0000b",
        "documents/a\nb",
        "documents/\ud800",
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(delivery: Deliver, path: str) -> None:
    told = _refusal(_with_path(delivery, path))
    assert "(file 2 of its list) has a path that leaves the delivery folder. Have the portal export" in told
    assert told.isprintable()


def _with_path(delivery: Deliver, path: str) -> Path:
    folder = delivery()
    content = json.loads((folder / "manifest.json").read_text())
    content["files"][1]["path"] = path
    (folder / "manifest.json").write_text(json.dumps(content))
    return folder


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe{\x00}\x00",
        b'{"rows": 1, "rows": 2}',
        b'{"rows": NaN}',
        b"[]",
        b"[" * 100_000,
        b'{"rows": ' + b"9" * 5_000 + b"}",
        b"PK\x03\x04",
    ],
)
def test_what_is_not_one_json_object_is_refused(delivery: Deliver, content: bytes) -> None:
    folder = delivery()
    (folder / "manifest.json").write_bytes(content)
    _refusal(folder)


def test_a_manifest_that_is_too_large_is_not_read(delivery: Deliver) -> None:
    folder = delivery()
    with (folder / "manifest.json").open("wb") as stream:
        stream.truncate((64 << 20) + 1)
    assert "larger than 64 MB" in _refusal(folder)


def test_a_manifest_that_is_a_link_or_a_folder_is_refused(delivery: Deliver) -> None:
    folder = delivery()
    (folder / "manifest.json").rename(folder / "other.json")
    (folder / "manifest.json").symlink_to("other.json")
    assert "not a plain file" in _refusal(folder)
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").mkdir()
    assert "not a plain file" in _refusal(folder)


def test_the_fingerprint_is_the_same_in_another_order_and_another_for_other_bytes(delivery: Deliver) -> None:
    folder = delivery()
    first = read_manifest(folder / "manifest.json").fingerprint
    content = json.loads((folder / "manifest.json").read_text())
    turned = dict(reversed(content.items())) | {"files": content["files"][::-1]}
    (folder / "manifest.json").write_text(json.dumps(turned, indent=1))
    assert read_manifest(folder / "manifest.json").fingerprint == first
    turned["files"][0]["sha256"] = SHA
    (folder / "manifest.json").write_text(json.dumps(turned))
    assert read_manifest(folder / "manifest.json").fingerprint != first
