"""Days, months, business days and ages."""

from calendar import monthrange
from collections.abc import Container
from datetime import date, timedelta


def add_days(day: date, days: int) -> date:
    """The day so many days on, or back; the calendar's first or last day where that would lie beyond it."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where that month is shorter."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def age_in_years(born: date, day: date) -> int:
    """Completed years; someone born on 29 February completes a year on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def add_business_days(day: date, days: int, holidays: Container[date]) -> date:
    """The n-th day after `day` that is neither Saturday, Sunday nor a state holiday."""
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            days -= 1
    return day
