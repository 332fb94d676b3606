"""A register with faults is refused once, whole, and every fault is told with its place and its remedy."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.errors import ReferenceTableError, WrongUseError
from tasks.ledger.engine import Engine
from tasks.registration_import import load_register

DAY = "is not a day; write it as 2026-11-22"
RELATED = "related_registration_number"
EMPTY = "is empty; fill it in"
STATUSES = "is none of active, denied, expired, revoked, suspended, withdrawn; write one of them"
PATIENT, CAREGIVER = {"role": "patient"}, {"role": "caregiver"}
JOIN = "a relation joins a patient and a caregiver, so correct the relation or a role"


def faults(engine: Engine, path: Path) -> list[str]:
    """The sentences of a refusal, below the line that counts them."""
    with pytest.raises(ReferenceTableError) as refused:
        load_register(engine, path, "me")
    assert refused.value.exit_code == 3
    return str(refused.value).split("\n  - ")[1:]


CELLS = [
    ("registration_number", "", EMPTY),
    ("role", "doctor", "is none of caregiver, patient; write one of them"),
    ("role", "", "is none of caregiver, patient; write one of them"),
    ("status", "aktive", STATUSES),
    ("status_since", "01/02/2026", DAY),
    ("first_name", " ", EMPTY),
    ("last_name", "", EMPTY),
    ("last_name", "Qu\0ill", "is not UTF-8 text; export the table again"),
    ("date_of_birth", "", EMPTY),
    ("date_of_birth", "1980-02-30", DAY),
    ("issued_on", "soon", DAY),
    ("expires_on", "2026-13-01", DAY),
    ("expires_on", "2025-12-31", "is before issued_on; correct one of the two days"),
    ("hold", "", "is none of no, yes; write one of them"),
    (RELATED, "R-2", "names the row itself; name the other person's registration or leave it empty"),
]


@pytest.mark.parametrize(("column", "value", "why"), CELLS)
def test_a_wrong_cell_is_told_with_row_column_and_remedy(
    engine: Engine, register: Callable[..., Path], column: str, value: str, why: str
) -> None:
    path = register({}, {column: value}, {})
    assert faults(engine, path) == [f"registry.csv, row 2, column {column}: {why}."]


def test_two_rows_for_one_number_are_both_named(engine: Engine, register: Callable[..., Path]) -> None:
    path = register({}, {"registration_number": "X"}, {}, {"registration_number": "X"}, {"registration_number": "X"})
    why = "column registration_number: both rows hold the same number; keep one of them."
    assert faults(engine, path) == [f"registry.csv, rows 2 and 4, {why}", f"registry.csv, rows 2 and 5, {why}"]


@pytest.mark.parametrize("role", ["patient", "caregiver"])
def test_a_relation_to_the_same_role_names_both_rows(engine: Engine, register: Callable[..., Path], role: str) -> None:
    path = register({"role": role, RELATED: "R-3"}, {}, {"role": role})
    told = f"registry.csv, rows 1 and 3, column {RELATED}: both rows are of a {role}; {JOIN}."
    assert faults(engine, path) == [told]


def test_a_circle_of_caregivers_is_told_from_both_ends(engine: Engine, register: Callable[..., Path]) -> None:
    path = register(CAREGIVER | {RELATED: "R-2"}, CAREGIVER | {RELATED: "R-1"})
    told = f"registry.csv, rows 1 and 2, column {RELATED}: both rows are of a caregiver; {JOIN}."
    assert faults(engine, path) == [told, told]


def test_a_relation_to_the_same_role_in_the_ledger_is_a_fault(engine: Engine, register: Callable[..., Path]) -> None:
    load_register(engine, register(PATIENT | {"registration_number": "OLD"}), "me")
    path = register({}, PATIENT | {RELATED: "OLD"}, CAREGIVER | {RELATED: "OLD"})
    where = "the row and the registration that it names in the ledger are of a patient"
    assert faults(engine, path) == [f"registry.csv, row 2, column {RELATED}: {where}; {JOIN}."]


def test_the_file_and_not_the_ledger_says_the_role_of_what_the_file_holds(
    engine: Engine, register: Callable[..., Path]
) -> None:
    load_register(engine, register(PATIENT), "me")
    loaded = load_register(engine, register(CAREGIVER, PATIENT | {RELATED: "R-1"}), "me")
    assert (loaded.rows, loaded.changed, loaded.doubts) == (2, 2, ())


def test_a_caregiver_may_care_for_several_and_point_to_one(engine: Engine, register: Callable[..., Path]) -> None:
    parent = CAREGIVER | {RELATED: "R-2"}
    loaded = load_register(engine, register(parent, *[PATIENT | {RELATED: "R-1"}] * 3), "me")
    assert (loaded.rows, loaded.changed, loaded.doubts) == (4, 4, ())


@pytest.mark.parametrize(
    ("bend", "told"),
    [
        (
            lambda text: text.replace(",hold\r\n", ",held\r\n"),
            ["registry.csv, header, column hold: is missing; export the table again with it."],
        ),
        (
            lambda text: text.replace(",email,", ",role,"),
            [
                "registry.csv, header, column role: stands twice; keep one of the two.",
                "registry.csv, header, column email: is missing; export the table again with it.",
                "registry.csv, row 1, column role: is none of caregiver, patient; write one of them.",
                "registry.csv, row 2, column role: is none of caregiver, patient; write one of them.",
            ],
        ),
        (
            lambda text: text.replace("Avon", "Avon,Avon", 1),
            ["registry.csv, row 1: has 20 cells and the header 19; export the table again."],
        ),
        (
            lambda text: text.replace("Ana", '"An"a', 1),
            ["registry.csv, row 1: cannot be read as CSV, and nothing after it was looked at; export the table again."],
        ),
        (
            lambda text: text[: text.index("R-2")] + '"',
            ["registry.csv, row 2: cannot be read as CSV, and nothing after it was looked at; export the table again."],
        ),
    ],
    ids=["missing column", "column twice", "ragged row", "quoting", "torn off"],
)
def test_a_broken_form_is_told_once_with_its_place(
    engine: Engine, register: Callable[..., Path], bend: Callable[[str], str], told: list[str]
) -> None:
    path = register({}, {})
    bent = bend(path.read_bytes().decode())
    assert bent != path.read_bytes().decode()
    path.write_bytes(bent.encode())
    assert faults(engine, path) == told


def test_an_empty_file_lacks_every_column(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "registry.csv").write_bytes(b"")
    assert faults(engine, tmp_path / "registry.csv")[0] == (
        "registry.csv, header, column registration_number: is missing; export the table again with it."
    )


def test_bytes_of_another_encoding_are_told_by_row_and_column(engine: Engine, register: Callable[..., Path]) -> None:
    path = register({}, {"last_name": "Peña"}, {"city": "Cañon"})
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    why = "is not UTF-8 text; export the table again."
    assert faults(engine, path) == [
        f"registry.csv, row 2, column last_name: {why}",
        f"registry.csv, row 3, column city: {why}",
    ]


def test_empty_lines_count_and_are_passed_over(engine: Engine, register: Callable[..., Path]) -> None:
    path = register({}, {"hold": "perhaps"})
    path.write_bytes(path.read_bytes().replace(b"\r\nR-2", b"\r\n\r\n\r\nR-2"))
    assert faults(engine, path) == ["registry.csv, row 4, column hold: is none of no, yes; write one of them."]


def test_the_first_twenty_faults_by_row_are_shown_and_the_others_counted(
    engine: Engine, register: Callable[..., Path]
) -> None:
    # The relation of row 1 can be judged only at the end of the file; it is told first all the same.
    path = register(PATIENT | {RELATED: "R-2"}, *[PATIENT | {"hold": "?"}] * 30)
    told = faults(engine, path)
    assert len(told) == 21
    assert told[0].startswith("registry.csv, rows 1 and 2, column related")
    assert told[1].startswith("registry.csv, row 2, column hold")
    assert told[-1] == "and 11 more"


def test_a_refusal_counts_its_faults_and_names_the_file(engine: Engine, register: Callable[..., Path]) -> None:
    with pytest.raises(ReferenceTableError, match=re.escape("registry.csv cannot be used, 1 fault:\n")):
        load_register(engine, register({"hold": "?"}), "me")
    with pytest.raises(ReferenceTableError, match=re.escape("registry.csv cannot be used, 2 faults:\n")):
        load_register(engine, register({"hold": "?"}, {"hold": "?"}), "me")


def test_a_refusal_tells_no_value_of_a_person(engine: Engine, register: Callable[..., Path]) -> None:
    same = {"registration_number": "SECRET-1", RELATED: "SECRET-1", "status": "SECRET-2", "date_of_birth": "SECRET-3"}
    told = "\n".join(faults(engine, register(same, same | {"email": "SECRET-4", "issued_on": "SECRET-5"})))
    assert "SECRET" not in told
    assert "Quillfeather" not in told


@pytest.mark.parametrize(
    "spoilt",
    [{"hold": "?"}, {"registration_number": "R-1"}, {RELATED: "R-1"}, {RELATED: "OLD"}],
    ids=["cell", "number twice", "role in the file", "role in the ledger"],
)
def test_a_file_with_faults_leaves_the_ledger_unchanged(
    engine: Engine,
    register: Callable[..., Path],
    held: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    spoilt: dict[str, str],
) -> None:
    load_register(engine, register({"city": "Bristol"}, {"registration_number": "OLD"}), "me")
    before = held("OLD", "R-1", "R-2", "R-3")
    # Chunks of one row: what stands before the fault has been written when the fault is met.
    monkeypatch.setattr("tasks.registration_import.chunks", lambda rows: ([row] for row in rows))
    assert len(faults(engine, register({}, {}, spoilt))) == 1
    assert held("OLD", "R-1", "R-2", "R-3") == before
    assert before[0][0] == 3


SPOILS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.just("?"),
        "last_name": st.just(""),
        "date_of_birth": st.just("?"),
        "expires_on": st.just("2025-01-01"),
        "hold": st.just("?"),
        "registration_number": st.just("TWICE"),
        RELATED: st.just("SAME"),
    },
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(SPOILS, min_size=1, max_size=12))
def test_no_fault_hides_another(engine: Engine, register: Callable[..., Path], spoils: list[dict[str, str]]) -> None:
    twice = [row for row, spoil in enumerate(spoils, start=3) if "registration_number" in spoil]
    expected = {(row, column) for row, spoil in enumerate(spoils, start=3) for column in spoil}
    expected -= {(row, "registration_number") for row in twice[:1]}
    if not expected:
        return
    path = register({}, {"registration_number": "SAME"}, *spoils)
    with pytest.raises(ReferenceTableError) as refused:
        load_register(engine, path, "me")
    counted, *told = str(refused.value).split("\n  - ")
    places = [
        re.fullmatch(r"registry\.csv, rows? (\d+)(?: and (\d+))?, column (\w+): .+\.", each) for each in told[:20]
    ]
    found = {(int(place[2] or place[1]), place[3]) for place in places if place}
    assert f", {len(expected)} fault" in counted
    assert found <= expected
    assert len(found) == min(20, len(expected))


def test_a_file_that_is_not_there_is_wrong_use(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="does not exist"):
        load_register(engine, tmp_path / "registry.csv", "me")
