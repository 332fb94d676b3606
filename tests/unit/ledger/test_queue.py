"""What the queue holds and in which order, from the history that the ledger keeps."""

from datetime import date
from typing import Any

import pytest

from registry.clocks import Standing
from tasks.ledger.engine import reading
from tasks.ledger.queue import open_cases, queued_cases
from tasks.waiting import ClockRules, Waiting, counts, queue_order

RULES = ClockRules(service_target_days=30, service_alarm_days=20, cure_days=30)
SUBMITTED = "2026-11-20"
FIRST = "S-0001.1:f:first"


def queue(book: Any, as_of: str) -> list[Waiting]:
    with reading(book.engine) as connection:
        return queue_order(connection, RULES, date.fromisoformat(as_of))


def status(book: Any, as_of: str) -> list[int]:
    with reading(book.engine) as connection:
        return list(counts(connection, RULES, date.fromisoformat(as_of)).values())


def told(book: Any, decision_id: str = FIRST, kind: str = "decision", **changes: Any) -> None:
    """A letter that tells the applicant what is missing, sent by the run of 22 November unless told otherwise."""
    template = "deficiency" if kind == "decision" else "question"
    letter = book.message(cause=f"{kind}:{decision_id}", template=template, state="sent", **changes)
    book.put("message", message_id=f"{kind}-{decision_id}", **letter)


def deficient(book: Any, **changes: Any) -> None:
    book.put("decision", **book.decided(outcome="deficient", reason_codes="ID_MISSING", **changes))


def run(book: Any, run_id: str, as_of: str) -> None:
    with reading(book.engine) as connection:
        [first] = connection.exec_driver_sql("SELECT * FROM run WHERE run_id = 'R1'").mappings()
    book.put("run", **{**first, "run_id": run_id, "as_of": as_of})


def submission(book: Any, submission_id: str, number: int, submitted_on: str, revision: int = 1) -> None:
    book.put("received_row", **{**book.row(number), "submission_id": submission_id, "revision": str(revision)})
    with reading(book.engine) as connection:
        [first] = connection.exec_driver_sql("SELECT * FROM submission WHERE row = 1").mappings()
    changed = {"submission_id": submission_id, "row": number, "submitted_on": submitted_on, "revision": revision}
    book.put("submission", **{**first, "current": True, **changed})


def answer(book: Any, submitted_on: str) -> None:
    """A newer revision of the first submission, taken in."""
    from sqlalchemy import update

    from tasks.ledger.schema import submission as table
    from tasks.ledger.writing import writing

    with writing(book.engine, "me", "R1") as pen:
        pen.connection.execute(update(table).where(table.c.submission_id == "S-0001").values(current=False))
        pen.record("test.put", "submission")
    submission(book, "S-0001", 2, submitted_on, revision=2)


def test_a_case_for_a_person_waits_from_the_day_after_its_submission(book: Any) -> None:
    book.put("decision", **book.decided(outcome="review"))
    [case] = queue(book, "2026-11-22")
    assert (case.submission_id, case.decision_id, case.clock) == ("S-0001", FIRST, "due in 28 days")
    assert (case.reading.service_days, case.reading.due_on) == (2, date(2026, 12, 20))


@pytest.mark.parametrize(
    ("as_of", "clock", "found"),
    [
        ("2026-12-09", "due in 11 days", [0, 0, 0]),
        ("2026-12-10", "alarm: 20 days", [1, 0, 0]),
        ("2026-12-20", "alarm: 30 days", [1, 0, 0]),
        ("2026-12-21", "overdue: 31 days", [1, 1, 0]),
    ],
)
def test_a_case_that_waits_too_long_is_pointed_out(book: Any, as_of: str, clock: str, found: list[int]) -> None:
    book.put("decision", **book.decided(outcome="review"))
    assert [case.clock for case in queue(book, as_of)] == [clock]
    assert status(book, as_of) == found


@pytest.mark.parametrize(("as_of", "queued"), [("2026-12-22", 0), ("2026-12-23", 1)])
def test_a_deficient_case_comes_to_a_person_when_the_time_to_answer_is_over(book: Any, as_of: str, queued: int) -> None:
    deficient(book)
    told(book)
    cases = queue(book, as_of)
    assert len(cases) == queued == status(book, as_of)[2]
    for case in cases:
        assert case.reading.standing is Standing.CURE_OVER
        assert case.unanswered == (
            "The applicant was told on 2026-11-22 what is missing and has not answered within 30 days.",
        )
        assert (case.clock, case.reading.service_days, case.reading.due_on) == ("not answered by 2026-12-22", 2, None)


@pytest.mark.parametrize("state", ["queued", "failed"])
def test_a_letter_that_was_not_sent_stops_no_clock_and_no_cure_period_runs(book: Any, state: str) -> None:
    deficient(book)
    told(book)
    with_state(book, state)
    assert queue(book, "2027-02-01") == []
    assert status(book, "2027-02-01") == [1, 1, 0]


def with_state(book: Any, state: str) -> None:
    from sqlalchemy import update

    from tasks.ledger.schema import message
    from tasks.ledger.writing import writing

    with writing(book.engine, "me", "R1") as pen:
        pen.connection.execute(update(message).values(state=state))
        pen.record("test.put", "message")


def test_an_answer_takes_a_deficient_case_out_and_starts_the_clock_again(book: Any) -> None:
    deficient(book)
    told(book)
    answer(book, "2026-12-30")
    assert queue(book, "2026-12-31") == [], "the newer revision is not decided yet"
    decided = book.decided(decision_id="2", revision=2, position=2, outcome="review")
    book.put("decision", **decided)
    [case] = queue(book, "2027-01-01")
    assert (case.decision_id, case.clock, case.reading.service_days) == ("2", "due in 26 days", 4)


def test_a_case_about_which_a_person_asked_stands_last_until_its_time_is_over(book: Any) -> None:
    book.put("decision", **book.decided(outcome="review"))
    told(book, kind="ask")
    submission(book, "S-0002", 2, "2026-11-21")
    book.put("decision", **book.decided(decision_id="2", submission_id="S-0002", position=2, outcome="review"))
    before, after = queue(book, "2026-11-25"), queue(book, "2026-12-23")
    assert [(c.submission_id, c.clock) for c in before] == [
        ("S-0002", "due in 26 days"),
        ("S-0001", "asked, answer by 2026-12-22"),
    ]
    assert [c.submission_id for c in after] == ["S-0002", "S-0001"]
    assert after[1].unanswered


def test_a_deficient_case_that_is_asked_again_stays_with_the_person(book: Any) -> None:
    deficient(book)
    told(book)
    run(book, "R2", "2026-12-24")
    told(book, kind="ask", run_id="R2")
    [case] = queue(book, "2026-12-28")
    assert (case.clock, case.unanswered) == ("asked, answer by 2027-01-23", ())


def test_the_queue_begins_with_what_is_overdue_then_alarm_then_unanswered_then_the_rest(book: Any) -> None:
    deficient(book)
    told(book)
    days = {"S-0002": "2026-12-24", "S-0003": "2026-12-01", "S-0004": "2026-11-01", "S-0005": "2026-10-01"}
    for number, (submission_id, day) in enumerate(days.items(), 2):
        submission(book, submission_id, number, day)
        outcome = "auto_approved" if submission_id == "S-0004" else "review"
        changes = {"decision_id": submission_id, "submission_id": submission_id, "position": number}
        book.put("decision", **book.decided(**changes, outcome=outcome, second_look=outcome == "auto_approved"))
    cases = queue(book, "2026-12-26")
    assert [case.submission_id for case in cases] == ["S-0005", "S-0004", "S-0003", "S-0001", "S-0002"]
    assert [case.clock.split(":")[0] for case in cases] == [
        "overdue",
        "overdue",
        "alarm",
        "not answered by 2026-12-22",
        "due in 28 days",
    ]
    with reading(book.engine) as connection:
        ids = [case.decision_id for case in cases]
        assert [case.decision_id for case in queued_cases(connection, ids)] == ids


def test_what_is_settled_or_waits_for_another_submission_is_not_in_the_queue(book: Any) -> None:
    book.put("decision", **book.decided(outcome="held"))
    assert queue(book, "2026-12-21") == []
    assert status(book, "2026-12-21") == [1, 1, 0], "held too long is pointed out all the same"
    person = {"outcome": "denied", "actor_kind": "person", "occasion": "review"}
    book.put("decision", **book.decided(decision_id="2", position=2, **person))
    assert status(book, "2026-12-21") == [0, 0, 0]
    with reading(book.engine) as connection:
        assert list(open_cases(connection)) == []


def test_the_number_of_queries_does_not_grow_with_the_cases(book: Any) -> None:
    from sqlalchemy import event

    def asked() -> int:
        statements: list[str] = []
        note = lambda *said: statements.append(said[2])  # noqa: E731
        event.listen(book.engine, "before_cursor_execute", note)
        queue(book, "2026-12-26")
        event.remove(book.engine, "before_cursor_execute", note)
        return len(statements)

    book.put("decision", **book.decided(outcome="review"))
    one = asked()
    for number in range(2, 12):
        submission(book, f"S-{number:04}", number, SUBMITTED)
        changes = {"decision_id": str(number), "submission_id": f"S-{number:04}", "position": number}
        book.put("decision", **book.decided(**changes, outcome="review"))
    assert len(queue(book, "2026-12-26")) == 11
    assert asked() == one
