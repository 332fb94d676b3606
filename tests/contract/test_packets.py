"""Every decision of a night proves itself: from its packet alone, and under every change of a single fact."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest

from registry.decision import Outcome, decide, outcome_of
from registry.packet import facts_of, re_evaluate
from registry.readers import facts_behind
from registry.reasons import Reason
from registry.rulebook import RULES
from tasks.law import load_policy
from tasks.settings import POLICY, PROJECT

FACTS_OF = {rule.id: set(facts_behind(rule)) for rule in RULES}
DAYS_OF_THE_LAW = {"submitted_on", "certified_on"}


@pytest.fixture(scope="session")
def big_night(new_home: Callable[..., Any]) -> Any:
    """A home after a night of 2,000 submissions whose uploads can all be read."""
    home = new_home(2_000, seed=11, uploads="text")
    done = home.night()
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(params=["night", pytest.param("big_night", marks=pytest.mark.slow)])
def some_night(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def decided(home: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(outcome, reason codes, packet) of every decision in the ledger."""
    with sqlite3.connect(f"file:{home.path / 'ledger' / 'nutmeg.db'}?mode=ro", uri=True) as ledger:
        for outcome, codes, packet in ledger.execute("SELECT outcome, reason_codes, packet FROM decision"):
            yield outcome, codes, json.loads(packet)


def test_every_packet_has_the_form_of_its_schema(some_night: Any) -> None:
    schema = jsonschema.Draft202012Validator(json.loads((PROJECT / "docs/decision-packet.schema.json").read_text()))
    assert all(schema.is_valid(packet) for _, _, packet in decided(some_night))


def test_every_decision_follows_from_its_packet_with_nothing_else_in_hand(some_night: Any) -> None:
    count = 0
    for outcome, codes, packet in decided(some_night):
        again = re_evaluate(packet)
        assert (again.outcome, ";".join(again.reason_codes)) == (outcome, codes)
        told = [(each["rule"], each["verdict"], each.get("detail", "")) for each in packet["findings"]]
        assert [(each.rule, each.verdict, each.detail) for each in again.findings] == told
        count += 1
    assert count > 480


def test_one_other_fact_changes_what_its_rules_say_and_nothing_else(some_night: Any) -> None:
    """Each fact of each case is exchanged for a value that the fact has in another case of the night."""
    packets = [packet for _, _, packet in decided(some_night)]
    seen: dict[str, list[Any]] = {}
    for packet in packets:
        for fact, value in packet["facts"].items():
            if value not in seen.setdefault(fact, []):
                seen[fact].append(value)
    changed = 0
    for number, packet in enumerate(packets):
        for fact, values in seen.items():
            value = values[number % len(values)]
            if value == packet["facts"][fact] or fact in DAYS_OF_THE_LAW:
                continue
            again = re_evaluate({**packet, "facts": {**packet["facts"], fact: value}})
            for before, after in zip(packet["findings"], again.findings, strict=True):
                if fact not in FACTS_OF[after.rule]:
                    assert (before["verdict"], before.get("detail", "")) == (after.verdict, after.detail)
            assert again.outcome is outcome_of(each.reason for each in again.against)
            changed += again.outcome != packet["outcome"]
    assert changed > len(packets)


def test_the_smallest_change_of_every_case_opens_the_automatic_lane(some_night: Any) -> None:
    policy = load_policy(POLICY)
    for outcome, _, packet in decided(some_night):
        nearest = packet["nearest_automatic"]
        changes = {each["fact"]: each["would_be"] for each in nearest["changes"]}
        if outcome == "auto_approved":
            assert not changes
        elif changes:
            facts = facts_of({**packet, "facts": {**packet["facts"], **changes}})
            assert decide(facts, policy).outcome is Outcome.AUTO_APPROVED
        else:
            assert set(nearest["reserved_by"]) <= {each["rule"] for each in packet["findings"]}
            assert nearest["reserved_by"]


def test_the_book_that_every_packet_names_is_kept(some_night: Any) -> None:
    with sqlite3.connect(f"file:{some_night.path / 'ledger' / 'nutmeg.db'}?mode=ro", uri=True) as ledger:
        kept = dict(ledger.execute("SELECT sha256, text FROM book"))
    assert {packet["book"] for _, _, packet in decided(some_night)} == kept.keys()
    assert all(hashlib.sha256(text.encode()).hexdigest() == sha256 for sha256, text in kept.items())


def test_no_packet_of_a_machine_holds_an_outcome_that_only_a_person_can_give(some_night: Any) -> None:
    assert {outcome for outcome, _, _ in decided(some_night)} <= {each.value for each in Outcome}


@pytest.mark.slow
def test_a_big_night_agrees_with_the_answers_in_every_outcome_and_code(big_night: Any) -> None:
    import csv

    with (big_night.sample / "answers.csv").open(encoding="utf-8", newline="") as stream:
        accepted = [row for row in csv.DictReader(stream) if row["disposition"] == "accepted"]
    found = {(row["submission_id"], row["revision"]): row for row in big_night.table("decisions.csv")}
    assert len(found) == len(accepted) > 1_900
    for answer in accepted:
        row = found[answer["submission_id"], answer["revision"]]
        assert (row["outcome"], row["reason_codes"]) == (answer["outcome"], answer["reason_codes"])
    given = {code for answer in accepted for code in answer["reason_codes"].split(";") if code}
    assert len(given) > len(Reason) * 0.8
