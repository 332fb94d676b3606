"""The books of a night, and what does not balance in them."""

from typing import Any

from tasks.ledger.accounts import imbalances
from tasks.ledger.engine import reading


def told(book: Any) -> dict[str, str]:
    with reading(book.engine) as connection:
        return {found["which"]: found["why"] for found in imbalances(connection, "R1")}


def test_a_submission_without_an_outcome_is_told(book: Any) -> None:
    assert "without an outcome" in told(book)["S-0001"]


def test_an_approval_with_its_certificate_and_its_message_balances(book: Any) -> None:
    book.put("decision", **book.decided())
    book.put("certificate", **book.certified("MM26-0000001-01", 1, kind="temporary"))
    book.put("message", message_id="1", **book.message())
    assert told(book) == {}


def test_an_approval_without_a_certificate_is_told(book: Any) -> None:
    book.put("decision", **book.decided())
    assert "without a certificate" in told(book)["S-0001"]


def test_a_certificate_that_could_not_be_drawn_is_told_every_night(book: Any) -> None:
    book.put("decision", **book.decided())
    book.put("certificate", **book.certified("MM26-0000001-01", 1, kind="temporary", state="reserved", sha256=None))
    assert "could not be drawn" in told(book)["MM26-0000001-01"]
    with reading(book.engine) as connection:
        assert [found["which"] for found in imbalances(connection, "R2")] == ["MM26-0000001-01"]


def test_a_certificate_without_a_message_is_told(book: Any) -> None:
    book.put("decision", **book.decided())
    book.put("certificate", **book.certified("MM26-0000001-01", 1, kind="temporary"))
    assert "without a message" in told(book)["MM26-0000001-01"]


def test_a_deficiency_without_a_message_is_told(book: Any) -> None:
    book.put("decision", **book.decided(outcome="deficient", reason_codes="ID_MISSING"))
    assert "without a message" in told(book)["S-0001"]


def test_rows_that_do_not_add_up_are_told(book: Any) -> None:
    book.put("decision", **book.decided(outcome="review"))
    book.put(
        "delivery", delivery_id="E", fingerprint="f", folder="E", exported_at="x", rows=3, quality="{}", run_id="R1"
    )
    assert "do not add up" in told(book)["E"]
