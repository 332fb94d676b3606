"""Names in Cyrillic and Greek letters meet the Latin ones of machine codes, and nobody is accused for another form."""

import pytest

from registry.cards import coded_name
from registry.facts import PersonName, Reading
from registry.papers import Answer, name_on_paper
from registry.romanization import romanized


def _forms(first: str, last: str) -> list[str]:
    return [f"{form.first} {form.last}" for form in romanized(PersonName(first, "", last, ""))]


def _zone(first: str, last: str, percent: int = 99, source: str = "mrz") -> tuple[Reading, ...]:
    parts = (("first_name", first), ("last_name", last), ("birth_date", "1980-01-02"))
    return tuple(Reading(what, value, source, 1, (), percent) for what, value in parts)


@pytest.mark.parametrize(
    ("first", "last", "latin"),
    [
        ("Тетяна", "Яремчук", "tetiana yaremchuk"),
        ("Володимир", "Гнатюк", "volodymyr hnatiuk"),
        ("Сергей", "Щукин", "sergei shchukin"),
        ("Щерю", "Хаджиев", "shteriu khadzhiev"),
        ("Ђорђе", "Живковић", "dorde zivkovic"),
        ("Γιώργος", "Νικολάου", "giorgos nikolaou"),
        ("Ευάγγελος", "Παπαδόπουλος", "evangelos papadopoulos"),
        ("Ευτυχία", "Χαϊδού", "eftychia chaidou"),
        ("Αύρα", "Μπελογιάννης", "avra belogiannis"),
    ],
)
def test_a_name_is_romanized_as_its_language_does_it_in_passports(first: str, last: str, latin: str) -> None:
    assert latin in _forms(first, last)


@pytest.mark.parametrize(("first", "last"), [("Maria", "Santos"), ("فاطمة", "حداد"), ("רבקה", "כהן"), ("明", "王")])
def test_a_name_in_other_letters_has_no_form(first: str, last: str) -> None:
    assert _forms(first, last) == []


def test_each_form_keeps_to_one_language() -> None:
    assert "serhei shchukyn" in _forms("Сергей", "Щукин")
    assert "sergei shchukyn" not in _forms("Сергей", "Щукин")


def test_a_code_with_the_latin_form_agrees() -> None:
    assert coded_name(_zone("TETIANA", "YAREMCHUK"), PersonName("Тетяна", "", "Яремчук", "")) is Answer.AGREES


@pytest.mark.parametrize(("first", "last"), [("TETYANA", "YAREMCHUK"), ("OLENA", "YAREMCHUK"), ("JOHN", "SMITH")])
def test_a_code_with_other_latin_letters_accuses_nobody(first: str, last: str) -> None:
    assert coded_name(_zone(first, last), PersonName("Тетяна", "", "Яремчук", "")) is Answer.CANNOT_TELL


def test_a_code_that_is_in_doubt_settles_no_name_in_other_letters() -> None:
    assert coded_name(_zone("TETIANA", "YAREMCHUK", 60), PersonName("Тетяна", "", "Яремчук", "")) is Answer.CANNOT_TELL


def test_only_a_zone_is_romanized_by_the_book() -> None:
    card = _zone("TETIANA", "YAREMCHUK", source="barcode")
    assert coded_name(card, PersonName("Тетяна", "", "Яремчук", "")) is Answer.CANNOT_TELL


def test_the_name_line_of_a_passport_is_compared_in_latin_letters() -> None:
    line = "P<GRCNIKOLAOU<<GIORGOS<<<<<<<<<<<<<<<<<<<<<<\nAE12345678GRC8001024M3001019<<<<<<<<<<<<<<02\n"
    assert name_on_paper(line, PersonName("Γιώργος", "", "Νικολάου", "")) is Answer.AGREES
    assert name_on_paper(line, PersonName("Γιάννης", "", "Νικολάου", "")) is Answer.CANNOT_TELL
