"""Open cases as the clock reads them: which stand in the analysts' queue, in which order and with which words."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from registry.clocks import Reading, Standing, reading
from registry.decision import Outcome
from registry.law import Policy
from registry.terms import answer_by
from tasks.ledger.engine import Connection
from tasks.ledger.queue import OpenCase, open_cases

_URGENCY = tuple(Standing)


class ClockRules(NamedTuple):
    """What the policy says of clocks, in days; each bears the key of its provision."""

    service_target_days: int
    service_alarm_days: int
    cure_days: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """One case of the queue: its newest decision, and what the clock says of it."""

    submission_id: str
    decision_id: str
    reading: Reading
    clock: str
    """how the clock stands, in words"""
    unanswered: tuple[str, ...]
    """a sentence when the applicant did not answer in time; else empty"""


def clock_rules(policy: Policy, as_of: date) -> ClockRules:
    """The rules of the clocks in force on a day."""
    law = policy.on(as_of)
    return ClockRules(*(law.number(key) for key in ClockRules._fields))


def queue_order(connection: Connection, rules: ClockRules, as_of: date) -> list[Waiting]:
    """Every case of the queue without its content, the most urgent first and then the longest waiting."""
    read = ((case, reading(case.events, as_of, *rules)) for case in open_cases(connection))
    queued = [_waiting(case, said, rules, as_of) for case, said in read if _needs_a_person(case, said, rules, as_of)]
    return sorted(queued, key=_turn)


def counts(connection: Connection, rules: ClockRules, as_of: date) -> dict[str, int]:
    """How many open cases waited too long, and how many applicants did not answer in time."""
    found = Counter(reading(case.events, as_of, *rules).standing for case in open_cases(connection))
    return {
        "past the alarm": found[Standing.ALARM] + found[Standing.OVERDUE],
        "of these overdue": found[Standing.OVERDUE],
        "cure period over": found[Standing.CURE_OVER],
    }


def _needs_a_person(case: OpenCase, said: Reading, rules: ClockRules, as_of: date) -> bool:
    """What was asked for once and not answered in time stays with the person, also while a second letter is out."""
    if case.outcome == Outcome.DEFICIENT:
        return said.cure_began_on is not None and answer_by(said.cure_began_on, rules.cure_days) < as_of
    return case.outcome != Outcome.HELD


def _waiting(case: OpenCase, said: Reading, rules: ClockRules, as_of: date) -> Waiting:
    told = (
        f"The applicant was told on {said.told_on} what is missing and has not answered within {rules.cure_days} days."
    )
    unanswered = (told,) if said.standing is Standing.CURE_OVER else ()
    return Waiting(case.submission_id, case.decision_id, said, _words(said, rules, as_of), unanswered)


def _words(said: Reading, rules: ClockRules, as_of: date) -> str:
    if said.told_on is not None:
        last = answer_by(said.told_on, rules.cure_days)
        return f"not answered by {last}" if last < as_of else f"asked, answer by {last}"
    if said.standing in {Standing.OVERDUE, Standing.ALARM}:
        return f"{said.standing}: {_days(said.service_days)}"
    left = rules.service_target_days - said.service_days
    return f"due in {_days(left)}" if left else "due today"


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _turn(waiting: Waiting) -> tuple[int, date, int, str]:
    said = waiting.reading
    return _URGENCY.index(said.standing), said.told_on or date.min, -said.service_days, waiting.submission_id
