"""Is this the central difference of f, entry by entry, with the step that was asked for?

The referee here is the same formula, so the tolerance only has to cover rounding: ways to
write a central difference agree to 3e-9 on these cases, and a one-sided one is off by 1e-6 or
more on most. `x` is lent: nudging it in place is allowed, leaving it changed is not.
"""

import numpy as np

from tutor.spec import Case, lend, misconception

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
        "tiny entries: the step is larger than they are",
        f=sum_of_squares,
        x=np.array([3e-7, -2e-6, 0.1, -0.7]),
    )


def probe(learner, case):
    step = (case.eps,) if "eps" in case else ()
    named = case.by_name if "by_name" in case else {}
    yield "grad", learner.numerical_gradient(case.f, lend(case.x), *step, **named)


BOTH_WAYS = "numerical-derivative#look-both-ways"
ENTRIES = "numerical-derivative#one-entry-at-a-time"
STEP = "numerical-derivative#which-step-is-best"
MISTAKES = "numerical-derivative#common-mistakes"


def step_of(case):
    return case.by_name["eps"] if "by_name" in case else case.eps if "eps" in case else 1e-5


def nudged(x, index, by):
    moved = x.copy()
    moved[index] += by
    return moved


def slopes(case, move=nudged, up=1.0, down=-1.0, width=2.0, eps=None):
    """Differences of f between `up` steps and `down` steps, divided by `width` steps."""
    eps = np.broadcast_to(step_of(case) if eps is None else eps, case.x.shape)
    grad = np.zeros(case.x.shape)
    for index in np.ndindex(case.x.shape):
        above, below = (move(case.x, index, steps * eps[index]) for steps in (up, down))
        grad[index] = (case.f(above) - case.f(below)) / (width * eps[index])
    return grad


# -- the difference ------------------------------------------------------------------------------


@misconception(
    "grad",
    says="Your difference leans to one side: (f(x + eps) − f(x)) / eps.",
    why="A nudge to one side always catches some of the bend of f.",
    read=BOTH_WAYS,
    hint=2,
)
def one_sided(case, right):
    return slopes(case, down=0.0, width=1.0)


@misconception(
    "grad",
    says="Your difference leans to one side: (f(x) − f(x − eps)) / eps.",
    why="A nudge to one side always catches some of the bend of f.",
    read=BOTH_WAYS,
    hint=2,
)
def one_sided_below(case, right):
    return slopes(case, up=0.0, width=1.0)


@misconception(
    "grad",
    says="Your difference is (f(x + eps) − f(x)) / (2 · eps).",
    why="The two points of a slope must be as far apart as the number that it is divided by.",
    read=BOTH_WAYS,
    hint=2,
)
def half_of_one_sided(case, right):
    return slopes(case, down=0.0)


@misconception(
    "grad",
    says="Your difference of two nudges is divided by one eps.",
    why="The two points of a slope must be as far apart as the number that it is divided by.",
    read=BOTH_WAYS,
    hint=2,
)
def two_forgotten(case, right):
    return 2 * right.grad


@misconception(
    "grad",
    says="Your difference is not divided by the step.",
    why="A slope is a rise for each unit of x, not for the whole nudge.",
    read=BOTH_WAYS,
    hint=2,
)
def not_divided(case, right):
    return 2 * step_of(case) * right.grad


@misconception(
    "grad",
    says="Your slopes have the opposite sign.",
    why="Where f grows with an entry, the upper point has the larger value.",
    read=BOTH_WAYS,
    hint=1,
)
def sign_turned(case, right):
    return -right.grad


# -- the step ------------------------------------------------------------------------------------


def fixed(step):
    @misconception(
        "grad",
        says=f"Your step is {step:g}, whatever `eps` is.",
        why="Which step is best depends on f and on x, so whoever calls may choose it.",
        read=STEP,
        hint=4,
    )
    def eps_ignored(case, right):
        return slopes(case, eps=step)

    return eps_ignored


step_1e_3, step_1e_4, step_1e_5 = map(fixed, (1e-3, 1e-4, 1e-5))
step_1e_6, step_1e_7, step_1e_8 = map(fixed, (1e-6, 1e-7, 1e-8))


@misconception(
    "grad",
    says="Your step is eps times the entry.",
    why="An entry of 0 is not moved at all then, and 0/0 is NaN.",
    read=STEP,
    hint=1,
)
def step_in_proportion(case, right):
    return slopes(case, eps=step_of(case) * np.abs(case.x))


# -- the entries ---------------------------------------------------------------------------------


@misconception(
    "grad",
    says="All entries are nudged together, so each entry of the answer is the sum of all slopes.",
    why="To see what one entry does to f, the others have to stand still.",
    read=ENTRIES,
    hint=3,
)
def all_entries_at_once(case, right):
    return slopes(case, lambda x, _, by: x + by)


@misconception(
    "grad",
    says="Your answer is one number: all entries were nudged together.",
    why="f has a slope by each entry of x, so there are as many as x has entries.",
    read=ENTRIES,
    hint=3,
)
def one_number_for_all(case, right):
    eps = step_of(case)
    return (case.f(case.x + eps) - case.f(case.x - eps)) / (2 * eps)


@misconception(
    "grad",
    says="Whole rows are nudged together: `x[i]` is a row where x has more than one axis.",
    why="To see what one entry does to f, the others have to stand still.",
    read=MISTAKES,
    hint=3,
)
def rows_nudged_together(case, right):
    return slopes(case, lambda x, index, by: nudged(x, index[0], by))


@misconception(
    "grad",
    says="Entries stay nudged when the next ones are, in both of your points.",
    why="To see what one entry does to f, the others have to stand still where they were.",
    read=ENTRIES,
    hint=3,
)
def nudges_pile_up(case, right):
    number = np.arange(case.x.size).reshape(case.x.shape)
    return slopes(case, lambda x, index, by: x + by * (number <= number[index]))


@misconception(
    "grad",
    says="Each entry stays moved down when you go on to the next.",
    why="To see what one entry does to f, the others have to stand still where they were.",
    read=MISTAKES,
    hint=3,
)
def x_not_restored(case, right):
    number = np.arange(case.x.size).reshape(case.x.shape)

    def beside_lowered(x, index, by):
        return nudged(x - step_of(case) * (number < number[index]), index, by)

    return slopes(case, beside_lowered)


@misconception(
    "grad",
    says="Your answer is 0 everywhere: to f, both of your points are the same.",
    why="f can only answer to a nudge that reaches it, and `a = b` gives one array two names.",
    read=ENTRIES,
    hint=3,
)
def copies_aliased(case, right):
    return np.zeros(case.x.shape)


@misconception(
    "grad",
    says="Your answer is 0 where x is a transposed view: f does not see your nudges.",
    why="`ravel()` and `reshape(-1)` give a copy there, and a nudge of the copy leaves x alone.",
    read=ENTRIES,
    hint=3,
)
def lost_in_a_copy(case, right):
    return right.grad * case.x.flags.c_contiguous
