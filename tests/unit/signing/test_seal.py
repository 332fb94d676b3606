"""Signing fills two entries, gives the same bytes again, and takes any signer that keeps to the protocol."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from reportlab.pdfbase.pdfdoc import PDFDictionary
from reportlab.pdfgen.canvas import Canvas

from tasks.errors import NutmegError
from tasks.signing.checking import check_seal
from tasks.signing.cms import Template
from tasks.signing.field import write_last
from tasks.signing.hole import HOLE_HEX_DIGITS, PLACEHOLDERS, NotSignableError
from tasks.signing.keys import Identity, signing_identity
from tasks.signing.seal import Seal, sign
from tasks.signing.signers import LocalSigner, signed_by
from tests.unit.signing.making import DAY, certificate, chain_pem, draw, key_pem


def test_two_signings_of_two_drawings_give_the_same_bytes(office: Identity) -> None:
    first, second = (sign(draw(), Seal(office.on(DAY))) for _ in range(2))
    assert first == second


def test_no_byte_but_the_two_entries_changes(page: bytes, seal: Seal) -> None:
    signed = sign(page, seal)
    begin = page.index(PLACEHOLDERS)
    end = begin + len(PLACEHOLDERS)
    assert len(signed) == len(page)
    assert (signed[:begin], signed[end:]) == (page[:begin], page[end:])
    assert signed[begin:end] != PLACEHOLDERS


@pytest.mark.parametrize("cut", [0, 1, 500, 1000])
def test_a_file_signed_behind_its_prefix_is_the_file_signed_whole(page: bytes, seal: Seal, cut: int) -> None:
    assert page[:cut] + seal.prefixed(page[:cut]).sign(page[cut:]) == sign(page, seal)


def test_a_prefix_serves_many_files(seal: Seal) -> None:
    pages = [draw(reason=f"To be tested {number}") for number in range(3)]
    prefixed = seal.prefixed(pages[0][:200])
    assert [pages[0][:200] + prefixed.sign(page[200:]) for page in pages] == [sign(page, seal) for page in pages]


def test_signatures_of_every_length_fit_their_encoding(office: Identity, seal: Seal) -> None:
    chain, lengths = office.signer.chain, set()
    template = Template(chain)
    for number in range(300):
        digest = number.to_bytes(32, "big")
        signature = template.signature_in(seal.cms(digest), digest)
        assert signature is not None
        assert signed_by(chain[0], signature, template.attributes(digest))
        lengths.add(len(signature))
    assert len(lengths) >= 3


def test_a_signature_of_one_digest_is_none_of_another(office: Identity, seal: Seal) -> None:
    assert Template(office.signer.chain).signature_in(seal.cms(bytes(32)), b"\1" * 32) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda page: page.replace(b"/ByteRange", b"/ByteRenge"),
        lambda page: page.replace(b"/Contents <0", b"/Contents <1"),
        lambda page: page[:-600],
    ],
    ids=["empty", "no range", "contents taken", "cut short"],
)
def test_a_file_without_an_empty_place_is_refused(page: bytes, seal: Seal, spoil: Any) -> None:
    with pytest.raises(NotSignableError, match="no empty place"):
        sign(spoil(page), seal)


def test_a_signed_file_is_not_signed_again(page: bytes, seal: Seal) -> None:
    with pytest.raises(NotSignableError, match="signed already"):
        sign(sign(page, seal), seal)


def test_words_that_look_like_the_place_do_not_move_it(office: Identity, seal: Seal) -> None:
    signed = sign(draw(reason=f"{PLACEHOLDERS.decode()} ) >> endobj"), seal)
    check_seal(signed, office.signer.chain)


def test_a_chain_that_is_too_long_is_refused_with_its_remedy(page: bytes) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    own = certificate(key, "Test Office " + "x" * 40, "Test Office", key)
    signer = LocalSigner(key, (own.public_bytes(Encoding.DER),) * 8)
    with pytest.raises(NotSignableError, match="Leave the root certificate out"):
        sign(page, Seal(signer))


def test_a_signer_whose_key_is_not_the_certificates_is_refused_before_it_signs(office: Identity) -> None:
    stranger = LocalSigner(ec.generate_private_key(ec.SECP256R1()), office.signer.chain)
    with pytest.raises(NutmegError, match="do not belong together"):
        Seal(stranger)


def test_objects_made_while_the_file_is_written_do_not_come_after_the_signature(office: Identity, seal: Seal) -> None:
    def add(canvas: Canvas) -> None:
        canvas._doc.Catalog.Threads = PDFDictionary({"Made": "late"})

    page = draw(late=add)
    assert b"/Made late" in page
    assert page.count(b"endobj") == page[: page.index(PLACEHOLDERS)].count(b"endobj") + 1
    check_seal(sign(page, seal), office.signer.chain)


def test_objects_held_back_come_in_the_order_in_which_that_was_asked() -> None:
    def hold(canvas: Canvas) -> None:
        for number in (2, 1):
            document: Any = canvas._doc
            held = document.Reference(PDFDictionary({"Held": number}), f"held {number}")
            write_last(canvas, held)
        document.Reference(PDFDictionary({"Held": 3}), "not held")

    page = draw(late=hold)
    places = [page.index(each) for each in (b"/Held 3", PLACEHOLDERS, b"/Held 2", b"/Held 1")]
    assert places == sorted(places)


_DEVICE = """
import sys
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.serialization import load_pem_private_key
key = load_pem_private_key(open(sys.argv[1], "rb").read(), None)
for line in sys.stdin:
    print(key.sign(bytes.fromhex(line), ECDSA(SHA256())).hex(), flush=True)
"""


class _Device:
    """A signer that holds no key: another process signs, with nonces of its own."""

    def __init__(self, process: "subprocess.Popen[str]", chain: Sequence[bytes]) -> None:
        self._process = process
        self.chain = chain

    def sign(self, message: bytes) -> bytes:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(message.hex() + "\n")
        self._process.stdin.flush()
        return bytes.fromhex(self._process.stdout.readline())


@pytest.fixture
def device(tmp_path: Path) -> Iterator[_Device]:
    key = ec.generate_private_key(ec.SECP256R1())
    places = tmp_path / "key.pem", tmp_path / "chain.pem"
    places[0].write_bytes(key_pem(key))
    places[1].write_bytes(chain_pem(certificate(key, "Test Device", "Test Device", key)))
    command = [sys.executable, "-c", _DEVICE, str(places[0])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield _Device(process, signing_identity(*places, may_make=False).signer.chain)
        process.communicate()


def test_a_signer_in_another_process_takes_over_without_a_change(page: bytes, device: _Device) -> None:
    signed = sign(page, Seal(device))
    check_seal(signed, device.chain)
    assert len(signed) == len(page)
    assert 2 * len(Seal(device).cms(bytes(32))) < HOLE_HEX_DIGITS
