"""The reference tables that the project ships are whole and right."""

import csv
from datetime import date, timedelta

import pytest

from tasks.sampling.certifiers import CertifierRegister
from tasks.sampling.places import REFERENCE

CLOSED_FOR_WEEKEND = {5: -1, 6: 1}


def table(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def nth(year: int, month: int, weekday: int, count: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def easter(year: int) -> date:
    """The Gregorian computus of Meeus and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h + 22 * ((32 + 2 * e + 2 * i - h - k) % 7)) // 451
    month, day = divmod(h + (32 + 2 * e + 2 * i - h - k) % 7 - 7 * m + 114, 31)
    return date(year, month, day + 1)


def days_off(year: int) -> set[date]:
    last_monday_of_may = date(year, 5, 31) - timedelta(days=date(year, 5, 31).weekday())
    fixed = [date(year, 1, 1), date(year, 2, 12), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)]
    fixed += [date(year, 6, 19)] if year >= 2023 else []
    moving = [nth(year, 1, 0, 3), nth(year, 2, 0, 3), nth(year, 9, 0, 1), nth(year, 10, 0, 2), nth(year, 11, 3, 4)]
    observed = {day + timedelta(days=CLOSED_FOR_WEEKEND.get(day.weekday(), 0)) for day in fixed}
    return observed | set(moving) | {last_monday_of_may, easter(year) - timedelta(days=2)}


def test_holidays_are_the_days_the_rules_give_from_2016_to_2028() -> None:
    expected = set().union(*(days_off(year) for year in range(2016, 2030)))
    listed = {date.fromisoformat(row["date"]) for row in table("holidays.csv")}
    assert listed == {day for day in expected if 2016 <= day.year <= 2028}
    assert all(day.weekday() < 5 for day in listed)


def test_the_condition_list_has_42_for_adults_and_10_for_minors_by_name() -> None:
    rows = table("conditions.csv")
    assert sum(row["adult"] == "yes" for row in rows) == 42
    assert sum(row["minor"] == "yes" for row in rows) == 10
    assert len({row["code"] for row in rows}) == len(rows) == 43
    assert all(date.fromisoformat(row["effective_from"]) >= date(2012, 10, 1) for row in rows)


def test_zips_are_connecticuts_each_once() -> None:
    rows = table("zips.csv")
    assert len({row["zip"] for row in rows}) == len(rows) >= 250
    assert all(len(row["zip"]) == 5 and row["zip"].startswith("06") and row["city"] for row in rows)


def test_facilities_stand_in_towns_of_the_zip_table() -> None:
    towns = {row["city"] for row in table("zips.csv")}
    rows = table("facilities.csv")
    assert len(rows) >= 12
    assert {row["town"] for row in rows} <= towns


@pytest.mark.parametrize("seed", [1, 2])
def test_certifiers_have_one_period_a_day_and_the_sound_ones_stand_on_every_recent_day(seed: int) -> None:
    day = date(2026, 11, 22)
    register = CertifierRegister(seed, day)
    assert len({certifier.license for certifier in register.all}) == len(register.all)
    for certifier in register.all:
        for back in (0, 60, 100, 500, 1250):
            signed = (day - timedelta(days=back)).isoformat()
            covering = [row for row in certifier.rows if row[3] <= signed and (not row[4] or signed <= row[4])]
            assert len(covering) <= 1
            good = [row for row in covering if row[5] == "active" and all(not end or end >= signed for end in row[6:])]
            if certifier.sound:
                assert good
            elif back <= 120:
                assert not good
