"""The page as a screen reader reads it: a tree of headings, paragraphs, a table, the card and its code.

Each node names the marks (stretches of the page's drawing) that belong to it, in reading order. A mark's number on the
page is its place in this order, so that the same shape of certificate always has the same tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tasks.engraving.content import Content
from tasks.engraving.wording import Wording

PANEL = (
    (("name", 2), ("date_of_birth", 1), ("role", 1)),
    (("registration_number", 1), ("serial", 1), ("valid_from", 1), ("expires", 1)),
    (("monthly_allotment", 1), ("caregiver", 3), ("patient", 3)),
    (("product_forms", 4),),
    (("dosage_restrictions", 4),),
)
"""Rows of (field, columns); a field that does not apply leaves its place empty, an empty row is left out."""
FRONT = ("name", "registration_number", "date_of_birth", "expires", "role")
BACK = ("serial", "monthly_allotment")


@dataclass(frozen=True, slots=True)
class Node:
    """One element of the tree; `role` is a standard structure type of ISO 32000-1, 14.8.4."""

    role: str
    marks: tuple[str, ...] = ()
    kids: tuple["Node", ...] = ()
    alternative: str = ""
    """said in place of what is seen, for a figure"""


@dataclass(frozen=True)
class Outline:
    """The tree of one certificate."""

    root: Node

    @cached_property
    def tags(self) -> dict[str, tuple[str, int]]:
        """(role, number on the page) of each mark."""
        pairs = [(mark, node.role) for node in walk(self.root) for mark in node.marks]
        return {mark: (role, number) for number, (mark, role) in enumerate(pairs)}

    @cached_property
    def openings(self) -> dict[str, str]:
        """The operators that begin each mark on the page."""
        return {mark: f"/{role} <</MCID {number}>> BDC" for mark, (role, number) in self.tags.items()}


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in reading order."""
    yield node
    for kid in node.kids:
        yield from walk(kid)


def outline(content: Content, wording: Wording) -> Outline:
    """The tree of a certificate with this content."""
    return Outline(Node("Document", kids=(*_letter(content, wording), *_card(content, wording), Node("Form"))))


def _letter(content: Content, wording: Wording) -> Iterator[Node]:
    contact = len(wording.agency.address[:2]) + 1
    yield Node("P", tuple(f"agency {number}" for number in range(3)))
    yield Node("P", tuple(f"agency contact {number}" for number in range(contact)))
    yield Node("H1", ("title",))
    for mark in ("good through", "address", "day", "greeting"):
        yield Node("P", (mark,))
    for number in range(len(content.paragraphs)):
        yield Node("P", (f"paragraph {number}",))
    fields = [name for row in PANEL for name, _ in row if name in content.values]
    yield Node("Table", kids=tuple(_row(name) for name in fields))


def _row(name: str) -> Node:
    return Node("TR", kids=(Node("TH", (f"panel label {name}",)), Node("TD", (f"panel {name}",))))


def _card(content: Content, wording: Wording) -> Iterator[Node]:
    yield Node("P", ("cut",))
    yield Node("H2", ("card agency 0", "card agency 1", "card kind"))
    yield from (_labelled(name) for name in FRONT)
    yield Node("P", ("card foot",))
    yield Node("H3", ("conditions",))
    for number in range(len(wording.card.conditions)):
        yield Node("P", (f"condition {number}",))
    yield from (_labelled(name) for name in BACK)
    if "product_forms" in content.values:
        yield Node("P", ("card warning",))
    yield Node("P", ("card contact",))
    yield Node("Figure", ("code",), alternative=wording.card.code_alternative)
    yield Node("P", ("code caption",))


def _labelled(name: str) -> Node:
    return Node("P", (f"card label {name}", f"card {name}"))
