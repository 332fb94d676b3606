"""Debilitating conditions, by the list in force on the day of signing and for the patient's age then."""

from datetime import date

from registry.reasons import Reason
from registry.rule import rule


@rule(Reason.CONDITION_UNKNOWN, when="certification_is_complete")
def known(conditions_named: tuple[str, ...], conditions_unknown: tuple[str, ...]) -> str | None:
    """Every condition named is one of the table, and at least one is named."""
    return "A condition code is missing or not in the table." if conditions_unknown or not conditions_named else None


@rule(Reason.CONDITION_NOT_FOR_AGE, when="certification_is_complete")
def on_the_list(
    was_minor_on_signing: bool,
    conditions_named: tuple[str, ...],
    conditions_unknown: tuple[str, ...],
    conditions_for_adults: tuple[str, ...],
    conditions_for_minors: tuple[str, ...],
    certified_on: date,
) -> str | None:
    """At least one condition was on the list for the patient's age on the day of signing."""
    listed = conditions_for_minors if was_minor_on_signing else conditions_for_adults
    if listed or len(conditions_unknown) == len(conditions_named):
        return None
    group = "a minor" if was_minor_on_signing else "an adult"
    return f"No condition named was on the list for {group} on {certified_on}."


RULES = (known, on_the_list)
