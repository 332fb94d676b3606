"""Great Expectations, started quietly and asked to judge; importing this module costs seconds.

It passes rows silently in several ways, and two are fenced here: a context shared between threads mixes up their
counts, so each call has its own; and a suite may lose rules while it is built, so they are counted.
"""

import logging
import warnings
from functools import reduce
from operator import and_
from typing import Any

import pandas as pd

from expectations.judging import JudgingError
from expectations.rules import Rule, Suite

with warnings.catch_warnings():
    # Two deprecated modules of the standard library are imported on the way.
    warnings.simplefilter("ignore", DeprecationWarning)
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.row_conditions import Column

    from expectations.classes import expectation_classes

# Its log quotes the exceptions of crashed checks, and those can quote a person's data; judging reports crashes itself.
# Some of its loggers set a level of their own, so nothing of it is passed on.
_log = logging.getLogger("great_expectations")
_log.addHandler(logging.NullHandler())
_log.propagate = False

# Positions of failing rows, never their values.
_LEAN = {
    "result_format": "COMPLETE",
    "exclude_unexpected_values": True,
    "partial_unexpected_count": 0,
    "return_unexpected_index_query": False,
}


def validate(suite: Suite, frame: pd.DataFrame) -> Any:
    """Great Expectations' own result of one suite on one frame: positions of failing rows, no values."""
    return _fresh_batch(frame).validate(_gx_suite(suite), result_format=_LEAN)


def _fresh_batch(frame: pd.DataFrame) -> Any:
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("nutmeg").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("whole").get_batch(batch_parameters={"dataframe": frame})


def _gx_suite(suite: Suite) -> gx.ExpectationSuite:
    """The suite in Great Expectations' terms; its constructor keeps rules apart that `add_expectation` would merge."""
    built = gx.ExpectationSuite(name=suite.name, expectations=[_expectation(rule) for rule in suite.rules])
    if len(built.expectations) != len(suite.rules):
        raise JudgingError(f"Suite {suite.name} lost rules while it was built. Look at what its rules share.")
    return built


def _expectation(rule: Rule) -> Any:
    names = ("column",) if rule.check.width == 1 else ("column_A", "column_B")
    arguments: dict[str, Any] = dict(zip(names, rule.columns, strict=True))
    if conditions := _conditions(rule):
        arguments["row_condition"] = reduce(and_, conditions)
    return expectation_classes()[rule.check](
        **arguments,
        severity=rule.route.severity,
        description=f"{rule.code}: {rule.sentence}",
        meta={"rule": rule.id, "code": rule.code, "route": rule.route.value},
    )


def _conditions(rule: Rule) -> list[Any]:
    equal = [Column(name) == value for name, value in rule.when]
    return [*equal, *(Column(name).is_null() for name in rule.when_empty)]
