"""Plain values of a spec to the values that the law reads, strictly, and whole cases moved in time."""

import types
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints

from registry.calendar_days import add_days
from registry.codec import pack, unpack

_COLLECTIONS: set[Any] = {Collection, Container, Iterable, frozenset}


def decoded(kind: Any, plain: Any) -> Any:
    """The value of this type that a spec gives in its plain form.

    Raises:
        ValueError: it is not of this form.
    """
    if get_origin(kind) in _COLLECTIONS:
        return tuple(decoded(get_args(kind)[0], item) for item in _of_type(list, plain))
    if get_origin(kind) is Mapping:
        return {str(key): decoded(get_args(kind)[1], item) for key, item in _of_type(dict, plain).items()}
    text = _days_as_text(plain)
    try:
        value = unpack(kind, text)
    except (KeyError, TypeError, AttributeError, ValueError):
        value = _NOTHING
    if value is _NOTHING or not fits(kind, value) or pack(value) != text:
        raise ValueError(f"{plain!r} is not of its form")
    return value


_NOTHING = object()


def fits(kind: Any, value: Any) -> bool:
    """Whether the value is of this annotated type in every part; a yes or no is no number."""
    if get_origin(kind) in {Union, types.UnionType}:
        return any(fits(each, value) for each in get_args(kind))
    if get_origin(kind) is tuple:
        return isinstance(value, tuple) and all(fits(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind) and type(value) is kind:
        hints = get_type_hints(kind)
        return all(fits(hints[field.name], getattr(value, field.name)) for field in fields(kind))
    return type(value) is kind


def moved(value: Any, days: int) -> Any:
    """The value with every day in it so many days later, or earlier."""
    if isinstance(value, date):
        return add_days(value, days)
    if isinstance(value, tuple):
        return tuple(moved(item, days) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: moved(getattr(value, field.name), days) for field in fields(value)})
    return value


def _of_type(kind: type, plain: Any) -> Any:
    if not isinstance(plain, kind):
        raise ValueError(f"{plain!r} is not of its form")
    return plain


def _days_as_text(plain: Any) -> Any:
    """YAML makes days of days, the codec makes them of text."""
    if isinstance(plain, date):
        return plain.isoformat()
    if isinstance(plain, list):
        return [_days_as_text(item) for item in plain]
    return {key: _days_as_text(item) for key, item in plain.items()} if isinstance(plain, dict) else plain
