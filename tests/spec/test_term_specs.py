"""Every term gives what its spec says, and no term, side of a day, parameter or provision is without a spec."""

from collections.abc import Iterator
from typing import Any

import pytest

from registry.law import Provision
from registry.readers import name_of, provisions_behind
from registry.reading import Applied, Read
from registry.rulebook import RULES
from tests.spec.specs import PROGRAMME_BEGINS, load_specs, side_of, the_policy
from tests.spec.term_specs import TermCase, all_terms, known_by, load_term_specs

SPECS = load_term_specs()
SPECIFIED = [(term, SPECS[name]) for name, term in all_terms().items() if name in SPECS]

CASES = [
    pytest.param(term, case, id=f"{name_of(term)}: {case.sentence}") for term, spec in SPECIFIED for case in spec.cases
]
READS = [
    pytest.param(term, read, id=f"{name_of(term)} reads {read.name}") for term, _ in SPECIFIED for read in term.reads
]


def provision(read: Read) -> Provision:
    return the_policy().provisions[read.name]


@pytest.mark.parametrize(("term", "case"), CASES)
def test_the_term_gives_in_the_case_what_the_spec_says(term: Applied, case: TermCase) -> None:
    assert term.to(known_by(term, case)) == case.then


def test_every_term_has_a_spec_and_no_spec_is_without_a_term() -> None:
    assert SPECS.keys() == all_terms().keys()


@pytest.mark.parametrize("term", [pytest.param(term, id=name) for name, term in all_terms().items()])
def test_a_term_is_specified_on_the_last_day_before_a_change_of_its_law_and_on_the_first_day_after(
    term: Applied,
) -> None:
    acts = {case.act_on for case in SPECS[name_of(term)].cases}
    changes = {since for read in term.reads if read.day for since, _ in provision(read).values}
    for since in changes - {PROGRAMME_BEGINS}:
        assert {side_of(since, False), since} <= acts, f"add cases on {side_of(since, False)} and on {since}"


def others(term: Applied, read: Read, known: dict[str, Any]) -> Iterator[Any]:
    """Other values for this parameter: a number of the law one higher or lower, or what another case gives."""
    if read.day is not None and not isinstance(known[read.key], int):
        yield from (value for _, value in provision(read).values)
    elif read.day is not None:
        yield from (known[read.key] + 1, known[read.key] - 1)
    else:
        yield from (known_by(term, case)[read.key] for case in SPECS[name_of(term)].cases)


@pytest.mark.parametrize(("term", "read"), READS)
def test_a_term_reads_nothing_that_could_never_change_what_it_gives(term: Applied, read: Read) -> None:
    knowns = [known_by(term, case) for case in SPECS[name_of(term)].cases]
    assert any(
        term.to({**known, read.key: other}) != term.to(known) for known in knowns for other in others(term, read, known)
    )


def test_every_provision_is_behind_a_rule_or_a_term_that_has_a_spec() -> None:
    rules = load_specs()
    of_rules = {read.name for rule in RULES if rule.id in rules for read in provisions_behind(rule).values()}
    of_terms = {read.name for term, _ in SPECIFIED for read in term.reads if read.day is not None}
    assert the_policy().provisions.keys() == of_rules | of_terms | rules.keys()
