"""Proofs of residency without a bill, and the letters that come with a minor or a changed name."""

import textwrap
from datetime import date
from random import Random

from tasks.sampling.names import ascii_fold
from tasks.sampling.sheets import Sheet
from tasks.sampling.stationery import Envelope, Proof, mailing_block

_TERMS = (
    """1. TERM. The lease runs for {months} months from the first day of the month after its date and then from month
    to month, until either side gives notice in writing.""",
    """2. RENT. The rent is ${rent:,}.00 a month, payable in advance on the first day of each month. A payment is late
    when it is not received within nine days of the due date.""",
    """3. SECURITY DEPOSIT. The tenant has paid a deposit of ${deposit:,}.00, which the landlord keeps in an escrow
    account with interest as the Banking Commissioner sets it each year.""",
    """4. UTILITIES. The tenant pays electricity, heat and internet. The landlord pays water, sewer and the removal of
    refuse.""",
    """5. USE. The dwelling is used as a private residence by the tenant and the members of the tenant's household.""",
    """6. REPAIRS. The landlord keeps the premises fit to live in and complies with the building and housing codes of
    the town.""",
    """7. ENTRY. The landlord may enter with reasonable notice and at reasonable times, and without notice in an
    emergency.""",
)
_CHANGES = """If your address or the members of your household change, tell us within ten days. If you disagree with
    this notice, you may ask for a hearing in writing within sixty days of its date."""
_STATEMENTS = {
    "second_physician_letter": """I have examined {person} and agree that palliative use of marijuana is in the best
    interest of the patient.""",
    "parent_acknowledgement": """I am the parent of {person}. I consent to the use and will control the dosage and the
    frequency. Signed: {parent}""",
    "guardianship_proof": "{parent} is appointed guardian of {person}.",
    "name_change": "The name is changed; the person is henceforth known as {person}.",
}
_TITLES = {
    "parent_acknowledgement": "Acknowledgement of a parent or guardian",
    "guardianship_proof": "Probate Court, State of Connecticut",
    "name_change": "State of Connecticut, certified copy",
}


def _long(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _paragraphs(sheet: Sheet, y: float, paragraphs: list[str], size: float = 10, face: str = "serif") -> float:
    for paragraph in paragraphs:
        y = (
            sheet.lines(72, y, textwrap.wrap(" ".join(paragraph.split()), round(960 / size)), size, size + 3.5, face)
            + 7
        )
    return y


def _names(proof: Proof) -> str:
    return " and ".join(proof.holders)


def lease(proof: Proof, rng: Random) -> Sheet:
    """The first page of an apartment lease."""
    sheet, envelope = Sheet(), Envelope.pick(rng)
    landlord = rng.choice(("Brass City Properties LLC", "Whalley Realty Trust", "Park & Oak Management"))
    sheet.text(206, 66, "RESIDENTIAL LEASE", 18, "serif")
    sheet.rule(72, 78, 468)
    sheet.text(72, 104, f"This lease is made on {_long(proof.dated)} between", 10.5, "serif")
    sheet.text(72, 121, f"{landlord} (the landlord) and", 10.5, "serif")
    y = 138.0
    for name in proof.holders:
        sheet.text(90, y, name, 11, proof.face if proof.face != "sans" else "bold")
        y += 15
    sheet.text(72, y + 3, "(the tenant), for the dwelling at", 10.5, "serif")
    y = sheet.lines(90, y + 21, envelope.address(proof.home), 11, 14, "bold")
    rent = rng.randint(18, 58) * 50
    terms = [term.format(rent=rent, months=rng.choice((12, 24)), deposit=rent * rng.choice((1, 2))) for term in _TERMS]
    y = _paragraphs(sheet, y + 16, terms)
    sheet.rule(72, y + 40, 190)
    sheet.rule(330, y + 40, 190)
    if proof.face == "sans":
        sheet.text(84, y + 36, ascii_fold(proof.holders[0]), 13, "serif", ink=70)
    sheet.text(72, y + 52, "Tenant", 8)
    sheet.text(330, y + 52, f"{landlord}, landlord", 8)
    return sheet


def w2_form(proof: Proof, rng: Random) -> Sheet:
    """A year's wage and tax statement."""
    sheet = Sheet()
    year = proof.dated.year - 1
    envelope = Envelope(capitals=True, short=True, unit_word="Apt", unit_apart=False, plus4=False)
    wages = rng.uniform(19000, 98000)
    employer = rng.choice(("Hartford Tool Works Inc", "Yankee Diner Group LLC", "Shoreline Home Care Inc"))
    cells = (
        (40, 60, 140, "a  Employee's social security number", "***-**-" + str(rng.randint(1000, 9999))),
        (40, 92, 266, "b  Employer identification number (EIN)", f"06-{rng.randint(1000000, 9999999)}"),
        (40, 124, 266, "c  Employer's name, address, and ZIP code", employer),
        (306, 92, 133, "1  Wages, tips, other compensation", f"{wages:,.2f}"),
        (439, 92, 133, "2  Federal income tax withheld", f"{wages * 0.11:,.2f}"),
        (306, 124, 133, "3  Social security wages", f"{wages:,.2f}"),
        (439, 124, 133, "4  Social security tax withheld", f"{wages * 0.062:,.2f}"),
    )
    for x, y, width, label, value in cells:
        sheet.box(x, y, width, 32, edge=80)
        sheet.text(x + 3, y + 9, label, 6.5)
        sheet.text(x + 8, y + 24, value, 10, "mono")
    sheet.box(40, 156, 532, 110, edge=80)
    sheet.text(43, 166, "e/f  Employee's name, address, and ZIP code", 6.5)
    mailing_block(sheet, 52, 186, proof, envelope)
    sheet.text(40, 300, f"Form W-2  Wage and Tax Statement  {year}", 15, "bold")
    sheet.text(40, 318, "Copy B - To Be Filed With Employee's FEDERAL Tax Return.", 9)
    sheet.text(40, 332, "Department of the Treasury - Internal Revenue Service", 8)
    return sheet


def government_mail(proof: Proof, rng: Random) -> Sheet:
    """A letter of a state or federal office."""
    sheet, envelope = Sheet(), Envelope.pick(rng)
    office, subject = rng.choice(
        (
            ("Department of Social Services", "Your household's medical coverage has been renewed for one year."),
            ("Department of Revenue Services", "We have received your return and need nothing more from you."),
            ("Department of Labor", "This is your monetary determination for the current benefit year."),
            ("Registrar of Vital Records", "Your request was received and will be answered by mail."),
        )
    )
    sheet.text(72, 62, "STATE OF CONNECTICUT", 14, "bold")
    sheet.text(72, 78, office, 11)
    sheet.rule(72, 86, 468)
    sheet.text(72, 112, f"Date: {_long(proof.dated)}", 10)
    sheet.text(380, 112, f"Case number {rng.randint(10**8, 10**9 - 1)}", 9)
    y = mailing_block(sheet, 72, 145, proof, envelope)
    _paragraphs(
        sheet,
        y + 24,
        [
            "Please read this notice and keep it.",
            subject,
            _CHANGES,
            "This notice was made by computer and needs no signature.",
        ],
    )
    return sheet


def voter_card(proof: Proof, rng: Random) -> Sheet:
    """A town's confirmation of voter registration."""
    sheet, envelope = Sheet(), Envelope.pick(rng)
    sheet.text(72, 70, f"Registrars of Voters, Town of {proof.home.city}", 13, "bold")
    sheet.text(72, 88, "Confirmation of voter registration", 11)
    sheet.text(72, 112, f"Registered on {_long(proof.dated)}", 10)
    y = mailing_block(sheet, 72, 145, proof, envelope, 11)
    district = f"Voting district {rng.randint(1, 9)}   Congressional district {rng.randint(1, 5)}"
    sheet.lines(72, y + 20, [district, "Polling place: the elementary school of your district"], 10, 14)
    return sheet


def supporting_letter(kind: str, person: str, parent: str, day: date, rng: Random) -> Sheet:
    """A letter that comes with a submission: a second physician's, a parent's, a court's or another."""
    sheet = Sheet()
    clinic = rng.choice(("Elm Street Pediatrics", "Hartford Children's Neurology", "Shoreline Family Medicine"))
    title = _TITLES.get(kind, clinic)
    sentence = _STATEMENTS.get(kind, "Statement in the matter of {person}.").format(person=person, parent=parent)
    sheet.text(72, 80, title, 15, "bold")
    sheet.text(72, 110, _long(day), 10)
    _paragraphs(sheet, 150, [sentence, f"Reference {rng.randint(10**6, 10**7)}"], 11)
    return sheet
