"""Does every fork of the forward pass come back as an addition?

The parts are right as they are given, so what can go wrong is how they are joined. Gradients
are asked for in the order in which backward makes them, and the first wrong one is the place to
look at. A branch that is shut shows whether the path beside it is there.
"""

import numpy as np

from tutor.spec import Case, misconception

backward_order = (
    ("contract", "W", "b"),
    ("expand", "W", "b"),
    ("norm2", "gamma", "beta"),
    ("project", "W", "b"),
    ("query", "W", "b"),
    ("key", "W", "b"),
    ("value", "W", "b"),
    ("norm1", "gamma", "beta"),
)
parameters = [(part, name) for part, *names in backward_order for name in names]
gradients = {f"{part}.grad_{name}": f"{part}_{name}" for part, name in parameters}
gradients["grad_input"] = "x"
rows = ("x", "grad_output", "output", "grad_input")
traced = True


def block_case(name, rng, batch, dim, hidden, **more):
    """`batch` is (N, T). Matrices of spread 1/√inputs keep numbers near 1 through the block."""
    shapes = {"expand": (dim, hidden), "contract": (hidden, dim)}
    quantities = {"x": rng.normal(size=(*batch, dim)), "hidden": hidden}
    for part, kind in parameters:
        inputs, outputs = shapes.get(part, (dim, dim))
        shape = (inputs, outputs) if kind == "W" else outputs
        quantities[f"{part}_{kind}"] = rng.normal(scale=inputs**-0.5, size=shape)
    quantities["grad_output"] = rng.normal(size=(*batch, dim))
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield block_case("N, T, D and hidden differ: a wrong axis shows", rng, (3, 4), 5, 7)
    yield block_case("all sizes equal: whatever is swapped still fits", rng, (3, 3), 3, 3)
    yield block_case("one sequence", rng, (1, 4), 3, 5)
    yield block_case("one token: it hears itself, query and key get 0", rng, (3, 1), 4, 2)
    yield block_case("one number for each token: norms give beta", rng, (3, 2), 1, 4)
    yield block_case("one hidden unit", rng, (2, 3), 4, 1)
    name = "contract is 0: only the identity path is left beside it"
    yield block_case(name, rng, (2, 3), 4, 5, contract_W=np.zeros((5, 4)))
    name = "project is 0: only the identity path is left beside it"
    yield block_case(name, rng, (2, 3), 4, 5, project_W=np.zeros((4, 4)))
    name = "relu is shut: nothing comes through the second half"
    yield block_case(name, rng, (2, 3), 4, 5, expand_b=np.full(5, -50.0))
    name = "value is 0: its weights are all that attention moves"
    yield block_case(name, rng, (2, 3), 4, 5, value_W=np.zeros((4, 4)))
    blame = np.zeros((2, 4, 3))
    blame[1, 2] = rng.normal(size=3)
    name = "one token is blamed: its whole sequence hears of it"
    yield block_case(name, rng, (2, 4), 3, 5, grad_output=blame)
    name = "transposed views: memory order does not matter"
    turned = {each: rng.normal(size=(4, 3, 2)).T for each in ("x", "grad_output")}
    yield block_case(name, rng, (2, 3), 4, 5, **turned)
    yield block_case("60 sequences: tokens and samples are summed", rng, (60, 2), 3, 4)
    name = "scores thousands apart: softmax stays finite"
    yield block_case(name, rng, (2, 4), 3, 5, query_W=3000.0 * rng.normal(size=(3, 3)))


def probe(learner, case):
    block = learner.TransformerBlock(case.x.shape[2], case.hidden)
    for part, name in parameters:
        setattr(getattr(block, part), name, getattr(case, f"{part}_{name}"))
    yield "output", block.forward(case.x)
    grad_input = block.backward(case.grad_output)
    for part, name in parameters:
        yield f"{part}.grad_{name}", getattr(getattr(block, part), f"grad_{name}")
    yield "grad_input", grad_input


# -- what learners get wrong ----------------------------------------------------------------------


def joined(module, join):
    """Let backward join its halves by `join(g, mlp, attention)`: g is (N·T, D), and each half
    takes what arrives at its end and gives what leaves at its beginning, its identity path aside.
    """

    def backward(self, grad_output):
        def attention(grad):
            return self._through_attention(grad, grad_output.shape)

        g = grad_output.reshape(-1, grad_output.shape[2])
        return join(g, self._through_mlp, attention).reshape(grad_output.shape)

    module.TransformerBlock.backward = backward


@misconception(
    says="The identity path beside the two linear layers is lost.",
    why="y is middle plus something, so part of the blame for y reaches middle as it is.",
    read="transformer-block#plus-signs-go-both-ways",
    hint=2,
)
def identity_lost_beside_mlp(module):
    def join(g, mlp, attention):
        middle = mlp(g)
        return middle + attention(middle)

    joined(module, join)


@misconception(
    says="The identity path beside the attention is lost.",
    why="middle is x plus something, so part of the blame for middle reaches x as it is.",
    read="transformer-block#plus-signs-go-both-ways",
    hint=4,
)
def identity_lost_beside_attention(module):
    joined(module, lambda g, mlp, attention: attention(g + mlp(g)))


@misconception(
    says="Both identity paths are lost: the block is gone through as a single chain.",
    why="Each plus sign of forward has two terms, and both of them get the blame.",
    read="transformer-block#plus-signs-go-both-ways",
    hint=1,
)
def both_identities_lost(module):
    joined(module, lambda g, mlp, attention: attention(mlp(g)))


@misconception(
    says="In the last addition stands `grad_output` where the gradient at middle belongs.",
    why="Between y and middle the second half has added its share.",
    read="transformer-block#the-order-of-the-way-back",
    hint=4,
)
def grad_output_added_last(module):
    joined(module, lambda g, mlp, attention: g + attention(g + mlp(g)))


@misconception(
    says="`project` is handed `grad_output` where the gradient at middle belongs.",
    why="middle went into y twice, once as it is and once through the second half.",
    read="transformer-block#the-order-of-the-way-back",
    hint=3,
)
def grad_output_into_project(module):
    joined(module, lambda g, mlp, attention: g + mlp(g) + attention(g))


@misconception(
    says="What comes back through the two linear layers is dropped at middle.",
    why="It is the second of two terms, and middle is to blame through both.",
    read="transformer-block#the-order-of-the-way-back",
    hint=2,
)
def share_of_mlp_dropped(module):
    def join(g, mlp, attention):
        mlp(g)
        return g + attention(g)

    joined(module, join)


@misconception(
    says="What comes back through the attention is dropped at x.",
    why="It is the second of two terms, and x is to blame through both.",
    read="transformer-block#the-order-of-the-way-back",
    hint=4,
)
def share_of_attention_dropped(module):
    def join(g, mlp, attention):
        middle = g + mlp(g)
        attention(middle)
        return middle

    joined(module, join)


@misconception(
    says="The identity path beside the two linear layers is led through norm2.",
    why="It leaves middle before the norm, so it comes back after the norm's backward.",
    read="transformer-block#the-order-of-the-way-back",
    hint=2,
)
def identity_through_norm2(module):
    def through_mlp(self, grad):
        inner = self.expand.backward(self.relu.backward(self.contract.backward(grad)))
        return self.norm2.backward(inner + grad)

    module.TransformerBlock._through_mlp = through_mlp
    identity_lost_beside_mlp.bend(module)


@misconception(
    says="The identity path beside the attention is led through norm1.",
    why="It leaves x before the norm, so it comes back after the norm's backward.",
    read="transformer-block#the-order-of-the-way-back",
    hint=4,
)
def identity_through_norm1(module):
    def through_attention(self, grad, shape):
        grad_heard = self.project.backward(grad).reshape(shape)
        inner = self._join(*self.attention.backward(grad_heard))
        return self.norm1.backward(inner + grad)

    module.TransformerBlock._through_attention = through_attention
    identity_lost_beside_attention.bend(module)


@misconception(
    says="relu is skipped on the way back.",
    why="Forward went through it, so its gates decide what comes back.",
    read="transformer-block#the-order-of-the-way-back",
    hint=1,
)
def relu_skipped(module):
    def through_mlp(self, grad):
        return self.norm2.backward(self.expand.backward(self.contract.backward(grad)))

    module.TransformerBlock._through_mlp = through_mlp


@misconception(
    says="The attention is skipped: what project returns goes to query, key and value alike.",
    why="Q, K and V play different parts in the attention, and each has a gradient of its own.",
    read="transformer-block#three-readers-of-one-input",
    hint=3,
)
def attention_skipped(module):
    module.ScaledDotProductAttention.backward = lambda _, grad: (grad, grad, grad)


def readers(block, *grads):
    """What query, key and value return for their gradients."""
    parts = block.query, block.key, block.value
    size = -1, grads[0].shape[2]
    return [part.backward(grad.reshape(size)) for part, grad in zip(parts, grads, strict=True)]


@misconception(
    says="Of the three readers of norm1's output, only value is heard.",
    why="Each of them used it, so each has a share of blame for it.",
    read="transformer-block#three-readers-of-one-input",
    hint=3,
)
def value_alone(module):
    module.TransformerBlock._join = lambda self, *grads: readers(self, *grads)[2]


@misconception(
    says="Of the three readers of norm1's output, only query is heard.",
    why="Each of them used it, so each has a share of blame for it.",
    read="transformer-block#three-readers-of-one-input",
    hint=3,
)
def query_alone(module):
    module.TransformerBlock._join = lambda self, *grads: readers(self, *grads)[0]


@misconception(
    says="What query, key and value return is averaged.",
    why="Three routes leave norm1's output, and where routes meet again they add.",
    read="transformer-block#three-readers-of-one-input",
    hint=3,
)
def readers_averaged(module):
    module.TransformerBlock._join = lambda self, *grads: sum(readers(self, *grads)) / 3


@misconception(
    says="The gradients of Q and K have gone to each other's layer.",
    why="The attention returns them in the order of its inputs: Q, K, V.",
    read="transformer-block#three-readers-of-one-input",
    hint=3,
)
def query_and_key_swapped(module):
    def join(self, grad_Q, grad_K, grad_V):
        return sum(readers(self, grad_K, grad_Q, grad_V))

    module.TransformerBlock._join = join


@misconception(
    says="The gradients of Q and V have gone to each other's layer.",
    why="The attention returns them in the order of its inputs: Q, K, V.",
    read="transformer-block#three-readers-of-one-input",
    hint=3,
)
def query_and_value_swapped(module):
    def join(self, grad_Q, grad_K, grad_V):
        return sum(readers(self, grad_V, grad_K, grad_Q))

    module.TransformerBlock._join = join
