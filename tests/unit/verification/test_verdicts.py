from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.credential import Credential
from registry.issuance import serial_number
from tasks.clock import now
from tasks.tokens import base45
from tasks.tokens.cose import Signer
from tasks.tokens.cwt import PREFIX, mint
from tasks.tokens.keyring import keyring, rotate

DAY = timedelta(days=1)
FOREIGN = "Not a certificate of ours, or changed."


def long_day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def test_a_good_certificate_is_good_and_says_whom_to_compare(counter: Any, signer: Signer, card: Credential) -> None:
    assert counter.check(mint(card, signer)) == "issued"
    assert counter.text("sentence") == "Good. Compare the name and the year of birth with the photo ID."
    shown = counter.text("result")
    for said in (
        card.name,
        "1971",
        card.serial,
        card.registration_number,
        "Permanent, patient",
        long_day(card.expires_on),
    ):
        assert said in shown


def test_the_last_day_is_good(counter: Any, signer: Signer, card: Credential) -> None:
    assert counter.check(mint(replace(card, expires_on=card.valid_from + 30 * DAY), signer)) == "issued"


def test_a_certificate_that_ended_is_not_good(counter: Any, signer: Signer, card: Credential) -> None:
    yesterday = card.valid_from + 29 * DAY
    assert counter.check(mint(replace(card, expires_on=yesterday), signer)) == "expired"
    assert counter.text("sentence") == f"Not good: it ended on {long_day(yesterday)}."


def test_a_certificate_that_begins_tomorrow_is_not_good_yet(counter: Any, signer: Signer, card: Credential) -> None:
    tomorrow = card.valid_from + 31 * DAY
    assert counter.check(mint(replace(card, valid_from=tomorrow), signer)) == "not_yet"
    assert counter.text("sentence") == f"Not good yet: it begins on {long_day(tomorrow)}."


@pytest.mark.parametrize("kind", ["permanent", "temporary"])
def test_what_was_withdrawn_or_superseded_is_not_good(
    counter: Any, signer: Signer, card: Credential, kind: str
) -> None:
    ended = replace(card, serial=serial_number(2026, 7), kind=type(card.kind)(kind))
    assert counter.check(mint(ended, signer)) == "ended"
    assert counter.text("sentence") == "Not good: it was replaced or withdrawn."


def test_the_neighbours_of_what_was_withdrawn_are_good(counter: Any, signer: Signer, card: Credential) -> None:
    near = [replace(card, serial=serial_number(2026, number)) for number in (6, 8, 15, 20_000_00)]
    assert [counter.check(mint(each, signer)) for each in near] == ["issued"] * 4


def test_a_key_that_is_not_known_proves_nothing(counter: Any, card: Credential) -> None:
    assert counter.check(mint(card, Signer("ffffffff", Ed25519PrivateKey.generate()))) == "unknown_key"
    assert counter.text("sentence") == "Not accepted: this page does not know its key."
    assert "Get the newest page" in counter.text("remedy")


def test_a_key_that_borrows_a_known_id_proves_nothing(counter: Any, signer: Signer, card: Credential) -> None:
    forged = mint(card, Signer(signer.key_id, Ed25519PrivateKey.generate()))
    assert counter.check(forged) == "wrong_signature"
    assert (counter.text("sentence"), counter.text("name")) == (FOREIGN, "")


def test_one_changed_bit_is_seen(counter: Any, signer: Signer, card: Credential) -> None:
    message = bytearray(base45.decode(mint(card, signer).removeprefix(PREFIX)))
    message[message.index(b"Maria")] ^= 1
    assert counter.check(PREFIX + base45.encode(bytes(message))) == "wrong_signature"


@pytest.mark.parametrize("length", [5, 50, 199, -1])
def test_a_part_of_a_token_is_damaged(counter: Any, signer: Signer, card: Credential, length: int) -> None:
    assert counter.check(mint(card, signer)[:length]) == "damaged"
    assert counter.text("sentence") == FOREIGN


def test_another_issuer_is_named_as_such(counter: Any) -> None:
    other = Signer("ffffffff", Ed25519PrivateKey.generate()).signed(cbor2.dumps({1: "NY-OCM", 4: 1}))
    assert counter.check(PREFIX + base45.encode(other)) == "other_issuer"
    assert "another issuer" in counter.text("remedy")


def test_any_other_code_is_not_ours(counter: Any) -> None:
    assert counter.check("https://example.com/") == "not_ours"


def test_a_stale_list_makes_good_into_good_as_of_then(
    counter: Any, signer: Signer, card: Credential, list_of: Callable[..., bytes]
) -> None:
    counter.publish(list_of(9 * DAY))
    assert counter.check(mint(card, signer)) == "unproven"
    assert counter.text("sentence").startswith("Good as of ")
    assert counter.text("sentence").endswith(", but the list is old: get a newer page.")
    assert "9 days old" in counter.text("age")


def test_what_a_stale_list_calls_ended_stays_ended(
    counter: Any, signer: Signer, card: Credential, list_of: Callable[..., bytes]
) -> None:
    counter.publish(list_of(9 * DAY))
    assert counter.check(mint(replace(card, serial=serial_number(2026, 7)), signer)) == "ended"


def test_a_list_with_a_wrong_signature_is_no_list(
    counter: Any, signer: Signer, card: Credential, list_of: Callable[..., bytes]
) -> None:
    counter.publish(list_of(by=Signer(signer.key_id, Ed25519PrivateKey.generate())))
    assert counter.check(mint(card, signer)) == "unproven"
    assert counter.text("sentence") == "Not known: this page has no list of withdrawn certificates."


def test_a_device_whose_date_is_before_the_list_is_not_believed(
    counter: Any, signer: Signer, card: Credential, list_of: Callable[..., bytes]
) -> None:
    counter.publish(list_of(-3 * DAY))
    assert counter.check(mint(card, signer)) == "clock"


@pytest.mark.parametrize("has_real_keys_too", [True, False])
def test_a_demonstration_key_is_shouted(
    counter: Any,
    private_key: Ed25519PrivateKey,
    card: Credential,
    list_of: Callable[..., bytes],
    has_real_keys_too: bool,
) -> None:
    demonstration = Signer("demo-0a1b2c3d", private_key)
    known = {demonstration.key_id: private_key.public_key()} | (counter.keys if has_real_keys_too else {})
    counter.publish(list_of(by=demonstration), known)
    counter.check(mint(card, demonstration))
    assert counter.text("sentence") == "DEMONSTRATION – not a state certificate"
    assert counter.browser.ask("part('demonstration').hidden") is has_real_keys_too


def test_a_token_of_before_a_rotation_is_good_on_the_page_of_after(
    counter: Any, card: Credential, tmp_path: Path, list_of: Callable[..., bytes]
) -> None:
    before = rotate(_folder_with_keys(tmp_path), now().date())
    token = mint(card, before.active)
    after = rotate(tmp_path / "keys", now().date())
    assert after.active.key_id != before.active.key_id
    counter.publish(list_of(by=after.active), dict(after.public))
    assert counter.check(token) == "issued"
    assert counter.check(mint(card, after.active)) == "issued"


def test_names_in_any_script_are_shown_as_they_are(counter: Any, signer: Signer, card: Credential) -> None:
    for name in ("Nguyễn Thị Thu Trang", "مريم الأحمد", "山田 花子", "<b>Bold</b> & Sons"):
        assert counter.check(mint(replace(card, name=name), signer)) == "issued"
        assert counter.text("name") == name


def _folder_with_keys(tmp_path: Path) -> Path:
    keyring(tmp_path / "keys", now().date())
    return tmp_path / "keys"
