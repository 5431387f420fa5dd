"""Learner values to and from the wire; what has no place on it stays here under a number."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from tutor import wire

HANDLES_FROM = 1 << 32

MakeCallback = Callable[[int], Callable[..., Any]]
IsLearners = Callable[[type], bool]


class Values:
    """The objects of one learner file, by handle; handle 0 is the module itself.

    The tutor numbers the handles that it asks for, the worker those of objects that learner code
    returns, from `HANDLES_FROM` on.
    """

    def __init__(self, make_callback: MakeCallback, is_learners: IsLearners) -> None:
        self.objects: dict[int, Any] = {}
        self._make_callback = make_callback
        self._is_learners = is_learners
        self._numbers = itertools.count(HANDLES_FROM)

    def unpack(self, value: wire.Value) -> Any:
        match value:
            case wire.Array():
                array = wire.unpack_array(value)
                if value.scalar:
                    return array[()]
                return array.copy(order="K") if value.lent else array
            case wire.Sequence():
                items = [self.unpack(item) for item in value.items]
                return items if value.mutable else tuple(items)
            case wire.Mapping():
                return {name: self.unpack(item) for name, item in value.items.items()}
            case wire.Handle():
                return self.objects[value.id]
            case wire.Callback():
                return self._make_callback(value.id)
            case wire.Seed():
                return np.random.default_rng(value.seed)
        return value

    def pack(self, value: Any, name: str = "", depth: int = 0) -> wire.Value:
        kind = type(value)
        if value is None or kind is bool:
            return value  # type: ignore[no-any-return]
        if isinstance(value, (np.ndarray, np.generic)):
            return _pack_array(value)
        if isinstance(value, float):
            return float(value)
        if kind is int:
            fits = -(1 << 63) <= value < 1 << 64
            return int(value) if fits else wire.Opaque("int of many digits")
        if kind is str:
            return str(value)[: wire.MAX_ITEMS].encode("utf-8", "replace").decode()
        if kind in (list, tuple, dict):
            return self._pack_container(value, depth)
        if self._is_learners(kind):
            number = next(self._numbers)
            self.objects[number] = value
            return wire.Handle(number, kind.__name__)
        if callable(value):
            return wire.Method(name)
        return wire.Opaque(kind.__name__)

    def _pack_container(self, value: Any, depth: int) -> wire.Value:
        if depth >= wire.MAX_DEPTH or len(value) > wire.MAX_ITEMS:
            return wire.Opaque(f"{type(value).__name__} that is too large to look at")
        if isinstance(value, dict):
            return wire.Mapping(
                {str(key): self.pack(item, depth=depth + 1) for key, item in value.items()}
            )
        return wire.Sequence(
            isinstance(value, list), tuple(self.pack(item, depth=depth + 1) for item in value)
        )


def _pack_array(array: np.ndarray[Any, Any] | np.generic) -> wire.Value:
    """An array, if its kind and its size can travel. Said before any memory is asked for."""
    if array.dtype.kind not in wire.NUMERIC_KINDS:
        return wire.Opaque(f"{type(array).__name__} of dtype {array.dtype}")
    if array.nbytes > wire.MAX_ARRAY:
        return wire.Opaque(f"array of shape {array.shape}, {array.nbytes // 10**6} MB")
    return wire.pack_array(array)
