"""Bank and mortgage statements, tax bills and insurers' papers."""

from datetime import timedelta
from random import Random

from tasks.sampling.sheets import Sheet
from tasks.sampling.stationery import Envelope, Proof, account, ledger, mailing_block, money, us_date


def bank_statement(proof: Proof, rng: Random) -> Sheet:
    """A checking account's month."""
    sheet, envelope = Sheet(), Envelope.pick(rng)
    bank = rng.choice(
        ("Long Wharf Savings Bank", "Charter Oak Community Credit Union", "First Bank of Litchfield Hills")
    )
    sheet.text(40, 50, bank, 17, "serif")
    sheet.text(40, 64, "Member FDIC" if "Bank" in bank else "Federally insured by NCUA", 7, ink=90)
    start = proof.dated - timedelta(days=30)
    period = f"Statement period {start:%m/%d/%Y} through {proof.dated:%m/%d/%Y}"
    sheet.lines(
        350,
        50,
        [f"Statement date: {us_date(proof.dated, rng)}", period, f"Account ending in {rng.randint(1000, 9999)}"],
        8.5,
    )
    mailing_block(sheet, 60, 120, proof, envelope, 10.5)
    sheet.text(40, 215, "Everyday Checking", 13, "bold")
    balance = rng.uniform(200, 9000)
    sheet.text(40, 232, f"Beginning balance on {start:%m/%d}: ${balance:,.2f}", 9)
    sheet.box(40, 244, 532, 16, fill=225)
    for x, head in ((46, "Date"), (110, "Description"), (430, "Amount"), (510, "Balance")):
        sheet.text(x, 255, head, 8.5, "bold")
    shops = ("Grocery Market", "Pharmacy", "Direct Deposit Payroll", "ATM Withdrawal", "Gas Station", "Online Transfer")
    for row in range(rng.randint(9, 15)):
        amount = rng.uniform(-160, 120)
        balance += amount
        day = start + timedelta(days=2 * row + 1)
        sheet.text(46, 274 + row * 15, f"{day:%m/%d}", 8.5)
        sheet.text(110, 274 + row * 15, rng.choice(shops), 8.5)
        sheet.right(470, 274 + row * 15, f"{amount:,.2f}", 8.5)
        sheet.right(560, 274 + row * 15, f"{balance:,.2f}", 8.5)
    sheet.text(40, 530, f"Ending balance on {proof.dated:%m/%d}: ${balance:,.2f}", 9.5, "bold")
    sheet.lines(
        40, 700, ["In case of errors or questions about your electronic transfers, telephone or write us."], 7.5
    )
    return sheet


def mortgage_statement(proof: Proof, rng: Random) -> Sheet:
    """A home loan's monthly statement."""
    sheet, envelope = Sheet(), Envelope.pick(rng)
    lender = rng.choice(("Constitution Home Lending", "Naugatuck Valley Mortgage Company"))
    sheet.text(40, 52, lender, 17, "bold")
    sheet.text(40, 70, "Mortgage Statement", 12)
    due = money(rng, 900, 3400)
    facts = [f"Statement Date: {us_date(proof.dated, rng)}", f"Loan Number: {account(rng)[:9]}", f"Amount Due: {due}"]
    sheet.lines(370, 52, [*facts, f"Payment Due Date: {us_date(proof.dated + timedelta(days=15), rng)}"], 9.5, 14)
    mailing_block(sheet, 60, 140, proof, envelope)
    sheet.text(40, 220, f"Property address: {', '.join(envelope.address(proof.home))}", 9)
    rows = (
        ("Principal", money(rng, 300, 1200)),
        ("Interest", money(rng, 300, 1500)),
        ("Escrow (taxes and insurance)", money(rng, 200, 900)),
    )
    ledger(sheet, 260, "Explanation of amount due", rows, due)
    sheet.lines(40, 380, [f"Outstanding principal {money(rng, 60000, 380000)}", "Prepayment penalty: none"], 9, 14)
    return sheet


def tax_bill(proof: Proof, rng: Random) -> Sheet:
    """A town's property tax bill; its day is the grand list's, it does not go stale."""
    sheet, envelope = Sheet(), Envelope.pick(rng)
    year = proof.dated.year - 1
    sheet.text(40, 50, f"{proof.home.city.upper()}, CONNECTICUT", 15, "bold")
    sheet.text(40, 68, f"Real estate tax bill   Grand list of October 1, {year}", 11)
    mailing_block(sheet, 60, 120, proof, envelope)
    place = ", ".join(envelope.address(proof.home))
    sheet.lines(
        40, 210, [f"Bill number {year}-01-{rng.randint(1000, 99999):07d}", f"Property location: {place}"], 9.5, 15
    )
    rows = (
        ("Net assessment", money(rng, 60000, 420000)),
        ("Mill rate", f"{rng.uniform(22, 68):.2f}"),
        (f"First instalment due July 1, {year + 1}", money(rng, 900, 5200)),
        (f"Second instalment due January 1, {year + 2}", money(rng, 900, 5200)),
    )
    ledger(sheet, 262, "Tax", rows, money(rng, 1800, 10400))
    sheet.lines(40, 400, ["Interest at 1.5% a month is charged on late payments (Conn. Gen. Stat. 12-146)."], 8)
    return sheet


def insurance_bill(proof: Proof, rng: Random) -> Sheet:
    """A renter's, home or health insurer's notice of cover."""
    sheet, envelope = Sheet(), Envelope.pick(rng)
    insurer = rng.choice(("Asylum Hill Mutual Insurance", "Elm Tree Health Plan", "Rocky Hill Casualty"))
    sheet.text(40, 50, insurer, 16, "bold")
    sheet.rule(40, 58, 532)
    sheet.lines(40, 80, [f"Issued {us_date(proof.dated, rng)}", f"Policy number {account(rng)[:10]}"], 9.5, 13)
    mailing_block(sheet, 60, 135, proof, envelope)
    rows = (
        ("Cover", rng.choice(("Renters", "Homeowners", "Individual health"))),
        ("Premium a month", money(rng, 14, 420)),
    )
    ledger(sheet, 240, "Your declarations page", rows, money(rng, 160, 4800))
    sheet.lines(40, 340, ["Keep this page with your records. Your agent can explain any part of it."], 9)
    return sheet
