"""Print and codes of one proof together: either may settle, a contradiction leaves open, a picture hardly accuses."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from registry.conclusions import residency_paper_goes_stale, residency_paper_is_old, residency_paper_is_surely_old
from registry.facts import Address, DocumentFacts, PersonName, Reading, ReadState, Spot
from registry.paper_words import Answer
from registry.proofs import PROVEN_PERCENT, identity_facts, residency_facts

AGREES, DISAGREES, CANNOT_TELL = Answer.AGREES, Answer.DISAGREES, Answer.CANNOT_TELL
MARIA = PersonName("Maria", "", "Santos", "")
BORN, ENDS, TODAY = date(1980, 1, 2), date(2030, 5, 6), date(2026, 11, 20)
HOME = Address("12 Elm Street", "Apt 4", "Hartford", "CT", "06103")
GERMAN = """REISEPASS BUNDESREPUBLIK DEUTSCHLAND
Name
{last}
Vornamen
{first}
Geburtstag
02.01.1980
Gueltig bis
06.05.2030
Behoerde Stadt Musterhausen am See
"""
ENGLISH = """PASSPORT UNITED STATES OF AMERICA
Surname
{last}
Given names
{first}
Date of birth
{born:%d %b %Y}
Date of expiration
{ends:%d %b %Y}
Authority United States Department of State
"""
BILL = """NUTMEG STATE ELECTRIC COMPANY
Statement date:	{day:%m/%d/%Y}
Due date:	12/25/2026
Maria Santos
12 Elm St Apt 4
Hartford, CT 06103
Electricity used 412 kWh since the last meter reading
"""


def zone(
    last: str = "SANTOS",
    first: str = "MARIA",
    born: date | None = BORN,
    ends: date | None = ENDS,
    sure: int = PROVEN_PERCENT,
    named: int = 98,
    source: str = "mrz",
) -> tuple[Reading, ...]:
    values = {"last_name": last, "first_name": first, "birth_date": born, "expiry_date": ends}
    box = (0.1, 0.8, 0.9, 0.9)
    return tuple(
        Reading(what, str(value), source, 1, box, named if what.endswith("name") else sure)
        for what, value in values.items()
        if value
    )


def paper(text: str, readings: tuple[Reading, ...] = (), source: str = "ocr", percent: int = 98) -> DocumentFacts:
    spots = tuple(Spot(1, (0.1, 0.1, 0.9, 0.2), percent) for _ in text.split("\n"))
    state = ReadState.TEXT if text else ReadState.NO_TEXT
    return DocumentFacts("d", "r", state, "image/jpeg", "", 1, text, source if text else "", spots, readings)


def printed(layout: str, **changes: Any) -> str:
    return layout.format(**{"last": "SANTOS", "first": "MARIA", "born": BORN, "ends": ENDS, **changes})


def told(facts: DocumentFacts) -> tuple[Answer, Answer, date | None]:
    found = identity_facts(facts, MARIA, BORN, TODAY)
    return found["identity_name"], found["identity_birth_date"], found["identity_expires_on"]


@pytest.mark.parametrize("source", ["ocr", "layer"])
def test_a_zone_settles_what_print_under_other_labels_leaves_open(source: str) -> None:
    text = printed(GERMAN)
    assert told(paper(text, source=source))[1:] == (CANNOT_TELL, None)
    assert told(paper(text, zone(), source)) == (AGREES, AGREES, ENDS)
    assert told(paper(text, zone(sure=95), source)) == (AGREES, AGREES, ENDS)
    another = printed(GERMAN, last="KOWALSKI")
    assert told(paper(another, zone(), source))[0] is (AGREES if source == "ocr" else CANNOT_TELL)


def test_a_zone_in_the_text_is_no_second_witness_against_other_print() -> None:
    text = printed(ENGLISH, last="KOWALSKI", first="ZOFIA") + "P<USASANTOS<<MARIA<<<<<<<<<<\n"
    assert told(paper(text, source="layer"))[0] is AGREES
    assert told(paper(text, zone(), "layer"))[0] is CANNOT_TELL
    same = printed(ENGLISH) + "P<USASANTOS<<MARIA<<<<<<<<<<\n"
    assert told(paper(same, zone(), "layer"))[0] is AGREES


def test_a_zone_settles_a_name_that_the_picture_does_not_show() -> None:
    text = printed(ENGLISH, last="5ANTQ2", first="W^R1A")
    assert told(paper(text))[0] is CANNOT_TELL
    assert told(paper(text, zone()))[0] is AGREES


@pytest.mark.parametrize("source", ["ocr", "layer"])
@pytest.mark.parametrize(
    ("readings", "is_open"),
    [
        (zone(last="KOWALSKI", first="ZOFIA"), (True, False, False)),
        (zone(born=date(1981, 1, 2)), (False, True, False)),
        (zone(ends=date(2031, 5, 6)), (False, False, True)),
        (zone(ends=date(2020, 5, 6)), (False, False, True)),
    ],
    ids=["another name", "another birth", "another end", "an end in the past"],
)
def test_a_zone_that_contradicts_the_print_leaves_the_question_open(
    readings: tuple[Reading, ...], is_open: tuple[bool, ...], source: str
) -> None:
    assert told(paper(printed(ENGLISH), source=source)) == (AGREES, AGREES, ENDS)
    answers = told(paper(printed(ENGLISH), readings, source))
    assert [answer in {CANNOT_TELL, None} for answer in answers] == list(is_open)


def test_print_that_is_wrong_in_a_picture_contradicts_a_zone_too() -> None:
    text = printed(ENGLISH, born=date(1986, 1, 2), ends=date(2020, 5, 6))
    assert told(paper(text, zone())) == (AGREES, CANNOT_TELL, None)


def test_two_ends_in_print_are_not_settled_by_a_zone_that_gives_one_of_them() -> None:
    text = printed(ENGLISH) + "Valid until 05/06/2031\n"
    assert told(paper(text, zone(), "layer"))[2] is None


def test_a_picture_of_a_zone_accuses_by_dates_only_where_all_check_digits_hold() -> None:
    other, past = date(1981, 1, 2), date(2020, 5, 6)
    text = printed(GERMAN)
    assert told(paper(text, zone(born=other, ends=past)))[1:] == (DISAGREES, past)
    assert told(paper(text, zone(born=other, ends=past, sure=95)))[1:] == (CANNOT_TELL, None)
    assert told(paper(text, zone(born=other, ends=past, sure=60)))[1:] == (CANNOT_TELL, None)
    assert told(paper(text, zone(born=other, ends=past, sure=95), "layer"))[1:] == (DISAGREES, past)


def test_a_picture_of_a_zone_never_accuses_by_its_name() -> None:
    readings = zone(last="KOWALSKI", first="ZOFIA", named=100)
    text = printed(GERMAN, last="KOWALSKI", first="ZOFIA")
    assert told(paper(text, readings))[0] is CANNOT_TELL
    assert told(paper(text, readings, "layer"))[0] is DISAGREES


def test_a_name_that_was_cut_short_or_hardly_read_does_not_settle() -> None:
    text = printed(GERMAN, last="5ANTQ2", first="W^R1A")
    assert told(paper(text, zone(named=60)))[0] is CANNOT_TELL


def test_text_of_a_picture_never_accuses() -> None:
    text = printed(ENGLISH, last="KOWALSKI", first="ZOFIA", born=date(1986, 1, 2), ends=date(2020, 5, 6))
    assert told(paper(text)) == (CANNOT_TELL, CANNOT_TELL, None)
    assert told(paper(text, source="layer")) == (DISAGREES, DISAGREES, date(2020, 5, 6))


def test_a_barcode_and_a_zone_that_differ_settle_nothing_and_accuse_nobody() -> None:
    other, past = date(1981, 1, 2), date(2020, 5, 6)
    readings = zone(source="barcode") + zone(born=other, ends=past)
    text = printed(ENGLISH, born=other, ends=past)
    assert told(paper(text, readings))[1:] == (CANNOT_TELL, None)


def test_a_barcode_alone_accuses_as_it_carries_its_own_correction() -> None:
    readings = zone("KOWALSKI", "ZOFIA", date(1981, 1, 2), date(2020, 5, 6), source="barcode")
    assert told(paper("", readings)) == (DISAGREES, DISAGREES, date(2020, 5, 6))


def test_a_zone_without_a_first_name_still_gives_its_dates() -> None:
    assert told(paper(printed(GERMAN), zone(first="")))[1:] == (AGREES, ENDS)


def dated(text: str, source: str = "ocr", percent: int = 98) -> tuple[date | None, bool, int]:
    found = residency_facts(paper(text, source=source, percent=percent), MARIA, HOME)
    return found["residency_dated_on"], found["residency_is_picture"], found["residency_date_percent"]


def test_a_papers_day_is_as_sure_as_the_line_that_gives_it() -> None:
    day = date(2026, 10, 30)
    text = BILL.format(day=day)
    assert dated(text, percent=91) == (day, True, 91)
    assert dated(text, "layer") == (day, False, 100)
    facts = paper(text, percent=60)
    spots = tuple(Spot(1, spot.box, 99 if n == 1 else 60) for n, spot in enumerate(facts.spots))
    found = residency_facts(DocumentFacts(**{**plain(facts), "spots": spots}), MARIA, HOME)
    assert found["residency_date_percent"] == 99


def plain(facts: DocumentFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in DocumentFacts.__dataclass_fields__}


def test_a_label_above_the_day_counts_with_its_line() -> None:
    facts = paper(BILL.format(day=TODAY).replace("Statement date:\t", "Statement date\n"), percent=99)
    spots = tuple(Spot(1, spot.box, 70 if n == 1 else 99) for n, spot in enumerate(facts.spots))
    found = residency_facts(DocumentFacts(**{**plain(facts), "spots": spots}), MARIA, HOME)
    assert (found["residency_dated_on"], found["residency_date_percent"]) == (TODAY, 70)


def test_without_a_day_or_without_places_of_lines_nothing_is_sure() -> None:
    assert dated("\n".join(line for line in BILL.splitlines() if "date" not in line)) == (None, True, 0)
    facts = paper(BILL.format(day=TODAY))
    found = residency_facts(DocumentFacts(**{**plain(facts), "spots": ()}), MARIA, HOME)
    assert found["residency_date_percent"] == 0


def test_the_kind_of_a_paper_and_the_words_for_it_are_facts_of_both_proofs() -> None:
    text = BILL.format(day=TODAY) + "Customer charge $9.62\n"
    found = residency_facts(paper(text), MARIA, HOME)
    assert found["residency_kind_seen"] == "utility_bill"
    assert "kWh" in found["residency_kind_why"].split(", ")
    assert identity_facts(paper(text), MARIA, BORN, TODAY)["identity_kind_seen"] == "utility_bill"
    for nothing in (None, paper("")):
        assert identity_facts(nothing, MARIA, BORN, TODAY)["identity_kind_seen"] == ""
        assert residency_facts(nothing, MARIA, HOME)["residency_kind_seen"] == ""


def surely_old(day: date, percent: int = 100, *, pictured: bool = True, declared: str = "utility_bill") -> bool:
    law: dict[str, Any] = {"residency_paper_longest_days": 90, "picture_date_least_percent": 97}
    law["dated_residency_document_types"] = ("utility_bill", "bank_statement")
    facts = {"residency_dated_on": day, "submitted_on": TODAY, "residency_type": declared}
    facts |= {
        "residency_is_picture": pictured,
        "residency_date_percent": percent,
        "residency_kind_seen": "utility_bill",
    }
    known = law | facts
    for each in (residency_paper_goes_stale, residency_paper_is_old, residency_paper_is_surely_old):
        known[each.name] = each.to(known)
    return bool(known["residency_paper_is_surely_old"])


def misread(day: date) -> set[date]:
    """Every day that is read when one digit of this one is taken for another."""
    found = set()
    for form in ("%m/%d/%Y", "%Y-%m-%d"):
        figures = day.strftime(form)
        for at, digit in product(range(len(figures)), "0123456789"):
            if figures[at].isdigit():
                with suppress(ValueError):
                    found.add(datetime.strptime(figures[:at] + digit + figures[at + 1 :], form).date())  # noqa: DTZ007
    return found - {day}


def test_no_paper_within_the_limit_becomes_stale_by_one_misread_digit_in_a_picture() -> None:
    recent = [TODAY - timedelta(age) for age in range(91)]
    wrong = {other for day in recent for other in misread(day)}
    assert len(wrong) > 500
    assert not any(surely_old(day) for day in wrong | {*recent})


def test_a_picture_is_stale_where_its_day_was_read_surely_and_no_digit_explains_it() -> None:
    assert surely_old(date(2025, 6, 15), 97)
    assert not surely_old(date(2025, 6, 15), 96)
    assert surely_old(date(2025, 6, 15), 0, pictured=False)
    assert surely_old(date(2026, 8, 21), pictured=False)
    assert not surely_old(date(2026, 8, 22), pictured=False)


def test_nobody_is_asked_for_a_newer_paper_for_the_looks_of_one_alone() -> None:
    assert not surely_old(date(2024, 6, 15), pictured=False, declared="lease")
    assert surely_old(date(2024, 6, 15), pictured=False, declared="bank_statement")
