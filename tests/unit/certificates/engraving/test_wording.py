import re
from pathlib import Path

import pytest
import yaml

from registry.issuance import CertificateKind
from tasks.engraving.errors import WordingError
from tasks.engraving.wording import WORDING, fingerprint, load


def changed(tmp_path: Path, before: str, after: str) -> Path:
    text = WORDING.read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "wording.yaml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


def test_the_words_of_the_project_load() -> None:
    words = load()
    assert words.titles.of(CertificateKind.TEMPORARY) == "TEMPORARY REGISTRATION CERTIFICATE"
    assert words.agency.contact == "dcp.mmp@ct.gov"


def test_temporary_words_say_until_when_and_that_the_permanent_one_follows() -> None:
    for opening in (load().opening.temporary.patient, load().opening.temporary.caregiver):
        assert "through {expires}" in opening
        assert "permanent certificate follows before then" in opening


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("  monogram: DCP\n", "", "agency: missing: monogram"),
        ("monogram: DCP\n", "monogram: DCP\n  motto: Yes\n", "agency: unknown: motto"),
        ("monogram: DCP\n", "monogram: DCP\n  monogram: DCP\n", "monogram stands twice"),
        ("monogram: DCP\n", "monogram: ''\n", "agency.monogram: a text is needed"),
        ("monogram: DCP\n", "monogram: 2026\n", "agency.monogram: a text is needed"),
        ("monogram: DCP\n", "monogram: [DCP]\n", "agency.monogram: a text is needed"),
        ("Good through {expires}", "Good through {expiry}", "good_through: what stands in braces"),
        ("Good through {expires}", "Good for long", "good_through: what stands in braces"),
        ("Good through {expires}", "Good through {{expires}}", "good_through: what stands in braces"),
        ("Good through {expires}", "Good through {expires", "good_through"),
        ("front_foot: Good", "front_foot: '{name}' #", "card.front_foot: what stands in braces"),
        ("  code_caption: Scan to check it.\n", "", "card: missing: code_caption"),
        ("code_caption: Scan", "code_caption: '{serial}' #", "card.code_caption: what stands in braces"),
        ("Code to be scanned with a phone: it", "{name}", "card.code_alternative: what stands in braces"),
        ("of {patient} in", "in", "opening.temporary.caregiver: what stands in braces"),
        ("temporary: TEMPORARY REG", "temporary: REG", "titles.temporary: the word TEMPORARY is missing"),
        ("permanent: PERMANENT\n", "permanent: FINAL\n", "marks.permanent: the word PERMANENT is missing"),
        ("agency:\n", "agency: [\n", "wording.yaml"),
    ],
)
def test_a_slip_in_the_words_is_refused_with_file_and_key(tmp_path: Path, before: str, after: str, told: str) -> None:
    with pytest.raises(WordingError, match=re.escape(told)) as refused:
        load(changed(tmp_path, before, after))
    assert "wording.yaml" in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"- a\n", b"\xff\xfe", b"a: &a [*a]\n"])
def test_what_is_no_wording_at_all_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wording.yaml"
    path.write_bytes(content)
    with pytest.raises(WordingError):
        load(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WordingError):
        load(tmp_path / "none.yaml")


def test_any_change_of_words_changes_the_fingerprint(tmp_path: Path) -> None:
    assert fingerprint(changed(tmp_path, "Scan to check it.", "Scan to check it!")) != fingerprint()


def test_every_text_is_used_or_refused() -> None:
    """As many texts in the file as in the loaded words: none is passed over."""
    file = yaml.safe_load(WORDING.read_text(encoding="utf-8"))

    def texts(node: object) -> int:
        if isinstance(node, dict):
            return sum(map(texts, node.values()))
        return sum(map(texts, node)) if isinstance(node, list) else 1

    assert texts(file) == len(re.findall(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", repr(load())))
