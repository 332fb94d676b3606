"""The data quality of a night for people: Great Expectations' pages of each delivery, and one page over all of them."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from expectations.data_docs import write_delivery_docs, write_docs_index
from expectations.judging import CheckResult, Verdict
from expectations.page import DeliveryQuality, QualityReport, Totals, quality_page, totals
from expectations.rules import Route
from tasks.desk import Desk
from tasks.files import write_whole
from tasks.ledger.accounts import deliveries_of
from tasks.ledger.engine import Connection
from tasks.ledger.quality import NightQuality, quality_before, quality_of

DOCS = "data-docs"
_NIGHTS = 14


def keep_results(desk: Desk, delivery_id: str, *verdicts: Verdict) -> None:
    """Write Great Expectations' pages of a delivery; they hold counts, and no values."""
    results = [result for verdict in verdicts for result in verdict.results]
    started_at = datetime.fromisoformat(desk.run.started_at)
    write_delivery_docs(delivery_id, results, desk.run_folder / DOCS, desk.run.run_id, started_at)


def write_quality(desk: Desk, connection: Connection, folder: Path) -> None:
    """Write quality.html and the index of the pages."""
    tonight = quality_of(connection, desk.run.run_id)
    checks = [check for night in tonight for check in _checks(night.quality)]
    report = QualityReport(
        run_id=desk.run.run_id,
        as_of=desk.run.as_of,
        deliveries=[*map(_delivery, tonight), *_not_taken_in(connection, desk.run.run_id)],
        checks=checks,
        repairs=sum((Counter(night.quality["repairs"]) for night in tonight), Counter()),
        damaged=Counter(code for night in tonight for code in night.quality["damaged"]),
        drift=[sentence for night in tonight for sentence in _drift(night)],
        earlier=[_totals(night) for night in quality_before(connection, desk.run.run_id, _NIGHTS)],
    )
    write_whole(folder / "quality.html", quality_page(report).encode())
    write_docs_index(folder / DOCS, desk.run.run_id)


def _checks(quality: dict[str, Any]) -> Iterator[CheckResult]:
    return (CheckResult(**{**check, "route": Route(check["route"])}) for check in quality["checks"])


def _totals(night: list[dict[str, Any]]) -> Totals:
    return totals(check for quality in night for check in _checks(quality))


def _delivery(night: NightQuality) -> DeliveryQuality:
    return DeliveryQuality(night.delivery_id, night.rows, len(night.quality["damaged"]), night.quarantined)


def _not_taken_in(connection: Connection, run_id: str) -> Iterator[DeliveryQuality]:
    for found in deliveries_of(connection, run_id):
        if found["state"] != "taken_in":
            yield DeliveryQuality(found["delivery_id"], found["rows"], 0, 0, found["reason"])


def _drift(night: NightQuality) -> Iterator[str]:
    quality = night.quality
    if quality["unknown_headers"]:
        yield f"{night.delivery_id}: columns that are not in the contract: {', '.join(quality['unknown_headers'])}."
    for header, column in quality["aliases"]:
        yield f"{night.delivery_id}: column {header} was taken for {column}."
    if quality["encoding"] == "cp1252":
        yield f"{night.delivery_id}: the table is Windows-1252, not UTF-8."
    if quality["unlisted"]:
        yield f"{night.delivery_id}: {quality['unlisted']} file(s) that the manifest does not list were left alone."
    if quality["unnamed"]:
        yield f"{night.delivery_id}: {quality['unnamed']} upload(s) that no row names."
