"""The worker: runs learner code on request and sends back what came out. It never judges.

It holds no reference, no expected value and no comparison, so nothing in a learner's file can
find one here. It imports the wire format and numpy.
"""

from __future__ import annotations

import builtins
import io
import linecache
import operator
import os
import signal
import sys
import threading
import tracemalloc
import types
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from tutor import wire
from tutor.worker.alarm import Alarm
from tutor.worker.failures import kind_of, lines_of, message_of
from tutor.worker.streams import Capture, Channel, refuse_input
from tutor.worker.values import Values

LEARNER = "learner"  # the name of the learner's module, so of its classes' `__module__`
MAX_KNOWN = 50

EXIT_LOST = 70


class Limits(Protocol):
    """What holds learner code in bounds."""

    def close(self, folder: str, seconds: float, memory_mb: int) -> None:
        """Called once, right before learner code first runs."""

    def spare_memory(self) -> None:
        """Let a little more be had, to tell what happened."""


class Worker:
    """Executes requests on one learner module."""

    def __init__(self, channel: Channel, capture: Capture, alarm: Alarm, limits: Limits) -> None:
        self._channel = channel
        self._alarm = alarm
        self._capture = capture
        self._limits = limits
        self._values = Values(self._callback, self._is_learners_class)
        self._objects = self._values.objects
        self._objects[wire.OPERATION] = operator
        self._asking = threading.Lock()
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
                wire.frame(reply)  # may be too large to be sent
            except BaseException as error:  # noqa: BLE001 - learner code may raise anything
                return self._told(request, error)
        return reply

    def _told(self, request: wire.Request, error: BaseException) -> wire.Failed:
        """The failure in full; in few words where even looking at it fails."""
        self._limits.spare_memory()
        try:
            failed = self._failure(request, error)
            wire.frame(failed)
        except BaseException:  # noqa: BLE001 - an exception may be built to make trouble
            failed = wire.Failed(kind_of(error), "an exception", "", where="")
        return failed

    def _execute(self, request: wire.Request) -> wire.Reply:
        match request:
            case wire.Call():
                return self._call(request)
            case wire.Make():
                function = getattr(self._objects[request.target], request.name)
                args = map(self._values.unpack, request.args)
                kwargs = {k: self._values.unpack(v) for k, v in request.kwargs.items()}
                self._objects[request.id] = _snapshot(function(*args, **kwargs))
            case wire.Take():
                kept = getattr(self._objects[request.target], request.name)
                self._objects[request.id] = _snapshot(kept)
            case wire.Set():
                value = self._values.unpack(request.value)
                if isinstance(value, np.ndarray):
                    value = value.copy(order="K")  # the learner's own from here on
                setattr(self._objects[request.target], request.name, value)
            case wire.Get():
                value = getattr(self._objects[request.target], request.name)
                return wire.Done(self._values.pack(value, request.name))
            case wire.Fetch():
                held = tuple(self._objects[target] for target in request.targets)
                return wire.Done(self._values.pack(held))
            case wire.Load():
                return self._load(request)
            case wire.Drop():
                self._objects.pop(request.target, None)
            case wire.Mute():
                self._capture.muted = request.on
        return wire.Done(None)

    def _load(self, request: wire.Load) -> wire.Reply:
        self._folder, self._filename = request.folder, request.filename
        text = request.source.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
        # Not splitlines(), which also ends lines where Python does not, as at a form feed.
        lines = [f"{line}\n" for line in text.replace("\r", "\n").split("\n")]
        linecache.cache[request.filename] = (len(text), None, lines, request.filename)
        code = compile(request.source, request.filename, "exec", dont_inherit=True)
        module = types.ModuleType(LEARNER)
        module.__file__ = request.filename
        sys.modules[LEARNER] = module
        self._objects[wire.MODULE] = module
        self._limits.close(request.folder, request.seconds, request.memory_mb)
        # After that only: a learner's `resource.py` must not stand in for Python's before.
        sys.path.insert(0, request.folder)
        sys.dont_write_bytecode = True  # no __pycache__ in the learner's folder
        exec(code, module.__dict__)  # noqa: S102 - running learner code is this process's purpose
        names = _public(module)
        classes = tuple(name for name in names if issubclass(_type_of(module, name), type))
        return wire.Loaded(classes, tuple(name for name in names if name not in classes))

    def _call(self, request: wire.Call) -> wire.Reply:
        lent: dict[str, tuple[wire.Array, Any]] = {}

        def take(name: str, packed: wire.Value) -> Any:
            value = self._values.unpack(packed)
            if isinstance(packed, wire.Array) and packed.lent:
                lent[name] = (packed, value)
            return value

        function = getattr(self._objects[request.target], request.name)
        args = [take(str(position), value) for position, value in enumerate(request.args)]
        kwargs = {name: take(name, value) for name, value in request.kwargs.items()}
        peak = 0
        if request.measured:
            tracemalloc.start()
            try:
                value = function(*args, **kwargs)
                peak = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
        else:
            value = function(*args, **kwargs)
        result = self._values.pack(value, request.name)
        changed = {
            name: wire.pack_array(value)
            for name, (packed, value) in lent.items()
            if value.tobytes() != wire.unpack_array(packed).tobytes()
        }
        return wire.Done(result, changed, peak)

    def _callback(self, number: int) -> Callable[..., Any]:
        """A function of the tutor's, as learner code sees it."""

        def ask(*args: Any, **kwargs: Any) -> Any:
            asked = wire.Asked(
                number,
                tuple(self._values.pack(arg) for arg in args),
                {name: self._values.pack(arg) for name, arg in kwargs.items()},
            )
            with self._asking:  # learner code may call from several threads
                self._alarm.armed = False  # a frame half read could not be read again
                self._channel.send(asked)
                answer = self._channel.receive()
                self._alarm.armed = True
            if not isinstance(answer, wire.Answer):
                raise EOFError  # noqa: TRY004 - the conversation is over
            if answer.error:
                raise ValueError(answer.error)
            return self._values.unpack(answer.value)

        return ask

    # -- failures -------------------------------------------------------------------------------

    def _failure(self, request: wire.Request, error: BaseException) -> wire.Failed:
        kind = kind_of(error)
        if kind == "syntax" and not self._is_learners_file(str(error.filename)):  # type: ignore[attr-defined]
            kind = "exception"  # of text that learner code itself compiled
        lines = lines_of(error, self._is_learners_file)
        known: list[str] = []
        if isinstance(error, AttributeError) and not lines and isinstance(request, _NAMED):
            kind = "missing"
            known = _public(self._objects.get(request.target))
        return wire.Failed(
            kind=kind,
            error=type(error).__name__,
            message=message_of(error),
            where=self._where(request),
            lines=lines,
            known=tuple(known[:MAX_KNOWN]),
        )

    def _where(self, request: wire.Request) -> str:
        if not isinstance(request, _NAMED):
            return ""
        if request.target == wire.MODULE:
            return request.name
        if request.target == wire.OPERATION:
            return wire.OPERATORS[request.name]
        return f"{type(self._objects.get(request.target)).__name__}.{request.name}"

    def _is_learners_file(self, filename: str) -> bool:
        return filename == self._filename or (
            bool(self._folder) and os.path.dirname(filename) == self._folder
        )

    def _is_learners_class(self, kind: type) -> bool:
        if kind.__module__ == LEARNER:
            return True
        file = getattr(sys.modules.get(kind.__module__), "__file__", None)
        return isinstance(file, str) and self._is_learners_file(file)


_NAMED = (wire.Call, wire.Get, wire.Set, wire.Make, wire.Take)


def _snapshot(value: Any) -> Any:
    """What is fetched later must not have changed by then, as an array in a layer may."""
    return value.copy(order="K") if isinstance(value, np.ndarray) else value


def _public(thing: Any) -> list[str]:
    """Public names of a module or an object, those of imported modules left out."""
    try:
        names = [name for name in dir(thing) if not name.startswith("_")]
    except BaseException:  # noqa: BLE001 - learner code may have its own ideas of dir()
        return []
    return [name for name in names if not issubclass(_type_of(thing, name), types.ModuleType)]


def _type_of(thing: Any, name: str) -> type:
    """The type of an attribute; what cannot be read is an object."""
    try:
        return type(getattr(thing, name))
    except BaseException:  # noqa: BLE001 - a property may raise anything
        return object


def run(held: dict[str, str], lacking: dict[str, str], limits: Limits) -> None:
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
    try:
        Worker(channel, capture, alarm, limits).serve()
    except BaseException:  # noqa: BLE001 - the tutor tells it; nobody reads a traceback here
        os._exit(EXIT_LOST)
