"""Decide a chunk of submissions: gather what is known, establish the facts, ask every rule, store the packets."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from registry.codec import unpack
from registry.decision import Decision, Outcome, decide
from registry.establishing import establish
from registry.facts import Application, Surroundings
from registry.packet import packet_text
from registry.terms import is_drawn
from tasks.desk import Desk
from tasks.documents import READER
from tasks.ledger.cases import neighbourhood
from tasks.ledger.decisions import FIRST, applications_of, decision_id, keep_book, save_decisions
from tasks.ledger.engine import reading
from tasks.ledger.writing import writing

MACHINE = "nutmeg"


class Judged(NamedTuple):
    """One submission revision with its decision."""

    application: Application
    around: Surroundings
    decision: Decision


def judge(desk: Desk, keys: Sequence[tuple[str, int]], occasion: str = FIRST) -> dict[str, int]:
    """Decide these submission revisions and store the decisions; how many got each outcome."""
    return _store(desk, _judged(desk, keys), occasion)


def judge_again(desk: Desk, keys: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Decide held submissions anew; only where the outcome is not `held` any more is there a new decision."""
    moved = [each for each in _judged(desk, keys) if each.decision.outcome is not Outcome.HELD]
    return _store(desk, moved, desk.run.as_of.isoformat())


def _judged(desk: Desk, keys: Sequence[tuple[str, int]]) -> list[Judged]:
    with reading(desk.engine) as connection:
        stored = applications_of(connection, keys)
        applications = [unpack(Application, json.loads(stored[key])) for key in keys]
        reference = desk.reference
        around = neighbourhood(
            connection, applications, reference.certifiers, reference.conditions, READER, desk.run.run_id
        )
    return [_judge(desk, application, around.around(application)) for application in applications]


def _judge(desk: Desk, application: Application, around: Surroundings) -> Judged:
    return Judged(application, around, decide(establish(application, around), desk.policy))


def _store(desk: Desk, judged: Sequence[Judged], occasion: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in judged:
        counts[each.decision.outcome] = counts.get(each.decision.outcome, 0) + 1
    if judged:
        with writing(desk.engine, MACHINE, desk.run.run_id) as pen:
            keep_book(pen, desk.policy)
            save_decisions(pen, [_row(desk, each, occasion, pen.at) for each in judged])
    return counts


def _row(desk: Desk, judged: Judged, occasion: str, at: str) -> dict[str, Any]:
    application, decision = judged.application, judged.decision
    submission_id, revision = application.submission_id, application.revision
    return {
        "decision_id": decision_id(submission_id, revision, decision.policy_fingerprint, occasion),
        "submission_id": submission_id,
        "revision": revision,
        "rule_set": decision.policy_fingerprint,
        "occasion": occasion,
        "outcome": decision.outcome.value,
        "reason_codes": ";".join(decision.reason_codes),
        "packet": packet_text(decision, desk.policy, _about(desk, judged)),
        "second_look": _second_look(desk, judged),
        "actor_kind": "machine",
        "actor": MACHINE,
        "decided_at": at,
        "run_id": desk.run.run_id,
    }


def _about(desk: Desk, judged: Judged) -> dict[str, Any]:
    """Of what and when: the submission, the day, and which uploads were read by which reader."""
    application, documents = judged.application, judged.around.documents
    return {
        "submission_id": application.submission_id,
        "revision": application.revision,
        "as_of": desk.run.as_of,
        "uploads": [
            {"role": ref.role, "sha256": ref.sha256, "reader": documents[ref.sha256].reader}
            for ref in application.documents
            if ref.sha256 in documents
        ],
    }


def _second_look(desk: Desk, judged: Judged) -> bool:
    """Whether a person also looks at this approval: where its photo is doubtful, and at a share of the others.

    Nobody outside can foresee the share, and it is the same in every rerun.
    """
    if judged.decision.outcome is not Outcome.AUTO_APPROVED:
        return False
    if judged.decision.conclusions["photo_doubts"]:
        return True
    application = judged.application
    name = f"second look:{application.submission_id}.{application.revision}"
    drawn = hmac.new(desk.key, name.encode(), hashlib.sha256).digest()
    percent = desk.policy.on(judged.decision.facts.submitted_on).number("second_look_percent")
    return is_drawn(int.from_bytes(drawn[:8]), percent)
