"""A packet proves itself, and says what would have opened the automatic lane."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.book import book_text
from registry.case import CaseFacts, fact_types
from registry.codec import pack, unpack
from registry.decision import Decision, Outcome, decide, outcome_of
from registry.journal import digest
from registry.law import Policy
from registry.nearest import nearest_automatic
from registry.packet import PacketError, packet_text, re_evaluate
from registry.readers import facts_behind
from registry.rule import Verdict
from registry.rulebook import RULES
from tasks.settings import PROJECT

ABOUT: dict[str, Any] = {"submission_id": "S-1", "revision": 1, "as_of": date(2026, 11, 22), "uploads": []}
SCHEMA = json.loads((PROJECT / "docs" / "decision-packet.schema.json").read_text())
FACTS_OF = {rule.id: set(facts_behind(rule)) for rule in RULES}
often = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def packet_of(decision: Decision, policy: Policy) -> dict[str, Any]:
    packet: dict[str, Any] = json.loads(packet_text(decision, policy, ABOUT))
    return packet


@often
@given(data=st.data())
def test_a_packet_gives_the_same_decision_with_nothing_else_in_hand(
    data: st.DataObject, any_facts: st.SearchStrategy[CaseFacts], policy: Policy
) -> None:
    decision = decide(data.draw(any_facts), policy)
    packet = packet_of(decision, policy)
    again = re_evaluate(packet)
    assert again == decision
    assert packet["outcome"] == again.outcome
    assert tuple(packet["reason_codes"]) == again.reason_codes
    jsonschema.validate(packet, SCHEMA)


@often
@given(data=st.data())
def test_a_changed_fact_changes_what_its_rules_find_and_nothing_else(
    data: st.DataObject,
    any_facts: st.SearchStrategy[CaseFacts],
    other_values: Callable[[CaseFacts, str], list[Any]],
    policy: Policy,
) -> None:
    facts = data.draw(any_facts)
    packet = packet_of(decide(facts, policy), policy)
    # The law of a packet is that of its two days: another day would be another law.
    fact = data.draw(st.sampled_from([name for name in fact_types() if name not in {"submitted_on", "certified_on"}]))
    if not (others := other_values(facts, fact)):
        return
    changed = replace(facts, **{fact: data.draw(st.sampled_from(others))})
    again = re_evaluate({**packet, "facts": pack(changed)})
    expected = decide(changed, policy)
    assert again == expected
    assert again.outcome is outcome_of(finding.reason for finding in again.findings if finding.verdict == "not_met")
    for before, after in zip(packet["findings"], again.findings, strict=True):
        if fact not in FACTS_OF[after.rule]:
            assert (before["verdict"], before.get("detail", "")) == (after.verdict, after.detail)


@often
@given(data=st.data())
def test_the_smallest_change_opens_the_lane_and_none_of_it_can_be_left_out(
    data: st.DataObject, any_facts: st.SearchStrategy[CaseFacts], policy: Policy
) -> None:
    facts = data.draw(any_facts)
    decision = decide(facts, policy)
    nearest = nearest_automatic(decision, policy)
    changes = {fact: value for fact, _, value in nearest.changes}
    assert bool(changes) is bool(nearest.words) is (bool(decision.against) and not nearest.reserved_by)
    if changes:
        assert decide(replace(facts, **changes), policy).outcome is Outcome.AUTO_APPROVED
        for fact in changes:
            others = {other: value for other, value in changes.items() if other != fact}
            assert decide(replace(facts, **others), policy).outcome is not Outcome.AUTO_APPROVED


def test_what_a_packet_says_can_be_read_without_our_code(case: Any, policy: Policy) -> None:
    packet = packet_of(case.entry(expires_on=date(2026, 12, 21)).decision(), policy)
    [early] = [finding for finding in packet["findings"] if finding["verdict"] == "not_met"]
    assert early == {
        "rule": "register.not_early",
        "verdict": "not_met",
        "code": "RENEWAL_EARLY",
        "reads": ["renews_a_registration", "registration_expires_on", "submitted_on", "renewal_window_days"],
        "detail": "The renewal came 31 days before expiry; it opens at 30.",
    }
    assert packet["law"]["renewal_window_days"] == {"value": 30, "since": "2012-10-01"}
    assert packet["law"]["certification_longest_months@signing"] == {"value": 24, "since": "2025-10-01"}
    assert packet["facts"]["registration_expires_on"] == "2026-12-21"
    assert packet["conclusions"]["renews_a_registration"] is True
    assert packet["nearest_automatic"] == {
        "if": ["the renewal had come on 2026-11-21, when its time began"],
        "changes": [{"fact": "submitted_on", "is": "2026-11-20", "would_be": "2026-11-21"}],
        "reserved_by": [],
    }


def test_everything_a_rule_is_said_to_read_stands_in_the_packet(case: Any, policy: Policy) -> None:
    packet = packet_of(case.decision(), policy)
    known = packet["facts"].keys() | packet["conclusions"].keys() | packet["law"].keys()
    book = json.loads(book_text(policy))
    assert packet["book"] == digest(book_text(policy))
    assert {name for rule in book["rules"].values() for name in rule["reads"]} <= known
    assert [finding["rule"] for finding in packet["findings"]] == [rule.id for rule in RULES]
    assert book["rules"].keys() == {rule.id for rule in RULES}


def test_a_packet_keeps_no_name_no_address_and_no_text_of_a_document(case: Any, policy: Policy) -> None:
    text = packet_text(case.decision(), policy, ABOUT)
    assert not [word for word in ("Maria", "Santos", "Elm", "example.org", "123456789") if word in text]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"schema": "nutmeg-decision/9"}, "nutmeg-decision/9"),
        ({"facts": {}}, "facts"),
        ({"law": {}}, "lacks"),
        ({"findings": []}, "lacks"),
    ],
)
def test_what_is_no_packet_is_refused_in_words(case: Any, policy: Policy, change: dict[str, Any], says: str) -> None:
    with pytest.raises(PacketError, match=says):
        re_evaluate({**packet_of(case.decision(), policy), **change})


def test_facts_come_back_as_they_were(case: Any) -> None:
    facts = case.decision().facts
    assert unpack(CaseFacts, json.loads(json.dumps(pack(facts)))) == facts


def test_a_rule_that_is_repealed_is_asked_of_nobody(case: Any, policy: Policy) -> None:
    """And the packet still gives the same decision by itself."""
    hold = policy.provisions["register.no_hold"]
    repealed = replace(hold, values=(*hold.values, (date(2026, 11, 20), None)))
    without = Policy({**policy.provisions, hold.key: repealed})
    held = case.entry(hold=True).decision().facts
    assert decide(held, policy).reason_codes == ("HOLD",)
    decision = decide(held, without)
    assert decision.outcome is Outcome.AUTO_APPROVED
    packet = packet_of(decision, without)
    assert {each["verdict"] for each in packet["findings"] if each["rule"] == hold.key} == {Verdict.NOT_IN_FORCE}
    assert re_evaluate(packet) == decision


def test_the_book_says_of_every_provision_and_rule_on_what_it_rests(policy: Policy) -> None:
    book = json.loads(book_text(policy))
    told = {**book["provisions"], **book["rules"]}
    assert told.keys() == policy.provisions.keys()
    assert all(each["says"] and each["citation"]["title"] and each["certainty"] in "CSD" for each in told.values())
    fee = book["provisions"]["patient_fee_dollars"]
    assert (fee["unit"], fee["values"]) == ("dollars", {"2012-10-01": 100, "2023-07-01": 0})
    assert book["rules"]["certification.in_force"]["applies_when"] == "certification_is_complete"


def test_a_packet_is_the_same_text_in_every_process() -> None:
    """Order of sets differs from process to process; nothing of a packet may hang on it."""
    script = (
        "import json, sys; sys.path.insert(0, 'tests/bench'); import law\n"
        "from registry.decision import decide\n"
        "from registry.packet import packet_text\n"
        "policy = law.load_policy(law.POLICY)\n"
        "for facts in law.cases(600, 3): print(packet_text(decide(facts, policy), policy, {}))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            cwd=PROJECT,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(texts) == 1
