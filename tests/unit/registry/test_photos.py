"""What is told of a photo: only what is certain asks for another, and what is doubtful stands against nobody."""

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from registry.decision import Outcome
from registry.facts import DocumentFacts, DocumentRef, Reading, ReadState
from registry.law import Policy
from registry.packet import packet_text, re_evaluate
from registry.pictures import Portrait
from tasks.judging import Judged, _second_look
from tasks.queue_workbook import _sentences

PERSON = Portrait(480, 600, 150, 1, 40, 120, 130)
NOBODY = replace(PERSON, faces=0, face_height_percent=0)
PHOTO = DocumentFacts("photo", "text/1", ReadState.NO_TEXT, "image/jpeg", "", 1, "", portrait=PERSON)
CODE = Reading("last_name", "SANTOS", "barcode", 1, (), 100)
PASSPORT = "P<USASANTOS<<MARIA<<<<<<<<<<<<<<<<<<<<<<<<<<\nA123456784USA8001024F3001021<<<<<<<<<<<<<<06"
SHELF = " ".join(["words on the backs of books"] * 20)


def with_photo(case: Any, **changes: Any) -> Any:
    """The clean renewal with this photo."""
    bent = case.with_(documents=(*case.application.documents, DocumentRef("photo", "photo", "me.jpg", "photo")))
    return bent.knowing(documents={**bent.around.documents, "photo": replace(PHOTO, **changes)})


def read(text: str) -> dict[str, Any]:
    return {"state": ReadState.TEXT, "text": text, "text_source": "ocr"}


@pytest.mark.parametrize(
    "media_type", ["image/jpeg", "image/png", "image/heic", "image/tiff", "image/webp", "image/gif"]
)
def test_a_portrait_of_any_kind_of_picture_that_is_opened_is_approved_without_a_doubt(
    case: Any, media_type: str
) -> None:
    decision = with_photo(case, media_type=media_type).decision()
    assert (decision.outcome, decision.conclusions["photo_doubts"]) == (Outcome.AUTO_APPROVED, ())


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({"portrait": NOBODY}, "No face was found in the photo."),
        ({"portrait": replace(PERSON, faces=3)}, "3 faces were found in the photo."),
        ({"portrait": replace(PERSON, sharpness=4)}, "The face in the photo is blurred."),
        ({"portrait": replace(PERSON, brightness_levels=12)}, "The photo is very dark."),
        ({"portrait": replace(PERSON, face_height_percent=12)}, "The face takes up 12 percent of the photo's height."),
        ({"portrait": replace(PERSON, width_pixels=800)}, "The photo is wider than it is high."),
        ({"portrait": None}, "The photo could not be measured."),
        (read(SHELF), "80 words were read in the photo."),
        (read("Maria 1 < 2 and A<B are NOT A CARD") | {"portrait": NOBODY}, "No face was found in the photo."),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_doubtful_stands_against_nobody_and_is_told(case: Any, changes: dict[str, Any], doubt: str) -> None:
    decision = with_photo(case, **changes).decision()
    assert (decision.outcome, decision.conclusions["photo_doubts"]) == (Outcome.AUTO_APPROVED, (doubt,))


@pytest.mark.parametrize(
    "changes",
    [
        {"readings": (CODE,), "portrait": None},
        read(PASSPORT),
        read(PASSPORT.replace("<<<<<<", "<<< <<<")),
        read(SHELF) | {"portrait": NOBODY},
        {"portrait": replace(PERSON, width_pixels=64)},
        {"portrait": replace(NOBODY, contrast_levels=3)},
        {"media_type": "application/pdf", "portrait": None},
        {"state": ReadState.UNREADABLE, "portrait": None},
    ],
    ids=["barcode", "passport", "passport with gaps", "page", "thumbnail", "one shade", "document", "damaged"],
)
def test_what_is_certain_asks_for_another_photo(case: Any, changes: dict[str, Any]) -> None:
    decision = with_photo(case, **changes).decision()
    assert (decision.outcome, decision.reason_codes) == (Outcome.DEFICIENT, ("PHOTO_UNUSABLE",))


def test_a_hostile_text_is_searched_for_a_passport_in_no_time(case: Any) -> None:
    for text in ("A" * 20_000, "A<" * 10_000, "< " * 10_000):
        with_photo(case, **read(text)).decision()


def test_without_a_photo_there_is_nothing_to_doubt(case: Any) -> None:
    assert case.decision().conclusions["photo_doubts"] == ()


def looked_at_twice(case: Any, policy: Policy, key: bytes) -> bool:
    judged = Judged(case.application, case.around, case.decision())
    return _second_look(SimpleNamespace(key=key, policy=policy), judged)  # type: ignore[arg-type]


def test_a_doubtful_photo_has_a_person_look_at_an_automatic_approval_whether_it_is_drawn_or_not(
    case: Any, policy: Policy
) -> None:
    keys = [bytes([number]) * 32 for number in range(100)]
    assert 0 < sum(looked_at_twice(with_photo(case), policy, key) for key in keys) < 15
    assert all(looked_at_twice(with_photo(case, portrait=NOBODY), policy, key) for key in keys)


def test_a_photo_to_be_sent_again_has_nobody_look_twice(case: Any, policy: Policy) -> None:
    early = with_photo(case, portrait=replace(NOBODY, contrast_levels=3))
    assert not looked_at_twice(early, policy, bytes(32))


def test_the_analyst_is_told_of_doubts_beside_what_was_found(case: Any, policy: Policy) -> None:
    decision = with_photo(case, portrait=NOBODY).with_(attestations=(True,) * 5 + (False,)).decision()
    packet = json.loads(packet_text(decision, policy, {}))
    assert re_evaluate(packet) == decision
    told = [*(finding.detail for finding in decision.against), "No face was found in the photo."]
    assert list(_sentences(packet)) == told
    del packet["conclusions"]["photo_doubts"]
    assert list(_sentences(packet)) == told[:-1]
