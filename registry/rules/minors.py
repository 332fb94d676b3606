"""What the law asks for patients under 18 who are not emancipated (Conn. Gen. Stat. 21a-408d(a))."""

from registry.reasons import Reason
from registry.rule import rule


@rule(Reason.MINOR_LETTER_MISSING, when="is_minor")
def second_physician_agrees(supporting_papers: tuple[str, ...]) -> str | None:
    """A second physician's letter came with a minor's submission."""
    came = "second_physician_letter" in supporting_papers
    return None if came else "The second physician's letter did not come."


@rule(Reason.MINOR_ACK_MISSING, when="is_minor")
def parent_acknowledges(supporting_papers: tuple[str, ...]) -> str | None:
    """A parent's or guardian's acknowledgement came with a minor's submission."""
    came = "parent_acknowledgement" in supporting_papers
    return None if came else "The parent's acknowledgement did not come."


@rule(Reason.MINOR_FORM, when="is_minor")
def no_inhaled_form(dosage_speaks_of_inhaling: bool) -> str | None:
    """A minor's certification speaks of no smoked, inhaled or vaporized form."""
    if not dosage_speaks_of_inhaling:
        return None
    return "The dosage text of a minor speaks of a smoked, inhaled or vaporized form."


RULES = (second_physician_agrees, parent_acknowledges, no_inhaled_form)
