"""The accessibility of a file in pure Python: quick enough for every test run, no substitute for veraPDF."""

import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral

from tests.conformance.content import Shown, shown

_RDF_ALTERNATIVE = ".//{http://purl.org/dc/elements/1.1/}title//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_IDENTIFICATION = {
    ("pdfuaid", "{http://www.aiim.org/pdfua/ns/id/}part"): "1",
    ("pdfaid", "{http://www.aiim.org/pdfa/ns/id/}part"): "2",
    ("pdfaid", "{http://www.aiim.org/pdfa/ns/id/}conformance"): "A",
}


def accessibility_faults(pdf: bytes) -> list[str]:
    """What keeps the file from being a tagged PDF/UA-1 and PDF/A-2a, as sentences; empty if nothing was seen."""
    try:
        document = PDFDocument(PDFParser(io.BytesIO(pdf)))
        catalog = dict_value(document.catalog)
        tree = _dict(catalog.get("StructTreeRoot"))
        owners = dict(_numbers(_dict(tree.get("ParentTree")), set()))
        faults = [*_catalog(catalog, document.info), *_metadata(catalog), *_intent(catalog), *_structure(tree)]
        for number, page in enumerate(PDFPage.create_pages(document), start=1):
            faults += (f"Page {number}: {fault}" for fault in [*_page(page, owners), *_annotations(page, owners)])
    except (PDFException, PSException, ET.ParseError, KeyError, TypeError, ValueError) as error:
        return [f"The file cannot be read as PDF: {type(error).__name__}."]
    return faults


def name(value: Any) -> str:
    """The text of a PDF name; empty for anything else."""
    value = resolve1(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""


def _dict(value: Any) -> dict[str, Any]:
    value = resolve1(value)
    return value if isinstance(value, dict) else {}


def _listed(value: Any) -> list[Any]:
    """The values of an array; a single value is an array of one, an absent one of none."""
    resolved = resolve1(value)
    return resolved if isinstance(resolved, list) else [] if resolved is None else [value]


def _catalog(catalog: dict[str, Any], infos: list[Any]) -> Iterator[str]:
    if not resolve1(catalog.get("Lang")):
        yield "The catalog names no language."
    if resolve1(_dict(catalog.get("MarkInfo")).get("Marked")) is not True:
        yield "The catalog does not say that the file is marked."
    if not _dict(catalog.get("StructTreeRoot")):
        yield "There is no structure tree."
    elif not _dict(_dict(catalog.get("StructTreeRoot")).get("ParentTree")):
        yield "The structure tree has no parent tree."
    if resolve1(_dict(catalog.get("ViewerPreferences")).get("DisplayDocTitle")) is not True:
        yield "Viewers are not asked to show the title."
    if not any(resolve1(_dict(info).get("Title")) for info in infos):
        yield "The file has no title."


def _metadata(catalog: dict[str, Any]) -> Iterator[str]:
    stream = resolve1(catalog.get("Metadata"))
    if not isinstance(stream, PDFStream):
        yield "There is no XMP metadata."
        return
    root = ET.fromstring(stream.get_data())  # noqa: S314  # a file that we drew
    for (prefix, key), wanted in _IDENTIFICATION.items():
        if (root.findtext(f".//{key}") or "").strip() != wanted:
            yield f"The XMP metadata do not say {prefix}:{key.split('}')[1]} {wanted}."
    if not (root.findtext(_RDF_ALTERNATIVE) or "").strip():
        yield "The XMP metadata give no title."


def _intent(catalog: dict[str, Any]) -> Iterator[str]:
    intents = [_dict(each) for each in _listed(catalog.get("OutputIntents"))]
    profiles = [each.get("DestOutputProfile") for each in intents if name(each.get("S")) == "GTS_PDFA1"]
    if not any(isinstance(resolve1(profile), PDFStream) for profile in profiles):
        yield "There is no PDF/A output intent with a colour profile."


def _numbers(node: dict[str, Any], seen: set[int]) -> Iterator[tuple[int, Any]]:
    """Keys and values of a number tree."""
    pairs = _listed(node.get("Nums"))
    yield from zip(pairs[::2], pairs[1::2], strict=True)
    for kid in _listed(node.get("Kids")):
        if isinstance(kid, PDFObjRef) and kid.objid not in seen:
            seen.add(kid.objid)
            yield from _numbers(_dict(kid), seen)


def _structure(tree: dict[str, Any]) -> Iterator[str]:
    for element in _elements(tree, set()):
        role = name(element.get("S"))
        if role == "Figure" and not resolve1(element.get("Alt")):
            yield "A figure has no alternative text."
        if role == "TH" and not any(name(each.get("Scope")) for each in map(_dict, _listed(element.get("A")))):
            yield "A table header has no scope."
        if role == "Table" and "TH" not in {name(below.get("S")) for below in _elements(element, set())}:
            yield "A table has no header."


def _elements(node: dict[str, Any], seen: set[int]) -> Iterator[dict[str, Any]]:
    """All structure elements below a node, each once."""
    for kid in _listed(node.get("K")):
        element = _dict(kid)
        if "S" not in element or (isinstance(kid, PDFObjRef) and kid.objid in seen):
            continue
        seen.add(kid.objid if isinstance(kid, PDFObjRef) else id(element))
        yield element
        yield from _elements(element, seen)


def _page(page: PDFPage, owners: dict[int, Any]) -> Iterator[str]:
    owned = _listed(owners.get(resolve1(page.attrs.get("StructParents"))))
    numbers: set[int] = set()
    for each in shown(list(list_value(page.contents)), _dict(page.resources)):
        if each.operator == "BDC" and each.mark is not None:
            if each.mark in numbers:
                yield f"the marked content {each.mark} is there twice."
            if each.mark >= len(owned) or not _dict(owned[each.mark]):
                yield f"the marked content {each.mark} is not in the parent tree."
            numbers.add(each.mark)
        elif each.operator == "unbalanced":
            yield "marked content is not closed, or closed twice."
        elif each.operator != "BDC" and not each.marked:
            yield f"{each.operator} draws outside marked content and artifacts."
        if each.font is not None:
            yield from _font(each)


def _font(text: Shown) -> Iterator[str]:
    font = _dict(text.font)
    label = name(font.get("BaseFont")) or "without a name"
    if not isinstance(resolve1(font.get("ToUnicode")), PDFStream):
        yield f"the font {label} has no ToUnicode map."
    descendants = _listed(font.get("DescendantFonts")) or [font]
    for each in map(_dict, descendants):
        files = _dict(each.get("FontDescriptor")).keys() & {"FontFile", "FontFile2", "FontFile3"}
        if not files:
            yield f"the font {label} is not embedded."


def _annotations(page: PDFPage, owners: dict[int, Any]) -> Iterator[str]:
    annotations = [_dict(each) for each in _listed(page.annots)]
    if annotations and name(page.attrs.get("Tabs")) != "S":
        yield "the keyboard does not follow the structure."
    for each in annotations:
        if not _dict(owners.get(resolve1(each.get("StructParent")))):
            yield "an annotation is not in the parent tree."
        if name(each.get("Subtype")) == "Widget" and not resolve1(each.get("TU")):
            yield "a form field has no name to be read aloud."
