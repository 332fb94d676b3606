"""The dates of a paper and what each is the date of, by the label beside or above it; US order, month first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.paper_words import Answer, says_enough


class _Kind(StrEnum):
    """What a label says of its date."""

    BIRTH = "birth"
    EXPIRY = "expiry"
    ISSUE = "issue"
    PERIOD = "period"
    BEGIN = "begin"
    """the first day of a period whose last one is not beside it"""
    PLAIN = "plain"
    """`Date` and nothing more"""
    OTHER = "other"
    """due, paid, next, transactions, service began: nothing that is asked for"""


_AND_ON = r"\b(?:\s+(?:date|on|by))*"
_LABELS = {
    _Kind.OTHER: (
        r"(?:previous|prior|last|next|former|renewal)\s+(?:statement|bill|billing|invoice|meter|read\w*|payment)(?:\s+date)?",
        r"(?:due|pay\s?by|payable by|payment|paid|received|posted|auto\s?pay|draft|late|reading|read|enclosed)"
        + _AND_ON,
        r"(?:by|after|before|until|since|as of|moved|hired?|filed|effective|transaction|purchase|delivered)" + _AND_ON,
        r"balance on",
        r"date\s+(?:due|paid|received|posted|of\s+(?:service|hire|death|transaction|payment|purchase))",
    ),
    _Kind.BIRTH: (r"(?:3\.?\s+)?(?:dob|d\.o\.b|date of birth|birth\s?date|born(?: on)?)",),
    _Kind.EXPIRY: (
        r"(?:4b\.?\s+)?exp(?:ires|iry|iration)?(?:\s+(?:date|on))?",
        r"date of expir(?:ation|y)",
        r"(?:valid|good) (?:until|thru|through|to)",
        r"4b",
    ),
    _Kind.ISSUE: (
        r"(?:statement|bill|billing|invoice|notice|letter|closing|mailing|print(?:ed)?)\s+(?:closing\s+)?date",
        r"date\s+(?:of\s+(?:issue|issuance|notice|bill|statement|this\s+\w+)|issued|mailed|printed|prepared|billed)",
        r"(?:4a\.?\s+)?iss(?:ued?)?(?:\s+(?:date|on))?",
        r"dated(?:\s+as of)?|mailed(?: on)?|billed on|prepared on|registered on",
        r"made (?:on|this|as of)|entered into(?: on)?",
    ),
    _Kind.PERIOD: (
        r"(?:statement|billing|service|bill)\s+period|period (?:covered|ending|from)|for the period",
        r"service (?:from|dates?)",
    ),
    _Kind.PLAIN: (r"date",),
}
_LABEL = re.compile(
    "|".join(rf"(?P<{kind}>(?<![\w/])(?:{'|'.join(forms)})\b)" for kind, forms in _LABELS.items()), re.IGNORECASE
)
_TO_THE_END = re.compile(r"(?:^|\t)\s*(?:through|thru|to|ending)\s+$", re.IGNORECASE)
"""What stands before the last day of a period that begins on the line above."""
_UNKNOWN_DATE = re.compile(r"\b[a-z]{3,}\s+date\b", re.IGNORECASE)
_TRANSLATED = re.compile(r"\s*/\s*(?:date d|fecha|fec)[^/\t]*", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    r"(?<![\w/.-])(?:(?P<y1>\d{4})-(?P<m1>\d{2})-(?P<d1>\d{2})"
    r"|(?P<m2>\d{1,2})(?P<mark>[/.-])(?P<d2>\d{1,2})(?P=mark)(?P<y2>\d{4}|\d{2})"
    rf"|{_MONTH.format('m3')}\.?\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})"
    rf"|(?P<d4>\d{{1,2}})[\s-]+{_MONTH.format('m4')}\.?(?:\s*/\s*[a-z]{{3,5}}\.?)?[\s,-]+(?P<y4>\d{{4}}))"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_FAR = 40
"""Characters between a label and its date, at most."""
_PASSPORT = re.compile(r"[A-Z0-9<]{9}[0-9<][A-Z<]{3}(\d{6})(\d)[MFX<](\d{6})(\d)")
_PASSPORT_CARD = re.compile(r"^(\d{6})(\d)[MFX<](\d{6})(\d)[A-Z<]{3}")


_Place = tuple[int, int, _Kind]
"""Where a label starts and ends in its line, and its kind."""
_Day = tuple[int, int, date, bool]
"""Where a date starts and ends in its line, the day, and whether its year has two digits."""


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date with the kind of its label; None when it stands alone in its cell."""

    day: date
    kind: _Kind | None
    short_year: bool


def birth_date_on_identity(text: str, date_of_birth: date) -> Answer:
    """Whether the identity document gives this date of birth: by its label or, check digit right, in its machine lines.

    Two readings that contradict each other, a day and month that may be swapped, and a date without label cannot be
    told.
    """
    printed = {found.day for found in _dates(text) if found.kind is _Kind.BIRTH and not found.short_year}
    coded = {birth for birth, _ in _machine_dates(text)}
    agree = date_of_birth in printed or f"{date_of_birth:%y%m%d}" in coded
    differ = bool(printed - {date_of_birth}) or bool(coded - {f"{date_of_birth:%y%m%d}"})
    if agree != differ and says_enough(text):
        return (
            Answer.AGREES if agree else Answer.CANNOT_TELL if _swapped(date_of_birth) in printed else Answer.DISAGREES
        )
    return Answer.CANNOT_TELL


def expiry_on_identity(text: str) -> date | None:
    """The last good day that the identity document gives; None when there is none, or more than one."""
    printed = {found.day for found in _dates(text) if found.kind is _Kind.EXPIRY}
    coded = {
        day for _, expiry in _machine_dates(text) if (day := _day(2000 + int(expiry[:2]), expiry[2:4], expiry[4:]))
    }
    return _only(printed | coded)


def statement_date(text: str) -> date | None:
    """The day on which the paper was made out; None when it cannot be told.

    A statement's, bill's or letter's own date outranks the end of its period, that outranks a mere `Date`, and that a
    date alone on its line. Within a rank two different dates cancel each other. Due dates and dates of payments,
    readings and transactions are never taken.
    """
    found = list(_dates(text))
    for kind in (_Kind.ISSUE, _Kind.PERIOD, _Kind.PLAIN, None):
        days = {each.day for each in found if each.kind is kind}
        if days:
            return max(days) if kind is _Kind.PERIOD and len(days) == 2 else _only(days)
    return None


def _only(days: set[date]) -> date | None:
    return next(iter(days)) if len(days) == 1 else None


def _swapped(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 else None


def _dates(text: str) -> Iterator[_Dated]:
    """Every date with the label before it on its line or, in the order of the columns, above it."""
    waiting: list[_Kind] = []
    begun = False
    for line in text.splitlines():
        plain = _TRANSLATED.sub("", line)
        labels = _labels(plain)
        days = [(found.start(), found.end(), *read) for found in _DATE.finditer(plain) if (read := _read(found))]
        kinds = _kinds(labels, days)
        if days and not labels and len(waiting) == len(days):
            kinds = list(waiting)
        kinds = _periods(plain, days, kinds, ends_here=begun)
        begun = _Kind.BEGIN in kinds
        alone = not labels and not waiting and len(days) == 1 and _stands_alone(plain, days[0])
        for (_, _, day, short), kind in zip(days, kinds, strict=True):
            if kind is not None or alone:
                yield _Dated(day, kind, short)
        if plain.strip():
            waiting = [kind for _, _, kind in labels] if labels and not days else []


def _labels(line: str) -> list[_Place]:
    """Start, end and kind of each label of a line."""
    found = [(hit.start(), hit.end(), _Kind(str(hit.lastgroup))) for hit in _LABEL.finditer(line)]
    unknown = [(hit.start(), hit.end()) for hit in _UNKNOWN_DATE.finditer(line)]
    return [
        (start, end, _Kind.OTHER if kind is _Kind.PLAIN and any(a < start < b for a, b in unknown) else kind)
        for start, end, kind in found
    ]


def _kinds(labels: list[_Place], days: list[_Day]) -> list[_Kind | None]:
    """The kind of each date of a line: that of the nearest label before it, which serves one date, a period two."""
    kinds: list[_Kind | None] = []
    served: dict[int, int] = {}
    last_end = 0
    for start, end, _, _ in days:
        label_at, label_end, kind = next((each for each in reversed(labels) if each[1] <= start), (0, 0, _Kind.OTHER))
        most = 2 if kind is _Kind.PERIOD else 1
        served[label_at] = served.get(label_at, 0) + 1
        close = kind is _Kind.PERIOD or start - max(label_end, last_end) <= _FAR
        kinds.append(kind if close and served[label_at] <= most else _Kind.OTHER)
        last_end = end
    return kinds if labels else [None] * len(days)


def _periods(line: str, days: list[_Day], kinds: list[_Kind | None], *, ends_here: bool) -> list[_Kind | None]:
    """The kinds, a period's only day on its line being its first one, and its last one on the line below."""
    if ends_here:
        return [
            _Kind.PERIOD if _TO_THE_END.search(line[: day[0]]) else kind for day, kind in zip(days, kinds, strict=True)
        ]
    if kinds.count(_Kind.PERIOD) == 1 and "ending" not in line.lower():
        return [_Kind.BEGIN if kind is _Kind.PERIOD else kind for kind in kinds]
    return kinds


def _stands_alone(line: str, found: _Day) -> bool:
    """Whether a date fills its cell."""
    before, after = line[: found[0]], line[found[1] :]
    return not before.rpartition("\t")[2].strip() and not after.partition("\t")[0].strip()


def _read(found: re.Match[str]) -> tuple[date, bool] | None:
    """The day and whether its year has two digits; None when the calendar has no such day."""
    parts = found.groupdict()
    for number in "1234":
        if parts[f"y{number}"]:
            year, month = parts[f"y{number}"], parts[f"m{number}"]
            month = month if month.isdigit() else str(_MONTHS.index(month[:3].lower()) + 1)
            day = _day(int(year) + (2000 if len(year) == 2 else 0), month, parts[f"d{number}"])
            return (day, len(year) == 2) if day else None
    return None


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def _machine_dates(text: str) -> Iterator[tuple[str, str]]:
    """Birth and expiry as YYMMDD from a passport's or passport card's machine lines, check digits right (ICAO 9303)."""
    for line in text.splitlines():
        zone = "".join(line.split())
        found = _PASSPORT.search(zone) or _PASSPORT_CARD.search(zone)
        if found and _check_digit(found[1]) == found[2] and _check_digit(found[3]) == found[4]:
            yield found[1], found[3]


def _check_digit(digits: str) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(digits, (7, 3, 1, 7, 3, 1), strict=True)) % 10)
