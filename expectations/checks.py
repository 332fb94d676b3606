"""The questions rules ask, as functions of whole columns."""

from collections.abc import Callable

import pandas as pd

from expectations.coercion import by_distinct
from expectations.columns import contract
from expectations.forms import form_of
from expectations.rules import Check


def has_form(values: pd.Series) -> pd.Series:
    """Whether each value is canonical text of the form that the contract gives the column of this name."""
    form = form_of(contract()[str(values.name)])

    def canonical(text: str) -> bool:
        reading = form(text)
        return reading is not None and reading.text == text

    return by_distinct(values, canonical)


def is_zero(values: pd.Series) -> pd.Series:
    """Whether each number is 0."""
    return values == 0


def same(left: pd.Series, right: pd.Series) -> pd.Series:
    """Whether both columns hold the same."""
    return left == right


def day_not_after_moment(days: pd.Series, moments: pd.Series) -> pd.Series:
    """Whether each day is not after the day of the moment beside it; True where either lacks its form."""
    return ~(_days(days) > _days(moments.str[:10]))


def moment_not_after(moments: pd.Series, limits: pd.Series) -> pd.Series:
    """Whether each moment is not after the one beside it; True where either lacks its form."""
    return ~(_moments(moments) > _moments(limits))


def _days(values: pd.Series) -> pd.Series:
    return pd.to_datetime(values, format="%Y-%m-%d", errors="coerce")


def _moments(values: pd.Series) -> pd.Series:
    return pd.to_datetime(values, format="ISO8601", errors="coerce", utc=True)


OF_ONE_COLUMN: dict[Check, Callable[[pd.Series], pd.Series]] = {Check.HAS_FORM: has_form, Check.IS_ZERO: is_zero}
OF_TWO_COLUMNS: dict[Check, Callable[[pd.Series, pd.Series], pd.Series]] = {
    Check.SAME: same,
    Check.DAY_NOT_AFTER_MOMENT: day_not_after_moment,
    Check.MOMENT_NOT_AFTER: moment_not_after,
}
