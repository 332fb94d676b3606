"""The page of evidence: for people, for them alone, and the same whenever it is made."""

import hashlib
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from registry.evidence import evidence_of
from registry.facts import Application, DocumentFacts, DocumentRef, PersonName, ReadState
from tasks.documents.crops import crops_of
from tasks.documents.limits import Limits
from tasks.documents.requests import CropRequest, Crops
from tasks.evidence import shelf as shelf_module
from tasks.evidence.page import Picture, cut_of, evidence_page
from tasks.evidence.shelf import Case, Shelf

Papers = dict[str, DocumentFacts]
HOSTILE = "<script>alert(1)</script>\"'>../../etc\u202e"


def packet(**codes: str) -> dict[str, Any]:
    """What a page needs of a packet: the rules' codes with their sentences."""
    findings = [{"verdict": "not_met", "code": code, "detail": detail} for code, detail in codes.items()]
    return {"findings": [{"verdict": "met"}, *findings], "conclusions": {"residency_paper_goes_stale": True}}


def page(application: Application, papers: Papers, drawn: bool = True, **codes: str) -> str:
    found = evidence_of(application, papers)
    places = dict.fromkeys((each.sha256, cut_of(each)) for each in found if each.page and drawn)
    pictures = {place: Picture(f"{at:02}.png", 400, 80) for at, place in enumerate(places, start=1)}
    return evidence_page(application, packet(**codes), found, pictures)


class Seen(HTMLParser):
    """The tags of a page with their attributes, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += f"{data} "

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_both_readings_the_answer_and_the_reason_stand_on_the_page(application: Application, papers: Papers) -> None:
    words = " ".join(Seen(page(application, papers)).words.split())
    for said in (
        "The application says The paper says",
        "Maria Santos 1 SANTOS 2 MARIA Agrees Text of the file itself The paper bears this name.",
        "12 Elm Street Apt 4 Hartford, CT 06103 12 Elm St Apt 4 Hartford, CT 06103 Agrees",
    ):
        assert said in words


def test_what_the_rules_found_in_a_proof_stands_with_it_and_nothing_of_the_outcome(
    application: Application, papers: Papers
) -> None:
    codes = {"RES_STALE": "It was 99 days old.", "DOC_REUSED": "It came twice.", "HOLD": "Somebody asked to wait."}
    html = page(application, papers, **codes, INITIAL_NEEDS_REVIEW="First application.", ID_MISSING="No proof.")
    assert html.index("It came twice.") < html.index('id="identity"') < html.index("No proof.")
    assert html.index('id="residency"') < html.index("It was 99 days old.")
    assert "First application." not in html
    assert "Somebody asked" not in html


def test_a_case_drawn_by_lot_looks_like_one_that_came_by_rule(application: Application, papers: Papers) -> None:
    by_rule = page(application, papers, CHANGE_NEEDS_REVIEW="A change.")
    assert page(application, papers) == by_rule


def test_nothing_from_outside_becomes_markup(application: Application, papers: Papers) -> None:
    refs = (*(replace(ref, file=HOSTILE, declared_type=HOSTILE) for ref in application.documents),)
    refs = (*refs, DocumentRef("supporting", HOSTILE, HOSTILE, ""))
    name = PersonName(HOSTILE, HOSTILE, HOSTILE, "")
    hostile = replace(application, submission_id=HOSTILE, name=name, documents=refs)
    papers["id"] = replace(papers["id"], text=papers["id"].text.replace("SANTOS", HOSTILE))
    html = page(hostile, papers, ID_INCONCLUSIVE=HOSTILE)
    seen = Seen(html)
    assert HOSTILE in seen.words
    assert "<script" not in html
    known = {tag for tag, _ in Seen(page(application, papers)).tags}
    assert {tag for tag, _ in seen.tags} <= known | {"ul", "li", "figure", "figcaption"}
    assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on")]


def test_the_page_needs_no_network_and_no_script_and_allows_its_own_style_only(
    application: Application, papers: Papers
) -> None:
    html = page(application, papers)
    assert "default-src 'none'; img-src 'self' file:; style-src 'sha256-" in html
    assert not re.search(r"(?:src|href)\s*=\s*[\"']?(?:https?:)?//|url\(|@import", html)


def test_people_who_hear_the_page_or_use_no_mouse_get_all_of_it(application: Application, papers: Papers) -> None:
    seen = Seen(page(application, papers))
    assert seen.all("html") == [{"lang": "en"}]
    assert len(seen.all("h1")) == len(seen.all("main")) == 1
    assert all(each["scope"] in {"col", "row"} for each in seen.all("th"))
    assert len(seen.all("caption")) == len(seen.all("table")) == 2
    assert seen.all("img")
    assert all(each["alt"] and each["width"] and each["height"] for each in seen.all("img"))
    assert all("tabindex" in each and each["aria-label"] for each in seen.all("div") if each.get("role") == "region")


def test_a_place_without_a_picture_says_so(application: Application, papers: Papers) -> None:
    html = page(application, papers, drawn=False)
    assert "<img" not in html
    assert html.count("No picture of it could be made; open the file itself.") == 6


def test_an_unsafe_upload_says_why_it_is_not_shown(application: Application, papers: Papers) -> None:
    papers["id"] = DocumentFacts(
        "id", "text/1", ReadState.UNSAFE, "application/pdf", "The PDF carries a script.", 1, ""
    )
    html = page(application, papers)
    assert "It is not shown here. The PDF carries a script." in html
    assert "No picture of it could be made" not in html


def test_two_answers_from_one_place_share_its_picture(application: Application, papers: Papers) -> None:
    zone = "PUSASANTOS<<MARIA<<<<<<<<<<<<<<<<<<<<<<<<<<<\n1234567897USA8001025F3001020<<<<<<<<<<<<<<08"
    papers["id"] = replace(papers["id"], text=zone, spots=papers["id"].spots[:2])
    html = page(application, papers)
    assert html.count("The picture above shows it too.") == 1


def cut_here(requests: Sequence[CropRequest], _: int) -> Iterator[Crops]:
    """As readers do it, without the time that they take to start."""
    return (Crops(each.name, tuple(crops_of(each.path, each.cuts, Limits()))) for each in requests)


@pytest.fixture
def make(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, application: Application, papers: Papers
) -> Callable[..., Path]:
    """Lays out one case, whose two papers are pictures, and gives the folder that holds everything."""
    uploads = {}
    for name in ("id", "bill"):
        path = tmp_path / f"upload-{name}"
        Image.linear_gradient("L").resize((600, 800)).rotate(90 * (name == "id")).save(path, format="PNG")
        uploads[hashlib.sha256(path.read_bytes()).hexdigest()] = path
    by_digest = {digest: replace(papers[path.name[7:]], sha256=digest) for digest, path in uploads.items()}
    refs = zip(application.documents, uploads, strict=True)
    case = Case("S-0001.1:r:first", application, packet(ID_INCONCLUSIVE="It does not settle the name."))
    case = replace(case, application=replace(application, documents=tuple(replace(r, sha256=d) for r, d in refs)))
    monkeypatch.setattr(shelf_module, "facts_of", lambda *_: by_digest)
    monkeypatch.setattr(shelf_module, "paths_of", lambda *_: uploads)
    monkeypatch.setattr(shelf_module, "crop_documents", cut_here)

    def lay_out(folder: str = "evidence", **changes: Any) -> Path:
        shelf = Shelf(tmp_path / folder, 1)
        shelf.lay_out(None, [replace(case, **changes)])  # type: ignore[arg-type]
        return shelf.folder

    return lay_out


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_case_has_a_folder_of_its_own_that_nobody_else_can_read(make: Callable[..., Path]) -> None:
    folder = make()
    (case,) = folder.iterdir()
    assert sorted(path.name for path in case.iterdir()) == [*(f"{n:02}.png" for n in range(1, 7)), "index.html"]
    for path in [folder, *folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    named = set(re.findall(r'src="([^"]+)"', (case / "index.html").read_text()))
    assert named == {path.name for path in case.glob("*.png")}


def test_no_name_and_no_case_number_is_in_the_name_of_a_file(make: Callable[..., Path]) -> None:
    names = [path.relative_to(make("a")).as_posix() for path in make("a").rglob("*")]
    names += [path.relative_to(make("b")).as_posix() for path in make("b", decision_id="../../" + HOSTILE).rglob("*")]
    assert all(re.fullmatch(r"[0-9a-f]{24}(/(\d\d\.png|index\.html))?", name) for name in names), names


def test_the_same_case_gives_the_same_bytes(make: Callable[..., Path]) -> None:
    assert contents(make("a")) == contents(make("b"))


def test_a_page_that_is_there_is_left_as_somebody_saw_it(make: Callable[..., Path]) -> None:
    (index,) = make().rglob("index.html")
    index.write_text("seen")
    make()
    assert index.read_text() == "seen"


def test_a_page_whose_making_was_cut_short_is_made_whole(make: Callable[..., Path]) -> None:
    whole = contents(make("a"))
    (index,) = make("b").rglob("index.html")
    index.rename(index.with_name(".index.html.part"))
    (index.parent / "03.png").unlink()
    made = contents(make("b"))
    assert {name: data for name, data in made.items() if not name.endswith(".part")} == whole


def test_an_upload_that_was_changed_since_is_not_shown(make: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "upload-id").write_bytes(b"something else")
    folder = make()
    (index,) = folder.rglob("index.html")
    assert len(list(folder.rglob("*.png"))) == 3
    assert index.read_text().count("No picture of it could be made") == 3
