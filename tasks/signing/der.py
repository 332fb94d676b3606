"""DER, the encoding of certificates and signatures (ITU-T X.690): as much of it as a signature needs."""

from collections.abc import Iterable

INTEGER = 0x02
OCTETS = 0x04
SEQUENCE = 0x30
SET = 0x31
CONTEXT_0 = 0xA0
_OBJECT_IDENTIFIER = 0x06
_SHORT_LENGTH = 0x80


def element(tag: int, *contents: bytes) -> bytes:
    """One element around its contents."""
    body = b"".join(contents)
    return bytes([tag]) + length(len(body)) + body


def length(octets: int) -> bytes:
    """How long the contents of an element are."""
    if octets < _SHORT_LENGTH:
        return bytes([octets])
    digits = octets.to_bytes((octets.bit_length() + 7) // 8, "big")
    return bytes([_SHORT_LENGTH | len(digits)]) + digits


def set_of(elements: Iterable[bytes]) -> bytes:
    """The contents of a SET OF, in the order DER wants."""
    return b"".join(sorted(elements))


def integer(number: int) -> bytes:
    """A number that is not negative."""
    return element(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def identifier(dotted: str) -> bytes:
    """An object identifier, as "1.2.840.113549.1.7.1"."""
    first, second, *arcs = map(int, dotted.split("."))
    return element(_OBJECT_IDENTIFIER, *map(_arc, [first * 40 + second, *arcs]))


def _arc(number: int) -> bytes:
    """Seven bits an octet; every octet but the last has its high bit set."""
    octets = [number & 0x7F]
    while number := number >> 7:
        octets.append(number & 0x7F | 0x80)
    return bytes(reversed(octets))
