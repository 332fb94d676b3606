"""The certificate's words, from data/notices/certificate: loaded strictly, a slip is refused and never printed."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import GenericAlias
from typing import Any, get_type_hints

from registry.facts import Role
from registry.issuance import CertificateKind
from tasks.engraving.errors import WordingError
from tasks.strict_yaml import read_yaml

FOLDER = Path(__file__).resolve().parents[2] / "data" / "notices" / "certificate"
WORDING = FOLDER / "wording.yaml"

_BLANK = re.compile(r"\{([^{}]*)\}")
_DATES = frozenset({"valid_from", "expires"})
_BLANKS = {
    "good_through": frozenset({"expires"}),
    "greeting": frozenset({"name"}),
    "opening.temporary.patient": _DATES,
    "opening.permanent.patient": _DATES,
    "opening.temporary.caregiver": _DATES | {"patient"},
    "opening.permanent.caregiver": _DATES | {"patient"},
    "allotment": frozenset({"ounces"}),
    "card.contact": frozenset({"contact"}),
}
"""What must be filled in, by key; everywhere else only {contact} may be."""


@dataclass(frozen=True, slots=True)
class Agency:
    """Who sends the certificate."""

    state: str
    department: str
    program: str
    monogram: str
    contact: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ByKind:
    """One text for each kind of certificate."""

    temporary: str
    permanent: str

    def of(self, kind: CertificateKind) -> str:
        """The text for this kind."""
        return self.temporary if kind is CertificateKind.TEMPORARY else self.permanent


@dataclass(frozen=True, slots=True)
class ByRole:
    """One text for each role."""

    patient: str
    caregiver: str

    def of(self, role: Role) -> str:
        """The text for this role."""
        return self.patient if role is Role.PATIENT else self.caregiver


@dataclass(frozen=True, slots=True)
class Openings:
    """The letter's first paragraph."""

    temporary: ByRole
    permanent: ByRole

    def of(self, kind: CertificateKind) -> ByRole:
        """The openings for this kind."""
        return self.temporary if kind is CertificateKind.TEMPORARY else self.permanent


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the letter: a few bold words that run on into a sentence."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The label over each value."""

    name: str
    date_of_birth: str
    registration_number: str
    serial: str
    role: str
    valid_from: str
    expires: str
    monthly_allotment: str
    caregiver: str
    patient: str
    dosage_restrictions: str
    product_forms: str


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on the card besides the person's own facts."""

    cut: str
    front_foot: str
    conditions_head: str
    conditions: tuple[str, ...]
    contact: str
    code_caption: str
    code_alternative: str
    """what is said of the code to who cannot see it"""


@dataclass(frozen=True, slots=True)
class Wording:
    """All words of the certificate; `edition` names this state of them."""

    edition: str
    agency: Agency
    titles: ByKind
    marks: ByKind
    good_through: str
    greeting: str
    opening: Openings
    points: tuple[Point, ...]
    minor_point: Point
    labels: Labels
    roles: ByRole
    allotment: str
    no_smoking_forms: str
    card: CardWords


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its blanks filled in, each once: braces inside a value stay as they are."""
    return _BLANK.sub(lambda blank: values[blank.group(1)], text)


@cache
def load(path: Path = WORDING) -> Wording:
    """The certificate's words.

    Raises:
        WordingError: an unknown, missing, doubled or empty key, a blank that is not filled here or is forgotten, or a
            title or mark without its kind's word; it names the file and the key.
    """
    wording: Wording = _built(Wording, read_yaml(path, WordingError), path, "")
    for kind in CertificateKind:
        for key, text in (("titles", wording.titles.of(kind)), ("marks", wording.marks.of(kind))):
            if kind.value.upper() not in text.split():
                raise WordingError(f"{path}: {key}.{kind}: the word {kind.value.upper()} is missing; put it back.")
    return wording


@cache
def fingerprint(path: Path = WORDING) -> str:
    """Sixteen hex digits that change with any change of the words."""
    return hashlib.sha256(repr(load(path)).encode()).hexdigest()[:16]


def _built(kind: Any, found: object, path: Path, key: str) -> Any:
    if kind is str:
        return _text(found, path, key)
    if isinstance(kind, GenericAlias):
        return _several(kind.__args__[0], found, path, key)
    if not isinstance(found, dict):
        raise WordingError(f"{path}: {key or 'the file'}: keys with values are needed here.")
    hints = get_type_hints(kind)
    _same_keys({field.name for field in fields(kind)}, set(found), path, key)
    return kind(
        **{name: _built(hints[name], value, path, f"{key}.{name}".lstrip(".")) for name, value in found.items()}
    )


def _several(kind: Any, found: object, path: Path, key: str) -> tuple[Any, ...]:
    if not isinstance(found, list) or not found:
        raise WordingError(f"{path}: {key}: a list with at least one entry is needed here.")
    return tuple(_built(kind, item, path, key) for item in found)


def _same_keys(wanted: set[str], found: set[Any], path: Path, key: str) -> None:
    for problem, names in (("missing", wanted - found), ("unknown", found - wanted)):
        if names:
            listed = ", ".join(sorted(map(str, names)))
            raise WordingError(f"{path}: {key or 'the file'}: {problem}: {listed}.")


def _text(found: object, path: Path, key: str) -> str:
    if not isinstance(found, str) or not found.split():
        raise WordingError(
            f"{path}: {key}: a text is needed here, in quotation marks if it looks like a number or a date."
        )
    text = " ".join(found.split())
    blanks = frozenset(_BLANK.findall(text))
    needed = _BLANKS.get(key, frozenset())
    if "{" in _BLANK.sub("", text) or "}" in _BLANK.sub("", text) or blanks - needed - {"contact"} or needed - blanks:
        allowed = ", ".join(sorted("{" + name + "}" for name in needed)) or "{contact} or nothing"
        raise WordingError(f"{path}: {key}: what stands in braces here has to be {allowed}.")
    return text
