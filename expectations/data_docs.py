"""The pages Great Expectations renders of its results, fit to keep: no values, no scripts, nothing from the network.

As it ships them, its pages load fifteen files from elsewhere and an image that reports each view. So only their content
is taken, by an allow-list of tags, and set into a page of our own.
"""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import UTC, datetime
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

_TAGS = {"div", "p", "span", "strong", "br", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h2", "h4": "h2", "h5": "h2", "h6": "h3"}
_DROPPED = {"script", "style", "svg", "button", "form", "nav", "footer", "iframe", "object"}
_VOID = {"br", "img", "input", "link", "meta", "hr", "area", "base", "col", "embed", "source", "track", "wbr"}
_SECTION = re.compile(r"section-[0-9]+")
_COUNTS = re.compile(r"<p>([0-9]+) rules, ([0-9]+) broken\.</p>")
_SAFE_NAME = re.compile(r"[A-Za-z0-9._-]{1,80}")
_ICONS = {"text-success": "✓ kept", "text-danger": "✗ broken", "text-warning": "! crashed"}

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff;max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
th,td{border-bottom:1px solid #c9c9c9;padding:.4rem .6rem;text-align:left;vertical-align:top}
th{background:#f3f3f3}h1,h2,h3{line-height:1.25}a{color:#0b4f9e}
@media print{body{max-width:none;margin:0}tr{break-inside:avoid}}
"""


def write_data_docs(results: Mapping[str, Sequence[Any]], folder: Path, run_id: str, started_at: datetime) -> None:
    """Write the whole site of a run at once.

    Args:
        results: delivery id -> `Verdict.results`, as `judge_rows` and `judge_delivery` gave them.
        folder: where the site goes; made with mode 0700, files 0600.
        run_id: the run's name.
        started_at: the run's start, with an offset.

    Raises:
        ValueError: a delivery id that cannot be a folder's name.
    """
    for delivery_id, of_delivery in results.items():
        write_delivery_docs(delivery_id, of_delivery, folder, run_id, started_at)
    write_docs_index(folder, run_id)


def write_delivery_docs(
    delivery_id: str, results: Iterable[Any], folder: Path, run_id: str, started_at: datetime
) -> None:
    """Write the pages of one delivery, one for each suite, into a folder of its id.

    Raises:
        ValueError: a delivery id that cannot be a folder's name.
    """
    if not _SAFE_NAME.fullmatch(delivery_id) or set(delivery_id) == {"."}:
        raise ValueError("A delivery id must be 1 to 80 of A-Z, a-z, 0-9, dot, underscore and hyphen.")
    for result in results:
        page = render_page(result, delivery_id, run_id, started_at)
        _write(folder / delivery_id / f"{result.suite_name}.html", page)


def write_docs_index(folder: Path, run_id: str) -> None:
    """Write `index.html` over the pages that are there."""
    _write(folder / "index.html", _index([_index_line(path) for path in sorted(folder.glob("*/*.html"))], run_id))


def render_page(result: Any, delivery_id: str, run_id: str, started_at: datetime) -> str:
    """One result as Great Expectations renders it, reduced to its content."""
    from great_expectations.core.run_identifier import RunIdentifier  # noqa: PLC0415 - costs seconds
    from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer  # noqa: PLC0415
    from great_expectations.render.view.view import DefaultJinjaPageView  # noqa: PLC0415

    told = copy(result)
    # It prints the time without its offset and calls it UTC.
    run = RunIdentifier(run_id, started_at.astimezone(UTC))
    version = result.meta["great_expectations_version"]
    # The rest of its meta is a digest of the people's data and the moment of loading.
    told.meta = {"great_expectations_version": version, "run_id": run}
    view: Any = DefaultJinjaPageView()
    content = _Content()
    content.feed(view.render(ValidationResultsPageRenderer().render(told)))
    content.close()
    broken = sum(not answer.success for answer in result.results)
    counts = f"<p>{len(result.results)} rules, {broken} broken.</p>"
    home = '<p><a href="../index.html">All suites of the run</a></p>'
    return _page(f"{result.suite_name}, delivery {delivery_id}", home + counts + "".join(content.kept))


class _Content(HTMLParser):
    """Keeps the numbered sections of a page, and of those the tags of the allow-list without their attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self._open: list[tuple[str, bool]] = []
        """tags around the present place, and whether what is in them is dropped"""
        self._section = 0
        """how many tags were open where the present section began; 0 outside"""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if not self._section and _SECTION.fullmatch(given.get("id") or ""):
            self._section = len(self._open) + 1
        if tag == "i":
            self._put(next((words for name, words in _ICONS.items() if name in (given.get("class") or "")), ""))
        if tag in _VOID:
            self._put("<br>" if tag == "br" else "")
            return
        dropped = tag in _DROPPED or "hidden" in given or ("data-toggle" in given and tag == "a")
        self._open.append((tag, dropped or self._dropping))
        self._put(self._start(tag))

    def handle_endtag(self, tag: str) -> None:
        # Tags left open inside are closed with it; an end without a start is nothing.
        if tag not in [name for name, _ in self._open]:
            return
        while True:
            last, _ = self._open[-1]
            self._put(self._end(last))
            self._open.pop()
            if len(self._open) < self._section:
                self._section = 0
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        self._put(escape(data) if data.strip() else " ")

    @property
    def _dropping(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _put(self, text: str) -> None:
        if self._section and not self._dropping:
            self.kept.append(text)

    def _start(self, tag: str) -> str:
        if tag == "th":
            return '<th scope="col">'
        return f"<{_HEADINGS.get(tag, tag)}>" if tag in _TAGS or tag in _HEADINGS else ""

    def _end(self, tag: str) -> str:
        return f"</{_HEADINGS.get(tag, tag)}>" if tag in _TAGS or tag in _HEADINGS else ""


def _index_line(path: Path) -> str:
    counts = _COUNTS.search(path.read_text(encoding="utf-8"))
    rules, broken = counts.groups() if counts else ("", "")
    delivery_id, suite = escape(path.parent.name), escape(path.stem)
    link = f'<a href="{delivery_id}/{suite}.html">{suite}</a>'
    return f"<tr><td>{delivery_id}</td><td>{link}</td><td>{rules}</td><td>{broken}</td></tr>"


def _index(lines: Sequence[str], run_id: str) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Delivery", "Suite", "Rules", "Broken"))
    caption = "<caption>Suites of the run and how many of their rules were broken</caption>"
    nothing = "" if lines else "<p>Nothing was judged in this run.</p>"
    table = f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    return _page(f"Data docs of run {run_id}", table + nothing)


def _page(title: str, content: str) -> str:
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_STYLE}</style>'
    )
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}</head>'
        f"<body><main><h1>{escape(title)}</h1>{content}</main></body></html>\n"
    )


def _write(path: Path, text: str) -> None:
    for folder in (path.parent.parent, path.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
