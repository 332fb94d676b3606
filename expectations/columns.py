"""The column contract as records: the one source for reading, coercing and judging a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from expectations.strict import DeclarationError, only_keys, read_declaration

CONTRACT_FILE = Path(__file__).with_name("columns.yaml")
_KEYS = ("form", "needed", "or_else", "choices", "longest", "most", "aliases")


class FormName(StrEnum):
    """The forms of values; expectations/forms.py defines each."""

    AMOUNT = "amount"
    CHOICE = "choice"
    CODES = "codes"
    DAY = "day"
    EMAIL = "email"
    FILE = "file"
    PHONE = "phone"
    SUBMISSION_ID = "submission_id"
    TEXT = "text"
    TIMESTAMP = "timestamp"
    TYPED_FILES = "typed_files"
    WHOLE_NUMBER = "whole_number"
    YES_NO = "yes_no"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table; `longest` is in characters, 0 is no limit of its own."""

    name: str
    form: FormName
    always: bool
    """whether a row without it cannot be read as a submission"""
    needed_by: frozenset[str]
    """roles and kinds whose rows need it, for a decision"""
    or_else: str
    choices: tuple[str, ...]
    longest: int
    most: Decimal
    aliases: tuple[str, ...]

    @property
    def code(self) -> str:
        """The column's name as reason codes spell it."""
        return self.name.upper()


@cache
def contract() -> Mapping[str, Column]:
    """The columns by name, in the table's order."""
    return load_columns(CONTRACT_FILE)


def load_columns(path: Path) -> Mapping[str, Column]:
    """Read a column contract strictly.

    Raises:
        DeclarationError: an unknown key or form, or a header that means two columns; names file, column and remedy.
    """
    content = read_declaration(path)
    only_keys(path.name, content, {"columns"}, {"columns"})
    columns = {name: _column(f"{path.name}, {name}", name, given) for name, given in content["columns"].items()}
    _headers_of(columns)
    for column in columns.values():
        if column.or_else and column.or_else not in columns:
            raise DeclarationError(
                f"{path.name}, {column.name}: or_else names no column. Name one of the file's columns."
            )
    return columns


def plain_header(header: str) -> str:
    """A header as it is compared: without regard to case, spaces, underscores and other punctuation."""
    return "".join(character for character in header.casefold() if character.isalnum())


@cache
def headers() -> Mapping[str, str]:
    """Plain header -> column name, for every name and alias of the contract."""
    return _headers_of(contract())


def _headers_of(columns: Mapping[str, Column]) -> dict[str, str]:
    known: dict[str, str] = {}
    for column in columns.values():
        for header in dict.fromkeys(map(plain_header, (column.name, *column.aliases))):
            if header in known:
                other = known[header]
                raise DeclarationError(
                    f"Header {header} means both {other} and {column.name}. Take one of the aliases out."
                )
            known[header] = column.name
    return known


def _column(place: str, name: str, given: Mapping[str, Any]) -> Column:
    only_keys(place, given, _KEYS, {"form"})
    if given["form"] not in tuple(FormName):
        raise DeclarationError(f"{place}: form {given['form']} is unknown. The forms are {', '.join(FormName)}.")
    needed = given.get("needed", ())
    if isinstance(needed, str) and needed != "always":
        raise DeclarationError(f"{place}: needed must be always or a list of roles and kinds.")
    return Column(
        name=name,
        form=FormName(given["form"]),
        always=needed == "always",
        needed_by=frozenset(() if needed == "always" else needed),
        or_else=given.get("or_else", ""),
        choices=tuple(given.get("choices", ())),
        longest=int(_number(place, given.get("longest", "0"))),
        most=_number(place, given.get("most", "0")),
        aliases=tuple(given.get("aliases", ())),
    )


def _number(place: str, text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise DeclarationError(f"{place}: {text} must be a number.") from None
