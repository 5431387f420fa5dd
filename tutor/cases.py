"""What a check file is made of: cases, the probe's calls, and the misconceptions it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np


class Case:
    """One set of inputs of a check, with a name that says why it exists.

    Quantities are attributes: `Case("one row", x=x, W=W).x`. Frozen; `replace` makes another.
    """

    __slots__ = ("_quantities", "name")

    name: str

    def __init__(self, name: str, /, **quantities: Any) -> None:
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "_quantities", quantities)

    def __getattr__(self, quantity: str) -> Any:
        try:
            return object.__getattribute__(self, "_quantities")[quantity]
        except KeyError:
            raise AttributeError(
                f"case {self.name!r} has no quantity {quantity!r}; it has {', '.join(self)}"
            ) from None

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError("a Case is frozen; use replace()")

    def __contains__(self, quantity: object) -> bool:
        return quantity in self._quantities

    def __iter__(self) -> Iterator[str]:
        return iter(self._quantities)

    def replace(self, **quantities: Any) -> Case:
        """The same case with some quantities exchanged."""
        return Case(self.name, **{**self._quantities, **quantities})

    def renamed(self, name: str) -> Case:
        """The same quantities under another name."""
        return Case(name, **self._quantities)

    def fingerprint(self) -> bytes:
        """The same 32 bytes for the same numbers, so that a recording knows what it belongs to.

        Functions and other objects of a check's own count for nothing.
        """
        return sha256(b"".join(_content(self._quantities))).digest()

    def __repr__(self) -> str:
        return f"Case({self.name!r}, {', '.join(self)})"


def _content(quantity: Any) -> Iterator[bytes]:
    """Numbers and texts, however deep in lists and dicts, with what they are and where."""
    import numpy as np

    if isinstance(quantity, dict):
        for name, each in sorted(quantity.items()):
            yield f"{{{name}}}".encode()
            yield from _content(each)
    elif isinstance(quantity, (list, tuple)):
        yield f"[{len(quantity)}]".encode()
        for each in quantity:
            yield from _content(each)
    elif isinstance(quantity, str):
        yield repr(quantity).encode()
    elif isinstance(quantity, (np.ndarray, np.generic, float, int)):
        array = np.ascontiguousarray(quantity)
        yield f"{array.dtype.str} {array.shape}".encode()
        yield array.tobytes()


Probe = Callable[[Any, Case], Iterable[tuple[str, Any]]]


class Misconception(Struct, frozen=True, eq=False):
    """A mistake with a name, in a form that reproduces its numbers.

    With `arrays`, `bend(case, right)` gives these arrays as the mistake makes them (one array, or
    a tuple of as many), from the case's quantities and the right arrays. Without, `bend(module)`
    changes a fresh copy of the reference module. `says` tells what was done, `why` why that is
    wrong; `read` names a lesson and its section (`linear-layer#one-number-at-a-time`), `hint` the
    number of the hint that fits, 0 for none.
    """

    id: str
    arrays: tuple[str, ...]
    says: str
    why: str
    read: str
    hint: int
    bend: Callable[..., Any]


def misconception(
    *arrays: str, says: str, why: str, read: str = "", hint: int = 0
) -> Callable[[Callable[..., Any]], Misconception]:
    """Make a misconception of a function; the function's name is its id."""

    def decorate(bend: Callable[..., Any]) -> Misconception:
        return Misconception(bend.__name__, arrays, says, why, read, hint, bend)

    return decorate


class Check(Struct, frozen=True, eq=False):
    """A check file, loaded: what to call, on which cases, and what learners get wrong.

    `gradients` maps an array of the probe to the quantity that it differentiates by; arrays that
    are not in it belong to the forward pass. `rows` names the quantities and arrays that have one
    row for each sample; a gradient that is not in it is a sum over the rows. `traced` says that
    the probe yields gradients in the order in which backward reaches them. `tolerance` is relative
    to an array's largest entry. `quantities(case, right)` gives what a formula may be made of
    besides the case's own quantities. `fresh_reference` loads the reference once more, for
    misconceptions to bend. `recorded` holds arrays that PyTorch gave, by case and array.
    """

    cases: Callable[[np.random.Generator], Iterable[Case]]
    probe: Probe
    reference: Any
    gradients: Mapping[str, str]
    tolerance: float = 1e-9
    rows: tuple[str, ...] = ()
    traced: bool = False
    quantities: Callable[[Case, Any], Mapping[str, Any]] | None = None
    misconceptions: tuple[Misconception, ...] = ()
    fresh_reference: Callable[[], Any] | None = None
    recorded: Mapping[str, Mapping[str, Any]] = {}
