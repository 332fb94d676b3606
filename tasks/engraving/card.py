"""The card at the foot of the page: front and back in one outline to cut and fold."""

from tasks.engraving import layout as at
from tasks.engraving import ornaments
from tasks.engraving.draft import Draft
from tasks.engraving.errors import TextDoesNotFitError
from tasks.engraving.fitting import Block, Words, fit, prose
from tasks.engraving.paper import Box, Paper
from tasks.engraving.sheet import Sheet
from tasks.tokens import qr

_FRONT = at.LEFT
_BACK = at.LEFT + at.CARD_WIDTH
_PAIR = (_FRONT, at.CARD_BOTTOM, 2 * at.CARD_WIDTH, at.CARD_HEIGHT)
_INNER = at.CARD_WIDTH - 2 * at.CARD_PADDING
_FRONT_FIELDS = {
    # field: x on the card, width, baselines of label and value, style
    "registration_number": (at.CARD_PADDING, at.FRONT_WIDE, at.FRONT_FACTS, at.CARD_VALUE_STRONG),
    "date_of_birth": (at.FRONT_SPLIT, at.FRONT_NARROW, at.FRONT_FACTS, at.CARD_VALUE),
    "expires": (at.CARD_PADDING, at.FRONT_EXPIRES_WIDE, at.FRONT_EXPIRES, at.CARD_EXPIRES),
    "role": (at.FRONT_SPLIT, at.FRONT_NARROW, at.FRONT_ROLE, at.CARD_VALUE_STRONG),
}
_BACK_FIELDS = {"serial": at.BACK_SERIAL, "monthly_allotment": at.BACK_ALLOTMENT}
CODE_BOX: Box = (
    *(_BACK + at.CODE_LEFT, at.CARD_BOTTOM + at.CODE_TOP - at.CODE_SIDE),
    *(at.CODE_SIDE, at.CODE_SIDE),
)
"""Where the code stands on the page."""


def draw_form(sheet: Sheet, draft: Draft) -> None:
    """Draw of the card what is the same for everybody, and the line to cut along.

    Raises:
        EngravingError: the conditions do not fit.
    """
    words = draft.wording.card
    _band(sheet, draft)
    with sheet.drawing() as canvas:
        ornaments.box(canvas, _expires_box(), fill=draft.theme.tint, edge=draft.theme.edge, radius=3)
        ornaments.cut_line(canvas, _PAIR, at.CARD_RADIUS, at.CUT)
        ornaments.scissors(canvas, at.LEFT + 6.5, at.CUT_BASELINE + 2.6, at.CUT)
    with sheet.tagged("cut"):
        sheet.text(at.LEFT + at.CUT_INDENT, at.CUT_BASELINE, words.cut, at.CUT_WORDS)
    for field, (x, _, baselines, _) in _FRONT_FIELDS.items():
        _label(sheet, draft, field, _FRONT + x, baselines[0])
    with sheet.tagged("card foot"):
        sheet.text(_FRONT + at.CARD_PADDING, at.CARD_BOTTOM + at.FOOT, words.front_foot, at.CARD_SMALL)
    _conditions(sheet, draft)
    for field, baselines in _BACK_FIELDS.items():
        _label(sheet, draft, field, _BACK + at.CARD_PADDING, baselines[0])
    if warning := draft.content.values.get("product_forms"):
        with sheet.tagged("card warning"):
            sheet.text(_BACK + at.CARD_PADDING, at.CARD_BOTTOM + at.BACK_WARNING, warning, at.CARD_WARNING)
    with sheet.tagged("card contact"):
        sheet.text(_BACK + at.CARD_PADDING, at.CARD_BOTTOM + at.FOOT, draft.content.contact, at.CARD_SMALL)
    with sheet.tagged("code caption"):
        right = _BACK + at.CODE_LEFT + at.CODE_SIDE
        sheet.text_to(right, at.CARD_BOTTOM + at.CODE_CAPTION, words.code_caption, at.CARD_SMALL)


def draw_facts(paper: Paper, draft: Draft) -> None:
    """Draw of the card what is the person's.

    Raises:
        EngravingError: a text that does not fit or cannot be printed.
        TokenError: the token is too long for a code.
    """
    values = draft.content.values
    _name(paper, draft)
    for field, (x, width, baselines, style) in _FRONT_FIELDS.items():
        _value(paper, field, fit(values[field], style, width, 1, field), (_FRONT + x, baselines[1]), style)
    for field, baselines in _BACK_FIELDS.items():
        block = fit(values[field], at.CARD_VALUE_STRONG, at.BACK_WIDE, 1, field)
        _value(paper, field, block, (_BACK + at.CARD_PADDING, baselines[1]), at.CARD_VALUE_STRONG)
    left, bottom, side, _ = CODE_BOX
    with paper.tagged("code"):
        paper.code(left, bottom + side, side, qr.modules(draft.token), at.CODE)


def _band(sheet: Sheet, draft: Draft) -> None:
    agency, theme = draft.wording.agency, draft.theme
    bottom = at.CARD_BOTTOM + at.CARD_HEIGHT - at.CARD_BAND
    with sheet.drawing() as canvas, ornaments.inside(canvas, _PAIR, at.CARD_RADIUS):
        ornaments.box(canvas, (_FRONT, bottom, at.CARD_WIDTH, at.CARD_BAND), fill=theme.band)
        if theme.striped:
            ornaments.stripes(canvas, (_FRONT, bottom - at.STRIPES, at.CARD_WIDTH, at.STRIPES), theme.band, theme.tint)
    left, right = _FRONT + at.CARD_PADDING, _BACK - at.CARD_PADDING
    with sheet.tagged("card agency 0"):
        sheet.text(left, bottom + at.CARD_BAND_BASELINES[0], agency.state, at.CARD_STATE)
    with sheet.tagged("card agency 1"):
        sheet.text(left, bottom + at.CARD_BAND_BASELINES[1], agency.program, at.CARD_PROGRAM)
    with sheet.tagged("card kind"):
        sheet.text_to(right, bottom + at.CARD_BAND_BASELINES[2], draft.wording.marks.of(draft.kind), at.CARD_MARK)


def _expires_box() -> Box:
    left, bottom, width, height = at.FRONT_EXPIRES_BOX
    return (_FRONT + left, at.CARD_BOTTOM + bottom, width, height)


def _conditions(sheet: Sheet, draft: Draft) -> None:
    left = _BACK + at.CARD_PADDING
    with sheet.tagged("conditions"):
        sheet.text(left, at.CARD_BOTTOM + at.BACK_HEAD, draft.wording.card.conditions_head, at.CARD_HEAD)
    baseline = at.CARD_BOTTOM + at.BACK_RULES
    for number, condition in enumerate(draft.wording.card.conditions):
        lines = prose((Words(condition, bold=False),), at.CARD_RULES.size, at.BACK_WIDE, "wording")
        with sheet.tagged(f"condition {number}"):
            baseline = sheet.prose(left, baseline, lines, at.CARD_RULES) - at.BACK_RULE_GAP
    if baseline + at.CARD_RULES.leading < at.CARD_BOTTOM + at.BACK_SERIAL[0] + at.CARD_LABEL.leading:
        raise TextDoesNotFitError("wording card.conditions")


def _name(paper: Paper, draft: Draft) -> None:
    """The one fact that may take two lines; alone, it stands a little lower."""
    block = fit(draft.content.values["name"], at.CARD_NAME, _INNER, 2, "name")
    baselines = at.FRONT_NAME if len(block.lines) == 1 else at.FRONT_NAME_IN_TWO
    _label(paper, draft, "name", _FRONT + at.CARD_PADDING, baselines[0])
    _value(paper, "name", block, (_FRONT + at.CARD_PADDING, baselines[1]), at.CARD_NAME)


def _label(paper: Paper, draft: Draft, field: str, x: float, baseline: float) -> None:
    with paper.tagged(f"card label {field}"):
        paper.text(x, at.CARD_BOTTOM + baseline, getattr(draft.wording.labels, field), at.CARD_LABEL)


def _value(paper: Paper, field: str, block: Block, place: tuple[float, float], style: at.Style) -> None:
    with paper.tagged(f"card {field}"):
        paper.block(place[0], at.CARD_BOTTOM + place[1], block, style)
