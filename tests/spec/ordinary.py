"""The ordinary case, which every case of the specs differs from: `ordinary.yaml` on any two days."""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from registry.calendar_days import add_days, add_months
from registry.case import fact_types
from tasks.strict_yaml import read_yaml
from tests.spec.plain import decoded
from tests.spec.strict import SpecError

ORDINARY = Path(__file__).resolve().parent / "ordinary.yaml"

_DAY = re.compile(r"(submitted|signed)(?: ([+-]) (\d+) (day|month|year)s?)?")


@cache
def ordinary_facts() -> dict[str, Any]:
    """Each fact of the ordinary case in its plain form, in the order of the record.

    Raises:
        SpecError: a fact is missing or unknown.
    """
    found: dict[str, Any] = read_yaml(ORDINARY, SpecError)
    if odd := sorted(found.keys() ^ fact_types().keys()):
        raise SpecError(f"{ORDINARY.name}: {', '.join(odd)} is missing or no fact of a case; correct the file.")
    return {name: found[name] for name in fact_types()}


def ordinary_case(submitted_on: date, signed_on: date) -> dict[str, Any]:
    """Every fact of the ordinary case, submitted and signed on these days.

    Raises:
        SpecError: a value is not of its fact's form.
    """
    days = {"submitted": submitted_on, "signed": signed_on}
    facts = {}
    for name, kind in fact_types().items():
        plain = ordinary_facts()[name]
        try:
            facts[name] = _day(plain, days) if _is_relative(kind, plain) else decoded(kind, plain)
        except ValueError as error:
            raise SpecError(f"{ORDINARY.name}: {name}: {error}; correct it.") from None
    return facts


def _is_relative(kind: Any, plain: Any) -> bool:
    return isinstance(plain, str) and (kind is date or date in get_args(kind))


def _day(plain: str, days: dict[str, date]) -> date:
    found = _DAY.fullmatch(plain)
    if found is None:
        raise ValueError(f"{plain!r} is neither a day nor one such as 'submitted + 10 days'")
    start = days[found[1]]
    if found[2] is None:
        return start
    count = int(found[2] + found[3])
    return add_days(start, count) if found[4] == "day" else add_months(start, count * (12 if found[4] == "year" else 1))
