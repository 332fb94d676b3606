"""What if: stored packets decided again under other provisions. The ledger is read, and nothing is written to it."""

import shutil
import signal
import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from registry.codec import pack
from registry.law import Policy
from registry.simulation import Compared, Flip, Totals, compare_all, differing
from tasks.errors import PolicyError, WrongUseError
from tasks.files import private_scratch
from tasks.law import load_policy
from tasks.progress import Progress
from tasks.settings import POLICY, Settings
from tasks.simulation_text import why

SHOWN = 50
"""Flips that are shown where no file takes all of them."""
COLUMNS = ("submission_id", "revision", "before", "after", "codes_came", "codes_went", "why")
_CHUNK = 250
_POOL_WORTHWHILE = 3_000
"""Fewer packets than this are compared here faster than by processes that have to start first."""
_AHEAD = 2
"""Chunks under way for each process: none waits for work, and memory does not grow with the period."""

Packets = list[tuple[str, str]]


@dataclass(frozen=True)
class Question:
    """Which cases are asked about, by day of submission, and under which provisions."""

    folder: Path
    first: date
    last: date
    out: Path | None = None
    """where a table of all flips goes"""
    shown: int | None = SHOWN
    """how many flips are in the answer; None for all"""


@dataclass(frozen=True)
class Overlay:
    """The house's policy with the files of a folder in the place of those of the same name."""

    folder: Path
    """holds the whole of it while the question is answered"""
    policy: Policy
    given: tuple[str, ...]
    """files from the folder asked about"""
    ours: tuple[str, ...]
    """files from data/policy"""


@dataclass
class _Tally:
    shown: int | None
    totals: Totals = field(default_factory=Totals)
    flips: list[Flip] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def take(self, compared: Compared) -> None:
        self.totals.merge(compared.totals)
        self.left_out += compared.left_out
        self.flips += compared.flips if self.shown is None else compared.flips[: self.shown - len(self.flips)]


def simulate(settings: Settings, question: Question) -> dict[str, Any]:
    """Which decisions flip, from what to what and why, with totals; plain values, and none of any person.

    Raises:
        WrongUseError: the period ends before it begins, or the folder holds no policy.
        PolicyError: the provisions asked about are refused.
    """
    from tasks.summary import write_csv

    if question.last < question.first:
        sentence = f"The period ends on {question.last}, before it begins on {question.first}. Swap the two days."
        raise WrongUseError(sentence)
    private_scratch(settings.scratch)
    tally = _Tally(question.shown)
    with overlaid(question.folder) as overlay:
        flips = _flips(settings, question, overlay, tally)
        if question.out:
            write_csv(question.out, COLUMNS, map(_line, flips))
        else:
            deque(flips, maxlen=0)
    return _answer(question, overlay, tally)


@contextmanager
def overlaid(folder: Path) -> Iterator[Overlay]:
    """The folder's provisions, completed by the house's own.

    Raises:
        WrongUseError: there is no such folder, or no policy file in it.
        PolicyError: they are refused; the sentences name the folder's own files.
    """
    given = {path.name: path for path in _policy_files(folder)}
    ours = {path.name: path for path in sorted(POLICY.glob("*.yaml")) if path.name not in given}
    with tempfile.TemporaryDirectory(prefix="policy-") as scratch:
        # A provision that is in no file is told by the name of the folder: here too that is the one asked about.
        whole = Path(scratch) / (folder.resolve().name or "policy")
        whole.mkdir(mode=0o700)
        try:
            for name, path in {**ours, **given}.items():
                shutil.copyfile(path, whole / name)
            policy = load_policy(whole)
        except OSError as error:
            raise PolicyError(f"{error.filename}: it cannot be read: {error.strerror}.") from None
        except PolicyError as error:
            said = str(error).replace(f"{whole}/", f"{folder}/")
            raise PolicyError(f"The provisions of {folder} are refused.\n{said}") from None
        yield Overlay(whole, policy, tuple(given), tuple(ours))


def _policy_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise WrongUseError(f"The folder {folder} does not exist. Name a folder of policy files, such as data/policy.")
    if other := sorted(path.name for path in folder.glob("*.yml")):
        raise WrongUseError(f"{folder / other[0]} would not be read: names of policy files end in .yaml. Rename it.")
    if not (found := sorted(path for path in folder.glob("*.yaml") if path.is_file())):
        raise WrongUseError(f"{folder} holds no policy file. Copy the file to change from data/policy, and change it.")
    return found


def _flips(settings: Settings, question: Question, overlay: Overlay, tally: _Tally) -> Iterator[Flip]:
    """Every flip as it is found; the tally has the rest when all are out."""
    from tasks.desk import ledger
    from tasks.ledger.decisions import machine_packets
    from tasks.ledger.engine import reading
    from tasks.ledger.writing import chunks

    with reading(ledger(settings.database_url)) as connection:
        count, packets = machine_packets(connection, question.first.isoformat(), question.last.isoformat())
        progress = Progress("Cases compared", count)
        workers = settings.workers if count >= _POOL_WORTHWHILE else 1
        for compared in _compared(chunks(packets, _CHUNK), overlay.folder, workers):
            tally.take(compared)
            yield from compared.flips
            progress.advance(compared.totals.compared + len(compared.left_out))


def _compared(parts: Iterator[Packets], folder: Path, workers: int) -> Iterator[Compared]:
    """The chunks compared, in order; by a fork server, because a fork of a process with threads can deadlock."""
    if workers < 2:
        yield from (_compare_chunk(folder, part) for part in parts)
        return
    # An interrupt from the keyboard reaches every process; this one alone answers it.
    context, deaf = get_context("forkserver"), (signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=signal.signal, initargs=deaf)
    try:
        yield from _in_order(pool, parts, folder, _AHEAD * workers)
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, parts: Iterator[Packets], folder: Path, ahead: int) -> Iterator[Compared]:
    under_way: deque[Future[Compared]] = deque()
    for part in parts:
        under_way.append(pool.submit(_compare_chunk, folder, part))
        if len(under_way) > ahead:
            yield under_way.popleft().result()
    while under_way:
        yield under_way.popleft().result()


def _compare_chunk(folder: Path, part: Packets) -> Compared:
    return compare_all(part, _policy(folder))


@cache
def _policy(folder: Path) -> Policy:
    """The policy of a folder, loaded once in each process."""
    return load_policy(folder)


def _answer(question: Question, overlay: Overlay, tally: _Tally) -> dict[str, Any]:
    totals, outcomes = tally.totals, sorted(tally.totals.outcomes.items())
    codes = sorted(totals.came.keys() | totals.went.keys())
    return {
        "from": question.first.isoformat(),
        "to": question.last.isoformat(),
        "compared": totals.compared,
        "flips": totals.flips,
        "policy": {
            "folder": str(question.folder),
            "fingerprint": overlay.policy.fingerprint,
            "files": list(overlay.given),
            "files_of_data_policy": list(overlay.ours),
        },
        "decided_under": dict(sorted(totals.decided_under.items())),
        "differs": [pack(each._asdict()) for each in differing(load_policy(POLICY), overlay.policy)],
        "outcomes": [{"before": before, "after": after, "cases": count} for (before, after), count in outcomes],
        "codes": {code: {"came": totals.came[code], "went": totals.went[code]} for code in codes},
        "provisions": dict(sorted(totals.provisions.items())),
        "flipped": [_plain(flip) for flip in tally.flips],
        "table": str(question.out) if question.out else None,
        "left_out": [{"decision_id": decision_id, "why": why} for decision_id, why in tally.left_out],
    }


def _plain(flip: Flip) -> dict[str, Any]:
    """The flip without the rules' sentences: those speak of the case, and stand in its packet for who may read it."""
    plain: dict[str, Any] = pack(flip)
    for turned in plain["why"]:
        del turned["detail"]
    return plain


def _line(flip: Flip) -> tuple[object, ...]:
    came, went = ";".join(flip.came), ";".join(flip.went)
    return (flip.submission_id, flip.revision, flip.before, flip.after, came, went, why(_plain(flip)))
