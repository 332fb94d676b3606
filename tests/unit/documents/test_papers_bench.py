"""The labelled papers by which the checks are measured: the same every time, and told from their near misses."""

from pathlib import Path

import pytest

from tests.bench.papers.bounds import lower_bound, upper_bound
from tests.bench.papers.claims import NEAR, RIGHT, WRONG, claims_on, purposes_of
from tests.bench.papers.documents import TEXT, Document, draw_documents
from tests.bench.papers.judging import ACCEPT, TOLD
from tests.bench.papers.layouts import LAYOUTS, WITH_TEXT
from tests.bench.papers.looks import looks_at
from tests.bench.papers.origins import ORIGINS
from tests.bench.papers.trials import Trial, try_all

SEED = 11


@pytest.fixture(scope="module")
def papers() -> list[Document]:
    return list(draw_documents(SEED, len(WITH_TEXT), 0))


@pytest.fixture(scope="module")
def trials(papers: list[Document], tmp_path_factory: pytest.TempPathFactory) -> list[Trial]:
    looks = looks_at(papers, tmp_path_factory.mktemp("looks"), 2, again=False)
    return try_all(papers, looks, 1)


def test_the_same_seed_draws_the_same_bytes_and_another_seed_others(papers: list[Document]) -> None:
    again = list(draw_documents(SEED, len(WITH_TEXT), 0))
    assert [paper.pdf for paper in papers] == [paper.pdf for paper in again]
    other = list(draw_documents(SEED + 1, len(WITH_TEXT), 0))
    assert not {paper.pdf for paper in papers} & {paper.pdf for paper in other}


@pytest.mark.parametrize("number", [0, 1])
def test_the_same_seed_makes_the_same_pictures(number: int) -> None:
    one, other = (list(draw_documents(SEED, 4, 2))[4 + number] for _ in range(2))
    assert one.grade != TEXT
    assert one.upload() == other.upload()


def test_a_large_draw_has_every_layout_and_every_origin_equally_often() -> None:
    drawn = list(draw_documents(SEED, len(WITH_TEXT) * len(ORIGINS), 0))
    pairs = {(paper.layout.name, paper.case.owner.origin) for paper in drawn}
    assert len(pairs) == len(drawn) == len(WITH_TEXT) * len(ORIGINS)
    assert len(LAYOUTS) >= 20


def test_a_claim_that_is_nearly_right_differs_from_the_right_one(papers: list[Document]) -> None:
    for paper in papers:
        for purpose in purposes_of(paper):
            right, *others = claims_on(paper, purpose)
            said = (right.name, right.born, right.address)
            assert all((each.name, each.born, each.address) != said for each in others if each.group in {NEAR, WRONG})


def test_no_text_pdf_passes_for_anybody_but_its_owner(trials: list[Trial]) -> None:
    others = [trial for trial in trials if trial.group != RIGHT]
    assert len(others) > 300
    assert [trial for trial in others if trial.outcome == ACCEPT] == []


def test_no_text_pdf_accuses_its_owner_and_most_pass(trials: list[Trial]) -> None:
    right = [trial for trial in trials if trial.group == RIGHT and not trial.own_script]
    assert [trial for trial in right if trial.outcome == TOLD] == []
    assert sum(trial.outcome == ACCEPT for trial in right) > 0.7 * len(right)


def test_what_was_read_once_is_not_read_again(papers: list[Document], tmp_path: Path) -> None:
    first = looks_at(papers[:2], tmp_path, 1, again=False)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")}
    assert len(kept) == 2
    assert looks_at(papers[:2], tmp_path, 1, again=False) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")} == kept


@pytest.mark.parametrize(("events", "trials", "bound"), [(0, 3000, 0.000998), (1, 100, 0.0466), (10, 20, 0.698)])
def test_the_bound_is_that_of_clopper_and_pearson(events: int, trials: int, bound: float) -> None:
    assert upper_bound(events, trials) == pytest.approx(bound, rel=0.002)
    assert lower_bound(trials - events, trials) == pytest.approx(1 - bound, rel=0.002)
