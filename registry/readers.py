"""Everything that reads the law: rules, conclusions, terms, and the agreements between provisions."""

from collections.abc import Iterable, Iterator
from types import NoneType
from typing import Any, get_args

from registry.agreements import AGREEMENTS
from registry.case import fact_types
from registry.clocks import CLOCK_TERMS
from registry.conclusions import CONCLUSIONS
from registry.reading import Applied, Read
from registry.rule import Rule
from registry.rulebook import RULES
from registry.terms import TERMS


def readers_of_the_law() -> Iterator[tuple[str, Read]]:
    """(who reads, what) for every provision read by a rule, a conclusion or a term."""
    for reader in (*CONCLUSIONS, *RULES, *TERMS, *CLOCK_TERMS):
        yield from ((name_of(reader), read) for read in reader.reads if read.day is not None)


def provisions_read() -> set[str]:
    """The keys of every provision that changes something; each rule is one, by the day since which it is in force."""
    return {read.name for _, read in readers_of_the_law()} | {rule.id for rule in RULES}


def provisions_needed() -> set[str]:
    """The same with what the agreements ask of."""
    return provisions_read() | {read.name for agreement in AGREEMENTS for read in agreement.reads}


def provisions_behind(rule: Rule) -> dict[str, Read]:
    """Every provision that the rule's judgement rests on, by key: its own, and those of the conclusions it reads."""
    behind: dict[str, Read] = {}
    for read in _all_behind(rule.all_reads):
        if read.day is not None:
            behind[read.key] = read
    return behind


def facts_behind(rule: Rule) -> tuple[str, ...]:
    """Every fact that the rule's judgement rests on, in the order of the record."""
    names = {read.name for read in _all_behind(rule.all_reads) if read.day is None}
    return tuple(name for name in fact_types() if name in names)


def name_of(reader: Applied) -> str:
    """How a reader is called: a rule by its id, everything else by its function's name."""
    return reader.id if isinstance(reader, Rule) else reader.function.__name__


def unknown_reads() -> Iterator[str]:
    """A sentence for each parameter that is neither a fact, nor a conclusion drawn before, nor of the right type.

    A reader with a condition may leave out None: the condition says that the fact is there.
    """
    types = dict(fact_types())
    for reader in (*CONCLUSIONS, *RULES):
        reads = reader.all_reads if isinstance(reader, Rule) else reader.reads
        for read in reads:
            if read.day is None and not _fits(read.kind, types.get(read.name), reader):
                yield f"{name_of(reader)} reads {read.name} as {read.kind}, which is {types.get(read.name)}"
        if reader in CONCLUSIONS:
            types[name_of(reader)] = reader.function.__annotations__["return"]


def _fits(kind: Any, known: Any, reader: Applied) -> bool:
    may_leave_out_none = isinstance(reader, Rule) and reader.when is not None
    without_none = [each for each in get_args(known) if each is not NoneType]
    return kind == known or (may_leave_out_none and without_none == [kind])


def _all_behind(reads: Iterable[Read]) -> Iterator[Read]:
    by_name = {each.name: each for each in CONCLUSIONS}
    for read in reads:
        if read.day is None and read.name in by_name:
            yield from _all_behind(by_name[read.name].reads)
        else:
            yield read
