"""What kind a paper clearly is, by its words; a wrong kind is the worst answer, so doubt gives none."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.facts import Reading
from registry.paper_kinds import kind_of
from tasks.documents.limits import Limits
from tasks.documents.looks import Look
from tasks.documents.pdf import look_at_pdf
from tasks.sampling.letters import supporting_letter
from tasks.sampling.places import pick_home
from tasks.sampling.residency import PAPERS
from tasks.sampling.sheet_pdf import sheet_to_pdf
from tasks.sampling.stationery import Proof

CODE = Reading("birth_date", "1980-01-02", "mrz", 1, (), 99)
CLEAR = {
    "utility_bill": [
        "Yankee Gas\nNatural gas service\nCurrent charges\nMeter number 44\n12 CCF used",
        "AQUARION WATER\nWater service 3,000 gallons\nSewer use charge\nService address 1 Elm St",
        "EVERSOURCE\nTotal usage 512 kWh\nSupply $60\nDelivery $70\nRate class 1",
        "Xfinity\nInternet service 300 Mbps\nYour bill\nEquipment\nOne-time charges",
    ],
    "bank_statement": [
        "WEBSTER BANK\nBeginning balance $12.00\nDeposits and other credits\nWithdrawals and debits\nEnding balance",
        "Cardmember\nCredit limit $5,000\nCash advances\nNew balance\nMinimum payment due $35",
    ],
    "lease": ["RENTAL AGREEMENT\nLandlord: A\nTenant: B\nMonthly rent $900\nSecurity deposit $900"],
    "mortgage": ["Loan number 12\nUnpaid principal\nEscrow balance\nInterest rate 4 %\nProperty address"],
    "tax_bill": ["TOWN OF HAMDEN\nTax collector\nMotor vehicle tax\nGrand list 2025\nMill rate 55.48\nNet assessment"],
    "w2": [
        "W-2\nWages, tips, other compensation\nFederal income tax withheld\nMedicare wages and tips\nControl number"
    ],
    "insurance": ["AMICA MUTUAL\nDeclarations page\nNamed insured\nPolicy period\nDeductible $500\nPremium $300"],
    "government_mail": [
        "Social Security Administration\nNotice date\nYour benefits\nIf you disagree\nAppeal\nBeneficiary"
    ],
    "voter_registration": ["Registrars of voters\nRegistered voter\nPolling place: school\nParty affiliation: none"],
    "drivers_license": ["CONNECTICUT DRIVER LICENSE\nDOB 01/02/1980\nEXP 01/02/2030\nCLASS D\nHGT 5'-04\""],
    "state_id": ["CONNECTICUT IDENTIFICATION CARD\nDOB 01/02/1980\nEXP 01/02/2030\nHGT 5'-04\" EYES BRO"],
    "passport": ["PASSPORT\nSurname\nGiven names\nNationality\nPlace of birth\nDate of issue"],
    "passport_card": ["PASSPORT CARD\nSurname\nGiven names\nNationality\nExpires on\nUnited States of America"],
}
UNCLEAR = [
    "",
    "Hello",
    "Statement date 11/01/2026\nAccount number 1\nAmount due $5\nDue date 12/01/2026",
    "kWh\nmeter",
    "To open an account bring a passport, a driver license, a utility bill, a lease or a bank statement.",
    "Landlord and tenant, rent and security deposit: what to know\nThe notice in writing",
    "ELECTRIC BILL\nkWh\nDelivery\nUsage\nTax collector\nMill rate\nGrand list\nNet assessment\nInstalment",
    "I have examined her and agree that palliative use is in the best interest of the patient.",
    "Auto insurance identification card\nDOB\nEXP\nHGT",
    "Invoice 17\nPremium fuel 12 gallons\nWater 1 bottle\nCoverage map",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CLEAR.items() for text in texts])
def test_a_paper_is_known_by_at_least_three_of_its_own_words(kind: str, text: str) -> None:
    seen = kind_of(text)
    assert seen.kind == kind
    assert len(seen.words) >= 3
    assert kind_of(text.upper()) == kind_of(text.lower()) == seen


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_paper_is_of_no_kind_where_its_words_are_few_common_or_of_two_kinds(text: str) -> None:
    assert kind_of(text).kind == ""
    assert kind_of(text).words == ()


def test_words_that_a_reader_ran_together_are_found() -> None:
    assert kind_of("RentalAgreement\nSecurityDeposit\nMonthlyRent\nlandlord").kind == "lease"
    assert kind_of("current\nparent\nrelease\nrentals").kind == ""


def test_two_phrases_of_which_one_is_part_of_the_other_count_once() -> None:
    assert kind_of("meter reading\nwater bill\nmeter").kind == ""
    assert kind_of("meter reading\nwater bill\noutage").kind == "utility_bill"


def test_words_of_two_columns_are_not_read_across() -> None:
    assert kind_of("wages, tips\tother comp\nfederal income\ttax withheld\nW-2\ncopy\tb").kind == ""


def test_a_machine_code_counts_as_one_phrase() -> None:
    text = "PASSPORT\nSurname"
    assert kind_of(text).kind == ""
    assert kind_of(text, [CODE]).kind == "passport"
    assert kind_of(text, [CODE]).words[-1] == "its machine readable zone"
    assert kind_of("", [CODE]).kind == ""


@given(st.text(max_size=300))
def test_no_text_makes_it_fail_and_the_words_come_from_us(text: str) -> None:
    assert kind_of(text + " kWh, meter reading, customer charge").kind in {"utility_bill", ""}


def look_of(paper: str, seed: int) -> Look:
    rng = Random(seed)
    proof = Proof(("Maria Santos", "Juan de la Cruz")[: 1 + seed % 2], pick_home(rng), date(2026, 9, 3), "sans")
    return look_at_pdf(sheet_to_pdf(PAPERS[paper](proof, rng)), Limits())


@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_of_the_sampler_is_seen_as_what_it_is(paper: str) -> None:
    assert {kind_of(look_of(paper, seed).text).kind for seed in range(6)} == {paper}


@pytest.mark.parametrize(
    "letter", ["second_physician_letter", "parent_acknowledgement", "guardianship_proof", "name_change"]
)
def test_letters_are_of_no_kind(letter: str) -> None:
    sheet = supporting_letter(letter, "Ana Lopez", "Eva Lopez", date(2026, 9, 3), Random(1))
    assert kind_of(look_at_pdf(sheet_to_pdf(sheet), Limits()).text).kind == ""
