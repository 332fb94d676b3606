import ctypes
from collections.abc import Callable

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from registry.issuance import IssuanceOrder

AA = 4.5


def luminance(red: float, green: float, blue: float) -> float:
    """WCAG 2.1, relative luminance of sRGB."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (red / 255, green / 255, blue / 255)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    dark, light = sorted((luminance(*one), luminance(*other)))
    return (light + 0.05) / (dark + 0.05)


def fill_of(thing: object) -> tuple[int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    assert pdfium.FPDFPageObj_GetFillColor(thing, *parts)
    return parts[0].value, parts[1].value, parts[2].value


def texts_on_grounds(pdf: bytes) -> list[tuple[str, float]]:
    """Each text with its contrast against the last box that was filled under it."""
    page = pypdfium2.PdfDocument(pdf)[0]
    text_page = page.get_textpage()
    grounds: list[tuple[tuple[float, float, float, float], tuple[int, int, int]]] = []
    found = []
    for thing in page.get_objects(textpage=text_page):
        left, bottom, right, top = thing.get_bounds()
        if thing.type == pdfium.FPDF_PAGEOBJ_PATH:
            mode, stroke = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDFPath_GetDrawMode(thing, mode, stroke)
            if mode.value:
                grounds.append(((left, bottom, right, top), fill_of(thing)))
            continue
        x, y = (left + right) / 2, (bottom + top) / 2
        under = [colour for (west, south, east, north), colour in grounds if west <= x <= east and south <= y <= north]
        found.append((thing.extract(), contrast(fill_of(thing), under[-1] if under else (255, 255, 255))))
    return found


def test_black_on_white_has_the_known_contrast() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


def test_every_text_keeps_the_contrast_of_wcag_aa(
    draw: Callable[[IssuanceOrder], bytes], variant: IssuanceOrder
) -> None:
    measured = texts_on_grounds(draw(variant))
    assert len(measured) > 50
    assert [text for text, ratio in measured if ratio < AA] == []
    assert min(ratio for _, ratio in measured) < 12, "white on the band, and grey on the tint, were seen"
