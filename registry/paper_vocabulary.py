"""Words that stand around names on papers, so that what is more of a name can be told from what is not."""

from registry.family_names import is_family_only
from registry.names import one_edit_apart
from registry.paper_words import Cell, Word

JOINERS = frozenset({"and", "or", "y", "et"})
PARTICLES = frozenset(
    {"de", "del", "la", "las", "los", "van", "von", "der", "den", "da", "das", "dos", "di", "le", "du", "st", "san"}
    | {"bin", "ibn", "al", "el", "mac", "mc", "ter", "ten"}
)
_HOLDERS = """
name names named customer customers client account acct holder holders member statement bill invoice policy for to
tenant tenants lessee lessees resident residents occupant policyholder insured employee taxpayer borrower borrowers
coborrower mortgagor applicant registrant elector voter subscriber patient cardholder payer recipient owner owners
user dear hello hi
"""
_AROUND = """
service billing billed from miss the of by at is are with sold ship mailing property premises primary joint secondary
first last middle full legal surname given date dob born sex number no id phone email page amount due total street
address signed signature print printed between hereinafter undersigned this that your you who has lives resides
prepared deliver mail sincerely summary on in as type class period card registered driver drivers license information
about household spouse child children dependents additional interest none other suff suffix
"""
_TITLES = frozenset({"mr", "mrs", "ms", "mx", "miss", "dr"})
_OTHER_ROLES = """
landlord landlords lessor lessors agent agents manager management notary witness president director officer
superintendent broker attorney employer payee representative realtor seller grantor lender physician prescriber doctor
attn attention co payable worker caseworker specialist examiner technician underwriter adjuster teller collector clerk
treasurer commissioner supervisor secretary registrar administrator beneficiary beneficiaries occupants household
members dependents lienholder mortgagee countersigned
"""
_CLOSINGS = frozenset({"sincerely", "regards", "respectfully", "cordially", "truly"})
_SOMEBODY_ELSE = frozenset(_OTHER_ROLES.split())
_LONG = 7
"""Letters of a word that one wrong letter does not turn into another word."""
_LONG_ROLES = tuple(role for role in sorted(_SOMEBODY_ELSE) if len(role) >= _LONG)
_GREETINGS = frozenset({"dear", "hello", "hi"})
_HOLDER = frozenset(_HOLDERS.split())
_NOT_NAMES = JOINERS | _SOMEBODY_ELSE | _HOLDER | _TITLES | frozenset(_AROUND.split())


def is_name_like(word: Word) -> bool:
    """Whether a word could be part of a name: letters only, not written small, and no word of forms."""
    return word.key.isalpha() and not word.raw.islower() and word.key not in _NOT_NAMES


def is_bare_name(words: Cell) -> bool:
    """Whether a cell holds nothing but what could be a name of up to three words."""
    return 0 < len(words) <= 3 and all(map(is_name_like, words))


def is_initial(word: Word) -> bool:
    """Whether a word is a single letter."""
    return len(word.key) == 1 and word.key.isalpha()


def goes_on(cell: Cell, end: int) -> bool:
    """Whether more name follows at `end`: another surname, a company's form, a street's kind."""
    return end < len(cell) and cell[end].follows_closely and (is_name_like(cell[end]) or cell[end].gap == "-")


def begins_earlier(cell: Cell, start: int) -> bool:
    """Whether more name stands before `start`."""
    if start == 0 or not cell[start].follows_closely:
        return False
    before = cell[start - 1]
    return is_name_like(before) or cell[start].gap == "-" or before.key in PARTICLES


def names_somebody_else(words: Cell) -> bool:
    """Whether the words say that the name beside them is the landlord's, the agent's, the one's in whose care it is.

    One wrong letter in a long word does not hide it: `Landiord` is what readers of pictures make of it.
    """
    return any(word.key in _SOMEBODY_ELSE or _is_nearly_a_role(word.key) for word in words)


def _is_nearly_a_role(key: str) -> bool:
    return len(key) >= _LONG and any(one_edit_apart(key, role) for role in _LONG_ROLES)


def is_holders_label(word: Word) -> bool:
    """Whether a word marks the name behind it, or before it, as the one that the paper is made out to."""
    return word.key in _HOLDER


def is_title(word: Word) -> bool:
    """Whether a word is a courtesy before a name."""
    return word.key in _TITLES


def greeted(words: Cell) -> tuple[Cell, bool]:
    """Whom a cell greets, and whether with a courtesy; nobody when it is no greeting."""
    if not words or words[0].key not in _GREETINGS:
        return (), False
    polite = len(words) > 1 and is_title(words[1])
    rest = words[2 if polite else 1 :]
    end = next((at for at, word in enumerate(rest) if at and not word.follows_closely), len(rest))
    return rest[:end], polite


def is_closing(words: Cell) -> bool:
    """Whether a cell closes a letter, so that the names below are its writer's."""
    return 0 < len(words) <= 3 and any(word.key in _CLOSINGS for word in words)


def is_in_care(cell: Cell, start: int) -> bool:
    """Whether a `c/o` stands anywhere before `start`."""
    return any(cell[at].key == "c" and cell[at + 1].key == "o" and cell[at + 1].gap == "/" for at in range(start - 1))


def joined_from(between: Cell) -> int:
    """Where in these words somebody else is joined on by `&` or `and`; their number when nobody is."""
    return next((at for at, word in enumerate(between) if word.gap == "&" or word.key in JOINERS), len(between))


def is_couple(joined: Cell, surname: Word) -> bool:
    """Whether these are the words of FIRST `& OTHER` LAST, the other with a middle name or an initial at most."""
    if not joined or not surname.follows_closely:
        return False
    words = joined[1:] if joined[0].key in JOINERS else joined
    other = words[:-1] if len(words) > 1 and is_initial(words[-1]) else words
    first, *more = other or (surname,)
    closely = all(word.follows_closely and not is_family_only(word.raw) for word in more)
    return 0 < len(other) <= 2 and closely and is_name_like(first) and all(map(is_name_like, more))


def is_couple_turned(between: Cell, given: Word) -> bool:
    """Whether these are the words of LAST, `OTHER &` FIRST, the other with an initial at most."""
    if not between or between[0].gap != "," or not is_name_like(between[0]):
        return False
    rest = between[2:] if len(between) > 1 and is_initial(between[1]) else between[1:]
    if rest:
        return len(rest) == 1 and rest[0].key in JOINERS and given.follows_closely
    return given.gap == "&"
