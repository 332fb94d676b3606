"""The signature itself: CMS SignedData (RFC 5652) as PAdES-B-B wants it, encoded once and filled in per file."""

import hashlib
from collections.abc import Sequence
from functools import cache

from cryptography import x509

from tasks.signing.der import CONTEXT_0, OCTETS, SEQUENCE, SET, element, identifier, integer, length, set_of

_DATA = identifier("1.2.840.113549.1.7.1")
_SIGNED_DATA = identifier("1.2.840.113549.1.7.2")
_CONTENT_TYPE = identifier("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = identifier("1.2.840.113549.1.9.4")
_SIGNING_CERTIFICATE_V2 = identifier("1.2.840.113549.1.9.16.2.47")
# RFC 5754: the parameters of both algorithms are absent.
_SHA256 = element(SEQUENCE, identifier("2.16.840.1.101.3.4.2.1"))
_ECDSA_WITH_SHA256 = element(SEQUENCE, identifier("1.2.840.10045.4.3.2"))
_DIGEST_BYTES = 32
# Of two numbers below 2^256 in DER; nearly all signatures have one of the first three lengths.
_SIGNATURE_BYTES = range(72, 7, -1)


class Template:
    """What is the same in every signature of one certificate chain."""

    def __init__(self, chain: Sequence[bytes]) -> None:
        """`chain` is the signer's certificate first, then those that vouch for it; DER."""
        self._chain = tuple(chain)
        attributes = self._signed_attributes(bytes(_DIGEST_BYTES))
        # The digest is an octet string of zeros here; no other part of the attributes holds 32 zeros in a row.
        place = attributes.index(bytes(_DIGEST_BYTES))
        self._head, self._tail = attributes[:place], attributes[place + _DIGEST_BYTES :]
        self._parts = cache(self._parts_around)

    def attributes(self, digest: bytes) -> bytes:
        """What is signed for a file of this SHA-256 digest: its kind, its digest and who signs."""
        return self._head + digest + self._tail

    def filled(self, digest: bytes, signature: bytes) -> bytes:
        """The whole SignedData with this signature of the attributes."""
        before, after = self._parts(len(signature))
        return before + digest + after + signature

    def signature_in(self, cms: bytes, digest: bytes) -> bytes | None:
        """The signature in a SignedData that is one of ours for this digest; zeros may follow it."""
        for signature_bytes in _SIGNATURE_BYTES:
            before, after = self._parts(signature_bytes)
            opening = before + digest + after
            end = len(opening) + signature_bytes
            if cms.startswith(opening) and len(cms) >= end and not any(cms[end:]):
                return cms[len(opening) : end]
        return None

    def _signed_attributes(self, digest: bytes) -> bytes:
        certificate = element(SEQUENCE, element(OCTETS, hashlib.sha256(self._chain[0]).digest()))
        values = (
            (_CONTENT_TYPE, _DATA),
            (_MESSAGE_DIGEST, element(OCTETS, digest)),
            (_SIGNING_CERTIFICATE_V2, element(SEQUENCE, element(SEQUENCE, certificate))),
        )
        return element(SET, set_of(element(SEQUENCE, name, element(SET, value)) for name, value in values))

    def _parts_around(self, signature_bytes: int) -> tuple[bytes, bytes]:
        """The SignedData before the digest, and between digest and signature, which is the last of it."""
        attributes_head = bytes([CONTEXT_0]) + self._head[1:]
        opening = integer(1) + self._issuer_and_serial() + _SHA256 + attributes_head
        closing = self._tail + _ECDSA_WITH_SHA256 + bytes([OCTETS]) + length(signature_bytes)
        inner_bytes = len(opening) + _DIGEST_BYTES + len(closing) + signature_bytes
        for tag, before in (
            (SEQUENCE, b""),
            (SET, self._before_signer_infos()),
            (SEQUENCE, b""),
            (CONTEXT_0, _SIGNED_DATA),
            (SEQUENCE, b""),
        ):
            opening = before + bytes([tag]) + length(inner_bytes) + opening
            inner_bytes = len(opening) + _DIGEST_BYTES + len(closing) + signature_bytes
        return opening, closing

    def _before_signer_infos(self) -> bytes:
        certificates = element(CONTEXT_0, set_of(self._chain))
        return integer(1) + element(SET, _SHA256) + element(SEQUENCE, _DATA) + certificates

    def _issuer_and_serial(self) -> bytes:
        certificate = x509.load_der_x509_certificate(self._chain[0])
        return element(SEQUENCE, certificate.issuer.public_bytes(), integer(certificate.serial_number))
