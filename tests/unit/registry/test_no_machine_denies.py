"""Nobody is denied by a machine: it cannot be said in the types, nor stored, nor come of any set of reasons."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.decision import Decision, Outcome, PersonOutcome, outcome_of
from registry.reasons import Reason
from tasks.settings import PROJECT

FORBIDDEN = {
    "an outcome put into a decision": "Decision(facts, {}, (), '', outcome=PersonOutcome.DENIED)",
    "an outcome set on a decision": "decision.outcome = PersonOutcome.DENIED",
    "a person's outcome in the place of the machine's": "made: Outcome = PersonOutcome.DENIED",
    "an outcome of reasons that denies": "denied: PersonOutcome = outcome_of([])",
}
SNIPPET = """\
from registry.case import CaseFacts
from registry.decision import Decision, Outcome, PersonOutcome, outcome_of

def try_it(facts: CaseFacts, decision: Decision) -> None:
"""


def test_the_type_checker_refuses_every_way_to_say_it(tmp_path: Path) -> None:
    path = tmp_path / "denying.py"
    path.write_text(SNIPPET + "".join(f"    {line}\n" for line in FORBIDDEN.values()))
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", f"--cache-dir={tmp_path}", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)
    beginning = len(SNIPPET.splitlines())
    for number, what in enumerate(FORBIDDEN, start=beginning + 1):
        assert f"denying.py:{number}: error:" in done.stdout, (what, done.stdout)


@given(st.sets(st.sampled_from(list(Reason))))
def test_no_set_of_reasons_leads_to_a_denial(reasons: set[Reason]) -> None:
    assert type(outcome_of(reasons)) is Outcome


def test_the_two_kinds_of_outcome_share_no_word() -> None:
    assert not {each.value for each in Outcome} & {each.value for each in PersonOutcome}
    pairs = itertools.product(Outcome, PersonOutcome)
    assert not [pair for pair in pairs if pair[0].value == pair[1].value]


def test_a_decision_has_no_place_for_an_outcome() -> None:
    with pytest.raises(TypeError):
        Decision(facts=None, conclusions={}, findings=(), policy_fingerprint="", outcome="denied")  # type: ignore
    with pytest.raises(AttributeError):
        Decision(None, {}, (), "").policy_fingerprint = "x"  # type: ignore
