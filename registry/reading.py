"""What a function of the law reads: its parameters, and nothing else.

A rule is a plain function. Each parameter is named after a fact of the case, a conclusion drawn from facts, or a
provision of the law; a provision says in its type by which day it is measured. So the signature is the whole account
of what a rule may look at: it is shown in the handbook, kept in every decision, and checked when the law is loaded.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from types import NoneType
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class Day(StrEnum):
    """By which day a provision is measured."""

    SUBMISSION = "submission"
    SIGNING = "signing"
    """of the certification"""
    ACT = "act"
    """the day on which the agency acts: issues, writes, counts"""


OnSubmission = Annotated[T, Day.SUBMISSION]
"""A provision as it stood on the day of submission."""
OnSigning = Annotated[T, Day.SIGNING]
"""A provision as it stood on the day the certification was signed."""
OnAct = Annotated[T, Day.ACT]
"""A provision as it stands on the day the agency acts."""


@dataclass(frozen=True, slots=True)
class Read:
    """One thing that a function reads: a provision when `day` is given, else a fact or a conclusion."""

    name: str
    kind: Any
    """the annotated type, without the day"""
    day: Day | None

    @property
    def key(self) -> str:
        """Under which the value is found: `prior_action_months`, or `certifier_types@signing`."""
        return f"{self.name}@{self.day}" if self.day is Day.SIGNING else self.name

    @property
    def needs_a_value(self) -> bool:
        """Whether a provision must be in force; one that may be None is asked whether it is."""
        return self.day is not None and NoneType not in get_args(self.kind)


def reads_of(function: Callable[..., Any]) -> tuple[Read, ...]:
    """The parameters of a function in their order.

    Raises:
        TypeError: a parameter has no type.
    """
    hints = get_type_hints(function, include_extras=True)
    names = list(inspect.signature(function).parameters)
    if bare := [name for name in names if name not in hints]:
        raise TypeError(f"{function.__qualname__}: {', '.join(bare)} has no type")
    return tuple(_read(name, hints[name]) for name in names)


def _read(name: str, hint: Any) -> Read:
    if get_origin(hint) is Annotated:
        kind, day = get_args(hint)
        return Read(name, kind, day)
    return Read(name, hint, None)


@dataclass(frozen=True, eq=False)
class Applied:
    """A function of the law that is applied to named values."""

    function: Callable[..., Any]

    @cached_property
    def reads(self) -> tuple[Read, ...]:
        """What it reads, in the order of its parameters."""
        return reads_of(self.function)

    @cached_property
    def to(self) -> Callable[[Mapping[str, Any]], Any]:
        """The function of one mapping of names to values."""
        function, keys = self.function, [read.key for read in self.reads]
        if not keys:
            return lambda _: function()
        if len(keys) == 1:
            [key] = keys
            return lambda known: function(known[key])
        pick = itemgetter(*keys)
        return lambda known: function(*pick(known))

    @cached_property
    def sentence(self) -> str:
        """What it says, in one sentence."""
        return inspect.getdoc(self.function).splitlines()[0]  # type: ignore[union-attr] # a test sees to it

    @cached_property
    def more(self) -> str:
        """What it says beyond the one sentence."""
        return "\n".join((inspect.getdoc(self.function) or "").splitlines()[2:])
