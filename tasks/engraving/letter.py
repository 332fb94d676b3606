"""The letter above the card: header, title band, address in the envelope's window, body, panel of facts."""

from dataclasses import dataclass

from tasks.engraving import fonts, ornaments
from tasks.engraving import layout as at
from tasks.engraving.content import Content
from tasks.engraving.draft import Draft
from tasks.engraving.errors import TextDoesNotFitError
from tasks.engraving.fitting import Block, fit, prose
from tasks.engraving.outline import PANEL
from tasks.engraving.paper import Paper
from tasks.engraving.sheet import Sheet

_STRONG = {"name", "registration_number", "valid_from", "expires", "product_forms"}
_LINES = {"dosage_restrictions": 3}
_SHRINKS = (1.0, 0.96, 0.92, 0.88, 0.85, at.SMALLEST)


@dataclass(frozen=True, slots=True)
class _Cell:
    field: str
    x: float
    block: Block


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[_Cell, ...]
    height: float


def draw_form(sheet: Sheet, draft: Draft) -> None:
    """Draw of the letter what is the same for everybody: its head."""
    _header(sheet, draft)
    theme = draft.theme
    left, bottom, width, _ = at.BAND
    with sheet.drawing() as canvas:
        ornaments.box(canvas, at.BAND, fill=theme.band)
        if theme.striped:
            ornaments.stripes(canvas, (left, bottom - at.STRIPES, width, at.STRIPES), theme.band, theme.tint)
    with sheet.tagged("title"):
        sheet.text(left + at.BAND_PADDING, at.BAND_BASELINE, draft.wording.titles.of(draft.kind), at.TITLE)


def draw_facts(paper: Paper, draft: Draft) -> None:
    """Draw of the letter what is the person's.

    Raises:
        EngravingError: a text that does not fit or cannot be printed.
    """
    content = draft.content
    left, _, width, _ = at.BAND
    with paper.tagged("good through"):
        paper.text_to(left + width - at.BAND_PADDING, at.BAND_BASELINE, content.good_through, at.GOOD_THROUGH)
    with paper.tagged("address"):
        _address(paper, content)
    with paper.tagged("day"):
        paper.text_to(at.RIGHT, at.DATE_BASELINE, content.day, at.DATE)
    rows = _rows(content)
    least = _panel_height(rows, at.PANEL_ROW_GAP[0])
    floor = at.CUT_BASELINE + at.CUT_WORDS.leading
    end = _body(paper, content, floor + least + 2 * at.PANEL_GAP[0])
    gap = _within(at.PANEL_GAP, (end - floor - least) / 3)
    row_gap = _within(at.PANEL_ROW_GAP, at.PANEL_ROW_GAP[0] + (end - floor - least - 2 * gap) / len(rows))
    _panel(paper, draft, rows, row_gap, end - gap)


def _panel_height(rows: list[_Row], row_gap: float) -> float:
    return sum(row.height for row in rows) + (len(rows) - 1) * row_gap + 2 * at.PANEL_PADDING[1]


def _within(limits: tuple[float, float], wanted: float) -> float:
    return min(max(wanted, limits[0]), limits[1])


def _header(sheet: Sheet, draft: Draft) -> None:
    agency, ink = draft.wording.agency, draft.theme.band
    (x, y), size = at.EMBLEM, at.MONOGRAM
    wide = fonts.line(agency.monogram, True, "wording").advance * size / 1000
    with sheet.drawing() as canvas:
        ornaments.rings(canvas, at.EMBLEM, at.EMBLEM_RADIUS, ink)
        sheet.text(x - wide / 2, y - size * 0.36, agency.monogram, at.Style(size, True, ink, size))
    words = zip((agency.state, agency.department, agency.program), (at.STATE, at.DEPARTMENT, at.PROGRAM), strict=True)
    for number, (text, style) in enumerate(words):
        with sheet.tagged(f"agency {number}"):
            sheet.text(at.AGENCY_X, at.AGENCY_BASELINES[number], text, style)
    for number, text in enumerate((*agency.address[:2], agency.contact)):
        with sheet.tagged(f"agency contact {number}"):
            sheet.text_to(at.RIGHT, at.CONTACT_BASELINES[number], text, at.CONTACT)


def _address(paper: Paper, content: Content) -> None:
    """From the last line upwards: the fewer the lines, the lower they stand, well inside the window."""
    name = fit(content.values["name"], at.ADDRESS, at.ADDRESS_WIDTH, 2, "name")
    blocks = [name, *_streets(content), fit(content.town, at.ADDRESS, at.ADDRESS_WIDTH, 2, "address")]
    count = sum(len(block.lines) for block in blocks)
    if count > at.ADDRESS_LINES:
        raise TextDoesNotFitError("address")
    baseline = at.ADDRESS_LAST_BASELINE + (count - 1) * at.ADDRESS.leading
    for block in blocks:
        baseline = paper.block(at.LEFT, baseline, block, at.ADDRESS) - at.ADDRESS.leading


def _streets(content: Content) -> list[Block]:
    """Street and unit on one line where they fit, else each on its own."""
    both = f"{content.street} {content.unit}".strip()
    try:
        return [fit(both, at.ADDRESS, at.ADDRESS_WIDTH, 1, "address")]
    except TextDoesNotFitError:
        return [
            fit(part, at.ADDRESS, at.ADDRESS_WIDTH, 2, "address") for part in (content.street, content.unit) if part
        ]


def _body(paper: Paper, content: Content, floor: float) -> float:
    """Greeting and paragraphs, as large as they fit above the floor; returns where they end."""
    for shrink in _SHRINKS:
        style = at.Style(at.BODY.size * shrink, False, at.BODY.colour, at.BODY.leading * shrink)
        greeting = fit(content.greeting, style, at.WIDTH, 2, "name")
        texts = [prose(words, style.size, at.WIDTH, "letter") for words in content.paragraphs]
        lines = len(greeting.lines) + sum(map(len, texts))
        end = at.GREETING_BASELINE - lines * style.leading - len(texts) * at.BODY_GAP * shrink + style.leading * 0.7
        if end >= floor:
            break
    else:
        raise TextDoesNotFitError("letter")
    with paper.tagged("greeting"):
        baseline = paper.block(at.LEFT, at.GREETING_BASELINE, greeting, style) - style.leading
    for number, text in enumerate(texts):
        with paper.tagged(f"paragraph {number}"):
            baseline = paper.prose(at.LEFT, baseline - at.BODY_GAP * shrink, text, style)
    return end


def _rows(content: Content) -> list[_Row]:
    rows = []
    column = (at.WIDTH - 2 * at.PANEL_PADDING[0] + at.PANEL_GUTTER) / at.PANEL_COLUMNS
    for spans in PANEL:
        x, cells = at.LEFT + at.PANEL_PADDING[0], []
        for field, columns in spans:
            if field not in content.values:
                continue
            block = fit(
                content.values[field], _style(field), columns * column - at.PANEL_GUTTER, _LINES.get(field, 2), field
            )
            cells.append(_Cell(field, x, block))
            x += columns * column
        if cells:
            lines = max(len(cell.block.lines) for cell in cells)
            rows.append(_Row(tuple(cells), at.LABEL.size + at.LABEL_DROP + (lines - 1) * at.VALUE.leading))
    return rows


def _style(field: str) -> at.Style:
    return at.VALUE_STRONG if field in _STRONG else at.VALUE


def _panel(paper: Paper, draft: Draft, rows: list[_Row], row_gap: float, top: float) -> None:
    theme, height = draft.theme, _panel_height(rows, row_gap)
    place = (at.LEFT, round(top - height, 2), at.WIDTH, round(height, 2))
    paper.box(place, fill=theme.tint, edge=theme.edge, radius=at.PANEL_RADIUS)
    top -= at.PANEL_PADDING[1]
    for row in rows:
        for cell in row.cells:
            baseline = top - at.LABEL.size
            with paper.tagged(f"panel label {cell.field}"):
                paper.text(cell.x, baseline, getattr(draft.wording.labels, cell.field), at.LABEL)
            with paper.tagged(f"panel {cell.field}"):
                paper.block(cell.x, baseline - at.LABEL_DROP, cell.block, _style(cell.field))
        top -= row.height + row_gap
