from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.credential import Credential, as_printed
from registry.facts import Role
from registry.issuance import CertificateKind, serial_number
from tasks.tokens import base45, cwt, qr
from tasks.tokens.cose import Signer
from tasks.tokens.errors import Refusal, TokenError

Keys = Mapping[str, Ed25519PublicKey]

_days = st.dates(date(2000, 1, 1), date(2199, 12, 31))
_names = st.text(min_size=1, max_size=60).map(as_printed).filter(bool)


@st.composite
def cards(draw: st.DrawFn) -> Credential:
    first, last = sorted((draw(_days), draw(_days)))
    return Credential(
        serial=serial_number(draw(st.integers(2000, 2099)), draw(st.integers(1, 9_999_999))),
        registration_number=draw(st.text(min_size=1, max_size=20)),
        role=draw(st.sampled_from(Role)),
        kind=draw(st.sampled_from(CertificateKind)),
        name=draw(_names),
        birth_year=draw(st.integers(1900, 2000)),
        valid_from=first,
        expires_on=last,
    )


def message_of(token: str) -> bytes:
    return base45.decode(token.removeprefix(cwt.PREFIX))


def token_of(message: bytes) -> str:
    return cwt.PREFIX + base45.encode(message)


def refusal_of(token: str, keys: Keys) -> Refusal:
    with pytest.raises(TokenError) as caught:
        cwt.read(token, keys)
    return caught.value.refusal


def claims(card: Credential, signer: Signer) -> dict[Any, Any]:
    return cwt.claims_of(cbor2.loads(message_of(cwt.mint(card, signer))).value[2])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(cards())
def test_any_certificate_reads_back_as_it_was_minted(signer: Signer, keys: Keys, drawn: Credential) -> None:
    token = cwt.mint(drawn, signer)
    assert cwt.read(token, keys) == drawn
    assert set(token) <= set(base45.ALPHABET)
    assert cwt.mint(drawn, signer) == token


def test_an_ordinary_token_fits_a_code_of_version_nine(card: Credential, signer: Signer) -> None:
    assert len(cwt.mint(card, signer)) <= 262
    assert len(qr.modules(cwt.mint(card, signer))) <= 53


def test_the_message_is_a_cose_sign1_with_a_cwt_that_any_reader_knows(card: Credential, signer: Signer) -> None:
    message = cbor2.loads(message_of(cwt.mint(card, signer)))
    protected, unprotected, _, signature = message.value
    assert message.tag == 18
    assert cbor2.loads(protected) == {1: -8, 4: b"0a1b2c3d"}
    assert (unprotected, len(signature)) == ({}, 64)
    assert claims(card, signer) == {
        1: "CT-MMP",
        4: int(datetime(2027, 10, 1, 5, tzinfo=UTC).timestamp()),
        5: int(datetime(2026, 11, 22, 4, tzinfo=UTC).timestamp()),
        7: (260000123).to_bytes(4, "big"),
        -65537: ["MMP-0048213", 1, 2, "Maria Elena Lopez", 1971],
    }


@settings(deadline=None)
@given(_days)
def test_a_reader_that_knows_only_cwt_turns_nobody_away_on_a_good_day(day: date) -> None:
    connecticut = ZoneInfo("America/New_York")
    key = Signer("0a1b2c3d", Ed25519PrivateKey.from_private_bytes(bytes(32)))
    card = Credential(serial_number(2026, 1), "M", Role.PATIENT, CertificateKind.TEMPORARY, "A", 1950, day, day)
    said = claims(card, key)
    morning = datetime(day.year, day.month, day.day, tzinfo=connecticut)
    night = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=connecticut)
    assert said[5] <= morning.timestamp()
    assert night.timestamp() < said[4]
    assert said[4] - said[5] <= 25 * 3600


def test_white_space_around_a_pasted_token_does_not_matter(card: Credential, signer: Signer, keys: Keys) -> None:
    assert cwt.read(f" \n{cwt.mint(card, signer)}\r\n", keys) == card


def test_what_does_not_begin_as_ours_is_not_ours(keys: Keys) -> None:
    for text in ("", "HC1:ABC", "ct1:ABC", "https://example.org", "MM26-0000123-09"):
        assert refusal_of(text, keys) is Refusal.NOT_OURS


def test_every_single_character_that_is_changed_or_lost_is_noticed(
    card: Credential, signer: Signer, keys: Keys
) -> None:
    token = cwt.mint(card, signer)
    for at in range(len(cwt.PREFIX), len(token)):
        other = "A" if token[at] != "A" else "B"
        changed, shorter = token[:at] + other + token[at + 1 :], token[:at] + token[at + 1 :]
        for broken in (changed, shorter):
            with pytest.raises(TokenError):
                cwt.read(broken, keys)


def test_every_single_bit_of_the_message_counts(card: Credential, signer: Signer, keys: Keys) -> None:
    message = message_of(cwt.mint(card, signer))
    for bit in range(8 * len(message)):
        changed = bytearray(message)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(TokenError):
            cwt.read(token_of(bytes(changed)), keys)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_sentence_and_never_crash(data: bytes) -> None:
    for message in (data, b"\xd2\x84" + data):
        with pytest.raises(TokenError, match=r"\.$"):
            cwt.read(token_of(message), {})


def test_a_token_that_is_too_long_is_not_even_decoded(keys: Keys) -> None:
    assert refusal_of("CT1:" + "A" * 10_000, keys) is Refusal.DAMAGED


def test_a_key_that_is_not_in_the_list_asks_for_a_newer_list(card: Credential, signer: Signer) -> None:
    with pytest.raises(TokenError, match="newest page or list of keys") as caught:
        cwt.read(cwt.mint(card, signer), {})
    assert caught.value.refusal is Refusal.UNKNOWN_KEY


def test_another_key_under_a_known_id_is_a_wrong_signature(card: Credential, signer: Signer) -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    assert refusal_of(cwt.mint(card, signer), {signer.key_id: other}) is Refusal.WRONG_SIGNATURE


def test_anothers_token_is_told_apart_from_an_unknown_key(card: Credential, signer: Signer, keys: Keys) -> None:
    foreign = claims(card, signer) | {1: "XX-MMP"}
    token = token_of(signer.signed(cbor2.dumps(foreign, canonical=True)))
    assert refusal_of(token, keys) is Refusal.OTHER_ISSUER
    assert refusal_of(token, {}) is Refusal.OTHER_ISSUER


CHANGES: dict[str, dict[Any, Any]] = {
    "a claim too many": {8: 1},
    "days of another hour": {4: 1822348801},
    "a day as a fraction": {5: 1795320000.0},
    "a day as text": {5: "1795320000"},
    "a day beyond the calendar": {4: 10**15},
    "an end before the beginning": {4: 1795323600 - 86400},
    "a serial of three bytes": {7: b"\0\0\1"},
    "a serial of no sequence": {7: (260000000).to_bytes(4, "big")},
    "a role that is none": {-65537: ["M", 3, 2, "A", 1971]},
    "a role that is true": {-65537: ["M", True, 2, "A", 1971]},
    "a name that is not composed": {-65537: ["M", 1, 2, "Zoe\u0308", 1971]},
    "a name with two spaces": {-65537: ["M", 1, 2, "A  B", 1971]},
    "no name": {-65537: ["M", 1, 2, "", 1971]},
    "a name that is a list": {-65537: ["M", 1, 2, ["A"], 1971]},
    "a birth after the beginning": {-65537: ["M", 1, 2, "A", 2027]},
    "a fact too many": {-65537: ["M", 1, 2, "A", 1971, 0]},
    "facts of another shape": {-65537: {"name": "A"}},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_claims_that_we_would_not_write_are_refused_even_if_signed(
    card: Credential, signer: Signer, keys: Keys, change: dict[Any, Any]
) -> None:
    said = dict(sorted((claims(card, signer) | change).items(), key=lambda each: cbor2.dumps(each[0])))
    assert refusal_of(token_of(signer.signed(cbor2.dumps(said))), keys) is Refusal.DAMAGED


def test_the_claims_in_another_order_are_refused(card: Credential, signer: Signer, keys: Keys) -> None:
    backwards = dict(reversed(claims(card, signer).items()))
    assert refusal_of(token_of(signer.signed(cbor2.dumps(backwards))), keys) is Refusal.DAMAGED


OTHER_FORMS = {
    "without a tag": lambda parts: parts,
    "with another tag": lambda parts: cbor2.CBORTag(17, parts),
    "with an unprotected header": lambda parts: cbor2.CBORTag(18, [parts[0], {4: b"0a1b2c3d"}, *parts[2:]]),
    "with a critical header": lambda parts: cbor2.CBORTag(
        18, [cbor2.dumps({1: -8, 2: [99], 4: b"0a1b2c3d", 99: 1}), *parts[1:]]
    ),
    "with another algorithm": lambda parts: cbor2.CBORTag(18, [cbor2.dumps({1: -7, 4: b"0a1b2c3d"}), *parts[1:]]),
    "without a key id": lambda parts: cbor2.CBORTag(18, [cbor2.dumps({1: -8}), *parts[1:]]),
    "with a part too many": lambda parts: cbor2.CBORTag(18, [*parts, b""]),
    "with a number for a signature": lambda parts: cbor2.CBORTag(18, [*parts[:3], cbor2.CBORTag(2, parts[3])]),
}


@pytest.mark.parametrize("form", OTHER_FORMS.values(), ids=OTHER_FORMS.keys())
def test_a_message_in_another_form_is_refused(card: Credential, signer: Signer, keys: Keys, form: Any) -> None:
    parts = cbor2.loads(message_of(cwt.mint(card, signer))).value
    assert refusal_of(token_of(cbor2.dumps(form(parts))), keys) is Refusal.DAMAGED


def test_a_message_in_a_longer_encoding_is_refused(card: Credential, signer: Signer, keys: Keys) -> None:
    message = message_of(cwt.mint(card, signer))
    longer = message.replace(b"\x58\x40", b"\x59\x00\x40")
    assert cbor2.loads(longer).value == cbor2.loads(message).value
    assert refusal_of(token_of(longer), keys) is Refusal.DAMAGED


def test_bytes_after_the_message_are_refused(card: Credential, signer: Signer, keys: Keys) -> None:
    assert refusal_of(token_of(message_of(cwt.mint(card, signer)) + b"\0"), keys) is Refusal.DAMAGED


def test_a_certificate_that_could_not_be_read_again_is_not_minted(card: Credential, signer: Signer) -> None:
    for wrong in (
        {"serial": "MM26-0000123-10"},
        {"name": "A  B"},
        {"name": ""},
        {"registration_number": ""},
        {"expires_on": date(2026, 11, 21)},
        {"birth_year": 71},
        {"birth_year": 1971.0},
        {"registration_number": b"MMP-0048213"},
    ):
        with pytest.raises(TokenError) as caught:
            cwt.mint(replace(card, **wrong), signer)
        assert not any(str(value) in str(caught.value) for value in wrong.values() if value)
