"""Utility bills of four looks: window below, ruled tables, two columns, the web's."""

from datetime import timedelta
from random import Random

from tests.bench.papers.cases import (
    Case,
    address_lines,
    holders,
    mailing_block,
    one_line,
    plain,
    short,
    spelled,
    us,
)
from tests.bench.papers.sheet import GREY, WHITE, Sheet

_GREEN, _NAVY, _ORANGE, _PALE = (0.1, 0.45, 0.25), (0.08, 0.15, 0.4), (0.85, 0.4, 0.05), (0.9, 0.93, 0.97)
_FINE = (
    "If you have a question or complaint about your bill, call us before the due date. If we cannot resolve it you may"
    " write to the Public Utilities Regulatory Authority, 10 Franklin Square, New Britain CT 06051. A late charge of 1%"
    " a month applies to balances unpaid 28 days after the bill is mailed. Estimated readings are marked E."
)


def electric_stub(case: Case, rng: Random) -> bytes:
    """An electric bill with a chart above and the payment stub with the envelope's window below."""
    page = Sheet()
    begin, end = case.period
    page.box(0, 0, 612, 6, _GREEN, None)
    page.text(40, 44, "Nutmeg Valley Electric", 20, bold=True, ink=_GREEN)
    page.text(40, 58, "Delivering power to 71 towns since 1911", 8, ink=GREY)
    page.box(390, 28, 182, 78, _PALE, GREY)
    rows = [
        ("Account Number:", f"51 {case.account}"),
        ("Statement Date:", us(case.dated_on)),
        ("Amount Due:", case.amount),
    ]
    page.pairs(398, 44, 166, [*rows, ("Due Date:", us(case.due_on))], 9)
    page.text(40, 86, "Customer Name", 7, ink=GREY)
    page.block(40, 97, holders(case), 9, bold=True)
    page.text(40, 128, "Service Address", 7, ink=GREY)
    page.block(40, 139, address_lines(case, case.home, "capitals"), 9)
    page.text(40, 190, "Electric Usage History - Kilowatt Hours (kWh)", 9, bold=True)
    page.bars(44, 270, [rng.randint(14, 62) for _ in range(13)], _GREEN)
    page.text(330, 128, "Total Amount Due", 10, bold=True)
    page.right(572, 128, case.amount, 10, bold=True)
    charges = [
        (f"Previous balance {us(begin)}", "$96.14"),
        (f"Payment received {us(begin + timedelta(19))}", "-$96.14"),
    ]
    page.pairs(330, 146, 242, [*charges, ("Supply", "$61.20"), ("Delivery", "$52.87")], 8.5)
    head = ("Meter", "Current read", "Previous read", "Usage", "Reading type")
    meter = (f"89{case.account[:6]}", f"{us(end)} 41822", f"{us(begin)} 41206", "616 kWh", "Actual")
    page.grid(40, 300, (96, 126, 126, 82, 102), [head, meter], 8, head=_PALE)
    page.prose(40, 370, 532, _FINE, 7, ink=GREY)
    page.text(
        40,
        420,
        f"Service from {us(begin)} to {us(end)} - 31 days. Next read date: on or about {us(end + timedelta(30))}",
        8,
    )
    page.rule(30, 560, 552, dashed=True)
    page.text(214, 557, "Please return this portion with your payment", 7, ink=GREY)
    page.pairs(
        380,
        584,
        190,
        [("Account Number", f"51 {case.account}"), ("Please pay by", us(case.due_on)), ("Amount due", case.amount)],
    )
    page.block(70, 650, mailing_block(case, "capitals"), 10)
    remit = ["NUTMEG VALLEY ELECTRIC", "PO BOX 56002", "BOSTON MA 02205-6002"]
    page.block(380, 665, remit, 9)
    page.text(70, 748, f"51{case.account}0000{case.cents:07d}0000{case.cents:07d}", 9, font="Courier")
    return page.finish()


def water_table(case: Case, rng: Random) -> bytes:
    """A regional water authority's bill: ruled tables whose values stand under their heads."""
    page = Sheet(sans="Times-Roman", bold="Times-Bold")
    begin, end = case.period
    page.seal(70, 66, 30, _NAVY, "RWA")
    page.block(
        112, 52, ["South Shore Regional Water Authority", "90 Sargent Drive", "New Haven, CT 06511"], 10, bold=True
    )
    page.text(112, 96, "Customer service: 203-555-0142   Emergencies: 24 hours", 8)
    page.block(60, 150, mailing_block(case), 10)
    page.box(372, 128, 200, 74)
    page.block(
        380, 144, ["Office hours Mon - Fri 8:00 - 4:30", "Correspondence: 90 Sargent Drive", "New Haven, CT 06511"], 9
    )
    head = ("Account No.", "Bill Date", "Due Date", "Service Location")
    values = (case.account, us(case.dated_on), us(case.due_on), plain(one_line(case)).title()[:44])
    page.grid(40, 240, (96, 90, 90, 256), [head, values], 9)
    readings = [
        ("Meter No.", "From", "To", "Previous", "Present", "CCF"),
        ("W-" + case.account[2:], us(begin), us(end), "1184", "1197", "13"),
    ]
    page.grid(40, 300, (100, 90, 90, 84, 84, 84), readings, 9)
    rows = [("Description", "Amount"), ("Basic service charge", "$38.11"), ("Water usage 13 CCF @ 4.512", "$58.66")]
    page.grid(40, 362, (380, 152), [*rows, ("Public fire protection", "$4.07"), ("Total due", case.amount)], 9)
    page.prose(40, 500, 532, "A water quality report is mailed every June. " + _FINE, 8)
    page.rule(30, 610, 552, dashed=True)
    page.text(40, 628, "Detach and return with check payable to the Authority", 8)
    page.grid(
        40,
        640,
        (130, 130, 130, 142),
        [
            ("Account No.", "Due Date", "Amount Due", "Amount Enclosed"),
            (case.account, us(case.due_on), case.amount, "$"),
        ],
        9,
    )
    page.block(60, 706, ["SOUTH SHORE REGIONAL WATER AUTHORITY", "P.O. BOX 981102", "BOSTON, MA 02298-1102"], 9)
    return page.finish()


def gas_two_column(case: Case, rng: Random) -> bytes:
    """A gas bill set in two columns, the account's lines at the left and messages at the right of each."""
    page = Sheet()
    page.box(0, 0, 612, 62, _NAVY, None)
    page.text(36, 40, "YANKEE HEARTH GAS", 22, bold=True, ink=WHITE)
    page.right(576, 40, "Your monthly statement", 11, ink=WHITE)
    y = 88.0
    for label, value in (
        ("ACCOUNT HOLDER", holders(case)[0]),
        ("ACCOUNT NUMBER", case.account),
        ("SERVICE FOR", one_line(case)),
        ("BILLING DATE", short(case.dated_on).upper()),
        ("PAYMENT DUE", short(case.due_on).upper()),
    ):
        page.text(36, y, label, 7, ink=GREY)
        page.text(36, y + 12, value, 9.5, bold=True)
        y += 32
    page.text(330, 88, "Messages for you", 11, bold=True, ink=_NAVY)
    note = (
        "Going paperless saves you time. Enroll by "
        + spelled(case.dated_on + timedelta(40))
        + " and get a $5 credit. Smell gas?"
        " Leave at once and call 911, then 1-800-555-0199 from a safe place. Budget billing spreads winter costs evenly."
    )
    page.prose(330, 104, 240, note, 9)
    page.bars(336, 246, [rng.randint(5, 60) for _ in range(13)], _ORANGE, 16)
    page.text(36, 276, "Account summary", 11, bold=True, ink=_NAVY)
    page.text(330, 276, "Gas charges in detail", 11, bold=True, ink=_NAVY)
    last = case.period[0]
    page.pairs(
        36,
        294,
        240,
        [
            (f"Balance on {short(last)}", "$71.90"),
            (f"Payment {short(last + timedelta(12))} - thank you", "-$71.90"),
            ("Current charges", case.amount),
            ("Amount due", case.amount),
        ],
    )
    page.pairs(
        330,
        294,
        240,
        [
            ("Customer charge", "$16.00"),
            ("Delivery 48 ccf", "$39.31"),
            ("Supply 48 ccf", "$28.84"),
            ("System expansion rate", "$1.22"),
        ],
    )
    page.prose(36, 390, 540, _FINE, 7, ink=GREY)
    page.rule(36, 540, 540)
    page.block(330, 566, ["Mail payment to:", "Yankee Hearth Gas", "PO Box 847820", "Boston, MA 02284-7820"], 9)
    page.block(60, 610, mailing_block(case), 10)
    page.text(
        36, 740, f"Please write account {case.account} on your check.   Pay {case.amount} by {us(case.due_on)}", 8
    )
    return page.finish()


def internet_web(case: Case, rng: Random) -> bytes:
    """An internet provider's bill as its web page prints it: much air, a greeting, few boxes."""
    page = Sheet(sans="Vera", bold="Vera-Bold")
    page.text(48, 60, "brightline", 22, bold=True, ink=_ORANGE)
    page.right(564, 52, f"Account # {case.account}", 8)
    page.right(564, 64, f"Statement date {short(case.dated_on)}", 8)
    page.text(48, 112, f"Hi {case.owner.name.first}, here's your bill for this month.", 14)
    page.text(48, 150, "Amount due", 9, ink=GREY)
    page.text(48, 176, case.amount, 22, bold=True)
    page.text(240, 150, "AutoPay date", 9, ink=GREY)
    page.text(240, 172, short(case.due_on), 14)
    page.text(430, 150, "Plan", 9, ink=GREY)
    page.text(430, 172, "Gig 1000", 14)
    page.rule(48, 200, 516, ink=GREY)
    page.text(48, 224, "Bill to", 9, ink=GREY)
    page.block(48, 240, mailing_block(case, "title"), 9.5)
    page.text(330, 224, "Service address", 9, ink=GREY)
    page.block(330, 240, address_lines(case, case.home, "title"), 9.5)
    page.text(48, 330, "Your charges", 12, bold=True)
    begin = case.dated_on
    months = f"{short(begin)} - {short(begin + timedelta(29))}"
    page.pairs(
        48,
        352,
        516,
        [(f"Internet {months}", "$75.00"), ("Modem", "$14.00"), ("Taxes and fees", "$3.10"), ("Total", case.amount)],
    )
    page.prose(
        48,
        440,
        516,
        "Questions? Chat with us any time at brightline.example/help. Service is provided by Brightline Cable LLC, 400 Atlantic Street, Stamford, CT 06901. Prices are good through "
        + spelled(case.expires_on)
        + ".",
        8,
        ink=GREY,
    )
    return page.finish()
