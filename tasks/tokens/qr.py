"""QR codes for tokens, quickly: alphanumeric mode, level M, versions 5 to 12, always mask 3.

Trying all eight masks is what makes encoders slow, and every reader undoes any of them. With the mask fixed, a code is
linear in its bits over GF(2): check codewords are the XOR of table rows, and modules are looked up.
"""

from functools import cache, lru_cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from tasks.tokens.base45 import ALPHABET
from tasks.tokens.errors import Refusal, TokenError
from tasks.tokens.qr_layout import VERSIONS, Bytes, count_bits, data_bits, layout

_MODE, _MODE_BITS = 0b0010, 4
_PAIR_BITS, _SINGLE_BITS = 11, 6
_PADS = (0b1110_1100, 0b0001_0001)
_NO_VALUE = 255
_VALUES = np.full(256, _NO_VALUE, np.uint8)
_VALUES[list(ALPHABET.encode())] = range(45)


def modules(text: str) -> NDArray[np.bool_]:
    """The modules of the smallest code that holds this text: [row, column], dark is True, no quiet zone.

    Raises:
        TokenError: it is too long for version 12, or has a character outside of the alphanumeric set.
    """
    version = _version(len(text))
    shape = layout(version)
    data = _data_codewords(text, version)
    rows = shape.checks[np.arange(shape.data_codewords), data]
    checks = np.bitwise_xor.reduceat(rows, shape.starts, axis=0).view(np.uint8)[:, : shape.check_codewords]
    bits = np.unpackbits(np.concatenate((data, checks.ravel(), _ONE_ZERO)))
    drawn = bits.take(shape.source)
    drawn ^= shape.base
    return drawn.view(np.bool_).reshape(shape.size, shape.size)


def runs(drawn: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """The dark modules as rectangles (x, y, width, height) in modules, one module high, from the top left corner."""
    columns, rows, widths = run_arrays(drawn)
    return list(zip(columns.tolist(), rows.tolist(), widths.tolist(), repeat(1)))


def run_arrays(drawn: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Column, row and width of each run of dark modules, for who writes them by table; twice as quick as `runs`."""
    size = len(drawn)
    framed = np.zeros((size, size + 2), np.bool_)
    framed[:, 1:-1] = drawn
    edges = np.flatnonzero(framed[:, 1:] != framed[:, :-1])
    starts = edges[::2]
    rows, columns = np.divmod(starts, size + 1)
    return columns, rows, edges[1::2] - starts


_ONE_ZERO = np.zeros(1, np.uint8)
"""the bit of modules that carry none"""


def _data_codewords(text: str, version: int) -> Bytes:
    """Mode, count, characters, end, and padding up to the version's capacity."""
    values = _VALUES[np.frombuffer(text.encode("latin-1", "replace"), np.uint8)].astype(np.uint16)
    if values.max(initial=0) == _NO_VALUE:
        raise TokenError(Refusal.DAMAGED, "A QR code of ours cannot hold this text: it has a character of another set.")
    pairs, head = len(values) // 2, _MODE_BITS + count_bits(version)
    bits = _frame(version, len(values)).copy()
    end = head + _PAIR_BITS * pairs
    doubled = (values[0 : 2 * pairs : 2] * 45 + values[1::2]).astype(">u2").view(np.uint8)
    bits[head:end] = np.unpackbits(doubled).reshape(-1, 16)[:, -_PAIR_BITS:].ravel()
    if len(values) % 2:
        bits[end : end + _SINGLE_BITS] = np.unpackbits(values[-1:].astype(np.uint8))[-_SINGLE_BITS:]
    return np.packbits(bits)


@lru_cache(maxsize=512)
def _frame(version: int, length: int) -> Bytes:
    """The data bits of a text of that length, its characters left zero."""
    head = _MODE_BITS + count_bits(version)
    number = _MODE << count_bits(version) | length
    used = head + _bits(length)
    capacity = data_bits(version)
    # The end is four zeros, fewer where there is no room; a stream that then ends with a byte gets no zero byte more.
    full = -(-min(used + 4, capacity) // 8)
    bits = np.zeros(capacity, np.uint8)
    bits[:head] = [number >> at & 1 for at in reversed(range(head))]
    pads = np.resize(np.array(_PADS, np.uint8), capacity // 8 - full)
    bits[8 * full :] = np.unpackbits(pads)
    bits.flags.writeable = False
    return bits


@cache
def _version(length: int) -> int:
    for version in VERSIONS:
        if _MODE_BITS + count_bits(version) + _bits(length) <= data_bits(version):
            return version
    raise TokenError(
        Refusal.TOO_LONG,
        "The name is too long for the code on a certificate. A person has to decide on its short form.",
    )


def _bits(length: int) -> int:
    return _PAIR_BITS * (length // 2) + _SINGLE_BITS * (length % 2)
