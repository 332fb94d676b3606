"""The fixed parts of a QR code (ISO/IEC 18004) of versions 5 to 12, level M, mask 3: capacities, patterns, order.

Computed once per version and kept; `tasks.tokens.qr` looks up in it.
"""

from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_BLOCKS = {
    5: (24, (43,) * 2),
    6: (16, (27,) * 4),
    7: (18, (31,) * 4),
    8: (22, (38, 38, 39, 39)),
    9: (22, (36, 36, 36, 37, 37)),
    10: (26, (43, 43, 43, 43, 44)),
    11: (30, (50, 51, 51, 51, 51)),
    12: (22, (36, 36, 36, 36, 36, 36, 37, 37)),
}
"""Version -> check codewords of each block, data codewords of each block (ISO/IEC 18004, table 9, level M)."""
_ALIGNMENT = {
    5: (6, 30),
    6: (6, 34),
    7: (6, 22, 38),
    8: (6, 24, 42),
    9: (6, 26, 46),
    10: (6, 28, 50),
    11: (6, 30, 54),
    12: (6, 32, 58),
}
"""Version -> the rows, and columns, of the centers of alignment patterns (annex E)."""
VERSIONS = tuple(_BLOCKS)
_FORMAT = 0b00_011
"""level M, mask 3"""
_FORMAT_DIVISOR, _FORMAT_MASK = 0b101_0011_0111, 0b101_0100_0001_0010
_VERSION_DIVISOR = 0b1_1111_0010_0101
_FIELD = 0x11D
"""x^8 + x^4 + x^3 + x^2 + 1, by which the field of 256 elements is made"""


@dataclass(frozen=True, slots=True)
class Layout:
    """One version, ready for looking up."""

    size: int
    """modules on a side"""
    data_codewords: int
    checks: NDArray[np.uint64]
    """[place of a data codeword, its value] -> what it adds to its block's check codewords, 8 of them in a word"""
    check_codewords: int
    """of each block; the words above are filled up with zeros"""
    starts: NDArray[np.intp]
    """place of the first data codeword of each block"""
    source: NDArray[np.intp]
    """module, row by row -> the bit drawn there, among data bits, then check bits, block after block, then one zero"""
    base: Bytes
    """module, row by row -> the fixed pattern, or the mask where there is data"""


def data_bits(version: int) -> int:
    """How many bits of data a version holds."""
    return 8 * sum(_BLOCKS[version][1])


def count_bits(version: int) -> int:
    """How many bits the number of characters takes in alphanumeric mode (table 3)."""
    return 9 if version < 10 else 11


@cache
def layout(version: int) -> Layout:
    """The layout of a version from 5 to 12."""
    checks_each, blocks = _BLOCKS[version]
    size, data = 4 * version + 17, sum(blocks)
    pattern, is_fixed = _patterns(version, size)
    path = _path(is_fixed)
    rows, columns = np.divmod(np.arange(size * size), size)
    mask = ((rows + columns) % 3 == 0).astype(np.uint8)
    order = _bit_order(checks_each, blocks)
    source = np.full(size * size, 8 * (data + checks_each * len(blocks)), np.intp)
    source[path[: len(order)]] = order
    return Layout(
        size=size,
        data_codewords=data,
        checks=np.concatenate([_check_table(checks_each, length) for length in blocks]),
        check_codewords=checks_each,
        starts=np.cumsum((0, *blocks[:-1])),
        source=source,
        base=np.where(is_fixed.ravel(), pattern.ravel(), mask).astype(np.uint8),
    )


def _bit_order(checks_each: int, blocks: tuple[int, ...]) -> NDArray[np.intp]:
    """The bits in the order of drawing: codewords of all blocks in turn, data first, then checks (clause 7.6)."""
    starts = [sum(blocks[:at]) for at in range(len(blocks))]
    turns = product(range(max(blocks)), range(len(blocks)))
    data = [starts[block] + turn for turn, block in turns if turn < blocks[block]]
    checks = [
        sum(blocks) + block * checks_each + turn for turn, block in product(range(checks_each), range(len(blocks)))
    ]
    return (8 * np.array(data + checks)[:, None] + np.arange(8)).ravel()


def _path(is_fixed: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The free modules in the order in which bits are placed: two columns at a time, from the right, up and down."""
    size = len(is_fixed)
    found: list[int] = []
    rights = [right for right in range(size - 1, 0, -2) if right > 6] + [5, 3, 1]
    for turn, right in enumerate(rights):
        rows = range(size) if turn % 2 else range(size - 1, -1, -1)
        found += [row * size + column for row in rows for column in (right, right - 1) if not is_fixed[row, column]]
    return np.array(found)


def _patterns(version: int, size: int) -> tuple[Bytes, NDArray[np.bool_]]:
    """The modules that are the same in every code of the version, and where they are."""
    pattern = np.full((size, size), 2, np.uint8)
    pattern[6, :] = pattern[:, 6] = np.arange(size) % 2 == 0
    for row, column in product(_ALIGNMENT[version], repeat=2):
        if not _at_a_corner(row, column, size):
            pattern[row - 2 : row + 3, column - 2 : column + 3] = _rings(5)
    finder = np.pad(_rings(7), 1)
    pattern[:8, :8], pattern[:8, -8:], pattern[-8:, :8] = finder[1:, 1:], finder[1:, :-1], finder[:-1, 1:]
    _write_format(pattern)
    if version >= 7:
        _write_version(pattern, version)
    return pattern, pattern != 2


def _at_a_corner(row: int, column: int, size: int) -> bool:
    return (row, column) in {(6, 6), (6, size - 7), (size - 7, 6)}


def _rings(side: int) -> Bytes:
    """Dark, light, dark squares inside of each other, the innermost one (5) or three (7) modules wide."""
    away = np.abs(np.arange(side) - side // 2)
    distance = np.maximum(away[:, None], away)
    rings: Bytes = ((distance != side // 2 - 1) | (distance == 0)).astype(np.uint8)
    return rings


def _write_format(pattern: Bytes) -> None:
    """Level and mask, twice, and the module that is always dark (clause 7.9)."""
    bits = ((_FORMAT << 10) | _remainder(_FORMAT << 10, _FORMAT_DIVISOR)) ^ _FORMAT_MASK
    size = len(pattern)
    first = [(row, 8) for row in (0, 1, 2, 3, 4, 5, 7, 8)] + [(8, column) for column in (7, 5, 4, 3, 2, 1, 0)]
    second = [(8, size - 1 - at) for at in range(8)] + [(size - 7 + at, 8) for at in range(7)]
    for places in (first, second):
        for at, place in enumerate(places):
            pattern[place] = bits >> at & 1
    pattern[size - 8, 8] = 1


def _write_version(pattern: Bytes, version: int) -> None:
    """The version, twice (clause 7.10)."""
    bits = (version << 12) | _remainder(version << 12, _VERSION_DIVISOR)
    size = len(pattern)
    for at in range(18):
        long, short = at // 3, size - 11 + at % 3
        pattern[long, short] = pattern[short, long] = bits >> at & 1


def _remainder(value: int, divisor: int) -> int:
    """Of polynomials over GF(2)."""
    while value.bit_length() >= divisor.bit_length():
        value ^= divisor << (value.bit_length() - divisor.bit_length())
    return value


def _check_table(checks: int, length: int) -> NDArray[np.uint64]:
    """For each place in a block and each value: the remainder by the generator polynomial (Reed-Solomon)."""
    products, powers = _field()
    generator = np.array([1], np.uint8)
    for root in range(checks):
        grown = np.zeros(root + 2, np.uint8)
        grown[:-1] = generator
        grown[1:] ^= products[powers[root]][generator]
        generator = grown
    remainder = generator[1:]
    rows = [remainder]
    for _ in range(length - 1):
        rows.append(np.append(rows[-1][1:], np.uint8(0)) ^ products[rows[-1][0]][remainder])
    table = np.zeros((length, 256, -(-checks // 8) * 8), np.uint8)
    table[:, :, :checks] = products[:, np.array(rows[::-1])].transpose(1, 0, 2)
    return table.view(np.uint64)


@cache
def _field() -> tuple[Bytes, list[int]]:
    """The products of all pairs of the field's elements, and the powers of 2."""
    powers = [1]
    while len(powers) < 255:
        powers.append(powers[-1] << 1 ^ (_FIELD if powers[-1] & 0x80 else 0))
    logs = np.zeros(256, np.intp)
    logs[powers] = range(255)
    products = np.array(powers, np.uint8)[(logs[:, None] + logs) % 255]
    products[0, :] = products[:, 0] = 0
    return products, powers
