"""Barcodes and machine readable lines are the real thing."""

from datetime import date

import pytest
import zxingcpp

from tasks.sampling.machine_zones import (
    CardData,
    aamva_text,
    barcode_image,
    check_digit,
    fits_passport,
    passport_lines,
)

CARD = CardData(
    first="MARIA",
    middle="DEL CARMEN",
    last="O'NEILL-GARCIA",
    suffix="",
    born=date(1980, 1, 2),
    issued=date(2022, 1, 3),
    expires=date(2029, 1, 2),
    sex="F",
    number="123456789",
    street="12 FARMINGTON AVE APT 3B",
    city="HARTFORD",
    state="CT",
    zip5="06105",
    height_inches=65,
    eyes="BRO",
    is_license=True,
)


@pytest.mark.parametrize(
    ("field", "digit"),
    [
        ("L898902C3", "6"),
        ("740812", "2"),
        ("120415", "9"),
        ("ZE184226B<<<<<", "1"),
        ("D23145890", "7"),
        ("AB2134<<<", "5"),
    ],
)
def test_check_digits_agree_with_the_examples_of_icao_9303(field: str, digit: str) -> None:
    assert check_digit(field) == digit


def test_passport_lines_are_44_long_and_every_check_digit_is_right() -> None:
    first, second = passport_lines("O'NEILL-GARCIA", "MARIA DEL CARMEN", "A12345678", CARD.born, "F", CARD.expires)
    assert first == "P<USAONEILL<GARCIA<<MARIA<DEL<CARMEN".ljust(44, "<")
    assert len(second) == 44
    number, birth, expiry = second[0:9], second[13:19], second[21:27]
    assert (birth, expiry) == ("800102", "290102")
    assert (second[9], second[19], second[27]) == tuple(map(check_digit, (number, birth, expiry)))
    assert second[43] == check_digit(second[0:10] + second[13:20] + second[21:43])


def test_a_name_that_would_be_cut_does_not_fit_a_passport() -> None:
    assert fits_passport("GARCIA", "MARIA DEL CARMEN")
    assert not fits_passport("FEATHERSTONEHAUGH-CHOLMONDELEY-WARBURTON", "HILDEGARD")


def test_a_barcode_reads_back_byte_for_byte_from_its_picture() -> None:
    text = aamva_text(CARD)
    [barcode] = zxingcpp.read_barcodes(barcode_image(text))
    assert barcode.bytes == text.encode("ascii")


def test_the_directory_points_at_the_subfiles() -> None:
    text = aamva_text(CARD)
    assert text.startswith("@\n\x1e\rANSI 636006100002DL")
    for entry in (text[21:31], text[31:41]):
        kind, start, length = entry[:2], int(entry[2:6]), int(entry[6:10])
        assert text[start : start + 2] == kind
        assert text[start + length - 1] == "\r"
