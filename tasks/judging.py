"""Decide a chunk of submissions: gather what is known, ask every rule, store the packets."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from registry.codec import pack, unpack
from registry.decision import Decision, Outcome, decide
from registry.facts import Application
from registry.journal import canonical
from registry.law import PolicyGapError
from registry.matter import Matter
from registry.rulebook import RULES
from tasks.desk import Desk
from tasks.documents import READER
from tasks.errors import PolicyError
from tasks.ledger.cases import neighbourhood
from tasks.ledger.decisions import FIRST, applications_of, decision_id, save_decisions
from tasks.ledger.engine import reading
from tasks.ledger.writing import writing

PACKET_SCHEMA = "nutmeg-decision/1"
MACHINE = "nutmeg"


def judge(desk: Desk, keys: Sequence[tuple[str, int]], occasion: str = FIRST) -> dict[str, int]:
    """Decide these submission revisions and store the decisions; how many got each outcome."""
    matters = _matters(desk, keys)
    return _store(desk, _decided(matters), occasion)


def judge_again(desk: Desk, keys: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Decide held submissions anew; only where the outcome is not `held` any more is there a new decision."""
    judged = _decided(_matters(desk, keys))
    moved = [(matter, decision) for matter, decision in judged if decision.outcome is not Outcome.HELD]
    return _store(desk, moved, desk.run.as_of.isoformat())


def _decided(matters: Sequence[Matter]) -> list[tuple[Matter, Decision]]:
    try:
        return [(matter, decide(matter, RULES)) for matter in matters]
    except PolicyGapError as gap:
        raise PolicyError(str(gap)) from None


def _matters(desk: Desk, keys: Sequence[tuple[str, int]]) -> list[Matter]:
    with reading(desk.engine) as connection:
        stored = applications_of(connection, keys)
        applications = [unpack(Application, json.loads(stored[key])) for key in keys]
        reference = desk.reference
        around = neighbourhood(
            connection, applications, reference.certifiers, reference.conditions, READER, desk.run.run_id
        )
    return [Matter(application, around.around(application), desk.policy) for application in applications]


def _store(desk: Desk, judged: Sequence[tuple[Matter, Decision]], occasion: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for _, decision in judged:
        counts[decision.outcome] = counts.get(decision.outcome, 0) + 1
    if judged:
        with writing(desk.engine, MACHINE, desk.run.run_id) as pen:
            save_decisions(pen, [_row(desk, matter, decision, occasion, pen.at) for matter, decision in judged])
    return counts


def _row(desk: Desk, matter: Matter, decision: Decision, occasion: str, at: str) -> dict[str, Any]:
    return {
        "decision_id": decision_id(decision.submission_id, decision.revision, decision.policy_fingerprint, occasion),
        "submission_id": decision.submission_id,
        "revision": decision.revision,
        "rule_set": decision.policy_fingerprint,
        "occasion": occasion,
        "outcome": decision.outcome.value,
        "reason_codes": ";".join(decision.reason_codes),
        "packet": canonical(packet(matter, decision, desk.run.as_of.isoformat())),
        "second_look": _second_look(desk, matter, decision),
        "actor_kind": "machine",
        "actor": MACHINE,
        "decided_at": at,
        "run_id": desk.run.run_id,
    }


def packet(matter: Matter, decision: Decision, as_of: str) -> dict[str, Any]:
    """What the decision rests on, as plain JSON: application, how its uploads read, provisions, findings."""
    read_keys = sorted({key for rule in RULES for key in rule.provisions})
    return {
        "schema": PACKET_SCHEMA,
        "as_of": as_of,
        "policy_fingerprint": decision.policy_fingerprint,
        "application": pack(matter.application),
        "uploads": [
            {"role": ref.role, "sha256": ref.sha256, "state": facts.state.value, "reader": facts.reader}
            for ref in matter.application.documents
            if (facts := matter.read(ref)) is not None
        ],
        "provisions": {key: pack(matter.policy.provisions[key].on(matter.submitted_on)) for key in read_keys},
        "outcome": decision.outcome.value,
        "findings": pack(decision.findings),
    }


def _second_look(desk: Desk, matter: Matter, decision: Decision) -> bool:
    """Whether a person also looks at this approval: a share nobody outside can foresee, the same in every rerun."""
    if decision.outcome is not Outcome.AUTO_APPROVED:
        return False
    drawn = hmac.new(desk.key, f"second look:{decision.submission_id}.{decision.revision}".encode(), hashlib.sha256)
    return int.from_bytes(drawn.digest()[:8]) % 10_000 < matter.law.number("second_look_percent") * 100
