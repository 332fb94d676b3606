import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.tokens import base45
from tasks.tokens.errors import Refusal, TokenError


@pytest.mark.parametrize(
    ("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0")]
)
def test_the_examples_of_the_standard_hold(data: bytes, text: str) -> None:
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_come_back(data: bytes) -> None:
    text = base45.encode(data)
    assert set(text) <= set(base45.ALPHABET)
    assert base45.decode(text) == data


@settings(deadline=None)
@given(st.text(alphabet=base45.ALPHABET, max_size=40))
def test_a_text_is_refused_or_the_only_one_of_its_bytes(text: str) -> None:
    try:
        data = base45.decode(text)
    except TokenError:
        return
    assert base45.encode(data) == text


@pytest.mark.parametrize("text", ["GGW", "::", "BB8A", "bb8", "BB8\n", "ÄB8", "BB8:::", "U6"])
def test_what_stands_for_no_bytes_is_called_damaged(text: str) -> None:
    with pytest.raises(TokenError, match="damaged") as caught:
        base45.decode(text)
    assert caught.value.refusal is Refusal.DAMAGED
