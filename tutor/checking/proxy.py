"""The learner's module as an object in this process, while its code runs in a worker.

    layer = learner.Linear(3, 5)      # remembered, sent with the next request that needs a reply
    layer.W = W                       # remembered
    output = layer.forward(x)         # one round trip for all three

What needs no result is sent together with the next request that does, so an ordinary probe costs
one round trip a call.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from tutor import wire
from tutor.checking.process import WorkerProcess
from tutor.framing import WireError
from tutor.lending import LentArray, SeededGenerator

_MODULE = 0
ROUNDING_DUST = 1e-12


class LearnerFailure(Exception):
    """Learner code did not get through; `failed` is the worker's account of it."""

    def __init__(self, failed: wire.Failed) -> None:
        super().__init__(failed.message)
        self.failed = failed


class Foreign(Struct, frozen=True):
    """A value of the learner's that stays in the worker; only its type's name is known."""

    type_name: str


class Changed(Struct, frozen=True):
    """A lent argument that came back different from a call."""

    where: str
    argument: str


class Conversation:
    """Requests to one worker about one learner file, in order, within one deadline."""

    def __init__(self, process: WorkerProcess, deadline: float) -> None:
        self._process = process
        self._deadline = deadline
        self._waiting: list[wire.Request] = []
        self._handles = itertools.count(1)
        self._callbacks: dict[int, Callable[..., Any]] = {}
        self._methods: set[tuple[str, str]] = set()
        self._lazy = False
        self.changed: list[Changed] = []
        self.where = ""
        ready = self._receive()
        if not isinstance(ready, wire.Ready):
            raise WireError("the worker did not say that it is ready")
        self.limits = ready

    def load(self, request: wire.Load, deadline: float) -> LearnerModule:
        """Run the learner's file; everything from here on has to be done by `deadline`.

        Raises LearnerFailure if the file does not get through.
        """
        self._deadline = deadline
        reply = self._ask(request)
        if not isinstance(reply, wire.Loaded):
            raise WireError("the worker did not load the file")
        return LearnerModule(self, frozenset(reply.classes), frozenset(reply.others))

    def mute(self, on: bool) -> None:
        """Drop what learner code prints from here on, or stop dropping it."""
        self._waiting.append(wire.Mute(on))

    def together(self, jobs: Sequence[Callable[[], Any]]) -> list[Any]:
        """What each job returns, with one round trip for the calls of all of them.

        While the jobs run, a call on learner code gives a placeholder that can be passed on to
        other calls but not looked into. A job that does look into one raises TypeError here.
        """
        self._lazy = True
        try:
            given = [job() for job in jobs]
        finally:
            self._lazy = False
        pending = [each for each in given if isinstance(each, LearnerObject)]
        request = wire.Fetch(tuple(map(_number_of, pending)))
        fetched = iter(self._unpack(self._ask_done(request).value))
        return [next(fetched) if isinstance(each, LearnerObject) else each for each in given]

    # -- what the proxies need ------------------------------------------------------------------

    def make(
        self, target: int, name: str, cls: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> LearnerObject:
        number = next(self._handles)
        self._waiting.append(wire.Make(number, target, name, *self._pack_arguments(args, kwargs)))
        return LearnerObject(self, number, cls)

    def set(self, target: int, name: str, value: Any) -> None:
        self._waiting.append(wire.Set(target, name, self._pack(value)))

    def drop(self, target: int) -> None:
        self._waiting.append(wire.Drop(target))

    def get(self, owner: LearnerObject, cls: str, name: str) -> Any:
        if (cls, name) in self._methods:
            return Bound(self, owner, cls, name)
        self.where = f"{cls}.{name}"
        value = self._ask_done(wire.Get(_number_of(owner), name)).value
        if isinstance(value, wire.Method):
            self._methods.add((cls, name))
            return Bound(self, owner, cls, name)
        return self._unpack(value)

    def call(
        self, target: int, name: str, where: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        if self._lazy:
            return self.make(target, name, "result", args, kwargs)
        request = wire.Call(target, name, *self._pack_arguments(args, kwargs))
        given = {str(position): value for position, value in enumerate(args)} | kwargs
        self.where = where
        done = self._ask_done(request)
        for argument, after in done.changed.items():
            self._note_change(where, argument, given.get(argument), after)
        return self._unpack(done.value)

    def _note_change(self, where: str, argument: str, before: Any, after: wire.Array) -> None:
        """Rounding left by `+= eps` and `-= eps` is no change; anything more is."""
        now = wire.unpack_array(after)
        if isinstance(before, np.ndarray) and now.shape == before.shape:
            dust = ROUNDING_DUST * max(1.0, float(np.abs(before).max(initial=0.0)))
            if (np.abs(now - before) <= dust).all():
                return
        name = f"argument {int(argument) + 1}" if argument.isdecimal() else f"`{argument}`"
        self.changed.append(Changed(where, name))

    # -- round trips ----------------------------------------------------------------------------

    def _ask_done(self, request: wire.Request) -> wire.Done:
        reply = self._ask(request)
        if not isinstance(reply, wire.Done):
            raise WireError(f"no answer to {self.where}")
        return reply

    def _ask(self, request: wire.Request) -> wire.Reply:
        batch, self._waiting = wire.Batch((*self._waiting, request)), []
        self._process.send(wire.frame(batch), self._deadline)
        while True:
            reply = self._receive()
            if isinstance(reply, wire.Failed):
                raise LearnerFailure(reply)
            if not isinstance(reply, wire.Asked):
                return reply
            self._process.send(wire.frame(self._answer(reply)), self._deadline)

    def _receive(self) -> wire.Reply:
        return wire.parse_reply(self._process.receive(self._deadline))

    def _answer(self, asked: wire.Asked) -> wire.Answer:
        """Call a check's function for learner code. What it raises, raises there."""
        try:
            function = self._callbacks[asked.id]
            args = [self._unpack(value) for value in asked.args]
            kwargs = {name: self._unpack(value) for name, value in asked.kwargs.items()}
            return wire.Answer(self._pack(function(*args, **kwargs)))
        except WireError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, learner code called it so
            return wire.Answer(None, error=f"{type(error).__name__}: {error}")

    # -- values ---------------------------------------------------------------------------------

    def _pack_arguments(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[wire.Value, ...], dict[str, wire.Value]]:
        packed = {name: self._pack(value) for name, value in kwargs.items()}
        return tuple(self._pack(value) for value in args), packed

    def _pack(self, value: Any) -> wire.Value:
        if isinstance(value, (np.ndarray, np.generic)):
            return wire.pack_array(value, lent=isinstance(value, LentArray))
        if isinstance(value, LearnerObject):
            return wire.Handle(_number_of(value), "")
        if isinstance(value, SeededGenerator):
            return wire.Seed(value.seed)
        if isinstance(value, (list, tuple)):
            return wire.Sequence(isinstance(value, list), tuple(map(self._pack, value)))
        if isinstance(value, dict):
            return wire.Mapping({name: self._pack(item) for name, item in value.items()})
        if callable(value):
            number = len(self._callbacks)
            self._callbacks[number] = value
            return wire.Callback(number)
        return value  # type: ignore[no-any-return]

    def _unpack(self, value: wire.Value) -> Any:
        match value:
            case wire.Array():
                array = wire.unpack_array(value)
                return array[()] if value.scalar else array
            case wire.Sequence():
                items = [self._unpack(item) for item in value.items]
                return items if value.mutable else tuple(items)
            case wire.Mapping():
                return {name: self._unpack(item) for name, item in value.items.items()}
            case wire.Handle():
                return LearnerObject(self, value.id, value.cls)
            case wire.Method():
                return Foreign("function")
            case wire.Opaque():
                return Foreign(value.type_name)
            case wire.Callback() | wire.Seed():
                return Foreign("object")
        return value


class LearnerModule:
    """The learner's file: its classes and functions as attributes."""

    def __init__(
        self, conversation: Conversation, classes: frozenset[str], others: frozenset[str]
    ) -> None:
        self._conversation = conversation
        self._classes = classes
        self._others = others

    def __getattr__(self, name: str) -> Callable[..., Any]:
        conversation = self._conversation
        if name in self._classes:
            return lambda *args, **kwargs: conversation.make(_MODULE, name, name, args, kwargs)
        if name in self._others:
            return lambda *args, **kwargs: conversation.call(_MODULE, name, name, args, kwargs)
        known = tuple(sorted(self._classes | self._others))
        failed = wire.Failed("missing", "AttributeError", name, where=name, known=known)
        raise LearnerFailure(failed)


class LearnerObject:
    """An object of the learner's, kept in the worker under a number."""

    __slots__ = ("_cls", "_conversation", "_number")

    def __init__(self, conversation: Conversation, number: int, cls: str) -> None:
        object.__setattr__(self, "_conversation", conversation)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_cls", cls)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._conversation.get(self, self._cls, name)

    def __setattr__(self, name: str, value: object) -> None:
        self._conversation.set(self._number, name, value)

    def __del__(self) -> None:
        self._conversation.drop(self._number)

    def __repr__(self) -> str:
        return f"<the learner's {self._cls}>"


def _number_of(thing: LearnerObject) -> int:
    number: int = object.__getattribute__(thing, "_number")
    return number


class Bound:
    """A method of a learner's object, which lives as long as its method is held."""

    __slots__ = ("_cls", "_conversation", "_name", "_owner")

    def __init__(
        self, conversation: Conversation, owner: LearnerObject, cls: str, name: str
    ) -> None:
        self._conversation = conversation
        self._owner = owner
        self._cls = cls
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        where = f"{self._cls}.{self._name}"
        return self._conversation.call(_number_of(self._owner), self._name, where, args, kwargs)


def deadline_in(seconds: float) -> float:
    """A deadline for `Conversation`, on the clock that it uses."""
    return time.monotonic() + seconds
