"""Every variant of the certificate, signed, is a tagged PDF/UA-1 and PDF/A-2a."""

from pathlib import Path

import pytest

from registry.credential import credential
from registry.issuance import IssuanceOrder
from tasks.authority import Authority, authority, make_ready, places
from tasks.engraving.certificate import Engraver
from tasks.settings import Settings
from tasks.tokens.cwt import mint
from tests.conformance import verapdf
from tests.conformance.smoke import accessibility_faults
from tests.unit.certificates.variants import PERMANENT, VARIANTS


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    home = str(tmp_path_factory.mktemp("home"))
    settings = Settings(dict.fromkeys(Settings.load().values, "") | {"NUTMEG_HOME": home})
    make_ready(settings, PERMANENT.issued_on, may_make=True)
    return authority(places(settings), PERMANENT.issued_on)


def drawn(order: IssuanceOrder, keys: Authority) -> bytes:
    return Engraver(keys.seal).draw(order, mint(credential(order), keys.tokens.active))


@pytest.mark.parametrize("order", VARIANTS.values(), ids=VARIANTS.keys())
def test_the_quick_check_finds_no_fault_in_a_certificate(keys: Authority, order: IssuanceOrder) -> None:
    assert accessibility_faults(drawn(order, keys)) == []


def test_the_quick_check_finds_faults_in_a_certificate_that_has_some(keys: Authority) -> None:
    pdf = drawn(PERMANENT, keys)
    for right, wrong in ((b"/Lang ", b"/Lnag "), (b"/Alt ", b"/Alx "), (b"/Scope ", b"/Scopa "), (b"/TU ", b"/TX ")):
        assert right in pdf
        assert accessibility_faults(pdf.replace(right, wrong))


@pytest.mark.slow
@pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing())
def test_verapdf_finds_no_failure_in_any_certificate(keys: Authority, tmp_path: Path) -> None:
    files = {tmp_path / f"{called.replace(' ', '-')}.pdf": order for called, order in VARIANTS.items()}
    for path, order in files.items():
        path.write_bytes(drawn(order, keys))
    found = verapdf.check(list(files))
    assert {path.stem: failures for path, failures in found.items()} == {
        path.stem: {"ua1": [], "2a": []} for path in files
    }


@pytest.mark.slow
@pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing())
def test_verapdf_tells_a_certificate_whose_code_has_no_words(keys: Authority, tmp_path: Path) -> None:
    path = tmp_path / "silent.pdf"
    path.write_bytes(drawn(PERMANENT, keys).replace(b"/Alt ", b"/Alx "))
    assert {failure.clause for failure in verapdf.check([path])[path]["ua1"]} == {"7.3"}
