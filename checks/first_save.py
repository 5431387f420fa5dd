"""Is the answer twice the input, for numbers and for arrays?

There is no gradient here: this check lets a learner meet a verdict before meeting the maths.
At 0 and at 2 other formulas agree with doubling (x, x², x + 2), so both have company.
"""

import numpy as np

from tutor.spec import Case, misconception

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


ANSWER = "how-this-works#exercises-save-and-read-the-verdict"


@misconception(
    "output",
    says="`double` gives x back as it came.",
    why="For x = 3 the answer should be 6, and it is 3.",
    read="how-this-works#checkpoints-answer-before-you-look",
    hint=1,
)
def not_doubled(case, right):
    return case.x


@misconception(
    "output",
    says="`double` squares x.",
    why="3 · 3 is 9. Twice 3 is 6; the two agree at 0 and at 2 alone.",
    read=ANSWER,
    hint=2,
)
def squared(case, right):
    return case.x**2


@misconception(
    "output",
    says="`double` adds 2.",
    why="3 + 2 is 5. Twice 3 is 6; the two agree at 2 alone.",
    read=ANSWER,
    hint=2,
)
def two_added(case, right):
    return case.x + 2


@misconception(
    "output",
    says="`double` adds 3.",
    why="It is right for x = 3 and for no other number.",
    read=ANSWER,
    hint=2,
)
def three_added(case, right):
    return case.x + 3


@misconception(
    "output",
    says="`double` halves x.",
    why="The answer should be twice as large as x.",
    read=ANSWER,
    hint=2,
)
def halved(case, right):
    return case.x / 2


@misconception(
    "output",
    says="`double` gives 6, whatever x is.",
    why="That is twice 3. Other numbers have other doubles, so x has to be in the answer.",
    read=ANSWER,
    hint=3,
)
def six_for_all(case, right):
    return 6
