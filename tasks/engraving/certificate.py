"""One order into one page."""

import hashlib
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from registry.issuance import IssuanceOrder
from tasks.engraving import TEMPLATE_VERSION
from tasks.engraving.card import draw_card
from tasks.engraving.content import content, ounces
from tasks.engraving.draft import Draft
from tasks.engraving.layout import THEMES
from tasks.engraving.letter import draw_letter
from tasks.engraving.sheet import Sheet
from tasks.engraving.wording import fingerprint, load


def draw(order: IssuanceOrder) -> bytes:
    """The bytes of the order's certificate; see `tasks.engraving.draw`."""
    wording = load()
    sheet = Sheet(
        title=f"{wording.titles.of(order.kind).capitalize()} {order.serial}",
        author=f"{wording.agency.state}, {wording.agency.department}",
        template=TEMPLATE_VERSION,
        identity=order_digest(order)[:32],
        day=order.issued_on,
    )
    draft = Draft(sheet, content(order, wording), wording, order.kind, THEMES[order.kind])
    draw_letter(draft)
    draw_card(draft)
    return sheet.finished()


def order_digest(order: IssuanceOrder) -> str:
    """SHA-256 in hex over the order's content, the template and the wording: the file's identity."""
    parts = (TEMPLATE_VERSION, fingerprint(), *_parts(order))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _parts(value: Any) -> list[str]:
    if is_dataclass(value):
        return [part for field in fields(value) for part in _parts(getattr(value, field.name))]
    if isinstance(value, Decimal):
        return [ounces(value)]
    return [value.isoformat() if isinstance(value, date) else str(value)]
