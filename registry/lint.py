"""Faults of a policy that no single file shows: gaps, overlaps, contradictions, and what nobody reads or needs."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from registry.agreements import AGREEMENTS
from registry.law import Policy, Provision
from registry.readers import provisions_needed, provisions_read, readers_of_the_law
from registry.reading import Read

_BEGINNING = "patients_may_be_certified"
"""The provision whose first day is that of the programme."""
_UNITS_OF: dict[type, set[str]] = {
    int: {"years", "months", "days", "business days", "count", "dollars", "percent"},
    bool: {"switch"},
}


class Fault(NamedTuple):
    """What is wrong with one provision, and what to do about it."""

    key: str
    sentence: str


def faults(policy: Policy) -> Iterator[Fault]:
    """Everything that is wrong with these provisions as a whole; a policy with faults decides nothing."""
    missing = list(_missing(policy))
    yield from missing
    yield from _unread(policy)
    yield from (fault for provision in policy.provisions.values() for fault in _repeated(provision))
    if not missing:
        yield from _misread(policy)
        gaps = list(_gaps(policy))
        yield from gaps
        yield from _contradictions(policy, {gap.key for gap in gaps})


def _missing(policy: Policy) -> Iterator[Fault]:
    for key in sorted(provisions_needed() - policy.provisions.keys()):
        readers = sorted({who for who, read in readers_of_the_law() if read.name == key})
        by = f" by {', '.join(readers)}" if readers else ""
        yield Fault(key, f"it is needed{by} and not defined. Add it with a value since the programme's first day.")


def _unread(policy: Policy) -> Iterator[Fault]:
    read = provisions_read()
    for key in sorted(policy.provisions.keys() - read):
        like = get_close_matches(key, read - policy.provisions.keys(), 1)
        instead = f"Did you mean {like[0]}?" if like else "Remove it, or add the rule that it is for."
        yield Fault(key, f"no rule and no term reads it, so it would change nothing. {instead}")


def _repeated(provision: Provision) -> Iterator[Fault]:
    """Two values that say the same overlap: one of the two days is a mistake."""
    for (_, before), (since, value) in zip(provision.values, provision.values[1:], strict=False):
        if value == before:
            yield Fault(provision.key, f"the value since {since} repeats the one before. Remove the day or correct it.")
    for since, value in provision.values:
        if isinstance(value, tuple) and len(set(value)) < len(value):
            yield Fault(provision.key, f"the list since {since} has a term twice. Remove one of them.")


def _misread(policy: Policy) -> Iterator[Fault]:
    """A rule that counts reads a number, one that asks yes or no a switch."""
    for who, read in readers_of_the_law():
        provision = policy.provisions[read.name]
        wanted = next((units for kind, units in _UNITS_OF.items() if _is_read_as(read, kind)), None)
        if wanted is not None and provision.unit not in wanted:
            units = " or ".join(sorted(wanted))
            yield Fault(read.name, f"its unit is {provision.unit}, and {who} needs {units}. Correct the unit.")


def _is_read_as(read: Read, kind: type) -> bool:
    return read.kind in (kind, kind | None)


def _gaps(policy: Policy) -> Iterator[Fault]:
    begins_on = policy.provisions[_BEGINNING].values[0][0]
    needs: dict[str, str] = {}
    for who, read in readers_of_the_law():
        if read.needs_a_value:
            needs.setdefault(read.name, who)
    for key, who in sorted(needs.items()):
        values = policy.provisions[key].values
        if values[0][0] > begins_on:
            gap = f"it has no value from {begins_on} to {values[0][0]}"
            yield Fault(key, f"{gap}, and {who} needs one. Add the earlier value.")
        for since, value in values:
            if value is None:
                yield Fault(key, f"it is repealed on {since}, and {who} needs a value. Give one, or change the rule.")


def _contradictions(policy: Policy, without: set[str]) -> Iterator[Fault]:
    """Each agreement is asked on every day on which one of its provisions changes, and told once."""
    begins_on = policy.provisions[_BEGINNING].values[0][0]
    for agreement in AGREEMENTS:
        keys = [read.name for read in agreement.reads]
        if without & set(keys):
            continue
        days: set[date] = {since for key in keys for since, _ in policy.provisions[key].values if since >= begins_on}
        broken = next((day for day in sorted(days) if not agreement.to(policy.on(day).values)), None)
        if broken is not None:
            others = f" with {', '.join(keys[1:])}" if len(keys) > 1 else ""
            yield Fault(keys[0], f"it does not agree{others} since {broken}. {agreement.sentence} Correct one of them.")
