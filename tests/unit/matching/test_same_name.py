"""When a register's name and a row's name are one, and when a certifier's name may be the caregiver's."""

from datetime import date

import pytest

from registry.facts import PersonName
from registry.names import folded, one_edit_apart, person_key, same_full_name, same_name
from registry.nicknames import other_forms


def named(text: str) -> PersonName:
    """A name written `first/middle/last/suffix`."""
    first, middle, last, suffix = (*text.split("/"), "", "", "")[:4]
    return PersonName(first, middle, last, suffix)


SAME = [
    ("Maria//Santos", "MARIA//SANTOS"),
    ("María//Sántos", "Maria//Santos"),
    ("Maria/Luisa/Santos", "Maria//Santos"),
    ("Anne-Marie//Smith", "Anne Marie//Smith"),
    ("Anne-Marie//Smith", "AnneMarie//Smith"),
    ("Ana//Lopez-Garcia", "Ana//López García"),
    ("Sean//O'Brien", "Sean//O’Brien"),
    ("Sean//O'Brien", "Sean//OBrien"),
    ("Sean//O'Brien", "Sean//O Brien"),
    ("Łukasz//Wójcik", "Lukasz//Wojcik"),
    ("Đức//Nguyễn", "Duc//Nguyen"),
    ("Søren//Møller", "Soren//Moller"),
    ("Jörg//Strauß", "Jorg//Strauss"),
    ("Æsa//Þórsdóttir", "Aesa//Thorsdottir"),
    ("Işıl//Yılmaz", "Isil//Yilmaz"),
    ("John//Smith/Jr", "John//Smith"),
    ("John//Smith Jr.", "John//Smith/Jr"),
    ("John//St. John", "John//St John"),
    ("Kaʻiulani//Kealoha", "Kaiulani//Kealoha"),
    ("Оксана//Ткаченко", "ОКСАНА//ТКАЧЕНКО"),
    ("Андрій//Йосипів", "андрій//йосипів"),
    ("Ελένη//Παπαδοπούλου", "ΕΛΕΝΗ//ΠΑΠΑΔΟΠΟΥΛΟΥ"),
    ("小明//王", "小明//王"),
    ("राम//शर्मा", "राम//शर्मा"),
]
OTHER = [
    ("Maria//Santos", "Marie//Santos"),
    ("Maria//Santos", "Maria//Santo"),
    ("Maria//Santos", "Maria//Rodriguez"),
    ("Maria//Santos", "Santos//Maria"),
    ("Maria//Santos", "M//Santos"),
    ("Maria//Santos", "Maria//Santos Rodriguez"),
    ("Mary Jane//Doe", "Mary//Doe"),
    ("Robert//Hansen", "Bob//Hansen"),
    ("Jon//Smith", "John//Smith"),
    ("राम//शर्मा", "रम//शर्मा"),
    ("小明//王", "大明//王"),
    ("Оксана//Ткаченко", "Oksana//Tkachenko"),
    ("-//Santos", "'//Santos"),
    ("-//-", "-//-"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spelling_and_middle_names_make_no_other_person(a: str, b: str) -> None:
    assert same_name(named(a), named(b))
    assert same_name(named(b), named(a))
    assert person_key(named(a), date(1980, 1, 2)) == person_key(named(b), date(1980, 1, 2))


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_another_given_name_or_surname_is_another_person(a: str, b: str) -> None:
    assert not same_name(named(a), named(b))
    assert not same_name(named(b), named(a))


def test_the_key_parts_people_by_birth_date_and_by_which_name_is_which() -> None:
    keys = {
        person_key(named("Maria//Santos"), date(1980, 1, 2)),
        person_key(named("Maria//Santos"), date(1980, 2, 1)),
        person_key(named("Santos//Maria"), date(1980, 1, 2)),
        person_key(named("Mar//Iasantos"), date(1980, 1, 2)),
        person_key(named("-//Santos"), date(1980, 1, 2)),
        person_key(named("'//Santos"), date(1980, 1, 2)),
    }
    assert len(keys) == 6


CERTIFIERS = [
    ("Jane/Q/Smith", "Jane Q. Smith, MD", True),
    ("Jane//Smith", "SMITH, JANE A", True),
    ("Jane//Smith", "Dr. Jane Smith", True),
    ("Jane//Smith", "Jane Smith PA-C", True),
    ("Jane//Smith/Jr", "Jane Smith Jr., APRN", True),
    ("Minh//Do", "Minh Do, M.D.", True),
    ("Minh//Do", "DO, MINH", True),
    ("Ana//López-García", "Ana M Lopez Garcia", True),
    ("Mary Jane//Doe", "Mary-Jane Doe", True),
    ("Jane/Ann/Smith", "Jane A. Smith", True),
    ("Jane/Ann/Smith", "Jane Beth Smith", False),
    ("Jane//Smith", "Janet Smith", False),
    ("Jane//Smith", "John Smith", False),
    ("Jane//Smith", "Jane Smithson", False),
    ("Jane//Smith", "Smith", False),
    ("Jane//Smith", "", False),
    ("Ana//García", "Ana Lopez Garcia", True),
    ("Ana//López", "Ana Lopez Garcia", False),
]


@pytest.mark.parametrize(("name", "full_name", "same"), CERTIFIERS)
def test_a_certifiers_full_name_is_read_with_its_degrees_and_in_both_orders(
    name: str, full_name: str, same: bool
) -> None:
    assert same_full_name(named(name), full_name) is same


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("maria", "marai", True),
        ("maria", "marie", True),
        ("maria", "mari", True),
        ("mari", "maria", True),
        ("aria", "maria", True),
        ("maria", "maria", False),
        ("maria", "mario", True),
        ("maria", "moria", True),
        ("maria", "airam", False),
        ("maria", "marcos", False),
        ("maria", "ma", False),
        ("", "a", True),
    ],
)
def test_one_edit_is_a_letter_more_less_other_or_swapped(a: str, b: str, near: bool) -> None:
    assert one_edit_apart(a, b) is near


def test_a_short_form_belongs_to_every_name_it_stands_for() -> None:
    assert "bob" in other_forms("robert")
    assert "robert" in other_forms("bob")
    assert {"christopher", "katherine"} <= other_forms("kit")
    assert other_forms("maria") & {"jose", "maria"} == set()


def test_folding_keeps_the_marks_of_scripts_that_are_read_by_them() -> None:
    assert folded("ÉCOLE ﬁn Ü") == "ecole fin u"
    assert folded("शर्मा") == "शर्मा"
