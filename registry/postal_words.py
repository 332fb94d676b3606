"""The words of US postal addresses in the one form in which they are compared.

Source: USPS Publication 28, Postal Addressing Standards, appendices B and C. `No` and `So` are how Connecticut writes
North and South on street signs.
"""

_SUFFIXES = """
allee alley ally: aly; avenue av aven avenu avn avnue: ave; beach: bch; bend: bnd; boulevard boul boulv: blvd;
branch: br; bridge: brg; brook: brk; bypass: byp; circle circ circl crcl crcle: cir; common: cmn; commons: cmns;
corner: cor; corners: cors; court: ct; courts: cts; cove: cv; creek: crk; crescent cres: cres; crossing crssng:
xing; crossroad: xrd; drive driv drv: dr; estate: est; estates: ests; expressway expy: expy; extension extn:
ext; falls: fls; farm: frm; field: fld; fields: flds; forest: frst; fork: frk; garden: gdn; gardens grdns: gdns;
gate: gtwy; gateway: gtwy; glen: gln; green: grn; grove grov: grv; harbor harb: hbr; heights hts ht: hts;
highway highwy hiway hway: hwy; hill: hl; hills: hls; hollow: holw; island: is; junction: jct; knoll: knl;
knolls: knls; lake: lk; lakes: lks; landing lndng: lndg; lane: ln; lodge: ldg; loop: loop; mall: mall; manor:
mnr; meadow: mdw; meadows: mdws; mill: ml; mills: mls; mountain mntn: mtn; oval: oval; park: park; parkway
parkwy pky: pkwy; pass: pass; path: path; pike: pike; pine: pne; pines: pnes; place: pl; plain: pln; plaza plza:
plz; point: pt; pond: pond; port: prt; ridge rdge: rdg; river: riv; road: rd; row: row; run: run; shore: shr;
spring: spg; springs: spgs; square sqr: sq; station: sta; street str strt: st; summit: smt; terrace terr: ter;
trace: trce; trail: trl; turnpike trnpk: tpke; valley: vly; view: vw; village: vlg; vista: vis; walk: walk; way:
way; wood: wood; woods: wds
"""
_NOT_ENDINGS = {"is", "prt", "pne", "wood", "br", "frst", "mtn", "spg", "ml", "lk", "riv", "brk", "crk", "fld", "gtwy"}
_DIRECTIONS = """
north no: n; south so: s; east: e; west: w; northeast: ne; northwest: nw; southeast: se; southwest: sw
"""
_OTHERS = """
saint: st; mount: mt; fort: ft; route: rte; rt: rte; first: 1st; second: 2nd; third: 3rd; fourth: 4th; fifth:
5th; sixth: 6th; seventh: 7th; eighth: 8th; ninth: 9th; tenth: 10th
"""
_STATES = """
alabama: al; alaska: ak; arizona: az; arkansas: ar; california: ca; colorado: co; connecticut conn: ct;
delaware: de; florida: fl; georgia: ga; hawaii: hi; idaho: id; illinois: il; indiana: in; iowa: ia; kansas: ks;
kentucky: ky; louisiana: la; maine: me; maryland: md; massachusetts mass: ma; michigan: mi; minnesota: mn;
mississippi: ms; missouri: mo; montana: mt; nebraska: ne; nevada: nv; new-hampshire: nh; new-jersey: nj; new-
mexico: nm; new-york: ny; north-carolina: nc; north-dakota: nd; ohio: oh; oklahoma: ok; oregon: or;
pennsylvania: pa; rhode-island: ri; south-carolina: sc; south-dakota: sd; tennessee: tn; texas: tx; utah: ut;
vermont: vt; virginia: va; washington: wa; west-virginia: wv; wisconsin: wi; wyoming: wy
"""


def _table(rows: str) -> dict[str, str]:
    pairs = (row.split(":") for row in rows.split(";"))
    return {form: short.strip() for forms, short in pairs for form in [*forms.split(), short.strip()]}


SUFFIXES = _table(_SUFFIXES)
"""Any form of a street's kind -> its USPS abbreviation."""
ENDINGS = frozenset(SUFFIXES.values()) - _NOT_ENDINGS
"""Abbreviations that end a street's name; words such as mill or brook are more often part of the name."""
DIRECTIONS = _table(_DIRECTIONS)
STATES = _table(_STATES.replace("-", ""))
"""State names, spaces left out, and abbreviations -> abbreviation."""
_ALL = {**SUFFIXES, **DIRECTIONS, **_table(_OTHERS)}
NUMBERS = {
    word: str(value)
    for value, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}
UNITS = frozenset(
    {"apt", "apartment", "unit", "ste", "suite", "#", "rm", "room", "fl", "floor", "flr", "bldg", "building", "lot"}
    | {"trlr", "trailer", "spc", "space", "ph", "penthouse", "dept"}
)
PLACES = frozenset({"rear", "front", "upper", "lower", "basement", "bsmt", "left", "right", "ph", "penthouse"})
"""Units that need no number."""


def in_short(words: list[str]) -> list[str]:
    """The words with each postal word in its USPS abbreviation."""
    return [_ALL.get(word, word) for word in words]
