"""Independent readers find the signature whole, PAdES-B-B, and broken by one bit."""

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tasks.signing.checking import BrokenSealError, check_seal
from tasks.signing.keys import Identity
from tasks.signing.seal import Seal, sign


@pytest.fixture(scope="module")
def signed(page: bytes, seal: Seal) -> bytes:
    return sign(page, seal)


def _embedded(pdf: bytes) -> Any:
    (embedded,) = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures
    return embedded


def _status(pdf: bytes, root: Any) -> Any:
    (trusted,) = load_certs_from_pemder_data(root.public_bytes(Encoding.PEM))
    return validate_pdf_signature(_embedded(pdf), ValidationContext(trust_roots=[trusted], allow_fetching=False))


def test_pyhanko_finds_it_intact_valid_trusted_and_over_the_entire_file(signed: bytes, office_root: Any) -> None:
    status = _status(signed, office_root[1])
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.bottom_line


def test_pdfsig_finds_it_valid_over_the_whole_document(signed: bytes, tmp_path: Path) -> None:
    if shutil.which("pdfsig") is None:
        pytest.skip("poppler's pdfsig is not on this machine")
    (tmp_path / "signed.pdf").write_bytes(signed)
    command = ["pdfsig", "-nocert", str(tmp_path / "signed.pdf")]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_the_signature_is_what_the_baseline_profile_asks_for(signed: bytes) -> None:
    embedded = _embedded(signed)
    assert embedded.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert embedded.sig_object["/M"] == "D:20261122000000Z"
    attributes = {each["type"].native for each in embedded.signer_info["signed_attrs"]}
    assert attributes == {"content_type", "message_digest", "signing_certificate_v2"}
    assert embedded.signer_info["unsigned_attrs"].native in (None, [])
    assert len(embedded.signed_data["certificates"]) == 2


def test_the_encoding_is_der_to_the_byte(seal: Seal) -> None:
    ours = seal.cms(bytes(range(32)))
    parsed = cms.ContentInfo.load(ours, strict=True)
    assert parsed.native["content"]["version"] == "v1"
    assert parsed.dump(force=True) == ours


def test_a_flipped_bit_is_refused_by_pyhanko(signed: bytes, office_root: Any) -> None:
    hole = signed.index(b"/Contents <") + len(b"/Contents <")
    text = signed.index(b"stream\n") + 20
    # The root certificate in the signature is not what is signed: only our own check sees a flipped bit in it.
    in_signature = hole + 2 * (_cms_bytes(signed, hole) - 20)
    for place in (200, text, hole - 60, in_signature, len(signed) - 60):
        assert not _survives(_flipped(signed, place), office_root[1]), place


def test_a_flipped_bit_anywhere_is_refused_by_us(signed: bytes, office: Identity) -> None:
    check_seal(signed, office.signer.chain)
    hole = signed.index(b"/ByteRange")
    places = {*range(0, len(signed), 13), *range(hole, hole + 2600, 3), len(signed) - 1}
    for place in places:
        with pytest.raises(BrokenSealError):
            check_seal(_flipped(signed, place), office.signer.chain)


def _cms_bytes(signed: bytes, hole: int) -> int:
    """Of its outermost element: two octets of tag and form, two of length, the contents."""
    return 4 + int(signed[hole + 4 : hole + 8], 16)


def _flipped(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def _survives(pdf: bytes, root: Any) -> bool:
    try:
        return bool(_status(pdf, root).bottom_line)
    except Exception:  # what its reader stumbles over has not survived
        return False


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda pdf: pdf[:3000], "no signature of ours, or is cut short"),
        (lambda pdf: pdf[:-100], "added to the file or taken from it"),
        (lambda pdf: pdf + b"\n", "added to the file or taken from it"),
        (lambda pdf: pdf.replace(b"Hartford", b"Hertford"), "changed after it was signed"),
        (lambda _: b"", "no signature of ours"),
    ],
    ids=["cut in the middle", "cut at the end", "appended to", "edited", "empty"],
)
def test_what_happened_to_a_file_is_told(signed: bytes, office: Identity, change: Any, sentence: str) -> None:
    with pytest.raises(BrokenSealError, match=sentence):
        check_seal(change(signed), office.signer.chain)


def test_an_unsigned_file_carries_no_signature(page: bytes, office: Identity) -> None:
    with pytest.raises(BrokenSealError):
        check_seal(page, office.signer.chain)


def test_a_file_signed_with_another_certificate_is_told_apart(signed: bytes, office: Identity) -> None:
    other = office.signer.chain[0][:-1] + b"?"
    with pytest.raises(BrokenSealError, match="another certificate"):
        check_seal(signed, [other])
