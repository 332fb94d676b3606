"""Makes keys with certificates of any kind, and pages that wait for their signature."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from reportlab.pdfgen.canvas import Canvas

from tasks.signing.field import add_signature

DAY = date(2026, 11, 22)


def certificate(key: Any, subject: str, issuer: str, issuer_key: Any, **changes: Any) -> x509.Certificate:
    """Valid in 2026 and made for signing, unless `valid_from`, `valid_to`, `signs` or `vouches` say otherwise."""
    signs, vouches = changes.get("signs", True), changes.get("vouches", False)
    usage = x509.KeyUsage(signs, signs, not signs, False, False, vouches, vouches, False, False)
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in (subject, issuer)]
    builder = (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(changes.get("serial", 7))
        .not_valid_before(changes.get("valid_from", datetime(2026, 1, 1, tzinfo=UTC)))
        .not_valid_after(changes.get("valid_to", datetime(2026, 12, 31, tzinfo=UTC)))
        .add_extension(x509.BasicConstraints(ca=vouches, path_length=None), critical=True)
    )
    if changes.get("usage", True):
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


def key_pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, password: bytes | None = None) -> bytes:
    encryption = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def chain_pem(*chain: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(Encoding.PEM) for each in chain)


def draw(reason: str = "To be tested", late: Callable[[Canvas], None] = lambda _: None) -> bytes:
    """A drawn page with an empty place for its signature; `late` may change the document before it is written."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pdfVersion=(1, 7))
    canvas.drawString(72, 700, "A certificate to be signed")
    add_signature(
        canvas, name="Test Office", reason=reason, location="Hartford (CT)", signed_on=DAY, struct_parent=None
    )
    canvas.showPage()
    late(canvas)
    canvas.save()
    return out.getvalue()
