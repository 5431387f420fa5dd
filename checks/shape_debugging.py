"""Which of the three layers is mended, and is everything else as it was?

The layers stand in a row, x → Centre → h → Linear → z → Scale, so that one loss has all their
gradients. What the bugs of the stub touch is never passed on: Scale and Linear are wrong in the
gradient of a parameter, and Centre, whose grad_input is wrong, is the last one going backward.
"""

from tutor.spec import Case, misconception

gradients = {
    "scale.grad_gamma": "gamma",
    "linear.grad_W": "W",
    "linear.grad_b": "b",
    "centre.grad_input": "x",
}
rows = (
    "x",
    "grad_output",
    "scale.output",
    "centre.output",
    "linear.output",
    "scale.grad_input",
    "linear.grad_input",
    "centre.grad_input",
)


def row_case(name, rng, sizes, **more):
    """Random numbers for so many rows, inputs and outputs."""
    count, inputs, outputs = sizes
    quantities = {
        "x": rng.normal(size=(count, inputs)),
        "W": rng.normal(size=(outputs, inputs)),
        "b": rng.normal(size=outputs),
        "gamma": rng.normal(size=outputs),
        "grad_output": rng.normal(size=(count, outputs)),
    }
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield row_case("every size differs: a wrong shape shows", rng, (4, 3, 5))
    yield row_case("all sizes equal: every wrong order fits", rng, (3, 3, 3))
    yield row_case("as many rows as inputs: no keepdims still fits", rng, (4, 4, 2))
    yield row_case("one row: a sum over the batch is the row itself", rng, (1, 4, 3))
    yield row_case("one output: axes of 1 stay axes", rng, (3, 2, 1))
    yield row_case("200 rows: the batch is summed, not averaged", rng, (200, 3, 2))


def probe(learner, case):
    outputs, inputs = case.W.shape
    centre, linear = learner.Centre(), learner.Linear(inputs, outputs)
    scale = learner.Scale(outputs)
    linear.W, linear.b, scale.gamma = case.W, case.b, case.gamma
    h = centre.forward(case.x)
    z = linear.forward(h)
    yield "scale.output", scale.forward(z)
    yield "linear.output", z
    yield "centre.output", h
    grad_z = scale.backward(case.grad_output)
    yield "scale.grad_gamma", scale.grad_gamma
    yield "scale.grad_input", grad_z
    grad_h = linear.backward(grad_z)
    yield "linear.grad_W", linear.grad_W
    yield "linear.grad_b", linear.grad_b
    yield "linear.grad_input", grad_h
    yield "centre.grad_input", centre.backward(grad_h)


def quantities(case, right):
    between = {"h": "centre.output", "z": "linear.output"}
    between |= {"grad_z": "scale.grad_input", "grad_h": "linear.grad_input"}
    return {"N": len(case.x), **{name: getattr(right, array) for name, array in between.items()}}


# -- what is broken in the stub, and how it may be mended wrongly ---------------------------------

SHAPES = "shapes#shapes-suggest-the-formula"
BROADCASTING = "shapes#broadcasting-backward"
HIDDEN = "shapes#what-shapes-cannot-see"


def given(right, array):
    return getattr(right, array)


def shares(case, right):
    """What each row adds to grad_gamma."""
    return case.grad_output * given(right, "linear.output")


@misconception(
    "scale.grad_gamma",
    says="`Scale`: `grad_gamma` has one row for each sample.",
    why="All rows share one gamma, so their shares end up in one place.",
    read=BROADCASTING,
    hint=1,
)
def grad_gamma_not_summed(case, right):
    return shares(case, right)


@misconception(
    "scale.grad_gamma",
    says="`Scale`: `grad_gamma` is added up along the features, and not over the batch.",
    why="gamma has one entry for each feature, so the features are what has to stay.",
    read=SHAPES,
    hint=1,
)
def grad_gamma_wrong_axis(case, right):
    return shares(case, right).sum(axis=1)


@misconception(
    "scale.grad_gamma",
    says="`Scale`: `grad_gamma` keeps an axis of size 1.",
    why="gamma is (D,) and has no such axis; the next broadcast may stretch it.",
    read=BROADCASTING,
    hint=1,
)
def grad_gamma_keeps_an_axis(case, right):
    return shares(case, right).sum(axis=0, keepdims=True)


@misconception(
    "scale.grad_gamma",
    says="`Scale`: `grad_gamma` is a mean over the batch.",
    why="A mean is taken once, in the loss; a layer adds the shares of its rows.",
    read=HIDDEN,
    hint=1,
)
def grad_gamma_averaged(case, right):
    return shares(case, right).mean(axis=0)


@misconception(
    "scale.grad_gamma",
    says="`Scale`: `grad_gamma` adds up `grad_output`, and the input has been left out.",
    why="A nudge of gamma moves y by x, which is another number in each row.",
    read="local-gradients#local-times-upstream",
    hint=1,
)
def grad_gamma_without_input(case, right):
    return case.grad_output.sum(axis=0)


@misconception(
    "linear.grad_W",
    says="`Linear`: `grad_W` is the right gradient turned round.",
    why="Here W is (out, in): row j belongs to output j, and so does row j of its gradient.",
    read=SHAPES,
    hint=2,
)
def grad_W_turned_round(case, right):
    return given(right, "linear.grad_W").T


@misconception(
    "linear.grad_W",
    says="`Linear`: `grad_W` was pressed into shape by `reshape`.",
    why="That leaves the numbers in reading order, and they belong in other places.",
    read="shapes#common-mistakes",
    hint=2,
)
def grad_W_reshaped(case, right):
    return given(right, "linear.grad_W").T.reshape(case.W.shape)


@misconception(
    "linear.grad_W",
    says="`Linear`: `grad_W` is made from the input of `Centre`, not from its own.",
    why="y = x · Wᵀ + b used what came into this layer; the local slope is that number.",
    read="local-gradients#what-to-remember",
    hint=2,
)
def grad_W_of_another_input(case, right):
    return given(right, "scale.grad_input").T @ case.x


@misconception(
    "linear.grad_W",
    says="`Linear`: `grad_W` is a mean over the batch.",
    why="A mean is taken once, in the loss; a layer adds the shares of its rows.",
    read=HIDDEN,
    hint=2,
)
def grad_W_averaged(case, right):
    return given(right, "linear.grad_W") / len(case.x)


@misconception(
    "linear.grad_input",
    "centre.grad_input",
    says="`Linear`: `grad_input` was right, and is `grad_output @ W.T` now.",
    why="Here W is (out, in) as it stands, so it need not be turned to sum over the outputs.",
    read=SHAPES,
    hint=2,
)
def mended_what_was_whole(case, right):
    upstream = given(right, "scale.grad_input") @ case.W.T
    return upstream, upstream - upstream.mean(axis=1, keepdims=True)


@misconception(
    "centre.grad_input",
    says="`Centre`: the mean is taken over the batch, as each column's.",
    why="Samples do not meet in this layer: forward takes from each row its own mean.",
    read=HIDDEN,
    hint=3,
)
def centred_columns(case, right):
    upstream = given(right, "linear.grad_input")
    return upstream - upstream.mean(axis=0, keepdims=True)


@misconception(
    "centre.grad_input",
    says="`Centre`: one mean is taken of the whole batch.",
    why="Samples do not meet in this layer: forward takes from each row its own mean.",
    read=HIDDEN,
    hint=3,
)
def centred_by_one_mean(case, right):
    upstream = given(right, "linear.grad_input")
    return upstream - upstream.mean()


@misconception(
    "centre.grad_input",
    says="`Centre`: the means lost their axis; where N equals D they line up with columns.",
    why="(N,) counts as (1, N) in a broadcast, and the means belong into a column.",
    read=BROADCASTING,
    hint=3,
)
def centred_without_keepdims(case, right):
    upstream = given(right, "linear.grad_input")
    return upstream - upstream.mean(axis=1)


@misconception(
    "centre.grad_input",
    says="`Centre`: each row's sum is taken off, and not its mean.",
    why="Each entry is 1/D of the mean in forward, and so is what comes back through it.",
    read="the-chain-rule#the-slopes-you-need",
    hint=3,
)
def centred_by_the_sum(case, right):
    upstream = given(right, "linear.grad_input")
    return upstream - upstream.sum(axis=1, keepdims=True)


@misconception(
    "centre.grad_input",
    says="`Centre`: the upstream is handed on as it came.",
    why="x reaches y twice, by itself and through the mean of its row.",
    read="the-chain-rule#paths-multiply-branches-add",
    hint=3,
)
def mean_left_out(case, right):
    return given(right, "linear.grad_input")


@misconception(
    "centre.grad_input",
    says="`Centre`: each row's mean is added, and not taken off.",
    why="The mean enters y with a minus, and that sign comes back with the gradient.",
    read="the-chain-rule#paths-multiply-branches-add",
    hint=3,
)
def mean_added(case, right):
    upstream = given(right, "linear.grad_input")
    return upstream + upstream.mean(axis=1, keepdims=True)
