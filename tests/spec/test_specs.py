"""Every rule says of every case what its spec says, and no rule, side of a day, fact or code is without a spec."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from registry.case import CaseFacts, fact_types
from registry.decision import Outcome, decide
from registry.law import Provision
from registry.readers import facts_behind, provisions_behind
from registry.reading import Day, Read
from registry.reasons import Reason
from registry.rule import Rule, Verdict
from registry.rulebook import RULES
from tests.spec.ordinary import ordinary_case
from tests.spec.plain import moved
from tests.spec.specs import PROGRAMME_BEGINS, Case, Impossible, finding, known_of, load_specs, side_of, the_policy

SPECS = load_specs()
BY_ID = {rule.id: rule for rule in RULES}
SPECIFIED = [(BY_ID[name], spec) for name, spec in SPECS.items() if name in BY_ID]
ORDINARY_DAYS = [date(2012, 10, 1), date(2016, 10, 1), date(2023, 6, 30), date(2025, 10, 1), date(2026, 11, 20)]

# What a rule reads for its words alone, to tell the analyst where to look.
FOR_THE_WORDS = {
    ("register.known", "same_person"): "names where the person stands instead",
    ("identity.can_be_opened", "identity_why"): "repeats what stopped the reader",
    ("identity.settles_the_question", "identity_why"): "repeats what stopped the reader",
    ("identity.settles_the_question", "identity_kind_why"): "tells what makes it look so",
    ("residency.can_be_opened", "residency_why"): "repeats what stopped the reader",
    ("residency.settles_the_question", "residency_why"): "repeats what stopped the reader",
    ("residency.settles_the_question", "residency_kind_why"): "tells what makes it look so",
    ("residency.settles_the_question", "residency_is_picture"): "tells where the day was read",
    ("residency.settles_the_question", "residency_type"): "tells of looks only where they are other than this",
    ("residency.recent_enough", "residency_dated_on"): "tells the age; that it is too old is a conclusion",
    ("residency.recent_enough", "submitted_on"): "tells the age; that it is too old is a conclusion",
    ("conditions.on_the_list", "certified_on"): "names the day; what was on the list on it is a fact by itself",
    ("statements.fee_settled", "is_patient"): "names the fee; both fees were due on the same days",
    ("lanes.minor", "age_years"): "names the age; that it is under age is what the rule is asked for",
}


def changes_of(provision: Provision) -> list[date]:
    """Every day after the programme's first on which the provision changes."""
    return [since for since, _ in provision.values if since > PROGRAMME_BEGINS]


def boundaries(rule: Rule) -> Iterator[tuple[Read, date]]:
    for read in provisions_behind(rule).values():
        yield from ((read, day) for day in changes_of(the_policy().provisions[read.name]))


CASES = [pytest.param(rule, case, id=f"{rule.id}: {case.sentence}") for rule, spec in SPECIFIED for case in spec.cases]
RULES_BY_ID = [pytest.param(rule, id=rule.id) for rule in RULES]
BOUNDARIES = [
    pytest.param(rule, read, day, id=f"{rule.id}: {read.name} on {day}")
    for rule, _ in SPECIFIED
    for read, day in boundaries(rule)
]
IMPOSSIBLE = [
    pytest.param(rule, each, id=f"{rule.id}: {each.because}") for rule, spec in SPECIFIED for each in spec.impossible
]
READS = [
    pytest.param(rule, read, id=f"{rule.id} reads {read.name}")
    for rule, _ in SPECIFIED
    for read in rule.all_reads
    if read.day is None or changes_of(the_policy().provisions[read.name])
]


@pytest.mark.parametrize("day", ORDINARY_DAYS, ids=str)
def test_the_ordinary_case_is_approved_automatically(day: date) -> None:
    decision = decide(CaseFacts(**ordinary_case(day, day)), the_policy())
    assert (decision.outcome, decision.reason_codes) == (Outcome.AUTO_APPROVED, ())


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_the_rule_says_of_the_case_what_the_spec_says(rule: Rule, case: Case) -> None:
    found = finding(rule, case)
    assert found.verdict is case.then, found.detail or "nothing is said against it"
    assert case.says is None or found.detail == case.says


def test_every_rule_has_a_spec_and_no_spec_is_without_a_rule() -> None:
    assert SPECS.keys() == BY_ID.keys()


@pytest.mark.parametrize("rule", RULES_BY_ID)
def test_a_rule_is_specified_in_every_verdict_that_it_can_give_and_in_its_words(rule: Rule) -> None:
    spec = SPECS[rule.id]
    found = {case.then for case in spec.cases}
    wanted = {Verdict.MET, Verdict.NOT_MET} | ({Verdict.DOES_NOT_APPLY} if rule.when else set())
    assert found >= wanted
    assert any(case.says for case in spec.cases)


@pytest.mark.parametrize(("rule", "read", "day"), BOUNDARIES)
def test_a_rule_is_specified_on_the_last_day_before_a_change_of_its_law_and_on_the_first_day_after(
    rule: Rule, read: Read, day: date
) -> None:
    spec, by = SPECS[rule.id], read.day or Day.SUBMISSION
    for is_since in (False, True):
        found = {case.then for case in spec.cases if case.day(by) == side_of(day, is_since)}
        wanted = {each for each in (Verdict.MET, Verdict.NOT_MET) if not spec.excludes(day, is_since, each)}
        assert found >= wanted, f"add a case on {side_of(day, is_since)}, or say why there can be none"


@pytest.mark.parametrize("rule", RULES_BY_ID)
def test_a_rule_that_begins_or_ends_later_is_specified_on_both_sides_of_that_day(rule: Rule) -> None:
    provision = the_policy().provisions[rule.id]
    for day in changes_of(provision):
        for side in (side_of(day, False), day):
            found = {case.then for case in SPECS[rule.id].cases if case.submitted_on == side}
            in_force = {Verdict.MET, Verdict.NOT_MET}
            assert found >= (in_force if provision.on(side) else {Verdict.DOES_NOT_APPLY}), f"add a case on {side}"


@pytest.mark.parametrize(("rule", "impossible"), IMPOSSIBLE)
def test_what_is_said_to_be_impossible_is(rule: Rule, impossible: Impossible) -> None:
    spec, day = SPECS[rule.id], impossible.day
    days = {(read.day, since) for read, since in boundaries(rule)}
    measures = [by for by, since in days if since == day]
    assert measures, f"nothing changes for this rule on {day}"
    for case in spec.cases:
        for by in measures:
            here = (case.day(by or Day.SUBMISSION) >= day) is impossible.is_since
            shift = (side_of(day, impossible.is_since) - case.day(by or Day.SUBMISSION)).days
            found = case if here else case.moved(shift)
            assert finding(rule, found).verdict is not impossible.then, f"possible: {case.sentence}"


def verdict_of(rule: Rule, known: dict[str, Any]) -> tuple[Verdict, str] | None:
    """What the rule says of these values; None where they contradict each other so that nothing can be said."""
    if rule.when is not None and not known[rule.when]:
        return Verdict.DOES_NOT_APPLY, ""
    try:
        detail = rule.to(known)
    except TypeError:
        return None
    return (Verdict.MET, "") if detail is None else (Verdict.NOT_MET, detail)


def exchanges(rule: Rule, read: Read) -> Iterator[tuple[tuple[Verdict, str], tuple[Verdict, str]]]:
    """What the rule says of each case, and with one value exchanged for another case's; a day also for the next."""
    knowns = [known_of(case) for case in SPECS[rule.id].cases]
    values = [known[read.key] for known in knowns]
    days = [moved(value, by) for value in values if isinstance(value, date) for by in (-1, 1)]
    others = {repr(value): value for value in [*values, *days]}
    for known in knowns:
        before = verdict_of(rule, known)
        for other in others.values():
            after = verdict_of(rule, {**known, read.key: other})
            if before is not None and after is not None:
                yield before, after


@pytest.mark.parametrize(("rule", "read"), READS)
def test_a_rule_reads_nothing_that_could_never_change_what_it_says(rule: Rule, read: Read) -> None:
    found = list(exchanges(rule, read))
    changes = any(before[0] is not after[0] for before, after in found)
    if (rule.id, read.name) in FOR_THE_WORDS:
        assert not changes, f"{read.name} changes the verdict: take it off the list of words"
        assert any(before != after for before, after in found), f"{read.name} changes nothing: do not read it"
    else:
        assert changes, f"add a case in which {read.name} makes the difference, or do not read it"


def test_every_exception_for_words_is_of_a_rule_that_reads_it() -> None:
    assert FOR_THE_WORDS.keys() <= {(rule.id, read.name) for rule in RULES for read in rule.all_reads}


def test_every_fact_is_read_by_a_rule() -> None:
    assert {fact for rule in RULES for fact in facts_behind(rule)} == fact_types().keys()


def test_every_reason_code_is_given_in_a_spec() -> None:
    given = {rule.reason for rule, spec in SPECIFIED if any(case.then is Verdict.NOT_MET for case in spec.cases)}
    assert given == set(Reason)
