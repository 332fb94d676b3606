"""A signing key of our own with a certificate that says it proves nothing: for trials, never for what is sent out."""

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tasks.files import link_once

SUBJECT = "Nutmeg demonstration - not a state signature"
# Fixed, so that nights of any year can be played; the last year that certificates write in two digits is 2049.
_VALID_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_VALID_TO = datetime(2049, 12, 31, 23, 59, 59, tzinfo=UTC)


def make(key_file: Path, certificate_file: Path) -> None:
    """Make a pair if neither file is there, and finish one whose making was cut short; else do nothing.

    The key's file holds the certificate too: whoever is first to link it has made both, whatever happens next.
    """
    if certificate_file.exists():
        return
    if not key_file.exists():
        link_once(key_file, _pair())
    own = [each for each in _certificates(key_file) if SUBJECT in each.subject.rfc4514_string()]
    if own:
        link_once(certificate_file, own[0].public_bytes(Encoding.PEM))


def _certificates(key_file: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(key_file.read_bytes())
    except (ValueError, OSError):
        return []


def _pair() -> bytes:
    """A new key and its certificate, PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, SUBJECT)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_VALID_FROM)
        .not_valid_after(_VALID_TO)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_for_signing(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    certificate = builder.sign(key, hashes.SHA256())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + certificate.public_bytes(Encoding.PEM)


def _for_signing() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
