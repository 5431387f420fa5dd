"""Are the three gradients of attention right, where no shape can show that they are not?

All three are (N, T, d) and the weights are square, so every wrong transpose fits in every case.
What tells is values. One position, one dimension, equal keys or equal values hide something
each; scores of ±1000 need a softmax that is shifted row by row.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {"grad_Q": "Q", "grad_K": "K", "grad_V": "V"}
rows = ("Q", "K", "V", "grad_output", "output", "grad_Q", "grad_K", "grad_V")


def attention_case(name, rng, shape, **more):
    quantities = {each: rng.normal(size=shape) for each in ("Q", "K", "V", "grad_output")}
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield attention_case("N, T and d differ: a wrong axis shows", rng, (3, 4, 5))
    yield attention_case("all sizes equal: every wrong axis fits", rng, (3, 3, 3))
    yield attention_case("one sample", rng, (1, 3, 2))
    yield attention_case("one position: all weight on it, so Q and K get 0", rng, (3, 1, 4))
    yield attention_case("two positions", rng, (2, 2, 6))
    yield attention_case("d = 1: √d is 1, a missing scale still fits", rng, (2, 3, 1))
    x = rng.normal(size=(2, 4, 3))
    yield attention_case("Q, K and V the same: symmetric scores", rng, (2, 4, 3), Q=x, K=x, V=x)
    name = "queries of 0: everybody hears the plain average"
    yield attention_case(name, rng, (2, 4, 3), Q=np.zeros((2, 4, 3)))
    equal = np.repeat(rng.normal(size=(2, 1, 3)), 4, axis=1)
    yield attention_case("equal values: no score matters", rng, (2, 4, 3), V=equal)
    yield attention_case("equal keys: all queries hear the same", rng, (2, 4, 3), K=equal)
    Q = np.array([[[1000.0], [-1000.0], [10.0]]])
    K = np.array([[[1.0], [0.9995], [-1.0]]])
    yield attention_case("scores at ±1000: shift each row by its own", rng, (1, 3, 1), Q=Q, K=K)
    turned = {each: rng.normal(size=(3, 4, 2)).T for each in ("Q", "K", "V", "grad_output")}
    yield attention_case("transposed views: memory order is free", rng, (2, 4, 3), **turned)
    yield attention_case("100 samples: a large batch", rng, (100, 2, 3))


def probe(learner, case):
    layer = learner.ScaledDotProductAttention()
    yield "output", layer.forward(case.Q, case.K, case.V)
    grad_Q, grad_K, grad_V = layer.backward(case.grad_output)
    yield "grad_Q", grad_Q
    yield "grad_K", grad_K
    yield "grad_V", grad_V


def turn(a):
    return a.transpose(0, 2, 1)


def row_sum(a):
    return a.sum(axis=2, keepdims=True)


def weights(case):
    """A (N, T, T) and √d."""
    root = np.sqrt(case.Q.shape[2])
    S = case.Q @ turn(case.K) / root
    e = np.exp(S - S.max(axis=2, keepdims=True))
    return e / row_sum(e), root


def blame_of_weights(case):
    return case.grad_output @ turn(case.V)


def blame_of_scores(case):
    A, grad_A = weights(case)[0], blame_of_weights(case)
    return A * (grad_A - row_sum(A * grad_A))


def quantities(case, right):
    A, root = weights(case)
    grads = {"grad_A": blame_of_weights(case), "grad_S": blame_of_scores(case)}
    return {"A": A, "scale": 1.0 / root, "T": case.Q.shape[1], "d": case.Q.shape[2], **grads}


# -- what learners get wrong ----------------------------------------------------------------------


@misconception(
    "grad_Q",
    "grad_K",
    says="The division by √d is missing on the way back.",
    why="Forward divided the scores, and each step of forward has its slope in backward.",
    read="attention#why-the-scores-are-scaled",
    hint=4,
)
def scale_forgotten_in_backward(case, right):
    root = weights(case)[1]
    return right.grad_Q * root, right.grad_K * root


@misconception(
    "grad_Q",
    says="The division by √d is missing in `grad_Q`.",
    why="The scaled scores are where blame arrives, and the queries stand before the scale.",
    read="attention#why-the-scores-are-scaled",
    hint=4,
)
def grad_Q_scale_forgotten(case, right):
    return right.grad_Q * weights(case)[1]


@misconception(
    "grad_K",
    says="The division by √d is missing in `grad_K`.",
    why="The scaled scores are where blame arrives, and the keys stand before the scale.",
    read="attention#why-the-scores-are-scaled",
    hint=4,
)
def grad_K_scale_forgotten(case, right):
    return right.grad_K * weights(case)[1]


@misconception(
    "grad_Q",
    "grad_K",
    says="Backward divides by √d twice.",
    why="Forward divided once.",
    read="attention#why-the-scores-are-scaled",
    hint=4,
)
def scale_used_twice(case, right):
    root = weights(case)[1]
    return right.grad_Q / root, right.grad_K / root


@misconception(
    says="The softmax is treated as if each weight depended on its own score alone.",
    why="The weights of a query add up to 1, so raising one score lowers all other weights.",
    read="softmax-cross-entropy#the-softmax-jacobian",
    hint=3,
)
def softmax_treated_as_diagonal(module):
    def through_softmax(self, grad_A):
        return grad_A * self.A * (1.0 - self.A)

    module.ScaledDotProductAttention._through_softmax = through_softmax


@misconception(
    says="The softmax is skipped on the way back.",
    why="Between weights and scores there is a step, and it has slopes of its own.",
    read="attention#one-query-by-hand",
    hint=3,
)
def softmax_derivative_skipped(module):
    module.ScaledDotProductAttention._through_softmax = lambda _, grad_A: grad_A


@misconception(
    says="In the softmax the row's weighted average is not subtracted.",
    why="The weights of a query add up to 1, so blame for them must add up to 0 along the row.",
    read="attention#one-query-by-hand",
    hint=3,
)
def average_forgotten(module):
    module.ScaledDotProductAttention._through_softmax = lambda self, grad_A: self.A * grad_A


@misconception(
    says="In the softmax's backward the average is taken over queries, not over keys.",
    why="The weights that share one sum are those of one query, along a row.",
    read="attention#one-query-by-hand",
    hint=3,
)
def softmax_backward_wrong_axis(module):
    def through_softmax(self, grad_A):
        return self.A * (grad_A - (self.A * grad_A).sum(axis=1, keepdims=True))

    module.ScaledDotProductAttention._through_softmax = through_softmax


@misconception(
    "grad_Q",
    "grad_K",
    says="The gradient of the weights is turned round: `V @ grad_outputᵀ`.",
    why="Rows of A are queries, and so are rows of `grad_output`.",
    read="attention#the-whole-way-back",
    hint=2,
)
def blame_of_weights_turned(case, right):
    (A, root), grad_A = weights(case), turn(blame_of_weights(case))
    grad_S = A * (grad_A - row_sum(A * grad_A))
    return grad_S @ case.K / root, turn(grad_S) @ case.Q / root


@misconception(
    "grad_Q",
    "grad_K",
    says="The scores send back to queries what belongs with queries, and to keys what with keys.",
    why="In a product each factor's local gradient is the other factor.",
    read="attention#the-whole-way-back",
    hint=2,
)
def own_factor_for_the_other(case, right):
    grad_S, root = blame_of_scores(case), weights(case)[1]
    return grad_S @ case.Q / root, turn(grad_S) @ case.K / root


@misconception(
    "grad_Q",
    says="The scores' gradient is turned round in `grad_Q`.",
    why="A query's row of scores is what it had a part in, so the sum runs over keys.",
    read="attention#the-whole-way-back",
    hint=4,
)
def grad_Q_transposed(case, right):
    return turn(blame_of_scores(case)) @ case.K / weights(case)[1]


@misconception(
    "grad_K",
    says="The scores' gradient is not turned round in `grad_K`.",
    why="A key had a part in one column of the scores, so the sum runs over queries.",
    read="attention#the-whole-way-back",
    hint=4,
)
def grad_K_not_transposed(case, right):
    return blame_of_scores(case) @ case.Q / weights(case)[1]


@misconception(
    "grad_K",
    says="`grad_K` is left as the gradient of Kᵀ.",
    why="A gradient has the shape of its variable, and K is (N, T, d).",
    read="attention#the-whole-way-back",
    hint=4,
)
def grad_K_left_transposed(case, right):
    return turn(right.grad_K)


@misconception(
    "grad_V",
    says="The weights are not turned round in `grad_V`.",
    why="A value is heard by all queries, so its sum runs down a column of the weights.",
    read="attention#the-whole-way-back",
    hint=2,
)
def grad_V_not_transposed(case, right):
    return weights(case)[0] @ case.grad_output


@misconception(
    "grad_Q",
    "grad_K",
    says="`grad_Q` and `grad_K` have changed places.",
    why="The tuple follows the order of the inputs: Q, K, V.",
    read="attention#the-whole-way-back",
    hint=5,
)
def grad_Q_and_grad_K_swapped(case, right):
    return right.grad_K, right.grad_Q


@misconception(
    "grad_Q",
    "grad_K",
    "grad_V",
    says="The three gradients are returned in the order in which they were made, V first.",
    why="The tuple follows the order of the inputs: Q, K, V.",
    read="attention#the-whole-way-back",
    hint=5,
)
def grad_V_first(case, right):
    return right.grad_V, right.grad_Q, right.grad_K


@misconception(
    "grad_Q",
    "grad_K",
    "grad_V",
    says="The three gradients are returned in reverse order.",
    why="The tuple follows the order of the inputs: Q, K, V.",
    read="attention#the-whole-way-back",
    hint=5,
)
def gradients_returned_in_wrong_order(case, right):
    return right.grad_V, right.grad_K, right.grad_Q


@misconception(
    says="The scores are not divided by √d at all.",
    why="A sum of d products spreads as √d, and the softmax would saturate.",
    read="attention#why-the-scores-are-scaled",
    hint=1,
)
def never_scaled(module):
    module.ScaledDotProductAttention._scale = lambda *_: 1.0


@misconception(
    says="The scores are divided by d, not by its root.",
    why="A sum of d products spreads as √d.",
    read="attention#why-the-scores-are-scaled",
    hint=1,
)
def scale_is_1_over_d(module):
    module.ScaledDotProductAttention._scale = lambda _, Q: 1.0 / Q.shape[2]


@misconception(
    says="The scores are divided by √T, the root of the length.",
    why="A score is a sum of d products, however many positions there are.",
    read="attention#why-the-scores-are-scaled",
    hint=1,
)
def scale_uses_T(module):
    module.ScaledDotProductAttention._scale = lambda _, Q: 1.0 / np.sqrt(Q.shape[1])


@misconception(
    says="The scores are multiplied by √d.",
    why="A sum of d products is too large already, and the softmax would saturate.",
    read="attention#why-the-scores-are-scaled",
    hint=1,
)
def scaled_up(module):
    module.ScaledDotProductAttention._scale = lambda _, Q: np.sqrt(Q.shape[2])


@misconception(
    says="The softmax runs over queries: the weights of each key add up to 1.",
    why="A query asks, so it is the query whose weights are shared out over all keys.",
    read="attention#one-query-by-hand",
    hint=1,
)
def softmax_over_queries(module):
    module.row_sum = lambda a: a.sum(axis=1, keepdims=True)
    module.ScaledDotProductAttention._highest = lambda _, S: S.max(axis=1, keepdims=True)


@misconception(
    says="The softmax does not shift the scores before exp.",
    why="exp of more than about 709 is infinite, and infinity over infinity is NaN.",
    read="softmax-cross-entropy#two-traps-in-forward",
    hint=1,
)
def softmax_not_shifted(module):
    module.ScaledDotProductAttention._highest = lambda *_: 0.0


@misconception(
    says="The softmax shifts all scores by one maximum.",
    why="A row that lies far below the highest one becomes 0/0.",
    read="softmax-cross-entropy#two-traps-in-forward",
    hint=1,
)
def softmax_max_over_batch(module):
    module.ScaledDotProductAttention._highest = lambda _, S: S.max()
