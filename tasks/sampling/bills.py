"""Utility bills: electricity, gas, water and internet, in three layouts."""

from datetime import timedelta
from random import Random

from tasks.sampling.sheets import Sheet
from tasks.sampling.stationery import Envelope, Proof, account, ledger, mailing_block, money, us_date

_FINE_PRINT = (
    "Payments received after the due date may be subject to a late charge of 1.25% per month.",
    "Questions about this bill? Call us Monday to Friday, 8 a.m. to 5 p.m. Please have your account number at hand.",
    "If you cannot pay in full, ask about payment plans and protection for customers with a serious illness.",
)


def utility_bill(proof: Proof, rng: Random) -> Sheet:
    """Electricity, gas, water or internet, in one of three layouts."""
    return rng.choice((_electric_bill, _gas_bill, _internet_bill))(proof, rng)


def _electric_bill(proof: Proof, rng: Random) -> Sheet:
    sheet, envelope = Sheet(), Envelope.pick(rng)
    company = rng.choice(("Housatonic Light & Power", "Charter Oak Electric", "Thames Valley Electric Company"))
    sheet.box(0, 0, 612, 62, fill=55)
    sheet.text(40, 40, company, 21, "bold", ink=255)
    sheet.right(572, 38, "Your electric bill", 12, ink=230)
    facts = (
        ("Statement Date:", us_date(proof.dated, rng)),
        ("Account Number:", account(rng)),
        ("Service from:", f"{proof.dated - timedelta(days=33):%m/%d/%y} to {proof.dated - timedelta(days=3):%m/%d/%y}"),
        ("Due Date:", us_date(proof.dated + timedelta(days=24), rng)),
    )
    for row, (label, value) in enumerate(facts):
        sheet.text(350, 96 + row * 16, f"{label} {value}", 10, "bold" if row in (0, 3) else "sans")
    mailing_block(sheet, 60, 166, proof, envelope, 11)
    sheet.text(40, 235, "Service Address:", 9, "bold")
    sheet.text(125, 235, ", ".join(envelope.address(proof.home)), 9)
    due = money(rng, 48, 390)
    sheet.box(350, 170, 222, 46, fill=232)
    sheet.text(362, 190, "Total Amount Due", 11, "bold")
    sheet.right(560, 206, due, 14, "bold")
    _usage_chart(sheet, rng, 60, 270)
    rows = (
        ("Supply: generation service charge", money(rng, 20, 150)),
        ("Delivery: transmission and distribution", money(rng, 20, 120)),
        ("Combined public benefits charge", money(rng, 4, 40)),
        ("Customer service charge", "$9.62"),
    )
    ledger(sheet, 440, "Charges this period", rows, due)
    sheet.lines(40, 600, list(_FINE_PRINT), 7.5, 11)
    _stub(sheet, 690, company, due, proof, rng)
    return sheet


def _usage_chart(sheet: Sheet, rng: Random, x: float, y: float) -> None:
    sheet.text(x, y, "Your electricity use, last 13 months (kWh a day)", 9, "bold")
    for month in range(13):
        tall = rng.uniform(20, 95)
        sheet.box(x + month * 34, y + 115 - tall, 22, tall, fill=90 if month == 12 else 165)
    sheet.rule(x - 4, y + 115, 450)


def _stub(sheet: Sheet, y: float, company: str, due: str, proof: Proof, rng: Random) -> None:
    sheet.text(40, y, "- " * 105, 6, ink=120)
    sheet.text(
        40, y + 22, f"Please return this part with your payment to {company}, P.O. Box {rng.randint(100, 9999)}", 8
    )
    sheet.text(40, y + 40, f"Amount enclosed: ____________     Amount due {due} by {_us_due(proof)}", 9)


def _us_due(proof: Proof) -> str:
    return f"{proof.dated + timedelta(days=24):%m/%d/%Y}"


def _gas_bill(proof: Proof, rng: Random) -> Sheet:
    sheet, envelope = Sheet(), Envelope.pick(rng)
    water = rng.random() < 0.4
    company = rng.choice(
        ("Farmington River Water", "Mill River Water Authority") if water else ("Quinnipiac Gas", "Elm City Gas")
    )
    sheet.text(40, 52, company, 18, "bold")
    sheet.rule(40, 60, 532, ink=0)
    mailing_block(sheet, 40, 96, proof, envelope, 10)
    sheet.box(330, 78, 242, 92, edge=60)
    sheet.text(342, 96, "Account number", 8)
    sheet.right(560, 96, account(rng), 9)
    sheet.text(342, 114, "Bill date", 8)
    sheet.right(560, 114, us_date(proof.dated, rng), 9, "bold")
    sheet.text(342, 132, "Payment due", 8)
    sheet.right(560, 132, us_date(proof.dated + timedelta(days=21), rng), 9)
    due = money(rng, 22, 260)
    sheet.text(342, 156, "Please pay", 10, "bold")
    sheet.right(560, 156, due, 12, "bold")
    sheet.text(40, 200, f"For service at {envelope.address(proof.home)[0]}", 9.5)
    unit = "CCF" if water else "Therms"
    read = rng.randint(1000, 9000)
    used = rng.randint(5, 90)
    rows = (
        (f"Meter reading {proof.dated - timedelta(days=34):%m/%d/%y}: {read}", ""),
        (f"Meter reading {proof.dated - timedelta(days=4):%m/%d/%y}: {read + used}   ({used} {unit})", ""),
        ("Customer charge", "$16.00"),
        ("Delivery", money(rng, 8, 90)),
        ("Commodity", money(rng, 8, 120)),
    )
    ledger(sheet, 240, "How we worked out your bill", rows, due)
    sheet.lines(
        40, 400, [*_FINE_PRINT, "Smell gas? Leave at once, then call from outside." if not water else ""], 8, 12
    )
    _stub(sheet, 640, company, due, proof, rng)
    return sheet


def _internet_bill(proof: Proof, rng: Random) -> Sheet:
    sheet, envelope = Sheet(), Envelope.pick(rng)
    company = rng.choice(("Shoreline Broadband", "Hat City Fiber", "Nutmeg Cable & Internet"))
    sheet.text(40, 60, company.upper(), 16, "bold", ink=60)
    sheet.lines(
        420, 50, [f"Statement date {us_date(proof.dated, rng)}", f"Account {account(rng)}", "Page 1 of 2"], 8.5, 12
    )
    sheet.text(40, 120, f"Hello {proof.holders[0]}," if proof.face == "sans" else "Hello,", 12, "bold")
    sheet.text(40, 138, "thanks for choosing us. Here is your bill for this month.", 9.5)
    due = money(rng, 55, 210)
    rows = (
        ("Previous balance", money(rng, 55, 210)),
        ("Payment received - thank you", money(rng, 55, 210)),
        ("Internet 500 Mbps", money(rng, 40, 90)),
        ("Equipment and one-time charges", money(rng, 0, 20)),
        ("Taxes, fees and surcharges", money(rng, 2, 12)),
    )
    ledger(sheet, 180, "Bill summary", rows, due)
    sheet.text(
        40, 330, f"Auto pay is off. Amount due by {us_date(proof.dated + timedelta(days=20), rng)}: {due}", 11, "bold"
    )
    sheet.lines(40, 365, list(_FINE_PRINT), 8, 12)
    mailing_block(sheet, 72, 660, proof, envelope, 10)
    sheet.lines(380, 660, [company, f"P.O. Box {rng.randint(100, 9999)}", "Hartford, CT 06141"], 9, 12)
    return sheet
