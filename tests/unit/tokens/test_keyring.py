import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from registry.credential import Credential
from tasks.tokens import cwt
from tasks.tokens.errors import KeyringError, Refusal, TokenError
from tasks.tokens.keyring import held_keyring, key_list, keyring, rotate

TODAY = date(2026, 11, 22)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "tokens"


def test_first_use_makes_one_demonstration_key_that_says_so(folder: Path) -> None:
    ring = keyring(folder, TODAY)
    assert ring.is_demonstration
    assert ring.active.key_id.startswith("demo-")
    assert list(ring.public) == [ring.active.key_id]
    assert keyring(folder, TODAY).active.key_id == ring.active.key_id


def test_only_we_can_read_the_keys(folder: Path) -> None:
    keyring(folder, TODAY)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())
    assert list(folder.parent.iterdir()) == [folder]


def test_first_runs_at_once_end_with_one_key(folder: Path) -> None:
    script = (
        "import sys; from datetime import date; from pathlib import Path; from tasks.tokens.keyring import keyring; "
        "sys.stdin.read(); print(keyring(Path(sys.argv[1]), date(2026, 11, 22)).active.key_id)"
    )
    command = [sys.executable, "-c", script, str(folder)]
    runs = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for run in runs:
        assert run.stdin is not None
        run.stdin.close()
        run.stdin = None
    assert len({run.communicate()[0] for run in runs}) == 1
    assert len(list(folder.glob("*.pem"))) == 1
    assert list(folder.parent.iterdir()) == [folder]


def test_a_first_run_that_was_killed_half_way_does_not_hinder_the_next(folder: Path) -> None:
    draft = folder.with_name(".tokens.1")
    draft.mkdir(parents=True)
    (draft / "demo-00000000.pem").write_text("half")
    folder.mkdir()
    assert keyring(folder, TODAY).is_demonstration


def test_a_rotation_makes_a_real_key_and_keeps_the_earlier_public_ones(folder: Path) -> None:
    first = keyring(folder, TODAY)
    second = rotate(folder, date(2026, 12, 1))
    third = rotate(folder, date(2026, 12, 2))
    assert not third.is_demonstration
    assert list(third.public) == [ring.active.key_id for ring in (third, second, first)]
    assert held_keyring(folder).active.key_id == third.active.key_id
    since = [entry["since"] for entry in key_list(folder).entries]
    assert since == ["2026-12-02", "2026-12-01", "2026-11-22"]


def test_cards_of_before_a_rotation_are_verified_after_it_without_reprinting(folder: Path, card: Credential) -> None:
    tokens = [cwt.mint(card, keyring(folder, TODAY).active)]
    tokens += [cwt.mint(card, rotate(folder, TODAY).active) for _ in range(3)]
    assert len(set(tokens)) == 4
    assert [cwt.read(token, key_list(folder).public) for token in tokens] == [card] * 4


def test_a_list_of_before_a_rotation_asks_for_a_newer_one(folder: Path, card: Credential) -> None:
    old = keyring(folder, TODAY).public
    with pytest.raises(TokenError, match="newest") as caught:
        cwt.read(cwt.mint(card, rotate(folder, TODAY).active), old)
    assert caught.value.refusal is Refusal.UNKNOWN_KEY


def test_no_private_key_but_the_active_one_stays(folder: Path) -> None:
    keyring(folder, TODAY)
    (folder / "00000000.pem").write_text("of a rotation that was killed")
    (folder / "signing.pem").write_text("another's")
    ring = rotate(folder, TODAY)
    assert {path.name for path in folder.glob("*.pem")} == {f"{ring.active.key_id}.pem", "signing.pem"}


def test_a_private_key_that_disappears_is_an_error_and_never_a_new_key(folder: Path) -> None:
    ring = keyring(folder, TODAY)
    (folder / f"{ring.active.key_id}.pem").unlink()
    before = sorted(folder.iterdir())
    for load in (lambda: keyring(folder, TODAY), lambda: held_keyring(folder)):
        with pytest.raises(KeyringError, match=r"missing.*backup.*rotation"):
            load()
    assert sorted(folder.iterdir()) == before
    assert list(key_list(folder).public) == [ring.active.key_id]


def test_a_lost_private_key_is_overcome_by_a_rotation(folder: Path, card: Credential) -> None:
    ring = keyring(folder, TODAY)
    token = cwt.mint(card, ring.active)
    (folder / f"{ring.active.key_id}.pem").unlink()
    assert cwt.read(token, rotate(folder, TODAY).public) == card


def test_once_a_run_has_begun_a_folder_that_disappears_is_an_error(folder: Path) -> None:
    with pytest.raises(KeyringError, match="missing"):
        held_keyring(folder)
    with pytest.raises(KeyringError, match="missing"):
        key_list(folder)
    assert not folder.exists()


def test_a_lost_list_is_an_error_and_never_a_new_key(folder: Path) -> None:
    keyring(folder, TODAY)
    (folder / "keys.json").unlink()
    with pytest.raises(KeyringError, match="Restore the folder"):
        keyring(folder, TODAY)


def _edit(change: Callable[[dict[str, object]], object]) -> Callable[[str], str]:
    def edited(text: str) -> str:
        held = json.loads(text)
        change(held)
        return json.dumps(held)

    return edited


def _other_x(held: dict[str, list[dict[str, str]]]) -> None:
    held["keys"][0]["x"] = "A" * 43


DAMAGES = {
    "empty": lambda _: "",
    "half": lambda text: text[: len(text) // 2],
    "no list": lambda _: "[]",
    "deep": lambda _: "[" * 100_000,
    "active is unknown": _edit(lambda held: held.update(active="00000000")),
    "no keys": _edit(lambda held: held.update(keys=[])),
    "twice": _edit(lambda held: held.update(keys=held["keys"] * 2)),
    "another key under the id": _edit(_other_x),
    "no day": _edit(lambda held: held["keys"][0].update(since="soon")),
    "a private part": _edit(lambda held: held["keys"][0].update(d="AAAA")),
    "another curve": _edit(lambda held: held["keys"][0].update(crv="Ed448")),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_list_is_named_with_a_remedy(folder: Path, damage: Callable[[str], str]) -> None:
    keyring(folder, TODAY)
    path = folder / "keys.json"
    path.write_text(damage(path.read_text()))
    with pytest.raises(KeyringError, match=r"keys\.json is damaged.*Restore"):
        keyring(folder, TODAY)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_damaged_private_key_is_named_with_a_remedy(folder: Path, content: bytes) -> None:
    ring = keyring(folder, TODAY)
    (folder / f"{ring.active.key_id}.pem").write_bytes(content)
    with pytest.raises(KeyringError, match=r"\.pem is damaged.*Restore"):
        keyring(folder, TODAY)


def test_another_private_key_in_the_place_of_the_active_one_is_refused(folder: Path) -> None:
    ring = keyring(folder, TODAY)
    other = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{ring.active.key_id}.pem").write_bytes(other)
    with pytest.raises(KeyringError, match="another key's"):
        keyring(folder, TODAY)


def test_a_place_where_no_folder_can_be_is_named(tmp_path: Path) -> None:
    place = tmp_path / "tokens"
    place.write_text("a file")
    with pytest.raises(KeyringError, match="NUTMEG_TOKEN_KEYS"):
        keyring(place, TODAY)


def test_a_disk_that_is_full_leaves_no_half_made_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KeyringError, match="No space left"):
        keyring(folder, TODAY)
    monkeypatch.undo()
    assert list(folder.parent.iterdir()) == []
    assert keyring(folder, TODAY).is_demonstration
