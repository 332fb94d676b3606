"""The law as data: strict to load, and refused where it contradicts itself."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from registry.agreements import AGREEMENTS
from registry.law import PolicyGapError
from registry.readers import provisions_read, unknown_reads
from tasks.errors import PolicyError
from tasks.law import load_policy
from tasks.settings import POLICY

GOOD = """\
renewal_window_days:
  summary: A renewal opens so many days before expiry.
  unit: days
  citation: {title: DCP renewal page, url: "https://portal.ct.gov/dcp"}
  certainty: C
  values:
    2012-10-01: 30
    2025-10-01: 45
"""
Edit = Callable[[Path], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's own policy."""
    for path in POLICY.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text())
    return tmp_path


def refused(folder: Path) -> str:
    with pytest.raises(PolicyError) as refusal:
        load_policy(folder)
    return str(refusal.value)


def change(file: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        text = (folder / file).read_text()
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1))

    return edit


def values(file: str, key: str, new: str) -> Edit:
    """Put these dated values in the place of a provision's own."""

    def edit(folder: Path) -> None:
        text = (folder / file).read_text()
        changed = re.sub(rf"(?ms)^({key}:.*?^  values:\n).*?(?=^\S|\Z)", rf"\1{new}\n", text)
        assert changed != text
        (folder / file).write_text(changed)

    return edit


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (("certainty: C", "certainty: X"), "certainty"),
        (("unit: days", "unit: fortnights"), "unit"),
        (("title: DCP renewal page", 'title: ""'), "citation"),
        (("title: DCP renewal page", 'title: DCP, page: "3"'), "citation"),
        (("  certainty: C\n", ""), "certainty"),
        (("2012-10-01: 30", "2026-10-01: 30"), "out of order"),
        (("2012-10-01: 30", "2012-10-01: thirty"), "does not fit"),
        (("2012-10-01: 30", "2012-10-01: true"), "does not fit"),
        (("2012-10-01: 30", "2012-10-01: -1"), "does not fit"),
        (("2012-10-01: 30", "tomorrow: 30"), "is a day"),
        (("summary:", "sumary:"), "sumary"),
        (("2025-10-01: 45", "2012-10-01: 31"), "stands twice"),
    ],
)
def test_a_wrong_provision_is_refused_with_file_and_key(folder: Path, edit: tuple[str, str], says: str) -> None:
    text = (folder / "renewal.yaml").read_text()
    own = text[text.index("renewal_window_days:") : text.index("automatic_kinds:")]
    (folder / "renewal.yaml").write_text(text.replace(own, ""))
    (folder / "window.yaml").write_text(GOOD)
    load_policy(folder)
    (folder / "window.yaml").write_text(GOOD.replace(*edit))
    sentence = refused(folder)
    assert "window.yaml" in sentence
    assert says in sentence


FAULTS: dict[str, tuple[Edit, str]] = {
    "a gap before the first value": (
        values("renewal.yaml", "renewal_window_days", "    2013-01-01: 30"),
        "renewal.yaml: renewal_window_days: it has no value from 2012-10-01 to 2013-01-01, and register.not_early",
    ),
    "a repeal of what a rule needs": (
        values("renewal.yaml", "renewal_window_days", "    2012-10-01: 30\n    2026-01-01: null"),
        "renewal.yaml: renewal_window_days: it is repealed on 2026-01-01",
    ),
    "two periods that say the same": (
        values("renewal.yaml", "renewal_window_days", "    2012-10-01: 30\n    2026-01-01: 30"),
        "renewal.yaml: renewal_window_days: the value since 2026-01-01 repeats the one before",
    ),
    "a term twice in a list": (
        change("persons.yaml", "[denied, suspended, revoked]", "[denied, suspended, denied]"),
        "persons.yaml: prior_action_statuses: the list since 2012-10-01 has a term twice",
    ),
    "a provision nobody reads": (
        lambda folder: (folder / "new.yaml").write_text(GOOD.replace("renewal_window_days", "shoe_size")) and None,
        "new.yaml: shoe_size: no rule and no term reads it, so it would change nothing. Remove it",
    ),
    "a typing error in a key": (
        change("renewal.yaml", "renewal_window_days:", "renewal_windw_days:"),
        "renewal_windw_days: no rule and no term reads it, so it would change nothing. Did you mean renewal_window",
    ),
    "a provision that a rule needs": (
        change("renewal.yaml", "renewal_window_days:", "renewal_windw_days:"),
        "renewal_window_days: it is needed by register.not_early",
    ),
    "another unit than the rule counts in": (
        change("renewal.yaml", "unit: days\n", "unit: state\n"),
        "renewal.yaml: renewal_window_days",
    ),
    "a rule without its days": (
        change("reasons.yaml", "  in_force:\n    2012-10-01: true\n", ""),
        "reasons.yaml: ID_MISSING: in_force is missing",
    ),
    "a rule without its code": (
        change("reasons.yaml", "ID_MISSING:\n", "ID_MISING:\n"),
        "reasons.yaml: ID_MISING is the code of no rule. Did you mean ID_MISSING?",
    ),
    "a rule without a source": (
        change(
            "reasons.yaml", 'title: "RCSA 21a-408-7(a)(3), acceptable proof of identity, residency or age"', 'title: ""'
        ),
        "reasons.yaml: ID_MISSING.citation",
    ),
    "a code of no rule": (
        lambda folder: (
            (folder / "reasons.yaml").write_text(
                (folder / "reasons.yaml").read_text() + "\nNO_SUCH_CODE:\n  class: lane\n"
            )
            and None
        ),
        "reasons.yaml: NO_SUCH_CODE is the code of no rule",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_policy_is_refused_for(folder: Path, name: str) -> None:
    edit, says = FAULTS[name]
    edit(folder)
    assert says in refused(folder)


CONTRADICTIONS: dict[str, Edit] = {
    "alarm_comes_before_the_target": values("clocks.yaml", "service_alarm_days", "    2012-10-01: 31"),
    "temporary_outlasts_the_wait": values("renewal.yaml", "temporary_certificate_days", "    2012-10-01: 9"),
    "minors_certifiers_are_certifiers": values(
        "certification.yaml", "minor_certifier_types", "    2012-10-01: [physician, aprn]"
    ),
    "certifiers_are_professions": values("certification.yaml", "certifier_types", "    2012-10-01: [physician, apnr]"),
    "pharmacists_provisions_go_together": values(
        "certification.yaml", "pharmacist_patient_minimum_age_years", "    2025-10-02: 18"
    ),
    "a_pharmacist_certifies_for_no_longer_than_others": values(
        "certification.yaml", "pharmacist_certification_longest_days", "    2025-10-01: 900"
    ),
    "dated_papers_are_accepted_papers": values(
        "documents.yaml", "dated_residency_document_types", "    2012-10-01: [utility_bil]"
    ),
    "identity_papers_are_known": values("documents.yaml", "identity_document_types", "    2012-10-01: [pasport]"),
    "residency_papers_are_known": values(
        "documents.yaml",
        "residency_document_types",
        "    2012-10-01: [utility_bill, bank_statement, government_mail, leese]",
    ),
    "what_lasts_is_an_action": values("persons.yaml", "prior_action_statuses", "    2012-10-01: [denied, revoked]"),
    "actions_are_statuses": values("persons.yaml", "prior_action_statuses", "    2012-10-01: [suspended, refused]"),
    "standing_is_a_status": values("certification.yaml", "certifier_standing_statuses", "    2012-10-01: [actve]"),
    "automatic_kinds_are_kinds": values("renewal.yaml", "automatic_kinds", "    2012-10-01: [renwal]"),
    "automatic_roles_are_roles": values("renewal.yaml", "automatic_roles", "    2012-10-01: [pacient]"),
    "relations_are_known": values("caregivers.yaml", "caregiver_relations_without_limit", "    2012-10-01: [parnt]"),
    "payments_are_known": values("statements.yaml", "settled_payment_statuses", "    2012-10-01: [payed]"),
    "a_share_is_no_more_than_all": values("renewal.yaml", "second_look_percent", "    2012-10-01: 101"),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_provisions_that_contradict_each_other_are_refused(folder: Path, name: str) -> None:
    [agreement] = [each for each in AGREEMENTS if each.function.__name__ == name]
    CONTRADICTIONS[name](folder)
    sentence = refused(folder)
    assert agreement.sentence in sentence
    assert f"{agreement.reads[0].name}: it does not agree" in sentence
    assert ".yaml: " in sentence


def test_every_agreement_is_seen_to_be_broken() -> None:
    assert {each.function.__name__ for each in AGREEMENTS} == CONTRADICTIONS.keys()


def test_all_faults_are_told_at_once_so_that_nobody_mends_them_one_night_each(folder: Path) -> None:
    for name in ("a gap before the first value", "a term twice in a list"):
        FAULTS[name][0](folder)
    assert len(refused(folder).splitlines()) == 2


def test_a_provision_defined_in_two_files_is_refused_with_both(folder: Path) -> None:
    (folder / "window.yaml").write_text(GOOD)
    assert "window.yaml: renewal_window_days is already defined in renewal.yaml" in refused(folder)


def test_a_key_that_stands_twice_in_one_file_is_refused(folder: Path) -> None:
    text = (folder / "renewal.yaml").read_text()
    (folder / "renewal.yaml").write_text(text + GOOD)
    assert "the key renewal_window_days stands twice" in refused(folder)


@pytest.mark.parametrize(
    ("key", "day", "value"),
    [
        ("patient_fee_dollars", "2023-06-30", 100),
        ("patient_fee_dollars", "2023-07-01", 0),
        ("certification_longest_months", "2025-09-30", 12),
        ("certification_longest_months", "2025-10-01", 24),
        ("pharmacist_certification_longest_days", "2025-10-01", 90),
    ],
)
def test_values_change_on_their_day(key: str, day: str, value: int) -> None:
    assert load_policy(POLICY).on(date.fromisoformat(day)).number(key) == value


def test_a_day_without_a_value_is_a_gap_and_never_a_default() -> None:
    with pytest.raises(PolicyGapError):
        load_policy(POLICY).on(date(2012, 9, 30)).number("renewal_window_days")


def test_the_fingerprint_follows_values_and_rules_and_not_words(folder: Path) -> None:
    first = load_policy(folder).fingerprint
    change("renewal.yaml", "A renewal opens so many", "A renewal may come so many")(folder)
    assert load_policy(folder).fingerprint == first
    values("renewal.yaml", "renewal_window_days", "    2012-10-01: 31")(folder)
    second = load_policy(folder).fingerprint
    assert second != first
    change("reasons.yaml", "  in_force:\n    2012-10-01: true\n", "  in_force:\n    2013-10-01: true\n")(folder)
    assert load_policy(folder).fingerprint not in {first, second}


def test_rules_and_conclusions_read_nothing_but_facts_conclusions_and_the_law_each_of_its_type() -> None:
    assert list(unknown_reads()) == []


def test_the_law_holds_what_is_read_and_nothing_else() -> None:
    assert load_policy(POLICY).provisions.keys() == provisions_read()
