"""The page as it looks, beside the picture of it that was looked at and found good.

After a change that is meant, make the pictures anew, look at them, and commit them:

    NUTMEG_NEW_GOLDEN=1 python -m pytest tests/unit/certificates/test_golden.py
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from registry.issuance import IssuanceOrder
from tasks.engraving import layout
from tasks.engraving.card import CODE_BOX
from tasks.proofing.reading import Area, opened, picture_of
from tests.unit.certificates.variants import VARIANTS

FOLDER = Path(__file__).parent / "golden"
PIXELS_PER_POINT = 60 / 72
MUCH = 40
"""Levels of grey; letters are smoothed a little differently by each version of the reader."""
FEW = 0.005
"""Of all pixels."""
LARGEST_BYTES = 40_000


def picture(pdf: bytes) -> Any:
    """The page at 60 dpi, grey; white where the code is, which every key draws otherwise."""
    with opened(pdf) as page:
        seen = picture_of(page, Area(0, 0, *layout.PAGE), PIXELS_PER_POINT).copy()
    left, bottom, width, height = (side * PIXELS_PER_POINT for side in CODE_BOX)
    top = seen.shape[0] - bottom - height
    seen[int(top) - 1 : int(top + height) + 2, int(left) - 1 : int(left + width) + 2] = 255
    return seen


def difference(one: Any, other: Any) -> float:
    """The share of pixels that differ much; 1 for pictures of different sizes."""
    if one.shape != other.shape:
        return 1.0
    return float((np.abs(one.astype(int) - other) > MUCH).mean())


def golden(called: str) -> Path:
    return FOLDER / f"{called.replace(' ', '-')}.png"


@pytest.mark.parametrize("called", VARIANTS)
def test_the_page_looks_as_it_was_found_good(draw: Callable[[IssuanceOrder], bytes], called: str) -> None:
    seen = picture(draw(VARIANTS[called]))
    if os.environ.get("NUTMEG_NEW_GOLDEN"):
        Image.fromarray(seen).quantize(16).save(golden(called), optimize=True)
    wanted = np.asarray(Image.open(golden(called)).convert("L"))
    assert difference(seen, wanted) <= FEW


def test_a_label_that_moved_by_a_line_is_seen(
    monkeypatch: pytest.MonkeyPatch, draw_slowly: Callable[[IssuanceOrder], bytes], order: IssuanceOrder
) -> None:
    right = picture(draw_slowly(order))
    monkeypatch.setattr(layout, "GREETING_BASELINE", layout.GREETING_BASELINE - 6)
    assert difference(picture(draw_slowly(order)), right) > FEW


def test_the_kinds_differ_at_a_glance(draw: Callable[[IssuanceOrder], bytes]) -> None:
    assert difference(picture(draw(VARIANTS["temporary"])), picture(draw(VARIANTS["permanent"]))) > FEW


def test_the_pictures_are_those_of_the_variants_and_small() -> None:
    found = sorted(FOLDER.glob("*"))
    assert found == sorted(map(golden, VARIANTS))
    assert max(path.stat().st_size for path in found) <= LARGEST_BYTES
