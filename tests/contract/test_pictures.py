"""Nights whose uploads come as photographs and scans too, held against the answers."""

import csv
from collections.abc import Callable
from typing import Any

import pytest

READ_IN_DOUBT = {"ID_INCONCLUSIVE", "RES_INCONCLUSIVE"}


def codes(row: dict[str, str]) -> set[str]:
    return set(filter(None, row["reason_codes"].split(";")))


def compared(home: Any) -> list[tuple[dict[str, str], dict[str, str]]]:
    """(answer, decision) of every accepted row."""
    with (home.sample / "answers.csv").open(encoding="utf-8", newline="") as stream:
        accepted = [row for row in csv.DictReader(stream) if row["disposition"] == "accepted"]
    decided = {(row["submission_id"], row["revision"]): row for row in home.table("decisions.csv")}
    return [(answer, decided[answer["submission_id"], answer["revision"]]) for answer in accepted]


def exact(pairs: list[tuple[dict[str, str], dict[str, str]]]) -> list[bool]:
    return [(found["outcome"], codes(found)) == (answer["outcome"], codes(answer)) for answer, found in pairs]


def assert_only_persons_are_asked_more(pairs: list[tuple[dict[str, str], dict[str, str]]]) -> None:
    """A decision that is not the answer went to a person, because a picture did not settle the question."""
    for (answer, found), same in zip(pairs, exact(pairs), strict=True):
        assert same or (found["outcome"] == "review" and codes(found) & READ_IN_DOUBT), (answer, found)


@pytest.fixture(scope="module")
def pictured(new_home: Callable[..., Any]) -> Any:
    home = new_home(40, seed=17)
    done = home.night()
    assert done.returncode == 0, done.stderr
    return home


def test_pictures_are_decided_as_the_answers_say_or_shown_to_a_person(pictured: Any) -> None:
    pairs = compared(pictured)
    assert_only_persons_are_asked_more(pairs)
    assert sum(exact(pairs)) >= 0.9 * len(pairs)


@pytest.mark.slow
def test_of_500_submissions_with_all_kinds_of_uploads_97_of_100_are_decided_as_the_answers_say(
    new_home: Callable[..., Any],
) -> None:
    home = new_home(500, seed=7)
    done = home.nutmeg(*home.night_arguments, patience_seconds=1800)
    assert done.returncode == 0, done.stderr
    pairs = compared(home)
    assert_only_persons_are_asked_more(pairs)
    assert sum(exact(pairs)) >= 0.97 * len(pairs)
