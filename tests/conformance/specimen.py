"""A small page that is tagged, archivable and ready to be signed, to be broken in one place at a time."""

import io
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PIL import ImageCms
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFPage, PDFStream, PDFString
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tasks.signing.field import add_signature

_FONT = Path(__file__).resolve().parents[2] / "data" / "fonts" / "NotoSans-Regular.ttf"
_ELEMENTS: tuple[tuple[str, int | None, dict[str, Any]], ...] = (
    ("H1", 0, {}),
    ("Figure", 1, {"Alt": PDFString("A square")}),
    ("TH", 2, {"A": PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Row")})}),
    ("TD", 3, {}),
)
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Specimen</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
_SCHEMA = """<pdfaExtension:schemas xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


_format_stream = PDFStream.format


def _lined(stream: PDFStream, document: Any) -> bytes:
    """A stream whose data end in a line end that is not theirs, as PDF/A asks and the library leaves out."""
    formatted: bytes = _format_stream(stream, document)
    return formatted.removesuffix(b"endstream\n") + b"\nendstream\n"


@cache
def specimen() -> bytes:
    """The page, unsigned and uncompressed, so that a test can exchange words of the same length in it."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1, lang="en-US", pdfVersion=(1, 7))
    canvas.setTitle("Specimen")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    font = TTFont("Specimen", _FONT)
    # The library takes two fonts of one face name for one font; the certificates' fonts must stay their own.
    font.face.name = b"Specimen"
    pdfmetrics.registerFont(font)
    _draw(canvas)
    document: Any = canvas._doc
    page = document.thisPageRef()
    field = add_signature(
        canvas,
        name="Specimen Office",
        reason="To be tested",
        location="Hartford, Connecticut",
        signed_on=date(2026, 11, 22),
        struct_parent=1,
    )
    canvas.showPage()
    _add_tree(document, page, field)
    _add_catalog(document)
    with patch.object(PDFStream, "format", _lined):
        canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas) -> None:
    canvas._code.append("/Artifact BMC")
    canvas.rect(70, 690, 300, 40)
    canvas._code.append("EMC")
    for number, (role, _, _) in enumerate(_ELEMENTS):
        canvas._code.append(f"/{role} <</MCID {number}>> BDC")
        if role == "Figure":
            canvas.rect(72, 600, 50, 50, stroke=1, fill=1)
        else:
            canvas.setFont("Specimen", 12)
            canvas.drawString(72 + 60 * number, 700, f"word {role}")
        canvas._code.append("EMC")


def _add_tree(document: Any, page: Any, field: Any) -> None:
    drawn = document.idToObject[page.name]
    drawn.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
    drawn.StructParents, drawn.Tabs = 0, PDFName("S")
    elements: dict[str, Any] = {
        role: PDFDictionary({"S": PDFName(role), "Pg": page, "K": number, **more}) for role, number, more in _ELEMENTS
    }
    for role in ("TR", "Table", "Form", "Document"):
        elements[role] = PDFDictionary({"S": PDFName(role)})
    links = {role: document.Reference(element, f"element {role}") for role, element in elements.items()}
    tree = PDFDictionary({"Type": PDFName("StructTreeRoot"), "K": links["Document"]})
    root = document.Reference(tree, "tree")
    parents = {"TH": "TR", "TD": "TR", "TR": "Table"}
    for role, element in elements.items():
        element["P"] = root if role == "Document" else links[parents.get(role, "Document")]
    elements["TR"]["K"] = PDFArray([links["TH"], links["TD"]])
    elements["Table"]["K"] = links["TR"]
    elements["Form"]["K"] = PDFDictionary({"Type": PDFName("OBJR"), "Obj": field, "Pg": page})
    elements["Document"]["K"] = PDFArray([links[role] for role in ("H1", "Figure", "Table", "Form")])
    owners = PDFArray([links[role] for role, _, _ in _ELEMENTS])
    tree["ParentTree"] = PDFDictionary({"Nums": PDFArray([0, owners, 1, links["Form"]])})
    document.Catalog.StructTreeRoot = root


def _add_catalog(document: Any) -> None:
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString("sRGB"),
        "DestOutputProfile": document.Reference(PDFStream(PDFDictionary({"N": 3}), profile, [])),
    }
    catalog.OutputIntents = PDFArray([PDFDictionary(intent)])
    xmp = _XMP.replace("</rdf:Description>", _SCHEMA).encode()
    kind = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    catalog.Metadata = document.Reference(PDFStream(PDFDictionary(kind), xmp, []))
