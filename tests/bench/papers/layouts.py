"""All layouts of the benchmark, each with what its papers are; none of them is one of the sampler's."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.bench.papers import (
    layouts_bills,
    layouts_cards,
    layouts_insurance,
    layouts_money,
    layouts_offices,
    layouts_utilities,
)
from tests.bench.papers.cases import Case

IDENTITY, RESIDENCY = "identity", "residency"


@dataclass(frozen=True, slots=True)
class Layout:
    """One look of one kind of paper."""

    draw: Callable[[Case, Random], bytes]
    kind: str
    """as applications declare it"""
    proves: tuple[str, ...] = (RESIDENCY,)
    joint: bool = False
    """whether it may name two holders"""
    dated: bool = False
    """whether it goes stale; else a flawed one has expired"""
    served: bool = False
    """whether it gives the home apart from where it is mailed to"""
    has_text: bool = True
    """whether it can come with a text layer"""

    @property
    def name(self) -> str:
        """As the drawing function is called."""
        return self.draw.__name__

    @property
    def is_card(self) -> bool:
        """Whether it is smaller than a page, so that people photograph it from nearer."""
        return IDENTITY in self.proves and self.has_text

    @property
    def may_be_flawed(self) -> bool:
        """Whether age or expiry can speak against it."""
        return self.dated or IDENTITY in self.proves


_BOTH = (IDENTITY, RESIDENCY)
LAYOUTS = (
    Layout(layouts_utilities.electric_stub, "utility_bill", joint=True, dated=True, served=True),
    Layout(layouts_utilities.water_table, "utility_bill", joint=True, dated=True, served=True),
    Layout(layouts_utilities.gas_two_column, "utility_bill", joint=True, dated=True, served=True),
    Layout(layouts_utilities.internet_web, "utility_bill", dated=True, served=True),
    Layout(layouts_bills.phone_joint, "utility_bill", joint=True, dated=True),
    Layout(layouts_bills.oil_invoice, "utility_bill", dated=True, served=True),
    Layout(layouts_money.bank_window, "bank_statement", joint=True, dated=True),
    Layout(layouts_money.credit_union, "bank_statement", joint=True, dated=True),
    Layout(layouts_money.mortgage_servicer, "mortgage", joint=True, served=True),
    Layout(layouts_money.wage_statement, "w2"),
    Layout(layouts_insurance.auto_declarations, "insurance", joint=True),
    Layout(layouts_insurance.renters_policy, "insurance"),
    Layout(layouts_offices.lease_prose, "lease", joint=True),
    Layout(layouts_offices.lease_form, "lease", joint=True),
    Layout(layouts_offices.town_tax, "tax_bill", joint=True),
    Layout(layouts_offices.voter_notice, "voter_registration"),
    Layout(layouts_offices.agency_letter, "government_mail", dated=True),
    Layout(layouts_offices.benefit_notice, "government_mail", joint=True, dated=True),
    Layout(layouts_cards.license_front, "drivers_license", _BOTH),
    Layout(layouts_cards.license_labels, "drivers_license", _BOTH),
    Layout(layouts_cards.state_card, "state_id", _BOTH),
    Layout(layouts_cards.passport_page, "passport", (IDENTITY,)),
    Layout(layouts_cards.passport_card, "passport_card", (IDENTITY,)),
    Layout(layouts_cards.license_both_sides, "drivers_license", _BOTH, has_text=False),
    Layout(layouts_cards.state_card_both_sides, "state_id", _BOTH, has_text=False),
)
WITH_TEXT = tuple(layout for layout in LAYOUTS if layout.has_text)
PICTURES_ONLY = tuple(layout for layout in LAYOUTS if not layout.has_text)
