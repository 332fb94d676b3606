"""Why a token is refused."""

from enum import StrEnum

from tasks.errors import NutmegError


class Refusal(StrEnum):
    """The kinds of refusal, for machines; the error's sentence is for people."""

    NOT_OURS = "not_ours"
    DAMAGED = "damaged"
    OTHER_ISSUER = "other_issuer"
    UNKNOWN_KEY = "unknown_key"
    WRONG_SIGNATURE = "wrong_signature"
    TOO_LONG = "too_long"
    """there is more to say than a code of the size we print can hold"""


class TokenError(NutmegError):
    """A token that does not count, or cannot be made; one sentence, without any value of the token."""

    def __init__(self, refusal: Refusal, sentence: str) -> None:
        super().__init__(sentence)
        self.refusal = refusal


class KeyringError(NutmegError):
    """The keys that tokens are signed with cannot be used."""
