"""The signing key and its certificates in files; a demonstration pair is made at first use, and says what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from tasks.errors import NutmegError
from tasks.signing.demonstration import SUBJECT, make
from tasks.signing.signers import LocalSigner

_SETTINGS = "NUTMEG_SIGNING_KEY and NUTMEG_SIGNING_CERTIFICATE"


class SigningKeyError(NutmegError):
    """The signing key or its certificates are missing, damaged, of the wrong kind, or not valid on the day."""


@dataclass(frozen=True)
class Identity:
    """A key with its certificates, and what they say of the signer."""

    signer: LocalSigner
    subject: str
    valid_from: datetime
    valid_to: datetime
    demonstration: bool
    """whether it was made here and vouches for nothing"""

    def on(self, day: date) -> LocalSigner:
        """The signer, if its certificate is valid at the midnight (UTC) that starts this day, which signatures tell.

        Raises:
            SigningKeyError: it is not.
        """
        moment = datetime.combine(day, time(), UTC)
        if not self.valid_from <= moment <= self.valid_to:
            bounds = f"from {self.valid_from:%Y-%m-%d %H:%M} to {self.valid_to:%Y-%m-%d %H:%M} UTC"
            raise SigningKeyError(
                f"The signing certificate is valid {bounds} and cannot sign for {day}. Set {_SETTINGS} to a pair that "
                "is valid then."
            )
        return self.signer

    def days_left(self, day: date) -> int:
        """Days on which it can still sign, this one not counted."""
        return (self.valid_to.date() - day).days


def signing_identity(key_file: Path, certificate_file: Path, *, may_make: bool) -> Identity:
    """The pair in these files.

    Args:
        key_file: PEM, a P-256 key without a password.
        certificate_file: PEM, the certificate of the key, then those that vouch for it.
        may_make: make a demonstration pair when neither file is there. Only where no place was named: a named key
            that is not there has been lost, and another must not take its place unseen.

    Raises:
        SigningKeyError: one of them is missing, cannot be read, is of the wrong kind, or they do not belong together.
    """
    if may_make:
        make(key_file, certificate_file)
    key = _key(_content(key_file, "key"), key_file)
    chain = _chain(_content(certificate_file, "certificate"), certificate_file)
    leaf = chain[0]
    if leaf.public_key() != key.public_key():
        raise SigningKeyError(
            f"The signing key {key_file} and the first certificate of {certificate_file} do not belong together. Set "
            f"{_SETTINGS} to a pair."
        )
    signer = LocalSigner(key, tuple(each.public_bytes(Encoding.DER) for each in chain))
    subject = leaf.subject.rfc4514_string()
    return Identity(signer, subject, leaf.not_valid_before_utc, leaf.not_valid_after_utc, SUBJECT in subject)


def signing_chains(certificate_file: Path) -> tuple[tuple[bytes, ...], ...]:
    """The chains (DER) whose signatures are believed: today's first, then those of earlier keys.

    Earlier ones are kept beside the present one under its name with a suffix: `signing-chain-2025.pem`.

    Raises:
        SigningKeyError: one of them is missing or cannot be read.
    """
    earlier = sorted(certificate_file.parent.glob(f"{certificate_file.stem}-*{certificate_file.suffix}"))
    chains = [_chain(_content(path, "certificate"), path) for path in (certificate_file, *earlier)]
    return tuple(tuple(each.public_bytes(Encoding.DER) for each in chain) for chain in chains)


def _content(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        remedy = f"Restore it from backup, or set {_SETTINGS} to another pair. No new key is made in its place."
        raise SigningKeyError(f"The signing {what} {path} is not there. {remedy}") from None
    except OSError as error:
        raise SigningKeyError(
            f"The signing {what} {path} cannot be read: {error.strerror}. Name a file that this user can read."
        ) from None


def _key(content: bytes, path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(content, password=None)
    except TypeError:
        raise SigningKeyError(f"The signing key {path} has a password. Store it without one, mode 0600.") from None
    except (ValueError, UnsupportedAlgorithm):
        raise SigningKeyError(f"{path} is not a private key in PEM form. Restore it from backup.") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise SigningKeyError(f"The signing key {path} is not of the curve P-256. Have a certificate made for one.")
    return key


def _chain(content: bytes, path: Path) -> Sequence[x509.Certificate]:
    try:
        chain = x509.load_pem_x509_certificates(content)
        links = pairwise(chain)
        usage = chain[0].extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        raise SigningKeyError(f"The signing certificate {path} says no key usage. Have one made that does.") from None
    except ValueError:
        raise SigningKeyError(f"{path} holds no certificate in PEM form. Restore it from backup.") from None
    if not (usage.digital_signature or usage.content_commitment):
        raise SigningKeyError(f"The signing certificate {path} is not made for signing. Have one made that is.")
    for number, (each, issuer) in enumerate(links, start=2):
        _vouched(each, issuer, f"Certificate {number} of {path}")
    return chain


def _vouched(certificate: x509.Certificate, issuer: x509.Certificate, where: str) -> None:
    try:
        certificate.verify_directly_issued_by(issuer)
    except Exception:  # whatever the library cannot make of the pair, the one does not vouch for the other
        raise SigningKeyError(
            f"{where} does not vouch for the one before it. Put the signer's first, then its issuer, and so on."
        ) from None
