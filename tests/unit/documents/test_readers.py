"""The processes around the reading: one answer for each file, whatever dies, and nothing left running."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from registry.facts import ReadState, Spot
from tasks.documents.cage import Ending, run_caged
from tasks.documents.limits import Limits
from tasks.documents.looks import Look, answer, understood
from tasks.documents.reading import read_documents

_spec = importlib.util.spec_from_file_location("uploads", Path(__file__).with_name("conftest.py"))
assert _spec is not None
assert _spec.loader is not None
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)


def children_of(parent: int) -> set[int]:
    """Living processes whose parent is this one; a process that ended while we looked is none."""
    found = set()
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit():
                state, number = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                if int(number) == parent and state != "Z":
                    found.add(int(entry.name))
    return found


def files(folder: Path, number: int) -> list[tuple[str, Path]]:
    for index in range(number):
        (folder / f"{index}.pdf").write_bytes(make.one_page())
    return [(str(index), folder / f"{index}.pdf") for index in range(number)]


def slow(folder: Path) -> tuple[str, Path]:
    (folder / "slow.pdf").write_bytes(make.one_page(make.deflated(b"", make.PAGE_WORDS + b" q Q" * 10_000_000)))
    return "slow", folder / "slow.pdf"


def soon(true: Callable[[], bool]) -> bool:
    """Whether it becomes true within ten seconds."""
    until = time.monotonic() + 10
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    return true()


def test_every_file_gets_exactly_one_answer_also_when_it_is_named_twice(tmp_path: Path) -> None:
    paths = files(tmp_path, 6)
    facts = list(read_documents([*paths, *paths, ("gone", tmp_path / "gone.pdf")], 2))
    assert sorted(fact.sha256 for fact in facts) == sorted([*map(str, range(6)), *map(str, range(6)), "gone"])
    assert {fact.state for fact in facts if fact.sha256 != "gone"} == {ReadState.TEXT}


def test_no_files_start_no_readers() -> None:
    before = children_of(os.getpid())
    assert list(read_documents([], 4)) == []
    assert children_of(os.getpid()) == before


def test_a_file_that_is_gone_or_is_a_pipe_is_unsafe_and_not_to_be_kept(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    facts = list(read_documents([("gone", tmp_path / "gone"), ("pipe", tmp_path / "pipe.pdf")], 1))
    assert [(fact.state, fact.reader) for fact in facts] == [(ReadState.UNSAFE, "")] * 2


def test_a_path_in_another_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9\n.pdf")
    path.write_bytes(make.one_page())
    (facts,) = read_documents([("digest", path)], 1)
    assert facts.state is ReadState.TEXT


def test_one_slow_file_does_not_hold_up_or_spoil_the_others(tmp_path: Path) -> None:
    paths = [slow(tmp_path), *files(tmp_path, 8)]
    facts = {fact.sha256: fact.state for fact in read_documents(paths, 2, Limits(wall_seconds=1))}
    assert facts.pop("slow") is ReadState.UNSAFE
    assert set(facts.values()) == {ReadState.TEXT}


def test_readers_that_are_killed_are_replaced_and_no_file_is_lost(tmp_path: Path) -> None:
    before = children_of(os.getpid())
    reading = read_documents(files(tmp_path, 12), 2)
    facts = [next(reading)]
    for reader in children_of(os.getpid()) - before:
        os.kill(reader, signal.SIGKILL)
    facts += reading
    assert sorted(int(fact.sha256) for fact in facts) == list(range(12))
    assert {fact.state for fact in facts} == {ReadState.TEXT}


def test_a_file_at_which_its_reader_dies_twice_is_unsafe_and_tried_again_another_night(tmp_path: Path) -> None:
    done = threading.Event()
    before = children_of(os.getpid())

    def kill_busy_readers() -> None:
        while not done.is_set():
            for reader in children_of(os.getpid()) - before:
                if children_of(reader):
                    os.kill(reader, signal.SIGKILL)
            time.sleep(0.02)

    killer = threading.Thread(target=kill_busy_readers)
    killer.start()
    try:
        (facts,) = read_documents([slow(tmp_path)], 1)
    finally:
        done.set()
        killer.join()
    assert (facts.state, facts.reader, facts.why) == (ReadState.UNSAFE, "", "The reader died at it twice.")


def test_a_machine_that_cannot_start_readers_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(RuntimeError, match="No document reader could be started"):
        list(read_documents(files(tmp_path, 1), 2))


def test_no_reader_outlives_an_iteration_that_is_given_up(tmp_path: Path) -> None:
    before = children_of(os.getpid())

    def stop_early() -> None:
        for _ in read_documents([*files(tmp_path, 4), slow(tmp_path)], 2):
            raise KeyError

    with pytest.raises(KeyError):
        stop_early()
    assert soon(lambda: children_of(os.getpid()) == before)


@pytest.fixture
def night(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is in the middle of reading."""
    _, path = slow(tmp_path)
    code = f"from tasks.documents.reading import read_documents; list(read_documents([('x', {str(path)!r})] * 2, 2))"
    with subprocess.Popen([sys.executable, "-c", code], text=True, cwd=Path(__file__).parents[3]) as process:
        yield process
        process.kill()


def test_readers_and_their_children_die_with_the_process_they_read_for(night: subprocess.Popen[str]) -> None:
    def family() -> set[int]:
        readers = children_of(night.pid)
        return readers.union(*map(children_of, readers))

    assert soon(lambda: len(family()) == 4)
    alive = family()
    night.kill()
    night.wait()
    assert soon(lambda: not any(Path(f"/proc/{number}").exists() for number in alive))


def test_a_caged_child_cannot_write_a_file_and_sees_no_other_open_file(tmp_path: Path) -> None:
    def work() -> bytes:
        try:
            (tmp_path / "written").write_text("x")
        except OSError:
            return str(len(list(Path("/proc/self/fd").iterdir()))).encode()
        return b"written"

    with (tmp_path / "upload").open("w+") as upload, socket.socket():
        ending = run_caged(work, upload.fileno(), Limits())
    assert not ending.why
    assert ending.said == b"6"  # three to nowhere, the upload, the pipe to us, and the listing itself


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (lambda: os._exit(9), "The reader gave no usable answer for it."),
        (lambda: os.kill(os.getpid(), signal.SIGSEGV), "It crashed the reader (SIGSEGV)."),
        (lambda: bytearray(4_000_000_000), "Opening it needs more memory than a document may use."),
        (lambda: b"x" * 10_000_000, "The reader gave no usable answer for it."),
        (lambda: time.sleep(60), "Looking at it took longer than 0.5 seconds."),
    ],
    ids=["exit", "segfault", "memory", "chatter", "sleep"],
)
def test_whatever_a_caged_child_does_ends_in_one_sentence(work: Callable[[], bytes], why: str, tmp_path: Path) -> None:
    with (tmp_path / "upload").open("w+") as upload:
        assert run_caged(work, upload.fileno(), Limits(wall_seconds=0.5)) == Ending(b"", why)


def test_a_reader_reaches_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = (
            f"import socket; from tasks.documents.cage import leave_network\nprint(leave_network() or 'walled')\n"
            f"print(socket.socket().connect_ex(('127.0.0.1', {port})) == 0)"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=Path(__file__).parents[3]
        )
    wall, reached = ran.stdout.split("\n")[:2]
    if wall != "walled":
        pytest.skip(f"this kernel gives no private network: {wall}")
    assert reached == "False"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"{}\n",
        b"[]\n",
        b"nonsense\n",
        b'{"state": "text"}',
        b'{"state": "perfect"}\n',
        b'{"state": "text", "text": 5}\n',
        b'{"state": "text", "pages": -1}\n',
        b'{"state": "text", "pages": true}\n',
        b'{"state": "text", "owner": "me"}\n',
        b'{"state": "text", "why": "two\\nlines"}\n',
        b"[" * 100_000 + b"\n",
    ],
)
def test_an_answer_that_is_not_as_agreed_is_no_answer(said: bytes) -> None:
    assert understood(said, Limits()) is None


def test_an_answer_as_agreed_comes_back_whole_and_one_with_more_text_than_agreed_is_none() -> None:
    spots = 2 * (Spot(3, (0.1, 0.1, 0.9, 0.2), 100),)
    look = Look(ReadState.TEXT, "", "application/pdf", 3, "Müller\n陳", "layer", spots)
    assert understood(answer(look), Limits(characters=8)) == look
    assert understood(answer(look), Limits(characters=7)) is None
