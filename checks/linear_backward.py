"""Are the three gradients of a linear layer right, in value, shape and sum?

Where sizes differ, most mistakes raise; where sizes agree, they fit and give wrong numbers. So
there are cases of both kinds. Upstream gradients are random: ones would hide which axis was summed.
The batch is summed here; only the loss takes a mean.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {"grad_input": "x", "grad_W": "W", "grad_b": "b"}
rows = ("x", "grad_output", "output", "grad_input")


def layer_case(name, rng, sizes, scale=1.0, **more):
    """A case with so many rows, inputs and outputs."""
    batch, inputs, outputs = sizes
    quantities = {
        "x": scale * rng.normal(size=(batch, inputs)),
        "W": scale * rng.normal(size=(inputs, outputs)),
        "b": scale * rng.normal(size=outputs),
        "grad_output": scale * rng.normal(size=(batch, outputs)),
    }
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield layer_case("every size differs: a wrong shape shows", rng, (4, 3, 5), parameters=True)
    yield layer_case("all sizes equal: a missing transpose still fits", rng, (3, 3, 3))
    yield layer_case("one row: here a mean passes for a sum", rng, (1, 4, 2))
    yield layer_case("one feature in, one out: axes of 1 stay axes", rng, (4, 1, 1))
    few = np.array([[0.0, 0.0], [1.5, -0.5], [0.0, 2.0]])
    name = "zeros: W = 0 stops grad_input, not grad_W"
    yield layer_case(name, rng, (3, 2, 4), x=few, W=np.zeros((2, 4)))
    yield layer_case(
        "transposed views: memory order does not matter",
        rng,
        (4, 3, 2),
        x=rng.normal(size=(3, 4)).T,
        W=rng.normal(size=(2, 3)).T,
        grad_output=rng.normal(size=(2, 4)).T,
    )
    yield layer_case("200 rows: the batch is summed, not averaged", rng, (200, 3, 2))
    yield layer_case("large numbers: nothing is cut off", rng, (3, 4, 2), scale=1e4)
    some = np.array([[0.0, 0.0], [1.5, -0.5], [0.0, 0.0], [-1.0, 2.0]])
    name = "rows without blame: their grad_input is 0, not gone"
    yield layer_case(name, rng, (4, 3, 2), grad_output=some)
    x, grad_output = rng.normal(size=(3, 3)), rng.normal(size=(3, 2))
    name = "equal rows in x and in grad_output: each one counts"
    again = {"x": x[[0, 1, 0, 2]], "grad_output": grad_output[[0, 1, 1, 2]]}
    yield layer_case(name, rng, (4, 3, 2), **again)
    yield layer_case("as many rows as inputs: x fits for xᵀ", rng, (3, 3, 2))
    yield layer_case("as many rows as outputs: sums of either axis fit", rng, (3, 2, 3))


def probe(learner, case):
    layer = learner.Linear(*case.W.shape)
    layer.W, layer.b = case.W, case.b
    yield "output", layer.forward(case.x)
    yield "grad_input", layer.backward(case.grad_output)
    yield "grad_W", layer.grad_W
    yield "grad_b", layer.grad_b
    if "parameters" in case:
        yield "W after backward", layer.W  # as they were: only an optimizer moves parameters
        yield "b after backward", layer.b
        new = learner.Linear(*case.W.shape)
        yield "W of a new layer", 0 * new.W  # 0 *: the numbers are random, the shapes are not
        yield "b of a new layer", 0 * new.b


def quantities(case, right):
    return {"N": len(case.x), "in": case.W.shape[0], "out": case.W.shape[1]}


@misconception(
    "grad_W",
    says="Your `grad_W` is the right gradient, turned round.",
    why="Row i of W belongs to input i, and so does row i of its gradient.",
    read="linear-layer#matrices-second-why-xᵀ-comes-first",
    hint=2,
)
def grad_W_turned_round(case, right):
    return right.grad_W.T


@misconception(
    "grad_W",
    says="Your `grad_W` multiplies entry by entry, with `*`.",
    why="Each weight adds up one product from every sample, and `*` adds nothing up.",
    read="linear-layer#one-number-at-a-time",
    hint=2,
)
def grad_W_elementwise(case, right):
    return case.x * case.grad_output


@misconception(
    "grad_W",
    says="Your `grad_W` is `x @ grad_output`: `x` is not turned.",
    why="A product sums over its inner axis; here that is a feature, and it must be the sample.",
    read="linear-layer#matrices-second-why-xᵀ-comes-first",
    hint=2,
)
def grad_W_not_turned(case, right):
    return case.x @ case.grad_output


@misconception(
    "grad_W",
    says="Your `grad_W` is averaged over the batch.",
    why="The mean is taken once, in the loss; a layer adds up what its rows give.",
    read="linear-layer#a-gradient-from-each-sample",
    hint=3,
)
def grad_W_mean(case, right):
    return right.grad_W / len(case.x)


@misconception(
    "grad_W",
    says="Your `grad_W` holds the last sample's share alone.",
    why="W is used by every sample, so the shares of all of them are added.",
    read="linear-layer#a-gradient-from-each-sample",
    hint=3,
)
def grad_W_last_row_only(case, right):
    return np.outer(case.x[-1], case.grad_output[-1])


@misconception(
    "grad_W",
    says="Your `grad_W` has the right shape by `reshape`, and its entries are mixed up.",
    why="reshape keeps the entries in reading order; turning an array round does not.",
    read="shapes",
    hint=2,
)
def grad_W_reshaped(case, right):
    return (case.grad_output.T @ case.x).reshape(case.W.shape)


@misconception(
    "grad_W",
    says="Your `grad_W` keeps one outer product for each row.",
    why="W is used by every sample, so the shares of all of them are added.",
    read="linear-layer#a-gradient-from-each-sample",
    hint=3,
)
def grad_W_not_summed(case, right):
    return np.einsum("ni,nj->nij", case.x, case.grad_output)


@misconception(
    "grad_W",
    says="Your `grad_W` is `np.outer` of two whole batches.",
    why="outer pairs every entry with every other, also those of different samples.",
    read="linear-layer#a-gradient-from-each-sample",
    hint=2,
)
def grad_W_outer_of_batch(case, right):
    return np.outer(case.x, case.grad_output)


@misconception(
    "grad_W",
    says="Your `grad_W` adds up over the batch first and multiplies then.",
    why="Each sample's input belongs to its own upstream gradient; sums mix the samples.",
    read="linear-layer#a-gradient-from-each-sample",
    hint=2,
)
def grad_W_outer_of_sums(case, right):
    return np.outer(case.x.sum(axis=0), case.grad_output.sum(axis=0))


@misconception(
    "grad_W",
    says="Your `grad_W` does not use the upstream gradient.",
    why="A weight matters as much as the outputs that it feeds, and grad_output tells how much.",
    read="linear-layer#one-number-at-a-time",
    hint=2,
)
def grad_W_upstream_forgotten(case, right):
    return case.x.T @ np.ones_like(case.grad_output)


@misconception(
    "grad_input",
    "grad_W",
    "grad_b",
    says="Your gradients do not use the upstream gradient.",
    why="They are the slopes of the layer alone; the chain rule multiplies by what comes in.",
    read="linear-layer#one-number-at-a-time",
    hint=2,
)
def upstream_forgotten(case, right):
    ones = np.ones_like(case.grad_output)
    return ones @ case.W.T, case.x.T @ ones, ones.sum(axis=0)


@misconception(
    "grad_input",
    "grad_W",
    "grad_b",
    says="Your backward masks `grad_output` where y is not positive.",
    why="That is a ReLU's business; this layer has no corner.",
    read="linear-layer#one-number-at-a-time",
)
def relu_inside(case, right):
    masked = case.grad_output * (right.output > 0)
    return masked @ case.W.T, case.x.T @ masked, masked.sum(axis=0)


@misconception(
    "grad_input",
    "grad_W",
    says="Your `grad_input` and `grad_W` use output 0's upstream for every output.",
    why="Each output has an upstream gradient of its own: grad_output[n, j].",
    read="linear-layer#one-number-at-a-time",
    hint=2,
)
def upstream_of_first_output(case, right):
    first = case.grad_output[:, :1] * np.ones_like(case.grad_output)
    return first @ case.W.T, case.x.T @ first


@misconception(
    says="Your layer keeps W turned round, as (out, in).",
    why="Here W is (in, out), and it may be replaced from outside by one of that shape.",
    read="linear-layer",
    hint=1,
)
def W_turned_round(module):
    class Turned(module.Linear):
        def forward(self, x):
            self.x = x
            return x @ self.W.T + self.b

        def backward(self, grad_output):
            super().backward(grad_output)
            self.grad_W = self.grad_W.T
            return grad_output @ self.W

    module.Linear = Turned


@misconception(
    "grad_b",
    says="Your `grad_b` is `grad_output` itself: its rows are not added up.",
    why="Every row used the same b, so each row has a share in its gradient.",
    read="linear-layer#one-number-at-a-time",
    hint=3,
)
def grad_b_not_summed(case, right):
    return case.grad_output


@misconception(
    "grad_b",
    says="Your `grad_b` adds up the outputs of each sample.",
    why="b[j] is used by all samples for output j; the sum runs over the samples.",
    read="linear-layer#what-ones-hide",
    hint=3,
)
def grad_b_wrong_axis(case, right):
    return case.grad_output.sum(axis=1)


@misconception(
    "grad_b",
    says="Your `grad_b` is a mean over the batch.",
    why="The mean is taken once, in the loss; a layer adds up what its rows give.",
    read="linear-layer#a-gradient-from-each-sample",
    hint=3,
)
def grad_b_mean(case, right):
    return right.grad_b / len(case.x)


@misconception(
    "grad_b",
    says="Your `grad_b` keeps an axis of size 1.",
    why="A gradient has the shape of its variable, and b has one axis.",
    read="shapes",
    hint=3,
)
def grad_b_keepdims(case, right):
    return right.grad_b[np.newaxis]


@misconception(
    "grad_b",
    says="Your `grad_b` adds up rows and outputs: one sum for all.",
    why="b[j] feeds output j alone, so each output keeps a sum of its own.",
    read="linear-layer#one-number-at-a-time",
    hint=3,
)
def grad_b_total(case, right):
    return np.full_like(case.b, case.grad_output.sum())


@misconception(
    "grad_b",
    says="Your `grad_b` is one number: everything was added up.",
    why="b[j] feeds output j alone, so each output keeps a sum of its own.",
    read="linear-layer#one-number-at-a-time",
    hint=3,
)
def grad_b_one_number(case, right):
    return case.grad_output.sum()


@misconception(
    "grad_b",
    says="Your `grad_b` loses an axis of size 1 to `squeeze` before it is summed.",
    why="One row is a batch, too; its axis is there to be summed over.",
    read="shapes",
    hint=3,
)
def squeezed(case, right):
    return np.squeeze(case.grad_output).sum(axis=0)


@misconception(
    "grad_b",
    says="Your `grad_b` counts the rows and leaves out `grad_output`.",
    why="Each row's share is its upstream gradient times a slope of 1, not 1.",
    read="linear-layer#one-number-at-a-time",
    hint=3,
)
def grad_b_upstream_forgotten(case, right):
    return np.full_like(case.b, len(case.x))


@misconception(
    "grad_input",
    says="Your `grad_input` is `grad_output @ W`: `W` is not turned.",
    why="The sum must run over the outputs, and these are the last axis of both.",
    read="linear-layer#matrices-second-why-xᵀ-comes-first",
    hint=2,
)
def grad_input_not_turned(case, right):
    return case.grad_output @ case.W


@misconception(
    "grad_input",
    says="Your `grad_input` is averaged over the batch.",
    why="Each row of x has a gradient of its own; there is nothing to average in the layer.",
    read="linear-layer#a-gradient-from-each-sample",
    hint=3,
)
def grad_input_mean(case, right):
    return right.grad_input / len(case.x)


@misconception(
    "grad_input",
    says="Your `grad_input` uses W by `reshape`, with its entries mixed up.",
    why="reshape keeps the entries in reading order; turning an array round does not.",
    read="shapes",
    hint=2,
)
def grad_input_reshaped(case, right):
    return case.grad_output @ case.W.reshape(case.W.shape[::-1])


@misconception(
    "grad_input",
    says="Your `grad_input` holds the last output's share alone.",
    why="An input feeds all outputs, so the shares of all of them are added.",
    read="linear-layer#one-number-at-a-time",
    hint=3,
)
def grad_input_last_output_only(case, right):
    return np.outer(case.grad_output[:, -1], case.W[:, -1])


@misconception(
    "grad_input",
    says="Your `grad_input` does not use the upstream gradient.",
    why="x matters as much as the outputs that it feeds, and grad_output tells how much.",
    read="linear-layer#one-number-at-a-time",
    hint=2,
)
def grad_input_upstream_forgotten(case, right):
    return np.ones_like(case.grad_output) @ case.W.T


@misconception(
    "output",
    says="Your forward leaves out the bias.",
    why="y = x · W + b: every row gets b added.",
    read="linear-layer#a-small-example",
)
def bias_forgotten(case, right):
    return case.x @ case.W


@misconception(
    "output",
    says="Your forward adds the bias once for each input.",
    why="y = x · W + b: the sum runs over the inputs, and b stands outside of it.",
    read="linear-layer#one-number-at-a-time",
    hint=1,
)
def bias_added_per_input(case, right):
    return right.output + (len(case.W) - 1) * case.b


@misconception(
    "output",
    says="Your forward keeps the product of the last input alone.",
    why="y[n, j] is a sum over all inputs; each one adds to it.",
    read="linear-layer#one-number-at-a-time",
    hint=1,
)
def forward_last_input_only(case, right):
    return np.outer(case.x[:, -1], case.W[-1]) + case.b


@misconception(
    "output",
    says="All rows of your output are its last row.",
    why="A list times N is the same list N times, so each write goes to all of them.",
    hint=1,
)
def rows_aliased(case, right):
    return np.repeat(right.output[-1:], len(case.x), axis=0)
