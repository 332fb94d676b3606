"""The outline as objects of the PDF: what makes it readable aloud (PDF/UA-1, ISO 14289-1) and archivable (PDF/A-2a)."""

from datetime import date
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFString,
    PDFZCompress,
)

from tasks.engraving.archive import metadata, srgb_profile
from tasks.engraving.outline import Node, Outline
from tasks.engraving.streams import LinedStream

PAGE_NAME = "Page1"
"""The library's name of the first page."""
_ROOT = "structure"
_PAGE_KEY, FIELD_KEY = 0, 1
"""Of the page's marks and of the signature's field in the tree of parents."""


def add_structure(document: Any, outline: Outline, code_box: tuple[float, ...], field: Any) -> None:
    """Add the outline's tree; `field` is the reference of the signature's field, `code_box` where the code stands."""
    owners: dict[str, Any] = {}
    count = 0

    def add(node: Node, parent: Any) -> Any:
        nonlocal count
        count += 1
        own = PDFObjectReference(f"element {count}")
        owners.update(dict.fromkeys(node.marks or (node.role,), own))
        kids = [*(outline.tags[mark][1] for mark in node.marks), *(add(kid, own) for kid in node.kids)]
        if node.role == "Form":
            kids = [PDFDictionary({"Type": PDFName("OBJR"), "Obj": field, "Pg": PDFObjectReference(PAGE_NAME)})]
        document.Reference(_element(node, parent, kids, code_box), own.name)
        return own

    top = add(outline.root, PDFObjectReference(_ROOT))
    page_owners = document.Reference(PDFArray([owners[mark] for mark in outline.tags]), "structure owners")
    by_key = PDFArray([_PAGE_KEY, page_owners, FIELD_KEY, owners["Form"]])
    root = {
        "Type": PDFName("StructTreeRoot"),
        "K": PDFArray([top]),
        "ParentTree": document.Reference(PDFDictionary({"Nums": by_key}), "structure parents"),
        "ParentTreeNextKey": FIELD_KEY + 1,
    }
    document.Reference(PDFDictionary(root), _ROOT)


def add_catalog(document: Any, title: str, author: str, creator: str, day: date) -> None:
    """What the catalog has to say of a tagged file that is to be kept: language, tags, colours and metadata."""
    catalog = document.Catalog
    profile = LinedStream(PDFDictionary({"N": 3}), srgb_profile(), [PDFZCompress])
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "DestOutputProfile": document.Reference(profile, "colour profile"),
        }
    )
    kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    about = LinedStream(kind, metadata(title, author, creator, f"{day.isoformat()}T00:00:00+00:00"))
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.__Refs__ = []
    catalog.Pages = document.Reference(document.Pages)
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    catalog.StructTreeRoot = PDFObjectReference(_ROOT)
    catalog.Metadata = document.Reference(about, "metadata")
    catalog.OutputIntents = PDFArray([intent])


def tag_page(document: Any, contents: tuple[str, ...]) -> None:
    """Say on the page of what streams it is made, whose tree its marks belong to, and that the keyboard follows it."""
    page = document.idToObject[PAGE_NAME]
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
    page.__Refs__ = []
    page.Parent = document.Reference(document.Pages)
    page.Contents = PDFArray(map(PDFObjectReference, contents))
    page.StructParents, page.Tabs = _PAGE_KEY, PDFName("S")


def _element(node: Node, parent: Any, kids: list[Any], code_box: tuple[float, ...]) -> Any:
    element = {"Type": PDFName("StructElem"), "S": PDFName(node.role), "P": parent, "K": PDFArray(kids)}
    if node.marks:
        element["Pg"] = PDFObjectReference(PAGE_NAME)
    if node.role == "TH":
        element["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Row")})
    if node.alternative:
        element["Alt"] = PDFString(node.alternative)
        element["A"] = PDFDictionary({"O": PDFName("Layout"), "BBox": PDFArray(code_box)})
    return PDFDictionary(element)
