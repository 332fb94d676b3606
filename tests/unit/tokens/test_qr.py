import random

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tasks.tokens import qr, qr_layout
from tasks.tokens.base45 import ALPHABET
from tasks.tokens.errors import Refusal, TokenError

CAPACITIES = {5: 122, 6: 154, 7: 178, 8: 221, 9: 262, 10: 311, 11: 366, 12: 419}
"""Characters of alphanumeric mode at level M (ISO/IEC 18004, table 7)."""
MASKS = (
    lambda i, j: (i + j) % 2,
    lambda i, j: (i + 0 * j) % 2,
    lambda i, j: (j + 0 * i) % 3,
    lambda i, j: (i + j) % 3,
    lambda i, j: (i // 2 + j // 3) % 2,
    lambda i, j: i * j % 2 + i * j % 3,
    lambda i, j: (i * j % 2 + i * j % 3) % 2,
    lambda i, j: ((i + j) % 2 + i * j % 3) % 2,
)


def scanned(drawn: NDArray[np.bool_]) -> str:
    image = np.where(np.pad(drawn, 4), 0, 255).astype(np.uint8).repeat(4, 0).repeat(4, 1)
    [found] = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    assert found.ec_level == "M"
    return found.text


def random_text(length: int, seed: int = 0) -> str:
    return "".join(random.Random(f"{length} {seed}").choices(ALPHABET, k=length))


def independent(text: str) -> NDArray[np.bool_]:
    """The code of another encoder, its data brought under our mask."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    theirs = np.array(code.to_image(scale=1, add_quiet_zones=False)) == 0
    size = len(theirs)
    mask = int("".join(str(int(theirs[8, column])) for column in (2, 3, 4)), 2) ^ 0b101
    rows, columns = np.indices((size, size))
    _, is_fixed = qr_layout._patterns((size - 17) // 4, size)
    changed = (MASKS[mask](rows, columns) == 0) ^ (MASKS[3](rows, columns) == 0)
    return theirs ^ (changed & ~is_fixed)


def without_format(drawn: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The code with what says its mask left out."""
    out = drawn.copy()
    out[8, :9] = out[:9, 8] = out[8, -8:] = out[-7:, 8] = False
    return out


@pytest.mark.parametrize("length", range(1, 420))
def test_a_text_of_any_length_scans_to_itself(length: int) -> None:
    text = random_text(length)
    assert scanned(qr.modules(text)) == text


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=ALPHABET, min_size=1, max_size=419))
def test_any_text_of_the_set_scans_to_itself(text: str) -> None:
    assert scanned(qr.modules(text)) == text


@pytest.mark.parametrize("length", [*range(110, 420, 3), *CAPACITIES.values()])
def test_every_module_is_that_of_another_encoder(length: int) -> None:
    text = random_text(length)
    ours, theirs = qr.modules(text), independent(text)
    assert ours.shape == theirs.shape
    assert (without_format(ours) == without_format(theirs)).all()


def test_the_smallest_version_that_holds_the_text_is_chosen() -> None:
    for version, most in CAPACITIES.items():
        assert len(qr.modules("A" * most)) == 4 * version + 17
        if version < 12:
            assert len(qr.modules("A" * (most + 1))) == 4 * version + 21


def test_a_text_that_no_version_holds_goes_to_a_person() -> None:
    with pytest.raises(TokenError, match="person") as caught:
        qr.modules("A" * 420)
    assert caught.value.refusal is Refusal.TOO_LONG


@pytest.mark.parametrize("text", ["a", "CT1:é", "CT1:王", "CT1:\0", "CT1:?"])
def test_a_character_outside_of_the_set_is_refused(text: str) -> None:
    with pytest.raises(TokenError, match="another set"):
        qr.modules(text)


def test_a_code_survives_the_damage_that_its_level_promises() -> None:
    text = random_text(241)
    drawn = qr.modules(text).copy()
    drawn[20:33, 20:33] ^= np.random.default_rng(1).random((13, 13)) < 0.5
    assert scanned(drawn) == text


def test_the_same_text_gives_the_same_code_and_no_call_changes_an_earlier_one() -> None:
    first = qr.modules("CT1:A")
    kept = first.copy()
    qr.modules("CT1:B")
    assert (first == kept).all()
    assert (qr.modules("CT1:A") == kept).all()


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 30), st.integers(0, 2**32))
def test_the_rectangles_cover_the_dark_modules_and_nothing_twice(size: int, seed: int) -> None:
    drawn = np.random.default_rng(seed).random((size, size)) < 0.5
    painted = np.zeros((size, size), int)
    for x, y, width, height in qr.runs(drawn):
        painted[y : y + height, x : x + width] += 1
    assert (painted == drawn).all()


def test_neighbours_in_a_row_are_one_rectangle() -> None:
    assert qr.runs(np.ones((2, 2), bool)) == [(0, 0, 2, 1), (0, 1, 2, 1)]
