"""The service clock: what moves it, and what never can."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.clocks import (
    Event,
    Happening,
    Standing,
    alarm,
    cure_over,
    overdue,
    reading,
    service_days,
    service_due_on,
)

START = date(2026, 11, 1)
SUBMITTED, ANSWERED, NOTICE, DECIDED = Happening


def day(number: int) -> date:
    return START + timedelta(days=number)


def at(number: int, what: Happening, revision: int = 1) -> Event:
    return Event(day(number), what, revision)


EVENTS = st.lists(
    st.builds(at, st.integers(0, 40), st.sampled_from(Happening), st.integers(1, 3)), max_size=8, unique=True
)
NOW = st.integers(0, 60)
SERVED = [at(0, SUBMITTED), at(4, NOTICE), at(10, ANSWERED, 2), at(13, NOTICE, 2), at(30, ANSWERED, 3)]


@pytest.mark.parametrize(
    ("as_of", "days", "due"),
    [(0, 0, 30), (1, 1, 30), (4, 4, None), (9, 4, None), (10, 4, 36), (13, 7, None), (30, 7, 53), (53, 30, 53)],
)
def test_the_clock_counts_only_days_on_which_the_case_lay_with_us(as_of: int, days: int, due: int | None) -> None:
    assert service_days(SERVED, day(as_of)) == days
    assert service_due_on(SERVED, day(as_of), 30) == (None if due is None else day(due))


def test_a_decision_ends_the_clock_and_only_a_newer_revision_starts_it_again() -> None:
    events = [at(0, SUBMITTED), at(3, DECIDED), at(5, NOTICE), at(6, ANSWERED)]
    assert [service_days(events, day(n)) for n in (2, 3, 9)] == [2, 3, 3]
    assert service_due_on(events, day(9), 30) is None
    assert service_days([*events, at(7, ANSWERED, 2)], day(9)) == 5


def test_a_notice_or_decision_about_a_revision_that_was_answered_already_stops_nothing() -> None:
    for what in (NOTICE, DECIDED):
        events = [at(0, SUBMITTED), at(4, ANSWERED, 2), at(5, what, 1)]
        assert service_days(events, day(9)) == 9


def test_what_happens_within_one_day_happens_revision_by_revision() -> None:
    again = [at(0, SUBMITTED), at(2, NOTICE, 1), at(5, ANSWERED, 2), at(5, NOTICE, 2)]
    assert reading(again, day(9), 30, 20, 30).standing is Standing.ASKED
    answered_at_once = [at(0, SUBMITTED), at(5, NOTICE, 1), at(5, ANSWERED, 2)]
    assert service_days(answered_at_once, day(9)) == 9


def test_without_any_event_nothing_waits() -> None:
    assert service_days([], START) == 0
    assert service_due_on([], START, 30) is None
    assert not cure_over([], START, 30)
    assert service_days([at(5, SUBMITTED)], day(3)) == 0


@given(EVENTS, st.randoms(), NOW)
def test_the_order_in_which_events_are_given_does_not_matter(events: list[Event], random: object, now: int) -> None:
    mixed = list(events)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert reading(mixed, day(now), 30, 20, 30) == reading(events, day(now), 30, 20, 30)


@given(EVENTS, NOW)
def test_from_one_day_to_the_next_the_clock_moves_by_nothing_or_by_one(events: list[Event], now: int) -> None:
    today, tomorrow = service_days(events, day(now)), service_days(events, day(now + 1))
    assert 0 <= today <= now
    assert tomorrow - today in (0, 1)


@given(EVENTS, NOW)
def test_what_has_not_happened_yet_does_not_count(events: list[Event], now: int) -> None:
    known = [event for event in events if event.on <= day(now)]
    assert reading(known, day(now), 30, 20, 30) == reading(events, day(now), 30, 20, 30)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=6), st.integers(0, 20))
def test_stretches_with_us_add_up_and_those_with_the_applicant_do_not(
    stretches: list[tuple[int, int]], last: int
) -> None:
    events, now = [at(0, SUBMITTED)], 0
    for revision, (ours, theirs) in enumerate(stretches, 1):
        now += ours
        events.append(at(now, NOTICE, revision))
        now += theirs
        events.append(at(now, ANSWERED, revision + 1))
    waited = sum(ours for ours, _ in stretches)
    assert service_days(events, day(now)) == waited
    assert service_days(events, day(now + last)) == waited + last
    assert service_due_on(events, day(now + last), 30) == day(now + 30 - waited)


@given(EVENTS, NOW, st.integers(0, 40))
def test_a_running_clock_reaches_the_target_on_the_day_it_is_due(events: list[Event], now: int, target: int) -> None:
    due = service_due_on(events, day(now), target)
    if due is not None and due >= day(now):
        assert service_days([event for event in events if event.on <= day(now)], due) == target


@pytest.mark.parametrize(
    ("as_of", "in_alarm", "late"), [(19, False, False), (20, True, False), (30, True, False), (31, True, True)]
)
def test_the_alarm_begins_with_its_day_and_overdue_after_the_target(as_of: int, in_alarm: bool, late: bool) -> None:
    events = [at(0, SUBMITTED)]
    assert (alarm(events, day(as_of), 20), overdue(events, day(as_of), 30)) == (in_alarm, late)


@pytest.mark.parametrize(("as_of", "is_over"), [(4, False), (34, False), (35, True)])
def test_the_last_day_to_answer_is_the_applicants(as_of: int, is_over: bool) -> None:
    events = [at(0, SUBMITTED), at(4, NOTICE)]
    assert cure_over(events, day(as_of), 30) is is_over
    assert not cure_over([*events, at(34, ANSWERED, 2)], day(as_of), 30)


def test_a_second_notice_gives_its_own_days_to_answer() -> None:
    events = [at(0, SUBMITTED), at(4, NOTICE), at(20, NOTICE)]
    said = reading(events, day(40), 30, 20, 30)
    assert (said.standing, said.told_on, said.cure_began_on) == (Standing.ASKED, day(20), day(4))
    assert cure_over(events, day(51), 30)


@pytest.mark.parametrize(
    ("more", "as_of", "standing"),
    [
        ([], 5, Standing.DUE),
        ([], 20, Standing.ALARM),
        ([], 31, Standing.OVERDUE),
        ([at(25, NOTICE)], 26, Standing.ASKED),
        ([at(25, NOTICE)], 56, Standing.CURE_OVER),
        ([at(25, NOTICE), at(30, ANSWERED, 2)], 31, Standing.ALARM),
        ([at(40, DECIDED)], 41, Standing.DECIDED),
    ],
)
def test_a_case_stands_in_one_way(more: list[Event], as_of: int, standing: Standing) -> None:
    assert reading([at(0, SUBMITTED), *more], day(as_of), 30, 20, 30).standing is standing


@given(EVENTS, NOW, st.integers(0, 40))
def test_a_shorter_time_to_answer_is_over_no_later(events: list[Event], now: int, days: int) -> None:
    if cure_over(events, day(now), days + 1):
        assert cure_over(events, day(now), days)
