"""Are these PyTorch's gradients, for the same network, parameters and loss?

What is right was recorded from autograd where a recording exists, so the reference is judged by
it as well. PyTorch's conventions are what differs from the rest of this course, and cases look at
each: weight matrices are (out, in), and the mean of the loss is weighted. Where all weights are
equal, or all labels, the weighted mean is the plain one; such cases hide it, and others show it.
"""

import numpy as np

from tutor.spec import Case, misconception

PARAMETERS = ("W3", "b3", "W2", "b2", "W1", "b1")  # in the order in which backward reaches them

gradients = {f"grad_{name}": name for name in PARAMETERS} | {"grad_input": "x"}
rows = ("x", "labels", "grad_input")
traced = True


def network_case(name, rng, sizes, batch, scale=1.0, **more):
    """A batch, parameters in PyTorch's layout, and a weight for each class."""
    quantities = {
        "sizes": sizes,
        "x": rng.normal(size=(batch, sizes[0])),
        "labels": rng.integers(sizes[-1], size=batch),
        "class_weights": rng.uniform(0.3, 3.0, size=sizes[-1]),
    }
    for k in (1, 2, 3):
        quantities[f"W{k}"] = scale * rng.normal(size=(sizes[k], sizes[k - 1]))
        quantities[f"b{k}"] = scale * rng.normal(size=sizes[k])
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield network_case("every size differs: a wrong layout shows", rng, [4, 6, 5, 3], 7)
    yield network_case("all sizes equal: a wrong layout still fits", rng, [3, 3, 3, 3], 3)
    yield network_case("one row: its weight cancels", rng, [3, 5, 4, 2], 1)
    name = "one label for all: the weights cancel"
    yield network_case(name, rng, [3, 5, 4, 2], 4, labels=np.array([1, 1, 1, 1]))
    name = "equal weights of 2: a plain mean"
    yield network_case(name, rng, [3, 4, 5, 2], 6, class_weights=np.array([2.0, 2.0]))
    name = "a class of weight 0: its rows teach nothing"
    some = {"labels": np.array([0, 2, 1, 0, 2]), "class_weights": np.array([1.5, 0.5, 0.0])}
    yield network_case(name, rng, [4, 5, 6, 3], 5, **some)
    yield network_case("tanh saturated, some gates shut", rng, [3, 6, 5, 4], 5, scale=4.0)
    name = "a hidden layer that is off: only b3 learns"
    yield network_case(name, rng, [3, 4, 5, 2], 4, b2=np.full(5, -50.0))
    yield network_case("100 rows", rng, [5, 8, 6, 4], 100)
    name = "logits thousands apart: the loss stays finite"
    yield network_case(name, rng, [3, 4, 5, 3], 4, b3=np.array([2000.0, 0.0, -2000.0]))


def probe(learner, case):
    net = learner.Network(case.sizes, case.class_weights)
    for name in PARAMETERS:
        setattr(net, name, getattr(case, name))
    yield "loss", net.forward(case.x, case.labels)
    grad_input = net.backward()
    for name in PARAMETERS:
        yield f"grad_{name}", getattr(net, f"grad_{name}")
    yield "grad_input", grad_input


# -- the loss -----------------------------------------------------------------------------------


@misconception(
    says="The weighted gradients are divided by N.",
    why="The weighted mean divides by the sum of the weights that occur.",
    read="agree-with-pytorch#a-weighted-mean",
    hint=2,
)
def weighted_sum_over_n(module):
    right = module.Network.grad_logits
    module.Network.grad_logits = lambda self: right(self) * self.w.sum() / len(self.w)


@misconception(
    says="Nothing is divided: the rows' weights stand there as they are.",
    why="The loss is a weighted mean, so each row has its share of all the weights.",
    read="agree-with-pytorch#a-weighted-mean",
    hint=2,
)
def not_divided(module):
    right = module.Network.grad_logits
    module.Network.grad_logits = lambda self: right(self) * self.w.sum()


@misconception(
    says="The class weights are missing on the way back: it starts from (p − y) / N.",
    why="The loss weighs each row by the class of its label.",
    read="agree-with-pytorch#a-weighted-mean",
    hint=2,
)
def weights_forgotten(module):
    module.Network.grad_logits = lambda self: (self.p - one_hot(self)) / len(self.w)


@misconception(
    says="Each column of p − y is multiplied by its own class's weight.",
    why="The label of a row decides its weight, and it holds for all columns of that row.",
    read="agree-with-pytorch#a-weighted-mean",
    hint=2,
)
def weighted_by_column(module):
    module.Network.grad_logits = lambda self: (
        (self.p - one_hot(self)) * self.class_weights / self.w.sum()
    )


@misconception(
    says="The labels' ones are weighted, and p is not.",
    why="The row's weight stands before the whole of p − y.",
    read="agree-with-pytorch#a-weighted-mean",
    hint=2,
)
def only_y_weighted(module):
    module.Network.grad_logits = lambda self: (
        (self.p - self.w[:, np.newaxis] * one_hot(self)) / self.w.sum()
    )


@misconception(
    says="It is divided by the sum of all class weights.",
    why="Only the weights of the labels in this batch are in the mean, as often as they occur.",
    read="agree-with-pytorch#a-weighted-mean",
    hint=2,
)
def divided_by_all_weights(module):
    right = module.Network.grad_logits
    module.Network.grad_logits = lambda self: right(self) * self.w.sum() / self.class_weights.sum()


@misconception(
    says="The sign is turned: it starts from y − p.",
    why="A step against this gradient goes uphill.",
    read="softmax-cross-entropy#fused-p-y",
    hint=2,
)
def sign_turned(module):
    right = module.Network.grad_logits
    module.Network.grad_logits = lambda self: -right(self)


def one_hot(net):
    return np.eye(net.p.shape[1])[net.labels]


# -- activations --------------------------------------------------------------------------------


@misconception(
    says="tanh's slope is taken as 1 − tanh(h1)², of what is the output already.",
    why="`h1` is tanh's output; another tanh belongs to no step of forward.",
    read="agree-with-pytorch#three-slopes-in-a-row",
    hint=3,
)
def tanh_of_tanh(module):
    module.tanh_slope = lambda output: 1.0 - np.tanh(output) ** 2


@misconception(
    says="tanh's slope is left out.",
    why="Forward went through tanh, so backward has a factor for it.",
    read="agree-with-pytorch#three-slopes-in-a-row",
    hint=3,
)
def tanh_forgotten(module):
    module.tanh_slope = lambda _: 1.0


@misconception(
    says="tanh's slope is taken as 1 − h1.",
    why="The slope of tanh is 1 − tanh².",
    read="agree-with-pytorch#three-slopes-in-a-row",
    hint=3,
)
def tanh_not_squared(module):
    module.tanh_slope = lambda output: 1.0 - output


@misconception(
    says="Sigmoid's slope, h1 · (1 − h1), stands where tanh's belongs.",
    why="The slope of tanh is 1 − tanh².",
    read="agree-with-pytorch#three-slopes-in-a-row",
    hint=3,
)
def slope_of_sigmoid(module):
    module.tanh_slope = lambda output: output * (1.0 - output)


@misconception(
    says="The ReLU is left out on the way back.",
    why="Where its gate was shut, nothing passes.",
    read="agree-with-pytorch#three-slopes-in-a-row",
    hint=3,
)
def relu_forgotten(module):
    module.relu_slope = lambda _: 1.0


@misconception(
    says="The two slopes have changed places: tanh's after the ReLU, a gate after tanh.",
    why="Each activation is met on the way back where it stood on the way forward.",
    read="agree-with-pytorch#three-slopes-in-a-row",
    hint=3,
)
def slopes_exchanged(module):
    module.relu_slope, module.tanh_slope = module.tanh_slope, module.relu_slope


# -- the layout ---------------------------------------------------------------------------------


@misconception(
    says="The gradients of the weights are (in, out): xᵀ · grad, as in the course's own layers.",
    why="W is (out, in) here, and a gradient has the shape of its variable.",
    read="agree-with-pytorch#where-two-right-programs-differ",
    hint=1,
)
def layout_of_the_course(module):
    right = module.Network.through_linear

    def through_linear(self, k, x, grad):
        passed = right(self, k, x, grad)
        setattr(self, f"grad_W{k}", x.T @ grad)
        return passed

    module.Network.through_linear = through_linear


@misconception(
    says="What passes a Linear is `grad @ W.T`, as in the course's own layers.",
    why="W is (out, in) here, so forward has turned it round already.",
    read="agree-with-pytorch#where-two-right-programs-differ",
    hint=1,
)
def turned_going_back(module):
    right = module.Network.through_linear

    def through_linear(self, k, x, grad):
        right(self, k, x, grad)
        return grad @ getattr(self, f"W{k}").T

    module.Network.through_linear = through_linear


@misconception(
    says="The biases' gradients are means over the batch.",
    why="The mean was taken in the loss, with weights; layers sum.",
    read="agree-with-pytorch#common-mistakes",
    hint=1,
)
def biases_averaged(module):
    right = module.Network.through_linear

    def through_linear(self, k, x, grad):
        passed = right(self, k, x, grad)
        setattr(self, f"grad_b{k}", grad.mean(axis=0))
        return passed

    module.Network.through_linear = through_linear
