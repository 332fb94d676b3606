"""The quick check sees each fault that is put into a page without faults."""

import pytest

from tests.conformance.smoke import accessibility_faults
from tests.conformance.specimen import specimen

FAULTS = (
    (b"/Lang ", b"/Lnag ", "The catalog names no language."),
    (b"/Marked true", b"/Marked null", "The catalog does not say that the file is marked."),
    (b"/StructTreeRoot ", b"/StructTreeRoof ", "There is no structure tree."),
    (b"/ParentTree ", b"/ParentTrea ", "The structure tree has no parent tree."),
    (b"/DisplayDocTitle true", b"/DisplayDocTitle null", "Viewers are not asked to show the title."),
    (b"/Title (Specimen)", b"/Titel (Specimen)", "The file has no title."),
    (b"/Metadata ", b"/Metadatu ", "There is no XMP metadata."),
    (b"<pdfuaid:part>1", b"<pdfuaid:part>2", "The XMP metadata do not say pdfuaid:part 1."),
    (b"<pdfaid:part>2", b"<pdfaid:part>1", "The XMP metadata do not say pdfaid:part 2."),
    (b"<pdfaid:conformance>A", b"<pdfaid:conformance>B", "The XMP metadata do not say pdfaid:conformance A."),
    (b">Specimen</rdf:li>", b">        </rdf:li>", "The XMP metadata give no title."),
    (b"/OutputIntents ", b"/OutputIntentz ", "There is no PDF/A output intent with a colour profile."),
    (b"/S /GTS_PDFA1", b"/S /GTS_PDFX1", "There is no PDF/A output intent with a colour profile."),
    (b"/FontFile2 ", b"/FontFilo2 ", "Page 1: the font AAAAAA+Specimen is not embedded."),
    (b"/ToUnicode ", b"/ToUnicoda ", "Page 1: the font AAAAAA+Specimen has no ToUnicode map."),
    (b"/H1 <</MCID 0>> BDC", b"                   ", "Page 1: Tj draws outside marked content and artifacts."),
    (b"/H1 <</MCID 0>> BDC", b"                   ", "Page 1: marked content is not closed, or closed twice."),
    (b"/Artifact BMC", b"             ", "Page 1: S draws outside marked content and artifacts."),
    (b"EMC", b"   ", "Page 1: marked content is not closed, or closed twice."),
    (b"<</MCID 1>>", b"<</MCID 0>>", "Page 1: the marked content 0 is there twice."),
    (b"<</MCID 3>>", b"<</MCID 4>>", "Page 1: the marked content 4 is not in the parent tree."),
    (b"/StructParents 0", b"/StructParents 7", "Page 1: the marked content 0 is not in the parent tree."),
    (b"/Alt (A square)", b"/Alx (A square)", "A figure has no alternative text."),
    (b"/Scope /Row", b"/Scopa /Row", "A table header has no scope."),
    (b"/S /TH", b"/S /TD", "A table has no header."),
    (b"/Tabs /S", b"/Tabs /R", "Page 1: the keyboard does not follow the structure."),
    (b"/StructParent 1", b"/StructParent 8", "Page 1: an annotation is not in the parent tree."),
    (b"/TU (", b"/TX (", "Page 1: a form field has no name to be read aloud."),
)


def test_a_page_without_faults_has_none() -> None:
    assert accessibility_faults(specimen()) == []


@pytest.mark.parametrize(("right", "wrong", "sentence"), FAULTS, ids=[f"{a!r} to {b!r}" for a, b, _ in FAULTS])
def test_one_fault_is_told_in_one_sentence(right: bytes, wrong: bytes, sentence: str) -> None:
    assert right in specimen()
    assert len(right) == len(wrong)
    assert sentence in accessibility_faults(specimen().replace(right, wrong, 1))


@pytest.mark.parametrize("pdf", [b"", b"no PDF", specimen()[:2000]], ids=["empty", "foreign", "truncated"])
def test_what_cannot_be_read_is_a_fault(pdf: bytes) -> None:
    assert accessibility_faults(pdf)
