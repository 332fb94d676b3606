"""What a card's barcode says, in the versions of the standard and in the ways that states write them."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.documents.aamva import fields_and_doubts, fields_of, is_card

MODERN = (
    "DCAD\nDCBNONE\nDCDNONE\nDBA04022031\nDCSWINTERBOURNE\nDACPERPETUA\nDADLEONIE\nDBD03222023\nDBB04021975\nDBC2\n"
    "DAYBLU\nDAU064 IN\nDAG77 QUILL ST\nDAITORRINGTON\nDAJCT\nDAK067901234\nDAQ123456789\nDCFX1\nDCGUSA\n"
    "DDEN\nDDFN\nDDGN"
)
PERSON = {
    "first_name": "PERPETUA",
    "middle_name": "LEONIE",
    "last_name": "WINTERBOURNE",
    "birth_date": "1975-04-02",
    "issue_date": "2023-03-22",
    "expiry_date": "2031-04-02",
    "street": "77 QUILL ST",
    "city": "TORRINGTON",
    "state": "CT",
    "zip": "06790-1234",
}


def card(elements: str, header: str = "ANSI 636006100001DL00310250DL", lead: str = "@\n\x1e\r") -> str:
    """A card's text around these elements."""
    return f"{lead}{header}{elements}\r"


def one(element: str) -> dict[str, str]:
    """The fields of a card with this element before all others."""
    return fields_of(card(f"{element}\nDAQ1\nDCAD\nDCBNONE\nDCDNONE\nDCGUSA"))


@pytest.mark.parametrize("version", ["02", "03", "04", "05", "06", "07", "08", "09", "10"])
def test_a_card_of_each_later_version_gives_all_its_fields(version: str) -> None:
    text = card(MODERN, f"ANSI 636006{version}0002DL00410226ZC02670013DL") + "ZCZCABLU\nZCB\r"
    assert fields_and_doubts(text) == (PERSON, frozenset())
    assert is_card(text)


def test_version_01_has_the_name_in_one_element_and_the_year_first() -> None:
    text = card(
        "DAAWINTERBOURNE,PERPETUA,LEONIE\nDAG77 QUILL ST\nDAITORRINGTON\nDAJCT\nDAK067901234  \nDAQ123456789\nDARD   \n"
        "DAS          \nDBA20310402\nDBB19750402\nDBC2\nDBD20230322\nDAU504",
        "AAMVA6360060101DL00290179",
    )
    assert fields_of(text) == PERSON
    assert is_card(text)


def test_version_01_without_a_number_of_entries_has_the_residence_apart_and_dates_with_hyphens() -> None:
    text = card(
        "DABWINTERBOURNE\nDACPERPETUA\nDADLEONIE\nDAEJR\nDAGPO BOX 9\nDAIELSEWHERE\nDAJNC\nDAK27614\nDAL77 QUILL ST\n"
        "DAM\nDANTORRINGTON\nDAOCT\nDAP06790-1234\nDAQ1\nDBA04-02-2031\nDBB04-02-1975\nDBD03-22-2023",
        "AAMVA36004001DL00280200DL",
        "@\n\n",
    )
    assert fields_of(text) == {**PERSON, "name_suffix": "JR"}


@pytest.mark.parametrize(
    ("element", "first", "middle", "last", "suffix"),
    [
        ("DAAOKORIE,BASIL,,", "BASIL", "", "OKORIE", ""),
        ("DAAOKORIE,BASIL, ,", "BASIL", "", "OKORIE", ""),
        ("DAAOKORIE,BASIL,TEO RUI,JR", "BASIL", "TEO RUI", "OKORIE", "JR"),
        ("DAAOKORIE, BASIL TEO", "BASIL", "TEO", "OKORIE", ""),
        ("DAAVAN DER OKORIE,BASIL,TEO", "BASIL", "TEO", "VAN DER OKORIE", ""),
        ("DAAOKORIE$BASIL$TEO", "BASIL", "TEO", "OKORIE", ""),
        ("DAAOKORIE@BASIL@TEO", "BASIL", "TEO", "OKORIE", ""),
        ("DAABASIL TEO RUI OKORIE III", "BASIL", "TEO RUI", "OKORIE", "III"),
        ("DAABASIL OKORIE", "BASIL", "", "OKORIE", ""),
        ("DCSOKORIE,\nDCTBASIL,TEO", "BASIL", "TEO", "OKORIE", ""),
        ("DCSOKORIE\nDCTBASIL TEO RUI", "BASIL", "TEO RUI", "OKORIE", ""),
        ("DCSOKORIE\nDCTANA BASIL,TEO", "ANA BASIL", "TEO", "OKORIE", ""),
        ("DCSOKORIE\nDCTBASIL TEO\nDABOKORIE\nDACBASIL\nDADTEO", "BASIL", "TEO", "OKORIE", ""),
        ("DCSOKORIE\nDACBASIL T\nDAD", "BASIL T", "", "OKORIE", ""),
        ("DCSOKORIE\nDACBASIL\nDADTEO,RUI", "BASIL", "TEO RUI", "OKORIE", ""),
        ("DCSOKORIE,JR\nDACBASIL", "BASIL", "", "OKORIE", "JR"),
        ("DCSOKORIE,BASIL,TEO", "BASIL", "TEO", "OKORIE", ""),
        ("DCSOKORIE        \nDACBASIL    \nDADNONE     \nDCUNONE ", "BASIL", "", "OKORIE", ""),
        ("DCSOKORIE\nDACBASIL\nDADNMN\nDCUSR", "BASIL", "", "OKORIE", "SR"),
        ("DCSOKORIE\nDACFNU\nDADunavl", "", "", "OKORIE", ""),
        ("DCSNUÑEZ\nDACZOË", "ZOË", "", "NUÑEZ", ""),
    ],
)
def test_names_come_apart_as_states_write_them(element: str, first: str, middle: str, last: str, suffix: str) -> None:
    fields = one(element)
    names = (fields.get(f"{what}_name", "") for what in ("first", "middle", "last"))
    assert (*names, fields.get("name_suffix", "")) == (first, middle, last, suffix)


@pytest.mark.parametrize(
    ("coded", "day"),
    [
        ("04021975", "1975-04-02"),
        ("19750402", "1975-04-02"),
        ("12202019", "2019-12-20"),
        ("20191220", "2019-12-20"),
        ("20201912", ""),
        ("12312000", "2000-12-31"),
        ("04-02-1975", "1975-04-02"),
        ("1975-04-02", "1975-04-02"),
        ("04/02/1975  ", "1975-04-02"),
        ("02291996", "1996-02-29"),
        ("02291995", ""),
        ("00000000", ""),
        ("99999999", ""),
        ("04021875", ""),
        ("4021975", ""),
        ("NONE", ""),
        ("０４０２１９７５", ""),
    ],
)
def test_dates_come_in_two_orders_and_what_is_no_day_is_left_out(coded: str, day: str) -> None:
    assert one(f"DBB{coded}").get("birth_date", "") == day


@pytest.mark.parametrize(
    ("coded", "zip_code"),
    [
        ("067901234  ", "06790-1234"),
        ("067900000  ", "06790"),
        ("06790-1234", "06790-1234"),
        ("06790 1234 ", "06790-1234"),
        ("06790     0", "06790"),
        ("0679000000  ", "06790"),
        ("06790      ", "06790"),
        ("T4G 7A7    ", "T4G 7A7"),
        ("", ""),
    ],
)
def test_zips_come_with_four_more_digits_in_any_manner(coded: str, zip_code: str) -> None:
    assert one(f"DAK{coded}").get("zip", "") == zip_code


@pytest.mark.parametrize(
    ("elements", "street"),
    [
        ("DAG9 QUILL ST\nDAHAPT 4", "9 QUILL ST APT 4"),
        ("DAG9 QUILL ST APT\nDAH4", "9 QUILL ST APT 4"),
        ("DAG9 QUILL ST\nDAHNONE", "9 QUILL ST"),
        ("DAG9 QUILL ST\nDAHTORRINGTON, CT  06790\nDAITORRINGTON\nDAK06790", "9 QUILL ST"),
        ("DAG\nDAL9 QUILL ST", "9 QUILL ST"),
        ("DAG9   S QUILL ST,      ", "9 S QUILL ST"),
    ],
)
def test_a_second_line_of_the_street_is_part_of_it_unless_it_repeats_the_town(elements: str, street: str) -> None:
    assert one(elements)["street"] == street


@pytest.mark.parametrize(
    "text",
    [
        card(MODERN, lead="@a\n"),
        card(MODERN, lead="\ufeff@\r\n\x1e\r\n"),
        card(MODERN, lead="  @\n6M"),
        card(MODERN, "ANSI 636006100001DL"),
        card(MODERN, "ANSI 636006040002DL00410266ZW03070036"),
        card(MODERN, "ANSI 636006040002DL99990001ZW00000000DL"),
        card(MODERN, "ANSI 990876030001DLabacDL"),
        card("\n" + MODERN, "ANSI 636006080002DL00410266ZC03040010DL"),
        card(MODERN, "ANSI 636006080002ID00410266ZC03040010ID"),
        card(MODERN).replace("\n", "\r\n"),
        card(MODERN).replace("\n", "|"),
        card(MODERN).replace("\n", "<LF>").replace("\r", "<CR>"),
        card(MODERN).replace("\n", "\\n").replace("\r", "\\r"),
        card(MODERN).replace("\n", "\x90\r\n\x90"),
        card(MODERN).replace("\n", "          \n"),
        card(MODERN) + "ZCZCADACSOMEBODY\nZCBDCSELSE\r",
    ],
)
def test_the_header_and_the_separators_do_not_matter(text: str) -> None:
    assert fields_and_doubts(text) == (PERSON, frozenset())


def test_lower_case_is_read_as_well() -> None:
    assert fields_of(card(MODERN).lower())["last_name"] == "winterbourne"
    assert fields_of(card(MODERN).lower())["birth_date"] == "1975-04-02"


@pytest.mark.parametrize("separator", ["", " "])
def test_without_separators_the_fields_are_guessed_and_doubted(separator: str) -> None:
    fields, doubts = fields_and_doubts(card(MODERN).replace("\n", separator))
    assert fields == PERSON
    assert doubts == PERSON.keys()


@pytest.mark.parametrize(
    ("elements", "doubted"),
    [
        ("DCSOKORIE\nDDET\nDACBASIL\nDDFN", {"last_name"}),
        ("DCSOKORIE\nDDEN\nDACBASIL\nDDFT\nDADTEO\nDDGT", {"first_name", "middle_name"}),
        ("DCSOKORIE\nDDEU\nDACBASIL\nDDFU", set()),
        (f"DCS{'O' * 40}\nDDEU\nDACBASIL", {"last_name"}),
        (f"DCS{'O' * 40}\nDDEN\nDACBASIL", set()),
        ("DAAOKORIE-WINTERBOURNE,BASILIDES,THEODOR", {"first_name", "middle_name", "last_name"}),
        ("DAABASIL TEO OKORIE", {"first_name", "middle_name", "last_name"}),
        (f"DCSOKORIE\nDACBASIL\nDAG9 {'QUILL' * 7}\nDAI{'TOWN' * 5}", {"street", "city"}),
    ],
)
def test_what_was_cut_short_or_guessed_is_doubted(elements: str, doubted: set[str]) -> None:
    assert fields_and_doubts(card(f"{elements}\nDAQ1\nDCAD\nDCGUSA\nDBB04021975"))[1] == doubted


def test_the_document_number_is_not_kept() -> None:
    assert "123456789" not in fields_of(card(MODERN)).values()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "https://example.org/DAQ/DBB",
        "@\n\x1e\rANSI 636006",
        card("DCSOKORIE\nDACBASIL"),
        card("DAQ1\nDCSOKORIE"),
        "xx" + card(MODERN),
    ],
)
def test_what_lacks_the_header_a_number_or_a_date_is_no_card(text: str) -> None:
    assert not is_card(text)


HEADERS = (
    "@\n\x1e\rANSI 636006100001DL00310250",
    "AAMVA6360060101DL00290179",
    "DL",
    "\n",
    "\r",
    ",",
    " ",
    "$",
    "NONE",
    "JR",
)
CODES = ("DAA", "DCS", "DAC", "DCT", "DDET", "DAK", "DAG", "DAH", "DAI", "DAL", "DBB", "DBA", "DBD")
DAYS = ("19991332", "02301999", "19990228", "02281999", "13", "¼٣")
PIECES = st.sampled_from([*HEADERS, *CODES, *DAYS])
WHATS = PERSON.keys() | {"name_suffix"}


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=9)), max_size=40).map("".join)))
def test_no_text_raises_or_gives_a_day_that_is_none(text: str) -> None:
    for whole in (text, card(text)):
        is_card(whole)
        fields, doubts = fields_and_doubts(whole)
        assert doubts <= fields.keys() <= WHATS
        for what, value in fields.items():
            assert value == value.strip() != ""
            assert value.isprintable()
            if what.endswith("_date"):
                assert re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", value, re.ASCII)
                assert date.fromisoformat(value)
