"""A sheet as a PDF: drawn, or as a scan with its words lying invisibly over the picture."""

import io
from functools import cache

from PIL import Image
from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames, registerFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from tasks.sampling.sheets import BASE_FONTS, FONTS, SCRIPT_FONTS, BoxMark, Sheet, TextMark, drawable

# The bytes must not depend on who else drew in this process; certificates are drawn without ASCII85, and so is this.
rl_config.useA85 = 0

_RIGHT_TO_LEFT = {"hebrew", "arabic"}


def sheet_to_pdf(sheet: Sheet, scan: bytes | None = None, searchable: bool = True) -> bytes:
    """The sheet as a one-page PDF, the same bytes every time.

    Args:
        sheet: what is on the page.
        scan: the page's picture as JPEG; then it is what one sees, and the text lies invisibly over it.
        searchable: whether there is any text in the file.
    """
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(sheet.width, sheet.height), invariant=1, pageCompression=1)
    if scan is not None:
        _lay_scan(canvas, scan, sheet)
    if searchable:
        draw_marks(canvas, sheet, visible=scan is None)
    canvas.save()
    return stream.getvalue()


def _lay_scan(canvas: Canvas, scan: bytes, sheet: Sheet) -> None:
    """The JPEG as it is: drawImage would spend most of the time on writing it out in base 85."""
    picture = PDFImageXObject("scan")
    with Image.open(io.BytesIO(scan)) as image:
        picture.width, picture.height = image.size
    picture.bitsPerComponent, picture.colorSpace, picture.mask = 8, "DeviceGray", None
    picture.streamContent, picture._filters = scan, ("DCTDecode",)
    picture.name = canvas._doc.getXObjectName("scan")
    canvas._doc.Reference(picture, picture.name)
    canvas._doc.addForm("scan", picture)
    canvas.saveState()
    canvas.scale(sheet.width, sheet.height)
    canvas.doForm("scan")
    canvas.restoreState()


def draw_marks(canvas: Canvas, sheet: Sheet, visible: bool = True) -> None:
    """The sheet's boxes and words on an open canvas; invisible words can be searched but not seen."""
    ink = -1
    for mark in sheet.marks:
        if isinstance(mark, TextMark):
            if mark.ink != ink:
                canvas.setFillGray(mark.ink / 255)
            ink = mark.ink
            _draw_text(canvas, mark, sheet.height, visible)
        elif isinstance(mark, BoxMark) and visible:
            _draw_box(canvas, mark, sheet.height)
            ink = -1


def _draw_text(canvas: Canvas, mark: TextMark, height: float, visible: bool) -> None:
    if mark.face in SCRIPT_FONTS:
        words = mark.words[::-1] if mark.face in _RIGHT_TO_LEFT else mark.words
        canvas.setFont(_script_font(mark.face), mark.size)
    else:
        words = drawable(mark.words)
        canvas.setFont(BASE_FONTS[mark.face], mark.size)
    canvas.drawString(mark.x, height - mark.y, words, mode=None if visible else 3)


def _draw_box(canvas: Canvas, box: BoxMark, height: float) -> None:
    if box.fill is not None:
        canvas.setFillGray(box.fill / 255)
    if box.edge is not None:
        canvas.setStrokeGray(box.edge / 255)
    bottom = height - box.y - box.height
    canvas.rect(box.x, bottom, box.width, box.height, stroke=int(box.edge is not None), fill=int(box.fill is not None))


@cache
def _script_font(face: str) -> str:
    file = SCRIPT_FONTS[face]
    name = f"Paper-{file}"
    if name not in getRegisteredFontNames():
        try:
            font = TTFont(name, str(FONTS / f"{file}.ttf"))
        except TTFError as error:
            raise ValueError(f"The font data/fonts/{file}.ttf cannot be used; restore the file.") from error
        # The library takes two fonts of one face name for one font; the certificates' fonts must stay their own.
        font.face.name = name.encode()
        registerFont(font)
    return name
