"""Is the answer twice the input, for numbers and for arrays?

There is no gradient here: this check lets a learner meet a verdict before meeting the maths.
At 0 and at 2 other formulas agree with doubling (x, x², x + 2), so both have company.
"""

import numpy as np

from tutor.spec import Case

gradients = {}


def cases(rng):
    yield Case("three: squaring gives 9, adding two gives 5", x=3.0)
    yield Case("a negative number keeps its sign", x=-1.5)
    yield Case("zero stays zero", x=0.0)
    yield Case("a list of numbers: every entry doubles", x=rng.normal(size=4))
    yield Case("a table of numbers keeps its shape", x=rng.normal(size=(2, 3)))
    yield Case("very large: nothing is cut off", x=np.array([1e12, -3.5e9]))
    yield Case("very small: nothing is rounded away", x=np.array([1e-12, -3e-13]))


def probe(learner, case):
    yield "output", learner.double(case.x)
