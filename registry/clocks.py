"""The service clock: on how many days a case waited for us, computed from what happened to it.

A day counts when the case lay with us at its end; so the day of the submission, or of the answer, does not count by
itself, and the day of a notice or a decision does. Nothing of it is stored: the same history gives other figures under
other rules, or as of another day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from registry.calendar_days import add_days
from registry.reading import Applied, OnAct
from registry.terms import answer_by


class Happening(StrEnum):
    """What moves the clock; within one day and revision in this order."""

    SUBMITTED = "submitted"
    ANSWERED = "answered"
    """a newer revision came"""
    NOTICE_SENT = "notice_sent"
    """the applicant was told what is missing, or was asked"""
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a case; `revision` is the one that came, or that was decided or written about."""

    on: date
    what: Happening
    revision: int = 1


class Standing(StrEnum):
    """How a case stands, the most urgent first."""

    OVERDUE = "overdue"
    ALARM = "alarm"
    CURE_OVER = "cure_over"
    """the applicant has not answered in time, and a person decides"""
    DUE = "due"
    ASKED = "asked"
    """the applicant has still time to answer"""
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the clock says of one case at the end of one day."""

    standing: Standing
    service_days: int
    due_on: date | None
    """None while the clock stands still"""
    told_on: date | None
    """day of the newest notice that nobody answered"""
    cure_began_on: date | None
    """day of the first notice since which nobody answered"""


@dataclass(frozen=True, slots=True)
class _Clock:
    """The clock after some events: days of earlier stretches, and since when it runs."""

    revision: int = 0
    days: int = 0
    running_since: date | None = None
    notices: tuple[date, ...] = ()
    is_decided: bool = False


def service_days(events: Iterable[Event], as_of: date) -> int:
    """Days on which the case waited for us, through the end of this day."""
    return _days(_clock(events, as_of), as_of)


def service_due_on(events: Iterable[Event], as_of: date, service_target_days: OnAct[int]) -> date | None:
    """The day by which the case should be settled; None while it does not wait for us."""
    return _due_on(_clock(events, as_of), service_target_days)


def alarm(events: Iterable[Event], as_of: date, service_alarm_days: OnAct[int]) -> bool:
    """Whether the case waited for us so long that it is pointed out."""
    return service_days(events, as_of) >= service_alarm_days


def overdue(events: Iterable[Event], as_of: date, service_target_days: OnAct[int]) -> bool:
    """Whether the case waited for us longer than it should, be it settled by now or not."""
    return service_days(events, as_of) > service_target_days


def cure_over(events: Iterable[Event], as_of: date, cure_days: OnAct[int]) -> bool:
    """Whether the applicant was told what is missing and the time to answer is over without an answer."""
    return _cure_over(_clock(events, as_of), as_of, cure_days)


def reading(
    events: Iterable[Event],
    as_of: date,
    service_target_days: OnAct[int],
    service_alarm_days: OnAct[int],
    cure_days: OnAct[int],
) -> Reading:
    """How the case stands at the end of this day; only one that waits for us is in alarm or overdue."""
    clock = _clock(events, as_of)
    days = _days(clock, as_of)
    if clock.is_decided:
        standing = Standing.DECIDED
    elif clock.notices:
        standing = Standing.CURE_OVER if _cure_over(clock, as_of, cure_days) else Standing.ASKED
    elif days > service_target_days:
        standing = Standing.OVERDUE
    else:
        standing = Standing.ALARM if days >= service_alarm_days else Standing.DUE
    told_on, began_on = (clock.notices[-1], clock.notices[0]) if clock.notices else (None, None)
    return Reading(standing, days, _due_on(clock, service_target_days), told_on, began_on)


def _clock(events: Iterable[Event], as_of: date) -> _Clock:
    clock = _Clock()
    for event in sorted((e for e in events if e.on <= as_of), key=_turn):
        clock = _came(clock, event) if event.what in _ARRIVALS else _stopped(clock, event)
    return clock


def _turn(event: Event) -> tuple[date, int, int]:
    return event.on, event.revision, _ORDER.index(event.what)


def _came(clock: _Clock, event: Event) -> _Clock:
    """A submission starts the clock once, an answer starts it again; after a decision only a newer revision does."""
    is_repeated = event.what is Happening.SUBMITTED and clock.revision > 0
    if is_repeated or event.revision < clock.revision + clock.is_decided:
        return clock
    return replace(
        clock,
        revision=event.revision,
        running_since=clock.running_since or event.on,
        notices=(),
        is_decided=False,
    )


def _stopped(clock: _Clock, event: Event) -> _Clock:
    """A notice or a decision stops the clock, unless a newer revision came before it."""
    if clock.is_decided or event.revision < clock.revision:
        return clock
    is_decided = event.what is Happening.DECIDED
    return _Clock(
        revision=event.revision,
        days=_days(clock, event.on),
        notices=() if is_decided else (*clock.notices, event.on),
        is_decided=is_decided,
    )


def _days(clock: _Clock, as_of: date) -> int:
    return clock.days + ((as_of - clock.running_since).days if clock.running_since else 0)


def _due_on(clock: _Clock, service_target_days: int) -> date | None:
    if clock.running_since is None:
        return None
    return add_days(clock.running_since, service_target_days - clock.days)


def _cure_over(clock: _Clock, as_of: date, cure_days: int) -> bool:
    return bool(clock.notices) and answer_by(clock.notices[-1], cure_days) < as_of


_ARRIVALS = {Happening.SUBMITTED, Happening.ANSWERED}
_ORDER = tuple(Happening)

CLOCK_TERMS = tuple(Applied(term) for term in (service_days, service_due_on, alarm, overdue, cure_over))
"""Every term of the clock, as a reader of the law."""
