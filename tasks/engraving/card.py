"""The card at the foot of the page: front and back in one outline to cut and fold."""

from tasks.engraving import layout as at
from tasks.engraving.draft import Draft
from tasks.engraving.errors import TextDoesNotFitError
from tasks.engraving.fitting import Block, Words, fit, measured, prose

_FRONT = at.LEFT
_BACK = at.LEFT + at.CARD_WIDTH
_PAIR = (_FRONT, at.CARD_BOTTOM, 2 * at.CARD_WIDTH, at.CARD_HEIGHT)
_INNER = at.CARD_WIDTH - 2 * at.CARD_PADDING


def draw_card(draft: Draft) -> None:
    """Draw the card and the line to cut along.

    Raises:
        EngravingError: a text that does not fit or cannot be printed.
    """
    sheet = draft.sheet
    with sheet.inside(_PAIR, at.CARD_RADIUS):
        _band(draft)
    _front(draft)
    _back(draft)
    sheet.cut_line(_PAIR, at.CARD_RADIUS, at.CUT)
    sheet.scissors(at.LEFT + 6.5, at.CUT_BASELINE + 2.6, at.CUT)
    sheet.text(at.LEFT + at.CUT_INDENT, at.CUT_BASELINE, draft.wording.card.cut, at.CUT_WORDS)


def _band(draft: Draft) -> None:
    sheet, agency, theme = draft.sheet, draft.wording.agency, draft.theme
    bottom = at.CARD_BOTTOM + at.CARD_HEIGHT - at.CARD_BAND
    sheet.box((_FRONT, bottom, at.CARD_WIDTH, at.CARD_BAND), fill=theme.band)
    if theme.striped:
        sheet.stripes((_FRONT, bottom - at.STRIPES, at.CARD_WIDTH, at.STRIPES), theme.band, theme.tint)
    left, right = _FRONT + at.CARD_PADDING, _BACK - at.CARD_PADDING
    sheet.text(left, bottom + at.CARD_BAND_BASELINES[0], agency.state, at.CARD_STATE)
    sheet.text(left, bottom + at.CARD_BAND_BASELINES[1], agency.program, at.CARD_PROGRAM)
    sheet.text_to(right, bottom + at.CARD_BAND_BASELINES[2], draft.wording.marks.of(draft.kind), at.CARD_MARK)


def _front(draft: Draft) -> None:
    first, second = at.CARD_PADDING, at.FRONT_SPLIT
    wide, narrow = second - first - at.CARD_GUTTER, at.CARD_WIDTH - second - at.CARD_PADDING
    left, bottom, width, height = at.FRONT_EXPIRES_BOX
    frame = (_FRONT + left, at.CARD_BOTTOM + bottom, width, height)
    draft.sheet.box(frame, fill=draft.theme.tint, edge=draft.theme.edge, radius=3)
    _name(draft)
    _fact(draft, "registration_number", (_FRONT + first, wide), at.FRONT_FACTS, at.CARD_VALUE_STRONG)
    _fact(draft, "date_of_birth", (_FRONT + second, narrow), at.FRONT_FACTS, at.CARD_VALUE)
    _fact(draft, "expires", (_FRONT + first, width - 2 * (first - left)), at.FRONT_EXPIRES, at.CARD_EXPIRES)
    _fact(draft, "role", (_FRONT + second, narrow), at.FRONT_ROLE, at.CARD_VALUE_STRONG)
    draft.sheet.text(_FRONT + first, at.CARD_BOTTOM + at.FOOT, draft.wording.card.front_foot, at.CARD_SMALL)


def _back(draft: Draft) -> None:
    left, right, split = _BACK + at.CARD_PADDING, _BACK + at.CARD_WIDTH - at.CARD_PADDING, _BACK + at.BACK_SPLIT
    line = at.CARD_BOTTOM + at.BACK_LINE
    draft.sheet.text(left, at.CARD_BOTTOM + at.BACK_HEAD, draft.wording.card.conditions_head, at.CARD_HEAD)
    _conditions(draft, left, line + 4)
    draft.sheet.rule((left, line), (right, line), draft.theme.edge)
    _fact(draft, "serial", (left, split - left - at.CARD_GUTTER), at.BACK_FACTS, at.CARD_VALUE_STRONG)
    _fact(draft, "monthly_allotment", (split, right - split), at.BACK_FACTS, at.CARD_VALUE_STRONG)
    if warning := draft.content.values.get("product_forms"):
        draft.sheet.text(left, at.CARD_BOTTOM + at.BACK_WARNING, warning, at.CARD_WARNING)
    draft.sheet.text(left, at.CARD_BOTTOM + at.FOOT, draft.content.contact, at.CARD_SMALL)


def _conditions(draft: Draft, left: float, floor: float) -> None:
    baseline = at.CARD_BOTTOM + at.BACK_RULES
    for condition in draft.wording.card.conditions:
        words = measured((Words(condition, bold=False),), "wording")
        lines = prose(words, at.CARD_RULES.size, _INNER, "wording")
        baseline = draft.sheet.prose(left, baseline, lines, at.CARD_RULES) - at.BACK_RULE_GAP
    if baseline + at.CARD_RULES.leading < floor:
        raise TextDoesNotFitError("wording card.conditions")


def _name(draft: Draft) -> None:
    """The one fact that may take two lines; alone, it stands a little lower."""
    block = fit(draft.content.values["name"], at.CARD_NAME, _INNER, 2, "name")
    baselines = at.FRONT_NAME if len(block.lines) == 1 else at.FRONT_NAME_IN_TWO
    _labelled(draft, "name", _FRONT + at.CARD_PADDING, baselines, block=block, style=at.CARD_NAME)


def _fact(
    draft: Draft, field: str, place: tuple[float, float], baselines: tuple[float, float], style: at.Style
) -> None:
    """A label and its value under it; `place` is (x, width)."""
    block = fit(draft.content.values[field], style, place[1], 1, field)
    _labelled(draft, field, place[0], baselines, block=block, style=style)


def _labelled(
    draft: Draft, field: str, x: float, baselines: tuple[float, float], *, block: Block, style: at.Style
) -> None:
    draft.sheet.text(x, at.CARD_BOTTOM + baselines[0], getattr(draft.wording.labels, field), at.CARD_LABEL)
    draft.sheet.block(x, at.CARD_BOTTOM + baselines[1], block, style)
