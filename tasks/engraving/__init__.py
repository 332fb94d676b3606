"""Drawing of certificates: one order in, the bytes of one signed page out."""

TEMPLATE_VERSION = "letter-card/2"
"""Names the layout that drew a certificate; raised with every change that alters the bytes."""
