"""What the schema itself refuses, whoever writes."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from tasks.ledger import schema
from tasks.ledger.engine import Engine, reading
from tasks.ledger.writing import broken_at, head, writing

RUN = {
    "run_id": "R1",
    "kind": "nightly",
    "as_of": "2026-11-22",
    "inbox": "in",
    "reference": "ref",
    "state": "running",
    "actor": "me",
    "code_version": "0",
    "policy_fingerprint": "f",
    "started_at": "2026-11-22T00:00:00.000Z",
}


def put(engine: Engine, table: str, **values: Any) -> None:
    with writing(engine, "me", "R1") as pen:
        pen.connection.execute(insert(schema.metadata.tables[table]), [values])
        pen.record("test.put", table)


@pytest.fixture
def held(engine: Engine) -> Engine:
    """A ledger that holds one run, one delivery, one row and one submission."""
    put(engine, "run", **RUN)
    put(
        engine,
        "delivery",
        delivery_id="D",
        fingerprint="f",
        folder="D",
        exported_at="x",
        rows=1,
        quality="{}",
        run_id="R1",
    )
    put(engine, "received_row", **row(1))
    put(
        engine,
        "submission",
        submission_id="S-0001",
        revision=1,
        delivery_id="D",
        row=1,
        kind="renewal",
        role="patient",
        submitted_on="2026-11-20",
        person_key="p",
        registration_number="N1",
        related_submission_id="",
        related_registration_number="",
        content_sha256="c",
        current=True,
        application="{}",
    )
    return engine


def row(number: int) -> dict[str, Any]:
    return {
        "delivery_id": "D",
        "row": number,
        "submission_id": "S-0001",
        "revision": "1",
        "content_sha256": "c",
        "disposition": "accepted",
        "reason_codes": "",
    }


def decided(**changes: Any) -> dict[str, Any]:
    return {
        "decision_id": "S-0001.1:f:first",
        "submission_id": "S-0001",
        "revision": 1,
        "position": 1,
        "rule_set": "f",
        "occasion": "first",
        "outcome": "auto_approved",
        "reason_codes": "",
        "packet": "{}",
        "second_look": False,
        "actor_kind": "machine",
        "actor": "nutmeg",
        "decided_at": "2026-11-22T00:00:00.000Z",
        "run_id": "R1",
        **changes,
    }


def certified(serial: str, sequence: int, **changes: Any) -> dict[str, Any]:
    return {
        "serial": serial,
        "sequence": sequence,
        "decision_id": "S-0001.1:f:first",
        "kind": "permanent",
        "registration_number": "N1",
        "state": "issued",
        "order": "{}",
        "issued_on": "2026-11-22",
        "expires_on": "2027-11-22",
        "template_version": "1",
        "sha256": serial,
        "reserved_at": "x",
        "run_id": "R1",
        **changes,
    }


@pytest.mark.parametrize("outcome", ["denied", "approved", "withdrawn"])
def test_no_machine_denies_approves_or_withdraws(held: Engine, outcome: str) -> None:
    with pytest.raises(IntegrityError):
        put(held, "decision", **decided(outcome=outcome))
    put(held, "decision", **decided(outcome=outcome, actor_kind="person", actor="Ann Analyst"))


def test_a_person_does_not_decide_in_the_name_of_the_machine(held: Engine) -> None:
    with pytest.raises(IntegrityError):
        put(held, "decision", **decided(actor_kind="person"))


def test_one_decision_per_submission_revision_rule_set_and_occasion(held: Engine) -> None:
    put(held, "decision", **decided())
    with pytest.raises(IntegrityError):
        put(held, "decision", **decided(decision_id="another", position=2, outcome="review"))


@pytest.mark.parametrize("table", ["decision", "journal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}"])
def test_what_happened_can_be_neither_changed_nor_deleted(held: Engine, table: str, statement: str) -> None:
    put(held, "decision", **decided())
    with pytest.raises(IntegrityError, match="append-only"), held.begin() as connection:
        connection.execute(text(statement.format(table)))


def test_one_live_permanent_certificate_per_registration(held: Engine) -> None:
    put(held, "decision", **decided())
    put(held, "decision", **decided(decision_id="again", occasion="again", position=2))
    put(held, "certificate", **certified("MM26-0000001-01", 1))
    with pytest.raises(IntegrityError):
        put(held, "certificate", **certified("MM26-0000002-02", 2, decision_id="again"))
    put(held, "certificate", **certified("MM26-0000002-02", 2, decision_id="again", state="superseded"))


def test_one_certificate_of_a_kind_per_decision(held: Engine) -> None:
    put(held, "decision", **decided())
    put(held, "certificate", **certified("MM26-0000001-01", 1, kind="temporary"))
    with pytest.raises(IntegrityError):
        put(held, "certificate", **certified("MM26-0000002-02", 2, kind="temporary"))


def test_a_certificate_without_bytes_is_only_reserved(held: Engine) -> None:
    put(held, "decision", **decided())
    with pytest.raises(IntegrityError):
        put(held, "certificate", **certified("MM26-0000001-01", 1, sha256=None))


def test_one_message_per_cause_and_template(held: Engine) -> None:
    message = {
        "cause": "certificate:MM26-0000001-01",
        "template": "certificate_temporary",
        "to_address": "a@example.org",
        "context": "{}",
        "attachments": "",
        "state": "queued",
        "created_at": "x",
        "run_id": "R1",
    }
    put(held, "message", message_id="1", **message)
    with pytest.raises(IntegrityError):
        put(held, "message", message_id="2", **message)


def test_one_disposition_per_row_and_no_other_word_for_it(held: Engine) -> None:
    with pytest.raises(IntegrityError):
        put(held, "received_row", **row(1))
    with pytest.raises(IntegrityError):
        put(held, "received_row", **{**row(2), "disposition": "ignored"})


def test_a_change_that_records_nothing_is_undone(engine: Engine) -> None:
    with pytest.raises(AssertionError), writing(engine, "me", "-") as pen:
        pen.connection.execute(insert(schema.run), [RUN])
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM run")).scalar() == 0


def test_a_failed_transaction_leaves_neither_rows_nor_entries(held: Engine) -> None:
    with reading(held) as connection:
        before = head(connection)
    with pytest.raises(IntegrityError):
        put(held, "received_row", **row(1))
    with reading(held) as connection:
        assert head(connection) == before
        assert broken_at(connection) is None


def test_an_edit_behind_our_back_breaks_the_chain_where_it_was_made(held: Engine) -> None:
    with held.begin() as connection:
        connection.execute(text("DROP TRIGGER journal_refuses_update"))
        connection.execute(text("UPDATE journal SET actor = 'x' WHERE seq = 2"))
    with reading(held) as connection:
        assert broken_at(connection) == 2


def test_counters_have_neither_gaps_nor_doubles(engine: Engine) -> None:
    taken: list[int] = []
    for number in (1, 3, 2):
        with writing(engine, "me", "-") as pen:
            taken += pen.reserve("certificate", number)
            pen.record("test.reserved", "certificate")
    with pytest.raises(AssertionError), writing(engine, "me", "-") as pen:
        pen.reserve("certificate", 5)
    with writing(engine, "me", "-") as pen:
        taken += pen.reserve("certificate", 1)
        pen.record("test.reserved", "certificate")
    assert taken == [1, 2, 3, 4, 5, 6, 7]


def test_the_ledgers_files_are_ours_alone(engine: Engine) -> None:
    path = engine.url.database
    assert path is not None
    assert Path(path).stat().st_mode & 0o777 == 0o600
    assert Path(path).parent.stat().st_mode & 0o777 == 0o700


def test_the_migrations_make_exactly_the_tables_of_the_schema(engine: Engine) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []


def test_exceptions_of_the_database_never_print_what_was_to_be_stored(held: Engine) -> None:
    with pytest.raises(IntegrityError) as refusal:
        put(held, "received_row", **{**row(1), "raw": "Maria Santos"})
    assert "Maria" not in str(refusal.value)
