"""A Great Expectations class for each question; importing this module costs seconds."""

from functools import cache
from typing import Any

import pandas as pd
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.core.expect_column_values_to_be_null import ExpectColumnValuesToBeNull
from great_expectations.expectations.core.expect_column_values_to_not_be_null import ExpectColumnValuesToNotBeNull
from great_expectations.expectations.expectation import ColumnMapExpectation, ColumnPairMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.column_condition_partial import (
    column_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_map_metric_provider import (
    ColumnMapMetricProvider,
)
from great_expectations.expectations.metrics.map_metric_provider.column_pair_condition_partial import (
    column_pair_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_pair_map_metric_provider import (
    ColumnPairMapMetricProvider,
)

from expectations.checks import OF_ONE_COLUMN, OF_TWO_COLUMNS
from expectations.rules import Check


@cache
def expectation_classes() -> dict[Check, Any]:
    """The class that asks each question; the generated ones are registered with Great Expectations on the way."""
    return {
        Check.IS_GIVEN: ExpectColumnValuesToNotBeNull,
        Check.IS_EMPTY: ExpectColumnValuesToBeNull,
        **{check: _of_one_column(check) for check in OF_ONE_COLUMN},
        **{check: _of_two_columns(check) for check in OF_TWO_COLUMNS},
    }


def _of_one_column(check: Check) -> type:
    metric = f"column_values.nutmeg_{check}"

    def _pandas(_cls: type, column: pd.Series, **_: object) -> pd.Series:
        return OF_ONE_COLUMN[check](column)

    condition = column_condition_partial(engine=PandasExecutionEngine)(_pandas)
    members = {"condition_metric_name": metric, "_pandas": condition}
    _made(f"ColumnValues{_title(check)}", ColumnMapMetricProvider, members)
    return _made(f"ExpectColumnValues{_title(check)}", ColumnMapExpectation, {"map_metric": metric})


def _of_two_columns(check: Check) -> type:
    metric = f"column_pair_values.nutmeg_{check}"
    domain = (*ColumnPairMapExpectation.domain_keys, "ignore_row_if")

    def _pandas(_cls: type, column_A: pd.Series, column_B: pd.Series, **_: object) -> pd.Series:  # noqa: N803 - its names
        return OF_TWO_COLUMNS[check](column_A, column_B)

    condition = column_pair_condition_partial(engine=PandasExecutionEngine)(_pandas)
    keys = {"condition_domain_keys": (*domain, "table"), "condition_value_keys": ()}
    _made(
        f"ColumnPairValues{_title(check)}",
        ColumnPairMapMetricProvider,
        {"condition_metric_name": metric, "_pandas": condition, **keys},
    )
    # Without the declared field Great Expectations passes None here, and the check crashes on every row.
    ignored = {"__annotations__": {"ignore_row_if": str}, "ignore_row_if": "either_value_is_missing"}
    pair = {"map_metric": metric, "domain_keys": domain, **ignored}
    return _made(f"ExpectColumnPairValues{_title(check)}", ColumnPairMapExpectation, pair)


def _made(name: str, base: type, members: dict[str, Any]) -> type:
    made: type = type(base)(name, (base,), {"__module__": __name__, "__doc__": None, **members})
    return made


def _title(check: Check) -> str:
    return "".join(part.capitalize() for part in check.split("_"))
