"""veraPDF tells a signed page of the house from plain pages and from what is no PDF."""

import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.conformance import verapdf
from tests.conformance.specimen import specimen

needs_java = pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing())


def _plain(folder: Path) -> Path:
    path = folder / "plain.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "plain")
    canvas.save()
    return path


@needs_java
def test_a_signed_tagged_page_passes_and_others_fail_with_their_rules(tmp_path: Path, signed_specimen: Path) -> None:
    foreign, unsigned, untold = tmp_path / "foreign.pdf", tmp_path / "unsigned.pdf", tmp_path / "untold.pdf"
    foreign.write_bytes(b"no PDF at all")
    unsigned.write_bytes(specimen())
    untold.write_bytes(signed_specimen.read_bytes().replace(b"/Alt (A square)", b"/Alx (A square)"))
    plain = _plain(tmp_path)

    found = verapdf.check([signed_specimen, plain, foreign, unsigned, untold])

    assert found[signed_specimen] == {"ua1": [], "2a": []}
    assert {"7.1", "7.21.4.1"} <= {failure.clause for failure in found[plain]["ua1"]}
    assert {"6.6.2.1", "6.2.11.4.1"} <= {failure.clause for failure in found[plain]["2a"]}
    assert ["could not be read" in failure.description for failure in found[foreign]["ua1"]] == [True]
    assert {failure.clause for failure in found[unsigned]["2a"]} == {"6.4.3"}
    assert [failure.clause for failure in found[untold]["ua1"]] == ["7.3"]


@needs_java
def test_the_command_says_fail_and_its_exit_code_is_one(tmp_path: Path) -> None:
    command = [sys.executable, str(verapdf.__file__), "ua1", str(_plain(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "plain.pdf ua1 FAIL" in done.stdout


@needs_java
def test_a_flavour_that_veraPDF_does_not_know_is_an_error_and_no_pass(tmp_path: Path) -> None:  # noqa: N802
    with pytest.raises(RuntimeError, match="no profile called ua9"):
        verapdf.check([_plain(tmp_path)], ["ua9"])


def test_without_java_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "install a JDK" in verapdf.missing()
    with pytest.raises(RuntimeError, match="install a JDK"):
        verapdf.check([])
