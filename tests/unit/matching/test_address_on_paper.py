"""Whether a paper is for the address: right ones agree, wrong ones never, and the sender's own does not count."""

import pytest

from registry.facts import Address, PersonName
from registry.papers import Answer, address_on_paper

FILLER = "\nStatement of electric use in the month, amount due 123.45 dollars, kilowatt hours used 456\n"
HOME = "12 Elm Street//Hartford/CT/06103"
FLAT = "12 Elm Street/Apt 3/Hartford/CT/06103"

AGREES = [
    (HOME, "MARIA SANTOS\n12 ELM ST\nHARTFORD CT 06103"),
    (HOME, "12 ELM ST APT 3\nHARTFORD CT 06103"),
    (HOME, "12 Elm Street, Hartford CT"),
    (HOME, "12 Elm Street, Hartford, Connecticut 06103"),
    (HOME, "Service address: 12 Elm Street, Hartford"),
    (HOME, "12 ELM, HARTFORD CT 06103"),
    (HOME, "premises located at 12 Elm Street, in Hartford, Connecticut 06103"),
    (HOME, "MARIA SANTOS\tHat City Fiber Company\n12 ELM ST\tP.O. Box 3333\nHARTFORD CT 06103\tHartford, CT 06141"),
    (HOME, "Connecticut Light Company\n107 Selden St\nBerlin CT 06037\nMARIA SANTOS\n12 ELM ST\nHARTFORD CT 06103"),
    (HOME, "MARIA SANTOS\n12 ELM ST\n\tBill date 11/03/2026\nHARTFORD CT 06103"),
    (HOME, "12 Elm St, Hartford CT 06103\nPrevious address: 40 Oak St, Bethel CT 06801"),
    (FLAT, "MARIA SANTOS\n12 ELM ST APT 3\nHARTFORD, CT 06103-1234"),
    (FLAT, "MARIA SANTOS\n12 ELM ST\nAPT 3\nHARTFORD CT 06103"),
    (FLAT, "42 items\n12 Elm St\n\tBill date\n#3\nHartford, CT 06103\tPayment due"),
    (FLAT, "12 Elm St #3, Hartford, CT 06103"),
    (FLAT, "12 Elm St, Unit 3, Hartford, CT 06103"),
    (FLAT, "8 12 ELM ST, HARTFORD, CT 06103"),
    (FLAT, "8 12 ELM ST APT 3, HARTFORD, CT 06103"),
    (FLAT, "12 ELM ST 3RD FLOOR\nHARTFORD CT 06103"),
    ("12 Elm St Apt 3//Hartford/CT/06103", "12 ELM STREET #3 HARTFORD CT 06103"),
    ("12 Elm//Hartford/CT/06103", "12 ELM ST\nHARTFORD CT 06103"),
    ("12 Elm St//Storrs/CT/06268", "12 ELM ST\nMANSFIELD CT 06268"),
    ("12 North Main St//West Hartford/CT/06107", "12 N MAIN ST\nW HARTFORD CT 06107"),
    ("12 Main St//North Haven/CT/06473", "12 MAIN ST, NORTH HAVEN, CT 06473"),
    ("12 Main St//West Haven/CT/06516", "12 MAIN ST WEST HAVEN CT 06516"),
    ("12 Main St N//Woodbury/CT/06798", "12 MAIN ST N\nWOODBURY CT 06798"),
    ("400 Route 5//Hartford/CT/06103", "400 ROUTE 5\nHARTFORD CT 06103"),
    ("12 Broadway//Norwich/CT/06360", "12 BROADWAY\nNORWICH CT 06360"),
    ("12 Park Avenue//Hartford/CT/06103", "12 Park Ave, Hartford, CT 06103"),
    ("1 Main St//Hartford/CT/06103", "One Main Street\nHartford CT 06103"),
    ("12 Saint James Ct//Hartford/CT/06103", "12 ST JAMES CT\nHARTFORD CT 06103"),
    ("12 Valley View Dr/3B/Hartford/CT/06103", "12 VALLEY VIEW DR UNIT 3B\nHARTFORD CT 06103"),
    ("12 O'Neill Dr//Hartford/CT/06103", "12 O’Neill Drive\nHartford CT 06103"),
]
CANNOT_TELL = [
    (HOME, "12 ELM AVE\nHARTFORD CT 06103"),
    (HOME, "12 N ELM ST\nHARTFORD CT 06103"),
    (HOME, "12 ELM ST\nHARTFORD CT 06105"),
    (HOME, "12 ELM ST"),
    (HOME, "PO BOX 270\nHARTFORD CT 06103"),
    (HOME, "no address here at all but enough words to read"),
    (HOME, "Previous address: 12 Elm St, Hartford CT 06103"),
    (HOME, "Please remit to 12 Elm St, Hartford CT 06103"),
    (HOME, "Landlord: Acme, 12 Elm St, Hartford CT 06103"),
    (HOME, "Service address: 40 Oak St, Hartford, CT 06105\nMARIA SANTOS\n12 ELM ST\nHARTFORD CT 06103"),
    (HOME, "Charter Oak Energy\n107 Selden St\nBerlin CT 06037"),
    (HOME, "Pay within 9 days of the end of the run\nand 30 days past the drive"),
    ("12 Maple St//Hartford/CT/06103", "12 MAPEL ST\nHARTFORD CT 06103"),
    ("12 Main St//Manchester/CT/06040", "12 Main St, Manchester, NH"),
    ("PO Box 270//Hartford/CT/06103", "PO BOX 270\nHARTFORD CT 06103"),
    ("Elm Street//Hartford/CT/06103", "12 ELM ST\nHARTFORD CT 06103"),
]
DISAGREES = [
    (HOME, "MARIA SANTOS\n40 OAK ST\nHARTFORD CT 06103"),
    (HOME, "MARIA SANTOS\n21 ELM ST\nHARTFORD CT 06103"),
    (HOME, "MARIA SANTOS\n112 ELM ST\nHARTFORD CT 06103"),
    (HOME, "MARIA SANTOS\n12A ELM ST\nHARTFORD CT 06103"),
    (HOME, "MARIA SANTOS\n12 ELM RIDGE RD\nHARTFORD CT 06103"),
    (HOME, "MARIA SANTOS\n12 ELM ST\nNEW HAVEN CT 06511"),
    (HOME, "Service address: 40 Oak St"),
    (HOME, "8 40 OAK ST, BETHEL, CT 06801"),
    (HOME, "MARIA SANTOS\n40 OAK ST\nBETHEL CT 06801\nremit to PO Box 12, Hartford CT 06103"),
    (FLAT, "MARIA SANTOS\n12 ELM ST APT 4\nHARTFORD CT 06103"),
    (FLAT, "MARIA SANTOS\n12 ELM ST\nAPT 4\nHARTFORD CT 06103"),
    ("12 Elm//Hartford/CT/06103", "12 ELM RIDGE RD\nHARTFORD CT 06103"),
    ("12 Main St//Manchester/CT/06040", "12 Main St, Manchester, NH 03101"),
]


def asked(address: str, text: str) -> Answer:
    return address_on_paper(text + FILLER, Address(*address.split("/")))


@pytest.mark.parametrize(("address", "text"), AGREES)
def test_a_paper_for_the_address_agrees(address: str, text: str) -> None:
    assert asked(address, text) is Answer.AGREES


@pytest.mark.parametrize(("address", "text"), CANNOT_TELL)
def test_a_paper_that_does_not_settle_the_address_cannot_be_told(address: str, text: str) -> None:
    assert asked(address, text) is Answer.CANNOT_TELL


@pytest.mark.parametrize(("address", "text"), DISAGREES)
def test_a_paper_for_another_address_disagrees(address: str, text: str) -> None:
    assert asked(address, text) is Answer.DISAGREES


def test_a_post_office_box_proves_no_residence_even_where_it_is_the_claimed_address() -> None:
    assert asked("P.O. Box 9//Hartford/CT/06103", "40 OAK ST\nBETHEL CT 06801") is Answer.CANNOT_TELL


MARIA = PersonName("Maria", "", "Santos", "")
HERS = [
    "MARIA SANTOS\n12 ELM ST\nHARTFORD CT 06103",
    "MARIA SANTOS\nJOSE RIVERA\n12 ELM ST\nHARTFORD CT 06103",
    "Account summary\tMARIA SANTOS\nand messages\t12 ELM ST\nfor you\tHARTFORD CT 06103",
    "MARIA SANTOS\nService address\tAmount due\n12 ELM ST\t$45.10\nHARTFORD CT 06103",
    "MARIA SANTOS, 12 Elm St, Hartford CT 06103",
    "Tenant: Maria Santos\nof this\nand no\nother\ntown\nat all\nhe rents to her 12 Elm St, Hartford",
    "1 SANTOS\n2 MARIA\n8\t12 ELM ST\nHARTFORD CT 06103",
    "LAST NAME\nSANTOS\nFIRST NAME\nMARIA\nDATE\nOF\nBIRTH\nADDRESS\n12 ELM ST\nHARTFORD CT 06103",
    "Maria Santos is the tenant and has the dwelling located at 12 Elm Street, Apt 9,\nHartford, CT 06103, with stove",
]
NOBODYS = [
    "HALLMARK FUEL & SON\n12 Elm St, Hartford CT 06103\n\nBILL TO\nMARIA SANTOS\n40 OAK ST",
    "MARIA SANTOS\tLaura Barnes\n40 OAK ST\tShoreline Group\nBETHEL CT 06801\t12 Elm St\n\tHartford CT 06103",
    "MARIA SANTOS\tLaura Barnes\n40 OAK ST\tShoreline Group\n\t12 Elm St\n\tHartford CT 06103",
    "Landiord's address: 12 Elm St, Hartford CT 06103\nTenant: Maria Santos",
    "Landlord's address: 12 Elm St, Hartford CT 06103\nTenant: Maria Santos",
    "MARIA SANTOS\nJose Rivera, property manager, 12 Elm St, Hartford CT 06103",
]


def asked_with_name(text: str) -> Answer:
    return address_on_paper(text + FILLER, Address(*HOME.split("/")), MARIA)


@pytest.mark.parametrize("text", HERS)
def test_an_address_under_the_holders_name_or_behind_a_label_is_the_holders(text: str) -> None:
    assert asked_with_name(text) is Answer.AGREES


@pytest.mark.parametrize("text", NOBODYS)
def test_on_a_paper_of_hers_an_address_that_stands_elsewhere_is_not_taken_for_hers(text: str) -> None:
    assert asked_with_name(text) is Answer.CANNOT_TELL


def test_connecticut_before_a_zip_is_no_court() -> None:
    assert asked("12 Route 32//Bridgeport/CT/06604", "12 ROUTE 32 BRIDGEPORT CT 06604") is Answer.AGREES
    assert asked("12 Saint James Ct//Bridgeport/CT/06604", "12 ST JAMES CT BRIDGEPORT CT 06604") is Answer.AGREES
