"""What if: which cases other provisions flip, what is said of why, and how counts add up."""

import itertools
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.case import Action, CaseFacts
from registry.decision import decide
from registry.law import Policy, Value
from registry.packet import PacketError, packet_text
from registry.rule import Verdict
from registry.simulation import Differs, Moved, Totals, Turned, compare, compare_all, differing

ABOUT: dict[str, Any] = {"submission_id": "S-1", "revision": 2, "as_of": date(2026, 11, 22), "uploads": []}
BEGAN, LATER = date(2012, 10, 1), date(2026, 1, 1)
often = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def packet_of(facts: CaseFacts, policy: Policy) -> dict[str, Any]:
    packet: dict[str, Any] = json.loads(packet_text(decide(facts, policy), policy, ABOUT))
    return packet


def changed(policy: Policy, values: dict[str, dict[date, Value | None]]) -> Policy:
    """The policy with other dated values of some provisions."""
    ours = policy.provisions
    return Policy({**ours, **{key: replace(ours[key], values=tuple(new.items())) for key, new in values.items()}})


@pytest.fixture(scope="module")
def with_fee(policy: Policy) -> Policy:
    """The law as if the fee had never ended."""
    return changed(policy, {"patient_fee_dollars": {BEGAN: 100}, "caregiver_fee_dollars": {BEGAN: 25}})


@pytest.fixture(scope="module")
def one_year(policy: Policy) -> Policy:
    """The law as if certifications were for a year at most."""
    return changed(policy, {"certification_longest_months": {BEGAN: 12}})


@pytest.fixture
def facts(case: Any) -> CaseFacts:
    """Those of a clean renewal."""
    found: CaseFacts = case.decision().facts
    return found


def test_a_flip_tells_the_rule_its_sentence_and_the_one_provision_that_turned_it(
    facts: CaseFacts, policy: Policy, with_fee: Policy
) -> None:
    flip = compare(packet_of(facts, policy), with_fee)
    assert flip is not None
    assert (flip.submission_id, flip.revision) == ("S-1", 2)
    assert (flip.before, flip.after, flip.came, flip.went) == ("auto_approved", "deficient", ("PAYMENT_MISSING",), ())
    sentence = "A fee of 100 dollars was due and is not settled."
    moved = Moved("patient_fee_dollars", 0, "2023-07-01", 100)
    assert flip.why == (Turned("statements.fee_settled", Verdict.MET, Verdict.NOT_MET, sentence, (moved,)),)


def test_the_other_way_round_the_code_goes_and_the_lane_opens(
    facts: CaseFacts, policy: Policy, with_fee: Policy
) -> None:
    flip = compare(packet_of(facts, with_fee), policy)
    assert flip is not None
    assert (flip.before, flip.after, flip.came, flip.went) == ("deficient", "auto_approved", (), ("PAYMENT_MISSING",))
    moved = Moved("patient_fee_dollars", 100, "2012-10-01", 0)
    assert flip.why == (Turned("statements.fee_settled", Verdict.NOT_MET, Verdict.MET, "", (moved,)),)


def test_a_provision_goes_by_the_day_that_its_rule_measures_by(
    facts: CaseFacts, policy: Policy, one_year: Policy
) -> None:
    two_years = replace(facts, certified_on=date(2026, 11, 1), certification_expires_on=date(2028, 11, 1))
    flip = compare(packet_of(two_years, policy), one_year)
    assert flip is not None
    assert flip.why[0].provisions == (Moved("certification_longest_months@signing", 24, "2025-10-01", 12),)
    signed_before = replace(two_years, certified_on=date(2025, 9, 30))
    assert compare(packet_of(signed_before, policy), one_year) is None


def test_a_rule_that_is_repealed_is_itself_the_provision_that_moved(facts: CaseFacts, policy: Policy) -> None:
    early = replace(facts, registration_expires_on=date(2027, 6, 1))
    flip = compare(packet_of(early, policy), changed(policy, {"register.not_early": {BEGAN: True, LATER: None}}))
    assert flip is not None
    assert (flip.after, flip.went) == ("auto_approved", ("RENEWAL_EARLY",))
    moved = Moved("register.not_early", True, None, None)
    assert flip.why == (Turned("register.not_early", Verdict.NOT_MET, Verdict.NOT_IN_FORCE, "", (moved,)),)


def test_when_no_provision_turned_the_rule_alone_all_that_moved_are_told(facts: CaseFacts, policy: Policy) -> None:
    suspended = replace(facts, actions=(Action("suspended", date(2025, 1, 1)),))
    keys = ("prior_action_statuses", "prior_action_statuses_until_lifted")
    milder = changed(policy, {key: {BEGAN: ("revoked",)} for key in keys})
    flip = compare(packet_of(suspended, policy), milder)
    assert flip is not None
    assert {moved.provision for moved in flip.why[0].provisions} == set(keys)


def test_rules_that_only_one_side_knows_are_told_without_any_provision(facts: CaseFacts, policy: Policy) -> None:
    packet = packet_of(replace(facts, payment_status="failed", hold_is_set=True), policy)
    of_old = {"rule": "old.rule", "verdict": "not_met", "code": "OLD"}
    others = [each for each in packet["findings"] if each["rule"] != "register.no_hold"]
    flip = compare({**packet, "findings": [*others, of_old], "reason_codes": ["OLD"]}, policy)
    assert flip is not None
    assert (flip.came, flip.went) == (("HOLD",), ("OLD",))
    new, old = flip.deciding
    assert (new.rule, new.before, new.after) == ("register.no_hold", None, Verdict.NOT_MET)
    assert old == Turned("old.rule", Verdict.NOT_MET, None, "", ())


@often
@given(data=st.data())
def test_the_same_law_flips_nothing(
    data: st.DataObject, any_facts: st.SearchStrategy[CaseFacts], policy: Policy
) -> None:
    assert compare(packet_of(data.draw(any_facts), policy), policy) is None


@often
@given(data=st.data())
def test_a_flip_is_what_the_other_law_decides_and_always_has_a_provision_behind_it(
    data: st.DataObject, any_facts: st.SearchStrategy[CaseFacts], policy: Policy, with_fee: Policy, one_year: Policy
) -> None:
    facts, other = data.draw(any_facts), data.draw(st.sampled_from([with_fee, one_year]))
    before, after = decide(facts, policy), decide(facts, other)
    flip = compare(packet_of(facts, policy), other)
    if flip is None:
        assert (before.outcome, before.reason_codes) == (after.outcome, after.reason_codes)
        return
    assert (flip.before, flip.after) == (before.outcome, after.outcome)
    assert set(flip.came) == set(after.reason_codes) - set(before.reason_codes)
    assert set(flip.went) == set(before.reason_codes) - set(after.reason_codes)
    assert all(turned.provisions for turned in flip.deciding)
    differs = {each.key for each in differing(policy, other)}
    assert {moved.provision.partition("@")[0] for turned in flip.why for moved in turned.provisions} <= differs


def test_totals_come_to_the_same_in_whatever_order_chunks_are_merged(
    facts: CaseFacts, policy: Policy, with_fee: Policy
) -> None:
    cases = [
        facts,
        replace(facts, payment_status="paid"),
        replace(facts, hold_is_set=True),
        replace(facts, attestations=()),
    ]
    texts = [(str(i), packet_text(decide(each, policy), policy, ABOUT)) for i, each in enumerate(cases)]
    whole = compare_all(texts, with_fee).totals
    assert (whole.compared, whole.flips, whole.came) == (4, 3, {"PAYMENT_MISSING": 3})
    assert whole.provisions == {"patient_fee_dollars": 3}
    assert whole.decided_under == {policy.fingerprint: 4}
    assert whole.outcomes["auto_approved", "auto_approved"] == whole.outcomes["auto_approved", "deficient"] == 1
    for order in itertools.permutations(texts):
        merged = Totals()
        for text in order:
            merged.merge(compare_all([text], with_fee).totals)
        assert merged == whole


BROKEN: list[tuple[Any, str]] = [
    ("{", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ("[]", "not complete"),
    ({"schema": "nutmeg-decision/9"}, "form nutmeg-decision/1"),
    ({"facts": {}}, "not complete"),
    ({"facts": "secret"}, "not complete"),
    ({"outcome": ["secret"]}, "not complete"),
    ({"policy_fingerprint": None}, "not complete"),
    ({"findings": {"secret": 1}, "reason_codes": ["HOLD"]}, "not complete"),
    ({"law": 5, "reason_codes": ["HOLD"]}, "not complete"),
]


@pytest.mark.parametrize(("change", "says"), BROKEN, ids=range(len(BROKEN)))
def test_a_packet_that_cannot_be_read_is_told_and_stops_no_other(
    facts: CaseFacts, policy: Policy, with_fee: Policy, change: Any, says: str
) -> None:
    packet = packet_of(facts, policy)
    text = change if isinstance(change, str) else json.dumps({**packet, **change})
    done = compare_all([("bad", text), ("good", json.dumps(packet))], with_fee)
    [(decision_id, why)] = done.left_out
    assert decision_id == "bad"
    assert says in why
    assert done.totals.compared == len(done.flips) == 1


def test_what_is_said_of_a_broken_packet_holds_no_value_of_it(facts: CaseFacts, policy: Policy) -> None:
    packet = packet_of(facts, policy)
    with pytest.raises(PacketError) as refused:
        compare({**packet, "facts": {**packet["facts"], "date_of_birth": "1980-13-45"}}, policy)
    assert "1980" not in str(refused.value)


def test_a_case_from_before_the_other_laws_first_day_is_told_and_not_decided(facts: CaseFacts, policy: Policy) -> None:
    not_yet = changed(policy, {key: {date(2030, 1, 1): p.values[-1][1]} for key, p in policy.provisions.items()})
    in_force: dict[str, dict[date, Value | None]] = {key: {BEGAN: True} for key in policy.provisions if "." in key}
    with pytest.raises(PacketError, match="cannot decide"):
        compare(packet_of(facts, policy), changed(not_yet, in_force))


def test_provisions_that_differ_are_told_with_their_days_and_whether_a_rule_rests_on_them(policy: Policy) -> None:
    other = changed(policy, {"renewal_window_days": {BEGAN: 30, LATER: 45}, "cure_days": {BEGAN: 14}})
    without_one = Policy({key: p for key, p in other.provisions.items() if key != "second_look_percent"})
    assert differing(policy, policy) == []
    cure, renewal, second_look = differing(policy, without_one)
    assert cure == Differs("cure_days", {"2012-10-01": 30}, {"2012-10-01": 14}, decides=False)
    assert renewal == Differs(
        "renewal_window_days", {"2012-10-01": 30}, {"2012-10-01": 30, "2026-01-01": 45}, decides=True
    )
    assert (second_look.key, second_look.after) == ("second_look_percent", {})
