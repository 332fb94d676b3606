"""Bytes as text of the QR code's alphanumeric set (RFC 9285): two bytes in three characters."""

import struct
from functools import cache
from itertools import product

from tasks.tokens.errors import Refusal, TokenError

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_PAIR, _SQUARE = 45, 45 * 45


def encode(data: bytes) -> str:
    """The text of these bytes."""
    whole = len(data) // 2
    triples = _triples()
    text = "".join(map(triples.__getitem__, struct.unpack_from(f">{whole}H", data)))
    return text + triples[data[-1]][:2] if len(data) % 2 else text


def decode(text: str) -> bytes:
    """The bytes of this text; each byte string has exactly one text.

    Raises:
        TokenError: a character is not of the alphabet, the length cannot be, or a group stands for no bytes.
    """
    try:
        values = list(map(_VALUES.__getitem__, text))
    except KeyError:
        raise _damaged("it holds a character that such codes never have") from None
    if len(values) % 3 == 1:
        raise _damaged("a part of it is missing")
    tail = len(values) - len(values) % 3
    numbers = [a + _PAIR * b + _SQUARE * c for a, b, c in zip(*(values[at:tail:3] for at in range(3)), strict=True)]
    last = [values[tail] + _PAIR * values[tail + 1]] if tail < len(values) else []
    if max(numbers, default=0) > 0xFFFF or max(last, default=0) > 0xFF:
        raise _damaged("a group of its characters stands for nothing")
    return struct.pack(f">{len(numbers)}H", *numbers) + bytes(last)


@cache
def _triples() -> list[str]:
    """The three characters of every 16-bit number, least significant first."""
    return ["".join(reversed(three)) for three in product(ALPHABET, repeat=3)][: 1 << 16]


def _damaged(why: str) -> TokenError:
    return TokenError(Refusal.DAMAGED, f"The code is damaged: {why}. Scan it again, or copy the whole text.")
