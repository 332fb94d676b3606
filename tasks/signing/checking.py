"""Whether a file is, byte for byte, what one of our certificates signed; no reader of PDF is trusted with it."""

import hashlib
import re
from collections.abc import Sequence

from tasks.errors import NutmegError
from tasks.signing.cms import Template
from tasks.signing.hole import HOLE_HEX_DIGITS
from tasks.signing.signers import signed_by

_SIGNED = re.compile(
    rb"/ByteRange \[0 (\d{1,10}) +(\d{1,10}) +(\d{1,10}) *\]\n/Contents <([0-9a-f]{%d})>" % HOLE_HEX_DIGITS
)
_ANEW = "Ask for the stored file: nutmeg certificates reprint SERIAL."


class BrokenSealError(NutmegError):
    """A file is not signed, was changed after it was signed, or was signed by somebody else."""


def check_any_seal(pdf: bytes, chains: Sequence[Sequence[bytes]]) -> None:
    """As `check_seal`, with the one of these chains whose certificate is in the file.

    Raises:
        BrokenSealError: it was not signed with any of them, or changed since.
    """
    check_seal(pdf, next((chain for chain in chains if chain[0].hex().encode() in pdf), chains[0]))


def check_seal(pdf: bytes, chain: Sequence[bytes]) -> None:
    """See that the file was signed with this chain (DER, the signer's first) and that no byte changed since.

    Whether the certificate may be trusted, and was valid on the day of signing, is not asked here.

    Raises:
        BrokenSealError: it was not; the sentence tells which.
    """
    places = list(_SIGNED.finditer(pdf))
    if not places:
        raise BrokenSealError(f"The file carries no signature of ours, or is cut short. {_ANEW}")
    found = places[-1]
    opening, closing, rest = map(int, found.group(1, 2, 3))
    cms = bytes.fromhex(found[4].decode())
    if chain[0] not in cms:
        raise BrokenSealError("The file was signed with another certificate. Check it against the one of its day.")
    template = Template(chain)
    if (opening, closing, closing + rest) != (found.start(4) - 1, found.end(4) + 1, len(pdf)):
        raise BrokenSealError(f"Something was added to the file or taken from it after it was signed. {_ANEW}")
    digest = hashlib.sha256(pdf[:opening] + pdf[closing:]).digest()
    signature = template.signature_in(cms, digest)
    if signature is None or not signed_by(chain[0], signature, template.attributes(digest)):
        raise BrokenSealError(f"The file was changed after it was signed. {_ANEW}")
