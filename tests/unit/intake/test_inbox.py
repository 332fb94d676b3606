import os
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.deliveries import Arrival, ArrivalState, InboxError, survey, verify

NOW = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
Deliver = Callable[..., Path]


def _only(inbox: Path) -> Arrival:
    (arrival,) = survey(inbox, NOW)
    return arrival


def test_a_whole_delivery_is_ready_and_verified(delivery: Deliver) -> None:
    arrival = verify(_only(delivery().parent))
    assert arrival.state is ArrivalState.READY
    assert arrival.reason == ""
    assert arrival.unlisted == 0
    assert arrival.table().name == "submissions.csv"
    assert arrival.documents().keys() == {"id-1.pdf"}
    assert arrival.manifest is not None
    assert arrival.manifest.documents.keys() == {"id-1.pdf"}


def test_deliveries_come_in_the_order_of_their_ids(delivery: Deliver) -> None:
    for folder, name in (("z", "a-1"), ("b", "b-1"), ("a", "c-1")):
        inbox = delivery(folder, delivery_id=name).parent
    assert [arrival.delivery_id for arrival in survey(inbox, NOW)] == ["a-1", "b-1", "c-1"]


@pytest.mark.parametrize(
    ("hours", "state"), [(0.1, ArrivalState.WAITING), (5.9, ArrivalState.WAITING), (6.1, ArrivalState.OVERDUE)]
)
def test_a_folder_without_manifest_waits_six_hours(tmp_path: Path, hours: float, state: ArrivalState) -> None:
    folder = tmp_path / "biznet-1"
    folder.mkdir()
    since = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(folder, (since, since))
    arrival = _only(tmp_path)
    assert arrival.state is state
    assert arrival.reason.startswith("biznet-1: manifest.json is")
    assert verify(arrival) == arrival


def test_an_empty_inbox_has_no_arrivals_and_loose_files_are_none(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("x")
    assert survey(tmp_path, NOW) == []


def test_an_inbox_that_is_not_there_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(InboxError, match=r"cannot be read\. Create it, or set NUTMEG_INBOX"):
        survey(tmp_path / "none", NOW)


def test_a_listed_file_that_is_missing_refuses_the_delivery(delivery: Deliver) -> None:
    folder = delivery()
    (folder / "documents/id-1.pdf").unlink()
    arrival = _only(folder.parent)
    assert arrival.state is ArrivalState.REFUSED
    told = "documents/id-1.pdf is listed in manifest.json and missing. Have the portal export the delivery again."
    assert arrival.reason == f"biznet-1: {told}"


def test_a_listed_file_that_is_short_refuses_the_delivery(delivery: Deliver) -> None:
    folder = delivery()
    (folder / "documents/id-1.pdf").write_bytes(b"%PD")
    assert "documents/id-1.pdf has 3 bytes where manifest.json says 4. Have" in _only(folder.parent).reason


def test_other_bytes_of_the_same_length_are_found_by_verifying(delivery: Deliver) -> None:
    folder = delivery()
    (folder / "documents/id-1.pdf").write_bytes(b"%PDG")
    arrival = _only(folder.parent)
    assert arrival.state is ArrivalState.READY
    refused = verify(arrival)
    assert refused.state is ArrivalState.REFUSED
    assert "documents/id-1.pdf has another sha256 than manifest.json says. Have" in refused.reason
    assert refused.fingerprint == arrival.fingerprint


def test_a_file_that_is_not_listed_is_drift_and_refuses_nothing(delivery: Deliver) -> None:
    folder = delivery()
    (folder / "documents/more.pdf").write_bytes(b"x")
    (folder / "notes.txt").write_bytes(b"x")
    arrival = _only(folder.parent)
    assert (arrival.state, arrival.unlisted) == (ArrivalState.READY, 2)
    assert arrival.documents().keys() == {"id-1.pdf"}


def test_a_second_table_beside_the_listed_one_refuses_the_delivery(delivery: Deliver) -> None:
    folder = delivery()
    (folder / "submissions.xlsx").write_bytes(b"x")
    assert "submissions.csv and submissions.xlsx are both there. Leave" in _only(folder.parent).reason


@pytest.mark.parametrize("target", ["outside.pdf", "nowhere.pdf"])
def test_a_link_out_of_the_folder_is_refused_and_never_read(delivery: Deliver, tmp_path: Path, target: str) -> None:
    (tmp_path / "outside.pdf").write_bytes(b"%PDF")
    folder = delivery()
    (folder / "documents/id-1.pdf").unlink()
    (folder / "documents/id-1.pdf").symlink_to(tmp_path / target)
    arrival = _only(folder.parent)
    assert arrival.state is ArrivalState.REFUSED
    assert "documents/id-1.pdf is a link that leads" in arrival.reason or "leaves the delivery folder" in arrival.reason


def test_a_folder_that_is_a_link_out_is_not_followed(delivery: Deliver, tmp_path: Path) -> None:
    folder = delivery()
    (folder / "documents").rename(tmp_path / "elsewhere")
    (folder / "documents").symlink_to(tmp_path / "elsewhere")
    assert "documents/id-1.pdf is listed in manifest.json and missing" in _only(folder.parent).reason


def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(delivery: Deliver) -> None:
    folder = delivery()
    (folder / "documents/id-1.pdf").unlink()
    os.mkfifo(folder / "documents/id-1.pdf")
    assert "documents/id-1.pdf is not a plain file" in _only(folder.parent).reason


def test_a_name_composed_in_another_way_on_disk_is_the_same_name(delivery: Deliver) -> None:
    folder = delivery(contents={"submissions.csv": b"a\n", "documents/café.pdf": b"%PDF"})
    apart = unicodedata.normalize("NFD", "café.pdf")
    (folder / "documents/café.pdf").rename(folder / "documents" / apart)
    arrival = verify(_only(folder.parent))
    assert arrival.state is ArrivalState.READY
    assert arrival.unlisted == 0
    assert arrival.documents()["café.pdf"].name == apart


def test_a_document_named_by_a_person_is_told_by_its_number(delivery: Deliver) -> None:
    folder = delivery(contents={"submissions.csv": b"a\n", "documents/Jane Roe.pdf": b"%PDF"})
    (folder / "documents/Jane Roe.pdf").unlink()
    reason = _only(folder.parent).reason
    assert "file 2 of manifest.json is listed" in reason
    assert "Roe" not in reason


def test_one_refused_delivery_does_not_hold_up_another(delivery: Deliver) -> None:
    delivery("good")
    inbox = delivery("bad", rows=-1).parent
    states = {arrival.folder.name: arrival.state for arrival in survey(inbox, NOW)}
    assert states == {"bad": ArrivalState.REFUSED, "good": ArrivalState.READY}
