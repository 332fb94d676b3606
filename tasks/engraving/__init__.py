"""Drawing of certificates: one order in, the bytes of one page out."""

from registry.issuance import IssuanceOrder

TEMPLATE_VERSION = "letter-card/1"
"""Names the layout that drew a certificate; raised with every change that alters the bytes."""


def draw(order: IssuanceOrder) -> bytes:
    """The certificate of this order: a PDF of one US-letter page, the same bytes for the same order.

    Raises:
        EngravingError: the text does not fit, cannot be printed, or the wording cannot be loaded.
    """
    # The PDF library is paid for by those who draw, not by all who name the template.
    from tasks.engraving import certificate

    return certificate.draw(order)
