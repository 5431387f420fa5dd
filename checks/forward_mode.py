"""Does a slope travel with each value, through every operation, along any direction?

Each function is walked once for every input, with that input moving at the rate 1 and the others
standing still. Then once more with all of them moving, at rates that are neither 0 nor 1: with a
rate of 1 alone, a forgotten chain rule would pass.
"""

import math

from tutor.spec import Case, misconception

INPUTS = ("x", "y", "w")
RATES = {"x": 0.5, "y": -3.0, "w": 2.0}

gradients = {f"slope along {each}": each for each in INPUTS}


def cases(rng):
    x, y, w = rng.uniform(0.5, 2.5, size=3).tolist()
    yield Case("(x + y)·x − w·y / (x + 2)", f=rational, x=x, y=y, w=w)
    yield Case("x + y", f=lambda x, y: x + y, x=2.0, y=3.5)
    yield Case("x · y: either factor may move", f=lambda x, y: x * y, x=2.0, y=3.5)
    yield Case("x · x: both factors are one", f=lambda x: x * x, x=1.5)
    yield Case("x − y", f=lambda x, y: x - y, x=2.0, y=3.5)
    yield Case("−x", f=lambda x: -x, x=1.5)
    yield Case("x / y", f=lambda x, y: x / y, x=3.5, y=-2.0)
    name = "numbers on the right stand still"
    yield Case(name, f=lambda x: ((x + 3) * 4 - 5) / 8, x=2.0)
    name = "numbers on the left: 5 − x is not x − 5"
    yield Case(name, f=lambda x: 6 / (5 - (4 * (3 + x))), x=2.0)
    yield Case("sum() begins with a plain 0", f=lambda x, y: sum([x, y, x]), x=1.5, y=2.0)
    yield Case("x³ of a negative x", f=lambda x: x**3, x=-1.5)
    yield Case("1/x and √x as powers", f=lambda x: x**-1 + x**0.5, x=2.5)
    yield Case("relu above 0 and below", f=lambda x, y: x.relu() + y.relu(), x=1.5, y=-2.0)
    yield Case("relu at exactly 0: its slope is 0", f=lambda x: x.relu(), x=0.0)
    yield Case("tanh of a product", f=lambda x, y: (x * y).tanh(), x=0.5, y=1.5)
    yield Case("exp of a sum", f=lambda x, y: (x + y).exp(), x=0.5, y=-1.5)
    name = "everything in one: a small network"
    yield Case(name, f=small_network, x=x, y=y, w=w)


def rational(x, y, w):
    return (x + y) * x - (w * y) / (x + 2.0)


def small_network(x, y, w):
    hidden = ((x * w - y).tanh() + 0.25) ** 2
    return 1.0 / (1.0 + (-(hidden * y + w)).exp()) + (2.0 - x / w).relu()


def probe(learner, case):
    inputs = [each for each in INPUTS if each in case]
    values = [float(getattr(case, each)) for each in inputs]

    def walk(rates):
        duals = [learner.Dual(value, rate) for value, rate in zip(values, rates, strict=True)]
        return case.f(*duals)

    for number, moving in enumerate(inputs):
        result = walk([1.0 if each == moving else 0.0 for each in inputs])
        if number == 0:
            yield "value", result.value
        yield f"slope along {moving}", result.slope
    yield "slope with all moving", walk([RATES[each] for each in inputs]).slope


# -- the product and the quotient ---------------------------------------------------------------


def with_slope(module, operator, slope):
    """Exchange the slope of an operation for `slope(u, v)`, of two Duals."""
    right = getattr(module.Dual, operator)

    def bent(self, other):
        return module.Dual(right(self, other).value, slope(self, self._wrap(other)))

    setattr(module.Dual, operator, bent)
    reflected = operator.replace("__", "__r", 1)
    if operator in ("__add__", "__mul__"):
        setattr(module.Dual, reflected, bent)


@misconception(
    says="The slope of u · v is u' · v: the other half is missing.",
    why="Either factor may move, so either gives a share.",
    read="why-reverse-mode#common-mistakes",
    hint=1,
)
def mul_second_term_missing(module):
    with_slope(module, "__mul__", lambda u, v: u.slope * v.value)


@misconception(
    says="The slope of u · v is u · v': the other half is missing.",
    why="Either factor may move, so either gives a share.",
    read="why-reverse-mode#common-mistakes",
    hint=1,
)
def mul_first_term_missing(module):
    with_slope(module, "__mul__", lambda u, v: u.value * v.slope)


@misconception(
    says="The slope of u · v is u' · v'.",
    why="That is the term with ε², which counts as nothing; the two with ε are what moves.",
    read="why-reverse-mode#common-mistakes",
    hint=1,
)
def mul_slopes_multiplied(module):
    with_slope(module, "__mul__", lambda u, v: u.slope * v.slope)


@misconception(
    says="Each slope in the product stands with its own factor: u' · u + v' · v.",
    why="When u moves, the product moves v times as far.",
    read="why-reverse-mode#forward-mode-once-by-hand",
    hint=1,
)
def mul_own_factor(module):
    with_slope(module, "__mul__", lambda u, v: u.slope * u.value + v.slope * v.value)


@misconception(
    says="The slope of u / v is u' / v'.",
    why="A quotient of slopes is not the slope of a quotient, and a number that stands still "
    "makes it a division by 0.",
    read="the-chain-rule#the-slopes-you-need",
    hint=3,
)
def div_slopes_divided(module):
    with_slope(module, "__truediv__", lambda u, v: u.slope / v.slope)


@misconception(
    says="The slope of u / v has a + where its − belongs.",
    why="When v grows, the quotient falls.",
    read="the-chain-rule#the-slopes-you-need",
    hint=3,
)
def div_sign(module):
    with_slope(
        module,
        "__truediv__",
        lambda u, v: (u.slope * v.value + u.value * v.slope) / v.value**2,
    )


@misconception(
    says="The slope of u / v is divided by v where v² belongs.",
    why="(u' · v − u · v') / v² has a v more on top and a v more below than u' / v.",
    read="the-chain-rule#the-slopes-you-need",
    hint=3,
)
def div_square_missing(module):
    with_slope(
        module,
        "__truediv__",
        lambda u, v: (u.slope * v.value - u.value * v.slope) / v.value,
    )


@misconception(
    says="The slope of u / v is u' / v, as if v stood still.",
    why="When v moves, the quotient moves too.",
    read="the-chain-rule#the-slopes-you-need",
    hint=3,
)
def div_denominator_still(module):
    with_slope(module, "__truediv__", lambda u, v: u.slope / v.value)


# -- signs and plain numbers --------------------------------------------------------------------


@misconception(
    says="u − v adds the slopes.",
    why="What v gains, u − v loses: its slope is u' − v'.",
    read="the-chain-rule#the-slopes-you-need",
)
def sub_slopes_added(module):
    with_slope(module, "__sub__", lambda u, v: u.slope + v.slope)


@misconception(
    says="`-x` keeps the slope of x.",
    why="When x rises, −x falls.",
    read="the-chain-rule#the-slopes-you-need",
)
def neg_slope_kept(module):
    module.Dual.__neg__ = lambda self: module.Dual(-self.value, self.slope)


@misconception(
    says="A plain number is given the slope 1.",
    why="The 3 in x · 3 does not move, whatever x does.",
    read="why-reverse-mode#common-mistakes",
    hint=3,
)
def numbers_move(module):
    def wrap(number):
        return number if isinstance(number, module.Dual) else module.Dual(number, 1.0)

    module.Dual._wrap = staticmethod(wrap)


@misconception(
    says="A number minus a Dual is computed the other way round.",
    why="Python calls `x.__rsub__(5)` for 5 − x: the number stands on the left.",
    read="backward-algorithm#pitfall-3-plain-numbers",
    hint=3,
)
def rsub_sign(module):
    module.Dual.__rsub__ = module.Dual.__sub__


@misconception(
    says="A number divided by a Dual is computed the other way round.",
    why="Python calls `x.__rtruediv__(6)` for 6 / x: the number stands on top.",
    read="backward-algorithm#pitfall-3-plain-numbers",
    hint=3,
)
def rtruediv_inverted(module):
    module.Dual.__rtruediv__ = module.Dual.__truediv__


# -- functions of one number --------------------------------------------------------------------


def with_local(module, function, local):
    """Exchange f'(u) for `local(f(u), u)`."""
    right = getattr(module.Dual, function)

    def bent(self, *exponent):
        value = right(self, *exponent).value
        return self._through(value, local(value, self.value, *exponent))

    setattr(module.Dual, function, bent)


def without_chain(module, function, local):
    """Let a function give f'(u) alone as its slope."""
    right = getattr(module.Dual, function)

    def bent(self, *exponent):
        value = right(self, *exponent).value
        return module.Dual(value, local(value, self.value, *exponent))

    setattr(module.Dual, function, bent)


@misconception(
    says="Functions give f'(u) as the slope, without the · u' of the chain rule.",
    why="How fast f moves depends on how fast u moves; for u' = 1 the difference does not show.",
    read="why-reverse-mode#common-mistakes",
    hint=2,
)
def chain_left_out(module):
    module.Dual._through = lambda _, value, local: module.Dual(value, local)


@misconception(
    says="`exp` leaves out the · u' of the chain rule.",
    why="How fast exp moves depends on how fast u moves; for u' = 1 the difference does not show.",
    read="why-reverse-mode#common-mistakes",
    hint=2,
)
def exp_chain_left_out(module):
    without_chain(module, "exp", lambda e, _: e)


@misconception(
    says="`tanh` leaves out the · u' of the chain rule.",
    why="How fast tanh moves depends on how fast u moves; for u' = 1 the difference does not show.",
    read="why-reverse-mode#common-mistakes",
    hint=2,
)
def tanh_chain_left_out(module):
    without_chain(module, "tanh", lambda t, _: 1.0 - t**2)


@misconception(
    says="`**` leaves out the · u' of the chain rule.",
    why="How fast uⁿ moves depends on how fast u moves; for u' = 1 the difference does not show.",
    read="why-reverse-mode#common-mistakes",
    hint=2,
)
def pow_chain_left_out(module):
    without_chain(module, "__pow__", lambda _, u, n: n * u ** (n - 1))


@misconception(
    says="The slope of `exp` is taken as its input.",
    why="exp grows as fast as it is large: its slope is its own output.",
    read="the-chain-rule#the-slopes-you-need",
    hint=2,
)
def exp_local_is_input(module):
    with_local(module, "exp", lambda _, u: u)


@misconception(
    says="The slope of tanh is 1 − tanh(t)², where t is the tanh already.",
    why="It is 1 − t² with the output t: one tanh, not a tanh of a tanh.",
    read="backward-algorithm#common-mistakes",
    hint=4,
)
def tanh_of_tanh(module):
    with_local(module, "tanh", lambda t, _: 1.0 - math.tanh(t) ** 2)


@misconception(
    says="The slope of tanh is taken as 1 − u², of the input u.",
    why="The square is that of the output, tanh(u).",
    read="backward-algorithm#common-mistakes",
    hint=4,
)
def tanh_of_input(module):
    with_local(module, "tanh", lambda _, u: 1.0 - u**2)


@misconception(
    says="The slope of uⁿ keeps the exponent: n · uⁿ.",
    why="The slope of u³ is 3u²: one power lower.",
    read="the-chain-rule#the-slopes-you-need",
    hint=2,
)
def pow_exponent_not_lowered(module):
    with_local(module, "__pow__", lambda power, _, n: n * power)


@misconception(
    says="The slope of uⁿ has lost its factor n.",
    why="The slope of u³ is 3u²: the exponent comes down in front.",
    read="the-chain-rule#the-slopes-you-need",
    hint=2,
)
def pow_factor_missing(module):
    with_local(module, "__pow__", lambda _, u, n: u ** (n - 1))


@misconception(
    says="`relu` lets the slope through at exactly 0.",
    why="At 0 somebody has to decide, and this course and PyTorch decide for 0.",
    read="local-gradients#relu-is-a-gate",
)
def relu_at_zero(module):
    with_local(module, "relu", lambda _, u: 1.0 if u >= 0.0 else 0.0)


@misconception(
    says="`relu` keeps the slope of its input, whatever the sign.",
    why="Below 0 the output stands still at 0, so nothing moves.",
    read="local-gradients#relu-is-a-gate",
)
def relu_slope_kept(module):
    with_local(module, "relu", lambda *_: 1.0)


@misconception(
    says="`relu` lets the slope through where the slope is positive.",
    why="What opens the gate is the value of its input.",
    read="local-gradients#relu-is-a-gate",
)
def relu_mask_from_slope(module):
    relu = module.Dual.relu
    module.Dual.relu = lambda self: module.Dual(relu(self).value, max(0.0, self.slope))
