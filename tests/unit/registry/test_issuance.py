import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.issuance import is_serial, serial_number


@given(st.integers(2020, 2099), st.integers(1, 9_999_999))
def test_every_serial_is_one(year: int, sequence: int) -> None:
    assert is_serial(serial_number(year, sequence))


@given(st.integers(1, 9_999_999), st.data())
def test_one_wrong_digit_is_always_noticed(sequence: int, data: st.DataObject) -> None:
    serial = serial_number(2026, sequence)
    place = data.draw(st.sampled_from([i for i, sign in enumerate(serial) if sign.isdigit()]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != serial[place]]))
    assert not is_serial(serial[:place] + digit + serial[place + 1 :])


@pytest.mark.parametrize("text", ["", "MM26", "MM26-0000001", "XX26-0000001-01", "MM26-000000a-01", "MM26-٠٠٠٠٠٠١-12"])
def test_anything_else_is_not_a_serial(text: str) -> None:
    assert not is_serial(text)
