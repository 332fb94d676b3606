"""The dates of a paper: each by its own label, none by another's, and none where two contradict."""

from datetime import date

import pytest

from registry.papers import Answer, birth_date_on_identity, expiry_on_identity, statement_date

NOVEMBER = date(2026, 11, 3)
BORN = date(1980, 1, 2)
EXPIRES = date(2029, 1, 2)
CARD = "\nCONNECTICUT DRIVER LICENSE USA 4d DLN 123456789 EYES BRO SEX F"


def check_digit(digits: str) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(digits, (7, 3, 1, 7, 3, 1), strict=True)) % 10)


def passport_line(born: str, expires: str) -> str:
    return f"A123456784USA{born}{check_digit(born)}F{expires}{check_digit(expires)}<<<<<<<<<<<<<<02"


DATED = [
    "Statement date: 11/03/2026\nDue date: 11/25/2026",
    "Bill date\t11/03/2026\nPayment due\t11/25/2026",
    "Account number\tStatement date\tDue date\n123-45\t11/03/2026\t11/25/2026",
    "Due date\tStatement date\n11/25/2026\t11/03/2026",
    "Bill Date: 11/03/2026 Due Date: 11/25/2026",
    "Date: November 3, 2026",
    "Date of this notice: Nov. 3, 2026",
    "November 3, 2026\nDear Maria",
    "Issued Nov 3, 2026",
    "Statement Date 03 NOV 2026",
    "Statement Date 3-Nov-2026",
    "Invoice date: 2026-11-03",
    "Statement date: 11/3/26",
    "Statement date\n11/03/2026",
    "Statement closing date 11/03/2026",
    "Statement period 10/04/2026 through 11/03/2026",
    "Statement period: 10/04/26 - 11/03/26",
    "Box 3\tStatement period October 4, 2026\nDanbury\tthrough November 3, 2026\n\tAccount 12",
    "Period from 10/04/2026\nto 11/03/2026",
    "Statement date: 11/03/2026\nStatement period 10/04/2026 through 11/02/2026",
    "Service from: 10/01/26 to 10/31/26\nStatement Date: Nov. 3, 2026",
    "This lease is made on November 3, 2026 between",
    "Registered on November 3, 2026",
    "Date\tDescription\tAmount\n10/05\tGrocery\t12\nStatement date: 11/03/2026",
    "Bill number 3\nDate 11/03/2026\nPay by 11/25/2026",
    "Previous bill date 10/03/2026\nBill date 11/03/2026\nNext bill date 12/03/2026",
    "Bill date 11/03/2026\nBalance as of 10/20/2026\nPayment received 10/21/2026",
]
UNDATED = [
    "Statement period October 4, 2026\nAccount 12",
    "",
    "nothing",
    "Due date: 11/25/2026",
    "Due Date\n11/25/2026",
    "Amount due by 11/25/2026: $34",
    "Amount due $34 by 11/25/2026",
    "Auto pay is off. Amount due by November 25, 2026: $40",
    "Payment received 10/20/2026 thank you",
    "Statement date: see page 2. Your payment was received 10/20/2026",
    "Statement date Payment of the previous balance and of all other charges 10/20/2026",
    "Statement date: 11/03/2026\nBill date: 11/05/2026",
    "November 3, 2026\nNovember 5, 2026",
    "Meter reading 10/02/26: 1234",
    "Transaction date 10/20/2026",
    "Next bill date 12/03/2026",
    "Previous statement date 10/03/2026",
    "Date of birth 01/02/1980",
    "Hire date 11/03/2020",
    "Expires 11/03/2029",
    "11/03/2026 GROCERY 12.34",
    "Statement date: 25/11/2026",
    "Statement date: 02/30/2026",
    "Statement date: 1-11/03/2026-4",
    "Grand list of October 1, 2025",
]


@pytest.mark.parametrize("text", DATED)
def test_a_papers_own_date_is_found(text: str) -> None:
    assert statement_date(text) == NOVEMBER


@pytest.mark.parametrize("text", UNDATED)
def test_a_date_of_something_else_is_never_taken_for_the_papers(text: str) -> None:
    assert statement_date(text) is None


BIRTHS = [
    ("3 DOB 01/02/1980", Answer.AGREES),
    ("DOB: 01/02/1980", Answer.AGREES),
    ("D.O.B. 01-02-1980", Answer.AGREES),
    ("Date of birth\n02 JAN 1980", Answer.AGREES),
    ("Date of birth / Date de naissance / Fecha de nacimiento\n02 JAN 1980", Answer.AGREES),
    ("Date of birth\tDate of issue\n02 JAN 1980\t03 MAR 2019", Answer.AGREES),
    ("4a ISS 01/02/2021 4b EXP 01/02/2029 3 DOB 01/02/1980", Answer.AGREES),
    ("3 DOB 01/02/1980\t4b EXP 01/02/2029", Answer.AGREES),
    (passport_line("800102", "290102"), Answer.AGREES),
    (passport_line("800102", "290102") + "\nDate of birth\n02 Jan 1980", Answer.AGREES),
    ("3 DOB 01/03/1980", Answer.DISAGREES),
    ("3 DOB 01/02/1981", Answer.DISAGREES),
    (passport_line("810102", "290102"), Answer.DISAGREES),
    ("3 DOB 02/01/1980", Answer.CANNOT_TELL),
    ("01/02/1980", Answer.CANNOT_TELL),
    ("4b EXP 01/02/1980", Answer.CANNOT_TELL),
    ("DOB 01/02/80", Answer.CANNOT_TELL),
    ("3 DOB 01/02/1980\n" + passport_line("810102", "290102"), Answer.CANNOT_TELL),
    (passport_line("800102", "290102").replace("800102", "800103"), Answer.CANNOT_TELL),
    ("", Answer.CANNOT_TELL),
]


@pytest.mark.parametrize(("text", "answer"), BIRTHS)
def test_a_birth_date_counts_by_its_label_or_its_check_digit(text: str, answer: Answer) -> None:
    assert birth_date_on_identity(text + CARD, BORN) is answer


def test_a_birth_date_on_next_to_no_text_cannot_be_told() -> None:
    assert birth_date_on_identity("DOB 01/02/1980", BORN) is Answer.CANNOT_TELL


EXPIRIES = [
    ("4b EXP 01/02/2029", EXPIRES),
    ("4b 01/02/2029", EXPIRES),
    ("EXP 01/02/29", EXPIRES),
    ("Expires: January 2, 2029", EXPIRES),
    ("Valid until 2029-01-02", EXPIRES),
    ("Date of expiration\n02 JAN 2029", EXPIRES),
    ("Date of expiration / Date d'expiration / Fecha de caducidad\n02 JAN 2029", EXPIRES),
    ("Date of issue\tDate of expiration\n03 NOV 2018\t02 JAN 2029", EXPIRES),
    ("4a ISS 01/02/2021 4b EXP 01/02/2029", EXPIRES),
    (passport_line("800102", "290102"), EXPIRES),
    ("4a ISS 01/02/2021", None),
    ("EXP 01/02/2029\n4b EXP 01/02/2030", None),
    ("Date of expiration\n03 JAN 2029\n" + passport_line("800102", "290102"), None),
    ("EXP 02/30/2029", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expires"), EXPIRIES)
def test_the_expiry_is_the_one_labelled_so_and_only_if_there_is_one(text: str, expires: date | None) -> None:
    assert expiry_on_identity(text + CARD) == expires
