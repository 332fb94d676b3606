"""The token: what a certificate says as a CWT (RFC 8392), signed, as text for a QR code.

    CT1: + base45(COSE_Sign1(claims))

    1       iss   the issuer, `CT-MMP`
    4       exp   the day after the last good day, 05:00 UTC
    5       nbf   the first good day, 04:00 UTC
    7       cti   the serial without letters and check digits: year and sequence, `260000123`, as four bytes
    -65537        of the private range: [registration number, role, kind, name as printed, year of birth]
                  role 1 patient, 2 caregiver; kind 1 temporary, 2 permanent

The hours are the widest bounds of those days in Connecticut, summer or winter: a reader that knows CWT and nothing of
us never turns a good certificate away. Our own readers compare calendar days.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from registry.credential import Credential, as_printed
from registry.facts import Role
from registry.issuance import CertificateKind, is_serial, serial_number
from tasks.tokens import base45, cose
from tasks.tokens.errors import Refusal, TokenError

PREFIX = "CT1:"
ISSUER = "CT-MMP"
ISS, EXP, NBF, CTI, SAYS = 1, 4, 5, 7, -65537
_LONGEST_TOKEN = 800
_LONGEST_NUMBER, _LONGEST_NAME = 40, 400
_ROLES = {Role.PATIENT: 1, Role.CAREGIVER: 2}
_KINDS = {CertificateKind.TEMPORARY: 1, CertificateKind.PERMANENT: 2}
_ROLE_OF = {number: role for role, number in _ROLES.items()}
_KIND_OF = {number: kind for kind, number in _KINDS.items()}
_EPOCH = date(1970, 1, 1).toordinal()
_DAY, _HOUR = 86_400, 3_600
_EARLIEST, _LATEST = date(2000, 1, 1), date(2199, 12, 31)


def mint(credential: Credential, signer: cose.Signer) -> str:
    """The text in the code; every character is of the QR code's alphanumeric set.

    The same credential and key give the same text: Ed25519 draws no random numbers.

    Raises:
        TokenError: it could not be read again: a serial, a day or a text is not of the form that tokens carry.
    """
    if not _is_sound(credential):
        raise TokenError(
            Refusal.DAMAGED,
            "No code can be made for this certificate: serial, name, number or days are not in form. See its order.",
        )
    return PREFIX + base45.encode(signer.signed(_payload(credential)))


def read(token: str, keys: Mapping[str, Ed25519PublicKey]) -> Credential:
    """What a token says, once its signature is proven; whether it is good today is a question to `Credential.validity`.

    Raises:
        TokenError: not ours, damaged, of another issuer, of a key that is not known, or with a wrong signature.
    """
    return read_with_key(token, keys)[0]


def read_with_key(token: str, keys: Mapping[str, Ed25519PublicKey]) -> tuple[Credential, str]:
    """As `read`, with the id of the key that signed."""
    text = token.strip()
    if not text.startswith(PREFIX):
        raise TokenError(
            Refusal.NOT_OURS,
            f"This is not a code of a certificate: those begin with {PREFIX} Scan the code on the card's back.",
        )
    if len(text) > _LONGEST_TOKEN:
        raise TokenError(Refusal.DAMAGED, "This is longer than any code of a certificate. Scan the code again.")
    message = cose.taken_apart(base45.decode(text[len(PREFIX) :]))
    if message.key_id not in keys:
        _refuse_other_issuer(message.payload)
    payload = message.checked(keys)
    _refuse_other_issuer(payload)
    return _credential(payload), message.key_id


def is_token(text: str) -> bool:
    """Whether the text means to be a token."""
    return text.lstrip().startswith(PREFIX)


def claims_of(payload: bytes) -> dict[Any, Any]:
    """The claims of a payload, not checked in any way; empty when there are none."""
    try:
        claims = cbor2.loads(payload, allow_indefinite=False, allow_duplicate_keys=False, max_depth=4)
    except Exception:  # for hostile bytes the library raises its own errors and several of Python's
        return {}
    return claims if isinstance(claims, dict) else {}


def _payload(credential: Credential) -> bytes:
    says = [
        credential.registration_number,
        _ROLES[credential.role],
        _KINDS[credential.kind],
        credential.name,
        credential.birth_year,
    ]
    serial = int(credential.serial[2:4] + credential.serial[5:12])
    claims = {
        ISS: ISSUER,
        EXP: (credential.expires_on.toordinal() + 1 - _EPOCH) * _DAY + 5 * _HOUR,
        NBF: (credential.valid_from.toordinal() - _EPOCH) * _DAY + 4 * _HOUR,
        CTI: serial.to_bytes(4, "big"),
        SAYS: says,
    }
    return cbor2.dumps(claims)


def _credential(payload: bytes) -> Credential:
    """What the claims say, when they are exactly those that we would write."""
    try:
        claims = claims_of(payload)
        number, role, kind, name, birth_year = claims[SAYS]
        year, sequence = divmod(int.from_bytes(claims[CTI], "big"), 10**7)
        found = Credential(
            serial=serial_number(2000 + year, sequence),
            registration_number=number,
            role=_ROLE_OF[role],
            kind=_KIND_OF[kind],
            name=name,
            birth_year=birth_year,
            valid_from=_day(claims[NBF]),
            expires_on=_day(claims[EXP]) - timedelta(days=1),
        )
        sound = _is_sound(found) and _payload(found) == payload
    except (KeyError, TypeError, ValueError, OverflowError):
        sound = False
    if not sound:
        raise TokenError(
            Refusal.DAMAGED, "It is signed, and does not say what certificates say. Report it to the program."
        )
    return found


def _is_sound(credential: Credential) -> bool:
    texts = (credential.registration_number, credential.name)
    return (
        all(type(text) is str for text in texts)
        and type(credential.birth_year) is int
        and is_serial(credential.serial)
        and credential.serial[5:12] != "0000000"
        and 0 < len(credential.registration_number) <= _LONGEST_NUMBER
        and 0 < len(credential.name) <= _LONGEST_NAME
        and credential.name == as_printed(credential.name)
        and 1900 <= credential.birth_year <= credential.valid_from.year
        and _EARLIEST <= credential.valid_from <= credential.expires_on <= _LATEST
    )


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def _refuse_other_issuer(payload: bytes) -> None:
    issuer = claims_of(payload).get(ISS, ISSUER)
    if issuer != ISSUER:
        raise TokenError(
            Refusal.OTHER_ISSUER,
            "This code was made by another issuer, not by Connecticut's Medical Marijuana Program. Do not accept it.",
        )
