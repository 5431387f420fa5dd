"""Code of this process, called as if it ran in a worker: what goes over is a copy.

Arguments are read-only arrays, attributes that are set are the callee's own, results are what
they were when they were given, and whether a lent array came back changed is noted.
"""

from __future__ import annotations

import operator
import tracemalloc
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from tutor.checking.conversation import ROUNDING_DUST
from tutor.checking.proxy import Bound, Foreign
from tutor.lent import LentArray, SeededGenerator
from tutor.wire import NUMERIC_KINDS


class Handed:
    """The classes and functions of a module, as a check's probe sees them.

    `altered` says whether a lent array was not put back.
    """

    def __init__(self, module: ModuleType) -> None:
        self._module = module
        self.altered = False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._module, name)
        if not callable(found):
            raise TypeError(f"{name} is no function and no class")
        return _Function(self, found)

    def has_class(self, kind: type) -> bool:
        return kind.__module__ == self._module.__name__

    def call(
        self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        sent, named = [_sent(each) for each in args], _sent(kwargs)
        value = _received(self, function(*sent, **named))
        self._look_at(args, sent)
        self._look_at(kwargs.values(), named.values())
        return value

    def measure(self, function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, int]:
        """A call with the peak of the bytes that were allocated in it."""
        sent = [_sent(each) for each in args]
        tracemalloc.start()
        try:
            value = function(*sent)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        return _received(self, value), peak

    def _look_at(self, before: Any, after: Any) -> None:
        for lent, now in zip(before, after, strict=True):
            if isinstance(lent, LentArray):
                dust = ROUNDING_DUST * max(1.0, float(np.abs(lent).max(initial=0.0)))
                kept = now.shape == lent.shape and bool((np.abs(now - lent) <= dust).all())
                self.altered = self.altered or not kept


class _Function(Bound):
    """A function or a method, whose values go over as copies."""

    __slots__ = ("_function", "_handed")

    def __init__(self, handed: Handed, function: Callable[..., Any]) -> None:
        self._handed = handed
        self._function = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._handed.call(self._function, args, kwargs)

    def measured(self, *args: Any) -> tuple[Any, int]:
        return self._handed.measure(self._function, args)


def _both_sides(function: Callable[[Any, Any], Any]) -> tuple[Any, Any]:
    def on_the_left(self: Thing, other: Any) -> Any:
        return _handed_of(self).call(function, (self, other), {})

    def on_the_right(self: Thing, other: Any) -> Any:
        return _handed_of(self).call(function, (other, self), {})

    return on_the_left, on_the_right


class Thing:
    """An object of the module's; Python's operators work on it as they do there."""

    __slots__ = ("_handed", "_object")

    def __init__(self, handed: Handed, held: Any) -> None:
        object.__setattr__(self, "_handed", handed)
        object.__setattr__(self, "_object", held)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _received(_handed_of(self), getattr(_object_of(self), name))

    def __setattr__(self, name: str, value: object) -> None:
        sent = _sent(value)
        setattr(_object_of(self), name, sent.copy() if isinstance(sent, np.ndarray) else sent)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _handed_of(self).call(_object_of(self), args, kwargs)

    __array_ufunc__ = None  # so that NumPy leaves `array * thing` to the thing

    __add__, __radd__ = _both_sides(operator.add)
    __sub__, __rsub__ = _both_sides(operator.sub)
    __mul__, __rmul__ = _both_sides(operator.mul)
    __truediv__, __rtruediv__ = _both_sides(operator.truediv)
    __pow__, __rpow__ = _both_sides(operator.pow)
    __matmul__, __rmatmul__ = _both_sides(operator.matmul)

    def __neg__(self) -> Any:
        return _handed_of(self).call(operator.neg, (self,), {})

    def __array__(self, *_: Any, **__: Any) -> Any:
        raise TypeError("an object is no array")


def _handed_of(thing: Thing) -> Handed:
    handed: Handed = object.__getattribute__(thing, "_handed")
    return handed


def _object_of(thing: Thing) -> Any:
    return object.__getattribute__(thing, "_object")


def _sent(value: Any) -> Any:
    """What the callee is given."""
    if isinstance(value, np.ndarray):
        copy = np.array(value, order="K")  # a plain array, of a lent one as well
        copy.flags.writeable = isinstance(value, LentArray)
        return copy
    if isinstance(value, Thing):
        return _object_of(value)
    if isinstance(value, SeededGenerator):
        return np.random.default_rng(value.seed)
    if isinstance(value, (list, tuple)):
        return type(value)(map(_sent, value))
    if isinstance(value, dict):
        return {name: _sent(item) for name, item in value.items()}
    return value


def _received(handed: Handed, value: Any) -> Any:
    """What the caller is given."""
    kind = type(value)
    if isinstance(value, (np.ndarray, np.generic)):
        numeric = value.dtype.kind in NUMERIC_KINDS
        return value.copy(order="K") if numeric else Foreign(kind.__name__)
    if kind in (list, tuple):
        return kind(_received(handed, each) for each in value)
    if kind is dict:
        return {name: _received(handed, item) for name, item in value.items()}
    if handed.has_class(kind):
        return Thing(handed, value)
    return _Function(handed, value) if callable(value) else value
