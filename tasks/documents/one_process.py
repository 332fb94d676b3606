"""A process that may start threads and no process: what the cage needs for decoders that cannot do without a thread.

The limit on a user's processes counts threads too, counts everybody's, and is not kept for root. A filter of system
calls does not tell users apart and cannot be taken off again.
"""

import ctypes
import errno
import os
import struct
from dataclasses import dataclass

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_BITS, _ANSWER = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
"""Where in `struct seccomp_data` they stand."""
_CLONE_THREAD = 0x10000
_OTHER_NUMBERING = 0x40000000
"""The first number of the x32 calls, which are the same calls once more."""


@dataclass(frozen=True, slots=True)
class _Calls:
    """The numbers of a machine's system calls, out of Linux's unistd.h."""

    machine: int
    clone: int
    clone3: int
    refused: tuple[int, ...]
    """fork, vfork, execve and execveat, as far as the machine has them"""


_CALLS = {
    "x86_64": _Calls(0xC000003E, 56, 435, (57, 58, 59, 322)),
    "aarch64": _Calls(0xC00000B7, 220, 435, (221, 281)),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def forbid_processes() -> bool:
    """Takes from this process, for good, the means to start another; whether that could be done.

    Call it after no_new_privs is set. It cannot be done on machines whose numbers are not known here, and where the
    kernel has no such filters.
    """
    calls = _CALLS.get(os.uname().machine)
    if calls is None:
        return False
    steps = _steps(calls)
    kept = ctypes.create_string_buffer(b"".join(steps))
    program = _Program(len(steps), ctypes.addressof(kept))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _steps(calls: _Calls) -> list[bytes]:
    """The filter: refused calls fail, `clone3` is unknown so that `clone` is used, which must make a thread."""
    tests = [
        _step(_IF_EQUAL, calls.clone3, "unknown"),
        _step(_IF_AT_LEAST, _OTHER_NUMBERING, "refuse"),
        *(_step(_IF_EQUAL, number, "refuse") for number in calls.refused),
    ]
    body = [
        _step(_LOAD, _MACHINE),
        _step(_IF_EQUAL, calls.machine, otherwise="refuse"),
        _step(_LOAD, _NUMBER),
        *tests,
        _step(_IF_EQUAL, calls.clone, otherwise="allow"),
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(_IF_BITS, _CLONE_THREAD, otherwise="refuse"),
    ]
    answers = {"allow": _ALLOW, "refuse": _REFUSE | errno.EPERM, "unknown": _REFUSE | errno.ENOSYS}
    ends = {name: len(body) + place for place, name in enumerate(answers)}
    packed = [_packed(step, at, ends) for at, step in enumerate(body)]
    return packed + [struct.pack("HBBI", _ANSWER, 0, 0, answer) for answer in answers.values()]


_Step = tuple[int, int, str, str]


def _step(code: int, value: int, then: str = "", otherwise: str = "") -> _Step:
    """One step; `then` and `otherwise` name the answer to jump to, empty is the next step."""
    return code, value, then, otherwise


def _packed(step: _Step, at: int, ends: dict[str, int]) -> bytes:
    code, value, then, otherwise = step
    jumps = [ends[name] - at - 1 if name else 0 for name in (then, otherwise)]
    return struct.pack("HBBI", code, *jumps, value)
