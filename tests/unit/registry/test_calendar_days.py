from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.calendar_days import add_business_days, add_months, age_in_years


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-22", 24, "2028-11-22"),
        ("2026-03-31", -6, "2025-09-30"),
        ("2026-01-15", -1, "2025-12-15"),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months).isoformat() == expected


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        ("2008-11-22", "2026-11-21", 17),
        ("2008-11-22", "2026-11-22", 18),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
    ],
)
def test_age_counts_completed_years(born: str, day: str, years: int) -> None:
    assert age_in_years(date.fromisoformat(born), date.fromisoformat(day)) == years


def test_business_days_pass_over_weekends_and_holidays() -> None:
    thanksgiving = {date(2026, 11, 26)}
    assert add_business_days(date(2026, 11, 20), 5, thanksgiving) == date(2026, 11, 30)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 30))
def test_a_business_day_is_never_on_a_weekend(day: date, days: int) -> None:
    assert add_business_days(day, days, frozenset()).weekday() < 5
