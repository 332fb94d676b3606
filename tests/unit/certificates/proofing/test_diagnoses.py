import csv
from pathlib import Path

import pytest

from tasks.engraving.errors import WordingError
from tasks.proofing.diagnoses import named

CONDITIONS = Path(__file__).resolve().parents[4] / "data" / "reference" / "conditions.csv"


def conditions() -> list[str]:
    with CONDITIONS.open(encoding="utf-8", newline="") as stream:
        return [row["label"] for row in csv.DictReader(stream)]


@pytest.mark.parametrize("label", conditions())
def test_every_condition_of_the_list_would_be_noticed(label: str) -> None:
    assert named(f"Dosage restrictions: {label.upper()}, at night")


@pytest.mark.parametrize("text", ["Take it with cancerous sarcasm", "Alston Avenue", "Aidsbury", "no oils", ""])
def test_only_whole_words_count(text: str) -> None:
    assert not named(text)


@pytest.mark.parametrize("content", ["", "diagnoses: []", "diagnoses: [1]", "diagnoses: [x]\nmore: []", "a: [", "- x"])
def test_a_damaged_list_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "never-printed.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WordingError):
        named("", path)
