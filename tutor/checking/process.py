"""One worker process: started, talked to within a deadline, and killed with all its children."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from tutor.errors import PlatformError
from tutor.framing import HEADER_BYTES, body_length

SHOWN_OUTPUT = 64 * 1024
WINDOWS = sys.platform == "win32"


class TimedOut(Exception):
    """The worker did not answer before the deadline."""


class Died(Exception):
    """The worker ended while an answer was awaited; `how` says how, in words."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


class WorkerProcess:
    """A worker's process with its two pipes and the file that captures what it prints."""

    def __init__(self) -> None:
        self._capture = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        command = [sys.executable, "-P", "-X", "utf8", "-m", "tutor.worker"]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._capture,
                bufsize=0,
                start_new_session=not WINDOWS,
                cwd=tempfile.gettempdir(),
                env=_environment(),
            )
        except OSError as error:
            self._capture.close()
            raise PlatformError(
                f"The process that runs your code could not be started: {error.strerror}.",
                hint="Is the machine out of memory or of processes?",
            ) from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._requests = self._process.stdin.fileno()
        self._replies = self._process.stdout.fileno()
        self._lock = threading.Lock()
        self._killed = False
        if not WINDOWS:
            os.set_blocking(self._requests, False)
            os.set_blocking(self._replies, False)

    def alive(self) -> bool:
        return self._process.poll() is None

    def send(self, frame: bytes, deadline: float) -> None:
        """Write one frame. Raises TimedOut or Died. `deadline` is of `time.monotonic`."""
        view = memoryview(frame)
        while view:
            if time.monotonic() > deadline:
                raise TimedOut
            try:
                view = view[os.write(self._requests, view) :]
            except BlockingIOError:
                self._wait(self._requests, selectors.EVENT_WRITE, deadline)
            except OSError as error:
                raise Died(self._how_it_ended()) from error

    def receive(self, deadline: float) -> bytes:
        """The body of the next frame. Raises TimedOut, Died or WireError."""
        if WINDOWS:  # pipes cannot be waited for there: end the process instead
            watchdog = threading.Timer(max(0.0, deadline - time.monotonic()), self.kill)
            watchdog.daemon = True
            watchdog.start()
            try:
                return self._receive(deadline)
            except Died:
                if time.monotonic() >= deadline:
                    raise TimedOut from None
                raise
            finally:
                watchdog.cancel()
        return self._receive(deadline)

    def _receive(self, deadline: float) -> bytes:
        header = self._read(HEADER_BYTES, deadline)
        return self._read(body_length(header), deadline)

    def _read(self, size: int, deadline: float) -> bytes:
        parts = []
        while size:
            if time.monotonic() > deadline:
                raise TimedOut
            try:
                part = os.read(self._replies, min(size, 1 << 20))
            except BlockingIOError:
                self._wait(self._replies, selectors.EVENT_READ, deadline)
                continue
            except OSError as error:
                raise Died(self._how_it_ended()) from error
            if not part:
                raise Died(self._how_it_ended())
            parts.append(part)
            size -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        left = deadline - time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, event)
            if left <= 0 or not selector.select(left):
                raise TimedOut

    def _how_it_ended(self) -> str:
        try:
            code = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return "it closed its connection to the tutor"
        if code < 0:
            return f"it was ended by {_signal_name(-code)}"
        return f"it ended with exit code {code}"

    def output_size(self) -> int:
        """How many bytes have been printed so far."""
        return os.fstat(self._capture.fileno()).st_size

    def output(self) -> tuple[bytes, bool]:
        """What was printed, from the start and capped, and whether there was more."""
        if WINDOWS:
            self._capture.seek(0)
            printed = self._capture.read(SHOWN_OUTPUT + 1)
        else:  # the worker writes at the same file position: leave that where it is
            printed = os.pread(self._capture.fileno(), SHOWN_OUTPUT + 1, 0)
        return printed[:SHOWN_OUTPUT], len(printed) > SHOWN_OUTPUT

    def kill(self) -> None:
        """End the process and everything it started. Safe to call twice and from any thread."""
        with self._lock:
            if self._killed:
                return
            self._killed = True
            with contextlib.suppress(OSError):
                if WINDOWS:
                    tree = ["taskkill", "/T", "/F", "/PID", str(self._process.pid)]
                    subprocess.run(tree, capture_output=True, check=False)
                else:
                    os.killpg(self._process.pid, signal.SIGKILL)
            with contextlib.suppress(OSError):
                self._process.kill()

    def close(self) -> None:
        """Kill, reap, and give the descriptors back. Only for the thread that receives."""
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._capture):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def _environment() -> dict[str, str]:
    """What a Python needs to start, and nothing that is the learner's own business."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "TEMP", "USERPROFILE")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    where_the_tutor_is = str(Path(__file__).parents[2])
    paths = [where_the_tutor_is, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**environment, "PYTHONPATH": os.pathsep.join(paths)}


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
