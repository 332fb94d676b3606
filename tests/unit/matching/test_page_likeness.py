"""When two papers are nearly the same page, and when they only come from one sender."""

import time
from dataclasses import replace

import pytest

from registry.facts import DocumentFacts, ReadState
from registry.page_numbers import numbers_on
from registry.prints import PageLikeness, page_likeness, picture_likeness, traits_of

BILL = """CONNECTICUT LIGHT\tFEIN 06-1234567\tPermit No. 1188
Account Number\t51 004 478 213
MARIA SANTOS
1204 ELM STREET
HARTFORD CT 06103-2231
Service address: 1204 Elm Street
Statement date 11/03/2026  Due 11/28/2026
Meter 48213377\t10455 kWh
Delivery\t$83.12
Supply\t$112.90
Total amount due\t$1,196.02
Call 1-800-286-2000 or write P.O. Box 270493, Hartford CT 06141"""
EDITED = (
    BILL.replace("MARIA SANTOS", "EVE MOSS").replace("1204", "77").replace("06103-2231", "06010").replace("ELM", "OAK")
)
NEIGHBOURS = (
    BILL.replace("51 004 478 213", "51 004 478 214").replace("48213377", "48213391").replace("10455", "10872")
).replace("1,196.02", "1,207.45")
LETTER = """STATE OF CONNECTICUT\tForm 1234567
Department of Social Services
Date: November 3, 2026\tCase number 448213377
MARIA SANTOS
Please read this notice and keep it. Your household's medical coverage has been renewed for one year."""
LEASE = """RESIDENTIAL LEASE made on November 3, 2026 between Brass City Properties LLC and
MARIA SANTOS, for the dwelling at 12 Elm Street, Apartment 4, Hartford CT 06103
The rent is $1,800.00 a month. A deposit of $3,600.00 is kept. Rental permit 4471180."""
CARD = """DRIVER LICENSE\t4d 123456789
DOB 01/02/1980\t4b EXP 01/02/2029\t4a ISS 01/02/2022
SANTOS\nMARIA\n12 ELM ST HARTFORD CT 06103
5 DD 2201021234567"""


def paper(text: str, source: str = "layer") -> DocumentFacts:
    return DocumentFacts("", "", ReadState.TEXT, "application/pdf", "", 1, text, source)


def percent(a: str, b: str, source: str = "layer") -> int:
    likeness = page_likeness(paper(a), paper(b, source))
    assert likeness is None or likeness.by == "numbers"
    return likeness.percent if likeness else 0


@pytest.mark.parametrize("source", ["layer", "ocr"])
def test_a_page_with_another_name_address_and_day_is_the_same_page(source: str) -> None:
    assert percent(BILL, EDITED, source) == 100
    assert percent(BILL, EDITED.replace("11/03/2026", "12/03/2026"), source) == 100
    assert percent(LETTER, LETTER.replace("MARIA SANTOS", "EVE MOSS"), source) == 100
    assert percent(CARD, CARD.replace("SANTOS\nMARIA", "MOSS\nEVE").replace("1980", "1971"), source) == 100


def test_a_neighbours_bill_of_the_same_month_is_another_page_though_account_numbers_follow_each_other() -> None:
    for source in ("layer", "ocr"):
        assert percent(BILL, NEIGHBOURS, source) < 90


def test_what_a_reader_of_pictures_misses_or_misreads_once_leaves_the_page_the_same() -> None:
    lines = EDITED.splitlines()
    assert percent(BILL, "\n".join(lines[:7]), "ocr") == 0  # more than half of the numbers are not there
    assert percent(BILL, EDITED.replace("48213377", "48213871").replace("$83.12", "$83.17"), "ocr") == 0
    assert percent(BILL, EDITED.replace("48213377", "48213317").replace("Delivery\t$83.12\n", ""), "ocr") == 100
    assert percent(BILL, EDITED.replace("48213377", "48213317")) == 0


def test_the_same_plan_at_the_same_price_is_not_the_same_bill() -> None:
    plan = "Account ending in 4471\nInternet\t$59.99\nEquipment\t$14.95\nTaxes\t$13.81\nTotal\t$88.75"
    for source in ("layer", "ocr"):
        assert percent(plan, plan.replace("4471", "9038"), source) < 90
    wages = "Employer 06-1234567\n***-**-4471\nwages\t$52,100.17\ntax\t$5,731.02\nwages\t$52,100.17\ntax\t$3,230.21"
    for source in ("layer", "ocr"):
        assert percent(wages, wages.replace("4471", "9038"), source) < 90


def test_numbers_of_the_sender_make_no_two_papers_one() -> None:
    form = "Registrars of Voters\nPermit 5500123\nForm 7788990\nCall 860-555-0100\nBox 270493 Hartford CT 06141"
    assert percent(form, form) == 0
    assert percent(LEASE, LEASE) == 0
    labelled = "Customer service number 5500123\nPlease keep this notice for your records, thank you"
    assert percent(labelled, labelled) == 0
    assert percent(f"{labelled}\nDate: May 3, 2026", f"{labelled}\nDate: May 4, 2026") == 0


def test_two_letters_about_one_case_are_two_pages() -> None:
    other = "Date: November 3, 2026\nCase number 448213377\nHearing officer appointed; bring every witness along today"
    assert percent(LETTER, other) == 0


def test_days_zips_telephones_boxes_years_and_house_numbers_are_not_among_a_pages_numbers() -> None:
    text = """12/03/2026 2026-12-03 3.12.26 120326 20261203 2026 860-555-0100 (860) 555-0100 +1 860 555 0100
06103-2231 CT 06103 CT 061032231 P.O. Box 270493 12041 Elm Street 1204 North Main St. 4411 State Route Road
P<USASANTOS<<MARIA<<<<< 123456784USA8001019F2901017<<<<<"""
    assert numbers_on(text) == {}


@pytest.mark.parametrize(
    ("printed", "digits"),
    [
        ("51-004-478213", "51004478213"),
        ("51 004 478 213", "51004478213"),
        ("1004 478 213 $12.50", "1004478213"),
        ("$1,196.02", "119602"),
        ("$1,800.00", "1800"),
        ("48213377", "48213377"),
    ],
)
def test_a_number_is_its_digits_however_they_are_parted(printed: str, digits: str) -> None:
    assert digits in numbers_on(f"Account {printed}")


def test_copies_of_a_page_share_what_they_are_found_by_and_papers_without_numbers_have_nothing() -> None:
    assert traits_of(paper(BILL)) == traits_of(paper(EDITED))
    assert len(set(traits_of(paper(BILL))) & set(traits_of(paper(NEIGHBOURS)))) * 3 < len(traits_of(paper(BILL))) * 2
    assert traits_of(paper(LEASE)) == []


@pytest.mark.parametrize("piece", ["1", "1 ", "1-", "1/", "1 a", "<", "a<", "123 ", "box ", "1(123) "])
def test_a_text_made_to_hurt_is_soon_done(piece: str) -> None:
    started = time.process_time()
    traits_of(paper((piece * 20_000)[:20_000]))
    assert time.process_time() - started < 1.0


def test_a_page_of_nothing_but_numbers_is_found_by_a_few() -> None:
    assert len(traits_of(paper("Account " + "1" * 20_000))) == 1
    assert len(traits_of(paper("\n".join(f"Account {number}" for number in range(10**7, 10**7 + 2_000))))) == 8


def test_pictures_are_compared_whatever_their_light_and_a_flat_one_not_at_all() -> None:
    cells = [(row * 37 + column * 11) % 200 for row in range(16) for column in range(16)]
    one = replace(paper(""), page_print=bytes(cells).hex())
    lighter = replace(one, page_print=bytes(cell // 2 + 90 for cell in cells).hex())
    other = replace(one, page_print=bytes(reversed(cells)).hex())
    flat = replace(one, page_print=bytes(100 + cell % 3 for cell in range(256)).hex())
    likeness = picture_likeness(one, lighter)
    assert isinstance(likeness, PageLikeness)
    assert (likeness.by, likeness.percent >= 98) == ("picture", True)
    far = picture_likeness(one, other)
    assert far is not None
    assert far.percent < 60
    assert picture_likeness(flat, flat) is None
    assert picture_likeness(paper(""), one) is None
    assert traits_of(flat) == []
    assert len(set(traits_of(one)) & set(traits_of(lighter))) >= 3
