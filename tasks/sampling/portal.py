"""How a portal and its users write values: true ones, in many hands."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from random import Random
from zoneinfo import ZoneInfo

from tasks.sampling.cases import Case

_ZONE = ZoneInfo("America/New_York")
_DATES = ("date_of_birth", "certified_on", "certification_expires_on", "certification_withdrawn_on")
_YES_NO = ("caregiver_required", "emancipated_minor", *(f"attestation_{n}" for n in range(1, 7)))
_NAMES = ("first_name", "middle_name", "last_name", "name_suffix")
_PLACES = ("street", "unit", "city")
_SPACED = (*_NAMES, *_PLACES, "email", "kind", "certifier_name", "condition_codes", "zip", "submission_id")
_YES_NO_HANDS = (
    ("yes", "no"),
    ("Yes", "No"),
    ("Y", "N"),
    ("TRUE", "FALSE"),
    ("True", "False"),
    ("1", "0"),
    ("YES", "NO"),
)

_PHONE_HANDS = (
    "({area}) {office}-{line}",
    "{area}-{office}-{line}",
    "{area}.{office}.{line}",
    "{area}{office}{line}",
    "+1 {area} {office} {line}",
    "+1{area}{office}{line}",
    "1-{area}-{office}-{line}",
    "{area}/{office}-{line}",
    "",
)


def written(case: Case, rng: Random, encoding: str) -> dict[str, str]:
    """The case's row as it stands in the table: the same values in one of many hands."""
    row = dict(case.row)
    for habit in (_dates, _yes_no, _zip, _phone, _case, _spaces, _moment, _unicode(encoding)):
        habit(row, rng)
    return row | {column: case.row[column] for column in case.verbatim}


def _dates(row: dict[str, str], rng: Random) -> None:
    if rng.random() < 0.3:
        for column in filter(row.get, _DATES):
            row[column] = _american(row[column])


def _american(text: str) -> str:
    try:
        return f"{date.fromisoformat(text):%m/%d/%Y}"
    except ValueError:
        return text


def _yes_no(row: dict[str, str], rng: Random) -> None:
    yes, no = rng.choice(_YES_NO_HANDS)
    for column in _YES_NO:
        row[column] = {"yes": yes, "no": no}.get(row[column], row[column])


def _zip(row: dict[str, str], rng: Random) -> None:
    """A spreadsheet has taken the leading zero away."""
    if len(row["zip"]) == 5 and row["zip"].startswith("0"):
        chance = rng.random()
        row["zip"] = row["zip"][1:] if chance < 0.1 else f"{row['zip'][1:]}.0" if chance < 0.13 else row["zip"]


def _phone(row: dict[str, str], rng: Random) -> None:
    area, office, line = row["phone"][:3], row["phone"][3:6], row["phone"][6:]
    hand = rng.choice(_PHONE_HANDS)
    row["phone"] = hand.format(area=area, office=office, line=line)


def _case(row: dict[str, str], rng: Random) -> None:
    if rng.random() < 0.05:
        row["email"] = row["email"].upper()
    hand: Callable[[str], str] | None = rng.choices((None, str.upper, str.lower), (86, 9, 5))[0]
    if hand is not None:
        row |= {column: hand(row[column]) for column in _NAMES}
    if rng.random() < 0.1:
        row |= {column: row[column].upper() for column in _PLACES}
    if rng.random() < 0.02:
        row["state"] = row["state"].lower()


def _spaces(row: dict[str, str], rng: Random) -> None:
    if rng.random() < 0.12:
        column = rng.choice(_SPACED)
        row[column] = rng.choice((f"{row[column]} ", f" {row[column]}", f"{row[column]}  ")) if row[column] else ""
    if rng.random() < 0.04:
        column = rng.choice(("street", "city", "first_name", "last_name"))
        row[column] = row[column].replace(" ", "  ")


def _moment(row: dict[str, str], rng: Random) -> None:
    """Most moments carry their offset; some are the wall clock's, a few are in UTC."""
    try:
        local = datetime.fromisoformat(row["submitted_at"]).replace(tzinfo=_ZONE)
    except ValueError:
        return
    chance = rng.random()
    if chance < 0.7:
        row["submitted_at"] = local.isoformat()
    elif chance < 0.75 and 6 <= local.hour <= 18:
        row["submitted_at"] = f"{local.astimezone(ZoneInfo('UTC')):%Y-%m-%dT%H:%M:%SZ}"


def _unicode(encoding: str) -> Callable[[dict[str, str], Random], None]:
    """Some computers take letters and their accents apart; Windows-1252 cannot hold that."""

    def habit(row: dict[str, str], rng: Random) -> None:
        if rng.random() < 0.1 and encoding != "cp1252":
            row |= {column: unicodedata.normalize("NFD", row[column]) for column in _NAMES}

    return habit
