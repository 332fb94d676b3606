"""Questions that the night asks of whole tables look things up by an index, or a large registry takes hours."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from tasks.ledger import certificates
from tasks.ledger.engine import Connection, Engine, reading

QUESTIONS: dict[str, Callable[[Connection], Any]] = {
    "approved and without a certificate": lambda connection: certificates.without_certificate(connection, "temporary"),
    "due for the permanent one": lambda connection: certificates.ripe(connection, "2026-12-04"),
    "ended with the new ones": lambda connection: certificates._good(connection, ["MMP-1", "MMP-2"]),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_no_table_is_gone_through_once_for_each_row_of_another(
    engine: Engine, question: Callable[[Connection], Any]
) -> None:
    asked: list[tuple[str, Any]] = []
    with reading(engine) as connection:
        listener = lambda _c, _k, statement, values, *_: asked.append((statement, values))  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        question(connection)
        event.remove(engine, "before_cursor_execute", listener)
        selects = [each for each in asked if each[0].lstrip().startswith("SELECT")]
        assert selects
        for statement, values in selects:
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            scans = [step for step in plan if re.match(r"SCAN \w", step)]
            assert len(scans) <= 1, f"only the outermost table may be gone through as a whole: {plan}"
