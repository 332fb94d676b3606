"""Write the night's pages and tables from the ledger, then close the run."""

import json
from typing import Any

from registry.recall import Phase
from tasks import clock
from tasks.desk import Desk
from tasks.evidence.shelf import Shelf
from tasks.files import private_folder, write_whole
from tasks.ledger import accounts
from tasks.ledger.engine import reading
from tasks.ledger.recalls import all_recalls
from tasks.ledger.runs import finish_run
from tasks.ledger.writing import iso
from tasks.notices import load_reasons
from tasks.quality import write_quality
from tasks.queue_workbook import write_queue
from tasks.summary import summary_html, write_csv

_DISPOSITIONS = ("delivery_id", "row", "submission_id", "revision", "disposition", "reason_codes")
_DECISIONS = ("submission_id", "revision", "outcome", "reason_codes", "rule_set")


def publish(desk: Desk, stages: list[dict[str, Any]], rechecked: dict[str, Any]) -> dict[str, Any]:
    """Everything under outputs/runs/<run_id>, the summary last; returns the summary and closes the run."""
    folder = private_folder(desk.run_folder)
    with reading(desk.engine) as connection:
        run_id = desk.run.run_id
        write_csv(folder / "dispositions.csv", _DISPOSITIONS, accounts.disposition_rows(connection, run_id))
        write_csv(folder / "decisions.csv", _DECISIONS, accounts.decision_rows(connection, run_id))
        write_quality(desk, connection, folder)
        shelf = Shelf(desk.settings.evidence, desk.settings.workers)
        write_queue(connection, folder / "review.xlsx", desk.run.as_of, run_id, desk.key, desk.policy, shelf)
        summary = summarise(desk, connection, stages) | {"rechecked": rechecked}
    write_whole(folder / "summary.html", summary_html(summary, load_reasons()).encode())
    write_whole(folder / "summary.json", json.dumps(summary, indent=2, ensure_ascii=False).encode() + b"\n")
    finish_run(desk.engine, desk.run, summary)
    announce(summary)
    return summary


def summarise(desk: Desk, connection: Any, stages: list[dict[str, Any]]) -> dict[str, Any]:
    """The night in numbers."""
    run = desk.run
    unbalanced = accounts.imbalances(connection, run.run_id)
    return {
        "run_id": run.run_id,
        "as_of": run.as_of.isoformat(),
        "started_at": run.started_at,
        "finished_at": iso(clock.now()),
        "actor": run.actor,
        "code_version": run.code_version,
        "policy_fingerprint": run.policy_fingerprint,
        "deliveries": accounts.deliveries_of(connection, run.run_id),
        "rows": accounts.rows_by_disposition(connection, run.run_id),
        "decisions": accounts.decisions_by_outcome(connection, run.run_id),
        "reasons": accounts.reasons_of_run(connection, run.run_id),
        "certificates": accounts.certificates_of(connection, run.run_id),
        "messages": accounts.messages_of_run(connection, run.run_id),
        "balanced": not unbalanced,
        "unbalanced": unbalanced,
        "attention": attention(desk, connection),
        "doubts": list(desk.reference.doubts),
        "stages": stages,
    }


def attention(desk: Desk, connection: Any) -> list[str]:
    """What a person must know though the books balance."""
    run = desk.run
    told = []
    if accounts.deliveries_of(connection, run.run_id) and not accounts.anything_taken_in(
        connection, run.as_of.isoformat()
    ):
        told.append("Nothing new came for this day. Ask the portal whether the export ran; no news is not good news.")
    told += [
        f"Recall {each.recall_id} was granted and cut short. Start nutmeg recall --grant {each.recall_id} again."
        for each in all_recalls(connection)
        if each.phase(run.as_of) is Phase.UNDER_WAY
    ]
    unsent = accounts.unsent(connection)
    if unsent["queued"]:
        told.append(
            f"{unsent['queued']} message(s) still wait in the outbox. Look at the disk, then run nutmeg mail send."
        )
    if unsent["failed"]:
        told.append(f"{unsent['failed']} message(s) of any night could not be built. See nutmeg mail status for which.")
    return told


def announce(summary: dict[str, Any]) -> None:
    """The night's counts on Prefect's page, when Prefect is watching; counts and codes only."""
    from tasks.steps import in_flow_run

    if not in_flow_run():
        return
    from prefect.artifacts import create_markdown_artifact

    lines = [f"# Night of {summary['as_of']}", "", f"Balanced: **{'yes' if summary['balanced'] else 'no'}**", ""]
    for part in ("rows", "decisions", "certificates", "messages", "reasons"):
        lines += [f"| {part} | |", "| --- | ---: |", *(f"| {k} | {v:,} |" for k, v in summary[part].items()), ""]
    create_markdown_artifact("\n".join(lines), key="night", description="The night in numbers")
