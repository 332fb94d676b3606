"""What machines read on identity documents: a license's barcode (AAMVA, version 10), a passport's lines (ICAO 9303)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import zxingcpp
from PIL import Image

CONNECTICUT_ISSUER = "636006"
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True, slots=True)
class CardData:
    """What is printed and encoded on one identity document; names in capital Latin letters."""

    first: str
    middle: str
    last: str
    suffix: str
    born: date
    issued: date
    expires: date
    sex: str
    number: str
    street: str
    city: str
    state: str
    zip5: str
    height_inches: int
    eyes: str
    is_license: bool
    """a driver's license; else a state identity card"""


def aamva_text(card: CardData) -> str:
    """The barcode's whole text: header, directory, and the subfiles DL or ID and ZC."""
    kind = "DL" if card.is_license else "ID"
    body = kind + "\n".join(_elements(card)) + "\r"
    state_body = "ZCZCA" + card.eyes + "\nZCB\r"
    start = 21 + 2 * 10
    directory = f"{kind}{start:04d}{len(body):04d}ZC{start + len(body):04d}{len(state_body):04d}"
    return f"@\n\x1e\rANSI {CONNECTICUT_ISSUER}100002{directory}{body}{state_body}"


def _elements(card: CardData) -> Iterable[str]:
    yield f"DCA{'D' if card.is_license else 'NONE'}"
    yield "DCBNONE"
    yield "DCDNONE"
    yield f"DBA{card.expires:%m%d%Y}"
    yield f"DCS{card.last[:40]}"
    yield f"DAC{card.first[:40]}"
    yield f"DAD{card.middle[:40] or 'NONE'}"
    yield f"DBD{card.issued:%m%d%Y}"
    yield f"DBB{card.born:%m%d%Y}"
    yield f"DBC{1 if card.sex == 'M' else 2}"
    yield f"DAY{card.eyes}"
    yield f"DAU{card.height_inches:03d} IN"
    yield f"DAG{card.street[:35]}"
    yield f"DAI{card.city[:20]}"
    yield f"DAJ{card.state}"
    yield f"DAK{card.zip5}0000"
    yield f"DAQ{card.number}"
    yield f"DCF{card.issued:%y%m%d}{card.number[-7:]}"
    yield "DCGUSA"
    yield from (f"{mark}{'T' if len(name) > 40 else 'N'}" for mark, name in _truncations(card))
    if card.suffix:
        yield f"DCU{card.suffix[:5]}"
    yield "DDAF"
    yield "DDB06012019"


def _truncations(card: CardData) -> tuple[tuple[str, str], ...]:
    return (("DDE", card.last), ("DDF", card.first), ("DDG", card.middle))


def barcode_image(text: str, scale: int = 3) -> Image.Image:
    """The text as a PDF417 symbol, so many pixels a module, rows three modules high."""
    symbol = zxingcpp.create_barcode(text.encode("ascii"), zxingcpp.PDF417, ec_level="3", columns=13)
    modules = memoryview(symbol.to_image(scale=1))  # type: ignore[arg-type]
    height, width = modules.shape or (0, 0)
    image = Image.frombytes("L", (width, height), modules.tobytes())
    return image.resize((image.width * scale, image.height * scale), Image.Resampling.NEAREST)


def check_digit(field: str) -> str:
    """ICAO 9303's digit: weights 7, 3, 1; letters count from 10, a filler counts nothing."""
    total = sum(_value(sign) * _WEIGHTS[place % 3] for place, sign in enumerate(field))
    return str(total % 10)


def _value(sign: str) -> int:
    return 0 if sign == "<" else int(sign, 36)


def fits_passport(last: str, givens: str) -> bool:
    """Whether the name stands in the 39 characters of a passport's first line without being cut."""
    return len(_mrz_letters(last)) + 2 + len(_mrz_letters(givens)) <= 39


def passport_lines(
    last: str, givens: str, number: str, born: date, sex: str, expires: date, nation: str = "USA"
) -> tuple[str, str]:
    """The two 44-character lines of a passport's machine readable zone."""
    name = f"{_mrz_letters(last)}<<{_mrz_letters(givens)}"[:39].ljust(39, "<")
    birth, end = f"{born:%y%m%d}", f"{expires:%y%m%d}"
    personal = "<" * 14
    numbered = number.ljust(9, "<")
    composite = f"{numbered}{check_digit(numbered)}{birth}{check_digit(birth)}{end}{check_digit(end)}{personal}0"
    second = f"{numbered}{check_digit(numbered)}{nation}{birth}{check_digit(birth)}{sex}{end}{check_digit(end)}"
    return f"P<{nation}{name}", f"{second}{personal}0{check_digit(composite)}"


def _mrz_letters(name: str) -> str:
    joined = "<".join(name.upper().replace("'", "").replace(".", "").replace("-", " ").split())
    return "".join(letter for letter in joined if letter == "<" or (letter.isascii() and letter.isalpha()))
