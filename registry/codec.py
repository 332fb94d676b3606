"""Frozen records to plain JSON values and back, so that what is stored can be read without our code."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


def pack(value: Any) -> Any:
    """A record as dicts, lists, strings, numbers and None; days as ISO text, decimals as text."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {name: pack(getattr(value, name)) for name in _hints(type(value))}
    if isinstance(value, dict):
        return {key: pack(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [pack(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def unpack(kind: type[Record], value: Any) -> Record:
    """The record that `pack` made this value of.

    Raises:
        KeyError: a field is missing.
        ValueError: a value is not of the field's form.
    """
    record: Record = _unpack(kind, value)
    return record


def _unpack(kind: Any, value: Any) -> Any:
    if get_origin(kind) in {Union, UnionType}:
        return None if value is None else _unpack(next(k for k in get_args(kind) if k is not NoneType), value)
    if get_origin(kind) is tuple:
        return tuple(_unpack(get_args(kind)[0], item) for item in value)
    if not isinstance(kind, type) or get_origin(kind) is not None:
        return value
    if is_dataclass(kind):
        return kind(**{name: _unpack(hint, value[name]) for name, hint in _hints(kind).items()})
    if issubclass(kind, date | datetime):
        return kind.fromisoformat(value)
    return kind(value) if issubclass(kind, Enum | Decimal) else value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
