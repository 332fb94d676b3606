"""What a page draws, operator by operator, and whether it stands inside marked content."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSEOF, PSKeyword, PSLiteral

_TEXT = frozenset({"Tj", "TJ", "'", '"'})
_PAINT = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "EI"})
_DEEPEST = 9  # forms in forms; a form that draws itself must end


@dataclass(frozen=True)
class Shown:
    """One operator that draws or begins marked content; `unbalanced` stands for marks that do not match."""

    operator: str
    marked: bool
    """whether it stands inside marked content or an artifact"""
    mark: int | None = None
    """the number of the marked content that begins here"""
    font: Any = None
    """of the operators that show text"""


def shown(streams: list[Any], resources: dict[str, Any]) -> Iterator[Shown]:
    """All of a page's content, that of its forms included, in the order of drawing."""
    return _Reader(resources, False, 0).read(streams)


class _Reader:
    def __init__(self, resources: dict[str, Any], marked: bool, depth: int) -> None:
        self._resources, self._marked, self._depth = resources, marked, depth
        self._open_marks = 0
        self._fonts: list[Any] = [{}]

    def read(self, streams: list[Any]) -> Iterator[Shown]:
        for operator, operands in _operations(streams):
            yield from self._step(operator, operands)
        if self._open_marks > 0:
            yield Shown("unbalanced", self._inside)

    @property
    def _inside(self) -> bool:
        return self._marked or self._open_marks > 0

    def _step(self, operator: str, operands: list[Any]) -> Iterator[Shown]:
        if operator in _TEXT:
            yield Shown(operator, self._inside, font=self._fonts[-1])
        elif operator in _PAINT:
            yield Shown(operator, self._inside)
        elif operator in {"BDC", "BMC"}:
            yield Shown("BDC", self._inside, _number(operands, self._resources))
            self._open_marks += 1
        elif operator == "EMC":
            self._open_marks -= 1
            if self._open_marks < 0:
                yield Shown("unbalanced", self._inside)
        elif operator == "Do":
            yield from self._drawn(_resource(self._resources, "XObject", operands[0]))
        else:
            self._note(operator, operands)

    def _note(self, operator: str, operands: list[Any]) -> None:
        """The font is part of the state that q keeps and Q brings back."""
        if operator == "q":
            self._fonts.append(self._fonts[-1])
        elif operator == "Q" and len(self._fonts) > 1:
            self._fonts.pop()
        elif operator == "Tf":
            self._fonts[-1] = _resource(self._resources, "Font", operands[0])

    def _drawn(self, drawn: Any) -> Iterator[Shown]:
        is_form = isinstance(drawn, PDFStream) and getattr(resolve1(drawn.get("Subtype")), "name", "") == "Form"
        if is_form and self._depth < _DEEPEST:
            resources = resolve1(drawn.get("Resources")) or self._resources
            yield from _Reader(resources, self._inside, self._depth + 1).read([drawn])
        else:
            yield Shown("Do", self._inside)


def _operations(streams: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    parser, operands = PDFContentParser(streams), list[Any]()
    while True:
        try:
            _, token = parser.nextobject()
        except PSEOF:
            return
        if isinstance(token, PSKeyword):
            yield token.name.decode("latin-1"), operands
            operands = []
        else:
            operands.append(token)


def _resource(resources: dict[str, Any], kind: str, key: Any) -> Any:
    return resolve1((resolve1(resources.get(kind)) or {}).get(getattr(key, "name", None)))


def _number(operands: list[Any], resources: dict[str, Any]) -> int | None:
    if len(operands) < 2:
        return None
    properties = operands[1]
    if isinstance(properties, PSLiteral):
        properties = _resource(resources, "Properties", properties)
    return (resolve1(properties) or {}).get("MCID")
