"""The numbers printed on a page that could tell one paper from another of the same sender.

Bills of one utility share their layout and most of their words; account numbers, readings and sums differ. What does
not tell papers apart is left out: days, ZIPs, telephone numbers, post office boxes and house numbers.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from registry.postal_words import STATES, SUFFIXES

_LEAST_DIGITS = 4
"""Shorter numbers are counts, rates and pages, and stand on everybody's paper."""
OWN_DIGITS = 7
"""From here on a number that is labelled as somebody's own is no other person's by chance."""
_OWN_TOGETHER = 2
"""Labels err: one number with the label of a customer's may be the sender's own for all customers."""
_SUMS_TOGETHER = 3
"""Sums with cents that together are one paper's: two people may pay the same price and the same tax on it."""
_MOST = 200
"""Numbers that are looked at; a page of a bank statement has about a hundred."""

_ENDS = "|".join(sorted({*SUFFIXES, *SUFFIXES.values()}, key=len, reverse=True))
_CODES = "|".join(sorted(set(STATES.values())))
_LEFT_OUT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)\d{1,2}([/.-])\d{1,2}\1(?:19|20)?\d\d(?!\d)",  # days
        r"(?<!\d)(?:19|20)\d\d([/.-])\d{1,2}\1\d{1,2}(?!\d)",
        r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?!\d)",  # telephones
        r"(?<!\d)\d{5}-\d{4}(?!\d)",  # ZIP+4
        rf"\b(?:{_CODES})\.?,?\s*\d{{5}}(?:-?\d{{4}})?(?!\d)",
        r"\bbox\s*\d+",
        r"(?<!\S)[^\s<]*+<\S*",  # a passport's or card's lines for machines: their digits run into days
        rf"(?<![\d.,-])\d{{1,6}}[a-z]?(?:\s+[a-z][\w.'-]*){{1,4}}?\s+(?:{_ENDS})\b",  # house numbers
    )
)
_NUMBER = re.compile(r"(?<!\d)\d{2,5}(?: \d{3,4}(?![\d.,]))+|\d+(?:[.,-]\d+)*")
_SUM = re.compile(r"\d[\d,]*\.\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OWNERS = re.compile(
    r"\b(?:acc(?:oun)?t|customer|client|member|subscriber|policy|loan|mortgage|case|claim|bill|invoice|statement|"
    r"meter|reference|ref|confirmation|notice|docket|passport|dln?)\b",
    re.IGNORECASE,
)
_SENDERS = re.compile(
    r"\b(?:f?ein|employer|tax(?:payer)? id|permit|nmls|omb|form|rev(?:ised)?|hic|routing|aba|fax|call|tele?(?:phone)?|"
    r"group|stat|section)\b",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"\b(?:dob|date of birth|birth)\b", re.IGNORECASE)
_EXPIRY = re.compile(r"\b(?:exp|expires|expiration|expiry)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageNumber:
    """One number of a page."""

    digits: str
    """without separators, and without the cents of a round sum"""
    is_own: bool
    """long, and labelled as the number of an account, a case or a card: nobody else's by chance"""
    is_sum: bool
    """with cents that are not nought; one such sum can be anybody's, several together are one paper's"""

    @property
    def tells(self) -> bool:
        """Whether it can help to tell one paper from another."""
        return self.is_own or self.is_sum


def numbers_on(text: str) -> dict[str, PageNumber]:
    """The telling numbers of a text by their digits; of one that stands there twice, what the surer place says."""
    card = _BIRTH.search(text) is not None and _EXPIRY.search(text) is not None
    found: dict[str, PageNumber] = {}
    above = ""
    for line in text.splitlines():
        labelled = card or (_OWNERS.search(f"{above}\n{line}") is not None and _SENDERS.search(line) is None)
        for number in _numbers_in(line, labelled):
            if number.digits not in found or number.is_own:
                found[number.digits] = number
        if len(found) > _MOST:
            break
        above = line
    return found


def telling(numbers: dict[str, PageNumber]) -> list[str]:
    """Those by which another copy of the page could be found, the longest first; none where they say too little."""
    own = (number.digits for number in numbers.values() if number.tells)
    return sorted(own, key=lambda digits: (-len(digits), digits)) if are_one_papers(numbers.values()) else []


def are_one_papers(numbers: Collection[PageNumber]) -> bool:
    """Whether these numbers together stand on one paper alone, if none of them is the sender's."""
    return any(number.is_own for number in numbers) or tell_much(numbers)


def tell_much(numbers: Collection[PageNumber]) -> bool:
    """Whether they are more than one number that could be the sender's after all."""
    own, sums = sum(number.is_own for number in numbers), sum(number.is_sum for number in numbers)
    return own >= _OWN_TOGETHER or sums >= _SUMS_TOGETHER


def _numbers_in(line: str, labelled: bool) -> Iterator[PageNumber]:
    if sum(map(str.isdigit, line)) < _LEAST_DIGITS:
        return
    for pattern in _LEFT_OUT:
        line = pattern.sub(" ", line)
    for found in _NUMBER.finditer(line):
        printed = found[0]
        is_sum = _SUM.fullmatch(printed) is not None
        digits = re.sub(r"\D", "", printed.removesuffix(".00") if is_sum else printed)
        if len(digits) >= _LEAST_DIGITS and (is_sum or not _is_day(digits)):
            own = labelled and not is_sum and len(digits) >= OWN_DIGITS
            yield PageNumber(digits, own, is_sum and not printed.endswith(".00"))


def _is_day(digits: str) -> bool:
    """Whether it may be a year, or a day without separators."""
    if len(digits) == 4:
        return _YEAR.fullmatch(digits) is not None
    if len(digits) == 6:
        return any(_is_date(2000 + int(digits[y : y + 2]), digits[m:][:4]) for y, m in ((4, 0), (0, 2)))
    if len(digits) == 8:
        return any(
            _YEAR.fullmatch(digits[y : y + 4]) is not None and _is_date(int(digits[y : y + 4]), digits[m:][:4])
            for y, m in ((4, 0), (0, 4))
        )
    return False


def _is_date(year: int, month_and_day: str) -> bool:
    try:
        date(year, int(month_and_day[:2]), int(month_and_day[2:]))
    except ValueError:
        return False
    return True
