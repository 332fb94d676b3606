"""A ledger to be filled by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from tasks.ledger import schema
from tasks.ledger.engine import Engine, open_ledger
from tasks.ledger.writing import writing

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


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_ledger(f"sqlite:///{tmp_path / 'ledger' / 'nutmeg.db'}")
    yield opened
    opened.dispose()


class Book:
    """A ledger, and rows for it that fit unless told otherwise."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def put(self, table: str, **values: Any) -> None:
        with writing(self.engine, "me", "R1") as pen:
            pen.connection.execute(insert(schema.metadata.tables[table]), [values])
            pen.record("test.put", table)

    @staticmethod
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

    @staticmethod
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

    @staticmethod
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

    @staticmethod
    def message(**changes: Any) -> dict[str, Any]:
        return {
            "cause": "certificate:MM26-0000001-01",
            "template": "certificate_temporary",
            "to_address": "a@example.org",
            "context": "{}",
            "attachments": "",
            "state": "queued",
            "created_at": "x",
            "run_id": "R1",
            **changes,
        }

    @staticmethod
    def recalled(**changes: Any) -> dict[str, Any]:
        return {
            "recall_id": "RC-00001",
            "basis": "run",
            "subject": "R1",
            "first_on": "",
            "last_on": "",
            "reason": "r",
            "certificates": 1,
            "serials_sha256": "d",
            "asked_by": "Ann",
            "asker": "ann",
            "asked_on": "2026-11-22",
            "asked_at": "x",
            "lapses_on": "2026-12-06",
            **changes,
        }

    @staticmethod
    def answered(**changes: Any) -> dict[str, Any]:
        return {
            "recall_id": "RC-00001",
            "asker": "ann",
            "answer": "granted",
            "answered_by": "Bob",
            "answerer": "bob",
            "answered_at": "x",
            "cure_by": "2026-12-22",
            **changes,
        }


@pytest.fixture
def book(engine: Engine) -> Book:
    """A ledger that holds one run, one delivery, one row and one submission."""
    book = Book(engine)
    book.put("run", **RUN)
    book.put(
        "delivery",
        delivery_id="D",
        fingerprint="f",
        folder="D",
        exported_at="x",
        rows=1,
        quality="{}",
        run_id="R1",
    )
    book.put("received_row", **book.row(1))
    book.put(
        "submission",
        submission_id="S-0001",
        revision=1,
        delivery_id="D",
        row=1,
        kind="renewal",
        role="patient",
        submitted_on="2026-11-20",
        person_key="p",
        date_of_birth="1980-01-02",
        registration_number="N1",
        related_submission_id="",
        related_registration_number="",
        content_sha256="c",
        current=True,
        application="{}",
    )
    return book
