from datetime import date
from pathlib import Path

import pytest

from registry.law import PolicyGapError
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
    2025-10-01: null
"""


def folder_with(tmp_path: Path, text: str) -> Path:
    """The project's own policy with one file replaced by this text."""
    for path in POLICY.glob("*.yaml"):
        kept = path.read_text()
        (tmp_path / path.name).write_text(kept)
    (tmp_path / "broken.yaml").write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("certainty: C", "certainty: X"), "certainty"),
        (("unit: days", "unit: fortnights"), "unit"),
        (("title: DCP renewal page", 'title: ""'), "citation"),
        (("  certainty: C\n", ""), "certainty"),
        (("2012-10-01: 30", "2026-10-01: 30"), "out of order"),
        (("2012-10-01: 30", "2012-10-01: thirty"), "does not fit"),
        (("2012-10-01: 30", "2012-10-01: true"), "does not fit"),
        (("2012-10-01: 30", "tomorrow: 30"), "is a day"),
        (("summary:", "sumary:"), "sumary"),
        (("2025-10-01: null", "2012-10-01: 31"), "stands twice"),
    ],
)
def test_a_wrong_provision_is_refused_with_file_and_key(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    text = GOOD.replace("renewal_window_days", "another_provision").replace(*change)
    with pytest.raises(PolicyError) as refusal:
        load_policy(folder_with(tmp_path, text))
    assert "broken.yaml" in str(refusal.value)
    assert says in str(refusal.value)


def test_a_provision_defined_in_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="already defined"):
        load_policy(folder_with(tmp_path, GOOD))


def test_a_provision_that_a_rule_needs_and_nobody_defines_is_refused(tmp_path: Path) -> None:
    (tmp_path / "only.yaml").write_text(GOOD)
    with pytest.raises(PolicyError, match="not defined"):
        load_policy(tmp_path)


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


def test_the_fingerprint_follows_values_and_not_words(tmp_path: Path) -> None:
    other = GOOD.replace("renewal_window_days", "another_provision")
    first = load_policy(folder_with(tmp_path, other)).fingerprint
    (tmp_path / "broken.yaml").write_text(other.replace("opens so many", "may come so many"))
    assert load_policy(tmp_path).fingerprint == first
    (tmp_path / "broken.yaml").write_text(other.replace(": 30", ": 31"))
    assert load_policy(tmp_path).fingerprint != first
