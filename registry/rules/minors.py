"""What the law asks for patients under 18 who are not emancipated (Conn. Gen. Stat. 21a-408d(a))."""

import re

from registry.matter import Matter, rule
from registry.reasons import Reason

_CITATION = "Conn. Gen. Stat. 21a-408d(a), 21a-408-6(c)"
_INHALED = re.compile(r"smok|inhal|vap(?:e|ing|ou?r)|combust", re.IGNORECASE)


def _lacks(matter: Matter, document_type: str) -> bool:
    return matter.is_minor and not any(
        ref.role == "supporting" and ref.declared_type == document_type and ref.sha256
        for ref in matter.application.documents
    )


@rule(Reason.MINOR_LETTER_MISSING, _CITATION, "age_of_majority_years")
def second_physician_agrees(matter: Matter) -> str | None:
    """A second physician's letter came with a minor's submission."""
    return "The second physician's letter did not come." if _lacks(matter, "second_physician_letter") else None


@rule(Reason.MINOR_ACK_MISSING, _CITATION, "age_of_majority_years")
def parent_acknowledges(matter: Matter) -> str | None:
    """A parent's or guardian's acknowledgement came with a minor's submission."""
    return "The parent's acknowledgement did not come." if _lacks(matter, "parent_acknowledgement") else None


@rule(Reason.MINOR_FORM, _CITATION, "age_of_majority_years")
def no_inhaled_form(matter: Matter) -> str | None:
    """A minor's certification speaks of no smoked, inhaled or vaporized form."""
    speaks = matter.is_minor and _INHALED.search(matter.application.dosage_restrictions)
    return "The dosage text of a minor speaks of a smoked, inhaled or vaporized form." if speaks else None


RULES = (second_physician_agrees, parent_acknowledges, no_inhaled_form)
