import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.command import main
from registry.credential import Credential
from tasks import clock
from tasks.ledger.engine import open_ledger
from tasks.settings import Settings
from tasks.tokens import cwt
from tasks.tokens.keyring import Keyring, keyring, rotate
from tasks.tokens.status_list import FILE, write_status_list
from tasks.verifying import token_in, verify_token

NOW = datetime(2026, 12, 1, 17, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name in ("NUTMEG_DATABASE_URL", "NUTMEG_TOKEN_KEYS", "NUTMEG_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NUTMEG_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    on(monkeypatch, NOW)
    return Settings.load()


def on(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(clock, "today", moment.date)


@pytest.fixture
def ring(house: Settings) -> Keyring:
    keyring(house.token_keys, NOW.date())
    return rotate(house.token_keys, NOW.date())


@pytest.fixture
def hold(house: Settings, enter: Callable[..., None]) -> Callable[..., None]:
    """A function that puts the certificate into the house's ledger."""

    def put(card: Credential, state: str, **changes: Any) -> None:
        engine = open_ledger(house.database_url)
        enter(engine, changes.pop("serial", card.serial), state, **changes)
        engine.dispose()

    return put


def publish(settings: Settings, ring: Keyring, made_at: datetime) -> None:
    """The list as the ledger has it now; then the ledger is somewhere else."""
    engine = open_ledger(settings.database_url)
    write_status_list(engine, ring, settings.verification, made_at)
    engine.dispose()
    for path in settings.ledger_folder.iterdir():
        path.unlink()


@pytest.mark.parametrize(
    ("state", "good", "says"),
    [("issued", True, "good through 2027-09-30"), ("superseded", False, "newer one"), ("void", False, "is void")],
)
def test_the_ledger_says_what_became_of_it(
    house: Settings, hold: Callable[..., None], ring: Keyring, card: Credential, state: str, good: bool, says: str
) -> None:
    hold(card, state)
    found = verify_token(house, cwt.mint(card, ring.active))
    assert (found["state"], found["good"], found["serial"]) == (state, good, card.serial)
    assert found["status"]["by"] == "ledger"
    assert says in found["sentence"]


def test_the_answer_comes_in_parts_and_says_whose_it_is(
    house: Settings, hold: Callable[..., None], ring: Keyring, card: Credential
) -> None:
    hold(card, "issued")
    found = verify_token(house, cwt.mint(card, ring.active))
    assert found["signature"] == {"good": True, "key": ring.active.key_id, "demonstration": False}
    assert found["validity"] == {"good": True, "state": "good", "from": "2026-11-22", "through": "2027-09-30"}
    assert found["certificate"] == {
        "name": "Maria Elena Lopez",
        "birth_year": 1971,
        "role": "patient",
        "kind": "permanent",
        "registration_number": "MMP-0048213",
    }
    json.dumps(found)


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-11-21", "not_yet"), ("2026-11-22", "issued"), ("2027-09-30", "issued"), ("2027-10-01", "expired")],
)
def test_the_days_count_on_both_ends(
    house: Settings,
    hold: Callable[..., None],
    ring: Keyring,
    card: Credential,
    monkeypatch: pytest.MonkeyPatch,
    day: str,
    state: str,
) -> None:
    hold(card, "issued")
    on(monkeypatch, datetime.fromisoformat(f"{day}T17:00:00+00:00"))
    found = verify_token(house, cwt.mint(card, ring.active))
    assert (found["state"], found["good"]) == (state, state == "issued")
    assert found["signature"]["good"]


def test_what_was_void_before_it_expired_is_void(
    house: Settings, hold: Callable[..., None], ring: Keyring, card: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(card, "void")
    on(monkeypatch, datetime(2028, 1, 1, tzinfo=UTC))
    assert verify_token(house, cwt.mint(card, ring.active))["state"] == "void"


@pytest.mark.parametrize(
    "change",
    [
        {"serial": "MM26-0000124-06"},
        {"registration_number": "MMP-1"},
        {"kind": "temporary"},
        {"expires_on": "2027-09-29"},
        {"issued_on": "2026-11-21"},
    ],
)
def test_a_signed_code_that_the_ledger_does_not_know_is_reported(
    house: Settings, hold: Callable[..., None], ring: Keyring, card: Credential, change: dict[str, Any]
) -> None:
    hold(card, "issued", **change)
    found = verify_token(house, cwt.mint(card, ring.active))
    assert (found["state"], found["good"]) == ("unknown", False)


def test_a_certificate_that_was_only_reserved_is_not_known(
    house: Settings, hold: Callable[..., None], ring: Keyring, card: Credential
) -> None:
    hold(card, "reserved")
    assert verify_token(house, cwt.mint(card, ring.active))["state"] == "unknown"


def test_without_the_ledger_the_list_answers_with_its_age(
    house: Settings, hold: Callable[..., None], ring: Keyring, card: Credential
) -> None:
    hold(card, "issued")
    publish(house, ring, NOW - timedelta(hours=30))
    found = verify_token(house, cwt.mint(card, ring.active))
    assert (found["state"], found["good"]) == ("issued", True)
    assert (found["status"]["by"], found["status"]["age_hours"], found["status"]["stale"]) == ("list", 30, False)
    assert not (house.ledger_folder / "nutmeg.db").exists()


def test_without_the_ledger_the_list_says_what_was_ended(
    house: Settings, hold: Callable[..., None], ring: Keyring, card: Credential
) -> None:
    hold(card, "void")
    publish(house, ring, NOW - timedelta(days=30))
    found = verify_token(house, cwt.mint(card, ring.active))
    assert (found["state"], found["good"]) == ("ended", False)


def test_a_stale_list_says_nothing_good_and_how_to_go_on(
    house: Settings, hold: Callable[..., None], ring: Keyring, card: Credential
) -> None:
    hold(card, "issued")
    publish(house, ring, NOW - timedelta(days=5))
    found = verify_token(house, cwt.mint(card, ring.active))
    assert (found["state"], found["good"], found["status"]["stale"]) == ("unproven", False, True)
    assert "5 days old. Get the newest status list." in found["sentence"]


def test_a_list_that_is_missing_or_changed_says_nothing_good(
    house: Settings, hold: Callable[..., None], ring: Keyring, card: Credential
) -> None:
    token = cwt.mint(card, ring.active)
    assert "Get the newest status list" in verify_token(house, token)["sentence"]
    hold(card, "issued")
    publish(house, ring, NOW)
    path = house.verification / FILE
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    found = verify_token(house, token)
    assert (found["state"], found["good"]) == ("unproven", False)


def test_an_expired_one_is_expired_whatever_the_list_says(
    house: Settings, ring: Keyring, card: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, datetime(2028, 1, 1, tzinfo=UTC))
    assert verify_token(house, cwt.mint(card, ring.active))["state"] == "expired"


def test_what_is_refused_says_why_and_nothing_of_the_person(house: Settings, ring: Keyring, card: Credential) -> None:
    token = cwt.mint(card, ring.active)
    found = verify_token(house, token[:-1] + ("0" if token[-1] != "0" else "1"))
    assert (found["good"], found["signature"]["good"]) == (False, False)
    assert found["validity"] is found["status"] is None
    assert "Lopez" not in json.dumps(found)


def test_a_demonstration_says_that_it_is_no_document(
    house: Settings, hold: Callable[..., None], card: Credential
) -> None:
    demo = keyring(house.token_keys, date(2026, 11, 22))
    hold(card, "issued")
    found = verify_token(house, cwt.mint(card, demo.active))
    assert found["good"]
    assert "no document" in found["sentence"]


def test_once_there_is_a_real_key_a_demonstration_is_not_accepted(
    house: Settings, hold: Callable[..., None], card: Credential
) -> None:
    token = cwt.mint(card, keyring(house.token_keys, date(2026, 11, 22)).active)
    rotate(house.token_keys, NOW.date())
    hold(card, "issued")
    found = verify_token(house, token)
    assert (found["state"], found["good"]) == ("demonstration", False)


def test_what_is_given_is_a_token_a_file_with_one_or_neither(tmp_path: Path) -> None:
    path = tmp_path / "token.txt"
    path.write_text("CT1:ABC\n")
    assert token_in("CT1:ABC") == "CT1:ABC"
    assert token_in(str(path)) == "CT1:ABC\n"
    (tmp_path / "card.pdf").write_bytes(b"%PDF-1.7\n\xff")
    (tmp_path / "long.txt").write_text("CT1:" + "A" * 10_000)
    for other in ("card.pdf", "long.txt", "nothing.txt", "."):
        assert token_in(str(tmp_path / other)) is None


def test_the_command_takes_a_token_and_a_file_that_holds_one(
    house: Settings,
    hold: Callable[..., None],
    ring: Keyring,
    card: Credential,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hold(card, "issued")
    token = cwt.mint(card, ring.active)
    path = tmp_path / "token.txt"
    path.write_text(f"{token}\n")
    for given in (token, str(path)):
        assert main(["certificates", "verify", given]) == 0
        assert capsys.readouterr().out == "This certificate was issued by us and is good through 2027-09-30.\n"
    assert main(["certificates", "verify", token + "0", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["state"] == "damaged"
    assert main(["certificates", "verify", "nothing.pdf"]) == 2


def test_without_keys_nothing_is_made_and_the_remedy_is_named(
    house: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["certificates", "verify", "CT1:ABC"]) == 3
    assert "keys.json is missing" in capsys.readouterr().err
    assert not house.token_keys.exists()
