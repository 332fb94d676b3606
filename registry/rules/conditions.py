"""Debilitating conditions, by the list in force on the day of signing and for the patient's age then."""

from registry.facts import Condition
from registry.matter import Matter, rule
from registry.reasons import Reason
from registry.rules.certification import is_complete

_CITATION = "Conn. Gen. Stat. 21a-408; DCP list of debilitating conditions"


@rule(Reason.CONDITION_UNKNOWN, _CITATION)
def known(matter: Matter) -> str | None:
    """Every condition named is one of the table, and at least one is named."""
    if not is_complete(matter):
        return None
    codes = matter.application.certification.condition_codes
    unknown = [code for code in codes if code not in matter.around.conditions]
    return "A condition code is missing or not in the table." if unknown or not codes else None


@rule(Reason.CONDITION_NOT_FOR_AGE, _CITATION, "age_of_majority_years")
def on_the_list(matter: Matter) -> str | None:
    """At least one condition was on the list for the patient's age on the day of signing."""
    signed_on = matter.signed_on
    conditions = _named(matter)
    if not is_complete(matter) or signed_on is None or not conditions:
        return None
    minor = matter.under_age_on(signed_on)
    listed = any(c.in_force(signed_on) and (c.minor if minor else c.adult) for c in conditions)
    group = "a minor" if minor else "an adult"
    return None if listed else f"No condition named was on the list for {group} on {signed_on}."


def _named(matter: Matter) -> list[Condition]:
    table = matter.around.conditions
    return [table[code] for code in matter.application.certification.condition_codes if code in table]


RULES = (known, on_the_list)
