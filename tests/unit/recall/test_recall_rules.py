"""Why and how far certificates are called back."""

from datetime import date, timedelta

import pytest

from registry.recall import (
    ASK_IS_GOOD_FOR_DAYS,
    Case,
    Cure,
    Phase,
    Standing,
    counted,
    cure,
    folded,
    lapses_on,
    list_digest,
    phase,
    standing,
    to_recall,
)

DAY = date(2026, 11, 23)


def case(stands: Standing, serial: str = "MM26-0000001-84", kind: str = "temporary") -> Case:
    return Case(serial, "BN-1", kind, "patient", stands)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann Analyst", "ann  ANALYST"),
        ("Ann Analyst", "AnnAnalyst"),
        ("Strauß", "STRAUSS"),
        ("José", "José"),
        ("Ann", "\uff21\uff4e\uff4e"),
    ],
)
def test_a_name_is_the_same_whatever_its_case_spaces_and_forms_of_letters(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_two_people_are_two_people() -> None:
    assert folded("Ann Analyst") != folded("Anna Analyst")
    assert folded("José") != folded("Jose")


@pytest.mark.parametrize(
    ("state", "expires_on", "stands"),
    [
        ("issued", DAY, Standing.GOOD),
        ("issued", DAY - timedelta(1), Standing.EXPIRED),
        ("reserved", DAY, Standing.RESERVED),
        ("superseded", DAY, Standing.SUPERSEDED),
        ("void", DAY, Standing.VOID),
    ],
)
def test_a_certificate_is_good_through_its_last_day(state: str, expires_on: date, stands: Standing) -> None:
    assert standing(state, expires_on, DAY) is stands


def test_only_what_is_good_or_still_to_be_drawn_is_recalled() -> None:
    assert {c.standing for c in to_recall(map(case, Standing))} == {Standing.GOOD, Standing.RESERVED}


def test_cases_are_counted_by_kind_role_and_state() -> None:
    cases = [case(Standing.GOOD), case(Standing.GOOD, kind="permanent"), case(Standing.VOID)]
    assert counted(cases) == {
        "kind": {"permanent": 1, "temporary": 2},
        "role": {"patient": 3},
        "state": {"good": 2, "void": 1},
    }


def test_a_list_has_one_digest_in_any_order_and_another_with_any_other_serial() -> None:
    assert list_digest(["b", "a"]) == list_digest(["a", "b"])
    assert len({list_digest(each) for each in (["a"], ["a", "b"], ["ab"], [])}) == 4


def test_a_question_can_be_granted_through_its_last_day() -> None:
    last = DAY + timedelta(ASK_IS_GOOD_FOR_DAYS)
    assert phase(None, 3, lapses_on(DAY), last) is Phase.ASKED
    assert phase(None, 3, lapses_on(DAY), last + timedelta(1)) is Phase.LAPSED


@pytest.mark.parametrize(
    ("answer", "left", "where"),
    [("withdrawn", 3, Phase.WITHDRAWN), ("granted", 3, Phase.UNDER_WAY), ("granted", 0, Phase.CARRIED_OUT)],
)
def test_an_answer_counts_whatever_the_day(answer: str, left: int, where: Phase) -> None:
    assert phase(answer, left, lapses_on(DAY), date.max) is where


def test_a_holder_has_the_last_day_of_the_clock_and_a_newer_certificate_ends_it() -> None:
    assert cure(False, DAY, DAY) is Cure.WITHIN
    assert cure(False, DAY, DAY + timedelta(1)) is Cure.PAST
    assert cure(True, DAY, DAY + timedelta(1)) is Cure.CURED
