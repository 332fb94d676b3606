"""Frozen records to plain JSON values and back, so that what is stored can be read without our code.

What to do with a type is worked out once and kept as a function: a night reads and writes millions of fields.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
Turn = Callable[[Any], Any]
"""A function from a value to its other form; None in its place means that both forms are the same."""


def pack(value: Any) -> Any:
    """A record as dicts, lists, strings, numbers and None; days as ISO text, decimals as text."""
    kind = type(value)
    if kind in {str, int, float, bool, NoneType}:
        return value
    if is_dataclass(kind):
        return {name: pack(getattr(value, name)) for name in _hints(kind)}
    if kind is list or kind is tuple:
        return [pack(item) for item in value]
    if kind is dict:
        return {key: pack(item) for key, item in value.items()}
    return plain(value)


def plain(value: Any) -> Any:
    """What JSON has no word for: a day, a decimal, a term of a list, or a record.

    Raises:
        TypeError: it is none of these.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return pack(value)
    raise TypeError(f"{type(value).__name__} has no plain form")


def unpack(kind: type[Record], value: Any) -> Record:
    """The record that `pack` made this value of.

    Raises:
        KeyError: a field is missing.
        ValueError: a value is not of the field's form.
    """
    untyped: Any = kind
    record: Record = (_turn(untyped) or _as_it_is)(value)
    return record


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _turn(kind: Any) -> Turn | None:
    if get_origin(kind) in {Union, UnionType}:
        return _optional(_turn(next(k for k in get_args(kind) if k is not NoneType)))
    if get_origin(kind) is tuple:
        item = _turn(get_args(kind)[0])
        return tuple if item is None else (lambda value: tuple(map(item, value)))
    if not isinstance(kind, type) or get_origin(kind) is not None:
        return None
    if is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, date):
        return kind.fromisoformat
    return kind if issubclass(kind, Enum | Decimal) else None


def _optional(turn: Turn | None) -> Turn | None:
    return None if turn is None else (lambda value: None if value is None else turn(value))


def _record(kind: type) -> Turn:
    turns = [(name, _turn(hint)) for name, hint in _hints(kind).items()]

    def make(value: Any) -> Any:
        return kind(*(value[name] if turn is None else turn(value[name]) for name, turn in turns))

    return make


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
