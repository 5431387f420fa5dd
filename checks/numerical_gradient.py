"""Is this the central difference of f, entry by entry, with the step that was asked for?

The referee here is the same formula, so the tolerance only has to cover rounding: ways to
write a central difference agree to 3e-9 on these cases, and a one-sided one is off by 1e-6 or
more on most. `x` is lent: nudging it in place is allowed, leaving it changed is not.
"""

import numpy as np

from tutor.spec import Case, lend

gradients = {}
tolerance = 2e-8


def sum_of_squares(x):
    return float(np.sum(x**2))


def sum_of_cubes(x):
    return float(np.sum(x**3))


def sum_of_reciprocals(x):
    return float(np.sum(1.0 / x))


def sum_of_sines(x):
    return float(np.sum(np.sin(x)))


def product(x):
    return float(np.prod(x))


def weighted_squares(weights):
    def f(x):
        return float(np.sum(weights * x**2))

    return f


def cases(rng):
    yield Case("squares: each slope is 2x", f=sum_of_squares, x=rng.normal(size=5))
    yield Case("one entry", f=sum_of_sines, x=np.array([0.7]))
    yield Case("zeros in x: a step relative to x vanishes", f=sum_of_sines, x=np.zeros(3))
    yield Case("a product: the others must stand still", f=product, x=rng.uniform(1, 2, 4))
    yield Case(
        "steep: a one-sided difference is visibly off",
        f=sum_of_reciprocals,
        x=np.array([0.01, 0.02, -0.015]),
    )
    yield Case(
        "a matrix of 60: the answer has the shape of x",
        f=weighted_squares(rng.normal(size=(5, 12))),
        x=rng.normal(size=(5, 12)),
    )
    yield Case(
        "a transposed view: ravel() nudges a copy",
        f=weighted_squares(rng.normal(size=(2, 3, 2))),
        x=rng.normal(size=(2, 3, 2)).T,
    )
    yield Case("large entries", f=sum_of_squares, x=np.array([1000.5, -870.25, 640.1]))
    yield Case("eps = 0.5, cubes: 3x² + eps²", f=sum_of_cubes, x=rng.normal(size=3), eps=0.5)
    yield Case(
        "eps = 0.25, given by its name",
        f=sum_of_cubes,
        x=rng.normal(size=3),
        by_name={"eps": 0.25},
    )
    yield Case(
        "tiny entries: + eps - eps leaves dust, a stored x none",
        f=sum_of_squares,
        x=np.array([3e-7, -2e-6, 0.1, -0.7]),
    )


def probe(learner, case):
    step = (case.eps,) if "eps" in case else ()
    named = case.by_name if "by_name" in case else {}
    yield "grad", learner.numerical_gradient(case.f, lend(case.x), *step, **named)
