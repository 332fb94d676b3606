"""Two leases, a town's tax bill, a voter's notice, and letters of offices."""

from datetime import timedelta
from random import Random

from tests.bench.papers.cases import (
    Case,
    address_lines,
    full_name,
    given_names,
    mailing_block,
    one_line,
    plain,
    printed,
    spelled,
    surname,
    us,
)
from tests.bench.papers.sheet import GREY, Sheet

_NAVY, _GREEN, _PALE = (0.07, 0.12, 0.35), (0.1, 0.35, 0.2), (0.93, 0.93, 0.9)


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 <= day % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def lease_prose(case: Case, rng: Random) -> bytes:
    """A lease as lawyers write it: parties, premises and term in running text."""
    page = Sheet(sans="Times-Roman", bold="Times-Bold")
    page.centre(306, 60, "RESIDENTIAL LEASE AGREEMENT", 15, bold=True)
    landlord, start = printed(case, case.bystander, "title"), case.dated_on + timedelta(20)
    tenants = " and ".join(printed(case, each, "title") for each in (case.owner, case.partner) if each)
    where = f"{case.sender_home.long_street}, {case.sender_home.city_line(capitals=False, plus4=False)}"
    made = (
        f"{_ordinal(case.dated_on.day)} day of {case.dated_on:%B}, {case.dated_on.year}"
        if case.number % 2
        else spelled(case.dated_on)
    )
    clauses = (
        f'THIS LEASE is made this {made}, by and between {landlord} (hereinafter the "Landlord"), whose address is {where}, and {tenants} (hereinafter the "Tenant").',
        f"1. PREMISES. The Landlord leases to the Tenant the dwelling located at {one_line(case, 'title')}, together with the appliances in it.",
        f"2. TERM. The term is one year, beginning on {spelled(start)} and ending on {spelled(start + timedelta(364))}.",
        f"3. RENT. The Tenant shall pay {case.amount} on the first day of each month to the Landlord at the address above. A charge is due for rent received after the 9th day.",
        "4. SECURITY DEPOSIT. The deposit equals one month's rent and is held at Charter Bridge Bank, 50 Leavenworth Street, Waterbury, CT 06702, in an escrow account with interest as the statute requires.",
        f"5. USE. The premises shall be used as a private residence by the Tenant and by {given_names(case, case.child)} {case.child.name.last} and nobody else without consent.",
        "6. UTILITIES. The Tenant pays for electricity, gas and internet. The Landlord pays for water and the removal of snow.",
        "7. ENTRY. The Landlord may enter with reasonable notice to inspect, repair, or show the premises.",
    )
    y = 96.0
    for clause in clauses:
        y = page.prose(64, y, 484, clause, 10.5) + 8
    y = max(y + 20, 520)
    for x, role, name in ((64, "LANDLORD", landlord), (330, "TENANT", printed(case, case.owner, "title"))):
        page.rule(x, y, 200)
        page.block(x, y + 12, [name, role], 9)
    if case.partner:
        page.rule(330, y + 56, 200)
        page.block(330, y + 68, [printed(case, case.partner, "title"), "TENANT"], 9)
    page.block(64, y + 68, ["In the presence of:", "", "______________________  Witness"], 9)
    return page.finish()


def lease_form(case: Case, rng: Random) -> bytes:
    """A realtors' lease form: numbered lines with their labels, filled in by typewriter."""
    page = Sheet()
    page.centre(306, 46, "GREATER CONNECTICUT RENTAL ASSOCIATION", 9)
    page.centre(306, 64, "APARTMENT LEASE", 16, bold=True)
    sender = case.sender_home
    lines = [
        ("Date of this lease:", us(case.dated_on)),
        ("Landlord:", full_name(case.bystander.name)),
        ("Landlord's address:", f"{sender.long_street}, {sender.city_line(capitals=False, plus4=False)}"),
        ("Tenant(s):", printed(case, case.owner, "title")),
        ("Tenant(s):", printed(case, case.partner, "title") if case.partner else "none"),
        ("Apartment address:", one_line(case, "title")),
        (
            "Tenant's prior address:",
            f"{case.old_home.long_street}, {case.old_home.city_line(capitals=False, plus4=False)}",
        ),
        ("Lease begins:", us(case.dated_on + timedelta(30))),
        ("Lease ends:", us(case.dated_on + timedelta(394))),
        ("Monthly rent:", case.amount),
        ("Other occupants:", full_name(case.child.name)),
    ]
    for row, (label, value) in enumerate(lines):
        y = 100 + row * 22
        page.text(50, y, f"{row + 1}.", 9)
        page.text(68, y, label, 9, bold=True)
        page.text(200, y, value, 10, font="Courier")
        page.rule(198, y + 3, 360, ink=GREY)
    rules = "The tenant has read and agrees to the house rules on the next pages. Smoking is not allowed in common halls. Rent not paid by the tenth is late. The tenant shall give 30 days' notice before moving."
    page.prose(50, 362, 510, rules, 9)
    for x, name, role in ((50, case.bystander, "Landlord or agent"), (320, case.owner, "Tenant")):
        page.text(x, 446, f"{full_name(name.name)}", 15, font="Times-Italic")
        page.rule(x, 452, 210)
        page.text(x, 464, f"{role}                         Date {us(case.dated_on)}", 8)
    return page.finish()


def town_tax(case: Case, rng: Random) -> bytes:
    """A town's tax bill: owner LAST FIRST as on the grand list, two installments, the collector's address."""
    page = Sheet()
    town = case.home.town.upper()
    page.seal(64, 58, 28, _GREEN, town[:1])
    page.block(
        104,
        42,
        [f"TOWN OF {town}", "TAX COLLECTOR", f"{case.sender_home.number} MAIN STREET", f"{town} CT {case.home.zip5}"],
        10,
        bold=True,
    )
    page.right(572, 42, "REAL ESTATE TAX BILL" if case.number % 2 else "MOTOR VEHICLE TAX BILL", 13, bold=True)
    page.right(572, 58, f"GRAND LIST OF OCTOBER 1, {case.dated_on.year - 1}", 9)
    head = ("LIST NUMBER", "DISTRICT", "MILL RATE", "BILL DATE", "DUE DATE")
    page.grid(
        40,
        112,
        (120, 90, 90, 116, 116),
        [head, (f"{case.dated_on.year - 1}-01-{case.account[:7]}", "01", "31.48", us(case.dated_on), us(case.due_on))],
        9,
        head=_PALE,
    )
    page.text(40, 172, "PROPERTY LOCATION", 8, bold=True)
    page.text(160, 172, plain(case.home.short_street + " " + case.home.unit_text).upper(), 10)
    page.text(40, 190, "ASSESSMENT", 8, bold=True)
    page.text(160, 190, f"{case.cents * 9:,}", 10)
    page.grid(
        40,
        212,
        (130, 130, 130, 142),
        [
            ("FIRST INSTALLMENT", "DUE", "SECOND INSTALLMENT", "DUE"),
            (case.amount, us(case.due_on), case.amount, us(case.due_on + timedelta(184))),
        ],
        9,
    )
    page.prose(
        40,
        270,
        532,
        f"TAXES BECOME DELINQUENT IF NOT PAID WITHIN ONE MONTH OF THE DUE DATE. INTEREST AT 1.5% PER MONTH FROM THE DUE DATE. LAST DAY TO PAY WITHOUT PENALTY IS {spelled(case.due_on + timedelta(31)).upper()}. MAKE CHECKS PAYABLE TO: TOWN OF {town}.",
        8,
    )
    page.rule(30, 560, 552, dashed=True)
    page.block(90, 630, mailing_block(case, "capitals"), 10)
    page.block(390, 630, ["TAXPAYER'S COPY", "RETURN WITH PAYMENT", f"BANK CODE {case.account[:3]}"], 8)
    return page.finish()


def voter_notice(case: Case, rng: Random) -> bytes:
    """A registrar's notice of acceptance as a voter: a card with label and value, and a mailing panel."""
    page = Sheet((612, 420))
    page.text(40, 44, f"Registrars of Voters - Town of {case.home.town}", 12, bold=True, ink=_NAVY)
    page.text(40, 60, "NOTICE OF ACCEPTANCE OF APPLICATION FOR ADMISSION AS AN ELECTOR", 9)
    page.box(36, 74, 330, 150)
    rows = [
        ("Name of elector", printed(case, case.owner, "last comma")),
        ("Residence address", plain(case.home.short_street + " " + case.home.unit_text).upper()),
        ("Town", f"{case.home.town.upper()}, CT {case.home.zip5}"),
        ("Voting district", f"{case.number % 9 + 1}"),
        ("Party", "UNAFFILIATED"),
        ("Registered on", us(case.dated_on)),
        ("Voter ID", "00" + case.account),
    ]
    for row, (label, value) in enumerate(rows):
        page.text(44, 92 + row * 19, label, 8, ink=GREY)
        page.text(150, 92 + row * 19, value, 9.5, bold=True)
    page.block(
        390,
        92,
        [
            "Your polling place:",
            f"{case.home.town} High School",
            f"{case.old_home.number} School Street",
            f"{case.home.town}, CT {case.home.zip5}",
        ],
        9,
    )
    page.prose(
        36,
        246,
        540,
        "If any of this is wrong, call the registrars. If you moved from another town your name there has been removed. Primary day and election day are in August and November; polls are open 6 a.m. to 8 p.m.",
        8.5,
    )
    page.block(36, 300, ["REGISTRARS OF VOTERS", "TOWN HALL", f"{case.home.town.upper()} CT {case.home.zip5}"], 7)
    page.block(300, 330, [printed(case, case.owner, "capitals"), *address_lines(case, case.home, "capitals")], 11)
    return page.finish()


def agency_letter(case: Case, rng: Random) -> bytes:
    """A federal office's letter: date and number at the right, greeting, the officer's name below."""
    page = Sheet(sans="Times-Roman", bold="Times-Bold")
    page.seal(72, 66, 32, _NAVY, "US")
    page.block(
        120,
        56,
        [
            "Social Insurance Administration",
            "Northeastern Program Service Center",
            "155-10 Jamaica Avenue, Jamaica, NY 11432",
        ],
        10,
    )
    page.text(400, 128, f"Date: {spelled(case.dated_on)}", 10.5)
    page.text(400, 143, f"BNC#: 26B{case.account}", 10.5)
    page.block(72, 176, mailing_block(case), 11)
    owner = case.owner
    title = "Ms." if owner.sex == "F" else "Mr."
    body = (
        f"Dear {title} {surname(case, owner)}:",
        f"We are writing to tell you about changes in your monthly benefit. Beginning {spelled(case.dated_on + timedelta(30))}, the full monthly payment before any deduction is {case.amount}. We will pay you on or about the second Wednesday of each month.",
        f"You told us on {spelled(case.dated_on - timedelta(45))} that your income has changed. Information about {given_names(case, case.child)} {case.child.name.last}, born {spelled(case.child.born)}, does not affect this decision.",
        f"If you disagree, you have the right to appeal within 60 days. You may write to our office at {case.sender_home.long_street}, {case.sender_home.city_line(capitals=False, plus4=False)}, or call 1-800-555-0112.",
    )
    y = 270.0
    for part in body:
        y = page.prose(72, y, 470, part, 11) + 9
    page.block(72, y + 20, ["Sincerely,", "", full_name(case.bystander.name), "Regional Director"], 11, 1.8)
    return page.finish()


def benefit_notice(case: Case, rng: Random) -> bytes:
    """A state department's notice with a table of household members and their dates of birth, window at the left."""
    page = Sheet()
    page.text(40, 44, "STATE OF CONNECTICUT", 11, bold=True)
    page.text(40, 58, "DEPARTMENT OF HUMAN SERVICES", 11, bold=True)
    page.text(40, 71, "55 FARMINGTON AVENUE, HARTFORD CT 06105", 8)
    page.block(60, 132, mailing_block(case), 10)
    page.grid(
        360,
        104,
        (96, 116),
        [
            ("NOTICE DATE", us(case.dated_on)),
            ("Client ID", case.account),
            ("Worker", full_name(case.bystander.name)[:24]),
            ("Office", "Regional 20"),
        ],
        8,
    )
    page.text(40, 232, "Your benefits were renewed", 13, bold=True)
    page.prose(
        40,
        250,
        532,
        f"You are approved for food benefits from {us(case.dated_on + timedelta(8))} to {us(case.dated_on + timedelta(373))}. Report changes by the 10th of the next month. The next interview will be held before {us(case.dated_on + timedelta(340))}.",
        9.5,
    )
    people = [case.owner, *([case.partner] if case.partner else []), case.child]
    rows = [
        ("Household member", "Date of birth", "Status"),
        *((printed(case, each, "title"), us(each.born), "Active") for each in people),
    ]
    y = page.grid(40, 300, (250, 130, 152), rows, 9, head=_PALE)
    page.prose(
        40,
        y + 10,
        532,
        "You may ask for a hearing within 90 days. Mail requests to: Office of Legal Counsel, Hearings Unit, 55 Farmington Avenue, Hartford CT 06105. This notice was produced by a computer and needs no signature.",
        8,
    )
    return page.finish()
