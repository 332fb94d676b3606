import pickle
import subprocess
import sys
import unicodedata

import pytest

from tasks.engraving import fonts
from tasks.engraving.errors import TextDoesNotFitError, UnprintableTextError

ALPHABETS = {
    "Polish": "ĄĆĘŁŃÓŚŹŻąćęłńóśźż",
    "Vietnamese": "ĂÂĐÊÔƠƯăâđêôơưẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ",
    "Turkish": "ÇĞİıŞçğş",
    "Czech": "ČĎĚŇŘŠŤŮŽčďěňřšťůž",
    "Yoruba": "ẸỌṢẹọṣ",
    "Hawaiian": "ʻĀĒĪŌŪ",
    "Greek": "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέήίόύώϊΐς",
    "Cyrillic": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯҐЄІЇЎЂЉЊЋЏ",
    "Hebrew": "אבגדהוזחטיכךלמםנןסעפףצץקרשת״׳־",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةى",
    "Persian and Urdu": "پچژگکیٹڈڑںھہے",
    "Kurdish": "ڕڵۆێە",
    "marks": "'’-‐.,&/()#№",
}


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS.keys())
@pytest.mark.parametrize("bold", [False, True])
def test_every_letter_of_the_alphabet_can_be_printed(alphabet: str, bold: bool) -> None:
    assert fonts.line(alphabet, bold, "name").advance > 0


def test_font_files_are_small_and_come_with_their_license() -> None:
    usual = [fonts.FOLDER / f"{family}-{weight}.ttf" for family in fonts.FAMILIES for weight in ("Regular", "Bold")]
    rare = {fonts.FOLDER / f"{name}.ttf" for names in fonts._RARE.values() for name in names}
    assert {*usual, *rare} == set(fonts.FOLDER.glob("*.ttf"))
    assert max(file.stat().st_size for file in usual) < 300_000, "they are loaded for every certificate"
    assert max(file.stat().st_size for file in rare) < 5_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts.FOLDER / "OFL.txt").read_text(encoding="utf-8")


def test_large_fonts_are_not_loaded_for_the_names_of_most() -> None:
    script = (
        "from tasks.engraving import fonts\n"
        "fonts.line('Łukasz O\u2019Brien', True, 'name'); fonts.line('كريم', False, 'name')\n"
        "from reportlab.pdfbase import pdfmetrics\n"
        "print(*(name for name in pdfmetrics.getRegisteredFontNames() if not name.startswith('Noto')))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert "Droid" not in told
    assert "Nanum" not in told


@pytest.mark.parametrize("stray", ["ঊ", "😀", "\u202e", "\u200b", "\u0000", "ก", "\ue000", "\ufffd", "\u00ad"])
def test_a_character_no_font_has_is_refused_by_field_and_code_point_and_never_by_value(stray: str) -> None:
    with pytest.raises(UnprintableTextError) as refused:
        fonts.line(f"Quentin{stray}Zebulon", False, "caregiver_name")
    assert (refused.value.field, refused.value.code_point) == ("caregiver_name", ord(stray))
    assert f"U+{ord(stray):04X}" in str(refused.value)
    assert "Quentin" not in str(refused.value)
    assert "Zebulon" not in str(refused.value)


def test_an_unseen_joiner_is_good_between_arabic_letters_only() -> None:
    assert fonts.line("کریمی\u200cنژاد", False, "name").advance > 0
    with pytest.raises(UnprintableTextError):
        fonts.line("Kari\u200cmi", False, "name")


@pytest.mark.parametrize("text", ["z\u0300\u0308\u0303\u0306", "z\u0308\u0308", "é\u0301", "\u0308a", "z\u05b4"])
def test_accents_that_climb_out_of_the_line_or_belong_to_no_letter_are_refused(text: str) -> None:
    with pytest.raises(UnprintableTextError):
        fonts.line(text, False, "name")


def test_a_name_is_printed_composed_and_with_single_spaces() -> None:
    apart = unicodedata.normalize("NFD", "Nguyễn  Thị\u00a0Hạnh\n")
    assert fonts.clean(apart) == "Nguyễn Thị Hạnh"


def test_arabic_letters_are_joined() -> None:
    alone = {run.text for run in fonts.line("ب", False, "name").runs}
    (word,) = fonts.line("ببب", False, "name").runs
    assert len(set(word.text)) == 3, "first, middle and last form"
    assert word.text[0] not in alone
    assert [letters for _, letters in word.letters] == ["ب", "ب", "ب"]


def test_lam_and_alef_become_one_form_that_reads_back_as_both() -> None:
    (word,) = fonts.line("لا", False, "name").runs
    assert [letters for _, letters in word.letters] == ["لا"]


def test_hebrew_is_drawn_from_the_right() -> None:
    (word,) = fonts.line("אבג", False, "name").runs
    assert str(word.text) == "גבא"


def test_each_script_of_a_mixed_name_keeps_its_own_direction() -> None:
    drawn = [str(run.text).strip() for run in fonts.line("Joseph כהן Jr.", False, "name").runs]
    assert [text for text in drawn if text] == ["Joseph", "ןהכ", "Jr."]


@pytest.mark.parametrize("error", [UnprintableTextError("name", 0x1F600), TextDoesNotFitError("address")])
def test_refusals_cross_process_borders(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(again), str(again), again.field) == (type(error), str(error), error.field)  # type: ignore[attr-defined]
