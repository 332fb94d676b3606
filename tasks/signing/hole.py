"""The place a file keeps for its signature: the two entries that are filled in when everything else is final."""

from dataclasses import dataclass

from tasks.errors import NutmegError

HOLE_HEX_DIGITS = 4096
"""Room for the signature, in hexadecimal digits; a certificate of a P-256 key is some 1,000 of them."""
_RANGE = b"/ByteRange [0 0000000000 0000000000 0000000000]"
_BETWEEN = b"\n/Contents "
_CONTENTS_BYTES = HOLE_HEX_DIGITS + 2
PLACEHOLDERS = _RANGE + _BETWEEN + b"<" + b"0" * HOLE_HEX_DIGITS + b">"
"""The two entries of a signature dictionary before they are filled in; they belong together and in this order."""


class NotSignableError(NutmegError):
    """The bytes have no place for a signature, or the signature does not fit."""


@dataclass(frozen=True)
class Hole:
    """Where the placeholders are in the last part of a file."""

    begin: int
    """Of the byte range's entry, in bytes from the start of the part."""
    contents: int
    """Of the hexadecimal string, its bracket included."""

    @classmethod
    def of(cls, part: bytes) -> "Hole":
        """The last one: what comes later in a file of ours cannot hold words of a person.

        Raises:
            NotSignableError: there is none.
        """
        begin = part.rfind(_RANGE)
        if begin < 0 or not part.startswith(PLACEHOLDERS, begin):
            raise NotSignableError(
                "The file has no empty place for a signature: it is signed already, or was drawn without one. Draw it "
                "anew."
            )
        return cls(begin, begin + len(_RANGE) + len(_BETWEEN))

    @property
    def end(self) -> int:
        """The first byte after the hexadecimal string."""
        return self.contents + _CONTENTS_BYTES

    def byte_range(self, before: int, whole: int) -> bytes:
        """The filled entry, as long as its placeholder: all bytes of the file but the hexadecimal string.

        Args:
            before: bytes of the file that come before this part.
            whole: bytes of this part.
        """
        numbers = (before + self.contents, before + self.end, whole - self.end)
        return b"/ByteRange [0 %-10d %-10d %-10d]" % numbers + _BETWEEN


def filling(cms: bytes) -> bytes:
    """The hexadecimal string with this signature in it.

    Raises:
        NotSignableError: it is too long for the hole.
    """
    digits = cms.hex().encode()
    if len(digits) > HOLE_HEX_DIGITS:
        raise NotSignableError(
            f"The signature takes {len(cms):,} bytes and the file has room for {HOLE_HEX_DIGITS // 2:,}: the chain of "
            "certificates is too long. Leave the root certificate out of it."
        )
    return b"<" + digits.ljust(HOLE_HEX_DIGITS, b"0") + b">"
