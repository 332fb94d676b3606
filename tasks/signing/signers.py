"""Who signs: a key in a file, or whatever else can sign with the key of a certificate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_ALGORITHM = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


class Signer(Protocol):
    """The seam at which a key that never leaves its device takes over.

    A hardware security module is one class more: its `chain` is read from the token or a file, its `sign` asks the
    module for ECDSA with SHA-256 over P-256 (pyHanko's PKCS11Signer does so in `sign_raw`, or the mechanism
    CKM_ECDSA on our own digest, r and s put into DER). It must be able to be sent to, or made in, each process that
    signs. A module that draws its own nonces gives other bytes at each signing; all else holds.
    """

    @property
    def chain(self) -> Sequence[bytes]:
        """The certificate of the key, then those that vouch for it; DER."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The DER signature (ECDSA, P-256, SHA-256) of the message, which is hashed here and not before."""
        ...


@dataclass(frozen=True)
class LocalSigner:
    """A P-256 key in this process; its signatures are deterministic (RFC 6979)."""

    key: ec.EllipticCurvePrivateKey
    chain: Sequence[bytes]

    def sign(self, message: bytes) -> bytes:
        """The DER signature of the message."""
        return self.key.sign(message, _ALGORITHM)


def signed_by(certificate: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the key of this certificate (DER) made this signature of the message."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
