"""Are both squeezes right everywhere, and are their slopes those of the output?

In the middle most wrong slopes show. Far out they all come close to 0, so the cases there ask
something else: whether exp stays finite. The two layers go through the same cases side by side.
"""

import numpy as np

from tutor.spec import Case, misconception

# Slopes are taken of the first forward array, the sigmoid's; tanh is NumPy's own.
gradients = {"sigmoid.grad_input": "x"}
rows = (
    "x",
    "grad_output",
    "sigmoid.output",
    "sigmoid.grad_input",
    "tanh.output",
    "tanh.grad_input",
)

far_out = np.array([[1000.0, -1000.0, 0.5], [-750.0, 800.0, -1.5]])
saturated = np.array([[9.0, -9.5, 12.0, -14.0], [-10.0, 11.0, -8.5, 17.0]])


def layer_case(name, rng, shape, **more):
    quantities = {"x": 1.5 * rng.normal(size=shape), "grad_output": rng.normal(size=shape)}
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield layer_case("both signs, random upstream", rng, (4, 3))
    yield layer_case("zeros: the slopes peak, at 0.25 and 1", rng, (2, 3), x=np.zeros((2, 3)))
    yield layer_case("±1000: exp must not overflow", rng, (2, 3), x=far_out)
    yield layer_case("close to the bounds: almost flat, yet exact", rng, (2, 4), x=saturated)
    low = -rng.uniform(5.0, 12.0, size=(3, 2))
    yield layer_case("far below 0: y is small, and so is its slope", rng, (3, 2), x=low)
    name = "one row, upstream beyond 1: it is no output"
    yield layer_case(name, rng, (1, 5), grad_output=rng.uniform(2.0, 3.0, size=(1, 5)))
    yield layer_case("one dimension: no batch axis to rely on", rng, (7,))
    yield layer_case("four dimensions: any shape will do", rng, (2, 3, 2, 2))
    turned = rng.normal(size=(4, 4)).T
    yield layer_case("a square, transposed view: any memory order", rng, (4, 4), x=turned)
    yield layer_case("200 rows: nothing is averaged", rng, (200, 2))


def probe(learner, case):
    sigmoid, tanh = learner.Sigmoid(), learner.Tanh()
    yield "sigmoid.output", sigmoid.forward(case.x)
    yield "tanh.output", tanh.forward(case.x)
    yield "sigmoid.grad_input", sigmoid.backward(case.grad_output)
    yield "tanh.grad_input", tanh.backward(case.grad_output)


def quantities(case, right):
    return {"s": output_of("sigmoid", right), "t": output_of("tanh", right)}


# -- what learners get wrong --------------------------------------------------------------------

SLOPE = "activations#the-slope-is-in-the-output"
UPSTREAM = "local-gradients#local-times-upstream"
OVERFLOW = "activations#where-exp-overflows"


def output_of(layer, right):
    return getattr(right, f"{layer}.output")


def keeping(function):
    """A forward that returns `function(x)` and keeps it as y."""

    def forward(self, x):
        self.y = function(x)
        return self.y

    return forward


def sigmoid(x):
    return 0.5 + 0.5 * np.tanh(0.5 * x)


@misconception(
    "sigmoid.grad_input",
    says="Sigmoid's slope is made of `grad_output`, as `grad_output * (1 - grad_output)`.",
    why="How steep the curve is depends on where forward stood, not on what comes back.",
    read=SLOPE,
    hint=2,
)
def sigmoid_from_upstream(case, right):
    return case.grad_output * (1 - case.grad_output)


@misconception(
    "sigmoid.grad_input",
    says="Sigmoid's backward returns the slope alone.",
    why="Without the upstream it says how `y` moves, and not how the loss does.",
    read=UPSTREAM,
    hint=2,
)
def sigmoid_upstream_forgotten(case, right):
    y = output_of("sigmoid", right)
    return y * (1 - y)


@misconception(
    "sigmoid.grad_input",
    says="Sigmoid's backward squeezes the output once more before it takes the slope.",
    why="The formula is one of the output, and the output has been through sigmoid already.",
    read=SLOPE,
    hint=2,
)
def sigmoid_of_output(case, right):
    twice = sigmoid(output_of("sigmoid", right))
    return case.grad_output * twice * (1 - twice)


@misconception(
    "sigmoid.grad_input",
    says="Sigmoid's slope is `x * (1 - x)`: the formula is right, but it is given the input.",
    why="Beyond 1 that is below 0, and a curve that always rises has no slope below 0.",
    read=SLOPE,
    hint=2,
)
def sigmoid_of_input(case, right):
    return case.grad_output * case.x * (1 - case.x)


@misconception(
    "sigmoid.grad_input",
    says="Sigmoid's slope is `1 - y`: a factor is missing.",
    why="Far below 0, where y is almost 0, the curve is flat; 1 - y is almost 1 there.",
    read=SLOPE,
    hint=1,
)
def sigmoid_factor_forgotten(case, right):
    return case.grad_output * (1 - output_of("sigmoid", right))


@misconception(
    "sigmoid.grad_input",
    says="Sigmoid's slope is `y` alone: a factor is missing.",
    why="Far above 0, where y is almost 1, the curve is flat, and y is not.",
    read=SLOPE,
    hint=1,
)
def sigmoid_slope_is_output(case, right):
    return case.grad_output * output_of("sigmoid", right)


@misconception(
    "sigmoid.grad_input",
    says="Sigmoid's slope is `1 - y²`, which is that of tanh.",
    why="At x = 0 it gives 0.75, and sigmoid is nowhere steeper than 0.25.",
    read=SLOPE,
    hint=1,
)
def sigmoid_uses_tanh_slope(case, right):
    return case.grad_output * (1 - output_of("sigmoid", right) ** 2)


@misconception(
    "sigmoid.grad_input",
    says="Sigmoid's slope is measured with a one-sided step of 0.001.",
    why="A nudge to one side always catches some of the bend of the curve.",
    read="numerical-derivative#look-both-ways",
    hint=2,
)
def sigmoid_one_sided(case, right):
    return case.grad_output * (sigmoid(case.x + 1e-3) - sigmoid(case.x)) / 1e-3


@misconception(
    says="Sigmoid is `exp(x) / (1 + exp(x))`, which is inf / inf at 1000.",
    why="exp of anything above 709 is too large for a float64.",
    read=OVERFLOW,
    hint=3,
)
def sigmoid_overflow(module):
    module.Sigmoid.forward = keeping(lambda x: np.exp(x) / (1 + np.exp(x)))


@misconception(
    says="Sigmoid cuts its input off at ±8.",
    why="At 8 it is 0.99966 and still rising; exp itself is safe up to 709.",
    read=OVERFLOW,
    hint=3,
)
def sigmoid_clipped(module):
    module.Sigmoid.forward = keeping(lambda x: sigmoid(np.clip(x, -8, 8)))


@misconception(
    says="Your sigmoid falls: it is `1 / (1 + exp(x))`.",
    why="For large x it should come close to 1, so the exponential has to die away there.",
    read="activations#steep-in-the-middle-flat-outside",
    hint=3,
)
def sigmoid_falls(module):
    module.Sigmoid.forward = keeping(lambda x: sigmoid(-x))


@misconception(
    "tanh.grad_input",
    says="Tanh's backward takes the tanh of the output, so it is squeezed twice.",
    why="1 - tanh(x)² is a formula of the input; the output is that tanh already.",
    read=SLOPE,
    hint=2,
)
def tanh_of_output(case, right):
    return case.grad_output * (1 - np.tanh(output_of("tanh", right)) ** 2)


@misconception(
    "tanh.grad_input",
    says="Tanh's slope is `1 - x²`: the formula is right, but it is given the input.",
    why="Beyond 1 that is below 0, and a curve that always rises has no slope below 0.",
    read=SLOPE,
    hint=2,
)
def tanh_of_input(case, right):
    return case.grad_output * (1 - case.x**2)


@misconception(
    "tanh.grad_input",
    says="Tanh's slope is `-y²`: the 1 in front of it is missing.",
    why="At x = 0 tanh is at its steepest, with a slope of 1, and -y² is 0 there.",
    read=SLOPE,
    hint=1,
)
def tanh_one_forgotten(case, right):
    return -case.grad_output * output_of("tanh", right) ** 2


@misconception(
    "tanh.grad_input",
    says="Tanh's slope is `1 - y`: the square is missing.",
    why="The curve is as steep at -x as it is at x, so the sign of y has no say.",
    read=SLOPE,
    hint=1,
)
def tanh_square_forgotten(case, right):
    return case.grad_output * (1 - output_of("tanh", right))


@misconception(
    "tanh.grad_input",
    says="Tanh's slope is `1 + y²`: the sign of the square is turned.",
    why="That grows towards the bounds, where the curve goes flat.",
    read=SLOPE,
    hint=1,
)
def tanh_square_added(case, right):
    return case.grad_output * (1 + output_of("tanh", right) ** 2)


@misconception(
    "tanh.grad_input",
    says="Tanh's slope is `y * (1 - y)`, which is that of sigmoid.",
    why="At x = 0 it gives 0, where tanh is at its steepest.",
    read=SLOPE,
    hint=1,
)
def tanh_uses_sigmoid_slope(case, right):
    y = output_of("tanh", right)
    return case.grad_output * y * (1 - y)


@misconception(
    "tanh.grad_input",
    says="Tanh's slope is made of `grad_output`, as `1 - grad_output²`.",
    why="How steep the curve is depends on where forward stood, not on what comes back.",
    read=SLOPE,
    hint=2,
)
def tanh_from_upstream(case, right):
    return 1 - case.grad_output**2


@misconception(
    "tanh.grad_input",
    says="Tanh's backward returns the slope alone.",
    why="Without the upstream it says how `y` moves, and not how the loss does.",
    read=UPSTREAM,
    hint=2,
)
def tanh_upstream_forgotten(case, right):
    return 1 - output_of("tanh", right) ** 2


@misconception(
    "tanh.grad_input",
    says="Tanh's slope is measured with a one-sided step of 0.001.",
    why="A nudge to one side always catches some of the bend of the curve.",
    read="numerical-derivative#look-both-ways",
    hint=2,
)
def tanh_one_sided(case, right):
    return case.grad_output * (np.tanh(case.x + 1e-3) - np.tanh(case.x)) / 1e-3


@misconception(
    "tanh.output",
    "tanh.grad_input",
    says="Your tanh is `2 * sigmoid(x) - 1`, which is the tanh of x / 2.",
    why="The two curves agree after stretching in both directions, so x is doubled as well.",
    read="activations#steep-in-the-middle-flat-outside",
    hint=1,
)
def tanh_half_argument(case, right):
    y = np.tanh(case.x / 2)
    return y, case.grad_output * (1 - y**2) / 2


@misconception(
    says="Tanh is written out with exp(x) and exp(-x), which is inf / inf at ±1000.",
    why="exp of anything above 709 is too large for a float64.",
    read=OVERFLOW,
    hint=3,
)
def tanh_overflow(module):
    def by_the_book(x):
        up, down = np.exp(x), np.exp(-x)
        return (up - down) / (up + down)

    module.Tanh.forward = keeping(by_the_book)
