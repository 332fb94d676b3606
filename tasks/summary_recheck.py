"""The nightly re-check in the night's account: what was looked at again, and what is wrong with which certificate."""

from collections.abc import Mapping
from html import escape
from typing import Any


def recheck_needs(summary: Mapping[str, Any]) -> list[str]:
    """One sentence for each fault that the re-check found."""
    faults = summary.get("rechecked", {}).get("faults", [])
    return [f"Certificate {fault['serial']}, looked at again: {fault['reason']}" for fault in faults]


def recheck_words(summary: Mapping[str, Any]) -> str:
    """What was looked at again, in one sentence; nothing when no certificate was good."""
    found = summary.get("rechecked", {})
    if not found.get("checked"):
        return ""
    faults = len(found["faults"])
    told = f"{faults:,} fault{'' if faults == 1 else 's'}" if faults else "no fault"
    looked = f"{found['checked']:,} good certificates were drawn and looked at again"
    return f"{looked}, {found['read_back']:,} of them word by word: {told}."


def recheck_html(summary: Mapping[str, Any]) -> str:
    """The same as a part of the page; the faults themselves stand above, with what needs a person."""
    words = recheck_words(summary)
    return f"<h2>Looked at again</h2>\n<p>{escape(words)}</p>\n" if words else ""
