"""The learner's module, its objects and its results as objects in this process.

    layer = learner.Linear(3, 5)      # remembered, sent with the next request that needs a reply
    layer.W = W                       # remembered
    output = layer.forward(x)         # one round trip for all three

The code runs in a worker; `tutor.checking.conversation` carries the calls there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, Protocol

from msgspec import Struct

from tutor import wire


class LearnerFailure(Exception):
    """Learner code did not get through; `failed` is the worker's account of it."""

    def __init__(self, failed: wire.Failed) -> None:
        super().__init__(failed.message)
        self.failed = failed


class LookedInto(TypeError):
    """A pending result was used as if it were here."""


class Talk(Protocol):
    """What proxies need of a conversation with a worker. Handle 0 is the module."""

    def make(
        self, target: int, name: str, cls: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> LearnerObject: ...

    def call(
        self, target: int, name: str, where: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any: ...

    def measure(self, target: int, name: str, where: str, args: tuple[Any, ...]) -> Any: ...

    def operate(self, operator: str, cls: str, *operands: Any) -> LearnerObject: ...

    def get(self, owner: LearnerObject, cls: str, name: str) -> Any: ...

    def set(self, target: int, name: str, value: Any) -> None: ...

    def drop(self, target: int) -> None: ...


class Foreign(Struct, frozen=True):
    """A value of the learner's that stays in the worker; only its type's name is known."""

    type_name: str


class LearnerModule:
    """The learner's file: its classes and functions as attributes."""

    def __init__(self, talk: Talk, classes: frozenset[str], others: frozenset[str]) -> None:
        self._talk = talk
        self._classes = classes
        self._others = others

    def __getattr__(self, name: str) -> Callable[..., Any]:
        talk = self._talk
        if name in self._classes:
            return lambda *args, **kwargs: talk.make(wire.MODULE, name, name, args, kwargs)
        if name in self._others:
            return Function(talk, name)
        known = tuple(sorted(self._classes | self._others))
        raise LearnerFailure(
            wire.Failed("missing", "AttributeError", name, where=name, known=known)
        )


class Function:
    """A function of the learner's file."""

    __slots__ = ("_name", "_talk")

    def __init__(self, talk: Talk, name: str) -> None:
        self._talk = talk
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._talk.call(wire.MODULE, self._name, self._name, args, kwargs)

    def measured(self, *args: Any) -> Any:
        """The result, and the peak of the memory that the call allocated, in bytes."""
        return self._talk.measure(wire.MODULE, self._name, self._name, args)


Operator = Callable[["LearnerObject", Any], "LearnerObject"]


def _both_sides(operator: str) -> tuple[Operator, Operator]:
    """What a binary operator does with an object on its left, and on its right."""

    def on_the_left(self: LearnerObject, other: Any) -> LearnerObject:
        made: LearnerObject = self._talk.operate(operator, self._cls, self, other)
        return made

    def on_the_right(self: LearnerObject, other: Any) -> LearnerObject:
        made: LearnerObject = self._talk.operate(operator, self._cls, other, self)
        return made

    return on_the_left, on_the_right


class LearnerObject:
    """An object of the learner's, kept in the worker under a number.

    Python's operators work on it as they would there; their results stay there, too.
    """

    __slots__ = ("_cls", "_number", "_talk")

    def __init__(self, talk: Talk, number: int, cls: str) -> None:
        object.__setattr__(self, "_talk", talk)
        object.__setattr__(self, "_number", number)
        object.__setattr__(self, "_cls", cls)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._talk.get(self, self._cls, name)

    def __setattr__(self, name: str, value: object) -> None:
        self._talk.set(self._number, name, value)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._talk.call(self._number, "__call__", self._cls, args, kwargs)

    def __del__(self) -> None:
        self._talk.drop(self._number)

    __array_ufunc__ = None  # so that NumPy leaves `array * object` to the object

    __add__, __radd__ = _both_sides("add")
    __sub__, __rsub__ = _both_sides("sub")
    __mul__, __rmul__ = _both_sides("mul")
    __truediv__, __rtruediv__ = _both_sides("truediv")
    __pow__, __rpow__ = _both_sides("pow")
    __matmul__, __rmatmul__ = _both_sides("matmul")

    def __neg__(self) -> LearnerObject:
        made: LearnerObject = self._talk.operate("neg", self._cls, self)
        return made

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError(f"an object of class {self._cls} is no array")

    def __repr__(self) -> str:
        return f"<the learner's {self._cls}>"


class Pending(LearnerObject):
    """A result that is still in the worker. It can be passed on, but not looked into."""

    __slots__ = ()

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        raise LookedInto(name)

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        raise LookedInto("as an array")

    def __bool__(self) -> NoReturn:
        raise LookedInto("as a truth value")

    def __eq__(self, other: object) -> NoReturn:
        raise LookedInto("in a comparison")

    def __iter__(self) -> NoReturn:
        raise LookedInto("one by one")

    def __getitem__(self, index: object) -> NoReturn:
        raise LookedInto("by index")

    def __float__(self) -> NoReturn:
        raise LookedInto("as a number")

    __hash__ = None  # type: ignore[assignment]


def number_of(thing: LearnerObject) -> int:
    """The handle under which the worker keeps an object."""
    number: int = object.__getattribute__(thing, "_number")
    return number


class Bound:
    """A method of a learner's object, which lives as long as its method is held."""

    __slots__ = ("_cls", "_name", "_owner", "_talk")

    def __init__(self, talk: Talk, owner: LearnerObject, cls: str, name: str) -> None:
        self._talk = talk
        self._owner = owner
        self._cls = cls
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._talk.call(number_of(self._owner), self._name, self._where, args, kwargs)

    def measured(self, *args: Any) -> Any:
        """The result, and the peak of the memory that the call allocated, in bytes."""
        return self._talk.measure(number_of(self._owner), self._name, self._where, args)

    @property
    def _where(self) -> str:
        return f"{self._cls}.{self._name}"
