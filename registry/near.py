"""What is nearly the same as something of another person's, and is shown to a person for that."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NearPage:
    """An upload that is nearly, and not quite, the same as one that came with another person's submission."""

    proof: str
    """the role of the applicant's upload: identity, residency or photo"""
    number: str
    """of the other submission"""
    by: str
    """in what they are alike: numbers, card or picture"""
    likeness_percent: int
    """100 is equal"""
