"""The signature field of a drawn page: form, invisible widget, and the dictionary that a signature is put into."""

from datetime import date
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFObjectReference, PDFString
from reportlab.pdfgen.canvas import Canvas

from tasks.signing.hole import PLACEHOLDERS

FIELD_NAME = "Signature"
_SIGNED_FORM = 3  # signatures exist, and changes may only be appended (ISO 32000-1, table 219)
_PRINT_AND_LOCKED = 132  # PDF/A-2 wants annotations printed and not hidden; nothing of this one shows: it has no size


def add_signature(
    canvas: Canvas, *, name: str, reason: str, location: str, signed_on: date, struct_parent: int | None
) -> PDFObjectReference:
    """Give the page being drawn a signature field with an empty place for the signature, written last of all objects.

    Args:
        canvas: a page of it must be open; its document holds one such field.
        name: who signs, shown by viewers; also what a screen reader says of the field.
        reason: why it is signed, shown by viewers.
        location: where it is signed, shown by viewers.
        signed_on: told as midnight UTC, so that the same order gives the same bytes.
        struct_parent: the widget's key in the parent tree of a tagged file; its Form element refers to the widget.

    Returns:
        The reference of the widget annotation.
    """
    document: Any = canvas._doc  # the library has no public way to add a field of this kind
    dictionary = document.Reference(_Dictionary(name, reason, location, signed_on), "SignatureDictionary")
    widget = _widget(document, dictionary, name)
    if struct_parent is not None:
        widget["StructParent"] = struct_parent
    canvas._addAnnotation(widget, FIELD_NAME)
    reference = document.refAnnotation(FIELD_NAME)
    document.Catalog.AcroForm = PDFDictionary({"Fields": PDFArray([reference]), "SigFlags": _SIGNED_FORM})
    write_last(canvas, dictionary)
    return reference


def write_last(canvas: Canvas, reference: PDFObjectReference) -> None:
    """Write an object after all others, and after those this was asked for before; it must not make new objects."""
    document: Any = canvas._doc
    if not isinstance(document.numberToId, _Order):
        document.numberToId = _Order(document.numberToId)
    document.numberToId.held.append(document.idToObjectNumberAndVersion[reference.name][0])


class _Order(dict[int, str]):
    """Object numbers and names as the library walks them to write them: the held ones come last.

    The library gives numbers even while it writes, so no object can be known to have the last one.
    """

    def __init__(self, numbers: dict[int, str]) -> None:
        super().__init__(numbers)
        self.held: list[int] = []

    def __getitem__(self, turn: int) -> str:
        turns_left = turn - (len(self) - len(self.held)) - 1
        if turns_left >= 0:
            return super().__getitem__(self.held[turns_left])
        for number in sorted(self.held):
            turn += turn >= number
        return super().__getitem__(turn)


class _Dictionary(PDFObject):  # type: ignore[misc]
    """The signature dictionary (ISO 32000-1, 12.8.1), with its last two entries in the form they are looked for."""

    __RefOnly__ = 1

    def __init__(self, name: str, reason: str, location: str, signed_on: date) -> None:
        self._texts = (("Name", name), ("Reason", reason), ("Location", location))
        self._moment = f"/M (D:{signed_on:%Y%m%d}000000Z)".encode()

    def format(self, document: Any) -> bytes:
        """The bytes of the dictionary."""
        texts = (b"/" + key.encode() + b" " + PDFString(text).format(document) for key, text in self._texts)
        opening = b"<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached"
        return b"\n".join([opening, self._moment, *texts, PLACEHOLDERS + b">>"])


def _widget(document: Any, dictionary: PDFObjectReference, name: str) -> PDFDictionary:
    """Field and widget in one; PDF/A asks for no appearance of what has no size."""
    return PDFDictionary(
        {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Widget"),
            "FT": PDFName("Sig"),
            "T": PDFString(FIELD_NAME),
            "TU": PDFString(f"Digital signature of {name}"),
            "F": _PRINT_AND_LOCKED,
            "Rect": PDFArray([0, 0, 0, 0]),
            "P": document.thisPageRef(),
            "V": dictionary,
        }
    )
