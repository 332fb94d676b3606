"""What machine codes say of a person: a wrong `agrees` is the worst, so nearly is `cannot_tell`."""

from datetime import date

import pytest

from registry.cards import coded_address, coded_birth_date, coded_expiry, coded_name, says_who
from registry.facts import Address, PersonName, Reading
from registry.paper_words import Answer

AGREES, DISAGREES, CANNOT_TELL = Answer.AGREES, Answer.DISAGREES, Answer.CANNOT_TELL
BORN = date(1975, 4, 2)


def read(what: str, value: str, *, source: str = "barcode", page: int = 1, confidence: int = 100) -> Reading:
    return Reading(what, value, source, page, (0.1, 0.6, 0.9, 0.8), confidence)


def coded(text: str, confidence: int = 100, source: str = "barcode", page: int = 1) -> tuple[Reading, ...]:
    """The readings of a name written `first/middle/last/suffix`."""
    whats = ("first_name", "middle_name", "last_name", "name_suffix")
    pairs = zip(whats, text.split("/"), strict=False)
    return tuple(read(w, value, source=source, page=page, confidence=confidence) for w, value in pairs if value)


def own(text: str) -> PersonName:
    first, middle, last, suffix = (*text.split("/"), "", "", "")[:4]
    return PersonName(first, middle, last, suffix)


SAME = [
    ("MARIA//SANTOS", "Maria//Santos"),
    ("MARIA//SANTOS", "María//Sántos"),
    ("MARÍA//SÁNTOS", "Maria//Santos"),
    ("JORG//MULLER", "Jörg//Müller"),
    ("JOERG//MUELLER", "Jörg//Müller"),
    ("LUKASZ//WOJCIK", "Łukasz//Wójcik"),
    ("ANNEMARIE//SMITH", "Anne-Marie//Smith"),
    ("ANNE/MARIE/SMITH", "Anne-Marie//Smith"),
    ("ANNE MARIE//SMITH", "Anne/Marie/Smith"),
    ("ANNE//SMITH", "Anne/Marie/Smith"),
    ("ANNE/M/SMITH", "Anne/Marie/Smith"),
    ("ANNE/MARIE/SMITH", "Anne/M./Smith"),
    ("ANNE/MARIE LOU/SMITH", "Anne/Lou/Smith"),
    ("ANNE/MARIE/SMITH", "Anne//Smith"),
    ("SEAN//OBRIEN", "Sean//O'Brien"),
    ("SEAN//O BRIEN", "Sean//O’Brien"),
    ("ANA//LOPEZGARCIA", "Ana//López-García"),
    ("ANA//LOPEZ GARCIA", "Ana//Lopez-Garcia"),
    ("JOHN//SMITH/JR", "John//Smith/Jr."),
    ("JOHN//SMITH JR", "John//Smith/Junior"),
    ("JOHN//SMITH/JR", "John//Smith, Jr"),
    ("JOHN/PAUL III/SMITH", "John/Paul/Smith/III"),
    ("JOHN//SMITH/2ND", "John//Smith/II"),
    ("JOHN//SMITH", "John//Smith/Jr"),
]
UNCLEAR = [
    ("CHARLES/E/PECK", "Charlese//Peck"),
    ("MARIE//SANTOS", "Maria//Santos"),
    ("MARIA//SANTO", "Maria//Santos"),
    ("MARIA//SNATOS", "Maria//Santos"),
    ("ANA//SANTOS", "Anna//Santos"),
    ("BOB//SMITH", "Robert//Smith"),
    ("ROBERT//SMITH", "Bob//Smith"),
    ("R//SMITH", "Robert//Smith"),
    ("ROBERT//SMITH", "R.//Smith"),
    ("ANA//LOPEZ", "Ana//López-García"),
    ("ANA//LOPEZ GARCIA", "Ana//García"),
    ("ANA//GARCIA", "Ana/López/García-Ruiz"),
    ("ANNE//SMITH", "Anne-Marie//Smith"),
    ("MARIE//SMITH", "Anne/Marie/Smith"),
    ("ANNE/MARIE/SMITH", "Marie//Smith"),
    ("ANNE/ZOE/SMITH", "Anne/Marie/Smith"),
    ("ANNE/ZOE LOU/SMITH", "Anne/Marie Lou/Smith"),
    ("JOHN//SMITH/SR", "John//Smith/Jr"),
    ("JOHN//SMITH/JR", "John//Smith"),
    ("JOHN//SMITH III", "John//Smith"),
    ("JOHN/JR/SMITH", "John//Smith"),
    ("SMITH//JOHN", "John//Smith"),
    ("VAN/ANH/NGUYEN", "Anh/Van/Nguyen"),
    ("CHRISTOPH//SMITH", "Christopher//Smith"),
    ("MARIA//WINTERBOU", "Maria//Winterbourne"),
    ("IVAN//PETROV", "Иван//Петров"),
    ("MARIA//SANTOS", "-//Santos"),
    ("FIRST//", "First//Last"),
    ("//LAST", "First//Last"),
]
OTHER = [
    ("MARIA//SANTOS", "Peter//Santos"),
    ("MARIA//SANTOS", "Maria//Fitzgerald"),
    ("MARIA//SANTOS", "Peter//Fitzgerald"),
    ("MARIA//DE LEON", "Maria//De La Cruz"),
    ("JOHN/J/SMITH", "Peter//Smith"),
]


@pytest.mark.parametrize(
    ("code", "name", "answer"),
    [(*pair, AGREES) for pair in SAME]
    + [(*pair, CANNOT_TELL) for pair in UNCLEAR]
    + [(*pair, DISAGREES) for pair in OTHER],
)
def test_a_coded_name_agrees_only_when_it_is_the_same(code: str, name: str, answer: Answer) -> None:
    assert coded_name(coded(code), own(name)) is answer


@pytest.mark.parametrize(
    ("code", "name", "answer"),
    [
        ("MARIA//SANTOS", "Maria//Santos", CANNOT_TELL),
        ("MARIA//SAN", "Maria//Santos", CANNOT_TELL),
        ("MARIA//SANTOS", "Maria//Santos-Winterbourne", CANNOT_TELL),
        ("MARIA/JOHN/SANTOS", "John//Santos", CANNOT_TELL),
        ("MARIA//SANTOS", "Maria//Fitzgerald", DISAGREES),
    ],
)
def test_a_name_that_was_cut_short_never_agrees(code: str, name: str, answer: Answer) -> None:
    assert coded_name(coded(code, confidence=60), own(name)) is answer


@pytest.mark.parametrize("what", ["first_name", "middle_name", "last_name"])
def test_one_cut_part_keeps_the_whole_name_from_agreeing(what: str) -> None:
    whole = coded("MARIA/LUISA/SANTOS")
    cut = tuple(read(each.what, each.value, confidence=60) if each.what == what else each for each in whole)
    assert coded_name(whole, own("Maria/Luisa/Santos")) is AGREES
    assert coded_name(cut, own("Maria/Luisa/Santos")) is CANNOT_TELL


def test_without_readings_nothing_can_be_told() -> None:
    address = Address("12 Elm St", "", "Hartford", "CT", "06106")
    assert coded_name((), own("Maria//Santos")) is CANNOT_TELL
    assert coded_birth_date((), BORN) is CANNOT_TELL
    assert coded_address((), address) is CANNOT_TELL
    assert coded_expiry(()) is None
    assert not says_who(())


def test_two_people_on_one_page_cannot_be_told_from_each_other() -> None:
    both = coded("MARIA//SANTOS") + coded("PETER//SANTOS")
    assert coded_name(both, own("Maria//Santos")) is CANNOT_TELL
    assert coded_name(both, own("Peter//Santos")) is CANNOT_TELL
    assert coded_name(both, own("Zoe//Fitzgerald")) is CANNOT_TELL


def test_the_same_code_twice_is_one_code() -> None:
    assert coded_name(coded("MARIA//SANTOS") * 2, own("Maria//Santos")) is AGREES


@pytest.mark.parametrize(
    ("second", "answer"),
    [("MARIA LUISA//SANTOS", AGREES), ("PETER//SANTOS", CANNOT_TELL), ("MARIE//SANTOS", CANNOT_TELL)],
)
def test_codes_of_two_papers_must_all_agree(second: str, answer: Answer) -> None:
    readings = coded("MARIA//SANTOS") + coded(second, source="mrz", page=2)
    assert coded_name(readings, own("Maria//Santos")) is answer


@pytest.mark.parametrize(
    ("readings", "answer"),
    [
        ((read("birth_date", "1975-04-02"),), AGREES),
        ((read("birth_date", "1975-02-04"),), DISAGREES),
        ((read("birth_date", "1975-04-03"),), DISAGREES),
        ((read("birth_date", "1975-04-02", confidence=80),), CANNOT_TELL),
        ((read("birth_date", "1975-04-03", confidence=80),), CANNOT_TELL),
        ((read("birth_date", "04/02/1975"),), CANNOT_TELL),
        ((read("expiry_date", "1975-04-02"),), CANNOT_TELL),
        ((read("birth_date", "1975-04-02"), read("birth_date", "1975-04-02", source="mrz", page=2)), AGREES),
        ((read("birth_date", "1975-04-02"), read("birth_date", "1975-04-03", source="mrz", page=2)), CANNOT_TELL),
        ((read("birth_date", "1975-04-02"), read("birth_date", "1975-04-03")), CANNOT_TELL),
    ],
)
def test_a_coded_birth_date_is_the_same_or_another(readings: tuple[Reading, ...], answer: Answer) -> None:
    assert coded_birth_date(readings, BORN) is answer


@pytest.mark.parametrize(
    ("readings", "day"),
    [
        ((read("expiry_date", "2031-04-02"),), date(2031, 4, 2)),
        ((read("expiry_date", "2031-04-02"), read("expiry_date", "2031-04-02", page=2)), date(2031, 4, 2)),
        ((read("expiry_date", "2031-04-02"), read("birth_date", "1975-04-02", page=2)), date(2031, 4, 2)),
        ((read("expiry_date", "2031-04-02"), read("expiry_date", "2030-04-02", page=2)), None),
        ((read("expiry_date", "2031-04-02"), read("expiry_date", "2030-04-02")), None),
        ((read("expiry_date", "2031-04-02", confidence=80),), None),
        ((read("expiry_date", "someday"),), None),
        ((read("issue_date", "2031-04-02"),), None),
    ],
)
def test_the_expiry_is_told_only_when_there_is_one(readings: tuple[Reading, ...], day: date | None) -> None:
    assert coded_expiry(readings) == day


def placed(
    street: str, city: str = "WEST HARTFORD", zip_code: str = "06119-1234", confidence: int = 100
) -> tuple[Reading, ...]:
    values = {"street": street, "city": city, "state": "CT", "zip": zip_code}
    return tuple(read(what, value, confidence=confidence) for what, value in values.items() if value)


LIVES_AT = Address("12 North Elm Street", "Apt 3B", "West Hartford", "CT", "06119")
HOUSE = Address("12 North Elm Street", "", "West Hartford", "CT", "06119")


@pytest.mark.parametrize(
    ("readings", "address", "answer"),
    [
        (placed("12 N ELM ST APT 3B"), LIVES_AT, AGREES),
        (placed("12 N ELM ST #3-B"), LIVES_AT, AGREES),
        (placed("12 N ELM ST", "W HARTFORD"), HOUSE, AGREES),
        (placed("12 N ELM ST"), LIVES_AT, CANNOT_TELL),
        (placed("12 N ELM ST APT 3B"), HOUSE, CANNOT_TELL),
        (placed("12 N ELM ST APT 4"), LIVES_AT, CANNOT_TELL),
        (placed("12 N ELM AVE"), HOUSE, CANNOT_TELL),
        (placed("12 S ELM ST"), HOUSE, CANNOT_TELL),
        (placed("12A N ELM ST"), HOUSE, CANNOT_TELL),
        (placed("12 N ELN ST"), HOUSE, CANNOT_TELL),
        (placed("12 N ELM ST", zip_code="06107"), HOUSE, CANNOT_TELL),
        (placed("12 N ELM ST", "BISHOPS CORNER"), HOUSE, AGREES),
        (placed("12 N ELM ST", "BISHOPS CORNER", "06107"), HOUSE, CANNOT_TELL),
        (placed("PO BOX 12"), HOUSE, CANNOT_TELL),
        (placed("PO BOX 12"), Address("P.O. Box 12", "", "West Hartford", "CT", "06119"), CANNOT_TELL),
        (placed("ELM STREET"), Address("Elm Street", "", "West Hartford", "CT", "06119"), CANNOT_TELL),
        (placed("12 N ELM ST", zip_code=""), HOUSE, CANNOT_TELL),
        (placed("12 N ELM ST", confidence=60), HOUSE, CANNOT_TELL),
        (placed("12 N ELM ST") + placed("9 OAK ST"), HOUSE, CANNOT_TELL),
        (placed("12 N ELM ST") + coded("MARIA//SANTOS", source="mrz"), HOUSE, AGREES),
        (placed("21 N ELM ST"), HOUSE, DISAGREES),
        (placed("12 OAK ST", "NEW HAVEN", "06511"), HOUSE, DISAGREES),
        (placed("9 OAK ST", "NEW HAVEN", "06511"), HOUSE, DISAGREES),
    ],
)
def test_a_coded_address_agrees_only_when_it_is_the_same_place(
    readings: tuple[Reading, ...], address: Address, answer: Answer
) -> None:
    assert coded_address(readings, address) is answer


def test_a_code_says_who_with_first_name_last_name_and_birth_date() -> None:
    whole = (*coded("MARIA//SANTOS"), read("birth_date", "1975-04-02"))
    assert says_who(whole)
    assert not any(says_who(whole[:at] + whole[at + 1 :]) for at in range(len(whole)))
    assert not says_who((*whole[:2], read("birth_date", " ")))


def test_readings_of_two_papers_do_not_add_up_to_a_person() -> None:
    assert not says_who((*coded("MARIA//SANTOS"), read("birth_date", "1975-04-02", page=2)))
