"""Do the layers of a network work together, forward, backward and in a step?

Backward goes through many hands here, so gradients are asked for in the order in which it reaches
them: the first wrong one is where to look. Depth varies from one Linear to four, since a loop
that is right for two may stop early or come too late for others. The parameters come from here,
and are looked at again after a step; one network makes a second one, at another rate.
"""

from itertools import pairwise

import numpy as np

from tutor.spec import Case, misconception

gradients = {
    "grad_input": "X",
    **{f"layers[{i}].grad_{name}": f"{name}{i}" for i in (0, 2, 4, 6) for name in ("W", "b")},
}
rows = ("X", "y", "logits", "grad_input")
traced = True


def network_case(name, rng, sizes, batch, scale=1.0, **more):
    """A batch and parameters for a network of these sizes. `W2` belongs to `layers[2]`."""
    quantities = {
        "sizes": sizes,
        "X": rng.normal(size=(batch, sizes[0])),
        "y": rng.integers(sizes[-1], size=batch),
        "lr": 0.1,
    }
    for i, shape in enumerate(pairwise(sizes)):
        quantities[f"W{2 * i}"] = scale * rng.normal(size=shape)
        quantities[f"b{2 * i}"] = scale * rng.normal(size=shape[1])
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield network_case("three Linears, every size differs", rng, [3, 6, 4, 2], 5)
    yield network_case("two Linears: one hidden layer", rng, [4, 7, 3], 6)
    yield network_case("a single Linear: no ReLU, one step back", rng, [4, 3], 5)
    yield network_case("all sizes equal: a wrong order still fits", rng, [3, 3, 3, 3], 3)
    yield network_case("one row: here a mean passes for a sum", rng, [3, 5, 4], 1)
    yield network_case("N = C: 1/C passes for 1/N", rng, [3, 6, 4], 4)
    yield network_case("200 rows: the mean is taken once", rng, [3, 4, 2], 200)
    name = "logits in the thousands: all stays finite"
    yield network_case(name, rng, [3, 4], 5, scale=1000.0)
    name = "a hidden layer that is off: nothing passes the gates"
    yield network_case(name, rng, [3, 4, 2], 5, b0=np.full(4, -100.0))
    name = "hidden units at exactly 0: the gate is closed"
    yield network_case(name, rng, [3, 4, 5, 2], 4, X=np.zeros((4, 3)), b0=np.zeros(4))
    yield network_case("another learning rate", rng, [2, 4, 3], 5, lr=1.5)
    name = "one label for all, the first: C columns all the same"
    yield network_case(name, rng, [3, 5, 4], 4, y=np.zeros(4, int))
    yield network_case("four Linears: nothing ends at the third", rng, [3, 5, 4, 6, 2], 4)
    name = "two steps: the second is made with the moved parameters"
    yield network_case(name, rng, [4, 6, 5, 3], 5, next_lr=0.4)
    name = "backward twice: the second finds what the first found"
    yield network_case(name, rng, [3, 5, 4], 4, twice=True)


def probe(learner, case):
    net = learner.MLP(case.sizes)
    layers, linears = net.layers, range(0, 2 * len(case.sizes) - 3, 2)
    for i in linears:
        layers[i].W, layers[i].b = getattr(case, f"W{i}"), getattr(case, f"b{i}")
    yield "logits", net.forward(case.X)
    grad_input = net.backward(case.y)
    if "twice" in case:
        yield "grad_input", net.backward(case.y)
        return
    for i in reversed(linears):
        yield f"layers[{i}].grad_W", layers[i].grad_W
        yield f"layers[{i}].grad_b", layers[i].grad_b
    yield "grad_input", grad_input
    net.update(case.lr)
    for i in linears:
        yield f"layers[{i}].W after update", layers[i].W
        yield f"layers[{i}].b after update", layers[i].b
    if "next_lr" in case:
        yield "logits of step 2", net.forward(case.X)
        yield "grad_input of step 2", net.backward(case.y)
        net.update(case.next_lr)
        for i in linears:
            yield f"layers[{i}].W after step 2", layers[i].W
            yield f"layers[{i}].b after step 2", layers[i].b


# -- where backward begins ----------------------------------------------------------------------


@misconception(
    says="The labels are not subtracted: backward starts from p / N.",
    why="Then every logit is pushed down, the right one too.",
    read="softmax-cross-entropy#fused-p-y",
    hint=3,
)
def labels_not_subtracted(module):
    module.grad_logits = lambda logits, y: module.softmax(logits) / len(y)


@misconception(
    says="The sign is turned: backward starts from y − p.",
    why="A step against this gradient goes uphill.",
    read="softmax-cross-entropy#fused-p-y",
    hint=3,
)
def grad_logits_sign(module):
    right = module.grad_logits
    module.grad_logits = lambda logits, y: -right(logits, y)


@misconception(
    says="Nothing is divided by N: all gradients are N times too large.",
    why="The loss is a mean over the rows, so each row's share carries 1/N.",
    read="softmax-cross-entropy#where-1n-enters",
    hint=3,
)
def grad_logits_not_averaged(module):
    right = module.grad_logits
    module.grad_logits = lambda logits, y: right(logits, y) * len(y)


@misconception(
    says="N divides twice: all gradients are N times too small.",
    why="The mean is taken once, in the loss.",
    read="softmax-cross-entropy#where-1n-enters",
    hint=3,
)
def averaged_twice(module):
    right = module.grad_logits
    module.grad_logits = lambda logits, y: right(logits, y) / len(y)


@misconception(
    says="It is divided by C, the number of classes, in place of N.",
    why="The loss is a mean over rows; classes are not averaged.",
    read="softmax-cross-entropy#where-1n-enters",
    hint=3,
)
def divided_by_classes(module):
    right = module.grad_logits
    module.grad_logits = lambda logits, y: right(logits, y) * len(y) / logits.shape[1]


@misconception(
    says="It is divided by N · C, the number of all logits.",
    why="The loss is a mean over rows; classes are not averaged.",
    read="softmax-cross-entropy#where-1n-enters",
    hint=3,
)
def grad_logits_divided_by_C(module):
    right = module.grad_logits
    module.grad_logits = lambda logits, y: right(logits, y) / logits.shape[1]


@misconception(
    says="Backward starts from (logits − y) / N, without the softmax.",
    why="That is the gradient of a squared error, half of it, and not of the cross-entropy.",
    read="softmax-cross-entropy#fused-p-y",
    hint=3,
)
def softmax_forgotten(module):
    module.softmax = lambda logits: logits


@misconception(
    says="The softmax runs down the columns, over the batch.",
    why="Probabilities of one row add up to 1; another row's logits have no part in them.",
    read="softmax-cross-entropy#common-mistakes",
    hint=3,
)
def softmax_over_the_batch(module):
    right = module.softmax
    module.softmax = lambda logits: right(logits.T).T


@misconception(
    says="Only the right class gets a gradient: the other logits' entries are 0.",
    why="The other logits share the softmax's sum, so they move the loss, too.",
    read="softmax-cross-entropy#the-softmax-jacobian",
    hint=3,
)
def only_the_label(module):
    right = module.grad_logits
    module.grad_logits = lambda logits, y: right(logits, y) * module.one_hot(y, logits.shape[1])


@misconception(
    says="1 is taken off whole columns of p, as by `p[:, y] -= 1`.",
    why="Each row has one label of its own; `p[np.arange(N), y]` picks one entry a row.",
    read="softmax-cross-entropy#fused-p-y",
    hint=3,
)
def label_columns_not_entries(module):
    def one_hot(y, classes):
        columns = np.zeros((len(y), classes))
        columns[:, y] = 1.0
        return columns

    module.one_hot = one_hot


@misconception(
    says="The one-hot rows have as many columns as labels occur: `y.max() + 1`.",
    why="The last class may be absent from a batch; the logits say how many classes there are.",
    read="softmax-cross-entropy#fused-p-y",
    hint=3,
)
def one_hot_classes_from_labels(module):
    module.one_hot = lambda y, _: np.eye(y.max() + 1)[y]


@misconception(
    says="The softmax's own slope, p · (1 − p), is multiplied in once more.",
    why="p − y is the gradient with respect to the logits already: the softmax is in it.",
    read="softmax-cross-entropy#fused-p-y",
    hint=3,
)
def softmax_derivative_twice(module):
    right = module.grad_logits

    def grad_logits(logits, y):
        p = module.softmax(logits)
        return right(logits, y) * p * (1.0 - p)

    module.grad_logits = grad_logits


@misconception(
    says="The softmax shifts all rows by one maximum, that of the whole batch.",
    why="A row that lies a thousand lower is then all zeros, and 0/0 is NaN.",
    read="softmax-cross-entropy#two-traps-in-forward",
    hint=3,
)
def softmax_max_over_batch(module):
    def softmax(logits):
        e = np.exp(logits - logits.max())
        return e / e.sum(axis=1, keepdims=True)

    module.softmax = softmax


@misconception(
    says="`exp` is taken of the logits as they are.",
    why="Above 709 it overflows, and inf / inf is NaN.",
    read="softmax-cross-entropy#two-traps-in-forward",
    hint=3,
)
def softmax_not_shifted(module):
    def softmax(logits):
        e = np.exp(logits)
        return e / e.sum(axis=1, keepdims=True)

    module.softmax = softmax


@misconception(
    says="`backward` takes the labels off the probabilities that forward kept.",
    why="They are spoilt after that: a second `backward` starts from something else.",
    read="local-gradients#common-mistakes",
    hint=3,
)
def cached_probabilities_changed(module):
    forward = module.MLP.forward

    def forward_keeping_p(self, X):
        logits = forward(self, X)
        self.p = module.softmax(logits)
        return logits

    def backward(self, y):
        self.p = self.p - module.one_hot(y, self.p.shape[1])
        grad = self.p / len(y)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    module.MLP.forward, module.MLP.backward = forward_keeping_p, backward


@misconception(
    says="Two signs are turned: backward starts from y − p, and `update` adds.",
    why="Together they train, but every gradient has the wrong sign.",
    read="the-whole-chain#the-step",
    hint=3,
)
def signs_that_cancel(module):
    grad_logits, step = module.grad_logits, module.Linear.update
    module.grad_logits = lambda logits, y: -grad_logits(logits, y)
    module.Linear.update = lambda self, lr: step(self, -lr)


# -- forward ------------------------------------------------------------------------------------


@misconception(
    says="A ReLU stands after the last Linear.",
    why="Logits may be negative; this gate closes on them, and on their gradients.",
    read="the-whole-chain#one-list-two-directions",
    hint=1,
)
def relu_after_last_linear(module):
    make = module.MLP.__init__

    def make_longer(self, sizes):
        make(self, sizes)
        self.layers.append(module.ReLU())

    module.MLP.__init__ = make_longer


@misconception(
    says="All ReLUs share one mask.",
    why="The later one overwrites what the earlier one kept for the way back.",
    read="the-whole-chain#one-list-two-directions",
    hint=1,
)
def relu_mask_shared(module):
    make = module.MLP.__init__

    def make_shared(self, sizes):
        make(self, sizes)
        shared = module.ReLU()
        self.layers[1::2] = [shared] * len(self.layers[1::2])

    module.MLP.__init__ = make_shared


@misconception(
    says="Softmax is taken twice: in `forward`, and of its result again in `backward`.",
    why="Softmax of probabilities is something else, and its gradient too.",
    read="the-whole-chain#common-mistakes",
    hint=2,
)
def softmax_twice(module):
    forward = module.MLP.forward

    def forward_with_softmax(self, X):
        self.logits = module.softmax(forward(self, X))
        return self.logits

    module.MLP.forward = forward_with_softmax


@misconception(
    says="`forward` returns probabilities.",
    why="Softmax belongs to the loss; others who use the network expect logits.",
    read="the-whole-chain#common-mistakes",
    hint=2,
)
def probabilities_returned(module):
    forward = module.MLP.forward
    module.MLP.forward = lambda self, X: module.softmax(forward(self, X))


# -- on the way back ----------------------------------------------------------------------------


@misconception(
    says="The ReLUs are left out on the way back.",
    why="Where a hidden unit was off, nothing it received is to blame.",
    read="the-whole-chain#the-way-back-by-hand",
    hint=4,
)
def relu_skipped_in_backward(module):
    module.ReLU.backward = lambda _, grad_output: grad_output


@misconception(
    says="The gate looks at the gradient's sign: what is negative there does not pass.",
    why="What was positive on the way forward decides; gradients of both signs pass.",
    read="local-gradients#relu-is-a-gate",
    hint=4,
)
def gate_of_the_gradient(module):
    module.ReLU.backward = lambda _, grad_output: grad_output * (grad_output > 0)


@misconception(
    says="A ReLU returns its mask alone: the upstream gradient is lost.",
    why="The mask is the local gradient; it has to be multiplied by what came from above.",
    read="local-gradients#local-times-upstream",
    hint=4,
)
def upstream_lost(module):
    module.ReLU.backward = lambda self, _: self.mask.astype(float)


@misconception(
    says="The gate is open at exactly 0.",
    why="This course takes the derivative of ReLU at 0 to be 0.",
    read="local-gradients#relu-is-a-gate",
    hint=4,
)
def gate_open_at_zero(module):
    def forward(self, x):
        self.mask = x >= 0
        return np.maximum(0.0, x)

    module.ReLU.forward = forward


@misconception(
    says="A Linear passes back `grad_output @ grad_W.T`.",
    why="The local gradient of the input is W; `grad_W` has its shape, and nothing more.",
    read="the-whole-chain#common-mistakes",
    hint=4,
)
def grad_input_uses_grad_W(module):
    module.Linear.back = lambda self, grad_output: grad_output @ self.grad_W.T


@misconception(
    says="The layers divide by N once more, in `grad_W` and `grad_b`.",
    why="The mean is taken once, in the loss. Layers sum.",
    read="the-whole-chain#common-mistakes",
    hint=3,
)
def mean_taken_twice(module):
    divide_in_the_layers(module)


def divide_in_the_layers(module):
    backward = module.Linear.backward

    def backward_and_divide(self, grad_output):
        grad_input = backward(self, grad_output)
        self.grad_W, self.grad_b = self.grad_W / len(self.x), self.grad_b / len(self.x)
        return grad_input

    module.Linear.backward = backward_and_divide


@misconception(
    says="The layers divide by N, in `grad_W` and `grad_b`, and the loss does not.",
    why="What travels back is then N times too large; the loss takes the mean, layers sum.",
    read="the-whole-chain#common-mistakes",
    hint=3,
)
def mean_taken_in_layers(module):
    right = module.grad_logits
    module.grad_logits = lambda logits, y: right(logits, y) * len(y)
    divide_in_the_layers(module)


@misconception(
    says="Backward walks the list from the first layer to the last.",
    why="The first layer cannot know its upstream gradient before the later ones have answered.",
    read="the-whole-chain#one-list-two-directions",
    hint=4,
)
def forward_order(module):
    module.reversed = list


@misconception(
    says="Every layer gets the gradient of the logits.",
    why="A layer needs the gradient of its own output: what the layer after it returned.",
    read="the-whole-chain#one-list-two-directions",
    hint=4,
)
def not_handed_on(module):
    def backward(self, y):
        grad = module.grad_logits(self.logits, y)
        return [layer.backward(grad) for layer in reversed(self.layers)][-1]

    module.MLP.backward = backward


@misconception(
    says="`backward` returns the gradient of the first layer's output.",
    why="∂L/∂X is what the first layer itself returns: one step further.",
    read="the-whole-chain#common-mistakes",
    hint=4,
)
def one_layer_early(module):
    def backward(self, y):
        came, grad = None, module.grad_logits(self.logits, y)
        for layer in reversed(self.layers):
            came, grad = grad, layer.backward(grad)
        return came

    module.MLP.backward = backward


@misconception(
    says="`backward` returns the gradient of the logits.",
    why="That is where it begins; ∂L/∂X is what is left after the last step.",
    read="the-whole-chain#common-mistakes",
    hint=4,
)
def grad_logits_returned(module):
    right = module.MLP.backward

    def backward(self, y):
        right(self, y)
        return module.grad_logits(self.logits, y)

    module.MLP.backward = backward


# -- the step -----------------------------------------------------------------------------------


@misconception(
    says="`update` adds the gradient.",
    why="A gradient points uphill; the step goes against it.",
    read="the-whole-chain#the-step",
    hint=5,
)
def update_sign(module):
    step = module.Linear.update
    module.Linear.update = lambda self, lr: step(self, -lr)


@misconception(
    says="`update` leaves `b` as it was.",
    why="Biases are parameters, too.",
    read="the-whole-chain#the-step",
    hint=5,
)
def update_skips_b(module):
    def update(self, lr):
        self.W = self.W - lr * self.grad_W

    module.Linear.update = update


@misconception(
    says="`update` divides by N once more.",
    why="The gradient is a mean already; a smaller step is what lr is for.",
    read="the-whole-chain#the-step",
    hint=5,
)
def averaged_in_the_step(module):
    step = module.Linear.update
    module.Linear.update = lambda self, lr: step(self, lr / len(self.x))


@misconception(
    says="`update` moves the last Linear only.",
    why="Every Linear has learnt its gradients, so every one takes its step.",
    read="the-whole-chain#the-step",
    hint=5,
)
def only_the_last_moves(module):
    module.MLP.update = lambda self, lr: self.layers[-1].update(lr)
