"""The night for people: one printable page, a few lines for the terminal, and plain tables."""

import base64
import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from registry.reasons import Reason, ReasonClass
from tasks.clock import AGENCY_TIME
from tasks.files import private_file
from tasks.notices import ReasonWords
from tasks.strict_csv import DOUBTFUL, listed
from tasks.summary_recheck import recheck_html, recheck_needs, recheck_words

_ROWS = {
    "accepted": "taken in",
    "duplicate": "held already",
    "superseded": "newer revision came",
    "quarantined": "could not be read",
    "conflict": "other content held",
}
_OUTCOMES = {
    "auto_approved": "approved at once",
    "review": "wait for an analyst",
    "deficient": "asked for what is missing",
    "held": "wait for another submission",
}
_CERTIFICATES = {name: name for name in ("issued", "temporary", "permanent", "voided")}
_MESSAGES = {name: name for name in ("queued", "sent", "failed")}
_BLOCKS = (
    ("Rows", "rows", {"received": "received", **_ROWS}),
    ("Outcomes", "decisions", _OUTCOMES),
    ("Certificates", "certificates", _CERTIFICATES),
    ("Messages", "messages", _MESSAGES),
)
_STATES = {
    "taken_in": "taken in",
    "already_held": "held already, nothing to do",
    "refused": "refused",
    "waiting": "not complete yet",
    "overdue": "overdue",
}
_WHO = {
    ReasonClass.PERSON: "an analyst",
    ReasonClass.APPLICANT: "the applicant",
    ReasonClass.WAIT: "nobody yet",
    ReasonClass.LANE: "an analyst, by rule",
}
_COLOURS = ("#2f6b3c", "#1d4f7c", "#8a5a00", "#7a3b69", "#9b2c2c")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_STYLE = """
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;background:#f4f6f8;color:#1f2933;font:16px/1.5 system-ui,"Segoe UI",Arial,sans-serif}
header,main,footer{max-width:62rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2rem}h1{margin:0;font-size:1.6rem;color:#1d4f7c}header p{margin:.25rem 0 0;color:#3e4c59}
h2{margin:2.25rem 0 .5rem;font-size:1.2rem}p{margin:.5rem 0}
.verdict{margin:1.25rem 0 0;padding:1rem 1.25rem;border-left:6px solid #2f6b3c;background:#edf6ef;font-size:1.15rem}
.verdict.person{border-color:#9b2c2c;background:#fbeeee}.verdict p{margin:0}
.verdict ul{margin:.5rem 0 0;padding-left:1.25rem}
.equation{display:flex;flex-wrap:wrap;align-items:stretch;gap:.5rem;margin:.5rem 0;padding:0;list-style:none}
.equation li{flex:1 1 5.6rem;padding:.5rem .75rem;background:#fff;border:1px solid #c5ced8;border-top:5px solid #52606d}
.equation li.sign{display:flex;flex:0 0 auto;align-items:center;padding:0;border:0;background:none;font-size:1.4rem}
.equation b{display:block;font-size:1.5rem;line-height:1.2}.equation .zero{color:#52606d}
.c0{border-top-color:#2f6b3c!important}.c1{border-top-color:#1d4f7c!important}.c2{border-top-color:#8a5a00!important}
.c3{border-top-color:#7a3b69!important}.c4{border-top-color:#9b2c2c!important}
svg{display:block;width:100%;height:14px;margin:0 0 1.25rem}
.scroll{overflow-x:auto}table{width:100%;border-collapse:collapse;background:#fff;border:1px solid #c5ced8}
caption{text-align:left;padding:.25rem 0;color:#3e4c59}th,td{padding:.4rem .75rem;text-align:left;vertical-align:top;
border-bottom:1px solid #d9e0e6}thead th{background:#e6edf3}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
code{font:.9em ui-monospace,Consolas,monospace}a{color:#1d4f7c}tbody th{white-space:nowrap}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));column-gap:1.5rem}
footer{padding-top:1.5rem;padding-bottom:3rem;color:#3e4c59;font-size:.9rem;overflow-wrap:anywhere}
@media print{body{background:#fff;font-size:10.5pt}header,main,footer{max-width:none;padding-left:0;padding-right:0}
h2{break-after:avoid}tr,.verdict,.equation{break-inside:avoid}thead{display:table-header-group}@page{margin:16mm}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def what_needs_a_person(summary: Mapping[str, Any]) -> list[str]:
    """One sentence for each thing that must not wait: what it is and what to do; empty when all is well."""
    told = [f"{what[:1].upper()}{what[1:]}: {which}. {why}" for what, which, why in map(_three, summary["unbalanced"])]
    if not summary["deliveries"]:
        told.append("No delivery came. Ask the portal whether the export ran; no news is not good news.")
    told += [
        f"Delivery {delivery['delivery_id']} is {delivery['state']}. {delivery['reason']}".strip()
        for delivery in summary["deliveries"]
        if delivery["state"] in {"refused", "overdue"}
    ]
    if failed := summary["messages"]["failed"]:
        told.append(f"{_count(failed, 'message')} could not be sent. See nutmeg mail status for which and why.")
    return [*told, *recheck_needs(summary), *summary.get("attention", [])]


def verdict(summary: Mapping[str, Any]) -> str:
    """The night in one plain sentence."""
    rows, decided, needs = summary["rows"], summary["decisions"], len(what_needs_a_person(summary))
    if not summary["balanced"]:
        return "The night is not balanced. Do not rely on its numbers before the points below are settled."
    if needs:
        return f"The night is balanced, and {_count(needs, 'thing')} {'needs' if needs == 1 else 'need'} a person."
    outcomes = ", ".join(f"{decided[key]} {words}" for key, words in _OUTCOMES.items())
    came = f"{_count(rows['received'], 'row')} came in and {rows['accepted']:,} were taken in"
    return f"The night is balanced: {came}; {outcomes}."


def summary_text(summary: Mapping[str, Any]) -> str:
    """The night in a few aligned lines for a terminal."""
    lines = [f"Night of {summary['as_of']}, run {summary['run_id']}", verdict(summary)]
    lines += [f"  - {need}" for need in what_needs_a_person(summary)]
    if doubts := listed(summary.get("doubts", [])):
        lines += ["", DOUBTFUL, *(f"  - {doubt}" for doubt in doubts)]
    for title, key, words in _BLOCKS:
        lines += ["", title, *(f"  {summary[key].get(name, 0):>7,}  {word}" for name, word in words.items())]
    lines += ["", again] if (again := recheck_words(summary)) else []
    return "\n".join(lines) + "\n"


def summary_html(summary: Mapping[str, Any], reasons: Mapping[Reason, ReasonWords]) -> str:
    """The night as one page: no script, nothing from a network, printable, readable by a screen reader."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = f"Night of {escape(str(summary['as_of']))}"
    sections = [_verdict(summary), _doubts(summary), _deliveries(summary), _conservation(summary)]
    sections += [_reasons(summary.get("reasons", {}), reasons), _sent(summary), recheck_html(summary)]
    sections.append(_stages(summary.get("stages", [])))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p>{_times(summary)}</p>\n</header>\n"
        f"<main>\n{''.join(sections)}</main>\n{_footer(summary)}</body>\n</html>\n"
    )


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as UTF-8 CSV, whole or not at all, mode 0600; text that a spreadsheet would compute gets a `'`."""
    with private_file(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_guarded(value) for value in row] for row in rows)
        text.detach()


def _guarded(value: object) -> object:
    """The text with line feeds alone (the library leaves a bare CR unquoted, which would break the row), defused."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if value.startswith(_FORMULA_STARTS) else text


def _three(entry: Any) -> tuple[str, str, str]:
    """One unbalanced entry as what, which and why, whether it came as a mapping or as a list."""
    what, which, why = (entry["what"], entry["which"], entry["why"]) if isinstance(entry, Mapping) else entry
    return str(what), str(which), str(why)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _times(summary: Mapping[str, Any]) -> str:
    started, finished = (datetime.fromisoformat(str(summary[key])) for key in ("started_at", "finished_at"))
    shown = [moment.astimezone(AGENCY_TIME).strftime("%Y-%m-%d %H:%M:%S") for moment in (started, finished)]
    seconds = (finished - started).total_seconds()
    taken = f"Started {shown[0]}, finished {shown[1]} (agency time), {seconds:,.1f} seconds."
    return f"{taken} Started by {escape(str(summary['actor']))}."


def _verdict(summary: Mapping[str, Any]) -> str:
    needs = what_needs_a_person(summary)
    points = "".join(f"<li>{escape(need)}</li>" for need in needs)
    tone = "verdict person" if needs or not summary["balanced"] else "verdict"
    told = f"<p><strong>{escape(verdict(summary))}</strong></p>" + (f"<ul>{points}</ul>" if points else "")
    return f'<section aria-label="Verdict" class="{tone}">{told}</section>\n'


def _doubts(summary: Mapping[str, Any]) -> str:
    points = "".join(f"<li>{escape(doubt)}</li>" for doubt in listed(summary.get("doubts", [])))
    return f"<h2>{DOUBTFUL}</h2>\n<ul>{points}</ul>\n" if points else ""


def _deliveries(summary: Mapping[str, Any]) -> str:
    rows = [
        [entry["delivery_id"], _STATES.get(entry["state"], entry["state"]), entry["rows"], entry["reason"]]
        for entry in summary["deliveries"]
    ]
    shown = (
        _table("What stood in the inbox", ["Delivery", "State", "Rows", "Why"], rows) if rows else "<p>None came.</p>"
    )
    return f"<h2>Deliveries</h2>\n{shown}"


def _conservation(summary: Mapping[str, Any]) -> str:
    rows, decided = summary["rows"], summary["decisions"]
    waiting = [
        f'<a href="review.xlsx">review.xlsx</a> holds {_count(decided["review"], "case")} for the analysts.'
        * bool(decided["review"]),
        f"{_count(rows['quarantined'], 'row')} could not be read; see <code>nutmeg quarantine list</code>."
        * bool(rows["quarantined"]),
        f"{_count(rows['conflict'], 'row')} came under a number held with other content; a person compares them."
        * bool(rows["conflict"]),
    ]
    return (
        "<h2>Every row has one place</h2>\n"
        + _equation("received", rows["received"], _ROWS, rows)
        + "<h2>Every submission taken in has one outcome</h2>\n"
        + _equation("taken in", rows["accepted"], _OUTCOMES, decided)
        + "".join(f"<p>{line}</p>\n" for line in waiting if line)
    )


def _equation(label: str, total: int, words: Mapping[str, str], numbers: Mapping[str, int]) -> str:
    """Total, a sign that tells the truth, and the parts; below it the same as one bar."""
    parts = [numbers.get(key, 0) for key in words]
    sign = ("=", "equals") if sum(parts) == total else ("≠", "does not equal")
    cells = [f"<li><b>{total:,}</b>{label}</li>", f'<li class="sign" aria-label="{sign[1]}">{sign[0]}</li>']
    for index, (part, word) in enumerate(zip(parts, words.values(), strict=True)):
        cells += ['<li class="sign" aria-label="plus">+</li>'] * bool(index)
        cells.append(f'<li class="c{index}{"" if part else " zero"}"><b>{part:,}</b>{word}</li>')
    return f'<ul class="equation">{"".join(cells)}</ul>\n{_bar(parts)}'


def _bar(parts: Sequence[int]) -> str:
    """The parts as one bar; decoration, because every number stands above it as text."""
    whole, at, blocks = sum(parts) or 1, 0.0, []
    for part, colour in zip(parts, _COLOURS, strict=False):
        width = 1000 * part / whole
        blocks.append(f'<rect x="{at:.2f}" y="0" width="{width:.2f}" height="14" fill="{colour}"/>' * bool(part))
        at += width
    return f'<svg aria-hidden="true" viewBox="0 0 1000 14" preserveAspectRatio="none">{"".join(blocks)}</svg>\n'


def _reasons(counts: Mapping[str, int], reasons: Mapping[Reason, ReasonWords]) -> str:
    if not counts:
        return ""
    rows = []
    for code, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        words = reasons.get(Reason(code)) if code in Reason.__members__ else None
        who, meaning = (_WHO[words.reason_class], words.analyst) if words else ("", "")
        rows.append([number, code, who, meaning])
    table = _table(
        "How often each reason was found, the most frequent first", ["Cases", "Code", "Who acts", "Meaning"], rows
    )
    return f"<h2>Reasons</h2>\n{table}"


def _sent(summary: Mapping[str, Any]) -> str:
    shown = [
        f"<section><h2>{title}</h2>\n{_parts(words.values(), [summary[key].get(name, 0) for name in words])}</section>"
        for title, key, words in _BLOCKS[2:]
    ]
    return f'<div class="pair">{"".join(shown)}</div>\n'


def _parts(words: Iterable[str], numbers: Sequence[int]) -> str:
    cells = (f"<li><b>{number:,}</b>{word}</li>" for number, word in zip(numbers, words, strict=True))
    return f'<ul class="equation">{"".join(cells)}</ul>\n'


def _stages(stages: Sequence[Mapping[str, Any]]) -> str:
    rows = [[stage["name"], stage["items"], f"{stage['seconds']:,.2f}"] for stage in stages]
    return f"<h2>Stages</h2>\n{_table('Where the time went', ['Stage', 'Items', 'Seconds'], rows)}" if rows else ""


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A table with a caption; the first text of a row is its header, numbers stand right."""
    numeric = [head in {"Rows", "Cases", "Items", "Seconds"} for head in heads]
    naming = numeric.index(False)

    def cell(index: int, value: Any) -> str:
        text = escape(f"{value:,}" if isinstance(value, int) else str(value))
        if index == naming:
            return f'<th scope="row">{text}</th>'
        return f'<td class="n">{text}</td>' if numeric[index] else f"<td>{text}</td>"

    marks = [' class="n"' if number else "" for number in numeric]
    head = "".join(f'<th scope="col"{mark}>{escape(name)}</th>' for mark, name in zip(marks, heads, strict=True))
    body = "".join(f"<tr>{''.join(cell(*each) for each in enumerate(row))}</tr>\n" for row in rows)
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n"
    )


def _footer(summary: Mapping[str, Any]) -> str:
    names = {"run_id": "Run", "code_version": "version", "policy_fingerprint": "policy"}
    marks = ", ".join(f"{name} <code>{escape(str(summary[key]))}</code>" for key, name in names.items())
    files = ", ".join(
        f'<a href="{name}">{name}</a>' for name in ("summary.json", "decisions.csv", "dispositions.csv", "quality.html")
    )
    return f"<footer><p>{marks}.</p>\n<p>Beside this page: {files}.</p></footer>\n"
