"""One night with every kind of bad delivery beside a good one: each is told apart, and nothing else is lost."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TABLE = "submissions.csv"


def listed(folder: Path) -> list[dict[str, Any]]:
    return [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    ]


class Delivery:
    """A copy of the good delivery under its own id, to be bent."""

    def __init__(self, inbox: Path, good: Path, name: str) -> None:
        self.folder = inbox / name
        shutil.copytree(good, self.folder)
        self.manifest = json.loads((self.folder / "manifest.json").read_text())
        self.manifest["delivery_id"] = name
        self.rewrite_ids(name)

    @property
    def table(self) -> Path:
        return self.folder / TABLE

    @property
    def lines(self) -> list[bytes]:
        return self.table.read_bytes().splitlines(keepends=True)

    def rewrite_ids(self, name: str) -> None:
        """Other submissions than those of the good delivery, or they would be duplicates."""
        stamp = hashlib.sha256(name.encode()).hexdigest()[:6].upper()
        self.table.write_bytes(self.table.read_bytes().replace(b"BN26-", f"{stamp}-".encode()))

    def put(self, lines: list[bytes], rows: int | None = None) -> None:
        self.table.write_bytes(b"".join(lines))
        if rows is not None:
            self.manifest["rows"] = rows

    def seal(self, **changes: Any) -> None:
        self.manifest["files"] = listed(self.folder)
        self.manifest |= changes
        (self.folder / "manifest.json").write_text(json.dumps(self.manifest))


def cells(line: bytes) -> list[bytes]:
    return line.rstrip(b"\r\n").split(b",")


def no_manifest(d: Delivery) -> None:
    (d.folder / "manifest.json").unlink()


def no_json(d: Delivery) -> None:
    (d.folder / "manifest.json").write_text("{")


def unknown_contract(d: Delivery) -> None:
    d.seal(contract="mmp-submissions/9")


def wrong_total(d: Delivery) -> None:
    d.seal(rows=d.manifest["rows"] + 1)


def missing_file(d: Delivery) -> None:
    d.seal()
    next((d.folder / "documents").iterdir()).unlink()


def other_bytes(d: Delivery) -> None:
    d.seal()
    d.table.write_bytes(d.table.read_bytes().replace(b"CT", b"MA", 1))


def leaving_path(d: Delivery) -> None:
    d.seal()
    d.manifest["files"].append({"path": "../../etc/passwd", "bytes": 1, "sha256": "0" * 64})
    (d.folder / "manifest.json").write_text(json.dumps(d.manifest))


def two_tables(d: Delivery) -> None:
    (d.folder / "submissions.xlsx").write_bytes(b"PK")
    d.seal()


def missing_column(d: Delivery) -> None:
    header, *rest = d.lines
    d.put([header.replace(b"last_name", b"surname_of_sorts"), *rest])
    d.seal()


def utf16(d: Delivery) -> None:
    d.table.write_bytes(d.table.read_text(encoding="utf-8-sig").encode("utf-16"))
    d.seal()


REFUSED: dict[str, tuple[Callable[[Delivery], None], str]] = {
    "no-json": (no_json, "manifest.json"),
    "unknown-contract": (unknown_contract, "contract"),
    "wrong-total": (wrong_total, TABLE),
    "missing-file": (missing_file, "export"),
    "other-bytes": (other_bytes, TABLE),
    "leaving-path": (leaving_path, "folder"),
    "two-tables": (two_tables, "table"),
    "missing-column": (missing_column, "last_name"),
    "utf16": (utf16, TABLE),
}


def ragged(d: Delivery) -> None:
    header, first, second, *rest = d.lines
    d.put([header, first.rstrip(b"\r\n") + b",surplus\n", second.split(b",", 1)[0] + b"\n", *rest])


def nul_bytes(d: Delivery) -> None:
    header, first, *rest = d.lines
    d.put([header, first.replace(b",", b"\x00,", 1), *rest])


def huge_field(d: Delivery) -> None:
    header, first, *rest = d.lines
    d.put([header, first.replace(b",", b"," + b"x" * 200_000_000, 1), *rest])


def broken_quoting(d: Delivery) -> None:
    header, first, *rest = d.lines
    d.put([header, first.replace(b",", b',"O"Neil"', 1), *rest])


def upload_outside(d: Delivery) -> None:
    header, first, *rest = d.lines
    place = cells(header).index(b"identity_document_file")
    bent = cells(first)
    bent[place] = b"../../etc/passwd"
    d.put([header, b",".join(bent) + b"\n", *rest])


QUARANTINED: dict[str, tuple[Callable[[Delivery], None], list[str]]] = {
    "ragged": (ragged, ["ROW_WIDTH", "ROW_WIDTH"]),
    "nul-bytes": (nul_bytes, ["ROW_CONTROL_CHARACTERS"]),
    "huge-field": (huge_field, ["ROW_TOO_LONG"]),
    "broken-quoting": (broken_quoting, ["ROW_QUOTING"]),
    "upload-outside": (upload_outside, ["IDENTITY_DOCUMENT_FILE_INVALID"]),
}


def shouting_header(d: Delivery) -> None:
    header, *rest = d.lines
    d.put([header.decode("utf-8-sig").upper().replace("_", " ").encode(), *rest])


def zero_rows(d: Delivery) -> None:
    d.put([d.lines[0]], rows=0)


HARMLESS: dict[str, Callable[[Delivery], None]] = {"shouting-header": shouting_header, "zero-rows": zero_rows}


@pytest.fixture(scope="module")
def bad_night(new_home: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """The home after the night, and what the command printed."""
    home = new_home(12, seed=31, uploads="text")
    inbox = home.sample / "inbox"
    good = tmp_path_factory.mktemp("good") / "good"
    shutil.copytree(inbox / "biznet-2026-11-22", good)
    for name, (bend, _) in REFUSED.items():
        bend(Delivery(inbox, good, name))
    for name, bend in {**{n: b for n, (b, _) in QUARANTINED.items()}, **HARMLESS}.items():
        delivery = Delivery(inbox, good, name)
        bend(delivery)
        delivery.seal()
    no_manifest(Delivery(inbox, good, "not-ready"))
    overdue = Delivery(inbox, good, "overdue")
    no_manifest(overdue)
    import os

    os.utime(overdue.folder, (1_700_000_000, 1_700_000_000))
    (inbox / "empty-folder").mkdir()
    return home, home.night()


@pytest.fixture(scope="module")
def told(bad_night: tuple[Any, Any]) -> dict[str, dict[str, Any]]:
    return {entry["delivery_id"]: entry for entry in json.loads(bad_night[1].stdout)["deliveries"]}


def test_the_night_says_that_a_person_is_needed(bad_night: tuple[Any, Any]) -> None:
    assert bad_night[1].returncode == 1, bad_night[1].stderr
    assert json.loads(bad_night[1].stdout)["balanced"]


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_delivery_is_refused_whole_with_a_sentence(
    bad_night: tuple[Any, Any], told: dict[str, dict[str, Any]], name: str
) -> None:
    entry = told[name]
    assert entry["state"] == "refused"
    assert REFUSED[name][1] in entry["reason"]
    assert entry["reason"].startswith(name) or TABLE in entry["reason"]
    assert entry["reason"].rstrip(".").count(".") >= 1, "what is wrong and what to do are two sentences"
    assert not [row for row in bad_night[0].table("dispositions.csv") if row["delivery_id"] == name]


@pytest.mark.parametrize("name", QUARANTINED)
def test_a_broken_row_costs_itself_and_no_other(
    bad_night: tuple[Any, Any], told: dict[str, dict[str, Any]], name: str
) -> None:
    assert told[name]["state"] == "taken_in"
    rows = [row for row in bad_night[0].table("dispositions.csv") if row["delivery_id"] == name]
    good = [row for row in bad_night[0].table("dispositions.csv") if row["delivery_id"] == "biznet-2026-11-22"]
    assert len(rows) == len(good) == 12
    codes = QUARANTINED[name][1]
    assert [row["reason_codes"] for row in rows[: len(codes)]] == codes
    assert {row["disposition"] for row in rows[: len(codes)]} == {"quarantined"}
    untouched = [row["disposition"] for row in rows[len(codes) :]]
    assert untouched == [row["disposition"] for row in good[len(codes) :]]


@pytest.mark.parametrize("name", HARMLESS)
def test_a_strange_but_readable_delivery_is_taken_in(told: dict[str, dict[str, Any]], name: str) -> None:
    assert told[name]["state"] == "taken_in"


def test_what_is_not_complete_waits_and_is_pointed_out_after_six_hours(told: dict[str, dict[str, Any]]) -> None:
    assert told["not-ready"]["state"] == "waiting"
    assert told["empty-folder"]["state"] == "waiting"
    assert told["overdue"]["state"] == "overdue"
    assert "manifest" in told["overdue"]["reason"]


def test_the_good_delivery_was_taken_in_all_the_same(told: dict[str, dict[str, Any]]) -> None:
    assert (told["biznet-2026-11-22"]["state"], told["biznet-2026-11-22"]["rows"]) == ("taken_in", 12)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nightly", "--inbox", "/nowhere"], "does not exist"),
        (["registry", "import", "/nowhere.csv"], "does not exist"),
        (["certificates", "reprint", "MM26-0000001-00"], "No certificate"),
        (["certificates", "verify", "/nowhere.pdf"], "does not exist"),
        (["audit", "--from", "2026-11-22", "--to", "2026-11-21"], "ends on"),
        (["nightly", "--as-of", "yesterday"], "is not a day"),
        (["sample", "--rows", "0", "--out", "none"], "1 or more"),
    ],
)
def test_wrong_use_is_told_in_a_sentence_without_a_traceback(
    bad_night: tuple[Any, Any], arguments: list[str], says: str
) -> None:
    done = bad_night[0].nutmeg(*arguments)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_register_is_refused_whole_with_row_and_column(bad_night: tuple[Any, Any], tmp_path: Path) -> None:
    home = bad_night[0]
    lines = (home.sample / "registry.csv").read_text().splitlines()
    status = json.loads(home.nutmeg("status", "--json").stdout)["registrations"]
    broken = tmp_path / "registry.csv"
    broken.write_text(
        "\n".join([*lines[:3], lines[3].replace("active", "aktive", 1).replace("no", "maybe"), *lines[4:]])
    )
    done = home.nutmeg("registry", "import", str(broken))
    assert done.returncode == 3
    assert "registry.csv, row 3, column" in done.stderr
    assert json.loads(home.nutmeg("status", "--json").stdout)["registrations"] == status
