import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.credential import Credential
from registry.issuance import serial_number
from tasks.ledger.engine import Engine, open_ledger
from tasks.tokens import base45, cwt
from tasks.tokens.cose import Signer
from tasks.tokens.errors import Refusal, TokenError
from tasks.tokens.keyring import Keyring
from tasks.tokens.status_list import GOOD_FOR, StatusList, _bits, read_status_list, write_status_list

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
STATES = ("issued", "superseded", "void", "reserved", "issued")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_ledger(f"sqlite:///{tmp_path / 'ledger' / 'nutmeg.db'}")
    yield opened
    opened.dispose()


@pytest.fixture
def ring(signer: Signer, keys: Any) -> Keyring:
    return Keyring(signer, keys)


@pytest.fixture
def put(enter: Callable[..., None], engine: Engine) -> Callable[..., None]:
    """A function that puts certificates in these states, their numbers counted from `first`."""

    def certificates(states: tuple[str, ...], first: int = 1) -> None:
        for at, state in enumerate(states):
            enter(engine, serial_number(2026, first + at), state, kind="temporary")

    return certificates


def listed(engine: Engine, ring: Keyring, folder: Path) -> StatusList:
    return read_status_list(write_status_list(engine, ring, folder, NOW).read_bytes(), ring.public)


def signed(signer: Signer, **changes: Any) -> bytes:
    made = int(NOW.timestamp())
    claims = {1: "CT-MMP", 4: made + 60, 6: made, -65538: zlib.compress(bytes(2048))}
    return signer.signed(
        cbor2.dumps(claims | {int(name.strip("_").replace("m", "-")): to for name, to in changes.items()})
    )


def test_what_was_ended_is_listed_and_nothing_else(
    put: Callable[..., None], engine: Engine, ring: Keyring, tmp_path: Path
) -> None:
    put(STATES)
    found = listed(engine, ring, tmp_path / "verify")
    assert [found.is_good(serial_number(2026, at)) for at in range(1, 6)] == [True, False, False, True, True]


def test_the_numbers_count_through_all_years(
    put: Callable[..., None], engine: Engine, ring: Keyring, tmp_path: Path
) -> None:
    put(STATES)
    assert not listed(engine, ring, tmp_path).is_good(serial_number(2031, 2))


def test_a_certificate_made_after_the_list_is_not_called_bad(
    put: Callable[..., None], engine: Engine, ring: Keyring, tmp_path: Path
) -> None:
    put(STATES)
    found = listed(engine, ring, tmp_path)
    assert found.is_good(serial_number(2026, 6))
    assert found.is_good(serial_number(2026, 9_999_999))


def test_the_length_does_not_tell_how_many_there_are(
    put: Callable[..., None], engine: Engine, ring: Keyring, tmp_path: Path
) -> None:
    empty = listed(engine, ring, tmp_path)
    put(STATES)
    assert len(listed(engine, ring, tmp_path).bits) == len(empty.bits) == 2048
    put(("issued",), first=16_384)
    assert len(listed(engine, ring, tmp_path).bits) == 4096


@settings(deadline=None)
@given(st.sets(st.integers(1, 40_000)))
def test_every_bit_is_that_of_its_number(ended: set[int]) -> None:
    found = StatusList(NOW, NOW, _bits(max(ended, default=0), sorted(ended)))
    asked = {1, 7, 8, 9, 16_383, 16_384, 39_999, 40_000} | ended
    assert {number for number in asked if not found.is_good(serial_number(2026, number))} == ended


def test_the_list_says_when_it_was_made_and_when_it_is_stale(engine: Engine, ring: Keyring, tmp_path: Path) -> None:
    found = listed(engine, ring, tmp_path)
    assert (found.made_at, found.stale_after) == (NOW, NOW + GOOD_FOR)
    assert not found.is_stale(NOW + GOOD_FOR)
    assert found.is_stale(NOW + GOOD_FOR + timedelta(seconds=1))


def test_a_list_takes_the_place_of_the_one_before_and_leaves_nothing_else(
    engine: Engine, ring: Keyring, tmp_path: Path
) -> None:
    first = write_status_list(engine, ring, tmp_path / "verify", NOW).read_bytes()
    second = write_status_list(engine, ring, tmp_path / "verify", NOW + timedelta(days=1)).read_bytes()
    assert first != second
    assert [path.name for path in (tmp_path / "verify").iterdir()] == ["status.cwt"]


def test_a_list_of_a_large_registry_is_small(signer: Signer, keys: Any) -> None:
    ended = list(range(1, 200_000, 30))
    made = int(NOW.timestamp())
    packed = zlib.compress(_bits(200_000, ended), 9)
    message = signer.signed(cbor2.dumps({1: "CT-MMP", 4: made + 60, 6: made, -65538: packed}))
    assert len(message) < 20_000
    found = read_status_list(message, keys)
    assert sum(not found.is_good(serial_number(2026, number)) for number in range(200_001)) == len(ended)


def test_every_single_byte_of_a_list_counts(engine: Engine, ring: Keyring, tmp_path: Path) -> None:
    message = write_status_list(engine, ring, tmp_path, NOW).read_bytes()
    for at in range(len(message)):
        changed = message[:at] + bytes((message[at] ^ 1,)) + message[at + 1 :]
        with pytest.raises(TokenError):
            read_status_list(changed, ring.public)


def test_a_list_of_another_key_is_refused(engine: Engine, ring: Keyring, tmp_path: Path) -> None:
    message = write_status_list(engine, ring, tmp_path, NOW).read_bytes()
    other = Ed25519PrivateKey.generate().public_key()
    with pytest.raises(TokenError) as caught:
        read_status_list(message, {ring.active.key_id: other})
    assert caught.value.refusal is Refusal.WRONG_SIGNATURE


WRONG = {
    "another issuer": {"_1": "XX"},
    "a claim too many": {"_7": b""},
    "stale before it was made": {"_4": 1},
    "no time": {"_6": "now"},
    "a time beyond the calendar": {"_4": 10**18},
    "bits that are not packed": {"m65538": b"\0" * 8},
    "bits and something more": {"m65538": zlib.compress(b"\0") + b"\0"},
    "bits cut off": {"m65538": zlib.compress(bytes(2048))[:-2]},
    "a bomb": {"m65538": zlib.compress(bytes(20_000_000))},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_claims_that_are_no_list_are_refused_even_if_signed(signer: Signer, keys: Any, change: dict[str, Any]) -> None:
    assert read_status_list(signed(signer), keys).bits == bytes(2048)
    with pytest.raises(TokenError, match="not a status list"):
        read_status_list(signed(signer, **change), keys)


def test_a_token_is_no_list_and_a_list_is_no_token(
    card: Credential, signer: Signer, keys: Any, engine: Engine, ring: Keyring, tmp_path: Path
) -> None:
    message = base45.decode(cwt.mint(card, signer).removeprefix(cwt.PREFIX))
    with pytest.raises(TokenError, match="not a status list"):
        read_status_list(message, keys)
    token = cwt.PREFIX + base45.encode(write_status_list(engine, ring, tmp_path, NOW).read_bytes())
    with pytest.raises(TokenError, match="does not say what certificates say"):
        cwt.read(token, keys)
