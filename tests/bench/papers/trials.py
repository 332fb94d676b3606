"""All claims on all documents, judged; the raw rows that every table is counted from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from registry.facts import DocumentFacts
from registry.law import Policy
from tasks.law import load_policy
from tasks.settings import POLICY
from tests.bench.papers.claims import claims_on, purposes_of
from tests.bench.papers.documents import Document
from tests.bench.papers.judging import judge


@dataclass(frozen=True, slots=True)
class Trial:
    """One claim on one document and what came of it."""

    recipe: str
    base: int
    layout: str
    kind: str
    purpose: str
    grade: str
    origin: str
    own_script: bool
    group: str
    who: str
    outcome: str
    codes: tuple[str, ...]
    open: tuple[str, ...]


def try_all(documents: Sequence[Document], looks: dict[str, DocumentFacts], jobs: int) -> list[Trial]:
    """Every trial, in the order of the documents."""
    work = [(document, looks[document.recipe]) for document in documents]
    if jobs < 2:
        return [trial for document, facts in work for trial in try_one(document, facts)]
    with get_context("fork").Pool(jobs) as pool:
        return [trial for trials in pool.imap(_try_pair, work, chunksize=8) for trial in trials]


def _try_pair(pair: tuple[Document, DocumentFacts]) -> list[Trial]:
    return list(try_one(*pair))


def try_one(document: Document, facts: DocumentFacts) -> Iterator[Trial]:
    """Every claim on one document, judged."""
    layout = document.layout
    for purpose in purposes_of(document):
        for claim in claims_on(document, purpose):
            judged = judge(claim, facts, layout.kind, purpose, _policy())
            yield Trial(
                recipe=document.recipe,
                base=document.base,
                layout=layout.name,
                kind=layout.kind,
                purpose=purpose,
                grade=document.grade,
                origin=document.case.owner.origin,
                own_script=claim.own_script,
                group=claim.group,
                who=claim.who,
                outcome=judged.outcome,
                codes=judged.codes,
                open=judged.open,
            )


@cache
def _policy() -> Policy:
    return load_policy(POLICY)
