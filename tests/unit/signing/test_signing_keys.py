"""Signing keys are made once and say that they are for demonstration; every other trouble with keys is a sentence."""

import multiprocessing
import stat
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tasks.doctor import examine
from tasks.settings import Settings
from tasks.signing.keys import SigningKeyError, signing_identity
from tests.unit.signing.making import DAY, certificate, chain_pem, key_pem

Pair = Callable[..., tuple[Path, Path]]


def _made(folder: Path) -> tuple[bytes, bytes]:
    signing_identity(folder / "keys" / "key.pem", folder / "keys" / "chain.pem", may_make=True)
    return (folder / "keys" / "key.pem").read_bytes(), (folder / "keys" / "chain.pem").read_bytes()


def test_a_pair_is_made_once_for_us_alone_and_says_that_it_proves_nothing(tmp_path: Path) -> None:
    first = _made(tmp_path)
    assert _made(tmp_path) == first
    folder = tmp_path / "keys"
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sorted(file.name for file in folder.iterdir()) == ["chain.pem", "key.pem"]
    identity = signing_identity(folder / "key.pem", folder / "chain.pem", may_make=False)
    assert identity.demonstration
    assert identity.subject == "CN=Nutmeg demonstration - not a state signature"
    assert identity.days_left(DAY) > 8_000


def test_the_demonstration_certificate_is_for_signatures_that_bind(tmp_path: Path) -> None:
    (own,) = x509.load_pem_x509_certificates(_made(tmp_path)[1])
    usage = own.extensions.get_extension_for_class(x509.KeyUsage)
    assert (usage.critical, usage.value.digital_signature, usage.value.content_commitment) == (True, True, True)
    assert not usage.value.key_cert_sign
    assert own.issuer == own.subject


def test_first_runs_at_the_same_time_end_with_one_pair(tmp_path: Path) -> None:
    with multiprocessing.get_context("fork").Pool(4) as pool:
        made = pool.map(_made, [tmp_path] * 8)
    assert len(set(made)) == 1


def test_a_making_that_was_cut_short_is_finished_with_the_same_key(tmp_path: Path) -> None:
    first = _made(tmp_path)
    (tmp_path / "keys" / "chain.pem").unlink()
    assert _made(tmp_path) == first


def test_a_lost_key_is_never_replaced_unseen(tmp_path: Path) -> None:
    _made(tmp_path)
    (tmp_path / "keys" / "key.pem").unlink()
    with pytest.raises(SigningKeyError, match=r"key.pem is not there. Restore it from backup"):
        _made(tmp_path)
    assert not (tmp_path / "keys" / "key.pem").exists()


def test_a_named_pair_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyError, match="No new key is made in its place"):
        signing_identity(tmp_path / "key.pem", tmp_path / "chain.pem", may_make=False)
    assert list(tmp_path.iterdir()) == []


def test_a_real_key_without_its_certificate_is_an_error(pair: Pair) -> None:
    places = pair()
    places[1].unlink()
    with pytest.raises(SigningKeyError, match=r"The signing certificate .* is not there"):
        signing_identity(*places, may_make=True)


def test_a_real_pair_is_told_from_a_demonstration(pair: Pair) -> None:
    identity = signing_identity(*pair(), may_make=False)
    assert (identity.demonstration, identity.subject) == (False, "CN=Test Office")
    assert identity.days_left(date(2026, 12, 1)) == 30


@pytest.mark.parametrize(
    ("day", "can_sign"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_certificate_signs_on_the_days_on_which_it_is_valid(pair: Pair, day: date, can_sign: bool) -> None:
    identity = signing_identity(*pair(), may_make=False)
    if can_sign:
        assert identity.on(day).sign(b"")
        return
    with pytest.raises(SigningKeyError, match=f"cannot sign for {day}. Set NUTMEG_SIGNING_KEY"):
        identity.on(day)


@pytest.mark.parametrize(
    ("key", "changes", "sentence"),
    [
        (rsa.generate_private_key(65537, 2048), {}, "not of the curve P-256"),
        (ec.generate_private_key(ec.SECP384R1()), {}, "not of the curve P-256"),
        (None, {"signs": False}, "not made for signing"),
        (None, {"usage": False}, "says no key usage"),
    ],
    ids=["RSA", "P-384", "not for signing", "for nothing"],
)
def test_a_pair_of_the_wrong_kind_is_refused(pair: Pair, key: Any, changes: dict[str, bool], sentence: str) -> None:
    with pytest.raises(SigningKeyError, match=sentence):
        signing_identity(*pair(key, **changes), may_make=False)


@pytest.mark.parametrize(
    ("which", "content", "sentence"),
    [
        (0, b"nothing", "not a private key in PEM form"),
        (0, key_pem(ec.generate_private_key(ec.SECP256R1()), b"secret"), "has a password"),
        (0, key_pem(ec.generate_private_key(ec.SECP256R1())), "do not belong together"),
        (1, b"nothing", "holds no certificate in PEM form"),
        (1, b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "holds no certificate in PEM form"),
    ],
    ids=["no key", "password", "strangers", "no certificate", "broken certificate"],
)
def test_a_damaged_pair_is_refused(pair: Pair, which: int, content: bytes, sentence: str) -> None:
    places = pair()
    places[which].write_bytes(content)
    with pytest.raises(SigningKeyError, match=sentence):
        signing_identity(*places, may_make=False)


def test_a_chain_in_the_wrong_order_is_refused(pair: Pair, office_root: tuple[Any, x509.Certificate]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    places = pair(key)
    stranger = ec.generate_private_key(ec.SECP256R1())
    forged = certificate(key, "Test Office", "Test Root", stranger)
    places[1].write_bytes(chain_pem(forged, office_root[1]))
    with pytest.raises(SigningKeyError, match=r"Certificate 2 of .* does not vouch for the one before it"):
        signing_identity(*places, may_make=False)


@pytest.fixture
def doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    monkeypatch.setattr("tasks.doctor._eyes", lambda *_: None)
    monkeypatch.setattr("tasks.doctor.today", lambda: DAY)

    def ask(**settings: Any) -> Any:
        monkeypatch.setenv("NUTMEG_HOME", str(tmp_path / "home"))
        for name, value in settings.items():
            monkeypatch.setenv(name, str(value))
        return examine(Settings.load())

    return ask


def test_the_doctor_tells_a_demonstration_key(doctor: Callable[..., Any]) -> None:
    (told,) = [line for line in doctor().good if line.startswith("Signing key")]
    assert "DEMONSTRATION" in told
    assert "not a state signature" in told


def test_the_doctor_tells_a_real_key_its_subject_and_the_days_left(doctor: Callable[..., Any], pair: Pair) -> None:
    key, chain = pair(valid_to=datetime(2027, 11, 22, tzinfo=UTC))
    found = doctor(NUTMEG_SIGNING_KEY=key, NUTMEG_SIGNING_CERTIFICATE=chain)
    (told,) = [line for line in found.good if line.startswith("Signing key")]
    assert told == f"Signing key: real; CN=Test Office; 365 days left; {key}"


def test_the_doctor_asks_for_the_next_certificate_in_time(doctor: Callable[..., Any], pair: Pair) -> None:
    key, chain = pair()
    found = doctor(NUTMEG_SIGNING_KEY=key, NUTMEG_SIGNING_CERTIFICATE=chain)
    assert "The signing certificate ends in 39 days. Order the next one now." in found.doubts


def test_the_doctor_sees_a_key_that_others_can_read(doctor: Callable[..., Any], pair: Pair) -> None:
    key, chain = pair()
    key.chmod(0o644)
    found = doctor(NUTMEG_SIGNING_KEY=key, NUTMEG_SIGNING_CERTIFICATE=chain)
    assert f"{key} can be read by others. Run: chmod 600 {key}" in found.bad


def test_the_doctor_sees_a_named_key_that_is_not_there(doctor: Callable[..., Any], tmp_path: Path) -> None:
    found = doctor(NUTMEG_SIGNING_KEY=tmp_path / "gone.pem")
    assert any("gone.pem is not there" in line for line in found.bad)


def test_a_folder_in_place_of_a_key_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SigningKeyError, match="cannot be read: Is a directory"):
        signing_identity(tmp_path, tmp_path, may_make=False)
