"""The drill of a key rotation: cards that were issued before verify afterwards, without being printed again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def rotated(new_home: Callable[..., Any]) -> tuple[Any, Path, bytes]:
    """A home whose real key was exchanged after a night, and a certificate of that night with its bytes then."""
    home = new_home(16, seed=5, uploads="text")
    assert home.nutmeg("doctor", NUTMEG_REFERENCE=str(home.sample / "reference")).returncode == 0
    assert home.nutmeg("keys", "rotate", "--actor", "Kay Keeper").returncode == 0, "the first is for demonstration"
    assert home.night().returncode == 0
    card = min((home.path / "outputs" / "certificates").rglob("MM*.pdf"))
    before = card.read_bytes()
    done = home.nutmeg("keys", "rotate", "--actor", "Kay Keeper")
    assert done.returncode == 0, done.stderr
    assert home.nutmeg("keys", "publish").returncode == 0
    return home, card, before


def code_of(card: Path) -> str:
    """What a reader at the counter takes from the printed page."""
    (found,) = zxingcpp.read_barcodes(pypdfium2.PdfDocument(card)[0].render(scale=2).to_pil())
    return found.text


def keys_of(home: Any) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads(home.nutmeg("keys", "list", "--json").stdout)
    return held


def test_one_key_signs_and_all_are_believed(rotated: tuple[Any, Path, bytes]) -> None:
    held = keys_of(rotated[0])
    assert [key["signs"] for key in held] == [True, False, False]
    assert [key["demonstration"] for key in held] == [False, False, True]


def test_a_card_of_the_earlier_key_is_good_and_its_file_the_same(rotated: tuple[Any, Path, bytes]) -> None:
    home, card, before = rotated
    assert card.read_bytes() == before
    for given in (code_of(card), str(card)):
        told = home.nutmeg("certificates", "verify", given, "--json")
        assert told.returncode == 0, told.stdout
        assert json.loads(told.stdout)["good"] is True


def test_the_page_carries_every_key(rotated: tuple[Any, Path, bytes]) -> None:
    page = (rotated[0].path / "outputs" / "verify" / "index.html").read_text()
    assert all(key["key"] in page for key in keys_of(rotated[0]))


@pytest.mark.parametrize(
    ("harmed", "told"),
    [
        (lambda pdf: pdf[:40_000], "carries no signature of ours, or is cut short"),
        (lambda pdf: pdf.replace(b"ReportLab", b"ReportLob", 1), "changed after it was signed"),
        (lambda pdf: pdf + b"\n", "added to the file or taken from it"),
    ],
)
def test_a_harmed_file_is_told_how(
    rotated: tuple[Any, Path, bytes], tmp_path: Path, harmed: Callable[[bytes], bytes], told: str
) -> None:
    home, _, before = rotated
    path = tmp_path / "card.pdf"
    path.write_bytes(harmed(before))
    answer = home.nutmeg("certificates", "verify", str(path))
    assert answer.returncode == 1
    assert told in answer.stdout


def test_who_rotates_is_in_the_journal(rotated: tuple[Any, Path, bytes]) -> None:
    import sqlite3

    with sqlite3.connect(rotated[0].path / "ledger" / "nutmeg.db") as ledger:
        query = "SELECT actor FROM journal WHERE event = 'token_key.rotated'"
        assert [actor for (actor,) in ledger.execute(query)] == ["Kay Keeper", "Kay Keeper"]
