"""A family name counts as nothing but one only where nobody bears it as a given name."""

import pytest

from registry.family_names import FAMILY_TOO, is_family_only
from registry.nicknames import _NICKNAMES

FAMILY = (
    "Nguyễn Wiśniewski Tkachenko Papadopoulos O'Brien Mcgrath MacLennan Núñez_Figueroa Whitaker-Crane Smith-Elias"
    " El-Masri Ferreira Sánchez Patel Okafor Van-Kowalski"
)
GIVEN_TOO = (
    "Thomas Anne-Marie Min-jun Macy Mackenzie Khan Shah Owusu Inez Ludovic Geneva El_Masri Al Cruz Davis Santiago_Perez"
    " Jensen 王 - _"
)


@pytest.mark.parametrize("name", FAMILY.split())
def test_a_name_that_begins_as_no_given_name_does_is_a_family_name(name: str) -> None:
    assert is_family_only(name.replace("_", " "))


@pytest.mark.parametrize("name", GIVEN_TOO.split())
def test_a_name_that_somebody_bears_as_a_given_name_is_not(name: str) -> None:
    assert not is_family_only(name.replace("_", " "))


def test_no_given_name_of_the_house_is_a_family_name_only() -> None:
    assert not [name for group in _NICKNAMES for name in group if is_family_only(name)]
    assert not [name for name in FAMILY_TOO if is_family_only(name)]
