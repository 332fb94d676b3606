"""Copies of an upload are found to be nearly the same page; papers and pictures of different people are not."""

import io
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageEnhance

from registry.facts import DocumentFacts, ReadState
from registry.prints import page_likeness, picture_likeness, traits_of
from tasks.documents.limits import Limits
from tasks.documents.pdf import look_at_pdf
from tasks.documents.prints import print_of
from tasks.documents.rasters import Raster
from tasks.documents.reading import read_documents
from tasks.sampling.certifiers import CertifierRegister
from tasks.sampling.faces import draw_face
from tasks.sampling.household import Household, World
from tasks.sampling.residency import PAPERS
from tasks.sampling.uploads import Identity, Residency, upload_bytes

DAY = date(2026, 11, 22)
WORLD = World(
    seed=3, day=DAY, encoding="utf-8", only_text=True, scripts=False, certifiers=CertifierRegister(3, DAY)
)  # fmt: skip
NEARLY, SAME_PICTURE = 90, 97
CARDS = {"license": "drivers_license", "passport": "passport"}
WITHOUT_NUMBERS = {"lease", "voter_registration"}


def proof(kind: str, number: int) -> Residency | Identity:
    """A paper of that kind about somebody else for each number."""
    house = Household(WORLD, number)
    person, home = house.adult(), house.home()
    if kind in CARDS:
        return replace(house.identity(person, home), type=CARDS[kind], passport=kind == "passport", form="text")
    return replace(house.residency(person, home), type=kind, paper=kind, form="text")


def with_anothers_name(upload: Residency | Identity, other: Residency | Identity) -> bytes:
    if isinstance(upload, Residency) and isinstance(other, Residency):
        return upload_bytes(
            replace(upload, proof=replace(upload.proof, holders=other.proof.holders, home=other.proof.home))
        )
    assert isinstance(upload, Identity)
    assert isinstance(other, Identity)
    return upload_bytes(replace(upload, person=other.person, home=other.home))


def facts_of_pdf(data: bytes) -> DocumentFacts:
    look = look_at_pdf(data, Limits())
    assert look.state is ReadState.TEXT
    return replace(look, text_source="layer").facts("")


def page_image(pdf: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[0].render(scale=150 / 72, grayscale=True).to_pil()
    return image


def saved(image: Image.Image, kind: str, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, quality=quality)
    return out.getvalue()


@pytest.mark.parametrize("kind", [*PAPERS, *CARDS])
def test_papers_of_one_kind_about_different_people_are_never_nearly_the_same(kind: str) -> None:
    seen = [facts_of_pdf(upload_bytes(proof(kind, number))) for number in range(25)]
    pairs = list(combinations(seen, 2))
    assert len(pairs) == 300
    for one, other in pairs:
        for source in ("layer", "ocr"):
            likeness = page_likeness(one, replace(other, text_source=source))
            assert likeness is None or likeness.percent < NEARLY


@pytest.mark.parametrize("kind", sorted({*PAPERS, *CARDS} - WITHOUT_NUMBERS))
def test_a_paper_with_another_name_and_address_put_in_is_nearly_the_same(kind: str) -> None:
    for number in range(5):
        upload = proof(kind, number)
        edited = facts_of_pdf(with_anothers_name(upload, proof(kind, number + 100)))
        original = facts_of_pdf(upload_bytes(upload))
        likeness = page_likeness(original, edited)
        assert likeness is not None
        assert likeness.percent == 100
        assert _share_enough(original, edited)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, DocumentFacts]:
    """A bill, a license and a portrait, each in the forms in which one paper or picture comes again."""
    folder = tmp_path_factory.mktemp("copies")
    bill, other = proof("utility_bill", 1), proof("utility_bill", 2)
    page, edited = page_image(upload_bytes(bill)), page_image(with_anothers_name(bill, other))
    turned = {"resample": Image.Resampling.BICUBIC, "fillcolor": 255}
    card = replace(proof("license", 1), form="photo", file="card.jpg")
    photograph = Image.open(io.BytesIO(upload_bytes(card)))
    face = draw_face(7, 480, 600)
    files = {
        "bill": upload_bytes(bill),
        "other bill": upload_bytes(other),
        "bill as picture": saved(page, "PDF", 70),
        "bill aslant": saved(page.rotate(1, **turned), "JPEG", 40),  # type: ignore[arg-type]
        "edited bill": saved(edited.crop((20, 15, edited.width - 25, edited.height - 10)), "JPEG", 50),
        "card": saved(photograph, "JPEG", 60),
        "card again": saved(photograph.rotate(2, expand=True, **turned), "JPEG", 45),  # type: ignore[arg-type]
        "face": saved(face, "JPEG", 80),
        "face again": saved(ImageEnhance.Brightness(face.resize((360, 450))).enhance(0.9), "JPEG", 40),
        "other face": saved(draw_face(8, 480, 600), "JPEG", 80),
    }
    for number, data in enumerate(files.values()):
        (folder / str(number)).write_bytes(data)
    paths: list[tuple[str, Path]] = [(name, folder / str(number)) for number, name in enumerate(files)]
    return {facts.sha256: facts for facts in read_documents(paths, 1)}


@pytest.mark.parametrize("again", ["bill as picture", "bill aslant", "edited bill"])
def test_a_bill_that_is_scanned_turned_compressed_cropped_or_edited_is_nearly_the_same(
    again: str, copies: dict[str, DocumentFacts]
) -> None:
    likeness = page_likeness(copies["bill"], copies[again])
    assert likeness is not None
    assert likeness.by == "numbers"
    assert likeness.percent >= NEARLY
    assert _share_enough(copies["bill"], copies[again])
    assert page_likeness(copies["other bill"], copies[again]) is None


def test_a_card_photographed_again_is_known_by_its_barcode(copies: dict[str, DocumentFacts]) -> None:
    likeness = page_likeness(copies["card"], copies["card again"])
    assert likeness is not None
    assert likeness.by == "card"
    assert _share_enough(copies["card"], copies["card again"])


def test_a_portrait_that_is_saved_again_is_nearly_the_same_and_another_is_not(copies: dict[str, DocumentFacts]) -> None:
    again, other = (picture_likeness(copies["face"], copies[name]) for name in ("face again", "other face"))
    assert again is not None
    assert other is not None
    assert other.percent < SAME_PICTURE <= again.percent
    assert _share_enough(copies["face"], copies["face again"])


def test_among_two_thousand_drawn_faces_no_two_are_one_picture() -> None:
    rng = Random(5)
    faces = (draw_face(rng.getrandbits(48), 240, 300) for _ in range(2_000))
    prints = [print_of(Raster(face.width, face.height, face.tobytes())) for face in faces]
    cells = np.array([list(bytes.fromhex(each)) for each in prints], dtype=float)
    spread = cells.std(axis=1, keepdims=True)
    alike = (cells - cells.mean(axis=1, keepdims=True)) / spread
    nearest = np.sort((alike @ alike.T / 256)[np.triu_indices(len(alike), 1)])[-1]
    assert spread.min() > 12
    assert 100 - 100 * (2 - 2 * nearest) ** 0.5 < SAME_PICTURE - 1


def _share_enough(one: DocumentFacts, other: DocumentFacts) -> bool:
    """Whether each would be found by what the other is known by."""
    traits, others = set(traits_of(one)), set(traits_of(other))
    return 3 * len(traits & others) >= max(len(traits), len(others))
