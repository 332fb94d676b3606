import itertools

import pytest

from registry.decision import Outcome, outcome_of
from registry.reasons import Reason, ReasonClass

OF_CLASS = {c: next(r for r in Reason if r.reason_class is c) for c in ReasonClass}
IN_ORDER = [ReasonClass.PERSON, ReasonClass.APPLICANT, ReasonClass.WAIT, ReasonClass.LANE]
OUTCOMES = [Outcome.REVIEW, Outcome.DEFICIENT, Outcome.HELD, Outcome.REVIEW]


def test_only_no_reason_at_all_is_approved_automatically() -> None:
    assert outcome_of([]) is Outcome.AUTO_APPROVED
    assert all(outcome_of([reason]) is not Outcome.AUTO_APPROVED for reason in Reason)


@pytest.mark.parametrize(
    "classes",
    [c for n in (1, 2, 3, 4) for c in itertools.combinations(range(4), n)],
    ids=lambda c: "+".join(map(str, c)),
)
def test_the_outcome_follows_the_first_class_present_in_the_order_of_the_rule(classes: tuple[int, ...]) -> None:
    assert outcome_of(OF_CLASS[IN_ORDER[i]] for i in reversed(classes)) is OUTCOMES[min(classes)]


def test_no_outcome_of_the_machine_denies() -> None:
    assert {o.value for o in Outcome} == {"auto_approved", "review", "deficient", "held"}
