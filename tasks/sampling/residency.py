"""Every kind of proof of residency and the function that draws it."""

from collections.abc import Callable
from random import Random

from tasks.sampling.bills import utility_bill
from tasks.sampling.letters import government_mail, lease, voter_card, w2_form
from tasks.sampling.sheets import Sheet
from tasks.sampling.statements import bank_statement, insurance_bill, mortgage_statement, tax_bill
from tasks.sampling.stationery import Proof

PAPERS: dict[str, Callable[[Proof, Random], Sheet]] = {
    "utility_bill": utility_bill,
    "bank_statement": bank_statement,
    "mortgage": mortgage_statement,
    "tax_bill": tax_bill,
    "insurance": insurance_bill,
    "lease": lease,
    "w2": w2_form,
    "government_mail": government_mail,
    "voter_registration": voter_card,
}
