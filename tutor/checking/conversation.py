"""Requests to one worker about one learner file, in order, in as few round trips as can be.

What needs no result waits for the next request that does. Where many results are wanted at once
(`collect`, `together`), calls give pending results that are fetched in one round trip; a caller
that looks into one of them is run again with a round trip for every call.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from msgspec import Struct, structs

from tutor import wire
from tutor.checking.process import WorkerProcess
from tutor.checking.proxy import (
    Bound,
    Foreign,
    LearnerFailure,
    LearnerModule,
    LearnerObject,
    LookedInto,
    Pending,
    number_of,
)
from tutor.framing import WireError
from tutor.lending import Followed, Follower, Limited
from tutor.lent import LentArray, SeededGenerator

ROUNDING_DUST = 1e-12
MAX_CALLBACK_ENTRIES = 100_000
MAX_VALUES = 1_000_000


def deadline_in(seconds: float) -> float:
    """A deadline for `Conversation`, on the clock that it uses."""
    return time.monotonic() + seconds


class Changed(Struct, frozen=True):
    """A lent argument that came back different from a call."""

    where: str
    argument: str


Listener = Callable[[Followed], None]


class Conversation:
    """One worker, one learner file, one deadline.

    Raises LearnerFailure where learner code does not get through, and TimedOut, Died or WireError
    where the worker is lost. `where` names the learner function that runs, if it is known, and
    `case` the case that it runs in. `listener` hears what learner code reports to a Follower.
    """

    def __init__(
        self, process: WorkerProcess, deadline: float, listener: Listener | None = None
    ) -> None:
        self._process = process
        self._deadline = deadline
        self._listener = listener
        self._waiting: list[wire.Request] = []
        self._handles = itertools.count(wire.FIRST_FREE)
        self._callbacks: list[Callable[..., Any]] = []
        self._methods: dict[tuple[str, str], bool] = {}
        self._lazy = False
        self._lazy_works = True
        self._lend_all = False
        self._budget = MAX_VALUES
        self.changed: list[Changed] = []
        self.renamed: dict[str, str] = {}  # attributes that are read under another name
        self.where = ""
        self.case = ""
        ready = self._receive()
        if not isinstance(ready, wire.Ready):
            raise WireError("the worker did not say that it is ready")
        self.limits = ready

    def load(self, request: wire.Load, deadline: float) -> LearnerModule:
        """Run the learner's file; everything from here on has to be done by `deadline`."""
        self._deadline = deadline
        reply = self._ask(request)
        if not isinstance(reply, wire.Loaded):
            raise WireError("the worker did not load the file")
        return LearnerModule(self, frozenset(reply.classes), frozenset(reply.others))

    def mute(self, on: bool) -> None:
        """Drop what learner code prints from here on, or stop dropping it."""
        self._waiting.append(wire.Mute(on))

    # -- many results at once -------------------------------------------------------------------

    def collect(
        self, probe: Callable[[], Iterable[tuple[str, Any]]], into: dict[str, Any], *, lazy: bool
    ) -> None:
        """What a probe yields, by name. On a failure `into` holds what came before it."""
        if lazy and self._lazy_works:
            try:
                self._collect_lazily(probe, into)
                return
            except LookedInto:
                self._lazy_works = False
                into.clear()
        into.update(probe())

    def _collect_lazily(
        self, probe: Callable[[], Iterable[tuple[str, Any]]], into: dict[str, Any]
    ) -> None:
        given: dict[str, Any] = {}
        try:
            with self._pending_results():
                given.update(probe())
            into.update(zip(given, self._fetch(list(given.values())), strict=True))
        except LearnerFailure as failure:
            try:
                for name, value in given.items():
                    into[name] = self._fetch([value])[0]
            except LearnerFailure:
                pass  # this one was never reached
            raise failure from None

    def passes_when_lent(self, probe: Callable[[], Iterable[tuple[str, Any]]]) -> bool:
        """Whether a probe that failed on a read-only array goes through once all may be written.

        If so, it was an argument that learner code wrote to; if not, an array of its own.
        """
        self._lend_all = True
        try:
            for _ in probe():
                pass
        except LearnerFailure as failure:
            return failure.failed.kind != "readonly"
        finally:
            self._lend_all = False
            self.changed.clear()
        return True

    def together(self, jobs: Sequence[Callable[[], Any]]) -> list[Any]:
        """What each job returns."""
        if self._lazy_works:
            try:
                with self._pending_results():
                    given = [job() for job in jobs]
                return self._fetch(given)
            except LookedInto:
                self._lazy_works = False
        return [job() for job in jobs]

    @contextmanager
    def _pending_results(self) -> Iterator[None]:
        self._lazy = True
        try:
            yield
        except LookedInto:
            # What was to be called is called again; only housekeeping is not.
            self._waiting = [each for each in self._waiting if isinstance(each, _HOUSEKEEPING)]
            raise
        finally:
            self._lazy = False

    def _fetch(self, values: list[Any]) -> list[Any]:
        held = [each.value if isinstance(each, Limited) else each for each in values]
        pending = [each for each in held if isinstance(each, Pending)]
        if not pending:
            return values
        self.where = ""
        reply = self._ask_done(wire.Fetch(tuple(map(number_of, pending)))).value
        if not isinstance(reply, wire.Sequence) or len(reply.items) != len(pending):
            raise WireError("other results than were asked for")
        fetched = iter(self._unpack(reply))
        here = [next(fetched) if isinstance(each, Pending) else each for each in held]
        return [
            structs.replace(was, value=now) if isinstance(was, Limited) else now
            for was, now in zip(values, here, strict=True)
        ]

    # -- what the proxies need ------------------------------------------------------------------

    def make(
        self, target: int, name: str, cls: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> LearnerObject:
        return self._make(LearnerObject, target, name, cls, args, kwargs)

    def operate(self, operator: str, cls: str, *operands: Any) -> LearnerObject:
        """What an operator of Python's gives on the learner's side; it is taken for a `cls`."""
        kind = Pending if any(isinstance(each, Pending) for each in operands) else LearnerObject
        return self._make(kind, wire.OPERATION, operator, cls, operands, {})

    def _make(
        self,
        kind: type[LearnerObject],
        target: int,
        name: str,
        cls: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> LearnerObject:
        number = next(self._handles)
        self._waiting.append(wire.Make(number, target, name, *self._pack_arguments(args, kwargs)))
        return kind(self, number, cls)

    def set(self, target: int, name: str, value: Any) -> None:
        self._waiting.append(wire.Set(target, name, self._pack(value)))

    def drop(self, target: int) -> None:
        self._waiting.append(wire.Drop(target))

    def get(self, owner: LearnerObject, cls: str, name: str) -> Any:
        name = self.renamed.get(name, name)
        is_method = self._methods.get((cls, name))
        if is_method:
            return Bound(self, owner, cls, name)
        if self._lazy and is_method is False:
            number = next(self._handles)
            self._waiting.append(wire.Take(number, number_of(owner), name))
            return Pending(self, number, "result")
        self.where = f"{cls}.{name}"
        value = self._ask_done(wire.Get(number_of(owner), name)).value
        self._methods[cls, name] = isinstance(value, wire.Method)
        if isinstance(value, wire.Method):
            return Bound(self, owner, cls, name)
        return self._unpack(value)

    def call(
        self, target: int, name: str, where: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        given = {str(position): value for position, value in enumerate(args)} | kwargs
        lent = any(isinstance(value, LentArray) for value in given.values())
        if self._lazy and not lent:
            return self._make(Pending, target, name, "result", args, kwargs)
        self.where = where
        done = self._ask_done(wire.Call(target, name, *self._pack_arguments(args, kwargs)))
        for argument, after in done.changed.items():
            self._note_change(where, argument, given, after)
        return self._unpack(done.value)

    def measure(self, target: int, name: str, where: str, args: tuple[Any, ...]) -> tuple[Any, int]:
        """A call with the peak of its memory in bytes; never put off."""
        self.where = where
        packed, _ = self._pack_arguments(args, {})
        done = self._ask_done(wire.Call(target, name, packed, {}, measured=True))
        return self._unpack(done.value), done.peak

    def _note_change(
        self, where: str, argument: str, given: dict[str, Any], after: wire.Array
    ) -> None:
        """Rounding left by `+= eps` and `-= eps` is no change; anything more is."""
        before = given.get(argument)
        now = wire.unpack_array(after)
        if isinstance(before, np.ndarray) and now.shape == before.shape:
            dust = ROUNDING_DUST * max(1.0, float(np.abs(before).max(initial=0.0)))
            if (np.abs(now - before) <= dust).all():
                return
        if argument not in given:
            raise WireError("an argument that was not given")
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
        if not 0 <= asked.id < len(self._callbacks):
            raise WireError("a function was called that was never given")
        function = self._callbacks[asked.id]
        args = [self._unpack(value) for value in asked.args]
        kwargs = {name: self._unpack(value) for name, value in asked.kwargs.items()}
        given = (*args, *kwargs.values())
        refused = next(filter(None, map(_not_callable_with, given)), "")
        if not refused and isinstance(function, Follower):
            refused = _not_one_number(function, given)
        if refused:
            return wire.Answer(None, error=refused)
        try:
            with np.errstate(all="ignore"):
                answer = wire.Answer(self._pack(function(*args, **kwargs)))
        except WireError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, learner code called it so
            return wire.Answer(
                None, error=f"the function cannot work with what it was given: {error}"
            )
        if isinstance(function, Follower) and self._listener is not None:
            value = float(np.asarray(given[0]).reshape(()))
            self._listener(Followed(self.case, function.name, asked.id, value))
        return answer

    # -- values ---------------------------------------------------------------------------------

    def _pack_arguments(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[tuple[wire.Value, ...], dict[str, wire.Value]]:
        packed = {name: self._pack(value) for name, value in kwargs.items()}
        return tuple(self._pack(value) for value in args), packed

    def _pack(self, value: Any) -> wire.Value:
        if isinstance(value, (np.ndarray, np.generic)):
            return wire.pack_array(value, lent=self._lend_all or isinstance(value, LentArray))
        if isinstance(value, LearnerObject):
            return wire.Handle(number_of(value), "")
        if isinstance(value, SeededGenerator):
            return wire.Seed(value.seed)
        if isinstance(value, (list, tuple)):
            return wire.Sequence(isinstance(value, list), tuple(map(self._pack, value)))
        if isinstance(value, dict):
            return wire.Mapping({name: self._pack(item) for name, item in value.items()})
        if callable(value):
            self._callbacks.append(value)
            return wire.Callback(len(self._callbacks) - 1)
        return value  # type: ignore[no-any-return]

    def _unpack(self, value: wire.Value) -> Any:
        self._budget -= 1
        if self._budget < 0:
            raise WireError("more values than any exercise gives")
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


_HOUSEKEEPING = (wire.Mute, wire.Drop)


def _not_callable_with(value: Any) -> str:
    """Why a check's function is not called with a value; empty if it is."""
    if isinstance(value, np.ndarray) and value.size > MAX_CALLBACK_ENTRIES:
        return f"the function was called with an array of shape {value.shape}: too large"
    if isinstance(value, (np.ndarray, np.generic, float, int)):
        return "the function was called with complex numbers" if np.iscomplexobj(value) else ""
    kind = value.type_name if isinstance(value, Foreign) else type(value).__name__
    return f"the function takes an array; it was called with: {kind}"


def _not_one_number(follower: Follower, given: Sequence[Any]) -> str:
    """Why what a Follower was called with is no point of its curve; empty if it is one."""
    if len(given) == 1 and np.size(given[0]) == 1:
        return ""
    told = f"an array of shape {np.shape(given[0])}" if len(given) == 1 else f"{len(given)} values"
    return f"the function for the {follower.name} takes one number; it was called with {told}"
