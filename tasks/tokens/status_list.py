"""The signed list of certificates that were ended before their time: what a counter without a network asks.

One bit for each certificate, at the number in its serial (all years count through), least significant bit of a byte
first: 1 for one that is superseded or void. 0 says that nothing is known against a serial; only the signature of its
token says that it was issued. So the list can be filled up with zeros, and its length does not tell how many there are,
and a certificate made after the list is not called bad by it. Whoever asks takes the whole list, and tells nobody whom
they asked about. Expiry is the token's own.

    COSE_Sign1 by the token key, of the claims
    1       iss   `CT-MMP`
    4       exp   when the list is stale
    6       iat   when it was made
    -65538        the bits, zlib
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cbor2
import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tasks.files import write_whole
from tasks.ledger.engine import Engine, reading
from tasks.ledger.lookups import ended_sequences
from tasks.tokens import cose
from tasks.tokens.cwt import EXP, ISS, ISSUER, claims_of
from tasks.tokens.errors import Refusal, TokenError
from tasks.tokens.keyring import Keyring

FILE = "status.cwt"
GOOD_FOR = timedelta(days=4)
"""A counter that last had a network before a long weekend can still work on its first day back."""
_IAT, _BITS = 6, -65538
_PAD_BITS = 16_384
_MOST_BYTES = 10_000_000 // 8 + _PAD_BITS
"""A serial has seven digits of number; more than that is a trap for who unpacks it."""


@dataclass(frozen=True, slots=True)
class StatusList:
    """A list whose signature was proven."""

    made_at: datetime
    stale_after: datetime
    bits: bytes

    def is_good(self, serial: str) -> bool:
        """Whether nothing was known against this certificate when the list was made; the serial must be in form."""
        number = int(serial[5:12])
        at = number // 8
        return at >= len(self.bits) or not self.bits[at] >> number % 8 & 1

    def is_stale(self, now: datetime) -> bool:
        """Whether the list is too old to go by."""
        return now > self.stale_after


def write_status_list(engine: Engine, ring: Keyring, folder: Path, now: datetime) -> Path:
    """Make the list of this moment and put it in the folder, whole or not at all; where it is."""
    with reading(engine) as connection:
        highest, ended = ended_sequences(connection)
    path = folder / FILE
    write_whole(path, ring.active.signed(_payload(_bits(highest, ended), now)))
    return path


def read_status_list(message: bytes, keys: Mapping[str, Ed25519PublicKey]) -> StatusList:
    """The list, once its signature is proven; whether it is stale is a question to the list.

    Raises:
        TokenError: it is damaged, not a list of ours, of a key that is not known, or its signature is wrong.
    """
    claims = claims_of(cose.taken_apart(message).checked(keys))
    try:
        made, stale = (datetime.fromtimestamp(claims[which], UTC) for which in (_IAT, EXP))
        bits = _unpacked(claims[_BITS])
        sound = claims.keys() == {ISS, EXP, _IAT, _BITS} and claims[ISS] == ISSUER and made < stale
    except (KeyError, TypeError, ValueError, OverflowError, OSError, zlib.error):
        sound = False
    if not sound:
        raise TokenError(Refusal.DAMAGED, "This is signed, and is not a status list of ours. Get the newest list.")
    return StatusList(made, stale, bits)


def _bits(highest: int, ended: list[int]) -> bytes:
    bits = np.zeros(-(-(highest + 1) // _PAD_BITS) * _PAD_BITS, np.uint8)
    bits[ended] = 1
    return np.packbits(bits, bitorder="little").tobytes()


def _payload(bits: bytes, now: datetime) -> bytes:
    made = int(now.timestamp())
    stale = made + int(GOOD_FOR.total_seconds())
    return cbor2.dumps({ISS: ISSUER, EXP: stale, _IAT: made, _BITS: zlib.compress(bits, 9)})


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    bits = unpacker.decompress(packed, _MOST_BYTES)
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError("more than a list, or less")
    return bits
