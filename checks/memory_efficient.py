"""Are these the same gradients, from at most 60 % of the memory?

The bar was chosen by trying. Boolean masks alone come to 65 % of the plain version, which is the
one in the stub. With caches given up on the way back, and no name that keeps an array alive, they
come to 55 %. Gates read off the cached outputs: 60 to 51 %, the less is copied. Every third input
kept and the others computed again: 42 %. The batch in four pieces: 35 %. NumPy tells tracemalloc
of every buffer, so the peak is the same on every machine, to a few kilobytes.
"""

import numpy as np

from tutor.spec import Case, at_most, measured, misconception

MOST_WEIGHTS = 6
gradients = {"grad_input": "x"} | {f"grad_weights[{k}]": f"W{k}" for k in range(MOST_WEIGHTS)}
rows = ("x", "grad_output", "output", "grad_input")
traced = True

SHARE = 0.6


def network_case(name, rng, sizes, batch, **more):
    quantities = {
        "x": rng.normal(size=(batch, sizes[0])),
        "grad_output": rng.normal(size=(batch, sizes[-1])),
        "depth": len(sizes) - 1,
    }
    for k in range(len(sizes) - 1):
        shape = (sizes[k], sizes[k + 1])
        quantities[f"W{k}"] = rng.normal(scale=np.sqrt(2.0 / sizes[k]), size=shape)
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield network_case("three products, every size differs", rng, [3, 6, 4, 2], 5)
    yield network_case("two products, one ReLU", rng, [4, 7, 3], 6)
    yield network_case("a single product: no ReLU at all", rng, [4, 3], 5)
    yield network_case("all sizes equal: another layer's gate fits", rng, [4, 4, 4, 4], 4)
    yield network_case("one row", rng, [3, 5, 4, 2], 1)
    name = "seven rows in one step: no piece may leave one out"
    yield network_case(name, rng, [3, 8, 6, 2], 7, step=True)
    name = "zeros in x: the first product is not gated"
    yield network_case(name, rng, [3, 4, 2], 4, x=np.zeros((4, 3)))
    large = network_case("the large one: its memory is measured", rng, [50] * 7, 2000)
    _, plain = measured(plain_step, weights_of(large), large.x, large.grad_output)
    yield large.replace(most_kilobytes=SHARE * plain / 1000)


def weights_of(case):
    return [getattr(case, f"W{k}") for k in range(case.depth)]


def probe(learner, case):
    net = learner.Network(weights_of(case))
    if "most_kilobytes" in case:
        grad_input, peak = measured(net.step, case.x, case.grad_output)
        yield "peak_memory", at_most(peak / 1000, case.most_kilobytes, "kB")
    else:
        yield "output", net.forward(case.x)
        grad_input = net.backward(case.grad_output)
    if "step" in case:
        grad_input = net.step(case.x, case.grad_output)
    grad_weights = net.grad_weights
    for k in reversed(range(case.depth)):
        yield f"grad_weights[{k}]", grad_weights[k]
    yield "grad_input", grad_input


def plain_step(weights, x, grad_output):
    """What the stub does, to be measured beside the learner's: every array anew, all kept."""
    inputs, masks = plain_forward(weights, x)
    grad, grad_weights = grad_output, []
    for k in range(len(weights) - 1, -1, -1):
        if k < len(masks):
            grad = grad * masks[k]
        grad_weights.append(inputs[k].T @ grad)
        grad = grad @ weights[k].T
    return grad


def plain_forward(weights, x):
    """The inputs of all products, and the masks between them."""
    inputs, masks = [x], []
    for W in weights[:-1]:
        z = inputs[-1] @ W
        masks.append(np.where(z > 0, 1.0, 0.0))
        inputs.append(z * masks[-1])
    return inputs, masks


@misconception(
    says="Every gate is open on the way back, as with `>= 0` on what a ReLU gave.",
    why="A ReLU's output is never below 0, so that asks nothing.",
    read="less-memory#what-the-output-still-knows",
    hint=2,
)
def gates_always_open(module):
    module.Network.gate = lambda _, x: np.ones_like(x)


@misconception(
    says="The gradient's sign decides what passes a gate.",
    why="What was positive on the way forward decides; gradients of both signs pass.",
    read="local-gradients#relu-is-a-gate",
    hint=2,
)
def gate_of_the_gradient(module):
    def backward(self, grad_output):
        self.grad_weights = [None] * len(self.weights)
        grad = grad_output
        for k in range(len(self.weights) - 1, -1, -1):
            self.grad_weights[k] = self.inputs[k].T @ grad
            grad = grad @ self.weights[k].T
            if k > 0:
                grad = np.maximum(grad, 0.0)
        return grad

    module.Network.backward = backward


@misconception(
    says="The gate closes on the network's own input, too: ∂L/∂x is 0 where x is not positive.",
    why="No ReLU stands before the first product.",
    read="less-memory#what-the-output-still-knows",
    hint=2,
)
def input_gated(module):
    right = module.Network.backward

    def backward(self, grad_output):
        x = self.inputs[0]
        return right(self, grad_output) * (x > 0)

    module.Network.backward = backward


@misconception(
    says="The gate of the layer before is used: one place too far down.",
    why="The gate between two products is read off what came out of it: the later one's input.",
    read="less-memory#what-the-output-still-knows",
    hint=2,
)
def gate_of_the_layer_before(module):
    def gate(self, _):
        return self.inputs[-1] > 0

    module.Network.gate = gate


@misconception(
    says="`grad_weights` is filled from the back: the last layer's gradient comes first.",
    why="It is a list like `weights`: place k belongs to Wk.",
    read="less-memory#your-turn",
    hint=3,
)
def gradients_in_backward_order(module):
    right = module.Network.backward

    def backward(self, grad_output):
        grad_input = right(self, grad_output)
        self.grad_weights.reverse()
        return grad_input

    module.Network.backward = backward


@misconception(
    says="What is recomputed, or kept, is the value before the ReLU.",
    why="A product's gradient needs its input as it was: what came out of the gate.",
    read="less-memory#computing-it-again",
    hint=4,
)
def inputs_before_the_relu(module):
    def forward(self, x):
        self.inputs = [x]
        for W in self.weights[:-1]:
            z = x @ W
            self.inputs.append(z)
            x = np.maximum(z, 0.0)
        return x @ self.weights[-1]

    module.Network.forward = forward
