"""The labelled documents of one seed: which paper, of whom, and as what file it was sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random

from tests.bench.papers.cases import Case, draw_case
from tests.bench.papers.layouts import PICTURES_ONLY, WITH_TEXT, Layout
from tests.bench.papers.origins import ORIGINS
from tests.bench.papers.pictures import draw_harm, picture_of

TEXT = "text PDF"
_FLAWED = 0.08
"""Part of the papers that are stale or expired, of those that can be."""
_GRADE_OF_TEN = ("good", "good", "good", "good", "fair", "fair", "fair", "poor", "poor", "poor")
_PICTURES_ONLY_EVERY = 10


@dataclass(frozen=True)
class Document:
    """One upload with its label."""

    seed: int
    base: int
    """papers with the same number are the same paper"""
    layout: Layout
    grade: str
    """text PDF, good, fair or poor"""
    case: Case
    flawed: bool

    @property
    def recipe(self) -> str:
        """Everything that its bytes are made from, apart from our code."""
        return f"{self.seed}:{self.base}:{self.layout.name}:{self.grade}"

    @cached_property
    def pdf(self) -> bytes:
        """The paper as its issuer made it."""
        return self.layout.draw(self.case, Random(f"draw:{self.seed}:{self.base}"))

    def upload(self) -> bytes:
        """The file as it was sent."""
        if self.grade == TEXT:
            return self.pdf
        rng = Random(f"harm:{self.recipe}")
        return picture_of(self.pdf, draw_harm(self.grade, rng), rng, is_card=self.layout.is_card)


def draw_documents(seed: int, texts: int, pictures: int) -> Iterator[Document]:
    """So many text PDFs, round the layouts and the origins of names, then pictures of some of them."""
    yield from (_paper(seed, number, WITH_TEXT[number % len(WITH_TEXT)], TEXT) for number in range(texts))
    rng = Random(f"pictures:{seed}")
    bases = rng.sample(range(texts), texts) if texts else []
    for number in range(pictures):
        grade = _GRADE_OF_TEN[number * 3 % 10]
        if number % _PICTURES_ONLY_EVERY == 0 or not bases:
            layout = PICTURES_ONLY[number // _PICTURES_ONLY_EVERY % len(PICTURES_ONLY)]
            yield _paper(seed, texts + number, layout, grade)
        else:
            base = bases[number % texts]
            yield _paper(seed, base, WITH_TEXT[base % len(WITH_TEXT)], grade)


def _paper(seed: int, base: int, layout: Layout, grade: str) -> Document:
    """The paper of this number; layouts and origins are crossed, so that each meets each."""
    rng = Random(f"paper:{seed}:{base}")
    origins = sorted(ORIGINS)
    origin = origins[(base // len(WITH_TEXT) + base % len(WITH_TEXT)) % len(origins)]
    flawed = layout.may_be_flawed and rng.random() < _FLAWED
    case = draw_case(base, origin, rng, joint=layout.joint, flawed=flawed, dated=layout.dated, boxed=layout.served)
    return Document(seed, base, layout, grade, case, flawed)
