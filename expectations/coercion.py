"""A table's text brought into its canonical forms, column by column; a value that lacks its form is left as it came."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from expectations.columns import Column, contract
from expectations.forms import fold, form_of, has_invisible

# Neither a coerced value nor a value as it came can hold it: rows with control characters are damaged rows.
_BETWEEN = "\x1f"


@dataclass(frozen=True)
class Coerced:
    """A table in canonical text: the contract's columns, `row` (1-based data row) and `content_sha256`.

    `revision` is the effective one, so 1 where the table was silent. `repairs` counts cells by repairing rule.
    """

    frame: pd.DataFrame
    repairs: Mapping[str, int]


def coerce(frame: pd.DataFrame) -> Coerced:
    """Bring every column of the contract into its form: ISO days, timestamps in New York time, yes and no, ZIP codes.

    Args:
        frame: the contract's columns as text, missing as null, and `row`.

    Returns:
        A new frame, its index 0 to n-1. Empty text becomes null; text without its form is only trimmed and folded.
    """
    repairs: Counter[str] = Counter()
    columns = {column.name: _coerced(frame[column.name], column, repairs) for column in contract().values()}
    columns["revision"] = columns["revision"].fillna("1")
    canonical = pd.DataFrame({"row": frame["row"].to_numpy(), **columns})
    canonical["content_sha256"] = content_digests(canonical)
    return Coerced(canonical, dict(sorted(repairs.items())))


def content_digests(frame: pd.DataFrame) -> pd.Series:
    """The sha256 (hex) of each row's `column=value` text over the contract's columns that are not empty."""
    names = [f"{name}=" for name in contract()]
    rows = zip(*(frame[name].to_numpy(dtype=object) for name in contract()), strict=True)
    digests = [_digest(names, row) for row in rows]
    return pd.Series(digests, index=frame.index, dtype="str")


def _digest(names: list[str], row: Iterable[object]) -> str:
    filled = (name + value for name, value in zip(names, row, strict=True) if isinstance(value, str) and value)
    return hashlib.sha256(_BETWEEN.join(filled).encode("utf-8", "surrogatepass")).hexdigest()


def _coerced(series: pd.Series, column: Column, repairs: Counter[str]) -> pd.Series:
    codes, distinct = pd.factorize(series.to_numpy(dtype=object))
    texts = [fold(value) for value in distinct]
    form = form_of(column)
    readings = [form(text) if text else None for text in texts]
    canonical = [reading.text if reading else text or None for reading, text in zip(readings, texts, strict=True)]
    times = np.bincount(codes[codes >= 0], minlength=len(distinct))
    for value, reading, count in zip(distinct, readings, times, strict=True):
        if reading and reading.repair:
            repairs[reading.repair] += int(count)
        if has_invisible(value):
            repairs["INVISIBLE_MARK"] += int(count)
    # A missing value has code -1 and so takes the last place.
    return pd.Series(np.array([*canonical, None], dtype=object)[codes], dtype="str")


def by_distinct(series: pd.Series, holds: Callable[[str], bool]) -> pd.Series:
    """Ask a question once per distinct text of a column; True for missing values."""
    codes, distinct = pd.factorize(series.to_numpy(dtype=object))
    answers = np.array([*(holds(value) for value in distinct), True], dtype=bool)
    return pd.Series(answers[codes], index=series.index)
