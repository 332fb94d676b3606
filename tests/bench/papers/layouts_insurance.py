"""Two insurance declarations: an automobile policy with its drivers, and a renter's policy of a web company."""

from datetime import timedelta
from random import Random

from tests.bench.papers.cases import (
    Case,
    address_lines,
    full_name,
    given_names,
    holders,
    one_line,
    printed,
    short,
    spelled,
    us,
)
from tests.bench.papers.sheet import GREY, WHITE, Sheet

_PLUM, _TEAL, _PALE = (0.35, 0.1, 0.3), (0.0, 0.4, 0.45), (0.92, 0.92, 0.9)


def auto_declarations(case: Case, rng: Random) -> bytes:
    """An automobile policy's declarations: insured, agent, policy period, drivers with their dates of birth."""
    page = Sheet()
    page.text(36, 44, "PROVIDENT OAK INSURANCE COMPANY", 15, bold=True, ink=_PLUM)
    page.text(36, 58, "One Tower Square, Hartford, CT 06183", 8)
    page.text(36, 88, "PERSONAL AUTO POLICY DECLARATIONS", 12, bold=True)
    page.right(576, 88, f"Date issued: {us(case.dated_on)}", 9)
    page.box(36, 100, 270, 96)
    page.text(42, 112, "Named Insured and Mailing Address", 8, bold=True)
    page.block(48, 128, [*holders(case), *address_lines(case, case.home, case.style)], 9.5)
    page.box(306, 100, 270, 96)
    page.text(312, 112, "Your Agent", 8, bold=True)
    page.block(
        318,
        128,
        [
            printed(case, case.bystander, "title"),
            "Shoreline Insurance Agency LLC",
            *address_lines(case, case.sender_home, "title"),
        ],
        9.5,
    )
    start = case.dated_on + timedelta(12)
    page.text(
        36,
        216,
        f"Policy Number: 9{case.account}    Policy Period: {us(start)} to {us(start + timedelta(365))} 12:01 A.M. standard time",
        9,
    )
    drivers = [case.owner, *([case.partner] if case.partner else []), case.child]
    rows = [("Drivers", "Date of birth", "License state")]
    rows += [(printed(case, each, "capitals"), us(each.born), "CT") for each in drivers]
    y = page.grid(36, 232, (260, 140, 140), rows, 9, head=_PALE)
    cover = [
        ("Coverage", "Limit", "Premium"),
        ("Bodily injury", "$100,000 / $300,000", "$211.00"),
        ("Uninsured motorist", "$100,000 / $300,000", "$74.00"),
        ("Collision", "$500 deductible", "$180.00"),
        ("Total premium", "", case.amount),
    ]
    y = page.grid(36, y, (220, 200, 120), cover, 9, head=_PALE)
    page.prose(
        36,
        y + 14,
        540,
        "The vehicle is principally garaged at the mailing address shown above unless stated otherwise. Loss payee: Charter Bridge Bank, P.O. Box 1377, Waterbury, CT 06721.",
        8,
    )
    page.text(36, y + 70, "Countersigned by " + full_name(case.bystander.name) + ", Authorized Representative", 8)
    return page.finish()


def renters_policy(case: Case, rng: Random) -> bytes:
    """A renter's policy in the style of a web company: label over value, insured location apart."""
    page = Sheet(sans="Vera", bold="Vera-Bold")
    page.box(0, 0, 612, 70, _TEAL, None)
    page.text(40, 44, "haven", 26, bold=True, ink=WHITE)
    page.right(572, 42, "Renters Insurance Declarations", 11, ink=WHITE)
    fields = (
        ("Policyholder", " & ".join(holders(case, "title")).replace(" and ", " & ")),
        ("Insured location", one_line(case, "title")),
        ("Policy number", f"HRN-{case.account}"),
        ("Effective date", spelled(case.dated_on)),
        ("Expiration date", spelled(case.dated_on + timedelta(365))),
        ("Prior address", f"{case.old_home.long_street}, {case.old_home.city_line(capitals=False, plus4=False)}"),
    )
    for row, (label, value) in enumerate(fields):
        page.text(40, 108 + row * 36, label, 8, ink=GREY)
        page.text(40, 122 + row * 36, value, 10)
    page.grid(
        40,
        336,
        (300, 110, 110),
        [
            ("What's covered", "Limit", "Price"),
            ("Your belongings", "$20,000", "$9.10"),
            ("Personal liability", "$100,000", "$2.30"),
            ("Loss of use", "$6,000", "Included"),
        ],
        9,
        head=_PALE,
    )
    page.text(40, 450, f"Additional interest: {full_name(case.bystander.name)}, property manager", 9)
    page.text(40, 466, f"Spouse or household members: {given_names(case, case.child)} {case.child.name.last}", 9)
    page.prose(
        40,
        500,
        530,
        f"This declarations page was prepared on {short(case.dated_on)}. Underwritten by Haven Mutual Insurance Company, 75 Pearl Street, Hartford, CT 06103.",
        8,
        ink=GREY,
    )
    return page.finish()
