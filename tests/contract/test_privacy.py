"""A night recorded by Prefect, and then every byte it left behind searched for the people it was about."""

import csv
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from tasks.settings import PROJECT

# Where people may be: the ledger, certificates, mails, and the queue that analysts work in with its evidence.
PEOPLE_MAY_BE_IN = ("ledger", "outputs/certificates", "outputs/mail", "outputs/evidence", "review.xlsx")
COLUMNS = ("first_name", "middle_name", "last_name", "email", "street", "date_of_birth", "phone", "certifier_name")


@dataclass(frozen=True)
class Recorded:
    home: Any
    done: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def recorded(new_home: Callable[..., Any]) -> Recorded:
    """A night with bad rows and broken uploads, recorded by Prefect."""
    home = new_home(40, seed=21)
    return Recorded(home, home.night(NUTMEG_PREFECT="on", PREFECT_LOGGING_LEVEL="DEBUG"))


def canaries(sample: Path) -> set[str]:
    """Values of people that nothing else would contain by chance."""
    found: set[str] = set()
    (table,) = (sample / "inbox").glob("*/submissions.csv")
    for path in (table, sample / "registry.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                found |= {row.get(column, "").strip() for column in COLUMNS}
                found |= set(
                    filter(None, (part.partition(":")[2] for part in row.get("supporting_documents", "").split(";")))
                )
                found.add(row.get("identity_document_file", ""))
    return {value for value in found if len(value) >= 6 and not value.isdigit() and not value[:4].isdigit()}


def chance_words(values: set[str]) -> set[str]:
    """Those of the values that stand in the verification page before anybody is known: an Edwards curve, for one."""
    sources = [path.read_bytes().lower() for path in (PROJECT / "data" / "verify").rglob("*") if path.is_file()]
    return {value for value in values if any(value.lower().encode() in source for source in sources)}


def left_behind(home: Path) -> Iterator[Path]:
    for path in home.rglob("*"):
        place = path.relative_to(home).as_posix()
        if path.is_file() and not place.startswith(PEOPLE_MAY_BE_IN) and not place.endswith(PEOPLE_MAY_BE_IN):
            yield path


def test_the_recorded_night_went_well_and_prefect_has_it(recorded: Recorded) -> None:
    assert recorded.done.returncode == 0, recorded.done.stderr
    assert (recorded.home.path / ".prefect" / "prefect.db").stat().st_size > 100_000
    assert recorded.home.summary()["rows"]["received"] == 40


def test_nobody_is_found_outside_the_ledger_the_certificates_the_mails_and_the_queue(recorded: Recorded) -> None:
    people = canaries(recorded.home.sample)
    assert len(people) > 150
    searched = 0
    by_chance = chance_words(people)
    assert len(by_chance) < 5
    for path in left_behind(recorded.home.path):
        data = path.read_bytes().lower()
        searched += 1
        sought = people - by_chance if path.parent.name == "verify" else people
        hits = [
            value for value in sought if value.lower().encode() in data or value.lower().encode("utf-16-le") in data
        ]
        assert not hits, f"{path} holds {len(hits)} values of people"
    assert searched > 10


def test_nobody_is_found_in_what_the_terminal_showed(recorded: Recorded) -> None:
    shown = (recorded.done.stdout + recorded.done.stderr).lower()
    assert not [value for value in canaries(recorded.home.sample) if value.lower() in shown]


def test_nobody_is_found_in_the_name_of_a_file(recorded: Recorded) -> None:
    names = "\n".join(path.name.lower() for path in recorded.home.path.rglob("*"))
    assert not [value for value in canaries(recorded.home.sample) if value.lower() in names]


def test_the_search_would_find_somebody(recorded: Recorded) -> None:
    (path,) = recorded.home.path.glob("ledger/nutmeg.db")
    data = path.read_bytes().lower()
    assert any(value.lower().encode() in data for value in canaries(recorded.home.sample))


def test_no_diagnosis_is_in_a_certificate_a_mail_a_workbook_or_a_page(recorded: Recorded) -> None:
    from pypdfium2 import PdfDocument

    with (recorded.home.sample / "reference" / "conditions.csv").open(encoding="utf-8", newline="") as stream:
        labels = {row["label"].lower() for row in csv.DictReader(stream)}
    outputs = recorded.home.path / "outputs"
    texts = [path.read_text(errors="replace") for path in outputs.rglob("*.html")]
    for path in outputs.rglob("*.eml"):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        texts += [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    for path in outputs.rglob("*.pdf"):
        document = PdfDocument(path)
        texts.append(document[0].get_textpage().get_text_bounded())
        document.close()
    from openpyxl import load_workbook

    for path in outputs.rglob("*.xlsx"):
        for sheet in load_workbook(path, read_only=True):
            texts += [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert len(texts) > 50
    assert not [label for label in labels for text in texts if label in text.lower()]
