"""The same certificate as others would make it: the words, a panel, a card and a code; for comparison only."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

from registry.credential import credential
from registry.issuance import IssuanceOrder
from tasks.authority import Authority
from tasks.engraving.content import content
from tasks.engraving.wording import load
from tasks.tokens import qr

_TOKEN = "CT1:" + "6BF+70790T9WJWG.FKY*4GO0.O1CV2" * 8


def words_of(order: IssuanceOrder) -> list[str]:
    """What every way prints."""
    said = content(order, load())
    letter = [" ".join(words.text for words in paragraph) for paragraph in said.paragraphs]
    facts = [f"{field.replace('_', ' ')}: {value}" for field, value in said.values.items()]
    return [said.street, said.town, said.day, said.greeting, *letter, *facts, credential(order).name]


def by_platypus(order: IssuanceOrder) -> bytes:
    """As the library's guide shows it."""
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.pagesizes import letter
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    out, style = io.BytesIO(), getSampleStyleSheet()["Normal"]
    words = [Paragraph(text, style) for text in words_of(order)]
    code = Drawing(110, 110)
    code.add(QrCodeWidget(_TOKEN, barWidth=110, barHeight=110, barLevel="M"))
    SimpleDocTemplate(out, pagesize=letter).build([*words, Table([["front", code]])])
    return out.getvalue()


def by_canvas(order: IssuanceOrder) -> bytes:
    """The library's lower level, with our quick code."""
    from reportlab.lib.pagesizes import letter
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter)
    canvas.setFont("Helvetica", 10)
    for number, text in enumerate(words_of(order)):
        canvas.drawString(60, 700 - 14 * number, text)
    canvas.translate(420, 60)
    canvas.scale(2, 2)
    shape = canvas.beginPath()
    for bar in qr.runs(qr.modules(_TOKEN)):
        shape.rect(*bar)
    canvas.drawPath(shape, stroke=0, fill=1)
    canvas.save()
    return out.getvalue()


def by_fpdf2(order: IssuanceOrder) -> bytes:
    """With the same fonts as ours."""
    from fpdf import FPDF

    from tasks.engraving.fonts import FOLDER

    page = FPDF(unit="pt", format="letter")
    page.add_page()
    page.add_font("Noto", fname=str(FOLDER / "NotoSans-Regular.ttf"))
    page.set_font("Noto", size=10)
    for text in words_of(order):
        page.multi_cell(0, 14, text, new_x="LMARGIN", new_y="NEXT")
    for x, y, wide, high in qr.runs(qr.modules(_TOKEN)):
        page.rect(420 + 2 * x, 600 + 2 * y, 2 * wide, 2 * high, style="F")
    return bytes(page.output())


def by_weasyprint(order: IssuanceOrder) -> bytes:
    """From HTML."""
    from html import escape

    import weasyprint

    bars = "".join(f'<rect x="{x}" y="{y}" width="{w}" height="{h}"/>' for x, y, w, h in qr.runs(qr.modules(_TOKEN)))
    code = f'<svg width="110pt" height="110pt" viewBox="0 0 53 53">{bars}</svg>'
    page = "".join(f"<p>{escape(text)}</p>" for text in words_of(order)) + code
    made: bytes = weasyprint.HTML(string=page).write_pdf()
    return made


def by_pyhanko(keys: Authority, pdf: bytes) -> Callable[[IssuanceOrder], object]:
    """Its signing of a finished page; the key is another, of the same kind."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    signer, about = _pyhanko_signer(), signers.PdfSignatureMetadata(field_name="Signature", md_algorithm="sha256")

    def signed(_: IssuanceOrder) -> Any:
        return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), about, signer=signer)

    return signed


@cache
def _pyhanko_signer() -> Any:
    import tempfile
    from pathlib import Path

    from pyhanko.sign import signers

    from tasks.signing.keys import signing_identity

    with tempfile.TemporaryDirectory() as folder:
        key, chain = Path(folder) / "key.pem", Path(folder) / "chain.pem"
        signing_identity(key, chain, may_make=True)
        return signers.SimpleSigner.load(str(key), str(chain), key_passphrase=None)
