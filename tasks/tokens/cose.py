"""COSE_Sign1 (RFC 9052) in its one form that we write and read.

Tag 18, algorithm EdDSA over Ed25519, the key's id in the protected header, nothing in the unprotected one, the shortest
encoding of everything. What differs by one bit is refused, so that a message has exactly one form.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tasks.tokens.errors import Refusal, TokenError

_SIGN1 = 18
_ALGORITHM, _EDDSA, _KEY_ID = 1, -8, 4
_SIGNATURE_BYTES = 64
_LONGEST_KEY_ID = 32


class Signer:
    """A private key with everything around a signature that is the same for all messages."""

    def __init__(self, key_id: str, private: Ed25519PrivateKey) -> None:
        self.key_id = key_id
        protected = cbor2.dumps(_protected(key_id))
        self._sign = private.sign
        self._start = _start(key_id)
        self._context = b"\x84" + cbor2.dumps("Signature1") + protected + cbor2.dumps(b"")

    def signed(self, payload: bytes) -> bytes:
        """The message; the same payload always gives the same bytes."""
        content = _string_head(len(payload)) + payload
        return b"".join((self._start, content, b"\x58\x40", self._sign(self._context + content)))


@dataclass(frozen=True, slots=True)
class Sign1:
    """A message taken apart; nothing in it may be believed before `checked`."""

    key_id: str
    payload: bytes
    signature: bytes

    def checked(self, keys: Mapping[str, Ed25519PublicKey]) -> bytes:
        """The payload, which the owner of the named key signed.

        Raises:
            TokenError: no key has that id, or the signature is not its.
        """
        key = keys.get(self.key_id)
        if key is None:
            raise TokenError(
                Refusal.UNKNOWN_KEY,
                "It was signed with a key that is not in the list of keys here. Get the newest page or list of keys.",
            )
        context = ["Signature1", _protected(self.key_id), b"", self.payload]
        try:
            key.verify(self.signature, cbor2.dumps(context))
        except InvalidSignature:
            raise TokenError(
                Refusal.WRONG_SIGNATURE,
                "The signature is wrong: it was forged or changed. Do not accept it; report it to the program.",
            ) from None
        return self.payload


def taken_apart(message: bytes) -> Sign1:
    """The parts of a message in the one form that we write.

    Raises:
        TokenError: it has any other form.
    """
    try:
        outer = cbor2.loads(message, allow_indefinite=False, allow_duplicate_keys=False, max_depth=4)
        protected, _, payload, signature = outer.value
        key_id = cbor2.loads(protected, allow_indefinite=False, max_depth=2)[_KEY_ID].decode("ascii")
        again = _start(key_id) + cbor2.dumps(payload) + cbor2.dumps(signature)
        sound = type(payload) is bytes and len(signature) == _SIGNATURE_BYTES and len(key_id) <= _LONGEST_KEY_ID
    except Exception:  # for hostile bytes the library raises its own errors and several of Python's
        sound, again = False, b""
    if not sound or again != message:
        raise TokenError(
            Refusal.DAMAGED, "It is damaged or not a code of ours. Scan it again, or ask for a fresh print."
        )
    return Sign1(key_id, payload, signature)


def _protected(key_id: str) -> bytes:
    return cbor2.dumps({_ALGORITHM: _EDDSA, _KEY_ID: key_id.encode("ascii")})


def _start(key_id: str) -> bytes:
    """Tag, list of four, protected header, empty unprotected header."""
    return bytes((0xC0 | _SIGN1, 0x84)) + cbor2.dumps(_protected(key_id)) + b"\xa0"


def _string_head(length: int) -> bytes:
    """The head of a byte string; the library would copy the string to say as much."""
    if length < 24:
        return bytes((0x40 | length,))
    if length < 1 << 8:
        return bytes((0x58, length))
    return b"\x59" + length.to_bytes(2, "big") if length < 1 << 16 else b"\x5a" + length.to_bytes(4, "big")
