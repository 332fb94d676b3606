"""A machine readable zone gives names and borne-out dates, or nothing; no wrong sign makes a wrong date of it."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry import proofs
from registry.cards import SURE_PERCENT, coded_name
from registry.facts import DocumentFacts, PersonName, Reading
from registry.paper_words import Answer
from registry.proofs import identity_facts
from tasks.documents.lines import ReadLine, spot
from tasks.documents.mrz import read_zones
from tasks.documents.mrz_zone import CHECKED_PERCENT, PROVEN_PERCENT, check_digit
from tasks.documents.reading import read_documents
from tasks.sampling.cards import passport_image, passport_sheet
from tasks.sampling.machine_zones import CardData, passport_lines
from tasks.sampling.sheet_image import jpeg_of
from tasks.sampling.sheet_pdf import sheet_to_pdf

TODAY = date(2026, 11, 23)
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
SPECIMENS = {
    "passport": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "card": "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    "card of two lines": "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
}
"""Of ICAO Doc 9303, parts 4, 5 and 6."""
LONG_NUMBER = "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
ANNA = {
    "last_name": "ERIKSSON",
    "first_name": "ANNA",
    "middle_name": "MARIA",
    "birth_date": "1974-08-12",
    "expiry_date": "2012-04-15",
}
BIRTH_AT = SPECIMENS["passport"].index("740812")


def lines_of(text: str, percent: int = 98, page: int = 1) -> list[ReadLine]:
    heights = enumerate(text.split("\n"))
    return [ReadLine(line, spot(page, (0.1, 0.5 + n / 20, 0.9, 0.54 + n / 20), percent / 100)) for n, line in heights]


def read(text: str, percent: int = 98, day: date = TODAY) -> tuple[Reading, ...]:
    return read_zones(lines_of(text, percent), day)


def values(readings: tuple[Reading, ...]) -> dict[str, str]:
    return {reading.what: reading.value for reading in readings}


def percents(readings: tuple[Reading, ...]) -> dict[str, int]:
    return {reading.what: reading.confidence_percent for reading in readings}


def passport(last: str = "SANTOS", givens: str = "MARIA", born: str = "1950-03-04", ends: str = "2029-05-06") -> str:
    days = date.fromisoformat(born), date.fromisoformat(ends)
    return "\n".join(passport_lines(last, givens, "A61706749", days[0], "F", days[1]))


@pytest.mark.parametrize("text", SPECIMENS.values(), ids=SPECIMENS.keys())
def test_icaos_specimens_give_their_names_and_dates_and_never_their_number(text: str) -> None:
    readings = read(f"SPECIMEN\n{text}\nUtopia")
    assert values(readings) == ANNA
    assert percents(readings) == dict.fromkeys(ANNA, 98) | {"birth_date": 99, "expiry_date": 99}
    assert {(reading.source, reading.page) for reading in readings} == {("mrz", 1)}


def test_each_reading_has_the_place_of_its_own_line() -> None:
    readings = read_zones(lines_of(SPECIMENS["card"], page=2), TODAY)
    boxes = {reading.what: reading.box for reading in readings}
    assert boxes["birth_date"] == boxes["expiry_date"] == (0.1, 0.55, 0.9, 0.59)
    assert boxes["last_name"] == (0.1, 0.6, 0.9, 0.64)
    assert {reading.page for reading in readings} == {2}


def test_a_number_of_more_than_nine_signs_is_checked_where_it_goes_on() -> None:
    readings = read(LONG_NUMBER)
    assert percents(readings)["birth_date"] == PROVEN_PERCENT
    assert values(readings)["birth_date"] == "1934-07-12"
    assert percents(read(LONG_NUMBER.replace("7349", "7359")))["birth_date"] == CHECKED_PERCENT


def test_lines_of_two_pages_are_no_zone() -> None:
    first, second = lines_of(SPECIMENS["passport"])
    assert read_zones([first, ReadLine(second.text, spot(2, second.spot.box))], TODAY) == ()


REPAIRED = {
    "a nought for a letter of the country": ("P<USA", "P<U5A"),
    "noughts and ones for letters of the name": ("SANTOS<<MARIA", "5ANT0S<<MAR1A"),
    "letters for digits of the dates": ("5003040F2905062", "SOO3O4OF29OSO6Z"),
    "a letter for a check digit": ("2905062", "290506Z"),
    "an angle quote for two fillers": ("SANTOS<<MARIA", "SANTOS«MARIA"),
    "single quotes for fillers": ("<<<<<<04", "‹‹‹‹‹‹04"),
    "spaces for fillers": ("SANTOS<<MARIA<", "SANTOS  MARIA<"),
    "a space within": ("A617067494USA", "A6170 67494 USA"),
    "too few fillers": ("<<<<<<<<<<04", "<<<<<<<04"),
    "too many fillers": ("<<<<<<<<<<04", "<<<<<<<<<<<<<<04"),
    "too few fillers behind the name": ("<" * 26, "<" * 9),
    "too many fillers behind the name": ("<" * 26, "<" * 30),
    "K for fillers in the optional data": ("2" + "<" * 14, "2" + "K" * 14),
    "K for fillers that follow fillers": ("MARIA" + "<" * 26, "MARIA<<KK<<K" + "<" * 19),
    "a Greek letter": ("P<USA", "\u03a1<USA"),
    "an accent": ("SANTOS", "SANT\u00d3S"),
    "small letters": ("SANTOS<<MARIA", "santos<<maria"),
    "a tab where fillers seemed a gap": ("<<<<<<04", "<<<<\t<<04"),
}


@pytest.mark.parametrize(("right", "wrong"), REPAIRED.values(), ids=REPAIRED.keys())
def test_what_the_place_makes_plain_is_set_right(right: str, wrong: str) -> None:
    text = passport()
    assert right in text
    readings = read(text.replace(right, wrong, 1))
    expected = {"last_name": "SANTOS", "first_name": "MARIA", "birth_date": "1950-03-04", "expiry_date": "2029-05-06"}
    assert values(readings) == expected
    assert min(percents(readings).values()) >= SURE_PERCENT


@pytest.mark.parametrize("text", [*SPECIMENS.values(), LONG_NUMBER], ids=[*SPECIMENS, "long number"])
def test_no_single_wrong_sign_anywhere_makes_a_wrong_date(text: str) -> None:
    clean, tried = values(read(text)), 0
    for at, sign in product(range(len(text)), SIGNS):
        if text[at] in {"\n", sign}:
            continue
        tried += 1
        found = values(read(text[:at] + sign + text[at + 1 :]))
        for what in ("birth_date", "expiry_date"):
            assert found.get(what, clean[what]) == clean[what], (at, sign)
    assert tried == 36 * len(text.replace("\n", ""))


def test_of_two_wrong_digits_in_a_date_59_of_1215_pass_its_check_digit_and_23_that_of_the_zone() -> None:
    text, passed, proven = SPECIMENS["passport"], 0, 0
    for first, second in combinations(range(BIRTH_AT, BIRTH_AT + 6), 2):
        for a, b in product("0123456789", repeat=2):
            if a != text[first] and b != text[second]:
                signs = list(text)
                signs[first], signs[second] = a, b
                birth = [reading for reading in read("".join(signs)) if reading.what == "birth_date"]
                passed += len(birth)
                proven += sum(reading.confidence_percent >= PROVEN_PERCENT for reading in birth)
    assert (passed, proven) == (59, 23)


def test_g_and_6_count_the_same_and_only_the_place_tells_them_apart() -> None:
    assert check_digit("L898902C3") == "6"
    assert check_digit("6<<") == check_digit("G<<")
    assert check_digit("O<<") != check_digit("0<<")
    assert values(read(SPECIMENS["passport"].replace("C36UTO", "C3GUTO")))["birth_date"] == "1974-08-12"


def test_a_date_whose_check_digit_fails_is_not_given_and_the_other_is_sure_by_its_own_alone() -> None:
    readings = read(SPECIMENS["passport"].replace("7408122", "7408132"))
    assert "birth_date" not in values(readings)
    assert percents(readings)["expiry_date"] == CHECKED_PERCENT
    assert percents(read(SPECIMENS["passport"].replace("7408122", "7408132"), percent=80))["expiry_date"] == 80


def test_a_zone_of_which_fewer_than_two_check_digits_hold_is_none() -> None:
    text = SPECIMENS["card of two lines"].replace("D231458907", "D231458917").replace("7408122", "7408132")
    assert read(text[:-1] + "5") == ()


def test_the_judgement_takes_as_proven_what_the_reader_does() -> None:
    assert SURE_PERCENT <= CHECKED_PERCENT < PROVEN_PERCENT == proofs.PROVEN_PERCENT


def test_a_visa_says_nothing_of_who_somebody_is() -> None:
    assert read("V" + passport()[1:]) == ()


NAMES = {
    "particles": ("VAN DER BERG", "ANNA MARIA", "VAN DER BERG/ANNA/MARIA"),
    "a hyphen": ("LOPEZ-GARCIA", "JUAN", "LOPEZ GARCIA/JUAN"),
    "an apostrophe": ("O'BRIEN", "SEAN", "OBRIEN/SEAN"),
    "a name that ends in K": ("KUKK", "MIKK", "KUKK/MIKK"),
    "an initial K": ("SANTOS", "MARIA K", "SANTOS/MARIA/K"),
    "a very short name": ("O", "A", "O/A"),
}


@pytest.mark.parametrize(("last", "givens", "parts"), NAMES.values(), ids=NAMES.keys())
def test_names_are_parted_as_the_zone_parts_them(last: str, givens: str, parts: str) -> None:
    readings = read(passport(last, givens))
    whats = ("last_name", "first_name", "middle_name")
    assert [values(readings).get(what, "") for what in whats] == [*parts.split("/"), ""][:3]
    assert percents(readings)["last_name"] == 98


def test_somebody_without_a_first_name_has_a_last_name_only() -> None:
    text = "P<UTOARKFREITH" + "<" * 30 + "\n" + SPECIMENS["passport"].partition("\n")[2]
    assert values(read(text)) == {"last_name": "ARKFREITH"} | {k: ANNA[k] for k in ("birth_date", "expiry_date")}
    assert coded_name(read(text), PersonName("Arkfreith", "", "Arkfreith", "")) is not Answer.AGREES


DOUBTED = {
    "it fills its field": passport("FEATHERSTONEHAUGH SMYTHE", "ALEXANDRINA BARTHOLOMEA"),
    "no filler behind it was read": passport().replace("MARIA" + "<" * 26, "MARIA"),
    "its end may be a filler read as K": passport().replace("MARIA" + "<" * 26, "MARIA" + "K" * 26),
    "letters stand behind it": passport().replace("MARIA<<<<", "MARIA<<E<"),
    "last and given names were not parted": passport().replace("SANTOS<<MARIA<", "SANTOS MARIA<<"),
    "a digit stands in it that is no letter's likeness": passport().replace("MARIA", "MAR7A"),
}


@pytest.mark.parametrize("text", DOUBTED.values(), ids=DOUBTED.keys())
def test_a_name_is_unsure_where(text: str) -> None:
    readings = read(text)
    names = {what: percent for what, percent in percents(readings).items() if what.endswith("name")}
    assert names
    assert max(names.values()) < SURE_PERCENT
    assert percents(readings)["birth_date"] == PROVEN_PERCENT


def test_a_name_is_as_sure_as_its_line_and_a_date_as_its_check_digits() -> None:
    readings = read(passport(), percent=70)
    assert (percents(readings)["last_name"], percents(readings)["birth_date"]) == (70, PROVEN_PERCENT)
    assert coded_name(readings, PersonName("Maria", "", "Santos", "")) is Answer.CANNOT_TELL


@pytest.mark.parametrize(
    ("born", "found", "is_sure"),
    [
        ("1927-01-01", "1927-01-01", True),
        ("1926-11-24", "1926-11-24", True),
        ("2012-05-06", "2012-05-06", True),
        ("1920-05-06", "2020-05-06", False),
        ("2020-05-06", "2020-05-06", False),
        ("1904-02-29", "2004-02-29", True),
        ("2000-02-29", "2000-02-29", True),
    ],
)
def test_a_birth_is_past_and_unsure_where_a_child_may_be_very_old(born: str, found: str, is_sure: bool) -> None:
    readings = read(passport(born=born))
    assert values(readings)["birth_date"] == found
    assert (percents(readings)["birth_date"] >= SURE_PERCENT) is is_sure


@pytest.mark.parametrize(
    ("ends", "found"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2046-12-31", "2046-12-31"),
        ("1995-07-12", "1995-07-12"),
        ("2047-01-01", "1947-01-01"),
    ],
)
def test_an_end_is_in_the_years_for_which_papers_are_made(ends: str, found: str) -> None:
    assert values(read(passport(ends=ends)))["expiry_date"] == found


def test_days_that_no_calendar_has_are_not_given() -> None:
    digits = "740231"
    text = SPECIMENS["passport"].replace("7408122", digits + check_digit(digits))
    assert "birth_date" not in values(read(text))


def test_no_more_zones_are_read_than_lie_on_one_desk() -> None:
    assert len(read("\n".join([SPECIMENS["passport"]] * 9))) == 4 * len(ANNA)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet=SIGNS + " \t«kß²٣Å", max_size=60), max_size=5), st.integers(0, 4))
def test_nothing_that_can_be_read_makes_it_fail(texts: list[str], at: int) -> None:
    texts.insert(min(at, len(texts)), SPECIMENS["card"].split("\n")[at % 3])
    for reading in read("\n".join(texts)):
        assert reading.value.isprintable()


NAMES_OF_PASSPORTS = (
    ("MARIA", "", "SANTOS"),
    ("ANNA", "KATARZYNA", "VAN DER BERG"),
    ("ALEXANDRINA", "BARTHOLOMEA", "FEATHERSTONEHAUGH SMYTHE"),
)


def card(number: int) -> CardData:
    first, middle, last = NAMES_OF_PASSPORTS[number]
    return CardData(
        first=first,
        middle=middle,
        last=last,
        suffix="",
        born=date(1950 + 9 * number, 3, 4),
        issued=date(2020, 1, 1),
        expires=date(2029, 5, 6 + number),
        sex="F",
        number="A61706749",
        street="1 ELM ST",
        city="HARTFORD",
        state="CT",
        zip5="06103",
        height_inches=66,
        eyes="BRO",
        is_license=False,
    )


@pytest.fixture(scope="module")
def passports(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[CardData, DocumentFacts]]:
    """Photographed and text passports of three people, looked at in one go as in a night."""
    folder = tmp_path_factory.mktemp("passports")

    def made() -> Iterator[tuple[str, Path]]:
        for number in range(len(NAMES_OF_PASSPORTS)):
            sheet = passport_sheet(card(number), Random(number))
            for kind, data in (("jpg", jpeg_of(passport_image(sheet), 50)), ("pdf", sheet_to_pdf(sheet))):
                path = folder / f"{number}.{kind}"
                path.write_bytes(data)
                yield str(number), path

    return [(card(int(facts.sha256)), facts) for facts in read_documents(list(made()), 1)]


def test_passports_of_the_sampler_are_read_by_their_zones_as_text_and_as_pictures(
    passports: list[tuple[CardData, DocumentFacts]],
) -> None:
    assert sorted(facts.text_source for _, facts in passports) == ["layer"] * 3 + ["ocr"] * 3
    for owner, facts in passports:
        assert values(facts.readings)["birth_date"] == owner.born.isoformat()
        assert values(facts.readings)["expiry_date"] == owner.expires.isoformat()
        assert values(facts.readings)["last_name"] == owner.last
        assert percents(facts.readings)["expiry_date"] == PROVEN_PERCENT
        name = PersonName(owner.first, owner.middle, owner.last, "")
        told = identity_facts(facts, name, owner.born, TODAY)
        assert (told["identity_name"], told["identity_birth_date"]) == (Answer.AGREES, Answer.AGREES)
        assert (told["identity_expires_on"], told["identity_kind_seen"]) == (owner.expires, "passport")


def test_the_lines_of_a_bank_statement_are_no_zone_though_check_digits_happen_to_hold() -> None:
    rows = ["11/04\tGas Station\t-0.51\t1,545.52", "11/06\tGas Station\t107.38\t1,652.90"]
    assert not read("\n".join([*rows, "Ending balance on 11/19: $1,652.90", "In case of errors or questions"]))
    rows = ["10/18\tGas Station\t19.21\t8,439.78", "10/20\tGas Station\t26.10\t8,465.88"]
    assert not read(
        "\n".join([*rows, "10/22\tGas Station\t117.33\t8,583.20", "10/24\tOnline Transfer\t51.00\t8,634.20"])
    )
