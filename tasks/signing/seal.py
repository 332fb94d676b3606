"""Puts signatures into files: of whole files, or of many files that begin with the same bytes."""

import hashlib

from tasks.errors import NutmegError
from tasks.signing.cms import Template
from tasks.signing.hole import Hole, filling
from tasks.signing.signers import Signer, signed_by

_PROBE = b"Does this key belong to this certificate?"


class Seal:
    """A signer with all that is the same in each of its signatures."""

    def __init__(self, signer: Signer) -> None:
        """Try the signer once, so that a key that is not the certificate's never reaches a file.

        Raises:
            NutmegError: the certificate does not verify what the signer signs.
        """
        if not signed_by(signer.chain[0], signer.sign(_PROBE), _PROBE):
            raise NutmegError(
                "The signing key and the signing certificate do not belong together. Set NUTMEG_SIGNING_KEY and "
                "NUTMEG_SIGNING_CERTIFICATE to a pair."
            )
        self._sign = signer.sign
        self._template = Template(signer.chain)

    def cms(self, digest: bytes) -> bytes:
        """The signature (CMS SignedData, DER) of a file whose bytes outside the hole have this SHA-256 digest."""
        return self._template.filled(digest, self._sign(self._template.attributes(digest)))

    def prefixed(self, prefix: bytes) -> "Prefixed":
        """The quick way for many files that begin with the same bytes: these are hashed once."""
        return Prefixed(self, prefix)


class Prefixed:
    """A seal for files that begin with the same bytes."""

    def __init__(self, seal: Seal, prefix: bytes) -> None:
        """Hash the prefix."""
        self._seal = seal
        self._before = len(prefix)
        self._middle_state = hashlib.sha256(prefix)

    def sign(self, rest: bytes) -> bytes:
        """The signed rest of a file that begins with the prefix; `rest` holds the placeholders.

        Raises:
            NotSignableError: there is no place for a signature, or it does not fit.
        """
        hole = Hole.of(rest)
        opening = rest[: hole.begin] + hole.byte_range(self._before, len(rest))
        closing = rest[hole.end :]
        state = self._middle_state.copy()
        state.update(opening)
        state.update(closing)
        return opening + filling(self._seal.cms(state.digest())) + closing


def sign(pdf: bytes, seal: Seal) -> bytes:
    """The file with its signature filled in; no other byte changes.

    Raises:
        NotSignableError: there is no place for a signature, or it does not fit.
    """
    return seal.prefixed(b"").sign(pdf)
