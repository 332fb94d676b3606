"""Which kind a paper clearly is, by the key phrases of its trade: a hint for a person, and no proof.

Each kind has phrases that stand on it and hardly on others. What any bill says (account number, amount due, due date)
tells nothing and is not among them. A paper is of a kind when at least three different phrases say so, one of them one
that no paper of the kind goes without, and every other kind has at least two fewer; else it is of none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from registry.facts import Reading
from registry.names import folded

_LEAST, _LEAD = 3, 2
_SHOWN = 5
"""Phrases told to a person at most."""
_RUN_TOGETHER = 9
"""Letters and digits from which a phrase is found without its spaces too, which readers of pictures leave out."""
_NOT_IN_WORDS = re.compile(r"[^a-z0-9]+")
_APOSTROPHE = re.compile("['’`]")
_CELLS = re.compile(r"[\t\n]")


@dataclass(frozen=True, slots=True)
class SeenKind:
    """What a paper clearly is; both empty when it is not clear."""

    kind: str = ""
    """a document type, as the portal names it"""
    words: tuple[str, ...] = ()
    """the phrases that say so, those of the kind first"""


@dataclass(frozen=True)
class _Trade:
    """The phrases of one kind of paper, parted by semicolons."""

    kind: str
    naming: str
    """of which one at least must stand there"""
    others: str
    but_not: str = ""
    """phrases with which it is its twin"""
    code: str = ""
    """the source of readings that count as a phrase"""

    @cached_property
    def phrases(self) -> tuple["_Phrase", ...]:
        """All phrases, the naming ones first."""
        return (*self.names, *_phrases(self.others))

    @cached_property
    def names(self) -> tuple["_Phrase", ...]:
        """The phrases of which one must stand there."""
        return _phrases(self.naming)

    @cached_property
    def barred_by(self) -> tuple["_Phrase", ...]:
        """The phrases of which none may stand there."""
        return _phrases(self.but_not)


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: str
    spaced: str
    """folded, with a space before and behind"""
    close: str
    """without spaces"""

    def stands_in(self, spaced: str, close: str) -> bool:
        """Whether it stands in a text, given with and without spaces."""
        return self.spaced in spaced or (len(self.close) >= _RUN_TOGETHER and self.close in close)


def _phrases(listed: str) -> tuple[_Phrase, ...]:
    return tuple(_phrase(" ".join(each.split())) for each in listed.split(";") if each.strip())


def _phrase(words: str) -> _Phrase:
    plain = _plain(words)
    return _Phrase(words, f" {plain} ", plain.replace(" ", ""))


def _plain(text: str) -> str:
    """Folded words with one space between them."""
    return _NOT_IN_WORDS.sub(" ", folded(_APOSTROPHE.sub("", text))).strip()


_ON_CARDS = """date of birth; DOB; 4d; 4a; 4b; DLN; ISS; EXP; HGT; height; EYES; SEX; CLASS; REST; END; restrictions;
    endorsements; donor; department of motor vehicles; DMV"""
_CODE_WORDS = {"barcode": "its barcode", "mrz": "its machine readable zone"}
_TRADES = (
    _Trade(
        "drivers_license",
        "driver license; driver's license; operator license; operator's license",
        _ON_CARDS,
        but_not="identification card; not a driver license; not a driver's license",
        code="barcode",
    ),
    _Trade(
        "state_id",
        "identification card; identity card; non-driver identification; state ID card",
        _ON_CARDS,
        but_not="insurance identification card; policy number; premium",
        code="barcode",
    ),
    _Trade(
        "passport",
        "passport; passport no; passport number",
        """surname; given names; nationality; place of birth; date of issue; date of expiration; date of expiry;
        authority; United States Department of State; country code""",
        but_not="passport card",
        code="mrz",
    ),
    _Trade(
        "passport_card",
        "passport card",
        """surname; given names; nationality; place of birth; date of birth; issued on; expires on; date of issue;
        date of expiration; passport card no; United States of America""",
        code="mrz",
    ),
    _Trade(
        "utility_bill",
        """kWh; kilowatt hours; therms; CCF; meter reading; meter readings; meter number; electric bill;
        electric service; electricity used; electricity use; gas bill; gas service; natural gas; water bill;
        water service; sewer; Mbps; broadband; internet bill; internet service; wireless; cable bill; heating oil;
        fuel oil; gallons""",
        """meter; actual read; estimated read; usage; supply; delivery; generation; transmission; customer charge;
        public benefits; service address; service from; service at; service period; your bill; bill summary;
        this bill; one-time charges; monthly charges; current charges; surcharges; smell gas; auto pay; internet;
        equipment; modem; return this part with your payment; return this portion; detach and return;
        amount enclosed; customer service charge; water; outage; rate class; commodity""",
    ),
    _Trade(
        "lease",
        "lease; rental agreement; lease agreement; residential lease; tenancy agreement",
        """landlord; tenant; tenants; lessor; lessee; rent; monthly rent; security deposit; premises; dwelling;
        month to month; sublet; in advance; notice in writing; reasonable notice; housing codes; quiet enjoyment;
        lease term; rules and regulations""",
    ),
    _Trade(
        "mortgage",
        """mortgage; mortgage statement; home loan; mortgage deed; mortgagor; mortgagee; loan number""",
        """principal; escrow; outstanding principal; unpaid principal; principal balance; prepayment penalty;
        explanation of amount due; maturity date; borrower; lender; loan servicer; property taxes; interest rate;
        promissory note; escrow balance; property address""",
    ),
    _Trade(
        "bank_statement",
        """beginning balance; ending balance; opening balance; closing balance; member FDIC; insured by NCUA;
        checking account; savings account; account activity; credit limit; minimum payment due""",
        """checking; savings; deposits; withdrawals; direct deposit; deposits and other credits; withdrawals and debits;
        checks paid; ATM withdrawal; debit card; overdraft; electronic transfers; interest earned;
        annual percentage yield; daily balance; statement period; available credit; cash advances; new balance;
        online transfer; credit union; bank; description; service fees; account summary; transaction history""",
    ),
    _Trade(
        "tax_bill",
        """tax bill; property tax; real estate tax; motor vehicle tax; grand list; mill rate; tax collector;
        collector of revenue""",
        """net assessment; gross assessment; assessed value; assessment; first instalment; second instalment;
        first installment; second installment; instalment; installment; exemptions; real estate; property location;
        list number; tax due; fiscal year; delinquent; Conn. Gen. Stat. 12-146; tax district""",
    ),
    _Trade(
        "w2",
        "W-2; wage and tax statement",
        """wages, tips, other comp; federal income tax withheld; social security wages;
        social security tax withheld; medicare wages and tips; medicare tax withheld; employer identification number;
        employer's name; employee's name; employee's social security number; internal revenue service;
        state wages, tips; copy b; copy c; control number; OMB No""",
    ),
    _Trade(
        "insurance",
        """policy number; insurance; declarations page; policy declarations; health plan; insured; policyholder;
        named insured; explanation of benefits; group number""",
        """premium; coverage; cover; coverages; deductible; copay; coinsurance; liability; renters; homeowners;
        policy period; member ID; claims; your agent; insurer; mutual; casualty; underwriter; subscriber;
        dwelling coverage; limits of liability; individual health; dependents""",
    ),
    _Trade(
        "government_mail",
        """state of Connecticut; department of social services; department of revenue services; department of labor;
        social security administration; department of motor vehicles; registrar of vital records;
        department of the treasury; official business; department of veterans affairs; access health CT;
        department of public health; medicare and medicaid; United States government""",
        """notice; this notice; please read this notice; case number; case name; client ID; hearing; ask for a hearing;
        appeal; if you disagree; determination; eligibility; benefits; benefit; household; your household;
        your return; notice date; date of notice; commissioner; beneficiary; HUSKY; SNAP; made by computer;
        your request; caseworker; needs no signature; privacy act""",
    ),
    _Trade(
        "voter_registration",
        "voter registration; registrar of voters; registrars of voters; registered voter; voter card; voter ID",
        """polling place; voting district; congressional district; precinct; party affiliation; enrolled party;
        registered on; election day; assembly district; senate district; town clerk; elector; secretary of the state;
        confirmation of voter registration; unaffiliated""",
    ),
)


def kind_of(text: str, readings: Iterable[Reading] = ()) -> SeenKind:
    """Which kind a paper clearly is, and the phrases that say so.

    Args:
        text: lines kept, columns parted by tabs.
        readings: what its machine codes say; that there is a code counts as a phrase.
    """
    cells = [_plain(cell) for cell in _CELLS.split(text)]
    spaced, close = f" {' | '.join(cells)} ", "|".join(cell.replace(" ", "") for cell in cells)
    sources = {reading.source for reading in readings}
    found = sorted((_found(trade, spaced, close, sources) for trade in _TRADES), key=lambda each: -len(each.words))
    winner, second = found[:2]
    is_clear = len(winner.words) >= max(_LEAST, len(second.words) + _LEAD)
    return SeenKind(winner.kind, winner.words[:_SHOWN]) if is_clear else SeenKind()


def _found(trade: _Trade, spaced: str, close: str, sources: set[str]) -> SeenKind:
    """The kind with all its phrases that stand on the paper; without any when it is not named, or barred."""
    is_named = any(phrase.stands_in(spaced, close) for phrase in trade.names)
    if not is_named or any(phrase.stands_in(spaced, close) for phrase in trade.barred_by):
        return SeenKind(trade.kind)
    phrases = [phrase for phrase in trade.phrases if phrase.stands_in(spaced, close)]
    words = [phrase.words for phrase in phrases if not any(_is_part(phrase, other) for other in phrases)]
    code = [_CODE_WORDS[trade.code]] if trade.code in sources else []
    return SeenKind(trade.kind, (*words, *code))


def _is_part(phrase: _Phrase, other: _Phrase) -> bool:
    """Whether a longer phrase that was found holds this one, so that the two are one."""
    return len(phrase.close) < len(other.close) and phrase.close in other.close
