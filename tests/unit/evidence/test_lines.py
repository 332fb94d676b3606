"""Which lines of a paper an answer rests on."""

from datetime import date

import pytest

from registry.evidence_lines import (
    MOST_LINES,
    lines_near_name,
    lines_that_say,
    lines_with_address,
    lines_with_birth_date,
    lines_with_expiry,
    lines_with_statement_date,
)
from registry.facts import Address, PersonName
from registry.papers import Answer, address_on_paper, birth_date_on_identity, name_on_paper

MARIA = PersonName("Maria", "", "Santos", "")
HOME = Address("12 Elm Street", "Apt 4", "Hartford", "CT", "06103")
BILL = """NUTMEG STATE ELECTRIC COMPANY
10/30/2026	Thank you for your payment
Statement date: 10/30/2026
Dear customer, here is your bill for the month
Maria Santos
12 Elm St Apt 4
Hartford, CT 06103
Electricity used 412 kWh. Amount due $93.10"""


def named(text: str) -> Answer:
    return name_on_paper(text, MARIA)


def housed(text: str) -> Answer:
    return address_on_paper(text, HOME)


def test_the_shortest_run_that_says_it_alone_is_given() -> None:
    assert lines_that_say(BILL, named, Answer.AGREES) == range(4, 5)
    assert lines_that_say(BILL, housed, Answer.AGREES) == range(5, 7)


def test_a_run_says_the_same_as_the_whole_paper() -> None:
    lines = BILL.split("\n")
    run = lines_that_say(BILL, housed, Answer.AGREES)
    assert run is not None
    filler = "\nsome more words that say nothing of anybody or of any place"
    assert housed("\n".join(lines[run.start : run.stop]) + filler) is Answer.AGREES


def test_a_line_too_short_to_conclude_from_counts_as_part_of_its_paper() -> None:
    text = "CARD\n3 DOB 01/02/1980\n4b EXP 01/02/2030"
    run = lines_that_say(text, lambda lines: birth_date_on_identity(lines, date(1980, 1, 2)), Answer.AGREES)
    assert run == range(1, 2)


def test_an_address_that_is_somebody_elses_by_the_label_above_it_is_not_the_one_shown() -> None:
    text = "Landlord office\n12 Elm St Apt 4\nHartford, CT 06103\nand nothing else\nof any sort\n" + BILL
    assert housed(text) is Answer.AGREES
    assert lines_that_say(text, housed, Answer.AGREES) == range(10, 12)


def test_nothing_is_given_when_no_short_run_says_it() -> None:
    assert lines_that_say(BILL, lambda _: Answer.CANNOT_TELL, Answer.AGREES) is None
    far_apart = "\n".join(["Maria", *["- - -"] * MOST_LINES, "Santos"])
    together = lines_that_say(
        far_apart,
        lambda text: Answer.AGREES if "Maria" in text and "Santos" in text else Answer.CANNOT_TELL,
        Answer.AGREES,
    )
    assert together is None


def test_what_is_printed_for_people_goes_before_the_lines_for_machines() -> None:
    zone = "P<USASANTOS<<MARIA<<<<<<<<<<<<<<<<<<<<<<<<<<"
    assert lines_that_say(f"{zone}\nSurname\nSANTOS\nGiven names\nMARIA", named, Answer.AGREES) == range(1, 5)
    assert lines_that_say(f"Passport\n{zone}", named, Answer.AGREES) == range(1, 2)


def test_lines_are_counted_as_line_feeds_part_them() -> None:
    assert lines_that_say("a\x0bb\u2028c\n" + BILL, named, Answer.AGREES) == range(5, 6)


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("Bill to\nMarla Santos\nHartford", range(1, 2)),
        ("Bill to\n1 SANTOZ\n2 MARIA\nHartford", range(1, 3)),
        ("Bill to\nSurname\tSantos\nHartford", range(1, 2)),
        ("until the month may end, then\nMaría Lopez", range(1, 2)),
        ("may santas maria\nnothing else", None),
        ("Bill to\nJosé Díaz\nHartford", None),
        ("", None),
    ],
)
def test_the_line_most_like_the_name_is_shown_when_none_bears_it(text: str, run: range | None) -> None:
    assert lines_near_name(text, MARIA) == run


def test_the_address_most_like_the_claimed_one_is_shown_down_to_its_town() -> None:
    text = "900 Main St\nStamford, CT 06901\n14 Elm St\nRear\nHartford, CT 06103\nbye"
    assert lines_with_address(text, HOME) == range(2, 5)
    assert lines_with_address("no address here", HOME) is None


def test_the_days_of_a_card_are_found_by_their_labels() -> None:
    card = "4a ISS 01/02/2024\n4b EXP 01/02/2030\n3 DOB 02/01/1980"
    assert lines_with_birth_date(card) == range(2, 3)
    assert lines_with_expiry(card) == lines_with_expiry(card, date(2030, 1, 2)) == range(1, 2)
    assert lines_with_expiry(card, date(2031, 1, 2)) is None


def test_a_labelled_date_of_the_paper_goes_before_the_same_date_elsewhere() -> None:
    assert lines_with_statement_date(BILL, date(2026, 10, 30)) == range(2, 3)
    assert lines_with_statement_date("October 30, 2026\nDear customer", date(2026, 10, 30)) == range(1)
    assert lines_with_statement_date("no date\nat all") is None
