"""What the application says beside what the papers say, question by question."""

from dataclasses import replace
from datetime import date

import pytest

from registry.evidence import Evidence, evidence_of
from registry.facts import Application, DocumentFacts, DocumentRef, PersonName, Reading, ReadState
from registry.papers import Answer
from registry.proofs import identity_facts, residency_facts

Papers = dict[str, DocumentFacts]


def by_question(found: tuple[Evidence, ...]) -> dict[tuple[str, str], Evidence]:
    return {(each.subject, each.what): each for each in found}


def test_each_question_brings_both_readings_and_the_place_of_its_lines(
    application: Application, papers: Papers
) -> None:
    found = by_question(evidence_of(application, papers))
    name, address = found["identity", "name"], found["residency", "address"]
    assert (name.applied, name.read, name.answer) == ("Maria Santos", ("1 SANTOS", "2 MARIA"), Answer.AGREES)
    assert (name.page, name.box, name.source) == (1, (0.1, 0.25, 0.6, 0.5), "text")
    assert address.applied == "12 Elm Street Apt 4\nHartford, CT 06103"
    assert address.read == ("12 Elm St Apt 4", "Hartford, CT 06103")
    assert found["identity", "date of birth"].read == ("3 DOB 01/02/1980",)
    assert found["identity", "expiry"].why == "It is good until 1139 days after the submission."
    assert found["residency", "date of the paper"].why == "It was made out 21 days before the submission."


@pytest.mark.parametrize("source", ["layer", "ocr"])
@pytest.mark.parametrize(
    "change",
    [
        {},
        {"name": PersonName("Marla", "", "Santos", "")},
        {"name": PersonName("John", "", "Smith", "")},
        {"date_of_birth": "1980-02-01"},
        {"date_of_birth": "1981-07-09"},
        {"street": "99 Oak Avenue"},
        {"street": "12 Elm Avenue"},
    ],
    ids=str,
)
def test_the_answers_are_those_that_the_case_is_decided_by(
    application: Application, papers: Papers, change: dict[str, object], source: str
) -> None:
    if "date_of_birth" in change:
        change = {"date_of_birth": date.fromisoformat(str(change["date_of_birth"]))}
    if "street" in change:
        change = {"address": replace(application.address, street=str(change["street"]))}
    applied = replace(application, **change)  # type: ignore[arg-type]
    papers = {key: replace(facts, text_source=source) for key, facts in papers.items()}
    identity = identity_facts(papers["id"], applied.name, applied.date_of_birth, applied.submitted_at.date())
    residency = residency_facts(papers["bill"], applied.name, applied.address)
    found = by_question(evidence_of(applied, papers))
    assert found["identity", "name"].answer is identity["identity_name"]
    assert found["identity", "date of birth"].answer is identity["identity_birth_date"]
    assert found["residency", "name"].answer is residency["residency_name"]
    assert found["residency", "address"].answer is residency["residency_address"]


def test_what_a_picture_seems_to_say_against_somebody_is_left_open_and_says_why(
    application: Application, papers: Papers
) -> None:
    applied = replace(application, name=PersonName("John", "", "Smith", ""))
    papers = {key: replace(facts, text_source="ocr") for key, facts in papers.items()}
    name = by_question(evidence_of(applied, papers))["identity", "name"]
    assert (name.answer, name.source) == (Answer.CANNOT_TELL, "picture")
    assert "letters read from a picture can be wrong" in name.why


def test_what_a_zone_and_its_line_of_text_say_alike_is_told_once(application: Application, papers: Papers) -> None:
    text = "P<USASANTOS<<MARIA<<<<<<<<<<<<<<<<<<<<<<<<<<\n1234567897USA8001025F3001020<<<<<<<<<<<<<<08"
    boxes = ((0.1, 0.8, 0.9, 0.9), (0.1, 0.9, 0.9, 1.0))
    spots = tuple(replace(spot, box=box) for spot, box in zip(papers["id"].spots, boxes, strict=False))
    values = {"first_name": "MARIA", "last_name": "SANTOS", "birth_date": "1980-01-02"}
    codes = tuple(Reading(what, value, "mrz", 1, boxes[what == "birth_date"], 99) for what, value in values.items())
    papers["id"] = replace(papers["id"], text=text, spots=spots, readings=codes)
    found = [each for each in evidence_of(application, papers) if each.subject == "identity"]
    assert [(each.what, each.source, each.box) for each in found] == [
        ("name", "mrz", boxes[0]),
        ("date of birth", "mrz", boxes[1]),
        ("expiry", "text", boxes[1]),
    ]


def test_how_sure_a_piece_is_comes_from_its_least_sure_line(application: Application, papers: Papers) -> None:
    spots = tuple(replace(spot, confidence_percent=90 + at) for at, spot in enumerate(papers["id"].spots))
    papers["id"] = replace(papers["id"], spots=spots)
    assert by_question(evidence_of(application, papers))["identity", "name"].confidence_percent == 92


def test_a_paper_that_bears_nothing_like_it_is_shown_whole(application: Application, papers: Papers) -> None:
    applied = replace(application, name=PersonName("Zbigniew", "", "Kowalczyk", ""))
    name = by_question(evidence_of(applied, papers))["residency", "name"]
    assert (name.answer, name.read, name.page, name.box) == (Answer.DISAGREES, (), 1, ())


def test_the_date_of_a_paper_is_shown_only_where_the_law_asks_for_it(application: Application, papers: Papers) -> None:
    asked = {each.what for each in evidence_of(application, papers, paper_goes_stale=False)}
    assert asked == {"name", "date of birth", "expiry", "address"}


def test_one_reading_says_no_more_against_somebody_than_all_readings_together(
    application: Application, papers: Papers
) -> None:
    values = {"first_name": "JOHN", "last_name": "SMITH", "birth_date": "1980-01-02"}
    codes = tuple(Reading(what, value, "barcode", 1, (), 100) for what, value in values.items())
    papers["id"] = replace(papers["id"], readings=codes)
    names = [each for each in evidence_of(application, papers) if (each.subject, each.what) == ("identity", "name")]
    assert [each.answer for each in names] == [Answer.CANNOT_TELL, Answer.AGREES]
    assert "before a person looked" in names[0].why


def test_a_codes_answers_stand_beside_those_of_the_text_and_show_the_whole_card(
    application: Application, papers: Papers
) -> None:
    values = {"first_name": "MARIA", "last_name": "SANTOS", "birth_date": "1980-01-03", "expiry_date": "2030-01-02"}
    codes = tuple(Reading(what, value, "barcode", 2, (0.1, 0.5, 0.9, 1.0), 95) for what, value in values.items())
    papers["id"] = replace(papers["id"], readings=codes)
    found = [each for each in evidence_of(application, papers) if each.subject == "identity"]
    born = [(each.source, each.answer, each.read) for each in found if each.what == "date of birth"]
    assert born == [
        ("barcode", Answer.CANNOT_TELL, ("1980-01-03",)),
        ("text", Answer.AGREES, ("3 DOB 01/02/1980",)),
    ]
    (name,) = [each for each in found if each.what == "name" and each.source == "barcode"]
    assert (name.read, name.page, name.box, name.confidence_percent) == (("MARIA SANTOS",), 2, (), 95)


@pytest.mark.parametrize(
    ("state", "page"), [(ReadState.NO_TEXT, 1), (ReadState.UNREADABLE, 0), (ReadState.UNSAFE, 0)], ids=str
)
def test_what_could_not_be_read_is_told_and_never_drawn_when_it_is_unsafe(
    application: Application, papers: Papers, state: ReadState, page: int
) -> None:
    papers["id"] = DocumentFacts("id", "text/1", state, "image/jpeg", "It is all grey.", 1, "")
    found = [each for each in evidence_of(application, papers) if each.subject == "identity"]
    assert [each.what for each in found] == ["name", "date of birth", "expiry"]
    assert {(each.answer, each.why, each.page) for each in found} == {(Answer.CANNOT_TELL, "It is all grey.", page)}


def test_what_was_not_looked_at_and_what_did_not_come_are_not_drawn(application: Application) -> None:
    refs = (application.documents[0], DocumentRef("residency", "lease", "lease.pdf", ""))
    found = evidence_of(replace(application, documents=refs), {})
    assert {(each.subject, each.page) for each in found} == {("identity", 0)}


def test_a_photo_is_shown_and_nothing_is_asked_of_it(application: Application, papers: Papers) -> None:
    ref = DocumentRef("photo", "", "me.jpg", "photo")
    papers["photo"] = DocumentFacts("photo", "text/1", ReadState.NO_TEXT, "image/jpeg", "", 1, "")
    photo = evidence_of(replace(application, documents=(*application.documents, ref)), papers)[-1]
    assert (photo.subject, photo.answer, photo.page, photo.box) == ("photo", None, 1, ())
