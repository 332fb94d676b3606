"""Rows that do not end as accepted: twins, earlier revisions, contradictions, and rows that cannot be read."""

from dataclasses import dataclass, replace
from random import Random

from registry.reasons import Reason
from tasks.sampling.answers import effective_revision, outcome_of, sorted_codes
from tasks.sampling.cases import Case
from tasks.sampling.household import Household
from tasks.sampling.portal import written

Spoil = tuple[str, str, str]
"""A column, the value put there, and how its reason code ends."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table and what is true of it."""

    values: dict[str, str]
    submission_id: str
    revision: str
    disposition: str
    outcome: str
    codes: str


def line_of(case: Case, rng: Random, encoding: str) -> Line:
    """The line of an accepted or quarantined case."""
    values = written(case, rng, encoding)
    if case.unreadable:
        return _line(values, "quarantined", "", ";".join(sorted(case.unreadable)))
    return _line(values, "accepted", outcome_of(case.codes), sorted_codes(case.codes))


def _line(values: dict[str, str], disposition: str, outcome: str, codes: str) -> Line:
    revision = effective_revision(values["revision"])
    return Line(values, values["submission_id"].strip(), revision, disposition, outcome, codes)


def duplicate(line: Line, _rng: Random) -> list[Line]:
    """The same row twice."""
    return [line, _line(line.values, "duplicate", "", "")]


def conflict(line: Line, rng: Random) -> list[Line]:
    """A second row with the same id and revision that says something else; the first waits for the comparison."""
    codes = {*map(Reason, filter(None, line.codes.split(";"))), Reason.HOLD}
    first = replace(line, outcome=outcome_of(codes), codes=sorted_codes(codes))
    return [first, _line(_otherwise(line.values, rng), "conflict", "", "")]


def superseded(line: Line, rng: Random) -> list[Line]:
    """An earlier revision of the row, mostly before it."""
    before = _line(_otherwise(line.values, rng) | {"revision": rng.choice(("", "1"))}, "superseded", "", "")
    after = _line(line.values | {"revision": "2"}, line.disposition, line.outcome, line.codes)
    return [before, after] if rng.random() < 0.7 else [after, before]


def _otherwise(values: dict[str, str], rng: Random) -> dict[str, str]:
    """The row with another telephone number and another street number."""
    other = {"phone": f"860-555-01{rng.randint(0, 99):02d}", "payment_reference": f"R{rng.randint(1000, 9999)}"}
    return values | other | {"street": f"{rng.randint(2500, 9999)} {values['street'].strip().partition(' ')[2]}"}


COPIES = {"duplicate": duplicate, "conflict": conflict, "superseded": superseded}


def spoil(house: Household, case: Case) -> None:
    """Make the row one that cannot be read as a submission, in one column or two."""
    choices = _PATIENT_SPOILS if case.row["role"] == "patient" else _CAREGIVER_SPOILS
    first, second = house.rng.sample(choices, 2)
    # A birth date is judged against the submission's moment, so the two are never spoilt together.
    apart = first[0] != second[0] and {first[0], second[0]} != {"date_of_birth", "submitted_at"}
    both = apart and house.rng.random() < 0.2
    spoil_columns(case, (first, second) if both else (first,))


def spoil_columns(case: Case, spoils: tuple[Spoil, ...]) -> None:
    """Put the spoilt values into the row, and the reason codes that follow from them into the answers."""
    for column, value, ending in spoils:
        case.row[column] = value
        case.unreadable += (f"{column.upper()}_{ending}",)
        if column == "related_submission_id":  # either of the two would do
            case.row["related_registration_number"] = ""
    case.verbatim = frozenset(column for column, _, _ in spoils)


SPOILS: tuple[Spoil, ...] = (
    ("date_of_birth", "31/02/1980", "INVALID"),
    ("date_of_birth", "02/30/1971", "INVALID"),
    ("date_of_birth", "2031-04-01", "INVALID"),
    ("date_of_birth", "", "MISSING"),
    ("email", "no-at-sign.example.com", "INVALID"),
    ("email", "", "MISSING"),
    ("kind", "renewl", "INVALID"),
    ("last_name", "", "MISSING"),
    ("first_name", "", "MISSING"),
    ("first_name", "Anastasia" * 10, "INVALID"),
    ("revision", "0", "INVALID"),
    ("revision", "two", "INVALID"),
    ("phone", "555-0142", "INVALID"),
    ("zip", "O6105", "INVALID"),
    ("zip", "", "MISSING"),
    ("city", "", "MISSING"),
    ("street", "", "MISSING"),
    ("submission_id", "", "MISSING"),
    ("submission_id", "bn 26/77", "INVALID"),
    ("submitted_at", "yesterday", "INVALID"),
    ("submitted_at", "", "MISSING"),
    ("identity_document_type", "selfie", "INVALID"),
)
_PATIENT_SPOILS = (
    *SPOILS,
    ("caregiver_required", "maybe", "INVALID"),
    ("caregiver_required", "", "MISSING"),
    ("certified_on", "2026-13-45", "INVALID"),
    ("monthly_allotment_ounces", "7.5", "INVALID"),
    ("residency_document_type", "postcard", "INVALID"),
)
_CAREGIVER_SPOILS = (
    ("relationship", "", "MISSING"),
    ("relationship", "neighbour", "INVALID"),
    ("related_submission_id", "", "MISSING"),
)
