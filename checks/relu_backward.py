"""Does the gradient pass where x was positive, and nowhere else?

Inputs keep a distance of 0.2 from the corner at 0, where no numerical derivative exists. Two
cases come closer on purpose, on the corner and right beside it: there the agreed derivatives are
compared, 0 at 0 and 1 at the smallest number above it.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {"grad_input": "x"}
rows = ("x", "grad_output", "output", "grad_input")


def off_the_corner(rng, shape):
    """Random numbers of both signs, none closer to 0 than 0.2."""
    return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.2, 2.0, size=shape)


def layer_case(name, rng, shape, **more):
    quantities = {"x": off_the_corner(rng, shape), "grad_output": rng.normal(size=shape)}
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield layer_case("both signs, random upstream", rng, (4, 3))
    zeros = np.array([[0.0, 1.5, -0.0], [-0.5, 0.0, 0.7]])
    yield layer_case("exactly 0 and -0.0: the derivative is 0", rng, (2, 3), x=zeros)
    tiny = np.array([[5e-324, 1e-300, 1e-200, 1e-100], [-5e-324, -1e-300, -1e-200, -1e-100]])
    yield layer_case("close to 0: whatever is above 0 passes", rng, (2, 4), x=tiny)
    large = np.array([[50.0, -50.0, 1e4], [-1e4, 2e3, 1e6]])
    upstream = 1e4 * off_the_corner(rng, (2, 3))
    name = "large numbers: nothing is cut off"
    yield layer_case(name, rng, (2, 3), x=large, grad_output=upstream)
    mixed = np.array([[1.2, -0.4, 0.8, -1.9, 0.3, 1.1]])
    downward = -rng.uniform(0.5, 1.5, size=(1, 6))
    name = "one row, upstream below 0: its sign is no mask"
    yield layer_case(name, rng, (1, 6), x=mixed, grad_output=downward)
    below = -rng.uniform(0.2, 2.0, size=(2, 3))
    yield layer_case("all below 0: nothing passes", rng, (2, 3), x=below)
    yield layer_case("one dimension: no batch axis to rely on", rng, (7,))
    yield layer_case("four dimensions: any shape will do", rng, (2, 3, 2, 2))
    yield layer_case(
        "a square, transposed view: a turned mask still fits",
        rng,
        (4, 4),
        x=off_the_corner(rng, (4, 4)).T,
        grad_output=rng.normal(size=(4, 4)).T,
    )
    yield layer_case("200 rows of one feature: a large batch", rng, (200, 1))


def probe(learner, case):
    layer = learner.ReLU()
    yield "output", layer.forward(case.x)
    yield "grad_input", layer.backward(case.grad_output)


def quantities(case, right):
    return {"mask": case.x > 0}


GATE = "local-gradients#relu-is-a-gate"
UPSTREAM = "local-gradients#local-times-upstream"


@misconception(
    says="Your `grad_input` is the slope alone; `grad_output` is not in it.",
    why="The slope tells how y moves with x. How the loss moves with y comes from above.",
    read=UPSTREAM,
    hint=2,
)
def upstream_forgotten(module):
    module.ReLU.backward = lambda self, _: 1.0 * self.mask


@misconception(
    says="Your `grad_input` is `grad_output` as it came, whatever `x` was.",
    why="Where forward gave 0, a nudge of x does not reach the loss.",
    read=GATE,
    hint=1,
)
def mask_forgotten(module):
    module.passes = np.ones_like


@misconception(
    says="Your gate is open where `x` is exactly 0.",
    why="The corner has two slopes to choose from, and this course has chosen the other one.",
    read=GATE,
    hint=3,
)
def mask_includes_zero(module):
    module.passes = lambda x: x >= 0


@misconception(
    says="Where `x` is exactly 0, half of the gradient passes.",
    why="Half is the mean of both slopes, as a numerical derivative sees it; we agreed on one.",
    read=GATE,
    hint=3,
)
def half_at_zero(module):
    module.passes = lambda x: np.heaviside(x, 0.5)


@misconception(
    "grad_input",
    says="Where `x` is exactly 0, your `grad_input` is NaN.",
    why="0 divided by 0 is NaN; a slope that is worked out as y / x does that.",
    read=GATE,
    hint=3,
)
def nan_at_zero(case, right):
    return np.where(case.x == 0, np.nan, right.grad_input)


@misconception(
    says="Your gate is closed for small positive `x`, too.",
    why="forward lets every number above 0 through, however small it is.",
    read=GATE,
    hint=3,
)
def threshold_not_zero(module):
    module.passes = lambda x: x > 1e-3  # no case has an x between 1e-100 and 0.2


@misconception(
    "grad_input",
    says="The sign of `grad_output` decides what passes, and `x` has no say.",
    why="Gates are opened on the way forward, and blame may have either sign.",
    read=GATE,
    hint=2,
)
def mask_of_upstream(case, right):
    return case.grad_output * (case.grad_output > 0)


@misconception(
    "grad_input",
    says="Besides `x`, `grad_output` has to be positive to pass.",
    why="Gates are opened on the way forward, and blame may have either sign.",
    read=GATE,
    hint=2,
)
def mask_also_of_upstream(case, right):
    return right.grad_input * (case.grad_output > 0)


@misconception(
    says="Your gates are the wrong way round: what should stop passes.",
    why="The gradient goes back through the entries that let something through forward.",
    read=GATE,
    hint=1,
)
def mask_turned_round(module):
    module.passes = lambda x: x <= 0


@misconception(
    says="Your gradient passes where `x` is below 0, and nowhere else.",
    why="The gradient goes back through the entries that let something through forward.",
    read=GATE,
    hint=1,
)
def mask_below_zero(module):
    module.passes = lambda x: x < 0


@misconception(
    says="One decision is taken for the whole array: everything passes, or nothing.",
    why="Each entry of y depends on its own entry of x, so each has a gate of its own.",
    read=GATE,
    hint=3,
)
def mask_for_whole_array(module):
    module.passes = lambda x: (x > 0).any()


@misconception(
    says="Your `grad_output` is multiplied by the output.",
    why="The chain rule asks how fast y moves with x, not how large y is.",
    read=UPSTREAM,
    hint=1,
)
def times_output(module):
    module.passes = lambda x: np.maximum(0.0, x)


def leaky(slope):
    """The mistakes of a ReLU that takes over the slope of another one."""

    @misconception(
        "output",
        says=f"Your forward is a leaky ReLU: {slope:g} of what is negative passes.",
        why="The rectifier of this exercise gives 0 for all of it.",
        read=GATE,
    )
    def leaky_forward(case, right):
        return np.where(case.x > 0, case.x, slope * case.x)

    @misconception(
        says=f"Your backward is that of a leaky ReLU: {slope:g} passes a closed gate.",
        why="Where x is not positive, this forward is flat.",
        read=GATE,
        hint=1,
    )
    def leaky_backward(module):
        module.passes = lambda x: np.where(x > 0, 1.0, slope)

    @misconception(
        "grad_input",
        says=f"Where `x` is not positive, your `grad_input` is {slope:g}.",
        why="That is the slope of a leaky ReLU, and without the upstream gradient.",
        read=UPSTREAM,
        hint=2,
    )
    def leaky_without_upstream(case, right):
        return np.where(case.x > 0, case.grad_output, slope)

    return leaky_forward, leaky_backward, leaky_without_upstream


forward_001, backward_001, without_upstream_001 = leaky(0.01)
forward_01, backward_01, without_upstream_01 = leaky(0.1)
forward_02, backward_02, without_upstream_02 = leaky(0.2)


@misconception(
    "grad_input",
    says="Your `grad_input` stays 0 where `grad_output` is a transposed view.",
    why="There `reshape` and `ravel` may give a copy, and what is written into it is lost.",
    read="shapes#common-mistakes",
)
def lost_in_a_copy(case, right):
    return right.grad_input * case.grad_output.flags.c_contiguous
