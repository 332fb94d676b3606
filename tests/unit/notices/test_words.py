"""The words of the reason codes and of the notices."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from registry.reasons import Reason, ReasonClass
from tasks.notices import DATA, MAIL, REASONS, NoticeError, deficiency_items, load_reasons, render, words_digest

CERTIFICATE = {"name": "Ana Lucía Ortiz-Peña", "serial": "MM26-0000123-45", "expires_on": date(2026, 12, 22)}
HEALTH = re.compile(
    r"marijuana|cannabis|medic|patient|health|certification|palliative|diagnos|condition", re.IGNORECASE
)


def deficiency(*codes: Reason) -> dict[str, object]:
    return {
        "name": "Seán O'Brien",
        "submission_id": "BN-2026-0004711",
        "answer_by": date(2026, 12, 22),
        "items": deficiency_items(codes, load_reasons()),
    }


def altered(tmp_path: Path, change) -> Path:
    words = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    change(words)
    path = tmp_path / "reasons.yaml"
    path.write_text(yaml.safe_dump(words), encoding="utf-8")
    return path


def test_every_code_has_its_words_and_only_the_applicants_codes_have_a_fix():
    reasons = load_reasons()
    assert list(reasons) == list(Reason)
    fixable = {code for code, words in reasons.items() if words.fix}
    assert fixable == {code for code in Reason if code.reason_class is ReasonClass.APPLICANT}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda words: words.pop("ID_MISSING"), "missing ID_MISSING"),
        (lambda words: words.update(ID_LOST={}), "unknown ID_LOST"),
        (lambda words: words["HOLD"].update({"class": "applicant"}), "HOLD: class"),
        (lambda words: words["HOLD"]["citation"].update(title=" "), "HOLD: citation"),
        (lambda words: words["HOLD"].update(fix="Send it."), "HOLD: fix"),
        (lambda words: words["RES_STALE"].update(fix=""), "RES_STALE: fix"),
        (lambda words: words["HOLD"].update(certainty="X"), "HOLD: certainty"),
        (lambda words: words["HOLD"].update(applicants="typo"), "HOLD: unknown applicants"),
        (lambda words: words["HOLD"].pop("analyst"), "HOLD: missing analyst"),
        (lambda words: words.update(HOLD="text"), "keys with values"),
    ],
)
def test_words_that_are_wrong_are_refused_by_file_and_key(tmp_path, change, told):
    with pytest.raises(NoticeError, match=re.escape(told)) as refused:
        load_reasons(altered(tmp_path, change))
    assert "reasons.yaml" in str(refused.value)


def test_a_code_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "reasons.yaml"
    path.write_text(REASONS.read_text(encoding="utf-8") + "\nHOLD:\n  class: person\n", encoding="utf-8")
    with pytest.raises(NoticeError, match="twice"):
        load_reasons(path)


def test_no_sentence_and_no_notice_names_a_diagnosis():
    listed = yaml.safe_load((DATA / "notices" / "certificate" / "never-printed.yaml").read_text(encoding="utf-8"))
    named = re.compile(r"\b(" + "|".join(map(re.escape, listed["diagnoses"])) + r")\b", re.IGNORECASE)
    said = [words.applicant + words.analyst + words.fix for words in load_reasons().values()]
    said += [path.read_text(encoding="utf-8") for path in MAIL.glob("*/body.*")]
    assert [found[0] for text in said if (found := named.search(text))] == []


def test_no_subject_tells_of_health_or_of_the_programme():
    subjects = [path.read_text(encoding="utf-8") for path in MAIL.glob("*/subject.txt")]
    assert len(subjects) == 5
    assert not any(HEALTH.search(subject) for subject in subjects)


def test_the_certificate_notices_tell_of_neither_in_the_body():
    for template in ("certificate_temporary", "certificate_permanent"):
        rendered = render(template, CERTIFICATE)
        assert not HEALTH.search(rendered.text)
        assert not HEALTH.search(re.sub(r"<[^>]+>", "", rendered.html))


def test_a_deficiency_lists_every_point_once_in_text_and_in_html():
    codes = (Reason.RES_STALE, Reason.ATTESTATION_NO, Reason.RES_STALE, Reason.RES_NAME_MISMATCH)
    rendered = render("deficiency", deficiency(*codes))
    assert rendered.html.count("<li ") == 3
    assert "3 things are missing" in rendered.text
    for item in deficiency_items(codes, load_reasons()):
        assert item["sentence"] in " ".join(rendered.text.split())
        assert item["sentence"] in rendered.html
    assert max(map(len, rendered.text.splitlines())) <= 76


def test_one_missing_thing_is_told_in_the_singular():
    assert "one thing is missing" in render("deficiency", deficiency(Reason.ID_EXPIRED)).text


def test_a_name_is_escaped_in_html_and_left_alone_in_text():
    rendered = render("certificate_permanent", CERTIFICATE | {"name": "<b>O'Brien</b> & Sons"})
    assert "<b>O'Brien</b> & Sons" in rendered.text
    assert "&lt;b&gt;O&#39;Brien&lt;/b&gt; &amp; Sons" in rendered.html


def test_the_html_fetches_nothing_and_says_its_language():
    for template, context in (("certificate_temporary", CERTIFICATE), ("deficiency", deficiency(Reason.ID_MISSING))):
        html = render(template, context).html
        assert '<html lang="en">' in html
        assert not re.search(r"https?:|<img|<script|<link|src=|url\(", html)


@pytest.mark.parametrize("context", [CERTIFICATE | {"birth": 1}, {"name": "Ana"}])
def test_a_context_with_more_or_less_than_the_notice_needs_is_refused_without_its_values(context):
    with pytest.raises(NoticeError, match="needs") as refused:
        render("certificate_temporary", context)
    assert "Ana" not in str(refused.value)


@pytest.mark.parametrize("name", ["welcome", "../mail", ""])
def test_an_unknown_notice_is_refused_with_the_names_there_are(name):
    with pytest.raises(NoticeError, match="certificate_permanent"):
        render(name, CERTIFICATE)


def test_words_cannot_change_without_a_new_version(tmp_path):
    folder = shutil.copytree(MAIL, tmp_path / "mail")
    body = folder / "deficiency" / "body.txt"
    body.write_text(body.read_text(encoding="utf-8").replace("Thank you", "Thanks"), encoding="utf-8")
    with pytest.raises(NoticeError, match=words_digest(folder / "deficiency")):
        render("deficiency", deficiency(Reason.ID_MISSING), folder)
