"""Limits that a worker puts on itself before it runs a learner's file. Standard library only.

Resource limits where the platform has them; on Linux also Landlock (read what Python needs,
write nowhere, no TCP, no signals to others) and a seccomp filter (no sockets, no new processes).
A limit that the platform lacks is named in `lacking`, for `bp-tutor doctor`.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import struct
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from typing import NamedTuple

if sys.platform != "win32":
    import resource

FILE_BYTES = 1_100_000
RESERVE_BYTES = 64 * 1024 * 1024
BALLAST_BYTES = 8 * 1024 * 1024
ALARM_EVERY = 0.2

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2

# Numbers of include/uapi/linux/landlock.h and its three system calls.
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_RULE_PATH_BENEATH = 1
_TCP_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11
_FS_RIGHTS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15}
_FS_RIGHTS_NEWEST = 16

_LIBRARY = re.compile(r"\.so(\.|$)|-linux-(gnu|musl)")


class _Calls(NamedTuple):
    """System call numbers of one machine: what a layer's backward never needs.

    `own` may be called for the worker's own process only (their first argument is a process).
    """

    arch: int
    clone: int
    own: tuple[int, ...]
    refused: tuple[int, ...]


_EVERYWHERE = (425, 424, 452)  # io_uring_setup, pidfd_send_signal, fchmodat2
_CALLS = {
    "x86_64": _Calls(
        arch=0xC000003E,
        clone=56,
        own=(62, 234, 302),  # kill, tgkill, prlimit64
        refused=(
            *(41, 57, 58, 59, 322),  # socket, fork, vfork, execve, execveat
            *(90, 91, 268, 92, 93, 94, 260),  # chmod, fchmod, fchmodat, chown and its kin
            *(132, 235, 261, 280),  # utime, utimes, futimesat, utimensat
            *(188, 189, 190, 197, 198, 199),  # setxattr, removexattr and their kin
            *(29, 64, 68, 248, 250),  # shmget, semget, msgget, add_key, keyctl
            *(101, 310, 311, 298, 321),  # ptrace, process_vm_*, perf_event_open, bpf
            *(165, 272, 308),  # mount, unshare, setns
            *(129, 200, 141, 144, 203),  # rt_sigqueueinfo, tkill, setpriority, sched_set*
        ),
    ),
    "aarch64": _Calls(
        arch=0xC00000B7,
        clone=220,
        own=(129, 131, 261),
        refused=(
            *(198, 221, 281),
            *(52, 53, 54, 55),
            88,
            *(5, 6, 7, 14, 15, 16),
            *(194, 190, 186, 217, 219),
            *(117, 270, 271, 241, 280),
            *(40, 97, 268),
            *(138, 130, 140, 119, 122),
        ),
    ),
}
_CLONE3 = 435
_CLONE_THREAD = 0x10000
_EPERM, _ENOSYS = 1, 38


class Confinement:
    """Prepares what can be prepared while the worker is idle; `close` shuts the door."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.lacking: dict[str, str] = {}
        self._ruleset = -1
        self._ballast = bytes(BALLAST_BYTES)
        self._libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
        if self._libc is None:
            self.lacking["files"] = "learner code can read and write files (Linux has Landlock)"
            self.lacking["network"] = "learner code can open connections (Linux has seccomp)"
        else:
            self._prepare_landlock()
            self._refuse_calls()
        self._note_resource_limits()

    def close(self, folder: str, seconds: float, memory_mb: int) -> None:
        """Called once, right before learner code from `folder` first runs."""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, seconds, ALARM_EVERY)
        self._limit_resources(seconds, memory_mb)
        self._enter_landlock(folder)

    # -- resource limits ------------------------------------------------------------------------

    def _note_resource_limits(self) -> None:
        if sys.platform == "win32":
            self.lacking["memory"] = "no limit on memory (Windows)"
            self.lacking["cpu"] = "wall-clock time only (Windows)"
            return
        self.held["cpu"] = "RLIMIT_CPU"
        self.held["output"] = "RLIMIT_FSIZE"
        if sys.platform == "linux":
            self.held["memory"] = "RLIMIT_AS"
        else:
            self.lacking["memory"] = "RLIMIT_AS is not enforced on this system"

    def _limit_resources(self, seconds: float, memory_mb: int) -> None:
        if sys.platform == "win32":
            return
        spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        cpu = int(spent + seconds) + 2
        _lower(resource.RLIMIT_CPU, cpu)
        _lower(resource.RLIMIT_FSIZE, FILE_BYTES)
        _lower(resource.RLIMIT_CORE, 0)
        if sys.platform == "linux":
            with open("/proc/self/statm", "rb") as statm:
                used = int(statm.read().split()[0]) * resource.getpagesize()
            soft = used + memory_mb * 1024 * 1024
            _lower(resource.RLIMIT_AS, soft, reserve=RESERVE_BYTES)

    def spare_memory(self) -> None:
        """Let a little more be had, to tell that the limit was reached."""
        self._ballast = b""  # what the lines below need, they have from here
        if sys.platform == "linux":
            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_AS, (hard, hard))

    # -- Landlock -------------------------------------------------------------------------------

    def _prepare_landlock(self) -> None:
        assert self._libc is not None
        abi = self._libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
        if abi < 1:
            self.lacking["files"] = "learner code can read and write files (no Landlock here)"
            return
        rights = (1 << _FS_RIGHTS_BY_ABI.get(abi, _FS_RIGHTS_NEWEST)) - 1
        attributes = struct.pack("<Q", rights)
        if abi >= 4:
            attributes += struct.pack("<Q", _TCP_BIND_AND_CONNECT)
        if abi >= 6:
            attributes += struct.pack("<Q", _ABSTRACT_SOCKETS_AND_SIGNALS)
        self._ruleset = self._libc.syscall(_LANDLOCK_CREATE, attributes, len(attributes), 0)
        if self._ruleset < 0:
            self.lacking["files"] = "learner code can read and write files (Landlock refused)"
            return
        for path in _python_needs():
            self._allow(path, _READ_FILE | _READ_DIR)
        self.held["files"] = f"Landlock {abi}: reads Python and the exercises, writes nothing"

    def _allow(self, path: str, rights: int) -> None:
        assert self._libc is not None
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        try:
            if not os.path.isdir(path):
                rights &= _READ_FILE
            rule = struct.pack("<Qi", rights, descriptor)
            self._libc.syscall(_LANDLOCK_ADD, self._ruleset, _RULE_PATH_BENEATH, rule, 0)
        finally:
            os.close(descriptor)

    def _enter_landlock(self, folder: str) -> None:
        if self._libc is None or self._ruleset < 0:
            return
        # The learner's other exercises may be imported, but nothing below the folder is read:
        # it might be a course's own.
        self._allow(folder, _READ_DIR)
        for path in _python_files(folder):
            self._allow(path, _READ_FILE)
        self._libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        self._libc.syscall(_LANDLOCK_RESTRICT, self._ruleset, 0)
        os.close(self._ruleset)

    # -- seccomp --------------------------------------------------------------------------------

    def _refuse_calls(self) -> None:
        assert self._libc is not None
        calls = _CALLS.get(os.uname().machine)
        if calls is None or sys.byteorder != "little" or sys.maxsize < 2**32:
            self.lacking["network"] = "no filter for this machine: sockets are not refused"
            self.lacking["processes"] = "no filter for this machine: new processes are not refused"
            return
        program = _filter_program(calls)
        code = ctypes.create_string_buffer(program, len(program))
        header = struct.pack("<HxxxxxxQ", len(program) // 8, ctypes.addressof(code))
        self._libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if self._libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, header, 0, 0) == 0:
            self.held["network"] = "seccomp: no sockets"
            self.held["processes"] = "seccomp: no new processes"
        else:
            self.lacking["network"] = "seccomp was refused: sockets are possible"
            self.lacking["processes"] = "seccomp was refused: new processes are possible"


def _lower(limit: int, value: int, reserve: int = 0) -> None:
    """Set a limit, and a hard one `reserve` above it, where the system lets us."""
    hard = resource.getrlimit(limit)[1]
    wanted = value + reserve
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(limit, (min(value, wanted), wanted))


def _python_needs() -> Iterator[str]:
    """Standard library, NumPy and system libraries, but no other package: not the tutor's."""
    paths = sysconfig.get_paths()
    for folder in {paths["stdlib"], paths["platstdlib"]}:
        yield from _children(folder, but=("site-packages", "dist-packages"))
    numpy = sys.modules.get("numpy")
    if numpy is not None and numpy.__file__:
        package = os.path.dirname(numpy.__file__)
        yield package
        yield os.path.join(os.path.dirname(package), "numpy.libs")
    roots = ("/", "/usr", "/usr/local")
    for folder in {os.path.realpath(f"{root}/{lib}") for root in roots for lib in ("lib", "lib64")}:
        # Libraries only: a program installed below may have this very course in it.
        yield from (path for path in _children(folder, but=("python",)) if _LIBRARY.search(path))
    yield from ("/etc/ld.so.cache", "/dev/null", "/dev/zero", "/dev/urandom")


def _children(folder: str, but: tuple[str, ...]) -> Iterable[str]:
    try:
        names = os.listdir(folder)
    except OSError:
        return ()
    return [os.path.join(folder, name) for name in names if not name.startswith(but)]


def _python_files(folder: str) -> list[str]:
    try:
        names = sorted(os.listdir(folder))[:2_000]
    except OSError:
        return []
    return [os.path.join(folder, name) for name in names if name.endswith(".py")]


def _filter_program(calls: _Calls) -> bytes:
    """A classic BPF program over `struct seccomp_data`, as bytes of `struct sock_filter`."""
    load, jump_equal, jump_set, jump_at_least, give = 0x20, 0x15, 0x45, 0x35, 0x06
    number, architecture, first_argument = 0, 4, 16
    allow, errno = 0x7FFF0000, 0x00050000

    def step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
        return struct.pack("<HBBI", code, then, otherwise, value)

    program = [
        step(load, architecture),
        step(jump_equal, calls.arch, 1, 0),
        step(give, errno | _EPERM),
        step(load, number),
        step(jump_at_least, 0x40000000, 0, 1),  # the x32 numbering of the same calls
        step(give, errno | _EPERM),
    ]
    for call in (*calls.refused, *_EVERYWHERE):
        program += [step(jump_equal, call, 0, 1), step(give, errno | _EPERM)]
    for call in calls.own:
        program += [
            step(jump_equal, call, 0, 5),
            step(load, first_argument),
            step(jump_equal, 0, 1, 0),  # 0 is the caller (to kill: its own process group)
            step(jump_equal, os.getpid(), 0, 1),
            step(give, allow),
            step(give, errno | _EPERM),
        ]
    program += [
        # clone3 hides its flags behind a pointer; libc falls back to clone.
        step(jump_equal, _CLONE3, 0, 1),
        step(give, errno | _ENOSYS),
        step(jump_equal, calls.clone, 0, 4),
        step(load, first_argument),
        step(jump_set, _CLONE_THREAD, 0, 1),
        step(give, allow),
        step(give, errno | _EPERM),
        step(give, allow),
    ]
    return b"".join(program)
