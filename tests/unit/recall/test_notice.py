"""The notice that takes certificates back."""

import re
from datetime import date

import pytest

from registry.recall import Basis
from tasks.notices import render


def notice(basis: Basis, *serials: str) -> tuple[str, str]:
    context = {"name": "Ana <Ortiz>", "basis": basis.value, "serials": list(serials), "answer_by": date(2026, 12, 23)}
    rendered = render("recall", context)
    return rendered.text, rendered.html


@pytest.mark.parametrize("basis", Basis)
def test_it_says_what_is_not_good_by_which_day_to_act_and_whom_to_ask(basis: Basis) -> None:
    text, html = notice(basis, "MM26-0000001-84", "MM26-0000002-81")
    for said in (" ".join(text.split()), " ".join(html.split())):
        for word in ("MM26-0000001-84", "MM26-0000002-81", "not good any more", "December 23, 2026", "dcp.mmp@ct.gov"):
            assert word in said
        assert "registration, which stays as it is" in said
    assert max(map(len, text.splitlines())) <= 76
    assert "Ana <Ortiz>" in text
    assert "Ana &lt;Ortiz&gt;" in html
    assert not re.search(r"https?:|<img|<script|<link|src=|url\(", html)


def test_each_basis_asks_for_something_else_and_text_and_page_say_the_same() -> None:
    found = [notice(basis, "MM26-0000001-84") for basis in Basis]
    assert len({text for text, _ in found}) == len({html for _, html in found}) == len(Basis)
    for text, html in found:
        page = " ".join(re.sub(r"<[^>]+>", " ", html).split())
        for sentence in re.findall(
            r"We have looked[^.]+\.|A mistake[^.]+\.|Ask somebody[^.]+\.", " ".join(text.split())
        ):
            assert sentence in page
