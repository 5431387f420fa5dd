"""What is tried with learner code: every case of a check, and the first case in circumstances.

A layer is used again and again: with other batches, beside other layers, with other upstream
gradients. A check does not have to say so. From its first, generic case and from `rows`, the names
of what has one row for each sample, these circumstances are derived, and the reference goes
through each of them just as learner code does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from inspect import ismethod
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tutor.checking.proxy import Bound
from tutor.spec import Case, Check

Yields = Iterable[tuple[str, Any]]
Play = Callable[[Any], Yields]

UPSTREAM = "grad_output"


class Scene(Struct, frozen=True, eq=False):
    """One thing to try: `play(module)` yields named arrays, for the case that it is about.

    `kind` is empty for a plain case. `other` holds the data of the earlier or neighbouring call in
    a circumstance that has one. Where code `may_raise`, an error is as good as the right answer.
    """

    case: Case
    play: Play
    kind: str = ""
    other: Case | None = None
    may_raise: bool = False

    @property
    def name(self) -> str:
        return self.case.name


def scenes(check: Check, cases: Iterable[Case]) -> Iterator[Scene]:
    """Every case as it is, then what follows from the first one."""
    generic: Case | None = None
    for case in cases:
        generic = generic or case
        yield _plain(check, case)
    if generic is None or not check.rows:
        return
    batch = _Batch(generic, check.rows)
    name = "once more, all anew: the same numbers again"
    yield _plain(check, generic.renamed(name), "anew")
    if batch.size >= 2:
        yield from _repeated_use(check, batch)
    yield from _other_inputs(check, batch)


def _plain(check: Check, case: Case, kind: str = "") -> Scene:
    return Scene(case, lambda module: check.probe(module, case), kind)


# -- the same object used more than once --------------------------------------------------------


def _repeated_use(check: Check, batch: _Batch) -> Iterator[Scene]:
    probe, case = check.probe, batch.case
    other, shorter = batch.other(), batch.other(batch.size - 1)

    def afterwards(before: Case) -> Play:
        def play(module: Any) -> Yields:
            again = _Again(module, check.reference)
            for _ in probe(again, before):
                pass
            again.rewind()
            yield from probe(again, case)

        return play

    def forward_twice(module: Any) -> Yields:
        again = _Again(module, check.reference)
        next(iter(probe(again, other)))
        again.rewind()
        yield from probe(again, case)

    def beside_another(module: Any) -> Yields:
        mine, theirs = iter(probe(module, case)), iter(probe(module, other))
        yield next(mine)
        next(theirs)  # another one goes forward before this one goes backward,
        backward = list(_take(mine, 1))
        for _ in theirs:  # and backward before the gradients of this one are read
            pass
        yield from backward
        yield from mine

    def scene(name: str, kind: str, play: Play, other: Case = other) -> Scene:
        return Scene(case.renamed(name), play, kind, other)

    yield scene("a second batch: the first leaves no trace", "again", afterwards(other))
    name = "another batch size: N may change between calls"
    yield scene(name, "resized", afterwards(shorter), shorter)
    yield scene("forward twice, backward once: the latest counts", "twice", forward_twice)
    yield scene("two objects at once: nothing is shared", "beside", beside_another)
    parameters = batch.other_parameters(check.gradients.values())
    if parameters is not None:
        name = "other parameters before: the present ones count"
        yield scene(name, "replaced", afterwards(parameters), parameters)
    name = "backward twice: the same again, or an error"
    yield Scene(case.renamed(name), _backward_twice(check, case), "twice over", may_raise=True)


def _take(iterator: Iterator[Any], count: int) -> Iterator[Any]:
    for _, value in zip(range(count), iterator, strict=False):
        yield value


def _backward_twice(check: Check, case: Case) -> Play:
    """Everything after the first array is asked for twice; a cache may be gone by then."""

    def play(module: Any) -> Yields:
        twice = _Twice(module, check.reference)
        arrays = iter(check.probe(twice, case))
        yield next(arrays)
        twice.over = True
        yield from arrays

    return play


class _Twice:
    """A module whose objects, once it is `over`, are called twice for each call."""

    def __init__(self, module: Any, reference: Any) -> None:
        self._module = module
        self._reference = reference
        self.over = False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._module, name)
        if not isinstance(getattr(self._reference, name, None), type):
            return found
        return lambda *args, **kwargs: _TwiceCalled(self, found(*args, **kwargs))


class _TwiceCalled:
    """An object of such a module."""

    def __init__(self, module: _Twice, thing: Any) -> None:
        object.__setattr__(self, "_module", module)
        object.__setattr__(self, "_thing", thing)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._thing, name)
        if not self._module.over or not (isinstance(found, Bound) or ismethod(found)):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            found(*args, **kwargs)
            return found(*args, **kwargs)

        return call

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._thing, name, value)


class _Again:
    """A module whose classes, after `rewind`, give the objects that they gave before."""

    def __init__(self, module: Any, reference: Any) -> None:
        self._module = module
        self._reference = reference
        self._made: defaultdict[str, list[Any]] = defaultdict(list)
        self._given: Counter[str] = Counter()

    def rewind(self) -> None:
        self._given.clear()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._module, name)
        if not isinstance(getattr(self._reference, name, None), type):
            return found

        def make(*args: Any, **kwargs: Any) -> Any:
            made, number = self._made[name], self._given[name]
            if number == len(made):
                made.append(found(*args, **kwargs))
            self._given[name] += 1
            return made[number]

        return make


# -- other inputs, whose answers follow from the first ones -------------------------------------


def _other_inputs(check: Check, batch: _Batch) -> Iterator[Scene]:
    """Inputs of which the right answers are related to those of the generic case."""
    case = batch.case
    if UPSTREAM in case:
        one = np.asarray(case.grad_output)
        two = _altered(one)
        name = "another upstream gradient"
        yield _plain(check, case.renamed(name).replace(grad_output=two), "upstream")
        name = "upstream 0: no blame, no gradient"
        yield _plain(check, case.renamed(name).replace(grad_output=0.0 * one), "zero")
        name = "upstream 2·d − 3·e: backward is linear in it"
        both = 2.0 * one - 3.0 * two
        yield _plain(check, case.renamed(name).replace(grad_output=both), "combined")
    if batch.size >= 2:
        name = "rows in another order: their answers move along"
        yield _plain(check, batch.rolled().renamed(name), "rolled")
        yield _plain(check, batch.other().renamed("other data, of the same sizes"), "other")
        name = "two batches in one: longer, and nothing else"
        yield _plain(check, batch.joined(batch.other()).renamed(name), "joined")


class _Batch:
    """The generic case, as rows."""

    def __init__(self, case: Case, rows: tuple[str, ...]) -> None:
        self.case = case
        self._rows = {name: np.asarray(getattr(case, name)) for name in rows if name in case}
        lengths = {array.shape[0] for array in self._rows.values() if array.ndim}
        self.size = min(lengths, default=0)

    def _replaced(self, change: Callable[[NDArray[Any]], NDArray[Any]]) -> Case:
        return self.case.replace(**{name: change(array) for name, array in self._rows.items()})

    def other(self, size: int | None = None) -> Case:
        """Other data of the same kind; `size` rows of it."""
        return self._replaced(lambda array: _altered(array)[:size])

    def other_parameters(self, differentiated: Iterable[str]) -> Case | None:
        """Other data and other parameters: what is differentiated by and has no row a sample."""
        names = [name for name in differentiated if name in self.case and name not in self._rows]
        changed = {name: _altered(np.asarray(getattr(self.case, name))) for name in names}
        return self.other().replace(**changed) if changed else None

    def rolled(self) -> Case:
        return self._replaced(roll)

    def joined(self, other: Case) -> Case:
        pairs = {name: (array, getattr(other, name)) for name, array in self._rows.items()}
        return self.case.replace(**{name: np.concatenate(pair) for name, pair in pairs.items()})


def roll(array: NDArray[Any]) -> NDArray[Any]:
    """The rows moved down by one, the last one first."""
    return np.roll(array, 1, axis=0)


def _altered(array: NDArray[Any]) -> NDArray[Any]:
    """Other numbers that are as good as the given ones: of both signs, at the same scale."""
    turned = array[::-1]
    return -0.75 * turned if array.dtype.kind == "f" else turned.copy()
