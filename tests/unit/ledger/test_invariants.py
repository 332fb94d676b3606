"""What the schema itself refuses, whoever writes."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from tasks.ledger import schema
from tasks.ledger.endings import Void, void
from tasks.ledger.engine import Engine, reading
from tasks.ledger.writing import broken_at, head, writing


@pytest.mark.parametrize("outcome", ["denied", "approved", "withdrawn"])
def test_no_machine_denies_approves_or_withdraws(book: Any, outcome: str) -> None:
    with pytest.raises(IntegrityError):
        book.put("decision", **book.decided(outcome=outcome))
    book.put("decision", **book.decided(outcome=outcome, actor_kind="person", actor="Ann Analyst"))


def test_a_person_does_not_decide_in_the_name_of_the_machine(book: Any) -> None:
    with pytest.raises(IntegrityError):
        book.put("decision", **book.decided(actor_kind="person"))


def test_one_decision_per_submission_revision_rule_set_and_occasion(book: Any) -> None:
    book.put("decision", **book.decided())
    with pytest.raises(IntegrityError):
        book.put("decision", **book.decided(decision_id="another", position=2, outcome="review"))


@pytest.mark.parametrize("table", [table.name for table in schema.KEPT_FOREVER])
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = 'x'", "DELETE FROM {0}"])
def test_what_happened_can_be_neither_changed_nor_deleted(book: Any, table: str, statement: str) -> None:
    book.put("decision", **book.decided())
    book.put("book", sha256="b", policy_fingerprint="f", text="{}")
    book.put("recall", **book.recalled())
    book.put("recall_answer", **book.answered())
    column = schema.metadata.tables[table].columns.keys()[-1]
    with pytest.raises(IntegrityError, match="append-only"), book.engine.begin() as connection:
        connection.execute(text(statement.format(table, column)))


def test_one_live_permanent_certificate_per_registration(book: Any) -> None:
    book.put("decision", **book.decided())
    book.put("decision", **book.decided(decision_id="again", occasion="again", position=2))
    book.put("certificate", **book.certified("MM26-0000001-01", 1))
    with pytest.raises(IntegrityError):
        book.put("certificate", **book.certified("MM26-0000002-02", 2, decision_id="again"))
    book.put("certificate", **book.certified("MM26-0000002-02", 2, decision_id="again", state="superseded"))


def test_one_certificate_of_a_kind_per_decision(book: Any) -> None:
    book.put("decision", **book.decided())
    book.put("certificate", **book.certified("MM26-0000001-01", 1, kind="temporary"))
    with pytest.raises(IntegrityError):
        book.put("certificate", **book.certified("MM26-0000002-02", 2, kind="temporary"))


def test_a_certificate_without_bytes_is_only_reserved(book: Any) -> None:
    book.put("decision", **book.decided())
    with pytest.raises(IntegrityError):
        book.put("certificate", **book.certified("MM26-0000001-01", 1, sha256=None))


def test_a_void_certificate_says_why_and_no_other_does(book: Any) -> None:
    book.put("decision", **book.decided())
    with pytest.raises(IntegrityError):
        book.put("certificate", **book.certified("MM26-0000001-01", 1, state="void"))
    with pytest.raises(IntegrityError):
        book.put("certificate", **book.certified("MM26-0000001-01", 1, void_reason="lost"))
    book.put("certificate", **book.certified("MM26-0000001-01", 1, state="void", void_reason="lost", sha256=None))


def test_who_asks_for_a_recall_does_not_grant_it(book: Any) -> None:
    book.put("recall", **book.recalled())
    with pytest.raises(IntegrityError, match="two_people"):
        book.put("recall_answer", **book.answered(answerer="ann"))
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        book.put("recall_answer", **book.answered(answerer="ann", asker="somebody else"))
    book.put("recall_answer", **book.answered())
    with pytest.raises(IntegrityError), book.engine.begin() as connection:
        connection.execute(text("UPDATE recall SET asker = 'bob'"))


def test_who_asks_for_a_recall_may_withdraw_it_and_it_is_answered_once(book: Any) -> None:
    book.put("recall", **book.recalled())
    book.put("recall_answer", **book.answered(answerer="ann", answer="withdrawn"))
    with pytest.raises(IntegrityError):
        book.put("recall_answer", **book.answered())


def test_a_void_certificate_can_be_replaced_by_one_of_its_kind(book: Any) -> None:
    book.put("decision", **book.decided())
    void = {"state": "void", "void_reason": "lost"}
    book.put("certificate", **book.certified("MM26-0000001-01", 1, kind="temporary", **void))
    book.put("certificate", **book.certified("MM26-0000002-02", 2, kind="temporary"))
    with pytest.raises(IntegrityError):
        book.put("certificate", **book.certified("MM26-0000003-03", 3, kind="temporary"))


def test_many_certificates_are_made_void_at_once_or_none_is(book: Any) -> None:
    book.put("decision", **book.decided())
    book.put("certificate", **book.certified("MM26-0000001-01", 1, kind="temporary"))
    book.put("certificate", **book.certified("MM26-0000002-02", 2))
    ends = [Void(serial, "lost", "lost") for serial in ("MM26-0000001-01", "MM26-0000002-02")]
    with pytest.raises(RuntimeError, match="1 certificates"), writing(book.engine, "me", "R1") as pen:
        void(pen, [*ends, Void("MM26-0000003-03", "lost", "lost")])
    with writing(book.engine, "me", "R1") as pen:
        void(pen, ends)
    with reading(book.engine) as connection:
        assert set(connection.execute(text("SELECT state FROM certificate")).scalars()) == {"void"}


def test_one_message_per_cause_and_template(book: Any) -> None:
    book.put("message", message_id="1", **book.message())
    with pytest.raises(IntegrityError):
        book.put("message", message_id="2", **book.message())


def test_one_disposition_per_row_and_no_other_word_for_it(book: Any) -> None:
    with pytest.raises(IntegrityError):
        book.put("received_row", **book.row(1))
    with pytest.raises(IntegrityError):
        book.put("received_row", **{**book.row(2), "disposition": "ignored"})


def test_a_change_that_records_nothing_is_undone(engine: Engine) -> None:
    with pytest.raises(AssertionError), writing(engine, "me", "-") as pen:
        pen.connection.execute(insert(schema.counter), [{"name": "x", "next": 1}])
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM counter")).scalar() == 0


def test_a_failed_transaction_leaves_neither_rows_nor_entries(book: Any) -> None:
    with reading(book.engine) as connection:
        before = head(connection)
    with pytest.raises(IntegrityError):
        book.put("received_row", **book.row(1))
    with reading(book.engine) as connection:
        assert head(connection) == before
        assert broken_at(connection) is None


def test_an_edit_behind_our_back_breaks_the_chain_where_it_was_made(book: Any) -> None:
    with book.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER journal_refuses_update"))
        connection.execute(text("UPDATE journal SET actor = 'x' WHERE seq = 2"))
    with reading(book.engine) as connection:
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


def test_exceptions_of_the_database_never_print_what_was_to_be_stored(book: Any) -> None:
    with pytest.raises(IntegrityError) as refusal:
        book.put("received_row", **{**book.row(1), "raw": "Maria Santos"})
    assert "Maria" not in str(refusal.value)
