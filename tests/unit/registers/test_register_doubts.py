"""What is doubtful in a register is loaded, counted and told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event

from tasks.ledger.engine import Engine
from tasks.registration_import import load_register

RELATED = "related_registration_number"


def test_relations_that_nobody_holds_are_loaded_and_told_after(engine: Engine, register: Callable[..., Path]) -> None:
    path = register({RELATED: "GONE"}, {}, {RELATED: "GONE"}, {RELATED: "LOST", "role": "caregiver"})
    loaded = load_register(engine, path, "me")
    assert (loaded.rows, loaded.changed) == (4, 4)
    (told,) = loaded.doubts
    assert told == (
        "registry.csv: 3 registrations name a relation that the register does not hold: rows 1, 3, 4. "
        "Load what is missing, or correct related_registration_number."
    )


def test_one_relation_that_nobody_holds_is_told_of_one(engine: Engine, register: Callable[..., Path]) -> None:
    (told,) = load_register(engine, register({}, {RELATED: "GONE"}), "me").doubts
    assert told.startswith("registry.csv: 1 registration names a relation that the register does not hold: row 2. Load")


def test_many_relations_that_nobody_holds_are_counted(engine: Engine, register: Callable[..., Path]) -> None:
    (told,) = load_register(engine, register(*[{RELATED: "GONE"}] * 25), "me").doubts
    assert "25 registrations name" in told
    assert "rows 1, 2," in told
    assert "20, and 5 more. Load" in told


def test_a_relation_that_the_ledger_holds_is_no_doubt(engine: Engine, register: Callable[..., Path]) -> None:
    load_register(engine, register({"registration_number": "OLD", "role": "caregiver"}), "me")
    assert load_register(engine, register({RELATED: "OLD"}), "me").doubts == ()


def test_a_sound_register_has_no_doubts_and_is_the_same_when_loaded_again(
    engine: Engine, register: Callable[..., Path]
) -> None:
    path = register({RELATED: "R-2"}, {"role": "caregiver", RELATED: "R-1"})
    assert load_register(engine, path, "me").changed == 2
    again = load_register(engine, path, "me")
    assert (again.rows, again.changed, again.doubts) == (2, 0, ())


def test_the_ledger_is_asked_once_per_chunk_of_relations(
    engine: Engine, register: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tasks.ledger.writing import chunks

    monkeypatch.setattr("tasks.register_checks.chunks", lambda rows: chunks(rows, 4))
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    path = register(*[{RELATED: f"GONE-{number}"} for number in range(10)], {RELATED: "R-1", "role": "caregiver"})
    assert "10 registrations" in load_register(engine, path, "me").doubts[0]
    roles = [
        query
        for query in asked
        if query.split()[:3] == ["SELECT", "registration.registration_number,", "registration.role"]
    ]
    assert len(roles) == 3
