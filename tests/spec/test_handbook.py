"""The handbook holds all of the law, holds together, and says when it is not current."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from registry.decision import outcome_of
from registry.reasons import Reason, ReasonClass
from registry.rulebook import RULES
from tests.spec.handbook import PRECEDENCE, main, pages
from tests.spec.specs import load_specs, the_policy
from tests.spec.term_specs import load_term_specs
from tests.spec.wording import escaped, sentences, slug

PAGES = pages()
ALL = "\n".join(PAGES.values())


def headings(text: str) -> list[str]:
    return [slug(re.sub(r"[\\`*]", "", each)) for each in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]


def test_every_link_within_the_handbook_leads_to_a_heading() -> None:
    for name, text in PAGES.items():
        for file, anchor in re.findall(r"\]\((\w+\.md)?(?:#([^)]+))?\)", text):
            target = file or name
            assert target in PAGES, f"{name}: {target}"
            assert not anchor or anchor in headings(PAGES[target]), f"{name}: {target}#{anchor}"


def test_no_two_headings_of_a_page_are_the_same() -> None:
    for name, text in PAGES.items():
        assert len(set(headings(text))) == len(headings(text)), name


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    for name, text in PAGES.items():
        for each in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", line)) for line in each.splitlines()}) == 1, f"{name}: {each[:80]}"


def test_every_rule_code_provision_fact_and_case_stands_in_it() -> None:
    names = {*the_policy().provisions, *Reason, *sentences(), *load_term_specs()}
    assert not [name for name in names if f"`{name}`" not in ALL]
    cases = [
        case.sentence for specs in (load_specs(), load_term_specs()) for each in specs.values() for case in each.cases
    ]
    assert not [sentence for sentence in cases if f"| {escaped(sentence)} |" not in ALL]


def test_every_provision_that_is_not_confirmed_is_listed_on_the_first_page() -> None:
    listed = PAGES["README.md"].partition("## What is not confirmed")[2]
    by_rule = {rule.id: rule.sentence for rule in RULES}
    missing = [p.key for p in the_policy().unconfirmed() if slug(by_rule.get(p.key, p.summary)) not in listed]
    assert not missing
    assert len(re.findall(r"^\| \[", listed, re.MULTILINE)) == len(the_policy().unconfirmed())


def test_decisions_follow_the_order_that_the_handbook_tells() -> None:
    code = {each: next(reason for reason in Reason if reason.reason_class is each) for each in ReasonClass}
    assert set(PRECEDENCE) == set(ReasonClass)
    for count in range(1, len(PRECEDENCE) + 1):
        for found in combinations(PRECEDENCE, count):
            assert outcome_of(code[each] for each in reversed(found)) is outcome_of([code[found[0]]])


def test_no_word_of_code_stands_in_running_text_but_what_a_rule_says_itself() -> None:
    for name, text in PAGES.items():
        bare = re.sub(r"`[^`]*`|\]\([^)]*\)|“[^”]*”", "", text)
        assert not re.findall(r"\b[a-z]+_[a-z_]+\b|[,;:] None\b|\bTrue\b|\bFalse\b", bare), name


def test_the_handbook_is_made_alike_each_time() -> None:
    assert pages() == PAGES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert main([], tmp_path / "handbook") == ""
    return tmp_path / "handbook"


def test_a_handbook_just_made_is_current(folder: Path) -> None:
    assert main(["--check"], folder) == ""


def test_a_stale_handbook_is_told_page_by_page_with_the_remedy(folder: Path) -> None:
    (folder / "dates.md").write_text("Old.")
    (folder / "terms.md").unlink()
    (folder / "notes.md").write_text("Mine.")
    told = main(["--check"], folder)
    stale = "terms.md is missing; dates.md differs; notes.md is no page of it"
    assert told == f"docs/handbook is not current: {stale}. Run `make docs`."


def test_making_it_anew_takes_away_what_is_no_page_of_it(folder: Path) -> None:
    (folder / "notes.md").write_text("Mine.")
    assert main([], folder) == ""
    assert main(["--check"], folder) == ""
