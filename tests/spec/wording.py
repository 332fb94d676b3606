"""Values, links and tables of the handbook in words that need no knowledge of the code."""

import ast
import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, singledispatch
from typing import Any

from registry import case as case_module
from registry.case import Action, CaseFacts
from registry.clocks import Event
from registry.conclusions import CONCLUSIONS
from registry.facts import NearPerson
from registry.law import Certainty, Provision, Value
from registry.near import NearPage
from registry.pictures import Portrait
from registry.reading import Day, Read

MADE_BY = "Made by `make docs` from data/policy and tests/spec. Do not edit this page: change those and make it again."
SURE = {
    Certainty.CONFIRMED: "confirmed (C)",
    Certainty.SECONDARY: "secondary source (S)",
    Certainty.DESIGN: "our choice (D)",
}
MEASURED = {
    Day.SUBMISSION: "day of submission",
    Day.SIGNING: "day of signing",
    Day.ACT: "day the agency acts",
}
_WIDTHS = {"Day": 18, "Since": 16, "Value": 28, "Given": 52, "Then": 16}
"""Spaces behind a column's head that keep what is short in it on one line."""
_PLURAL_UNITS = {"years", "months", "days", "business days", "dollars"}


@singledispatch
def words(value: Any) -> str:
    """A fact or result as a person would write it."""
    return str(value)


@words.register
def _(value: None) -> str:
    return "none"


@words.register
def _(value: bool) -> str:
    return "yes" if value else "no"


@words.register
def _(value: str) -> str:
    return value.replace("_", " ") or "empty"


@words.register(tuple)
@words.register(list)
def _(value: Sequence[Any]) -> str:
    return "; ".join(map(words, value)) or "none"


@words.register
def _(value: Event) -> str:
    version = f", version {value.revision}" if value.revision > 1 else ""
    return f"{words(value.what)} on {value.on}{version}"


@words.register
def _(value: Action) -> str:
    return f"{value.status} since {value.since or 'an unknown day'}"


@words.register
def _(value: NearPage) -> str:
    return f"{value.proof} as with {value.number} ({value.by}: {value.likeness_percent} percent alike)"


@words.register
def _(value: NearPerson) -> str:
    return f"{value.number} ({value.likeness_percent} percent alike)"


@words.register
def _(value: Portrait) -> str:
    faces = f"{value.faces} face{'' if value.faces == 1 else 's'}"
    return f"{value.width_pixels} by {value.height_pixels} pixels, contrast {value.contrast_levels}, {faces}"


def amount(value: Value | None, unit: str) -> str:
    """A provision's value with its unit."""
    if value is None:
        return "repealed"
    if unit in _PLURAL_UNITS:
        return f"{value} {unit.removesuffix('s') if value == 1 else unit}"
    if isinstance(value, tuple):
        return ", ".join(map(words, value))
    return f"{value} percent" if unit == "percent" else words(value)


def dated(provision: Provision) -> str:
    """Every value of a provision with the day since which it is in force."""
    return "<br>".join(f"since {since}: {amount(value, provision.unit)}" for since, value in provision.values)


def source(provision: Provision) -> str:
    """Where a provision stands, as a link where the text has an address."""
    return cited(provision.citation, provision.url)


def cited(title: str, url: str) -> str:
    """A citation, as a link where the text has an address."""
    return f"[{escaped(title)}]({url})" if url else escaped(title)


def provisions_table(reads: Iterable[Read], provisions: Mapping[str, Provision]) -> list[str]:
    """What a rule, a conclusion or a term takes from the law, with every value by its day."""
    rows = [
        (
            f"{provision.summary} [`{read.name}`](dates.md#{slug(provision.summary)})",
            MEASURED[read.day] if read.day else "",
            dated(provision),
            source(provision),
            SURE[provision.certainty],
        )
        for read in reads
        for provision in (provisions[read.name],)
    ]
    return table(("Provision", "Measured by", "Value", "Source", "How sure"), rows)


@cache
def sentences() -> dict[str, str]:
    """What each fact and conclusion says, by name, escaped."""
    source_tree = ast.parse(inspect.getsource(case_module))
    classes = [node for node in source_tree.body if isinstance(node, ast.ClassDef)]
    record = next(node for node in classes if node.name == CaseFacts.__name__)
    said = {}
    for field, doc in zip(record.body, record.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(doc, ast.Expr):
            text = " ".join(str(ast.literal_eval(doc.value)).split())
            said[field.target.id] = plainly(text[0].upper() + text[1:])
    return said | {each.name: plainly(each.sentence) for each in CONCLUSIONS}


def plainly(docstring: str) -> str:
    """What a docstring says, escaped, with the code's word for nothing as anybody writes it."""
    return escaped(re.sub(r"(?<=[,;] )None\b", "none", docstring))


def named(name: str) -> str:
    """A fact or conclusion by its sentence, with its name beside it."""
    return f"{sentences()[name].rstrip('.')} (`{name}`)"


def briefly_named(name: str) -> str:
    """The same without what the sentence adds behind a semicolon."""
    return f"{sentences()[name].rstrip('.').partition(';')[0]} (`{name}`)"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table in markdown."""
    heads = [each + "&nbsp;" * _WIDTHS.get(each, 0) for each in head]
    lines = [heads, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that markdown would take for a sign but names set as code."""
    return re.sub(r"([\\*<]|(?<!\w)_|_(?!\w))", r"\\\1", " ".join(text.split()))


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def page(title: str, *parts: Iterable[str]) -> str:
    """A page of blocks, parted by empty lines; a block of several lines is a table or a list."""
    blocks = [f"# {title}", f"> {MADE_BY}", *(block for part in parts for block in part)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def block(lines: Iterable[str]) -> str:
    """Lines that belong together: a table or a list."""
    return "\n".join(lines)
