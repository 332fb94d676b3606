"""A spec that cannot be read as it stands is refused, and the refusal names file and case."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registry.case import Action
from registry.rule import Verdict
from tests.spec.specs import load_spec, load_specs
from tests.spec.strict import SpecError
from tests.spec.term_specs import load_term_specs

GOOD = """
rule: register.not_early
about: When a renewal opens.
cases:
  - case: A renewal is in time.
    date: 2026-11-20
    given: {registration_expires_on: 2026-12-20, actions: [{status: revoked, since: 2020-01-31}]}
    then: met
"""
WRONG: dict[str, tuple[str, str, str]] = {
    "a key that nobody knows": ("about:", "abuot:", "abuot"),
    "a case's key that nobody knows": ("then: met", "then: met\n    nte: x", "A renewal is in time.”: nte"),
    "a fact that nobody knows": (
        "registration_expires_on:",
        "registration_ends_on:",
        "registration_ends_on is no fact",
    ),
    "a case without a sentence": ("- case: A renewal is in time.", "- case:", "case 1 has no sentence"),
    "a verdict that there is not": ("then: met", "then: granted", "'granted' is none of met"),
    "a day that is no day": ("date: 2026-11-20", "date: soon", "A renewal is in time.”: date: 'soon'"),
    "a value of another form": ("2026-12-20", "never", "registration_expires_on: 'never' is not of its form"),
    "a value with a part too many": ("since: 2020-01-31", "since: 2020-01-31, by: us", "actions"),
    "a number for a yes": ("given: {", "given: {hold_is_set: 1, ", "hold_is_set: 1 is not of its form"),
    "a text for a list": ("given: {", "given: {same_person: P-1, ", "same_person: 'P-1' is not of its form"),
    "the day of submission as a fact": ("given: {", "given: {submitted_on: 2026-11-20, ", "give the two days"),
    "words of a rule that is met": ("then: met", "then: met\n    says: No.", "only a rule that is not met says"),
    "no about": ("When a renewal opens.", "", "about: words are needed"),
    "two sides of an impossibility": (
        "cases:",
        "impossible: [{since: 2023-07-01, before: 2023-07-01, then: met, because: x}]\ncases:",
        "either since or before",
    ),
}


def spec(folder: Path, text: str, name: str = "register.not_early") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("fault", WRONG)
def test_a_spec_with_a_fault_is_refused_with_file_and_place(tmp_path: Path, fault: str) -> None:
    good, wrong, told = WRONG[fault]
    assert good in GOOD
    with pytest.raises(SpecError) as refused:
        load_spec(spec(tmp_path, GOOD.replace(good, wrong)))
    assert "register.not_early.yaml" in str(refused.value)
    assert told in str(refused.value)


def test_a_sentence_stands_once_in_a_file(tmp_path: Path) -> None:
    case = GOOD[GOOD.index("  - case") :]
    with pytest.raises(SpecError, match=r"A renewal is in time\.” stands twice"):
        load_spec(spec(tmp_path, GOOD + case))


def test_a_spec_under_another_rules_name_is_refused(tmp_path: Path) -> None:
    spec(tmp_path, GOOD, "register.known")
    with pytest.raises(SpecError, match=r"register\.known\.yaml: it is about register\.not_early"):
        load_specs(tmp_path)


def test_a_case_moved_in_time_takes_every_day_along(tmp_path: Path) -> None:
    [case] = load_spec(spec(tmp_path, GOOD)).cases
    later = case.moved(10)
    assert (case.then, later.submitted_on) == (Verdict.MET, date(2026, 11, 30))
    assert later.facts.registration_expires_on == date(2026, 12, 30)
    assert later.facts.actions == (Action("revoked", date(2020, 2, 10)),)
    assert later.facts.residency_dated_on == date(2026, 11, 10)


@pytest.mark.parametrize(
    ("given", "told"),
    [({}, "notice_sent_on"), ({"notice_sent_on": "today"}, "notice_sent_on"), ({"cure_days": 30}, "cure_days")],
)
def test_a_term_is_given_every_value_that_is_not_of_the_law_and_no_other(
    tmp_path: Path, given: dict[str, Any], told: str
) -> None:
    case = f"[{{case: One., date: 2026-11-20, given: {given}, then: 2026-12-20}}]".replace("'", "")
    spec(tmp_path, f"term: answer_by\nabout: An answer.\ncases: {case}\n", "answer_by")
    with pytest.raises(SpecError, match=rf"answer_by\.yaml: “One\.”.*{told}"):
        load_term_specs(tmp_path)
