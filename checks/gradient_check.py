"""Does the learner's referee tell wrong gradients from right ones, every time?

A referee can fail in two ways, so each kind of claim has a partner: a tiny gradient that is wrong
beside a tiny one that is right, an entry of zero that is right beside one that is not. Wrong
claims are off by 1e-5 of the largest slope or more, right ones are measured to 1e-7 or better:
any bar between the two will do.
"""

import numpy as np

from tutor.spec import Case, lend, misconception

gradients = {}


def least_squares(rng, shape=(4, 3), scale=1.0):
    """f(W) = scale · ½ Σ (A·W − B)², a point W, and the right gradient there."""
    rows, columns = shape
    A, B = rng.normal(size=(6, rows)), rng.normal(size=(6, columns))
    W = rng.normal(size=shape)

    def f(W):
        return scale * 0.5 * float(np.sum((A @ W - B) ** 2))

    return f, W, scale * A.T @ (A @ W - B)


def weighted_sum(weights):
    """f(x) = Σ weights · x, whose gradient is `weights` everywhere, or a row for many rows."""
    return lambda x: float(np.sum(weights * x))


def softmax_sum(z):
    """Always 1, whatever z is."""
    e = np.exp(z - z.max())
    return float(np.sum(e / e.sum()))


def changed(gradient, index, by):
    """The gradient with some entries multiplied."""
    wrong = gradient.copy()
    wrong[index] *= by
    return wrong


def cases(rng):
    yield from right_claims(rng)
    yield from wrong_everywhere(rng)
    yield from wrong_in_places(rng)
    yield from wrong_in_kind(rng)


def claim(name, f, x, gradient):
    return Case(name, f=f, x=x, gradient=gradient)


def right_claims(rng):
    f, W, slopes = least_squares(rng)
    yield claim("right: nothing unusual", f, W, slopes)
    yield claim("right: huge, 1e6", *least_squares(rng, scale=1e6))
    yield claim("right: tiny, 1e-9", *least_squares(rng, scale=1e-9))
    z = rng.normal(size=5)
    yield claim("right: all zero, and so are the slopes", lambda _: 0.0, z, np.zeros(5))
    yield claim("right: all zero, the slopes are rounding", softmax_sum, z, np.zeros(5))
    weights = np.array([2.0, 0.0, -1.0, 0.0])
    yield claim("right: f does not use some entries", weighted_sum(weights), z[:4], weights)
    middle = rng.normal(size=6)
    flat = np.array([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])

    def waves(x):  # at `middle` every other wave stands on its crest
        return 3.0 + float(np.sum(flat * x + np.cos(x - middle)))

    yield claim("right: beside slopes of 1, some of rounding", waves, middle, flat)
    x = rng.uniform(0.1, 0.2, size=(2, 3))
    yield claim("right: so bent that one side alone is off", reciprocals, x, -1.0 / x**2)
    x = np.array([0.001, -0.001, 0.5, -0.7])
    yield claim("right: a kink, farther away than the nudge", relu_sum, x, (x > 0).astype(float))
    x, slopes = np.array([1.0, 0.001]), np.array([1.0, 3e-6])
    yield claim("right: a bend where the slope is small", cube_beside_line, x, slopes)
    x = rng.normal(size=(2, 3, 2)).T
    yield claim("right: three axes, turned", lambda x: float(np.sum(x**3)), x, 3 * x**2)


def reciprocals(x):
    return float(np.sum(1.0 / x))


def cube_beside_line(x):
    """Near 0 itself, so that rounding in proportion to f excuses nothing."""
    return float(x[0] - 1.0 + x[1] ** 3)


def relu_sum(x):
    return float(np.sum(np.maximum(0.0, x)))


def wrong_everywhere(rng):
    f, W, slopes = least_squares(rng)
    yield claim("wrong: twice as large", f, W, 2.0 * slopes)
    yield claim("wrong: the sign", f, W, -slopes)
    yield claim("wrong: nothing but zeros", f, W, np.zeros_like(W))
    yield claim("wrong: a thousandth too large", f, W, 1.001 * slopes)
    f, W, slopes = least_squares(rng, scale=1e-9)
    yield claim("wrong: tiny, twice as large", f, W, 2.0 * slopes)
    yield claim("wrong: tiny, nothing but zeros", f, W, np.zeros_like(W))
    f, W, slopes = least_squares(rng, (3, 3))
    yield claim("wrong: turned round, and it fits", f, W, slopes.T)
    f = weighted_sum(np.ones(4))
    x = rng.normal(size=4)
    yield claim("wrong: every entry too small", f, x, np.full(4, 0.9))
    yield claim("wrong: every entry too large", f, x, np.full(4, 1.1))


def wrong_in_places(rng):
    f, W, slopes = least_squares(rng, (12, 10))
    worst = np.unravel_index(np.abs(slopes).argmax(), slopes.shape)
    yield claim("wrong: one entry of 120", f, W, changed(slopes, (4, 3), 1.5))
    yield claim("wrong: one entry, by 1e-4 of it", f, W, changed(slopes, worst, 1 + 1e-4))
    yield claim("wrong: a row left out", f, W, changed(slopes, 2, 0.0))
    yield claim("wrong: the last entry", f, W, changed(slopes, (11, 9), 0.5))
    exchanged = slopes.copy()
    exchanged[[0, 1]] = slopes[[1, 0]]
    yield claim("wrong: two rows exchanged, sums agree", f, W, exchanged)
    weights = np.array([1000.0, -800.0, 0.5, 0.1, 600.0])
    x = rng.normal(size=5)
    wrong = changed(weights, [2, 3], 1.1)
    yield claim("wrong: only where slopes are small", weighted_sum(weights), x, wrong)


def wrong_in_kind(rng):
    row = np.array([1.0, -2.0, 0.5])
    x = rng.normal(size=(4, 3))
    yield claim("wrong: a shape that broadcasts", weighted_sum(row), x, row)
    f, W, slopes = least_squares(rng)
    yield claim("wrong: a NaN", f, W, changed(slopes, (1, 2), np.nan))
    yield claim("wrong: infinite", f, W, changed(slopes, (1, 2), np.inf))


def probe(learner, case):
    answer = learner.gradient_check(case.f, lend(case.x), case.gradient)
    # As a number: True is 1, and False is 0.
    yield "accepted", float(answer) if isinstance(answer, (bool, np.bool_)) else answer


# -- bars that are too short or too long --------------------------------------------------------


@misconception(
    says="The bar is a fixed number, such as 1e-5.",
    why="What is far for a tiny gradient is near for a huge one.",
    read="trust-but-check#why-not-an-absolute-bar",
    hint=3,
)
def absolute_bar(module):
    module.bar = lambda *_: 1e-5


@misconception(
    says="Every entry is measured against its own slope.",
    why="Where a slope is 0, or only rounding, the smallest difference is then too far.",
    read="trust-but-check#where-a-slope-is-zero",
    hint=3,
)
def each_against_its_own(module):
    def within(gradient, slopes, _):
        with np.errstate(all="ignore"):
            return np.all(np.abs(gradient - slopes) / np.abs(slopes) <= module.TOLERANCE)

    module.within = within


@misconception(
    says="`np.allclose` decides, with its own tolerances.",
    why="It forgives 1e-8 in any entry, and a tiny gradient is not larger than that.",
    read="trust-but-check#why-not-an-absolute-bar",
    hint=3,
)
def allclose(module):
    module.within = lambda gradient, slopes, _: np.allclose(gradient, slopes)


@misconception(
    says="The largest difference is divided by the largest slope, also where that is 0.",
    why="0/0 is NaN, and NaN is below no bar: a gradient of zeros is rejected.",
    read="trust-but-check#where-a-slope-is-zero",
    hint=4,
)
def divided_by_zero(module):
    def within(gradient, slopes, _):
        with np.errstate(all="ignore"):
            off = np.abs(gradient - slopes).max() / np.abs(slopes).max()
        return off <= module.TOLERANCE

    module.within = within


@misconception(
    says="The bar is relative to the largest slope, and nothing is added for rounding.",
    why="Where all slopes are 0, what you measure is the rounding of f, and it is above that bar.",
    read="trust-but-check#where-a-slope-is-zero",
    hint=4,
)
def no_room_for_rounding(module):
    module.ROUNDING = 0.0


@misconception(
    says="The bar is 1e-2 of the largest slope.",
    why="A single entry may be off by less than that, and still be wrong.",
    read="trust-but-check#the-distance-between-two-gradients",
    hint=3,
)
def bar_too_high(module):
    module.TOLERANCE = 1e-2


# -- what is compared ---------------------------------------------------------------------------


@misconception(
    says="The differences are averaged.",
    why="A single wrong entry drowns among many that are right.",
    read="trust-but-check#why-not-the-mean",
    hint=2,
)
def averaged(module):
    module.within = lambda gradient, slopes, allowed: np.abs(gradient - slopes).mean() <= allowed


@misconception(
    says="There is no absolute value: only entries that are too large are seen.",
    why="A difference of -1 is below every bar.",
    read="trust-but-check#common-mistakes",
    hint=2,
)
def no_absolute_value(module):
    module.within = lambda gradient, slopes, allowed: np.all(gradient - slopes <= allowed)


@misconception(
    says="The sums of the two arrays are compared.",
    why="Errors that cancel, or entries in each other's places, leave the sum as it is.",
    read="trust-but-check#why-not-the-mean",
    hint=2,
)
def sums(module):
    module.within = lambda gradient, slopes, allowed: abs(gradient.sum() - slopes.sum()) <= allowed


@misconception(
    says="The lengths of the two arrays are compared, as vectors.",
    why="A sign or a transpose turns a vector and leaves its length as it is.",
    read="trust-but-check#why-not-the-mean",
    hint=2,
)
def lengths(module):
    module.within = lambda gradient, slopes, allowed: (
        abs(np.sqrt((gradient**2).sum()) - np.sqrt((slopes**2).sum())) <= allowed
    )


@misconception(
    says="The directions of the two arrays are compared, and not their lengths.",
    why="A wrong factor leaves the direction as it is.",
    read="trust-but-check#the-distance-between-two-gradients",
    hint=2,
)
def directions(module):
    def within(gradient, slopes, _):
        with np.errstate(all="ignore"):
            size = np.sqrt((gradient**2).sum() * (slopes**2).sum())
            return (gradient * slopes).sum() / size > 1.0 - 1e-6

    module.within = within


@misconception(
    says="It asks whether any entry is above the bar.",
    why="Every comparison with NaN is False, so a NaN is above no bar.",
    read="trust-but-check#common-mistakes",
    hint=5,
)
def nan_slips_through(module):
    module.within = lambda gradient, slopes, allowed: (
        not np.any(np.abs(gradient - slopes) > allowed)
    )


@misconception(
    says="Shapes are not compared.",
    why="NumPy stretches the smaller array, and every row agrees with it.",
    read="trust-but-check#common-mistakes",
    hint=5,
)
def any_shape(module):
    module.same_shape = lambda *_: True


@misconception(
    says="One entry stands for all: nothing but the first is compared.",
    why="A gradient may be right there and wrong elsewhere.",
    read="trust-but-check#why-not-the-mean",
    hint=2,
)
def first_entry_only(module):
    right = module.within
    module.within = lambda gradient, slopes, allowed: right(
        gradient.flat[0], slopes.flat[0], allowed
    )


# -- how it is measured -------------------------------------------------------------------------


@misconception(
    says="The slopes are one-sided: f(x + eps) − f(x) over eps.",
    why="They are off by the bend of the curve, so right gradients look wrong.",
    read="numerical-derivative#look-both-ways",
    hint=1,
)
def one_sided(module):
    def measured_slopes(f, x):
        slopes = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            up = np.array(x)
            up[index] += module.EPS
            slopes[index] = (f(up) - f(x)) / module.EPS
        return slopes

    module.measured_slopes = measured_slopes


@misconception(
    says="The difference is divided by eps and not by 2 · eps.",
    why="The two points lie 2 · eps apart, so all slopes come out twice too large.",
    read="numerical-derivative#look-both-ways",
    hint=1,
)
def divided_by_one_step(module):
    right = module.measured_slopes
    module.measured_slopes = lambda f, x: 2.0 * right(f, x)


@misconception(
    says="The nudge is as small as 1e-12.",
    why="Almost nothing is left of the difference but the rounding of f.",
    read="numerical-derivative#which-step-is-best",
    hint=1,
)
def nudge_too_small(module):
    module.EPS = 1e-12


@misconception(
    says="The nudge is as large as 1e-2.",
    why="It reaches across kinks, and sees the bend of the curve.",
    read="trust-but-check#at-a-kink",
    hint=1,
)
def nudge_too_large(module):
    module.EPS = 1e-2


# -- referees that do not look ------------------------------------------------------------------


@misconception(
    says="The answer is always True.",
    why="Such a referee finds nothing.",
    read="trust-but-check#the-distance-between-two-gradients",
    hint=1,
)
def always_true(module):
    module.gradient_check = lambda *_: True


@misconception(
    says="The answer is always False.",
    why="Such a referee clears nobody.",
    read="trust-but-check#your-turn",
    hint=1,
)
def always_false(module):
    module.gradient_check = lambda *_: False
