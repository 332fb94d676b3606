"""Frame and suites in, verdict out.

Great Expectations passes rows silently in several ways. Those that its engine cannot fence are fenced here: a crashed
or unanswered check ends the run, positions are made unique before they are asked for, column names are compared
exactly, and empty text is refused where null is meant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import pandas as pd

from expectations.columns import contract
from expectations.facts import DeliveryFacts, RowContext
from expectations.rules import Route, Rule, Suite, suites


class JudgingError(Exception):
    """The data could not be judged, so nothing of it may be let in; the sentence says what and what to do."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one rule came out; `evaluated` and `failed` count rows."""

    rule: str
    suite: str
    column: str
    code: str
    route: Route
    sentence: str
    evaluated: int
    failed: int
    crashed: bool = False


class ChecksCrashedError(JudgingError):
    """At least one check gave no answer: the run must stop, since silence is not a pass."""

    def __init__(self, checks: Iterable[CheckResult]) -> None:
        self.checks = tuple(checks)
        names = ", ".join(check.rule for check in self.checks)
        # What the check raised may quote a value, so only its name is told.
        super().__init__(f"The checks {names} gave no answer, so no row was judged. Mend the rule and run again.")


@dataclass(frozen=True)
class Verdict:
    """The outcome of judging.

    `rejects` has one line per (row, column, code), sorted; `row` is the 1-based data row. `results` are those of Great
    Expectations, without values, for its site.
    """

    rejects: pd.DataFrame
    checks: tuple[CheckResult, ...]
    results: tuple[Any, ...] = field(default=(), repr=False)

    @property
    def stops(self) -> tuple[CheckResult, ...]:
        """The broken rules that end the delivery."""
        return tuple(check for check in self.checks if check.route is Route.STOP and check.failed)


def judge_rows(frame: pd.DataFrame, context: RowContext) -> Verdict:
    """Judge the rows of a coerced table.

    Args:
        frame: the contract's columns in canonical text, missing as null, and `row`; see `coerce`.
        context: what the rows are judged against.

    Raises:
        ChecksCrashedError: a check gave no answer.
        JudgingError: the frame is not a coerced table.
    """
    _coerced_or_stop(frame)
    return judge(suites("rows"), frame.assign(exported_at=context.exported_at.isoformat()))


def judge_delivery(facts: DeliveryFacts) -> Verdict:
    """Judge a delivery by its facts; `stops` of the verdict ends it.

    Raises:
        ChecksCrashedError: a check gave no answer.
    """
    return judge(suites("deliveries"), pd.DataFrame([{"row": 0, **asdict(facts)}]))


def judge(judges: Iterable[Suite], frame: pd.DataFrame) -> Verdict:
    """Judge a frame by these suites, each on the columns it reads.

    Raises:
        ChecksCrashedError: a check gave no answer.
    """
    from expectations.engine import validate  # noqa: PLC0415 - costs seconds, so only who judges pays

    # Positions come back as index labels, which are useless unless they are unique.
    frame = frame.reset_index(drop=True)
    checks: list[CheckResult] = []
    rejects: list[pd.DataFrame] = []
    results = []
    for suite in judges:
        result = validate(suite, frame.loc[:, [*suite.reads]])
        answers = {answer.expectation_config.meta["rule"]: answer for answer in result.results}
        for rule in suite.rules:
            check, positions = _read_answer(suite, rule, answers.get(rule.id))
            checks.append(check)
            if rule.route is Route.REJECT:
                rejects.append(_lines(frame, rule, positions))
        results.append(result)
    if crashed := [check for check in checks if check.crashed]:
        raise ChecksCrashedError(crashed)
    return Verdict(_sorted(rejects), tuple(checks), tuple(results))


def _coerced_or_stop(frame: pd.DataFrame) -> None:
    if missing := sorted({"row", *contract()} - set(frame.columns)):
        raise JudgingError(f"The table has no column {', '.join(missing)}. Coerce it before it is judged.")
    for name in contract():
        if (frame[name] == "").any():
            raise JudgingError(f"Column {name} holds empty text where null is meant. Coerce it before it is judged.")


def _read_answer(suite: Suite, rule: Rule, answer: Any) -> tuple[CheckResult, list[int]]:
    blank = CheckResult(rule.id, suite.name, rule.columns[0], rule.code, rule.route, rule.sentence, 0, 0)
    result: Mapping[str, Any] = answer.result if answer is not None else {}
    positions = result.get("unexpected_index_list")
    if positions is None or len(positions) != result.get("unexpected_count"):
        return replace(blank, crashed=True), []
    evaluated = int(result["element_count"]) - int(result.get("missing_count", 0))
    return replace(blank, evaluated=evaluated, failed=len(positions)), positions


def _lines(frame: pd.DataFrame, rule: Rule, positions: list[int]) -> pd.DataFrame:
    rows = frame["row"].to_numpy()[positions]
    return pd.DataFrame({"row": rows, "column": rule.columns[0], "code": rule.code})


def _sorted(rejects: list[pd.DataFrame]) -> pd.DataFrame:
    none = pd.DataFrame(
        {"row": pd.Series(dtype="int64"), "column": pd.Series(dtype="str"), "code": pd.Series(dtype="str")}
    )
    lines = pd.concat([none, *(lines for lines in rejects if len(lines))]).drop_duplicates()
    order = lines["column"].map({name: place for place, name in enumerate(contract())})
    return lines.assign(order=order).sort_values(["row", "order", "code"]).drop(columns="order").reset_index(drop=True)
