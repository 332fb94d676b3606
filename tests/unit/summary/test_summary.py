"""The night for people."""

import csv
import re
from copy import deepcopy
from html.parser import HTMLParser

import pytest

from tasks.notices import load_reasons
from tasks.summary import summary_html, summary_text, verdict, what_needs_a_person, write_csv

FAULT = {"serial": "MM26-0000123-45", "reason": "Its file is <gone>. Restore it."}
NIGHT = {
    "run_id": "20261122T233000Z-7f3a",
    "as_of": "2026-11-22",
    "started_at": "2026-11-23T04:30:00.120+00:00",
    "finished_at": "2026-11-23T04:31:36.400+00:00",
    "actor": "schedule",
    "code_version": "0.1.0",
    "policy_fingerprint": "b7c2" * 16,
    "deliveries": [{"delivery_id": "biznet-2026-11-22", "state": "taken_in", "rows": 212, "reason": ""}],
    "rows": {"received": 212, "accepted": 196, "duplicate": 8, "superseded": 3, "quarantined": 4, "conflict": 1},
    "decisions": {"auto_approved": 131, "review": 41, "deficient": 19, "held": 5},
    "certificates": {"issued": 131, "temporary": 118, "permanent": 13, "voided": 0},
    "messages": {"queued": 150, "sent": 149, "failed": 0},
    "balanced": True,
    "unbalanced": [],
    "reasons": {"RES_STALE": 14, "INITIAL_NEEDS_REVIEW": 22},
    "stages": [{"name": "Decisions", "seconds": 3.1, "items": 196}],
    "attention": [],
}
MINIMAL = {key: value for key, value in NIGHT.items() if key not in {"reasons", "stages", "attention"}}


def night(**changes: object) -> dict:
    return deepcopy(NIGHT) | changes


def page(summary: dict) -> str:
    return summary_html(summary, load_reasons())


class Outline(HTMLParser):
    """Counts elements and notes what is opened and not closed."""

    void = frozenset({"meta", "rect"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open, self.seen = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_a_good_night_is_told_in_one_sentence():
    assert verdict(night()) == (
        "The night is balanced: 212 rows came in and 196 were taken in; 131 approved at once, 41 wait for an analyst, "
        "19 asked for what is missing, 5 wait for another submission."
    )
    assert what_needs_a_person(night()) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"deliveries": []}, "No delivery came"),
        (
            {"deliveries": [{"delivery_id": "b-1", "state": "refused", "rows": 9, "reason": "Export it again."}]},
            "Delivery b-1 is refused. Export it again.",
        ),
        (
            {"deliveries": [{"delivery_id": "b-2", "state": "overdue", "rows": 0, "reason": ""}]},
            "Delivery b-2 is overdue.",
        ),
        ({"messages": {"queued": 3, "sent": 2, "failed": 1}}, "1 message could not be sent"),
        ({"attention": ["The backup is three days old."]}, "The backup is three days old."),
    ],
)
def test_what_needs_a_person_is_told_in_the_page_and_in_the_terminal(changes, told):
    summary = night(**changes)
    assert verdict(summary) == "The night is balanced, and 1 thing needs a person."
    assert told in summary_text(summary)
    assert told in page(summary)


@pytest.mark.parametrize(
    "entry", [{"what": "approval", "which": "BN-1", "why": "No file."}, ["approval", "BN-1", "No file."]]
)
def test_a_night_out_of_balance_says_so_first(entry):
    summary = night(balanced=False, unbalanced=[entry])
    assert verdict(summary).startswith("The night is not balanced.")
    assert "Approval: BN-1. No file." in summary_text(summary).splitlines()[2]
    assert page(summary).index("not balanced") < page(summary).index("Deliveries")


def test_a_delivery_held_already_needs_nobody():
    again = [{"delivery_id": "b-1", "state": "already_held", "rows": 9, "reason": "The same bytes."}]
    assert what_needs_a_person(night(deliveries=again)) == []


def test_the_equation_shows_a_sign_that_tells_the_truth():
    assert page(night()).count('aria-label="equals"') == 2
    lost = night(rows=NIGHT["rows"] | {"accepted": 195})
    assert page(lost).count('aria-label="does not equal"') == 2


def test_the_page_fetches_nothing_and_runs_nothing():
    html = page(night())
    assert "default-src 'none'" in html
    assert not re.search(r"https?:|<script|<img|<link|\son\w+=|style=|url\(|@import", html)


def test_the_page_is_well_formed_with_landmarks_captions_and_scopes():
    outline = Outline(page(night()))
    tags = [tag for tag, _ in outline.seen]
    assert outline.open == []
    assert ("html", {"lang": "en"}) in outline.seen
    assert all(tags.count(tag) == 1 for tag in ("header", "main", "footer", "h1", "title"))
    assert tags.count("caption") == tags.count("table") == 3
    assert all(attrs.get("scope") in {"col", "row"} for tag, attrs in outline.seen if tag == "th")


def test_words_from_outside_are_escaped():
    reason = '<script>alert("x")</script>'
    html = page(
        night(deliveries=[{"delivery_id": "<b>", "state": "refused", "rows": 1, "reason": reason}], actor="<i>")
    )
    assert "<script" not in html
    assert "<b>&lt;" not in html
    assert "&lt;i&gt;" in html


def test_reasons_come_with_words_the_most_frequent_first():
    html = page(night(reasons={"RES_STALE": 14, "INITIAL_NEEDS_REVIEW": 22, "NEW_CODE": 1}))
    assert html.index("INITIAL_NEEDS_REVIEW") < html.index("RES_STALE") < html.index("NEW_CODE")
    assert "more than 90 days before the submission" in html


def test_the_summary_of_the_contract_is_enough():
    assert "Reasons" not in page(MINIMAL)
    assert "212  received" in summary_text(MINIMAL)


def test_a_csv_field_that_a_spreadsheet_would_compute_is_defused(tmp_path):
    path = tmp_path / "out" / "decisions.csv"
    fields = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "a=b", 'q"u,o', "", "two\nlines", -5, None]
    write_csv(path, [f"c{index}" for index in range(len(fields))], iter([fields]))
    with path.open(encoding="utf-8", newline="") as file:
        back = list(csv.reader(file))[1]
    assert back == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'\nx", "a=b", 'q"u,o', "", "two\nlines", "-5", ""]
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes().count(b"\r\n") == 0


def test_a_csv_that_fails_halfway_leaves_the_old_one(tmp_path):
    path = tmp_path / "decisions.csv"
    write_csv(path, ["a"], [["old"]])

    def rows():
        yield ["new"]
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        write_csv(path, ["a"], rows())
    assert path.read_text() == "a\nold\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_certificate_that_fails_when_looked_at_again_needs_a_person():
    found = night(rechecked={"checked": 20, "read_back": 20, "faults": [FAULT]})
    assert what_needs_a_person(found) == [
        "Certificate MM26-0000123-45, looked at again: Its file is <gone>. Restore it."
    ]
    assert "1 thing needs a person" in verdict(found)
    assert "Its file is &lt;gone&gt;" in page(found)
    assert "20 good certificates were drawn and looked at again" in summary_text(found)


def test_a_re_check_without_faults_is_told_and_needs_nobody():
    found = night(rechecked={"checked": 1_234, "read_back": 1_200, "faults": []})
    assert what_needs_a_person(found) == []
    for told in (summary_text(found), page(found)):
        assert "1,234 good certificates were drawn and looked at again, 1,200 of them word by word: no fault." in told
