"""A wireless bill with its lines' users, and an oil dealer's invoice."""

from datetime import timedelta
from random import Random

from tests.bench.papers.cases import (
    Case,
    address_lines,
    given_names,
    mailing_block,
    plain,
    printed,
    short,
    spelled,
    us,
)
from tests.bench.papers.sheet import GREY, Sheet

_PALE = (0.9, 0.93, 0.97)
_FINE = (
    "If you have a question or complaint about your bill, call us before the due date. If we cannot resolve it you may"
    " write to the Public Utilities Regulatory Authority, 10 Franklin Square, New Britain CT 06051. A late charge of 1%"
    " a month applies to balances unpaid 28 days after the bill is mailed. Estimated readings are marked E."
)


def phone_joint(case: Case, rng: Random) -> bytes:
    """A wireless bill with the window at the upper left and a table of lines with their users' names."""
    page = Sheet()
    page.text(36, 40, "TELWAVE", 24, bold=True, ink=(0.7, 0.05, 0.1))
    page.block(36, 58, ["TelWave Wireless, PO Box 15062", "Albany NY 12212-5062"], 7)
    page.block(60, 112, mailing_block(case), 10)
    page.grid(
        340,
        84,
        (110, 126),
        [
            ("Bill summary", ""),
            ("Account", case.account + "-00001"),
            ("Invoice number", "98" + case.account),
            ("Bill date", spelled(case.dated_on)),
            ("Date due", spelled(case.due_on)),
            ("Total due", case.amount),
        ],
        8,
        head=_PALE,
    )
    page.text(36, 236, "Charges by line", 12, bold=True)
    users = [case.owner, case.partner or case.child]
    rows = [("User", "Number", "Plan", "Equipment", "Total")]
    rows += [
        (plain(given_names(case, each)).title(), f"860-555-01{20 + at}", "$55.00", "$20.83", "$75.83")
        for at, each in enumerate(users)
    ]
    y = page.grid(36, 248, (150, 110, 90, 90, 100), rows, 8, lines=False, head=_PALE)
    page.text(36, y + 10, f"Billing period {short(case.period[0])} - {short(case.period[1])}", 8)
    page.prose(
        36,
        y + 40,
        540,
        "Pay from your phone at #PMT. Bring your own device credits post within two cycles. " + _FINE,
        7,
        ink=GREY,
    )
    page.rule(30, 640, 552, dashed=True)
    page.pairs(
        350, 664, 220, [("Total amount due by " + short(case.due_on), case.amount), ("Amount enclosed", "$ _______")], 8
    )
    page.block(70, 700, ["TELWAVE WIRELESS", "PO BOX 16810", "NEWARK NJ 07101-6810"], 9)
    return page.finish()


def oil_invoice(case: Case, rng: Random) -> bytes:
    """A small oil dealer's invoice: bill-to and delivered-to boxes side by side, a driver's name below."""
    page = Sheet(sans="Courier", bold="Courier-Bold")
    page.centre(306, 50, "HALLMARK FUEL OIL & SON", 16, bold=True)
    page.centre(
        306, 66, f"{case.sender_home.long_street}, {case.sender_home.city_line(capitals=False, plus4=False)}", 9
    )
    page.centre(306, 78, "HOD #318   S1-386201   860-555-0177", 8)
    page.right(572, 110, f"INVOICE {case.account[:6]}", 12, bold=True)
    page.right(572, 126, f"Invoice Date: {us(case.dated_on)}", 9)
    for x, title in ((40, "BILL TO"), (316, "DELIVERED TO")):
        page.box(x, 144, 256, 92)
        page.text(x + 6, 156, title, 8, bold=True)
    page.block(50, 174, mailing_block(case), 9.5)
    page.block(326, 174, [printed(case, case.owner), *address_lines(case, case.home, "capitals")], 9.5)
    rows = [
        ("DATE", "DESCRIPTION", "GALLONS", "PRICE", "AMOUNT"),
        (us(case.dated_on - timedelta(2)), "#2 FUEL OIL", "112.4", "3.499", case.amount),
    ]
    page.grid(40, 262, (90, 190, 80, 72, 100), rows, 9)
    page.block(
        40, 330, ["TERMS: NET 10 DAYS", f"PAY BY {us(case.dated_on + timedelta(10))} TO AVOID A LATE FEE OF 1.5%"], 9
    )
    page.text(
        40,
        380,
        f"Driver: {case.bystander.name.first} {case.bystander.name.last}    Truck 7    Ticket {case.account[3:]}",
        9,
    )
    page.prose(
        40,
        420,
        530,
        "THANK YOU FOR YOUR BUSINESS. WE SERVICE ALL MAKES OF BURNERS. PRICES SUBJECT TO CHANGE WITHOUT NOTICE.",
        8,
    )
    return page.finish()
