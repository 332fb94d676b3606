"""Statements of a bank, a credit union and a mortgage servicer, and a wage statement."""

from datetime import timedelta
from random import Random

from tests.bench.papers.cases import (
    Case,
    address_lines,
    full_name,
    mailing_block,
    plain,
    printed,
    spelled,
    surname,
    us,
)
from tests.bench.papers.sheet import GREY, WHITE, Sheet

_BLUE, _PLUM, _TEAL, _PALE = (0.05, 0.25, 0.5), (0.35, 0.1, 0.3), (0.0, 0.4, 0.45), (0.92, 0.92, 0.9)


def _movements(case: Case, rng: Random) -> list[tuple[str, str, str, str]]:
    """A month's transactions, each with its day."""
    begin, balance = case.period[0], 1842.55
    rows = []
    words = (
        "POS STOP & SHOP 0612",
        "ACH PAYROLL DEPOSIT",
        "CHECK 1047",
        "ZELLE TO A FRIEND",
        "ATM WITHDRAWAL MAIN ST",
        "BILL PAY ELECTRIC",
    )
    for number, what in enumerate(rng.sample(words, 5)):
        amount = rng.randint(-9000, 14_000) / 100
        balance += amount
        rows.append((f"{begin + timedelta(3 + 5 * number):%m/%d}", what, f"{amount:,.2f}", f"{balance:,.2f}"))
    return rows


def bank_window(case: Case, rng: Random) -> bytes:
    """A bank's checking statement: return address and window above, period beside, transactions below."""
    page = Sheet()
    begin, end = case.period
    page.text(40, 44, "Charter Bridge Bank", 18, bold=True, ink=_BLUE)
    page.block(40, 60, ["P.O. Box 1377", "Waterbury, CT 06721-1377"], 8)
    page.block(70, 128, mailing_block(case), 10)
    page.block(
        372,
        60,
        [
            f"Statement period {spelled(begin)}",
            f"through {spelled(end)}",
            f"Account number  xxxxxx{case.account[-4:]}",
            "Page 1 of 2",
        ],
        9,
        1.5,
    )
    page.block(372, 132, ["Questions? 1-800-555-0130", "Write: 50 Leavenworth Street", "Waterbury, CT 06702"], 8)
    page.box(40, 224, 532, 18, _BLUE, None)
    page.text(46, 237, "Simply Free Checking", 10, bold=True, ink=WHITE)
    page.pairs(
        40,
        262,
        250,
        [
            (f"Beginning balance on {us(begin)}", "$1,842.55"),
            ("Deposits and credits", "$2,311.00"),
            ("Withdrawals", "-$1,980.12"),
            (f"Ending balance on {us(end)}", case.amount),
        ],
    )
    page.text(40, 346, "Transaction detail", 11, bold=True)
    head = ("Date", "Description", "Amount", "Balance")
    page.grid(40, 356, (70, 262, 100, 100), [head, *_movements(case, rng)], 8.5, head=_PALE, lines=False)
    fine = "In case of errors or questions about your electronic transfers write to us within 60 days after we sent the FIRST statement on which the error appeared. Member FDIC. Equal Housing Lender."
    page.prose(40, 700, 532, fine, 7, ink=GREY)
    return page.finish()


def credit_union(case: Case, rng: Random) -> bytes:
    """A credit union's statement with a box of member facts and several shares."""
    page = Sheet(sans="Times-Roman", bold="Times-Bold")
    page.seal(306, 54, 30, _PLUM, "CU")
    page.centre(306, 104, "CONSTITUTION STATE CREDIT UNION", 14, bold=True, ink=_PLUM)
    page.centre(
        306, 118, f"{case.sender_home.long_street}, {case.sender_home.city_line(capitals=False, plus4=True)}", 9
    )
    page.box(40, 136, 532, 58, _PALE, GREY)
    page.pairs(
        50,
        152,
        240,
        [("Member", printed(case, case.owner)), ("Member number", case.account), ("Statement date", us(case.dated_on))],
    )
    page.pairs(
        320,
        152,
        240,
        [
            ("Statement period from", us(case.period[0])),
            ("to", us(case.dated_on)),
            ("Joint owner", printed(case, case.partner) if case.partner else "NONE"),
        ],
    )
    page.block(70, 236, mailing_block(case), 11)
    for number, share in enumerate(("SHARE 01 REGULAR SAVINGS", "SHARE 50 DRAFT CHECKING")):
        y = 350 + number * 150
        page.text(40, y, share, 11, bold=True)
        page.grid(
            40,
            y + 8,
            (70, 262, 100, 100),
            [("Posted", "Transaction", "Amount", "Balance"), *_movements(case, rng)[:3]],
            9,
        )
    page.prose(
        40,
        660,
        532,
        f"Annual meeting of members: {spelled(case.dated_on + timedelta(60))}, 6 p.m. Beneficiaries on file: {full_name(case.child.name)}, born {us(case.child.born)}. Federally insured by NCUA.",
        8,
    )
    return page.finish()


def mortgage_servicer(case: Case, rng: Random) -> bytes:
    """A mortgage statement: borrower and mailing address at the left, property address in the table at the right."""
    page = Sheet()
    page.text(36, 46, "Harborline Mortgage Servicing", 16, bold=True, ink=_TEAL)
    page.block(36, 62, ["PO Box 619098", "Dallas, TX 75261-9741"], 8)
    page.text(360, 46, "Mortgage Statement", 14, bold=True)
    page.text(360, 62, f"Statement Date: {us(case.dated_on)}", 9)
    rows = [
        ("Account Number", case.account),
        ("Payment Due Date", us(case.due_on)),
        ("Amount Due", case.amount),
        ("Maturity Date", us(case.expires_on)),
    ]
    page.box(356, 74, 218, 78, _PALE, GREY)
    page.pairs(364, 90, 202, rows, 9)
    page.text(360, 172, "Property Address:", 9, bold=True)
    page.block(360, 186, address_lines(case, case.home, "capitals"), 9)
    page.block(70, 140, mailing_block(case), 10)
    page.text(36, 260, "Explanation of Amount Due", 11, bold=True, ink=_TEAL)
    page.grid(
        36,
        270,
        (200, 80),
        [("Item", "Amount"), ("Principal", "$412.88"), ("Interest", "$790.14"), ("Escrow", "$388.02")],
        9,
    )
    page.text(340, 260, "Past Payments Breakdown", 11, bold=True, ink=_TEAL)
    page.grid(
        340,
        270,
        (76, 80, 76),
        [
            ("", "Paid last month", "Paid to date"),
            ("Principal", "$411.20", "$4,090.11"),
            ("Interest", "$791.82", "$7,950.41"),
        ],
        8,
    )
    page.prose(
        36,
        380,
        540,
        f"If payment is received after {us(case.due_on + timedelta(15))}, a late fee of $48.11 will be charged. If you are experiencing financial difficulty, HUD counselors can help: 800-569-4287.",
        9,
    )
    page.rule(30, 600, 552, dashed=True)
    page.block(70, 650, ["HARBORLINE MORTGAGE SERVICING", "PO BOX 650783", "DALLAS TX 75265-0783"], 9)
    page.pairs(350, 640, 220, [("Loan", case.account), ("Due date", us(case.due_on)), ("Total enclosed", "$")], 9)
    return page.finish()


def wage_statement(case: Case, rng: Random) -> bytes:
    """A yearly wage and tax statement with lettered boxes, the employer's address over the employee's."""
    page = Sheet((612, 400))
    year = case.dated_on.year - 1
    employer, owner = case.sender_home, case.owner

    def cell(x: float, y: float, wide: float, high: float, label: str, *values: str) -> None:
        page.box(x, y, wide, high)
        page.text(x + 3, y + 8, label, 6)
        page.block(x + 8, y + 20, [plain(value).upper() for value in values], 9)

    cell(30, 30, 150, 28, "a Employee's social security number", f"XXX-XX-{case.account[-4:]}")
    cell(30, 58, 290, 28, "b Employer identification number (EIN)", f"06-{case.account[:7]}")
    cell(
        30,
        86,
        290,
        68,
        "c Employer's name, address, and ZIP code",
        "Litchfield Hills Bakery Inc",
        *filter(None, address_lines(case, employer, "capitals")),
    )
    cell(30, 154, 290, 26, "d Control number", case.account[2:6])
    cell(30, 180, 140, 32, "e Employee's first name and initial", f"{owner.name.first} {owner.name.middle[:1]}".strip())
    cell(170, 180, 120, 32, "Last name", surname(case, owner))
    cell(290, 180, 30, 32, "Suff.", owner.name.suffix.rstrip("."))
    cell(
        30, 212, 290, 66, "f Employee's address and ZIP code", *filter(None, address_lines(case, case.home, "capitals"))
    )
    for row, (left, right) in enumerate(
        (
            ("1 Wages, tips, other compensation", "2 Federal income tax withheld"),
            ("3 Social security wages", "4 Social security tax withheld"),
            ("5 Medicare wages and tips", "6 Medicare tax withheld"),
        )
    ):
        cell(320, 30 + 28 * row, 130, 28, left, f"{rng.randint(21_000, 90_000):,}.00")
        cell(450, 30 + 28 * row, 130, 28, right, f"{rng.randint(900, 9000):,}.00")
    cell(320, 114, 260, 40, "12a See instructions for box 12", "D  1,200.00")
    cell(30, 278, 290, 28, "15 State   Employer's state ID number", "CT   " + case.account)
    cell(320, 278, 260, 28, "17 State income tax", "1,104.00")
    page.text(30, 330, "W-2", 20, bold=True)
    page.text(80, 330, "Wage and Tax Statement", 11)
    page.text(260, 330, str(year), 20, bold=True)
    page.right(580, 324, "Department of the Treasury - Internal Revenue Service", 8)
    page.text(30, 350, "Copy C - For EMPLOYEE'S RECORDS (see Notice to Employee on the back of Copy B)", 8)
    return page.finish()
