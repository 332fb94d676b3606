"""What the barcode of a North American driver's license or identity card says (AAMVA DL/ID Card Design Standard).

Versions 01 (2000) to 10 (2020) are read as the states write them, which is not always as the standard has it: the
directory's offsets are often wrong and are not used, names come in one element or in four, dates in two orders.
"""

import re
from collections.abc import Iterator
from datetime import date

from registry.names import SUFFIXES

_CARD = re.compile(r"@.{0,4}?(?:ANSI |AAMVA)\d{8}", re.DOTALL | re.IGNORECASE)
_HEADER = re.compile(r"(?:ANSI ?|AAMVA)\d{8}(?:\d{2}){0,2}(?:[A-Z]{2}\d{8})*", re.IGNORECASE)
_HEADER_WITHIN = 200
_SEPARATORS = re.compile(
    r"<(?:LF|CR|RS)>|\\[nr]|\\x1e|[\x00-\x1f\x7f-\x9f|\u2028\u2029\u240a\u240d\u241e]+", re.IGNORECASE
)
_SUBFILE = re.compile(r"\s*(?:(?:DL|ID|EN)[A-Z0-9]{0,8}?)?(?:DL|ID|EN)(?=D[A-D][A-Z])", re.IGNORECASE)
_ELEMENT = re.compile(r"\s*(D[A-D][A-Z])(.*)", re.IGNORECASE)
_RUN_TOGETHER = re.compile(
    r"\s*(?=DAQ|DCS|DDE|DAC|DCT|DDF|DAD|DDG|DCA|DCB|DCD|DBD|DBB|DBA|DBC|DAU|DAY|DAG|DAH|DAI|DAJ|DAK|DCF|DCG|DCU|DCK)"
)
_DATE = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{2})")
_DATE_MARKS = str.maketrans("", "", "-/. ")
_NO_VALUE = frozenset({"", "NONE", "UNAVL", "UNAVAIL", "UNAVAILABLE", "UNKNOWN", "UNK", "N/A", "NULL"})
_NO_NAME = _NO_VALUE | {"NMN", "NMI", "FNU", "LNU", "NFN", "NLN"}
_IN_PARTS = re.compile(r"[,$@]")
_LONGEST = {"DCS": 40, "DAC": 40, "DAD": 40, "DCT": 80, "DAA": 35, "DAG": 35, "DAI": 20}
"""Characters of an element; one that is full may have been cut, if the card does not say that it was not."""
_NAMES = ("first_name", "middle_name", "last_name", "name_suffix")
_DATES = {"birth_date": "DBB", "issue_date": "DBD", "expiry_date": "DBA"}
_CUTTABLE = {
    "last_name": (("DCS", "DAA"), "DDE"),
    "first_name": (("DAC", "DCT", "DAA"), "DDF"),
    "middle_name": (("DAD", "DCT", "DAA"), "DDG"),
    "street": (("DAG",), ""),
    "city": (("DAI",), ""),
}
"""The elements of each field that issuers cut, and the mark that says whether they did."""
_MAILED_TO = ("DAG", "DAH", "DAI", "DAJ", "DAK")
_LIVED_AT = ("DAL", "DAM", "DAN", "DAO", "DAP")
"""Version 01 has the residence apart."""

_Elements = dict[str, str]


def is_card(text: str) -> bool:
    """Whether this is a card's text at all: header, document number, and a date of birth or expiry.

    Readers of barcodes give nonsense for some skewed symbols and call it valid; it does not pass here.
    """
    return bool(_CARD.match(text)) and "DAQ" in text.upper() and bool(re.search("DB[AB]", text, re.IGNORECASE))


def fields_of(text: str) -> dict[str, str]:
    """What the card says under the names of `Reading.what`, as coded; days in ISO form, what is not given left out.

    Never raises: text that is no card's has no fields. The document number is not kept.
    """
    return fields_and_doubts(text)[0]


def fields_and_doubts(text: str) -> tuple[dict[str, str], frozenset[str]]:
    """The fields, and which of them were cut short by the issuer or had to be guessed apart."""
    header = _HEADER.search(text[:_HEADER_WITHIN])
    if not header:
        return {}, frozenset()
    lines = [line for line in _SEPARATORS.split(text[header.end() :]) if line.strip()]
    together = len(lines) < 4
    elements = _elements(_RUN_TOGETHER.split(_clean(" ".join(lines))) if together else lines)
    names, guessed = _names(elements)
    fields = {**names, **_days(elements), **_place(elements)}
    doubts = {*fields} if together else {*_cut(elements), *(names if guessed else ())}
    return fields, frozenset(doubts & fields.keys())


def _elements(lines: list[str]) -> _Elements:
    """The value of each element, first come first kept; jurisdictions' own (Z..) are left aside."""
    found: _Elements = {}
    for line in lines:
        subfile = _SUBFILE.match(line)
        element = _ELEMENT.match(line[subfile.end() :] if subfile else line)
        value = _clean(element[2]) if element else ""
        if element and value.upper() not in _NO_VALUE:
            found.setdefault(element[1].upper(), value)
    return found


def _clean(value: str) -> str:
    return " ".join("".join(filter(str.isprintable, value)).split())


def _days(elements: _Elements) -> dict[str, str]:
    return {what: day for what, code in _DATES.items() if (day := _iso(elements.get(code, "")))}


def _iso(value: str) -> str:
    """MMDDCCYY (United States) or CCYYMMDD (version 01, Canada, and some states after that) in ISO form, else nothing.

    The two cannot be mistaken for each other in the years from 1900 to 2099: no month is the 19th or 20th.
    """
    digits = value.translate(_DATE_MARKS)
    found = _DATE.fullmatch(digits) if digits.isascii() else None
    if not found:
        return ""
    ends = (found[1] + found[2], found[3], found[4])
    parts = ends if found[1] in {"19", "20"} else (found[3] + found[4], found[1], found[2])
    try:
        day = date(*map(int, parts))
    except ValueError:
        return ""
    return day.isoformat() if 1900 <= day.year < 2100 else ""


def _names(elements: _Elements) -> tuple[dict[str, str], bool]:
    """The parts of the name, and whether a full name had to be guessed apart."""
    last = elements.get("DCS") or elements.get("DAB", "")
    given = elements.get("DAC") or elements.get("DCT", "")
    full = elements.get("DAA", "") if not (last and given) else ""
    if _IN_PARTS.search(last.rstrip(",")) and not given:
        full = full or last
    if full:
        return _of_full_name(full)
    last, _, behind = last.partition(",")
    suffix = elements.get("DCU") or elements.get("DAE", "") or behind
    first, middle = _of_given_names(given, by_space="DAC" not in elements)
    parts = (first, elements.get("DAD") or middle, last, suffix)
    return _named(parts), False


def _of_given_names(given: str, by_space: bool) -> tuple[str, str]:
    """First and middle names: parted by a comma, or by a space where the element is for all given names."""
    first, *others = _IN_PARTS.split(given)
    if not any(map(str.strip, others)) and by_space:
        first, _, rest = first.partition(" ")
        others = [rest]
    return first, " ".join(others)


def _of_full_name(full: str) -> tuple[dict[str, str], bool]:
    """LAST,FIRST,MIDDLE,SUFFIX; or, a guess, FIRST MIDDLE LAST SUFFIX in states that part by spaces."""
    if _IN_PARTS.search(full):
        last, given, *more = [*map(str.strip, _IN_PARTS.split(full)), "", ""]
        first, middle = _of_given_names(given, by_space=True)
        return _named((first, f"{middle} {more[0]}", last, more[1])), False
    words = full.split()
    suffix = words.pop() if len(words) > 2 and words[-1].strip(".").lower() in SUFFIXES else ""
    return _named((words[0], " ".join(words[1:-1]), words[-1] if len(words) > 1 else "", suffix)), True


def _named(parts: tuple[str, ...]) -> dict[str, str]:
    clean = {what: _clean(part.replace(",", " ")) for what, part in zip(_NAMES, parts, strict=True)}
    return {what: part for what, part in clean.items() if part.upper() not in _NO_NAME}


def _cut(elements: _Elements) -> Iterator[str]:
    """What the card says was truncated, or what fills its element."""
    for what, (codes, mark) in _CUTTABLE.items():
        flag = elements.get(mark, "").upper()
        full = any(len(elements.get(code, "")) >= _LONGEST[code] for code in codes)
        if flag == "T" or (flag != "N" and full):
            yield what


def _place(elements: _Elements) -> dict[str, str]:
    """The address: that of the residence where the card gives it apart and whole."""
    whole = all(elements.get(code) for code in _LIVED_AT if code != "DAM")
    first, second = (_LIVED_AT, _MAILED_TO) if whole else (_MAILED_TO, _LIVED_AT)
    street, more, city, state, code = (
        elements.get(a) or elements.get(b, "") for a, b in zip(first, second, strict=True)
    )
    zip_code = _zip(code)
    repeats = any(part and part.upper() in more.upper() for part in (zip_code[:5], city))
    line = street if not more or repeats else f"{street} {more}".strip()
    values = {"street": line, "city": city, "state": state, "zip": zip_code}
    return {what: value.strip(" ,") for what, value in values.items() if value.strip(" ,")}


def _zip(code: str) -> str:
    """A ZIP with its four further digits behind a hyphen, unless they are noughts; other postal codes as they are."""
    digits = code.replace("-", "").replace(" ", "").rstrip(".")
    if not (digits.isascii() and digits.isdigit() and len(digits) >= 5):
        return code
    return f"{digits[:5]}-{digits[5:]}" if len(digits) == 9 and digits[5:] != "0000" else digits[:5]
