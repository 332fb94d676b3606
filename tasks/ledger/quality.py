"""The quality of deliveries as remembered: counts by rule, night by night."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from tasks.ledger.schema import delivery, received_row


@dataclass(frozen=True, slots=True)
class NightQuality:
    """One delivery that a run took in."""

    delivery_id: str
    rows: int
    quarantined: int
    quality: dict[str, Any]


def quality_of(connection: Connection, run_id: str) -> list[NightQuality]:
    """The deliveries that this run took in, by id."""
    bad = (
        select(received_row.c.delivery_id, func.count().label("rows"))
        .where(received_row.c.disposition == "quarantined")
        .group_by(received_row.c.delivery_id)
        .subquery()
    )
    query = (
        select(delivery.c.delivery_id, delivery.c.rows, func.coalesce(bad.c.rows, 0), delivery.c.quality)
        .outerjoin(bad, bad.c.delivery_id == delivery.c.delivery_id)
        .where(delivery.c.run_id == run_id)
        .order_by(delivery.c.delivery_id)
    )
    return [NightQuality(row[0], row[1], row[2], json.loads(row[3])) for row in connection.execute(query)]


def quality_before(connection: Connection, run_id: str, nights: int) -> list[list[dict[str, Any]]]:
    """What the last runs before this one that took something in remembered, oldest first."""
    earlier = select(delivery.c.run_id).where(delivery.c.run_id < run_id).distinct()
    newest = earlier.order_by(delivery.c.run_id.desc()).limit(nights).subquery()
    query = select(delivery.c.run_id, delivery.c.quality).where(delivery.c.run_id.in_(select(newest.c.run_id)))
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for of_run, stored in connection.execute(query.order_by(delivery.c.run_id, delivery.c.delivery_id)):
        found[of_run].append(json.loads(stored))
    return list(found.values())
