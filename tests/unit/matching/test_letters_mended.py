"""Letters that readers of pictures mistake are put right only where what was read is written as no name is."""

from dataclasses import replace
from datetime import date

import pytest

from registry.facts import Address, DocumentFacts, PersonName, ReadState
from registry.paper_mending import mended
from registry.papers import Answer
from registry.proofs import residency_facts

HOME = Address("12 Elm St", "", "Hartford", "CT", "06103")
BILL = "First Bank of Litchfield Hills\nStatement date: 11/06/2026\n{name}\n12 Elm St\nHartford, CT 06103\nChecking\n"


def _person(name: str) -> PersonName:
    first, last = name.split(" ")
    return PersonName(first, "", last, "")


def _named(printed: str, name: PersonName, source: str) -> tuple[Answer, Answer]:
    read = DocumentFacts("0" * 64, "text/1", ReadState.TEXT, "image/png", "", 1, BILL.format(name=printed), source)
    told = residency_facts(read, name, HOME)
    assert told["residency_dated_on"] == date(2026, 11, 6)
    return told["residency_name"], told["residency_address"]


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("loannis Oikonomou", "Ioannis Oikonomou"),
        ("Ana lbarra", "Ana Ibarra"),
        ("MlCHAEL HARRIS", "Michael Harris"),
        ("WilIiam Harris", "William Harris"),
        ("0SCAR HARRlS", "Oscar Harris"),
        ("Al1 Hassan", "Ali Hassan"),
    ],
)
def test_a_name_that_a_picture_gives_with_mistaken_letters_is_found_with_its_address(read: str, name: str) -> None:
    assert _named(read, _person(name), "ocr") == (Answer.AGREES, Answer.AGREES)


def test_a_files_own_text_has_no_mistaken_letters() -> None:
    assert _named("lan Nguyen", _person("Ian Nguyen"), "layer")[0] is not Answer.AGREES


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("Lan Nguyen", "Ian Nguyen"),
        ("LAN NGUYEN", "Ian Nguyen"),
        ("lan nguyen", "Ian Nguyen"),
        ("Alice Harris", "Aiice Harris"),
        ("Ali Hassan", "All Hassan"),
        ("Ian Nguyen", "Lan Nguyen"),
        ("McLean Harris", "McIean Harris"),
    ],
)
def test_letters_that_make_a_name_somebody_could_bear_stay(read: str, name: str) -> None:
    assert mended(read, _person(name)) == read
    assert _named(read, _person(name), "ocr")[0] is Answer.CANNOT_TELL


def test_only_the_persons_own_words_are_put_right() -> None:
    name = replace(_person("Ian Nguyen"), middle="Iris")
    assert mended("lvy lris of 10 l1me St\n\tlan\tlan Nguyen", name) == "lvy lris of 10 l1me St\n\tlan\tIan Nguyen"
