import pytest

from tasks.engraving.scripts import runs


def visual(text: str, in_prose: bool = False) -> str:
    """What the eye meets from left to right."""
    return "".join(run[::-1] if rightwards else run for run, rightwards in runs(text, in_prose))


@pytest.mark.parametrize(
    ("logical", "seen"),
    [
        ("Maria Lopez", "Maria Lopez"),
        ("Łukasz Ёлкин", "Łukasz Ёлкин"),
        ("יוסף כהן", "ןהכ ףסוי"),
        ("Joseph כהן Jr.", "Joseph ןהכ Jr."),
        ("יוסף Cohen", "Cohen ףסוי"),
        ("רחוב 12", "12 בוחר"),
        ("12 Main רחוב St", "12 Main בוחר St"),
        ("בן-דוד", "דוד-ןב"),
        ("שד׳ 3-5", "3-5 ׳דש"),
        ("محمد 7.5", "7.5 دمحم"),
    ],
)
def test_scripts_stand_in_the_order_of_the_bidirectional_algorithm(logical: str, seen: str) -> None:
    assert visual(logical) == seen


def test_in_prose_a_foreign_name_does_not_turn_the_sentence() -> None:
    assert visual("כהן in Connecticut", in_prose=True) == "ןהכ in Connecticut"
    assert visual("כהן in Connecticut") == "in Connecticut ןהכ"
