"""When a slip of the pen, or another form, makes two names of one person, and when twins stay two people."""

from datetime import date

import pytest

from registry.facts import PersonName
from tasks.likeness import likeness, turned

REFERRED_FROM_PERCENT = 90


def named(text: str) -> PersonName:
    """A name written `first/middle/last/suffix`."""
    first, middle, last, suffix = (*text.split("/"), "", "", "")[:4]
    return PersonName(first, middle, last, suffix)


ONE_PERSON = [
    ("Jon//Smith", "John//Smith"),
    ("Katherine//Smith", "Catherine//Smith"),
    ("Kristina//Smith", "Christina//Smith"),
    ("Brian//Smith", "Bryan//Smith"),
    ("Marc//Smith", "Mark//Smith"),
    ("Sophia//Smith", "Sofia//Smith"),
    ("Ann//Smith", "Anne//Smith"),
    ("Marie//Smith", "Maria//Smith"),
    ("Micheal//Smith", "Michael//Smith"),
    ("Sara//Smith", "Sarah//Smith"),
    ("Elizabeth//Kowalski", "Elisabeth//Kowalsky"),
    ("Ana//Gonzales", "Ana//Gonzalez"),
    ("Ana//Díaz", "Ana//Dias"),
    ("Jörg//Müller", "Joerg//Mueller"),
    ("John//Nguyen", "John//Nugyen"),
    ("Mohammed//Ali", "Muhammad//Ali"),
    ("Amina//Mohamed", "Amina//Muhammad"),
    ("Bob//Hansen", "Robert//Hansen"),
    ("Chen//Wei", "Wei//Chen"),
    ("Ana//Garcia Lopez", "Ana//Garcia"),
    ("Ana//Garcia-Lopez", "Ana//Lopez"),
    ("Ana//Garcia Lopez", "Ana//Lopez Garcia"),
    ("Ana//Smith", "Ana//Smith-Jones"),
    ("Mary Jane//Doe", "Mary//Doe"),
    ("Jon/A./Smith/Jr", "John//Smith"),
    ("Оксана//Ткаченко", "Оксанна//Ткаченко"),
]
TWO_PEOPLE = [
    ("Anna//Smith", "Emma//Smith"),
    ("Emily//Smith", "Emma//Smith"),
    ("James//Smith", "Jane//Smith"),
    ("Jayden//Smith", "Brayden//Smith"),
    ("Ella//Smith", "Bella//Smith"),
    ("Ryan//Smith", "Bryan//Smith"),
    ("Zara//Smith", "Sara//Smith"),
    ("Tim//Smith", "Tom//Smith"),
    ("Hassan//Ali", "Hussein//Ali"),
    ("Maria//Santos", "Mario//Santos"),
    ("Paul//Smith", "Paula//Smith"),
    ("Andre//Smith", "Andrea//Smith"),
    ("Julian//Smith", "Julia//Smith"),
    ("Michael//Smith", "Michelle//Smith"),
    ("Daniel//Smith", "Danielle//Smith"),
    ("Stephen//Smith", "Stephanie//Smith"),
    ("Alexander//Smith", "Alexandra//Smith"),
    ("Christian//Smith", "Christina//Smith"),
    ("Maria Luisa//Santos", "Maria Elena//Santos"),
    ("Ana//Fernandez", "Ana//Hernandez"),
    ("John//Martin", "John//Martinez"),
    ("小明//王", "大明//王"),
    ("-//Santos", "'//Santos"),
    ("-//-", "'//'"),
    ("-//Santos", "Santos//-"),
    ("Anna//Smith", "Smith//Emma"),
]


@pytest.mark.parametrize(("a", "b"), ONE_PERSON)
def test_a_slip_or_another_form_of_a_name_is_near_and_not_equal(a: str, b: str) -> None:
    assert REFERRED_FROM_PERCENT <= likeness(named(a), named(b)) < 100


@pytest.mark.parametrize(("a", "b"), TWO_PEOPLE)
def test_names_that_parents_give_to_two_children_are_not_near(a: str, b: str) -> None:
    assert likeness(named(a), named(b)) < REFERRED_FROM_PERCENT


@pytest.mark.parametrize(("a", "b"), ONE_PERSON + TWO_PEOPLE)
def test_likeness_is_the_same_from_both_sides(a: str, b: str) -> None:
    assert likeness(named(a), named(b)) == likeness(named(b), named(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [("Sean//O'Brien", "Sean//Obrien"), ("ANA//GARCIA-LOPEZ", "Ana//García López"), ("Jon//Smith/Jr", "Jon//Smith")],
)
def test_case_accents_hyphens_and_suffixes_make_no_difference(a: str, b: str) -> None:
    assert likeness(named(a), named(b)) == 100


def test_the_lesser_of_first_and_last_name_counts() -> None:
    assert likeness(named("Anna//Santos"), named("Emma//Santos")) == likeness(named("Anna//Diaz"), named("Emma//Diaz"))
    assert likeness(named("Ana//Smith"), named("Ana//Jones")) < 50


def test_another_first_letter_makes_twins_and_not_a_slip() -> None:
    """Jayden and Kayden cannot be told from a slip of the pen by letters alone.

    Rhyming names are what twins are given, and a slip hardly ever hits the first letter; so two children are not
    held up for each other, and the likeness kept with the case still shows the pair to whoever looks.
    """
    assert 80 <= likeness(named("Jayden//Smith"), named("Kayden//Smith")) < REFERRED_FROM_PERCENT


@pytest.mark.parametrize(("a", "b"), [("Jose//Diaz", "Josue//Diaz"), ("Martin//Diaz", "Marvin//Diaz")])
def test_two_names_one_letter_apart_under_one_first_letter_go_to_a_person(a: str, b: str) -> None:
    """Nothing in the letters tells these from Jon and John: a person looks, and nobody is refused for it."""
    assert likeness(named(a), named(b)) >= REFERRED_FROM_PERCENT


def test_what_cannot_be_kept_is_not_measured_to_the_end_and_never_comes_out_as_kept() -> None:
    for a, b in ONE_PERSON + TWO_PEOPLE:
        whole, cut = likeness(named(a), named(b)), likeness(named(a), named(b), 80)
        assert cut == whole if whole >= 80 else cut < 80


@pytest.mark.parametrize(
    ("day", "other"),
    [
        (date(1980, 2, 1), date(1980, 1, 2)),
        (date(1980, 12, 11), date(1980, 11, 12)),
        (date(1980, 2, 29), None),
        (date(1980, 3, 13), None),
        (date(1980, 5, 5), None),
    ],
)
def test_day_and_month_trade_places_where_that_makes_another_date(day: date, other: date | None) -> None:
    assert turned(day) == other
