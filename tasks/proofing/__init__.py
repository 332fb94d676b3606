"""Proof-reading of certificates: the bytes are read back and have to say what the order says.

What issues certificates takes bytes only together with their `Proof`, and only `proof` can make one.
"""

import hashlib
from dataclasses import InitVar, dataclass

from registry.issuance import IssuanceOrder
from tasks.authority import Authority
from tasks.errors import NutmegError

_SEAL = object()


class ProofError(NutmegError):
    """The bytes do not say what the order says; `problems` holds every disagreement, without personal values."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__(
            f"certificate refused by proof-reading: {'; '.join(problems)}. "
            "Nothing was issued; have a person look at it."
        )

    def __reduce__(self) -> tuple[type["ProofError"], tuple[tuple[str, ...]]]:
        """Cross process borders with its parts."""
        return type(self), (self.problems,)


@dataclass(frozen=True, slots=True)
class Proof:
    """Says that exactly these bytes were read and agreed with their order; made by `proof` alone."""

    sha256: str
    serial: str
    bytes_length: int
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("a Proof is made by proofing.proof alone")

    def covers(self, pdf: bytes) -> bool:
        """Whether these are the bytes that were read."""
        return len(pdf) == self.bytes_length and hashlib.sha256(pdf).hexdigest() == self.sha256


def proof(pdf: bytes, order: IssuanceOrder, keys: Authority) -> Proof:
    """Read the certificate back and compare it, its code and its signature with its order and our keys.

    Raises:
        ProofError: with every disagreement, by field.
    """
    # The PDF reader is paid for by those who proof-read, not by all who pass a Proof on.
    from tasks.proofing import judgement

    problems = judgement.disagreements(pdf, order, keys)
    if problems:
        raise ProofError(problems)
    return Proof(hashlib.sha256(pdf).hexdigest(), order.serial, len(pdf), _SEAL)
