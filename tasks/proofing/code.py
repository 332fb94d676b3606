"""The code on the card, as a reader at the counter takes it from the printed page."""

from collections.abc import Iterator
from typing import Any

import zxingcpp

from registry.credential import Credential
from registry.issuance import IssuanceOrder
from tasks.proofing.comparing import same_text
from tasks.proofing.reading import Area, picture_of
from tasks.tokens.cwt import read
from tasks.tokens.errors import TokenError
from tasks.tokens.keyring import Keyring

_PIXELS_PER_POINT = 2.0
"""144 dpi: what a cheap printer and an old telephone still show."""
_LEAST_SIDE = 1.5 * 72
"""Of the code, in points."""


def code_problems(page: Any, back: Area, order: IssuanceOrder, keys: Keyring) -> Iterator[str]:
    """Everything in which the code on the card's back and the order disagree."""
    found = zxingcpp.read_barcodes(
        picture_of(page, back, _PIXELS_PER_POINT), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    if len(found) != 1:
        yield "code: it cannot be read from the printed card"
        return
    place = found[0].position
    side = min(
        _distance(place.top_left, place.top_right),
        _distance(place.top_left, place.bottom_left),
    )
    if side < (_LEAST_SIDE - 1) * _PIXELS_PER_POINT:
        yield "code: it is less than an inch and a half wide"
    try:
        said = read(found[0].text, keys.public)
    except TokenError as error:
        yield f"code: {error}"
        return
    yield from _differences(said, order)


def _differences(said: Credential, order: IssuanceOrder) -> Iterator[str]:
    wanted = {
        "serial": (said.serial, order.serial),
        "registration number": (said.registration_number, order.registration_number),
        "role": (said.role, order.role),
        "kind": (said.kind, order.kind),
        "year of birth": (said.birth_year, order.date_of_birth.year),
        "valid from": (said.valid_from, order.issued_on),
        "expires": (said.expires_on, order.expires_on),
    }
    yield from (f"code: {field} differs from the order" for field, (one, other) in wanted.items() if one != other)
    if not same_text(said.name, order.name.in_full):
        yield "code: name differs from the order"


def _distance(one: zxingcpp.Point, other: zxingcpp.Point) -> float:
    return float(((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5)
