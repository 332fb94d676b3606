"""The forms that values of a column can have: one definition each, for coercing and for judging.

A form is a function from text to its `Reading`, or None when the text lacks the form. Nothing is guessed: what is not
named here is not understood. Reading what was read gives the same again.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from expectations.columns import Column, FormName

AGENCY_TIME = ZoneInfo("America/New_York")
_YEARS = range(1900, 2200)
# The programme began on this day (Public Act 12-55); nothing was submitted to it before, and no law of it was in force.
_PROGRAMME_BEGAN = date(2012, 10, 1)

_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# A replacement character is where the portal, or what fed it, already lost a letter.
_NOT_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_US_DAY = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_ISO_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)
_SUBMISSION_ID = re.compile(r"[A-Z0-9-]{4,40}")
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_CODES = re.compile(r"[A-Z0-9_-]+(;[A-Z0-9_-]+)*")
_ZIP = re.compile(r"([0-9]{4,5})(?:\.0+)?|([0-9]{4,5})-([0-9]{4})|([0-9]{5})([0-9]{4})")
_PHONE = re.compile(r"1?([0-9]{10})")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")
_YES_NO = {"yes": "yes", "y": "yes", "true": "yes", "1": "yes", "no": "no", "n": "no", "false": "no", "0": "no"}


class Reading(NamedTuple):
    """A value's canonical text, and the rule by which it was repaired, if it was."""

    text: str
    repair: str = ""


Form = Callable[[str], Reading | None]


def form_of(column: Column) -> Form:
    """How values of this column are read; the text comes trimmed, see `fold`."""
    return partial(_READERS[column.form], column)


def fold(text: str) -> str:
    """The text in NFC, trimmed, white space inside folded to one space, invisible marks left out."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def has_invisible(text: str) -> bool:
    """Whether `fold` takes marks out of this text that nobody sees, such as a zero-width space."""
    return not text.isascii() and _INVISIBLE.search(text) is not None


def _text(column: Column, text: str) -> Reading | None:
    return Reading(text) if len(text) <= column.longest and not _NOT_TEXT.search(text) else None


def _submission_id(_: Column, text: str) -> Reading | None:
    return Reading(text) if _SUBMISSION_ID.fullmatch(text) else None


def _whole_number(_: Column, text: str) -> Reading | None:
    return Reading(str(int(text))) if _WHOLE_NUMBER.fullmatch(text) and int(text) >= 1 else None


def _amount(column: Column, text: str) -> Reading | None:
    number = text.removeprefix("$")
    if not _AMOUNT.fullmatch(number) or Decimal(number) > column.most:
        return None
    return Reading(f"{Decimal(number).normalize():f}")


def _day(_: Column, text: str) -> Reading | None:
    if match := _US_DAY.fullmatch(text):
        text = f"{match[3]}-{match[1]}-{match[2]}"
    if not _ISO_DAY.fullmatch(text):
        return None
    try:
        return Reading(text) if date.fromisoformat(text).year in _YEARS else None
    except ValueError:
        return None


def _timestamp(_: Column, text: str) -> Reading | None:
    if not _ISO_MOMENT.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
        moment = moment.replace(tzinfo=AGENCY_TIME) if moment.tzinfo is None else moment.astimezone(AGENCY_TIME)
    except (ValueError, OverflowError):
        return None
    return Reading(moment.isoformat()) if moment.date() >= _PROGRAMME_BEGAN and moment.year in _YEARS else None


def _choice(column: Column, text: str) -> Reading | None:
    chosen = _choices_of(column.choices).get(text.casefold())
    return Reading(chosen) if chosen else None


@lru_cache(maxsize=64)
def _choices_of(choices: tuple[str, ...]) -> dict[str, str]:
    return {choice.casefold(): choice for choice in choices}


def _yes_no(_: Column, text: str) -> Reading | None:
    answer = _YES_NO.get(text.lower())
    return Reading(answer) if answer else None


def _zip(_: Column, text: str) -> Reading | None:
    match = _ZIP.fullmatch(text)
    if match is None:
        return None
    five, more = match[1] or match[2] or match[4], match[3] or match[5]
    canonical = f"{five:0>5}-{more}" if more else f"{five:0>5}"
    return Reading(canonical, _zip_repair(text, five))


def _zip_repair(text: str, five: str) -> str:
    if len(five) == 4:
        return "ZIP_LEADING_ZERO"
    if "." in text:
        return "ZIP_DECIMAL_POINT"
    return "ZIP_PLUS_FOUR_HYPHEN" if len(text) == 9 else ""


def _phone(_: Column, text: str) -> Reading | None:
    digits = "".join(character for character in text if character.isalnum())
    match = _PHONE.fullmatch(digits)
    abroad = text.startswith("+") and len(digits) != 11
    return Reading(match[1]) if match and not abroad else None


def _email(column: Column, text: str) -> Reading | None:
    if len(text) > column.longest or not _EMAIL.fullmatch(text):
        return None
    address = _deliverable(text)
    return Reading(address) if address else None


@lru_cache(maxsize=65536)
def _deliverable(text: str) -> str:
    """The address as mail is sent to it, or nothing; costs 20 us, and coercing and judging both ask."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - only who reads addresses pays for it

    try:
        # `.test` is kept by RFC 2606 for trials, and a trial night is judged like any other.
        return validate_email(text, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return ""


def _codes(column: Column, text: str) -> Reading | None:
    parts = (part.strip().upper() for part in text.split(";"))
    canonical = ";".join(part for part in parts if part)
    return Reading(canonical) if len(canonical) <= column.longest and _CODES.fullmatch(canonical) else None


def _file(column: Column, text: str) -> Reading | None:
    name = text.removeprefix("documents/")
    return Reading(name) if len(name) <= column.longest and stays_inside(name) else None


def stays_inside(path: str) -> bool:
    """Whether a relative path with `/` stays below the folder it is read from, without detours."""
    if "\\" in path or _NOT_TEXT.search(path):
        return False
    return all(part not in {"", ".", ".."} for part in path.split("/"))


def _typed_files(column: Column, text: str) -> Reading | None:
    if len(text) > column.longest:
        return None
    parts = [_typed_file(column, part.strip()) for part in text.split(";") if part.strip()]
    return Reading(";".join(part for part in parts if part)) if parts and all(parts) else None


def _typed_file(column: Column, part: str) -> str:
    kind, _, name = part.partition(":")
    chosen, file = _choice(column, kind.strip()), _file(column, name.strip())
    return f"{chosen.text}:{file.text}" if chosen and file else ""


_READERS: dict[FormName, Callable[[Column, str], Reading | None]] = {
    FormName.AMOUNT: _amount,
    FormName.CHOICE: _choice,
    FormName.CODES: _codes,
    FormName.DAY: _day,
    FormName.EMAIL: _email,
    FormName.FILE: _file,
    FormName.PHONE: _phone,
    FormName.SUBMISSION_ID: _submission_id,
    FormName.TEXT: _text,
    FormName.TIMESTAMP: _timestamp,
    FormName.TYPED_FILES: _typed_files,
    FormName.WHOLE_NUMBER: _whole_number,
    FormName.YES_NO: _yes_no,
    FormName.ZIP: _zip,
}
