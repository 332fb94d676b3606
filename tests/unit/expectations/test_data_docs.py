import re
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from expectations.data_docs import write_data_docs
from expectations.facts import DeliveryFacts, RowContext
from expectations.judging import judge_delivery, judge_rows

STARTED = datetime.fromisoformat("2026-11-22T23:30:00-05:00")


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory,
    coerced: Callable[..., pd.DataFrame],
    good_row: dict[str, str],
    context: RowContext,
) -> Path:
    bad = good_row | {
        "zip": "canary-zip",
        "email": "canary-mail",
        "last_name": "canary \ufffd",
        "date_of_birth": "2027-01-01",
    }
    folder = tmp_path_factory.mktemp("run") / "data-docs"
    facts = judge_delivery(DeliveryFacts(rows_listed=2, rows_read=2, not_utf8=1))
    rows = judge_rows(coerced(good_row, bad), context)
    write_data_docs({"biznet-1": [*facts.results, *rows.results]}, folder, "20261122T233000", STARTED)
    return folder


def _pages(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def test_there_is_a_page_for_every_suite_and_an_index_that_leads_to_it(site: Path) -> None:
    pages = _pages(site)
    links = re.findall(r'href="([^"]+)"', pages["index.html"])
    assert sorted(links) == sorted(set(pages) - {"index.html"})
    assert len(links) == 7


def test_the_index_tells_how_many_rules_each_suite_has_and_how_many_were_broken(site: Path) -> None:
    lines = re.findall(r">(\w+)</a></td><td>(\d+)</td><td>(\d+)</td>", _pages(site)["index.html"])
    assert ("delivery", "8", "1") in lines
    assert ("contact", "12", "2") in lines
    assert ("caregiver", "6", "0") in lines


def test_the_pages_tell_what_great_expectations_found(site: Path) -> None:
    page = _pages(site)["biznet-1/contact.html"]
    assert "ZIP_INVALID: The ZIP code must have 5 digits" in page
    assert "1 unexpected values found" in page
    assert "✗ broken" in page
    assert "✓ kept" in page
    assert "2026-11-23T04:30:00Z" in page


def test_no_page_holds_a_value_of_a_row(site: Path) -> None:
    text = "".join(_pages(site).values())
    assert "canary" not in text
    assert "2027-01-01" not in text
    assert "Hartford" not in text


def test_no_page_runs_or_loads_anything(site: Path) -> None:
    for page in _pages(site).values():
        assert "default-src 'none'" in page
        assert not re.search(r"<script|<link|<img|<iframe|\son\w+=|src=|url\(|https?:|javascript:", page)


def test_no_page_holds_a_digest_of_the_data(site: Path) -> None:
    assert not re.search(r"fingerprint|\b[0-9a-f]{32}\b", "".join(_pages(site).values()))


def test_files_are_for_us_alone(site: Path) -> None:
    for path in site.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


@pytest.mark.parametrize("delivery_id", ["..", "../x", "a/b", "", "a b"])
def test_a_delivery_id_that_leaves_the_folder_is_refused(tmp_path: Path, delivery_id: str) -> None:
    with pytest.raises(ValueError, match="delivery id"):
        write_data_docs({delivery_id: []}, tmp_path, "r", STARTED)


def test_a_run_without_results_has_an_index_that_says_so(tmp_path: Path) -> None:
    write_data_docs({}, tmp_path, "r", STARTED)
    assert "Nothing was judged" in (tmp_path / "index.html").read_text(encoding="utf-8")
