"""Drawing, reading back and staging, as the night does it."""

import errno
import hashlib
import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from registry.facts import PersonName
from registry.issuance import IssuanceOrder, serial_number
from tasks import press
from tasks.authority import KeyPlaces
from tasks.authority import authority as loaded
from tasks.errors import NutmegError
from tasks.ledger.certificates import Issued, NotDrawn
from tasks.press import Plate, draw_all, staged
from tasks.proofing import proof
from tasks.tokens.keyring import rotate
from tests.unit.certificates.variants import TEMPORARY

ORDER = TEMPORARY
UNPRINTABLE = replace(ORDER, serial=serial_number(2026, 2), name=PersonName("กมล", "", "สุข", ""))
TOO_LONG = replace(ORDER, serial=serial_number(2026, 3), registration_ends_on=date(2026, 12, 21))
BOUNDED = """
import pickle, resource, signal, sys
from tasks.press import draw_all
orders, plate, most_bytes = pickle.loads(sys.stdin.buffer.read())
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
try:
    print("issued", len([each for each in draw_all(orders, plate) if each]))
except OSError as error:
    print("refused", error.strerror)
"""


def several(count: int) -> list[IssuanceOrder]:
    return [replace(ORDER, serial=serial_number(2026, number)) for number in range(1, count + 1)]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def plate(tmp_path: Path, key_places: KeyPlaces) -> Plate:
    staging = tmp_path / "staging"
    staging.mkdir()
    return Plate(staging, key_places, workers=1)


@pytest.fixture
def own_plate(plate: Plate, tmp_path: Path, new_keys: Callable[[Path], KeyPlaces]) -> Plate:
    """With keys that a test may spoil."""
    return replace(plate, keys=new_keys(tmp_path / "home"))


def test_one_that_cannot_be_drawn_or_promises_too_much_does_not_hold_up_the_others(plate: Plate) -> None:
    others = [replace(ORDER, serial=serial_number(2026, number)) for number in (4, 5)]
    drawn = draw_all([ORDER, UNPRINTABLE, TOO_LONG, *others], plate)
    assert [isinstance(each, Issued) for each in drawn] == [True, False, False, True, True]
    refused = [each for each in drawn if isinstance(each, NotDrawn)]
    assert [each.serial for each in refused] == [UNPRINTABLE.serial, TOO_LONG.serial]
    assert "name: U+" in refused[0].why
    assert "expires: later than the end of the registration" in refused[1].why
    assert len(files(plate.staging)) == 3


def test_a_name_too_long_for_the_code_does_not_hold_up_the_others(plate: Plate) -> None:
    endless = replace(ORDER, name=PersonName("Ann", "", "ö" * 500, ""))
    assert [isinstance(each, Issued) for each in draw_all([endless, ORDER], plate)] == [False, True]


def test_what_is_staged_is_what_was_read_back(plate: Plate) -> None:
    (issued,) = draw_all([ORDER], plate)
    assert isinstance(issued, Issued)
    data = staged(plate, issued.sha256).read_bytes()
    assert hashlib.sha256(data).hexdigest() == issued.sha256
    assert proof(data, ORDER, loaded(plate.keys, ORDER.issued_on)).serial == issued.serial == ORDER.serial


def test_what_is_staged_is_for_us_alone(plate: Plate) -> None:
    draw_all([ORDER], plate)
    assert {path.stat().st_mode & 0o777 for path in plate.staging.iterdir()} == {0o600}


def test_several_processes_draw_the_same_bytes_as_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, plate: Plate
) -> None:
    orders = several(60)
    many = replace(plate, staging=tmp_path / "many", workers=2)
    many.staging.mkdir()
    alone = draw_all(orders, plate)
    monkeypatch.setattr(press, "POOL_WORTHWHILE", 2)
    assert draw_all(orders, many) == alone
    assert [each.serial for each in alone if each] == [order.serial for order in orders]
    assert files(many.staging) == files(plate.staging)


def test_a_second_start_draws_the_same_bytes_over_what_was_cut_short(plate: Plate) -> None:
    first = draw_all([ORDER], plate)
    whole = files(plate.staging)
    for path in plate.staging.iterdir():
        path.write_bytes(path.read_bytes()[:1000])
    assert draw_all([ORDER], plate) == first
    assert files(plate.staging) == whole


LOSSES: dict[str, Callable[[KeyPlaces], object]] = {
    "the key of the codes": lambda keys: next(keys.tokens.glob("*.pem")).unlink(),
    "the list of keys": lambda keys: (keys.tokens / "keys.json").unlink(),
    "the folder of keys": lambda keys: shutil.rmtree(keys.tokens),
    "the signing key": lambda keys: keys.signing_key.unlink(),
    "the signing certificate": lambda keys: keys.signing_certificate.unlink(),
}


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES.keys())
def test_a_key_that_disappears_between_two_runs_is_told_and_nothing_more_is_drawn(
    own_plate: Plate, lose: Callable[[KeyPlaces], object]
) -> None:
    draw_all([ORDER], own_plate)
    before = files(own_plate.staging)
    lose(own_plate.keys)
    with pytest.raises(NutmegError, match=r"(is missing|is not there).*Restore"):
        draw_all(several(3), own_plate)
    assert files(own_plate.staging) == before


def test_a_key_that_disappears_is_seen_by_processes_that_had_it(
    monkeypatch: pytest.MonkeyPatch, own_plate: Plate
) -> None:
    monkeypatch.setattr(press, "POOL_WORTHWHILE", 2)
    own_plate = replace(own_plate, workers=2)
    draw_all(several(51), own_plate)
    before = files(own_plate.staging)
    own_plate.keys.signing_key.unlink()
    with pytest.raises(NutmegError, match="is not there"):
        draw_all(several(60), own_plate)
    assert files(own_plate.staging) == before


def test_a_process_that_is_killed_is_told_and_the_next_run_draws_again(
    monkeypatch: pytest.MonkeyPatch, plate: Plate
) -> None:
    monkeypatch.setattr(press, "POOL_WORTHWHILE", 2)
    plate = replace(plate, workers=2)
    assert all(draw_all(several(2), plate))
    for process in press._pool(2)._processes:
        os.kill(process, signal.SIGKILL)
    with pytest.raises(NutmegError, match=r"ended from outside.*Run again"):
        draw_all(several(2), plate)
    assert all(draw_all(several(2), plate))


def test_after_a_rotation_the_new_key_signs_the_codes(own_plate: Plate) -> None:
    (before,) = draw_all([ORDER], own_plate)
    rotate(own_plate.keys.tokens, ORDER.issued_on)
    (after,) = draw_all([ORDER], own_plate)
    assert before is not None
    assert after is not None
    assert before.sha256 != after.sha256
    keys = loaded(own_plate.keys, ORDER.issued_on)
    for issued in (before, after):
        assert proof(staged(own_plate, issued.sha256).read_bytes(), ORDER, keys)


def full(*_: object) -> Any:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["_store", "_make_durable"])
def test_a_full_disk_stops_the_press_and_nothing_counts_as_issued(
    monkeypatch: pytest.MonkeyPatch, plate: Plate, step: str
) -> None:
    issued: list[Issued | None] = []
    monkeypatch.setattr(press, step, full)
    with pytest.raises(OSError, match="No space left on device"):
        issued += draw_all(several(3), plate)
    assert issued == []


@pytest.mark.parametrize("most_bytes", [0, 1000, 40_000])
def test_a_file_that_found_no_more_room_is_never_taken_for_a_whole_one(plate: Plate, most_bytes: int) -> None:
    """A limit on the size of files cuts a write short exactly as a disk does that runs full in its midst."""
    run = subprocess.run(
        [sys.executable, "-c", BOUNDED],
        input=pickle.dumps((several(2), plate, most_bytes)),
        capture_output=True,
        check=True,
    )
    assert run.stdout.decode().strip() == "refused File too large"


def test_nothing_personal_stands_in_the_names_of_staged_files(plate: Plate) -> None:
    draw_all([ORDER], plate)
    assert all(len(name) == 64 + len(".pdf") for name in files(plate.staging))
