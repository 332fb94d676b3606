"""What the hands that draw one page share."""

from dataclasses import dataclass

from registry.issuance import CertificateKind
from tasks.engraving.content import Content
from tasks.engraving.layout import THEMES, Theme
from tasks.engraving.wording import Wording


@dataclass(frozen=True, slots=True)
class Draft:
    """One certificate being drawn: which facts, in whose words, of which kind, with which code."""

    content: Content
    wording: Wording
    kind: CertificateKind
    token: str
    """what the code on the card says"""

    @property
    def theme(self) -> Theme:
        """The colours of the kind."""
        return THEMES[self.kind]
