"""The auditors' workbook of a period, from one consistent view of the ledger."""

import importlib.metadata
from datetime import date
from pathlib import Path

from tasks import clock
from tasks.desk import ledger
from tasks.errors import WrongUseError
from tasks.files import private_scratch
from tasks.ledger import audit_lines
from tasks.ledger.engine import reading
from tasks.ledger.writing import head
from tasks.settings import Settings
from tasks.workbooks.audit import AuditTables, write_audit


def write_period(settings: Settings, first: date, last: date) -> Path:
    """Write outputs/audit/<from>_<to>.xlsx of the nights run for these days, both included.

    Raises:
        WrongUseError: the period ends before it begins.
    """
    if last < first:
        raise WrongUseError(f"The period ends on {last}, before it begins on {first}. Swap the two days.")
    private_scratch(settings.scratch)
    path = settings.outputs / "audit" / f"{first}_{last}.xlsx"
    period = (first.isoformat(), last.isoformat())
    with reading(ledger(settings.database_url)) as connection:
        seq, newest = head(connection)
        tables = AuditTables(
            made_at=clock.now(),
            code_version=importlib.metadata.version("nutmeg"),
            policy_fingerprints=audit_lines.rule_sets(connection, period),
            journal_seq=seq,
            journal_hash=newest,
            decisions=audit_lines.decision_lines(connection, period),
            reasons=audit_lines.reason_lines(connection, period),
            certificates=audit_lines.certificate_lines(connection, period),
            messages=audit_lines.message_lines(connection, period),
            runs=audit_lines.run_lines(connection, period),
            ledger_counts=audit_lines.counts(connection, period),
        )
        write_audit(path, (first, last), tables)
    return path
