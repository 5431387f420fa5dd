"""A pseudo-terminal with a program in it, for measuring when something has been drawn."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from types import TracebackType
from typing import Self

LIMIT = 20.0
CONTROL = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")


class Terminal:
    """Starts a command in a terminal of its own; reads what it draws."""

    def __init__(self, command: list[str], size: tuple[int, int]) -> None:
        columns, rows = size
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execve(command[0], command, environment)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._drawn = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)

    def type(self, keys: str) -> None:
        os.write(self._fd, keys.encode())

    def drain(self) -> None:
        """Forget what has been drawn so far."""
        while select.select([self._fd], [], [], 0.02)[0]:
            os.read(self._fd, 1 << 16)
        self._drawn = b""

    def wait_for(self, text: bytes) -> None:
        """Until `text` has been drawn since the last drain."""
        deadline = time.monotonic() + LIMIT
        while text not in CONTROL.sub(b"", self._drawn):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._fd], [], [], left)[0]:
                raise TimeoutError(f"{text!r} was not drawn; the last was {self._drawn[-2000:]!r}")
            self._drawn += os.read(self._fd, 1 << 16)
        self._drawn = b""


def drawn_within(command: list[str], text: bytes, size: tuple[int, int] = (120, 36)) -> float:
    """Seconds from the start of `command` until `text` has been drawn."""
    started = time.perf_counter()
    with Terminal(command, size) as terminal:
        terminal.wait_for(text)
        return time.perf_counter() - started
