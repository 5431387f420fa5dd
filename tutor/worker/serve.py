"""The worker: runs learner code on request and sends back what came out. It never judges.

It holds no reference, no expected value and no comparison, so nothing in a learner's file can
find one here. It imports the wire format and numpy.
"""

from __future__ import annotations

import builtins
import io
import itertools
import linecache
import os
import signal
import sys
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from tutor import wire
from tutor.framing import HEADER_BYTES, body_length

MAX_OUTPUT = 1_000_000
MAX_LINES = 12
HANDLES_FROM = 1 << 32

Confine = Callable[[str, float, int], None]


class TooMuchOutput(BaseException):
    """Learner code printed more than `MAX_OUTPUT` bytes."""


class AskedForInput(BaseException):
    """Learner code waits for a keyboard that it does not have."""


class TimeIsUp(BaseException):
    """The check's time ran out inside learner code."""


class Alarm:
    """Turns the timer's signal into `TimeIsUp`, but only inside learner code.

    The signal repeats, so learner code that catches everything is interrupted again.
    """

    def __init__(self) -> None:
        self.armed = False
        self.rung = False

    def ring(self, *_signal: object) -> None:
        self.rung = True
        if self.armed:
            raise TimeIsUp

    def __enter__(self) -> None:
        if self.rung:
            raise TimeIsUp
        self.armed = True

    def __exit__(self, *_exception: object) -> None:
        self.armed = False


class Capture(io.BufferedIOBase):
    """Where learner prints go: the capture file behind descriptor 2, up to a limit."""

    def __init__(self) -> None:
        self.muted = False
        self._left = MAX_OUTPUT

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        size = len(data)
        if self.muted:
            return size
        if size > self._left:
            os.write(2, bytes(data[: self._left]))
            self._left = 0
            raise TooMuchOutput
        self._left -= size
        os.write(2, data)
        return size


class Channel:
    """Frames over two pipe descriptors, kept off the standard streams."""

    def __init__(self, requests: int, replies: int) -> None:
        self._requests = requests
        self._replies = replies

    def receive(self) -> wire.Batch | wire.Answer:
        """The next request. EOFError when the tutor is gone."""
        return wire.parse_request(self._read(body_length(self._read(HEADER_BYTES))))

    def send(self, reply: wire.Reply) -> None:
        view = memoryview(wire.frame(reply))
        while view:
            view = view[os.write(self._replies, view) :]

    def _read(self, size: int) -> bytes:
        parts = []
        while size:
            part = os.read(self._requests, min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


class Worker:
    """Executes requests on one learner module."""

    def __init__(
        self, channel: Channel, capture: Capture, alarm: Alarm, confine: Confine
    ) -> None:
        self._channel = channel
        self._alarm = alarm
        self._capture = capture
        self._confine = confine
        self._objects: dict[int, Any] = {}
        self._numbers = itertools.count(HANDLES_FROM)
        self._folder = ""
        self._filename = ""

    def serve(self) -> None:
        """Answer batches until the tutor hangs up."""
        while True:
            try:
                batch = self._channel.receive()
            except EOFError:
                return
            if isinstance(batch, wire.Batch):
                self._channel.send(self._answer(batch))

    def _answer(self, batch: wire.Batch) -> wire.Reply:
        reply: wire.Reply = wire.Done(None)
        for request in batch.requests:
            try:
                with self._alarm:
                    reply = self._execute(request)
                wire.frame(reply)
            except BaseException as error:
                return self._failure(request, error)
        return reply

    def _execute(self, request: wire.Request) -> wire.Reply:
        match request:
            case wire.Call():
                return self._call(request)
            case wire.Make():
                made = getattr(self._objects[request.target], request.name)(
                    *map(self._unpack, request.args),
                    **{name: self._unpack(value) for name, value in request.kwargs.items()},
                )
                self._objects[request.id] = made
            case wire.Set():
                value = self._unpack(request.value)
                if isinstance(value, np.ndarray):
                    value = value.copy(order="K")
                setattr(self._objects[request.target], request.name, value)
            case wire.Get():
                return wire.Done(
                    self._pack(getattr(self._objects[request.target], request.name), request.name)
                )
            case wire.Fetch():
                held = tuple(self._objects[target] for target in request.targets)
                return wire.Done(self._pack(held))
            case wire.Load():
                return self._load(request)
            case wire.Drop():
                self._objects.pop(request.target, None)
            case wire.Mute():
                self._capture.muted = request.on
        return wire.Done(None)

    def _load(self, request: wire.Load) -> wire.Reply:
        self._folder, self._filename = request.folder, request.filename
        text = request.source.decode("utf-8-sig", errors="replace")
        linecache.cache[request.filename] = (
            len(text),
            None,
            text.splitlines(keepends=True),
            request.filename,
        )
        code = compile(request.source, request.filename, "exec", dont_inherit=True)
        module = types.ModuleType("learner")
        module.__file__ = request.filename
        sys.modules["learner"] = module
        sys.path.insert(0, request.folder)
        self._objects[0] = module
        self._confine(request.folder, request.seconds, request.memory_mb)
        exec(code, module.__dict__)  # noqa: S102 - running learner code is this process's purpose
        classes = [name for name in _public(module) if isinstance(getattr(module, name), type)]
        others = [name for name in _public(module) if name not in classes]
        return wire.Loaded(tuple(classes), tuple(others))

    def _call(self, request: wire.Call) -> wire.Reply:
        lent: dict[str, tuple[wire.Array, Any]] = {}

        def take(name: str, packed: wire.Value) -> Any:
            value = self._unpack(packed)
            if isinstance(packed, wire.Array) and packed.lent:
                lent[name] = (packed, value)
            return value

        function = getattr(self._objects[request.target], request.name)
        args = [take(str(position), value) for position, value in enumerate(request.args)]
        kwargs = {name: take(name, value) for name, value in request.kwargs.items()}
        result = self._pack(function(*args, **kwargs), request.name)
        changed = {
            name: wire.pack_array(value)
            for name, (packed, value) in lent.items()
            if value.tobytes() != packed.data
        }
        return wire.Done(result, changed)

    # -- values ---------------------------------------------------------------------------------

    def _unpack(self, value: wire.Value) -> Any:
        match value:
            case wire.Array():
                array = wire.unpack_array(value)
                if value.scalar:
                    return array[()]
                return array.copy(order="K") if value.lent else array
            case wire.Sequence():
                items = [self._unpack(item) for item in value.items]
                return items if value.mutable else tuple(items)
            case wire.Mapping():
                return {name: self._unpack(item) for name, item in value.items.items()}
            case wire.Handle():
                return self._objects[value.id]
            case wire.Callback():
                return self._callback(value.id)
            case wire.Seed():
                return np.random.default_rng(value.seed)
        return value

    def _pack(self, value: Any, name: str = "", depth: int = 0) -> wire.Value:
        kind = type(value)
        if value is None or kind in (bool, float):
            return value  # type: ignore[no-any-return]
        if kind is int:
            return value if -(1 << 63) <= value < 1 << 64 else wire.Opaque("int of many digits")
        if kind is str:
            return value[: wire.MAX_ITEMS].encode("utf-8", "replace").decode()
        if isinstance(value, (np.ndarray, np.generic)):
            if value.dtype.kind not in wire.NUMERIC_KINDS:
                return wire.Opaque(f"{kind.__name__} of dtype {value.dtype}")
            return wire.pack_array(value)
        if kind in (list, tuple, dict):
            return self._pack_container(value, depth)
        if kind.__module__ == "learner" or self._is_from_folder(kind):
            number = next(self._numbers)
            self._objects[number] = value
            return wire.Handle(number, kind.__name__)
        if callable(value):
            return wire.Method(name)
        return wire.Opaque(kind.__name__)

    def _pack_container(self, value: Any, depth: int) -> wire.Value:
        if depth >= wire.MAX_DEPTH or len(value) > wire.MAX_ITEMS:
            return wire.Opaque(f"{type(value).__name__} that is too large to look at")
        if isinstance(value, dict):
            return wire.Mapping(
                {str(key): self._pack(item, depth=depth + 1) for key, item in value.items()}
            )
        return wire.Sequence(
            isinstance(value, list), tuple(self._pack(item, depth=depth + 1) for item in value)
        )

    def _is_from_folder(self, kind: type) -> bool:
        module = sys.modules.get(kind.__module__)
        file = getattr(module, "__file__", None)
        return isinstance(file, str) and bool(self._folder) and self._is_learners(file)

    def _callback(self, number: int) -> Callable[..., Any]:
        def ask(*args: Any, **kwargs: Any) -> Any:
            asked = wire.Asked(
                number,
                tuple(self._pack(arg) for arg in args),
                {name: self._pack(arg) for name, arg in kwargs.items()},
            )
            self._alarm.armed = False  # a frame half read could not be read again
            self._channel.send(asked)
            answer = self._channel.receive()
            self._alarm.armed = True
            if not isinstance(answer, wire.Answer):
                raise EOFError
            if answer.error:
                raise ValueError(answer.error)
            return self._unpack(answer.value)

        return ask

    # -- failures -------------------------------------------------------------------------------

    def _failure(self, request: wire.Request, error: BaseException) -> wire.Failed:
        kind = _kind_of(error)
        lines = self._lines(error)
        known: tuple[str, ...] = ()
        if isinstance(error, AttributeError) and not lines and isinstance(request, _NAMED):
            kind = "missing"
            known = tuple(_public(self._objects.get(getattr(request, "target", 0))))
        return wire.Failed(
            kind=kind,
            error=type(error).__name__,
            message=_message(error),
            where=self._where(request),
            lines=lines,
            known=known[:50],
        )

    def _where(self, request: wire.Request) -> str:
        if isinstance(request, _NAMED):
            owner = self._objects.get(request.target)
            prefix = "" if request.target == 0 else f"{type(owner).__name__}."
            return prefix + request.name
        return ""

    def _lines(self, error: BaseException) -> tuple[wire.Line, ...]:
        if isinstance(error, SyntaxError) and error.filename == self._filename:
            text = (error.text or "").rstrip()
            return (wire.Line(self._filename, error.lineno or 1, "", text),)
        found = []
        traceback = error.__traceback__
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if self._is_learners(code.co_filename):
                text = linecache.getline(code.co_filename, traceback.tb_lineno).strip()
                line = wire.Line(code.co_filename, traceback.tb_lineno, code.co_name, text[:200])
                if not found or found[-1] != line:  # a recursion is told once
                    found.append(line)
            traceback = traceback.tb_next
        return tuple(found[:3] + found[3:][-MAX_LINES:])

    def _is_learners(self, filename: str) -> bool:
        return filename == self._filename or (
            bool(self._folder) and os.path.dirname(filename) == self._folder
        )


_NAMED = (wire.Call, wire.Get, wire.Set, wire.Make)

_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (TooMuchOutput, "output"),
    (AskedForInput, "input"),
    (TimeIsUp, "timeout"),
    (MemoryError, "memory"),
    (SystemExit, "exit"),
    (SyntaxError, "syntax"),
    (ImportError, "import"),
    (NotImplementedError, "todo"),
)


def _kind_of(error: BaseException) -> str:
    for kind, name in _KINDS:
        if isinstance(error, kind):
            return name
    if isinstance(error, ValueError) and "read-only" in _message(error):
        return "readonly"
    return "exception"


def _message(error: BaseException) -> str:
    """The exception's own words; an exception whose `__str__` raises has none."""
    if isinstance(error, SyntaxError):
        return str(error.msg)
    try:
        return str(error)[:2_000].encode("utf-8", "replace").decode()
    except BaseException:
        return ""


def _public(thing: Any) -> list[str]:
    """Public names of a module or an object, those of imported modules left out."""
    try:
        return [
            name
            for name in dir(thing)
            if not name.startswith("_")
            and not isinstance(getattr(thing, name, None), types.ModuleType)
        ]
    except BaseException:
        return []


def refuse_input(*_prompt: object) -> str:
    """Stands in for `input()`."""
    raise AskedForInput


def run(held: dict[str, str], lacking: dict[str, str], confine: Confine) -> None:
    """Take over the standard descriptors and serve. Returns when the tutor hangs up.

    Descriptors 0 and 1 are the request and reply pipes when the process starts, and 2 the capture
    file. The pipes move to private numbers; learner code finds nothing to read on 0, and what it
    prints on 1 or 2 goes to the capture file.
    """
    channel = Channel(os.dup(0), os.dup(1))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    capture = Capture()
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the process's life
    sys.stdout = sys.stderr = io.TextIOWrapper(
        capture, encoding="utf-8", errors="backslashreplace", write_through=True
    )
    builtins.input = refuse_input
    alarm = Alarm()
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, alarm.ring)
    channel.send(wire.Ready(held, lacking))
    Worker(channel, capture, alarm, confine).serve()
