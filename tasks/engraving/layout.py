"""Every measure and colour of the page, in one place: points (1/72 in), from the lower left corner of the sheet.

The sides of the grid follow from the card: two CR80 cards (85.6 x 54 mm, ISO/IEC 7810 ID-1) side by side, centred on US
letter, leave 63.4 pt on either side, which is also where the window of a #10 envelope begins.
"""

from dataclasses import dataclass

from registry.issuance import CertificateKind

MM = 72 / 25.4
PAGE = (612.0, 792.0)
CARD_WIDTH, CARD_HEIGHT = 85.6 * MM, 54 * MM
LEFT = (PAGE[0] - 2 * CARD_WIDTH) / 2
RIGHT = PAGE[0] - LEFT
WIDTH = RIGHT - LEFT
SMALLEST = 0.82
"""A text may shrink to this share of its size before it is broken into lines."""
LAST_RESORT = 0.58
"""To this share only where no breaking into lines helps: a person with a very long name gets a card too."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set; `leading` is the distance of baselines."""

    size: float
    bold: bool
    colour: str
    leading: float


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours that tell one kind of certificate from the other."""

    band: str
    tint: str
    edge: str
    striped: bool
    """a hatched edge, so that the kinds differ in black and white, too"""


WHITE, INK, GREY, CUT = "#FFFFFF", "#1B2530", "#4C5966", "#6B7780"
THEMES = {
    CertificateKind.TEMPORARY: Theme(band="#8F4300", tint="#FBF5EC", edge="#DDBF98", striped=True),
    CertificateKind.PERMANENT: Theme(band="#163E60", tint="#F2F6FA", edge="#B4C6D8", striped=False),
}

# Header: emblem, agency, contact; then the band with the title. All of it ends above the envelope's window.
EMBLEM_RADIUS = 21.0
MONOGRAM = 9.6
EMBLEM = (LEFT + EMBLEM_RADIUS, 728.0)
AGENCY_X = LEFT + 2 * EMBLEM_RADIUS + 12
AGENCY_BASELINES = (741.0, 725.5, 711.0)
CONTACT_BASELINES = (741.0, 730.0, 711.0)
STATE = Style(9.2, False, GREY, 12)
DEPARTMENT = Style(14.2, True, INK, 16)
PROGRAM = Style(10.6, False, INK, 13)
CONTACT = Style(8.4, False, GREY, 11)
BAND = (LEFT, 664.0, WIDTH, 27.0)
BAND_BASELINE = 673.2
BAND_PADDING = 11.0
STRIPES = 4.0
TITLE = Style(12.4, True, WHITE, 15)
GOOD_THROUGH = Style(9.8, False, WHITE, 12)

# The window of a #10 envelope (4 1/2 x 1 1/8 in, 7/8 in from the left, 1/2 in from the bottom) over a letter folded in
# three. What shows at every shift of the letter is 252 pt wide and ends 228 pt below the top: there ends the address.
ADDRESS_LAST_BASELINE = 567.0
ADDRESS_WIDTH = 244.0
ADDRESS_LINES = 6
ADDRESS = Style(10.2, False, INK, 12.2)
DATE_BASELINE = ADDRESS_LAST_BASELINE
DATE = Style(9.8, False, INK, 12)

# The letter flows down from the greeting, the panel follows; both end above the line to cut along.
GREETING_BASELINE = 517.0
BODY = Style(10.2, False, INK, 14.4)
BODY_GAP = 6.0
PANEL_GAP = (7.0, 24.0)
"""Least and greatest distance of the panel from what stands above and below."""
PANEL_PADDING = (14.0, 10.0)
PANEL_COLUMNS = 4
PANEL_GUTTER = 10.0
PANEL_ROW_GAP = (7.0, 13.0)
PANEL_RADIUS = 5.0
LABEL = Style(7.4, False, GREY, 9)
LABEL_DROP = 12.0
"""From the baseline of a label to that of its value."""
VALUE = Style(10.0, False, INK, 12)
VALUE_STRONG = Style(10.0, True, INK, 12)

# The card.
CARD_BOTTOM = 29.0
CARD_RADIUS = 3.18 * MM
CARD_PADDING = 11.0
CARD_GUTTER = 8.0
CUT_BASELINE = CARD_BOTTOM + CARD_HEIGHT + 6.0
CUT_INDENT = 18.0
CUT_WORDS = Style(7.4, False, GREY, 9)
CARD_BAND = 31.0
CARD_BAND_BASELINES = (18.2, 8.2, 11.4)
CARD_STATE = Style(6.4, False, WHITE, 8)
CARD_PROGRAM = Style(8.4, True, WHITE, 10)
CARD_MARK = Style(10.2, True, WHITE, 12)
CARD_LABEL = Style(6.3, False, GREY, 8)
CARD_NAME = Style(12.6, True, INK, 13.0)
CARD_VALUE = Style(9.2, False, INK, 11)
CARD_VALUE_STRONG = Style(9.2, True, INK, 11)
CARD_EXPIRES = Style(12.6, True, INK, 16)
CARD_SMALL = Style(6.6, False, GREY, 8.2)
CARD_RULES = Style(6.4, False, INK, 7.8)
CARD_HEAD = Style(8.0, True, INK, 10)
CARD_WARNING = Style(6.1, True, INK, 7.4)
FRONT_SPLIT = 144.0
"""Where the right column of the front begins."""
FRONT_WIDE = FRONT_SPLIT - CARD_PADDING - CARD_GUTTER
FRONT_NARROW = CARD_WIDTH - FRONT_SPLIT - CARD_PADDING
FRONT_NAME = (106.0, 93.0)
"""Baselines of label and value above the card's bottom; so below."""
FRONT_NAME_IN_TWO = (109.0, 97.0)
FRONT_FACTS = (69.5, 58.5)
FRONT_EXPIRES = (42.5, 27.5)
FRONT_EXPIRES_BOX = (6.0, 20.5, 133.0, 31.5)
FRONT_EXPIRES_WIDE = FRONT_EXPIRES_BOX[2] - 2 * (CARD_PADDING - FRONT_EXPIRES_BOX[0])
FRONT_ROLE = (42.5, 27.5)
FOOT = 8.5

# The code: 110 pt (1.53 in) wide, with four modules and more of white around it, as a reader needs.
CODE = "#000000"
CODE_SIDE = 110.0
CODE_LEFT = CARD_WIDTH - CODE_SIDE - 10.0
CODE_TOP = CARD_HEIGHT - 10.0
CODE_CAPTION = FOOT
BACK_WIDE = CODE_LEFT - CARD_PADDING - 9.0
BACK_HEAD = 137.3
BACK_RULES = 127.3
BACK_RULE_GAP = 3.4
BACK_SERIAL = (55.5, 46.2)
BACK_ALLOTMENT = (37.0, 27.7)
BACK_WARNING = 18.1
