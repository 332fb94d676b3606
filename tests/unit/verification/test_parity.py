import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.credential import Credential
from tasks.tokens import base45
from tasks.tokens.base45 import ALPHABET
from tasks.tokens.cose import Signer
from tasks.tokens.cwt import PREFIX, mint, read
from tasks.tokens.errors import TokenError
from tasks.tokens.status_list import read_status_list

RANDOM_MUTATIONS = 400


def changed_text(token: str, lot: random.Random) -> str:
    """A token with one thing wrong in its characters."""
    at = lot.randrange(len(token))
    other = lot.choice(ALPHABET + "aé漢\n")
    return lot.choice(
        (
            token[:at] + other + token[at + 1 :],
            token[:at] + other + token[at:],
            token[:at] + token[at + 1 :],
            token[:at],
            token[at:],
            token[:at] + token[at + 1 : at + 2] + token[at : at + 1] + token[at + 2 :],
        )
    )


def changed_bytes(token: str, lot: random.Random) -> str:
    """A token with one to three things wrong in the bytes that it stands for."""
    message = bytearray(base45.decode(token.removeprefix(PREFIX)))
    for _ in range(lot.randint(1, 3)):
        at = lot.randrange(len(message)) if lot.random() < 0.5 else lot.randrange(40)
        match lot.randrange(3):
            case 0:
                message[at] ^= 1 << lot.randrange(8)
            case 1:
                message.insert(at, lot.randrange(256))
            case 2:
                del message[at]
    return PREFIX + base45.encode(bytes(message))


def odd_claims(token: str) -> Iterator[bytes]:
    """Payloads that are not what certificates say, though whoever has the key signed them."""
    message = base45.decode(token.removeprefix(PREFIX))
    plain: bytes = cbor2.loads(message).value[2]
    claims = cbor2.loads(plain)
    number, role, kind, name, year = claims[-65537]
    says = [
        [number, 3, kind, name, year],
        [number, role, 0, name, year],
        [number, role, kind, "", year],
        [number, role, kind, f" {name}", year],
        [number, role, kind, name.replace(" ", "  "), year],
        [number, role, kind, name.replace(" ", "\x1f"), year],
        [number, role, kind, "\ufeff" + name, year],
        [number, role, kind, "e\u0301va", year],
        [number, role, kind, "n" * 401, year],
        [number, role, kind, "😀" * 100, year],
        [number, role, kind, name.encode(), year],
        [number, role, kind, name, 1899],
        [number, role, kind, name, 2190],
        [number, role, kind, name, None],
        [number, role, kind, name, True],
        [number, role, kind, name, str(year)],
        ["", role, kind, name, year],
        ["9" * 41, role, kind, name, year],
        [number, role, kind, name],
        [number, role, kind, name, year, 0],
    ]
    yield from (cbor2.dumps(claims | {-65537: each}) for each in says)
    changes = (
        {5: claims[5] + 1},
        {4: claims[4] - 1},
        {4: claims[5]},
        {7: b"\0\0\0\0"},
        {7: b"\xff" * 4},
        {7: b"\0" * 5},
    )
    yield from (cbor2.dumps(claims | each) for each in changes)
    yield from (cbor2.dumps(claims | {1: issuer}) for issuer in ("NY-OCM", "", None, 7, b"CT-MMP"))
    yield from (cbor2.dumps({name: claims[name] for name in claims if name != left}) for left in claims)
    yield from (
        cbor2.dumps(dict(reversed(claims.items()))),
        cbor2.dumps(claims | {2: "x"}),
        plain + b"\0",
        b"",
        b"\xa0",
    )
    yield from (b"\x80", b"\xbf\xff", b"\xf6", plain[:-1], b"\xd8\x18" + plain, plain.replace(b"\xa5", b"\xb8\x05", 1))


@pytest.fixture
def tokens(signer: Signer, card: Credential) -> list[str]:
    """Good, changed, and odd ones, the same in every run."""
    lot = random.Random(45)
    good = mint(card, signer)
    changed = [lot.choice((changed_text, changed_bytes))(good, lot) for _ in range(RANDOM_MUTATIONS)]
    stranger = Signer("ffffffff", Ed25519PrivateKey.generate())
    odd = [PREFIX + base45.encode(by.signed(each)) for each in odd_claims(good) for by in (signer, stranger)]
    return [good, f"  {good}\r\n", f"\ufeff{good}", good.lower(), *changed, *odd]


def python_says(do: Callable[[], Any]) -> str:
    try:
        do()
    except TokenError as refused:
        return refused.refusal.value
    return "read"


def test_the_page_and_the_registry_refuse_the_same_tokens_for_the_same_reason(
    counter: Any, tokens: list[str], signer: Signer
) -> None:
    ours = [python_says(lambda each=each: read(each, counter.keys)) for each in tokens]
    counter.browser.open(counter.address)
    script = "readToken(text, keys).then(() => 'read', (error) => error.kind ?? String(error))"
    theirs = counter.browser.ask(f"Promise.all({json.dumps(tokens)}.map((text) => {script}))")
    differing = [each for each in zip(tokens, ours, theirs, strict=True) if each[1] != each[2]]
    assert differing == []
    assert {"read", "damaged", "not_ours", "unknown_key", "wrong_signature", "other_issuer"} == set(ours)


def test_the_page_and_the_registry_refuse_the_same_lists(
    counter: Any, signer: Signer, list_of: Callable[..., bytes]
) -> None:
    lot = random.Random(46)
    good = list_of()
    made: dict[Any, Any] = cbor2.loads(cbor2.loads(good).value[2])
    packed = made[-65538]
    changes: list[dict[int, Any]] = [
        {},
        {4: made[6]},
        {1: "NY"},
        {9: 1},
        {-65538: packed[:-1]},
        {-65538: packed + b"x"},
    ]
    lists = [good, b"", good[:-1], good + b"\0"]
    lists += [signer.signed(cbor2.dumps(made | each)) for each in changes]
    for _ in range(60):
        changed = bytearray(good)
        changed[lot.randrange(len(changed))] ^= 1 << lot.randrange(8)
        lists.append(bytes(changed))
    ours = [python_says(lambda each=each: read_status_list(each, counter.keys)) for each in lists]
    counter.browser.open(counter.address)
    script = "readStatusList(Uint8Array.from(list), keys).then(() => 'read', (error) => error.kind ?? String(error))"
    theirs = counter.browser.ask(f"Promise.all({json.dumps([list(each) for each in lists])}.map((list) => {script}))")
    assert theirs == ours
    assert ours.count("read") == 2


def test_the_page_and_the_registry_agree_about_every_bit(counter: Any, list_of: Callable[..., bytes]) -> None:
    held = read_status_list(list_of(timedelta()), counter.keys)
    counter.browser.open(counter.address)
    serials = [f"MM26-{number:07d}-00" for number in (0, 6, 7, 8, 15, 16, 23, 16_383, 16_384, 9_999_999)]
    theirs = counter.browser.ask(f"{json.dumps(serials)}.map((serial) => !isEnded(held.list, serial))")
    assert theirs == [held.is_good(serial) for serial in serials]
    assert theirs.count(False) == 1
