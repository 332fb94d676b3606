"""What the hands that draw one page share."""

from dataclasses import dataclass

from registry.issuance import CertificateKind
from tasks.engraving.content import Content
from tasks.engraving.layout import Theme
from tasks.engraving.sheet import Sheet
from tasks.engraving.wording import Wording


@dataclass(frozen=True, slots=True)
class Draft:
    """One certificate being drawn: on what, which facts, in whose words, in which colours."""

    sheet: Sheet
    content: Content
    wording: Wording
    kind: CertificateKind
    theme: Theme
