"""A child process that may use little, reach nothing, and cost nobody else anything."""

import ctypes
import os
import resource
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from tasks.documents.limits import Limits
from tasks.documents.one_process import forbid_processes

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_OUT_OF_MEMORY = 71


def leave_network() -> str:
    """Moves this process and all its later children where no network is; says why when the kernel refuses.

    Call it while the process has one thread. A private network namespace needs root or, where the system allows
    it, a private user namespace around it.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0:
        return ""
    return f"the kernel refuses a private network namespace ({os.strerror(ctypes.get_errno())})"


def die_with(parent: int) -> None:
    """Asks the kernel to kill this process when its parent ends, and ends at once if the parent already has."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a caged child ended: what it said, and in plain words what went wrong, if anything."""

    said: bytes
    why: str = ""


def run_caged(work: Callable[[], bytes], keep: int, limits: Limits) -> Ending:
    """Runs `work` in a forked child under the limits and returns what it said; never longer than the wall limit.

    `keep` is the one open file that the child inherits, at the same number. No process of the child's group
    outlives this call.
    """
    hear, say = os.pipe()
    parent, child = os.getpid(), os.fork()
    if child == 0:
        _be_the_child(work, (keep, say), parent, limits)
    os.close(say)
    try:
        said, late = _listen(hear, limits)
    finally:
        os.close(hear)
        status = _end(child)
    return Ending(said) if status == 0 and not late else Ending(b"", _why(status, late, limits))


def _be_the_child(work: Callable[[], bytes], keep: tuple[int, int], parent: int, limits: Limits) -> NoReturn:
    code = 1
    try:
        os.setpgid(0, 0)
        die_with(parent)
        _shut_all_but(*keep)
        limit_memory(limits.memory_bytes, may_have_threads=forbid_processes())
        _lower(resource.RLIMIT_CPU, limits.cpu_seconds, grace=1)
        said = work()
        while said:
            said = said[os.write(keep[1], said) :]
        code = 0
    except MemoryError:
        code = _OUT_OF_MEMORY
    finally:
        os._exit(code)


def _shut_all_but(upload: int, say: int) -> None:
    """The child must reach neither its reader's pipes nor anything else that happened to be open."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    low, high = sorted((upload, say))
    os.closerange(3, low)
    os.closerange(low + 1, high)
    os.closerange(high + 1, 1 << 20)


def limit_memory(memory_bytes: int, *, may_have_threads: bool = False) -> None:
    """Leaves this process so much address space, and no way to write a file or to start another process.

    `may_have_threads` leaves out the limit on processes, which counts threads too, where a filter refuses processes.
    """
    _lower(resource.RLIMIT_AS, memory_bytes)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_CORE, 0)
    if not may_have_threads:
        _lower(resource.RLIMIT_NPROC, 0)
    _lower(resource.RLIMIT_NOFILE, 32)  # character maps of the PDF library are files that it opens on demand


def _lower(what: int, most: int, grace: int = 0) -> None:
    """Sets a limit that cannot be raised again; `grace` parts the warning signal from the killing one."""
    hard = resource.getrlimit(what)[1]
    top = most + grace if hard == resource.RLIM_INFINITY else min(most + grace, hard)
    resource.setrlimit(what, (min(most, top), top))


def _listen(hear: int, limits: Limits) -> tuple[bytes, bool]:
    """Everything the child says until it stops, its time is up, or it says too much; and whether time was up."""
    said, until = bytearray(), time.monotonic() + limits.wall_seconds
    poll = select.poll()
    poll.register(hear, select.POLLIN)
    while len(said) <= limits.said_bytes:
        if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
            return b"", True
        piece = os.read(hear, 65_536)
        if not piece:
            return bytes(said), False
        said += piece
    return b"", False


def _end(child: int) -> int:
    """Kills whatever is left of the child's group, and returns the exit status as `waitstatus_to_exitcode` has it."""
    for kill in (os.killpg, os.kill):  # before the child has made its group, only its own number reaches it
        try:
            kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _why(status: int, late: bool, limits: Limits) -> str:
    """One plain sentence for a child that did not end well; a negative status is a signal."""
    if late:
        return f"Looking at it took longer than {limits.wall_seconds:g} seconds."
    if status == -signal.SIGXCPU:
        return f"Looking at it took more than {limits.cpu_seconds} seconds of processor time."
    if status == _OUT_OF_MEMORY:
        return "Opening it needs more memory than a document may use."
    if status < 0 and status != -signal.SIGKILL:
        return f"It crashed the reader ({signal.Signals(-status).name})."
    return "The reader gave no usable answer for it."
