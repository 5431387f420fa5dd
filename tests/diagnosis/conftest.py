"""A check of a small layer, with one misconception of each form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from evidence_of import Linear, module_of

from tutor.spec import Case, Check, misconception


def cases(rng: np.random.Generator) -> Iterator[Case]:
    for name, rows, wide, out in (("generic", 4, 3, 2), ("square", 3, 3, 3), ("one row", 1, 3, 2)):
        yield Case(
            name,
            x=rng.normal(size=(rows, wide)),
            W=rng.normal(size=(wide, out)),
            grad_output=rng.normal(size=(rows, out)),
        )


def probe(learner: Any, case: Case) -> Iterator[tuple[str, Any]]:
    layer = learner.Linear()
    layer.W = case.W
    yield "output", layer.forward(case.x)
    yield "grad_input", layer.backward(case.grad_output)
    yield "grad_W", layer.grad_W


@misconception("grad_W", says="turned round", why="because", read="a#b", hint=2)
def turned_round(case: Case, right: Any) -> Any:
    return right.grad_W.T


@misconception("grad_W", says="averaged", why="because")
def averaged(case: Case, right: Any) -> Any:
    return right.grad_W / len(case.x)


@misconception("grad_input", says="not turned", why="because")
def not_turned(case: Case, right: Any) -> Any:
    return case.grad_output @ case.W


@misconception(says="everything doubled", why="because")
def doubled(module: Any) -> None:
    class Doubled(module.Linear):  # type: ignore[misc, name-defined]
        def backward(self, grad_output: Any) -> Any:
            return super().backward(2 * grad_output)

    module.Linear = Doubled


@pytest.fixture
def check() -> Check:
    return Check(
        cases=cases,
        probe=probe,
        reference=module_of(Linear),
        gradients={"grad_input": "x", "grad_W": "W"},
        rows=("x", "grad_output", "output", "grad_input"),
        quantities=lambda case, right: {"N": len(case.x)},
        misconceptions=(turned_round, averaged, not_turned, doubled),
        fresh_reference=lambda: module_of(Linear),
    )
