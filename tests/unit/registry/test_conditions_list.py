"""The list of debilitating conditions: each on the list from its day on, for whom it is meant, and not before."""

import csv
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from registry.facts import Condition
from tasks.settings import PROJECT

DAY = timedelta(days=1)


def the_list() -> dict[str, Condition]:
    with (PROJECT / "data" / "reference" / "conditions.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    day = date.fromisoformat
    return {
        row["code"]: Condition(
            row["code"], row["label"], row["adult"] == "yes", row["minor"] == "yes", day(row["effective_from"]), None
        )
        for row in rows
    }


LIST = the_list()


def certified(case: Any, condition: Condition, day: date, minor: bool) -> Any:
    """A patient certified for this one condition on this day, who applies on it."""
    born = date(day.year - 14, 1, 2) if minor else date(day.year - 40, 1, 2)
    bent = case.with_(
        date_of_birth=born, submitted_at=datetime.combine(day, time(10), case.application.submitted_at.tzinfo)
    )
    bent = bent.certified(certified_on=day, expires_on=day, condition_codes=(condition.code,))
    return bent.knowing(conditions=LIST).certifier(valid_from=date(2000, 1, 1))


@pytest.mark.parametrize("condition", LIST.values(), ids=lambda condition: condition.code)
@pytest.mark.parametrize("minor", [False, True], ids=["adult", "minor"])
def test_a_condition_counts_from_its_day_on_for_whom_it_is_meant(case: Any, condition: Condition, minor: bool) -> None:
    meant = condition.minor if minor else condition.adult
    on_the_day = certified(case, condition, condition.effective_from, minor)
    assert ("CONDITION_NOT_FOR_AGE" in on_the_day.codes) is not meant
    assert "CONDITION_UNKNOWN" not in on_the_day.codes
    if condition.effective_from > date(2012, 10, 1):
        day_before = certified(case, condition, condition.effective_from - DAY, minor)
        assert "CONDITION_NOT_FOR_AGE" in day_before.codes


def test_a_condition_that_left_the_list_counts_to_its_last_day(case: Any) -> None:
    left = replace(LIST["PTSD"], effective_to=date(2026, 11, 1))
    bent = case.knowing(conditions={"PTSD": left})
    assert "CONDITION_NOT_FOR_AGE" not in bent.certified(certified_on=date(2026, 11, 1)).codes
    assert "CONDITION_NOT_FOR_AGE" in bent.certified(certified_on=date(2026, 11, 2)).codes


def test_the_list_holds_what_the_programme_publishes() -> None:
    assert sum(condition.adult for condition in LIST.values()) == 42
    assert sum(condition.minor for condition in LIST.values()) == 10
