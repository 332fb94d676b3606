"""Measure the law: decisions a second on one core, and packets a second into a ledger: `python tests/bench/law.py`.

The cases are drawn from a seed: ordinary renewals with a few facts exchanged, on forty days of the year. What was read
on documents is given; only rules, packets and the ledger are measured, in CPU time.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from registry.case import Action, CaseFacts, Likeness, UploadState, fact_types
from registry.codec import unpack
from registry.decision import Decision, decide
from registry.law import Policy
from registry.packet import packet_text
from registry.paper_words import Answer
from tasks.law import load_policy
from tasks.ledger import schema
from tasks.ledger.decisions import save_decisions
from tasks.ledger.engine import Engine, open_ledger
from tasks.ledger.writing import writing
from tasks.settings import POLICY

CHUNK = 250
BEGINS = date(2026, 9, 1)
EXCHANGED: dict[str, list[Any]] = {
    "kind": ["renewal", "renewal", "initial", "replacement"],
    "role": ["patient", "patient", "patient", "caregiver"],
    "identity_name": list(Answer),
    "identity_birth_date": list(Answer),
    "identity_state": list(UploadState),
    "residency_address": list(Answer),
    "residency_name": list(Answer),
    "residency_state": list(UploadState),
    "register_name": list(Likeness),
    "certification_source": ["certifier", "pharmacist"],
    "license_type": ["physician", "aprn", "pa", "pharmacist"],
    "license_status": ["active", "lapsed"],
    "hold_is_set": [False, True],
    "attestations": [(True,) * 6, (True, False, True, True, True, True)],
    "same_person": [(), ("MMP-000000002",)],
    "actions": [(), (Action("revoked", date(2026, 8, 1)),)],
    "caregiver_required": [False, True],
}


def ordinary(day: date) -> CaseFacts:
    """A renewal in which nothing is wrong."""
    plain: dict[str, Any] = {name: _empty(kind) for name, kind in fact_types().items()}
    near, far = day.isoformat(), (day + timedelta(days=300)).isoformat()
    plain |= {"submitted_on": near, "kind": "renewal", "role": "patient", "date_of_birth": "1980-01-02"}
    plain |= {
        "address_state": "CT",
        "attestations": [True] * 6,
        "payment_status": "paid",
        "registration_role": "patient",
    }
    plain |= {"registration_status": "active", "registration_expires_on": (day + timedelta(days=9)).isoformat()}
    plain |= {"register_name": "same", "register_birth_date_agrees": True, "register_address_agrees": True}
    plain |= {"identity_state": "text", "identity_type": "passport", "identity_expires_on": far}
    plain |= dict.fromkeys(("identity_name", "identity_birth_date", "residency_name", "residency_address"), "agrees")
    plain |= {"residency_state": "text", "residency_type": "utility_bill", "residency_dated_on": near}
    plain |= {"identity_kind_seen": "passport", "residency_kind_seen": "utility_bill", "residency_date_percent": 100}
    plain |= {"certification_is_filled_in": True, "certified_on": near, "certification_expires_on": far}
    plain |= {"certification_source": "certifier", "certifier_is_known": True, "license_periods_on_signing": 1}
    plain |= {"license_type": "physician", "license_status": "active", "photo_state": "missing"}
    plain |= dict.fromkeys(("controlled_substance_registration_ends_on", "dea_registration_ends_on"), far)
    return unpack(CaseFacts, plain | {"conditions_named": ["PTSD"], "conditions_for_adults": ["PTSD"]})


def _empty(kind: Any) -> Any:
    return {bool: False, int: 0, str: ""}.get(kind, [] if "tuple" in str(kind) else None)


def cases(count: int, seed: int) -> Iterator[CaseFacts]:
    """So many cases, one after another; about a third of them as they should be."""
    rng = random.Random(seed)
    days = [ordinary(BEGINS + timedelta(days=number)) for number in range(40)]
    kinds = {name: unpack_value(name) for name in EXCHANGED}
    for _ in range(count):
        names = rng.sample(sorted(EXCHANGED), rng.choice((0, 0, 1, 1, 2, 3)))
        yield replace(rng.choice(days), **{name: rng.choice(kinds[name]) for name in names})


def unpack_value(name: str) -> list[Any]:
    """The values of one fact, of the fact's own type."""
    kind = fact_types()[name]
    return [kind(value) if type(value) is str and kind is not str else value for value in EXCHANGED[name]]


def measure_rules(policy: Policy, count: int) -> None:
    """Decisions a second; the cases are made outside of the time that counts."""
    spent, outcomes = 0.0, dict[str, int]()
    stream = cases(count, 1)
    while chunk := [facts for facts, _ in zip(stream, range(CHUNK), strict=False)]:
        started = time.process_time()
        decisions = [decide(facts, policy) for facts in chunk]
        named = [decision.outcome for decision in decisions]
        spent += time.process_time() - started
        for outcome in named:
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| decide, {count:,} cases | {count / spent:,.0f} a second and core | {peak:.0f} MB peak |")
    print("  " + ", ".join(f"{number:,} {outcome}" for outcome, number in sorted(outcomes.items())))


def measure_packets(policy: Policy, count: int) -> None:
    """The same with the smallest change, the packet, the row and the journal's entry in a ledger."""
    with tempfile.TemporaryDirectory(prefix="nutmeg-bench-") as folder:
        path = Path(folder) / "ledger" / "nutmeg.db"
        engine = open_ledger(f"sqlite:///{path}")
        _open_books(engine, count)
        spent = 0.0
        stream = enumerate(cases(count, 2))
        while chunk := [each for each, _ in zip(stream, range(CHUNK), strict=False)]:
            started = time.process_time()
            rows = [_row(number, decide(facts, policy), policy) for number, facts in chunk]
            with writing(engine, "nutmeg", "R1") as pen:
                save_decisions(pen, rows)
            spent += time.process_time() - started
        engine.dispose()
        size = path.stat().st_size / count / 1024
    print(
        f"| decide, find the smallest change, store packet and entry, {count:,} cases | {count / spent:,.0f} a second |"
    )
    print(f"  {size:.1f} KB of ledger a decision")


def _row(number: int, decision: Decision, policy: Policy) -> dict[str, Any]:
    about = {"submission_id": f"S-{number}", "revision": 1, "as_of": BEGINS, "uploads": []}
    return {
        "decision_id": f"S-{number}.1:{decision.policy_fingerprint[:12]}:first",
        "submission_id": f"S-{number}",
        "revision": 1,
        "rule_set": decision.policy_fingerprint,
        "occasion": "first",
        "outcome": decision.outcome.value,
        "reason_codes": ";".join(decision.reason_codes),
        "packet": packet_text(decision, policy, about),
        "second_look": False,
        "actor_kind": "machine",
        "actor": "nutmeg",
        "decided_at": "2026-11-22T00:00:00.000Z",
        "run_id": "R1",
    }


def _open_books(engine: Engine, count: int) -> None:
    """A run, a delivery and submissions for the decisions to stand on."""
    run = {column.name: "" for column in schema.run.c} | {"run_id": "R1", "state": "running"}
    delivery = {column.name: "" for column in schema.delivery.c} | {"delivery_id": "D", "rows": count, "run_id": "R1"}
    with writing(engine, "bench", "R1") as pen:
        pen.record("bench.opened", "R1")
        pen.connection.execute(insert(schema.run), [run])
        pen.connection.execute(insert(schema.delivery), [delivery])
        for table, fixed in (
            (schema.received_row, {"disposition": "accepted"}),
            (schema.submission, {"current": True}),
        ):
            blank = {column.name: "" for column in table.c} | {"delivery_id": "D", "revision": 1} | fixed
            rows = [blank | {"row": number, "submission_id": f"S-{number}"} for number in range(count)]
            pen.connection.execute(insert(table), rows)


def main() -> None:
    """Print both measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--packets", type=int, default=20_000)
    arguments = parser.parse_args()
    policy = load_policy(POLICY)
    measure_rules(policy, arguments.cases)
    measure_packets(policy, arguments.packets)


if __name__ == "__main__":
    main()
