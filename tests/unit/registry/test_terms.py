"""The terms of the law: what ends when, and that nobody is given a day that is not certified."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from registry.calendar_days import add_days, add_months, age_in_years
from registry.terms import (
    answer_by,
    caregivers_registration_ends_on,
    permanent_due_on,
    registration_ends_on,
    renewal_opens_on,
    revocation_possible_on,
    temporary_ends_on,
)

DAYS = st.dates(date(2012, 10, 1), date(2060, 12, 31))
AUTUMN = st.dates(date(2026, 10, 1), date(2026, 12, 31))
HELD = st.none() | DAYS
MONTHS = st.sampled_from([6, 12, 18, 24])
NUMBERS = st.integers(0, 400)
LEAP = [date(2024, 2, 29), date(2028, 2, 29)]


@given(DAYS, HELD)
def test_a_registration_never_ends_after_its_certification(certified: date, held: date | None) -> None:
    assert registration_ends_on(certified, held) <= certified


@given(DAYS)
def test_a_new_term_is_the_certification_to_its_last_day(certified: date) -> None:
    assert registration_ends_on(certified) == certified


@given(DAYS, HELD, HELD)
def test_a_caregivers_registration_never_ends_after_the_patients(
    certified: date, patients_held: date | None, own_held: date | None
) -> None:
    patients = registration_ends_on(certified, patients_held)
    assert caregivers_registration_ends_on(patients, own_held) <= patients <= certified
    assert caregivers_registration_ends_on(patients) == patients


@given(DAYS, DAYS)
def test_a_change_never_lengthens_what_is_held(end: date, held: date) -> None:
    assert registration_ends_on(end, held) == min(end, held)
    assert caregivers_registration_ends_on(end, held) == min(end, held)


@given(DAYS, NUMBERS, NUMBERS)
def test_a_temporary_certificate_outlives_neither_the_certification_nor_its_days(
    issued: date, left: int, days: int
) -> None:
    certified = add_days(issued, left)
    end = temporary_ends_on(issued, certified, days)
    assert issued <= end
    assert (end - issued).days == min(left, days)


@given(st.sampled_from(LEAP) | DAYS, MONTHS, NUMBERS, NUMBERS)
def test_late_completion_never_moves_the_end_and_costs_a_day_for_each_day(
    signed: date, months: int, after: int, later: int
) -> None:
    certified = add_months(signed, months)
    early, late = add_days(signed, after), add_days(signed, after + later)
    assume(late <= certified)
    ends = {registration_ends_on(certified), temporary_ends_on(early, certified, 1_000)}
    ends |= {temporary_ends_on(late, certified, 1_000)}
    assert ends == {certified}
    assert (certified - early).days - (certified - late).days == later


@given(DAYS, MONTHS, MONTHS, st.integers(1, 90))
def test_overlapping_certifications_never_add_up(signed: date, months: int, next_months: int, early: int) -> None:
    first = add_months(signed, months)
    renewed_on = add_days(first, -early)
    renewed_to = registration_ends_on(add_months(renewed_on, next_months))
    assert renewed_to == add_months(renewed_on, next_months), "only the certification that is named counts"
    assert renewed_to <= add_months(first, next_months), "days left of the first are not carried over"


@given(AUTUMN, st.sets(AUTUMN, max_size=30), st.integers(1, 30))
def test_a_permanent_certificate_is_due_on_a_business_day_and_never_before_so_many_days(
    issued: date, holidays: set[date], days: int
) -> None:
    due = permanent_due_on(issued, holidays, days)
    assert due.weekday() < 5
    assert due not in holidays
    assert (due - issued).days >= days
    between = [add_days(issued, n) for n in range(1, (due - issued).days + 1)]
    assert sum(day.weekday() < 5 and day not in holidays for day in between) == days


@pytest.mark.parametrize(
    ("issued", "due"), [("2026-11-20", "2026-11-30"), ("2026-11-21", "2026-11-30"), ("2026-11-23", "2026-12-01")]
)
def test_five_business_days_over_thanksgiving(issued: str, due: str) -> None:
    thanksgiving = {date(2026, 11, 26)}
    assert permanent_due_on(date.fromisoformat(issued), thanksgiving, 5).isoformat() == due


@given(DAYS, NUMBERS)
def test_days_to_answer_are_all_the_applicants_and_the_notice_day_is_none_of_them(sent: date, days: int) -> None:
    assert (answer_by(sent, days) - sent).days == days


@given(DAYS, NUMBERS)
def test_a_renewal_opens_so_many_days_before_the_end(ends: date, days: int) -> None:
    assert (ends - renewal_opens_on(ends, days)).days == days


@given(DAYS, NUMBERS)
def test_revocation_is_possible_only_when_all_days_of_grace_are_over(withdrawn: date, days: int) -> None:
    first = revocation_possible_on(withdrawn, days)
    assert (first - withdrawn).days == days + 1
    assert first > answer_by(withdrawn, days), "a new certification on the last day of grace is in time"


@given(st.sampled_from([date.min, date.max]), NUMBERS)
def test_a_term_at_the_edge_of_the_calendar_is_a_day_of_the_calendar(edge: date, days: int) -> None:
    for end in (renewal_opens_on(edge, days), revocation_possible_on(edge, days), answer_by(edge, days)):
        assert date.min <= end <= date.max
        assert end == edge or abs((end - edge).days) <= days + 1


@given(DAYS, st.integers(-60, 60), st.integers(-60, 60))
def test_more_months_are_never_less_days_and_stay_in_their_month(day: date, months: int, more: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, monthrange(moved.year, moved.month)[1])
    assert (add_months(day, more) >= moved) == (more >= months)


@given(DAYS, st.integers(0, 60), st.integers(-60, 60))
def test_a_later_day_is_never_earlier_after_as_many_months(day: date, later: int, months: int) -> None:
    assert add_months(day, months) <= add_months(day + timedelta(days=later), months)


@pytest.mark.parametrize(
    ("months", "ends"),
    [(6, "2024-08-29"), (12, "2025-02-28"), (18, "2025-08-29"), (24, "2026-02-28"), (48, "2028-02-29")],
)
def test_a_certification_signed_on_a_leap_day_ends_in_its_month(months: int, ends: str) -> None:
    assert add_months(LEAP[0], months).isoformat() == ends


@given(st.integers(1904, 2020).filter(lambda year: year % 4 == 0), st.integers(1, 120))
def test_someone_born_on_a_leap_day_has_one_birthday_a_year(year: int, age: int) -> None:
    born, common = date(year, 2, 29), monthrange(year + age, 2)[1] == 28
    birthday = date(year + age, 3, 1) if common else date(year + age, 2, 29)
    assert age_in_years(born, birthday) == age
    assert age_in_years(born, birthday - timedelta(days=1)) == age - 1
