"""How an upload stands before anybody asks what it says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from registry.facts import Address, DocumentFacts, DocumentRef, PersonName, ReadState
from registry.papers import (
    Answer,
    address_on_paper,
    birth_date_on_identity,
    expiry_on_identity,
    name_on_paper,
    statement_date,
)


class Standing(StrEnum):
    """The first thing that is true of an upload, in this order."""

    MISSING = "missing"
    UNSAFE = "unsafe"
    UNACCEPTABLE = "unacceptable"
    UNREADABLE = "unreadable"
    NO_TEXT = "no_text"
    TEXT = "text"


_STANDING_OF = {
    ReadState.UNSAFE: Standing.UNSAFE,
    ReadState.UNREADABLE: Standing.UNREADABLE,
    ReadState.NO_TEXT: Standing.NO_TEXT,
    ReadState.TEXT: Standing.TEXT,
}


@dataclass(frozen=True)
class Upload:
    """One named upload beside what was found in it and the kinds the law accepts."""

    ref: DocumentRef | None
    facts: DocumentFacts | None
    accepted_types: tuple[str, ...]

    @cached_property
    def standing(self) -> Standing:
        """Where the upload stands; one that came and that we failed to look at is never held against the applicant."""
        if self.ref is None or not self.ref.sha256:
            return Standing.MISSING
        standing = _STANDING_OF[self.facts.state] if self.facts else Standing.NO_TEXT
        if standing is not Standing.UNSAFE and self.ref.declared_type not in self.accepted_types:
            return Standing.UNACCEPTABLE
        return standing

    @property
    def text(self) -> str:
        """The text layer; empty unless the standing is TEXT."""
        return self.facts.text if self.facts is not None and self.standing is Standing.TEXT else ""

    @property
    def why(self) -> str:
        """The reader's own sentence on why there is no text."""
        return self.facts.why if self.facts is not None else "We failed to look at it."


@dataclass(frozen=True)
class IdentityPaper(Upload):
    """A proof of identity and what it says of the person."""

    name: PersonName
    date_of_birth: date

    @cached_property
    def agrees_in_name(self) -> Answer:
        """Whether the paper bears this name."""
        return name_on_paper(self.text, self.name)

    @cached_property
    def agrees_in_birth_date(self) -> Answer:
        """Whether the paper gives this date of birth."""
        return birth_date_on_identity(self.text, self.date_of_birth)

    @cached_property
    def expires_on(self) -> date | None:
        """The last good day printed on the paper, if it can be told."""
        return expiry_on_identity(self.text)


@dataclass(frozen=True)
class ResidencyPaper(Upload):
    """A proof of residency and what it says of the person and the address."""

    name: PersonName
    address: Address

    @cached_property
    def agrees_in_name(self) -> Answer:
        """Whether the paper bears this name."""
        return name_on_paper(self.text, self.name)

    @cached_property
    def agrees_in_address(self) -> Answer:
        """Whether the paper is for this address."""
        return address_on_paper(self.text, self.address)

    @cached_property
    def dated(self) -> date | None:
        """The day the paper was issued, if it can be told."""
        return statement_date(self.text)
