"""Words to people: what each reason code says, and the notices that go out by mail."""

import hashlib
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from registry.reasons import Reason, ReasonClass
from tasks.errors import NutmegError
from tasks.strict_yaml import read_yaml

DATA = Path(__file__).resolve().parent.parent / "data"
REASONS = DATA / "policy" / "reasons.yaml"
MAIL = DATA / "notices" / "mail"

_WORD_KEYS = {"class", "applicant", "analyst", "fix", "citation", "certainty", "in_force"}
_TEMPLATE_KEYS = {"needs", "versions"}
_VERSION_KEYS = {"version", "since", "summary", "sha256"}
_PARTS = ("subject.txt", "body.txt", "body.html")


class NoticeError(NutmegError):
    """Words that are missing, wrong or unfit to be sent; the message names the file and the key, never a person."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands; `url` is empty where the official text has no stable address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """What one reason code says, and on what it rests."""

    reason_class: ReasonClass
    applicant: str
    """plain sentences to the applicant: what was found and what to do"""
    analyst: str
    """what to look at"""
    fix: str
    """one short instruction; empty unless the applicant can mend it"""
    citation: Citation
    certainty: str
    """C confirmed, S by a secondary source, D our design choice"""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One notice in words, ready to be put into a message."""

    subject: str
    text: str
    html: str
    template: str
    version: int


def load_reasons(path: Path = REASONS) -> dict[Reason, ReasonWords]:
    """Return the words of every reason code, in the order of the codes.

    Raises:
        NoticeError: for an unknown or missing code or key, another class than the code's, an empty sentence or
            citation, a fix where there is nothing to mend; it names the file and the key.
    """
    found = _mapping(path, read_yaml(path, NoticeError))
    _same_keys(path, "the file", found, {str(reason) for reason in Reason})
    return {reason: _words(path, reason, found[reason]) for reason in Reason}


def deficiency_items(codes: Iterable[Reason], reasons: Mapping[Reason, ReasonWords]) -> list[dict[str, str]]:
    """The points of one complete deficiency notice, each once: `{"sentence": ..., "fix": ...}`, `fix` may be empty."""
    return [{"sentence": reasons[code].applicant, "fix": reasons[code].fix} for code in dict.fromkeys(codes)]


def render(template: str, context: Mapping[str, Any], folder: Path = MAIL) -> Rendered:
    """Put one notice into words: subject, text and HTML of `folder/template`, with its current version.

    Raises:
        NoticeError: when the template is unknown, its words differ from those of its version, or the context does
            not hold exactly what it needs.
    """
    if not template.isidentifier() or not (folder / template).is_dir():
        raise NoticeError(
            f"{folder.name}: there is no notice of that name; the notices are {', '.join(_names(folder))}"
        )
    notice = _notice(folder / template)
    _same_keys(notice.home / "template.yaml", "needs", context, notice.needs)
    subject, text, html = (part.render(context) for part in notice.parts)
    return Rendered(_one_line(notice.home, subject), text, html, template, notice.version)


def words_digest(home: Path) -> str:
    """The SHA-256 over subject, text and HTML of a notice, which ties its words to its version."""
    return hashlib.sha256(b"\0".join((home / part).read_bytes() for part in _PARTS)).hexdigest()


@dataclass(frozen=True, slots=True)
class _Notice:
    """One notice as kept: its compiled parts, what they need, and the newest version of the words."""

    home: Path
    needs: set[str]
    version: int
    parts: tuple[jinja2.Template, ...]


@lru_cache(maxsize=64)  # a night renders the same few notices thousands of times
def _notice(home: Path) -> _Notice:
    path = home / "template.yaml"
    found = _mapping(path, read_yaml(path, NoticeError))
    _same_keys(path, "the file", found, _TEMPLATE_KEYS)
    newest = _mapping(path, found["versions"][-1])
    _same_keys(path, "versions", newest, _VERSION_KEYS)
    if newest["sha256"] != words_digest(home):
        raise NoticeError(
            f"{path}: the words are not those of version {newest['version']}; "
            f"add a version with a summary and sha256 {words_digest(home)}"
        )
    environment = _environment(home)
    parts = tuple(environment.get_template(part) for part in _PARTS)
    return _Notice(home, set(found["needs"]), int(newest["version"]), parts)


def _environment(home: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(home),
        autoescape=jinja2.select_autoescape(["html"], default_for_string=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"long_date": long_date, "fill": fill}
    return environment


def long_date(day: date) -> str:
    """A day as people write it: `December 22, 2026`."""
    return f"{day:%B} {day.day}, {day.year}"


def fill(text: str, indent: str = "") -> str:
    """The text in lines of at most 72 characters, the second and later ones indented."""
    return textwrap.fill(text, 72, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _words(path: Path, reason: Reason, entry: object) -> ReasonWords:
    found = _mapping(path, entry)
    _same_keys(path, reason, found, _WORD_KEYS)
    cited = _mapping(path, found["citation"])
    applicant, analyst, fix = (" ".join(str(found[key]).split()) for key in ("applicant", "analyst", "fix"))
    words = ReasonWords(
        reason_class=reason.reason_class,
        applicant=applicant,
        analyst=analyst,
        fix=fix,
        citation=Citation(str(cited.get("title") or "").strip(), str(cited.get("url") or "")),
        certainty=str(found["certainty"]),
    )
    faults = {
        "class": found["class"] != reason.reason_class,
        "applicant": not words.applicant,
        "analyst": not words.analyst,
        "fix": bool(words.fix) != (reason.reason_class is ReasonClass.APPLICANT),
        "citation": not words.citation.title or bool(set(cited) - {"title", "url"}),
        "certainty": words.certainty not in {"C", "S", "D"},
    }
    wrong = [key for key, fault in faults.items() if fault]
    if wrong:
        raise NoticeError(f"{path}: {reason}: {', '.join(wrong)} is empty or not what the code asks for; mend it there")
    return words


def _mapping(path: Path, found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise NoticeError(f"{path}: keys with values are needed where something else stands")
    return found


def _same_keys(path: Path, where: str, found: Iterable[str], wanted: set[str]) -> None:
    missing, unknown = sorted(wanted - set(found)), sorted(map(str, set(found) - wanted))
    if missing or unknown:
        told = [f"missing {', '.join(missing)}"] * bool(missing) + [f"unknown {', '.join(unknown)}"] * bool(unknown)
        raise NoticeError(f"{path}: {where}: {'; '.join(told)}")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if (path / "template.yaml").is_file())


def _one_line(home: Path, subject: str) -> str:
    line = subject.strip()
    if not line or not line.isprintable():
        raise NoticeError(f"{home / 'subject.txt'}: a subject is one line of plain text")
    return line
