"""Where doubts are told: by the doctor, in the night's summary, and after a register was loaded."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.command import main
from tasks.doctor import examine
from tasks.notices import load_reasons
from tasks.settings import Settings
from tasks.strict_csv import DOUBTFUL
from tasks.summary import summary_html, summary_text, verdict, what_needs_a_person

OVERLAP: tuple[dict[str, str], ...] = ({}, {"valid_from": "2024-06-01"})
TOLD = "certifiers.csv, rows 1 and 2: license 1.000001 has two periods that overlap"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NUTMEG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NUTMEG_INBOX", str(tmp_path))
    monkeypatch.setenv("NUTMEG_REFERENCE", str(tmp_path / "reference"))
    monkeypatch.setenv("NUTMEG_ACTOR", "me")
    return tmp_path / "home"


def test_the_doctor_lists_doubts_apart_from_faults_and_asks_for_a_person(
    home: Path, tables: Callable[..., Path]
) -> None:
    tables(OVERLAP)
    found = examine(Settings.load())
    assert found.bad == []
    assert [told[: len(TOLD)] for told in found.doubts] == [TOLD]
    assert not found.well
    assert found.as_dict()["doubts"] == found.doubts
    lines = found.as_text().splitlines()
    assert lines[lines.index(DOUBTFUL) + 1] == f"  {found.doubts[0]}"


def test_the_doctor_is_content_with_tables_without_doubts(home: Path, tables: Callable[..., Path]) -> None:
    tables()
    found = examine(Settings.load())
    assert (found.well, found.doubts) == (True, [])
    assert DOUBTFUL not in found.as_text()
    assert "Reference tables: 1 certifiers, 1 conditions, 1 holidays" in found.good


def test_the_doctor_tells_every_fault_of_the_tables_and_still_what_is_unconfirmed(
    home: Path, tables: Callable[..., Path]
) -> None:
    tables(certifiers=({"type": "?"},), holidays=({"date": "?"},))
    found = examine(Settings.load())
    (told,) = found.bad
    assert "certifiers.csv, row 1, column type" in told
    assert "holidays.csv, row 1, column date" in told
    assert {line[0] for line in found.unconfirmed} == {"S", "D"}


NIGHT: dict[str, Any] = {
    "run_id": "20261122T233000Z",
    "as_of": "2026-11-22",
    "started_at": "2026-11-23T04:30:00.120+00:00",
    "finished_at": "2026-11-23T04:31:36.400+00:00",
    "actor": "schedule",
    "code_version": "0.1.0",
    "policy_fingerprint": "b7c2" * 16,
    "deliveries": [{"delivery_id": "b-1", "state": "taken_in", "rows": 1, "reason": ""}],
    "rows": {"received": 1, "accepted": 1, "duplicate": 0, "superseded": 0, "quarantined": 0, "conflict": 0},
    "decisions": {"auto_approved": 1, "review": 0, "deficient": 0, "held": 0},
    "certificates": {"issued": 1, "temporary": 1, "permanent": 0, "voided": 0},
    "messages": {"queued": 1, "sent": 1, "failed": 0},
    "balanced": True,
    "unbalanced": [],
}


def test_a_night_shows_doubts_and_is_good_all_the_same() -> None:
    doubtful = NIGHT | {"doubts": [f"{TOLD} <b>."]}
    assert what_needs_a_person(doubtful) == []
    assert verdict(doubtful) == verdict(NIGHT)
    assert f"{DOUBTFUL}\n  - {TOLD} <b>." in summary_text(doubtful)
    html = summary_html(doubtful, load_reasons())
    assert f"<h2>{DOUBTFUL}</h2>\n<ul><li>{TOLD} &lt;b&gt;.</li></ul>" in html


@pytest.mark.parametrize("without", [NIGHT, NIGHT | {"doubts": []}])
def test_a_night_without_doubts_does_not_speak_of_them(without: dict[str, Any]) -> None:
    assert DOUBTFUL not in summary_text(without)
    assert DOUBTFUL not in summary_html(without, load_reasons())


def test_more_than_twenty_doubts_of_a_night_are_counted() -> None:
    doubtful = NIGHT | {"doubts": [f"Doubt {number}." for number in range(23)]}
    for shown in (summary_text(doubtful), summary_html(doubtful, load_reasons())):
        assert "Doubt 19." in shown
        assert "Doubt 20." not in shown
        assert "and 3 more" in shown


def test_an_import_tells_the_doubts_of_the_register_and_of_the_tables(
    home: Path, tables: Callable[..., Path], register: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = register({"related_registration_number": "GONE"})
    command = ["registry", "import", str(path), "--reference", str(tables(OVERLAP))]
    assert main(command) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[:3] == [
        "1 registrations read, 1 new or changed.",
        "Reference tables: 1 certifiers, 1 conditions, 1 holidays.",
        DOUBTFUL,
    ]
    assert told[3].startswith("  registry.csv: 1 registration names a relation")
    assert told[4].startswith(f"  {TOLD}")
    assert main([*command, "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["rows"], result["changed"], len(result["doubts"])) == (1, 0, 1)
    assert result["reference"].items() >= {"certifiers": 1, "conditions": 1, "holidays": 1}.items()
    assert result["reference"]["doubts"][0].startswith(TOLD)


def test_an_import_with_faulty_tables_loads_nothing(
    home: Path, tables: Callable[..., Path], register: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["registry", "import", str(register({})), "--reference", str(tables(holidays=({"date": "?"},)))]) == 3
    assert "holidays.csv, row 1, column date: is not a day; write it as 2026-11-22." in capsys.readouterr().err
    assert not home.exists()


def test_an_import_without_a_folder_named_looks_at_no_tables(
    home: Path, register: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["registry", "import", str(register({}))]) == 0
    assert capsys.readouterr().out == "1 registrations read, 1 new or changed.\n"


def test_a_refused_import_says_so_with_code_3_and_without_a_traceback(
    home: Path, register: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["registry", "import", str(register({"hold": "?"}, {"role": "?"}))]) == 3
    assert capsys.readouterr().err == (
        "nutmeg: registry.csv cannot be used, 2 faults:\n"
        "  - registry.csv, row 1, column hold: is none of no, yes; write one of them.\n"
        "  - registry.csv, row 2, column role: is none of caregiver, patient; write one of them.\n"
    )


def test_conditions_whose_day_is_not_sure_are_the_agencys_to_confirm() -> None:
    from tasks.reference import Reference, _conditions
    from tasks.settings import PROJECT
    from tasks.strict_csv import Faults

    faults = Faults("table")
    conditions = _conditions(PROJECT / "data" / "reference" / "conditions.csv", faults)
    sentences = Reference({}, conditions, frozenset()).unconfirmed
    assert not faults.count
    assert "S  SICKLE-CELL: Sickle cell disease, on the list since 2016-07-01 [conditions.csv]" in sentences
    assert not [sentence for sentence in sentences if "HUNTINGTON" in sentence]
