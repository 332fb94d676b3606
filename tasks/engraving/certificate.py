"""One order into one page."""

import hashlib
from collections.abc import Hashable

from registry.issuance import IssuanceOrder
from tasks.engraving import TEMPLATE_VERSION, card, letter
from tasks.engraving.content import content
from tasks.engraving.draft import Draft
from tasks.engraving.outline import Outline, outline
from tasks.engraving.paper import Paper
from tasks.engraving.sheet import Imprint, Sheet
from tasks.engraving.slip import NotOrdinaryError, Slip
from tasks.engraving.template import Template
from tasks.engraving.wording import Wording, fingerprint, load
from tasks.signing.seal import Seal, sign


def draft_of(order: IssuanceOrder, token: str) -> Draft:
    """What the order's certificate says, and the text of its code.

    Raises:
        EngravingError: a field is empty that every certificate shows, or the wording cannot be loaded.
    """
    wording = load()
    return Draft(content(order, wording), wording, order.kind, token)


def imprint_of(order: IssuanceOrder, wording: Wording) -> Imprint:
    """What the order's file says of itself; nothing of it is the person's."""
    agency = wording.agency
    return Imprint(
        title=wording.titles.of(order.kind).capitalize(),
        author=f"{agency.state}, {agency.department}",
        place=agency.address[-1],
        template=TEMPLATE_VERSION,
        day=order.issued_on,
    )


def draw_reference(order: IssuanceOrder, draft: Draft) -> bytes:
    """The certificate as the PDF library writes it, its signature still empty.

    Raises:
        EngravingError: a text that does not fit or cannot be printed.
    """
    sheet = Sheet(outline(draft.content, draft.wording), imprint_of(order, draft.wording))
    letter.draw_form(sheet, draft)
    card.draw_form(sheet, draft)
    sheet.begin_facts()
    draw_facts(sheet, draft)
    return sheet.finished(identity(order, draft.token), card.CODE_BOX)


def draw_facts(paper: Paper, draft: Draft) -> None:
    """Draw what is the person's."""
    letter.draw_facts(paper, draft)
    card.draw_facts(paper, draft)


class Engraver:
    """Draws and signs certificates; what many of them share is drawn once."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal
        self._outlines: dict[Hashable, Outline] = {}
        self._templates: dict[Hashable, Template] = {}

    def draw(self, order: IssuanceOrder, token: str) -> bytes:
        """The signed certificate of this order: a PDF of one US-letter page, the same bytes for the same order and key.

        Args:
            order: what it says.
            token: what the code on its card says.

        Raises:
            EngravingError: the text does not fit, cannot be printed, or the wording cannot be loaded.
        """
        draft, name = draft_of(order, token), identity(order, token)
        shape = _shape(order, draft)
        if shape not in self._outlines:
            self._outlines[shape] = outline(draft.content, draft.wording)
        slip = Slip(self._outlines[shape])
        try:
            draw_facts(slip, draft)
        except NotOrdinaryError:
            return sign(draw_reference(order, draft), self._seal)
        if shape not in self._templates:
            self._templates[shape] = Template(draw_reference(order, draft), name, slip.content, self._seal)
        return self._templates[shape].signed(slip.content, name)


def _shape(order: IssuanceOrder, draft: Draft) -> Hashable:
    """What decides on all of the file but the personal part."""
    return order.kind, order.role, order.issued_on, tuple(draft.content.values), len(draft.content.paragraphs)


def identity(order: IssuanceOrder, token: str) -> str:
    """The file's ID: 32 hexadecimal digits, from everything it is made of."""
    return hashlib.sha256(f"{order_digest(order)}\x1f{token}".encode()).hexdigest()[:32]


def order_digest(order: IssuanceOrder) -> str:
    """SHA-256 in hex over the order's content, the template and the wording: the file's identity."""
    return hashlib.sha256("\x1f".join((TEMPLATE_VERSION, fingerprint(), repr(order))).encode()).hexdigest()
