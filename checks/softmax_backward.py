"""Is the gradient that of a whole row, and does it stay finite at ±1000?

The upstream gradient must be random: with equal numbers in a row the answer is 0, because a
row always sums to 1, and a wrong formula may well give 0 too.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {"grad_input": "z"}
rows = ("z", "grad_output", "output", "grad_input")

far_up = np.array([[1000.0, 999.0, 998.5], [997.5, 1000.0, -1000.0]])
far_apart = np.array([[1000.0, 999.5, 998.0], [-1000.0, -999.0, -1001.5], [0.3, -0.2, 1.1]])
nearly_sure = np.array([[3.0, -3.0, -3.0], [-3.5, -3.0, 3.0]])  # p up to 0.995
far_within = np.array([[-1000.0, 1000.0, 999.0, -1000.0], [1000.0, -1000.0, -1000.0, -1000.0]])


def layer_case(name, rng, shape, **more):
    quantities = {"z": rng.normal(size=shape), "grad_output": rng.normal(size=shape)}
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield layer_case("more rows than classes: a wrong axis shows", rng, (5, 3))
    yield layer_case("as many rows as classes: no keepdims still fits", rng, (4, 4))
    yield layer_case("one row of zeros: every class gets 1/C", rng, (1, 5), z=np.zeros((1, 5)))
    yield layer_case("one class: always 1, so the gradient is 0", rng, (3, 1))
    yield layer_case("logits at 1000: exp must not overflow", rng, (2, 3), z=far_up)
    yield layer_case("rows at 1000 and -1000: shift each by its own", rng, (3, 3), z=far_apart)
    yield layer_case("±1000 in one row: only its maximum will do", rng, (2, 4), z=far_within)
    name = "rows that are nearly sure: small slopes are not 0"
    yield layer_case(name, rng, (2, 3), z=nearly_sure)
    turned = rng.normal(size=(3, 200)).T
    yield layer_case("200 rows of a transposed view: any memory order", rng, (200, 3), z=turned)


def probe(learner, case):
    layer = learner.Softmax()
    yield "output", layer.forward(case.z)
    yield "grad_input", layer.backward(case.grad_output)


def quantities(case, right):
    return {"p": right.output, "N": len(case.z), "C": case.z.shape[1]}


LESSON = "softmax-cross-entropy"
TRAPS = "softmax-cross-entropy#two-traps-in-forward"
JACOBIAN = "softmax-cross-entropy#the-softmax-jacobian"
SHORT = "softmax-cross-entropy#backward-without-the-table"
BROADCASTING = "shapes#broadcasting-backward"

# -- forward -------------------------------------------------------------------------------------


@misconception(
    says="Your forward subtracts nothing before exp.",
    why="exp(1000) is infinity and exp(−1000) is 0: the quotients are ∞/∞ and 0/0.",
    read=TRAPS,
    hint=1,
)
def not_shifted(module):
    module.row_max = np.zeros_like


@misconception(
    says="Your forward subtracts one maximum from the whole batch.",
    why="In a row that lies far below it every exp becomes 0, and 0/0 is NaN.",
    read=TRAPS,
    hint=1,
)
def whole_batch_maximum(module):
    module.row_max = np.max


@misconception(
    says="Your forward subtracts the mean of each row before exp.",
    why="The largest logit may lie far above the mean, and then its exp still overflows.",
    read=TRAPS,
    hint=1,
)
def shifted_by_mean(module):
    module.row_max = lambda z: z.mean(axis=1, keepdims=True)


@misconception(
    says="Your forward subtracts the minimum of each row before exp.",
    why="Then no exponent is below 0, and a wide row overflows sooner than before.",
    read=TRAPS,
    hint=1,
)
def shifted_by_minimum(module):
    module.row_max = lambda z: z.min(axis=1, keepdims=True)


@misconception(
    says="Your forward subtracts the maximum of each column.",
    why="Entries of one row are then shifted by different numbers, and that changes p.",
    read=TRAPS,
    hint=1,
)
def maximum_of_columns(module):
    module.row_max = lambda z: z.max(axis=0)


@misconception(
    says="Your forward cuts large logits off.",
    why="Logits beyond the limit become equal, and so do their probabilities.",
    read=TRAPS,
    hint=1,
)
def logits_clipped(module):
    softmax = module.softmax  # no case has a logit between 5 and 900, so any limit gives the same
    module.softmax = lambda z: softmax(np.clip(z, -30, 30))


def added_to_the_sum(eps):
    @misconception(
        says=f"Your forward adds {eps:g} to the sum of each row.",
        why="After the shift the sum is at least 1, so there is no 0 to keep away from.",
        read=TRAPS,
        hint=1,
    )
    def eps_in_denominator(module):
        module.softmax = lambda z: (e := np.exp(z - module.row_max(z))) / (module.row_sum(e) + eps)

    return eps_in_denominator


sum_plus_1e_5, sum_plus_1e_6 = added_to_the_sum(1e-5), added_to_the_sum(1e-6)
sum_plus_1e_7, sum_plus_1e_8 = added_to_the_sum(1e-7), added_to_the_sum(1e-8)


@misconception(
    says="In your forward each column sums to 1.",
    why="A column holds one class of many samples, and they do not share anything out.",
    read=LESSON,
    hint=1,
)
def forward_wrong_axis(module):
    softmax = module.softmax
    module.softmax = lambda z: softmax(z.T).T


@misconception(
    says="Your forward divides each row by sums of columns.",
    why="A column holds one class of many samples, and they do not share anything out.",
    read=LESSON,
    hint=1,
)
def divided_by_sums_of_columns(module):
    module.softmax = lambda z: (e := np.exp(z - module.row_max(z))) / e.sum(axis=0)


@misconception(
    says="Your forward and your backward take one sum over the whole batch.",
    why="Rows are independent samples; none of them knows what the others hold.",
    read=LESSON,
    hint=1,
)
def normalised_over_batch(module):
    module.row_sum = np.sum


@misconception(
    says="In your forward the whole batch sums to 1.",
    why="Rows are independent samples; none of them knows what the others hold.",
    read=LESSON,
    hint=1,
)
def forward_normalised_over_batch(module):
    module.softmax = lambda z: (e := np.exp(z - module.row_max(z))) / e.sum()


@misconception(
    says="The maxima and sums of your rows have lost their axis.",
    why="(N,) lines up with the columns: it fails, or, where N is C, it mixes samples.",
    read=BROADCASTING,
    hint=1,
)
def keepdims_forgotten(module):
    module.row_max = lambda a: a.max(axis=1)
    module.row_sum = lambda a: a.sum(axis=1)


@misconception(
    says="In your forward the maxima and sums of the rows have lost their axis.",
    why="(N,) lines up with the columns: it fails, or, where N is C, it mixes samples.",
    read=BROADCASTING,
    hint=1,
)
def forward_keepdims_forgotten(module):
    module.softmax = lambda z: (e := np.exp(z - z.max(axis=1))) / e.sum(axis=1)


@misconception(
    says="In your forward the maxima of the rows have lost their axis.",
    why="(N,) lines up with the columns: it fails, or, where N is C, it mixes samples.",
    read=BROADCASTING,
    hint=1,
)
def maximum_keepdims_forgotten(module):
    module.row_max = lambda a: a.max(axis=1)


@misconception(
    says="In your forward the sums of the rows have lost their axis.",
    why="(N,) lines up with the columns: it fails, or, where N is C, it mixes samples.",
    read=BROADCASTING,
    hint=1,
)
def sum_keepdims_forgotten(module):
    module.softmax = lambda z: (e := np.exp(z - module.row_max(z))) / e.sum(axis=1)


# -- backward ------------------------------------------------------------------------------------


def weighted(case, right):
    """The upstream gradient times p: the rows of it sum to the average that is taken off."""
    return case.grad_output * right.output


@misconception(
    "grad_input",
    says="Your backward uses the diagonal of the Jacobian alone, as if softmax were a sigmoid.",
    why="Raise one logit and all other p of the row shrink; that is left out.",
    read=JACOBIAN,
    hint=2,
)
def jacobian_diagonal_only(case, right):
    return case.grad_output * right.output * (1 - right.output)


@misconception(
    "grad_input",
    says="Your `grad_input` is p · (1 − p); `grad_output` is not in it.",
    why="It tells how each p moves with its own logit. How the loss moves with p comes from above.",
    read="local-gradients#local-times-upstream",
    hint=2,
)
def upstream_forgotten(case, right):
    return right.output * (1 - right.output)


@misconception(
    "grad_input",
    says="Your backward uses the Jacobian of the first row for all rows.",
    why="Each row has probabilities of its own, and so a Jacobian of its own.",
    read=JACOBIAN,
    hint=2,
)
def first_row_jacobian(case, right):
    p = right.output[0]
    return case.grad_output @ (np.diag(p) - np.outer(p, p))


@misconception(
    "grad_input",
    says="Off the diagonal your Jacobian has the wrong sign.",
    why="Raise one logit and all other p of the row shrink: the row still sums to 1.",
    read=JACOBIAN,
    hint=2,
)
def off_diagonal_sign(case, right):
    g, p, average = case.grad_output, right.output, weighted(case, right).sum(1, keepdims=True)
    return p * (g * (1 - p) + average - g * p)


@misconception(
    "grad_input",
    says="Your backward returns the Jacobian of each row, (N, C, C).",
    why="The Jacobian is the local gradient alone; a gradient has the shape of its variable.",
    read=JACOBIAN,
    hint=3,
)
def returns_jacobian(case, right):
    return np.stack([np.diag(p) - np.outer(p, p) for p in right.output])


@misconception(
    "grad_input",
    says="In your backward the sum runs over the batch, along axis 0.",
    why="The outputs that depend on one logit lie in the same row.",
    read=SHORT,
    hint=3,
)
def wrong_axis(case, right):
    return right.output * (case.grad_output - weighted(case, right).sum(axis=0))


@misconception(
    "grad_input",
    says="In your backward one sum is taken over the whole batch.",
    why="The outputs that depend on one logit lie in the same row.",
    read=SHORT,
    hint=3,
)
def one_sum_for_batch(case, right):
    return right.output * (case.grad_output - weighted(case, right).sum())


@misconception(
    "grad_input",
    says="In your backward the sums of the rows have lost their axis.",
    why="(N,) lines up with the columns: it fails, or, where N is C, it mixes samples.",
    read=BROADCASTING,
    hint=3,
)
def backward_keepdims_forgotten(case, right):
    return right.output * (case.grad_output - weighted(case, right).sum(axis=1))


def taken_off(word, reduce):
    @misconception(
        "grad_input",
        says=f"Your backward takes off the plain {word} of each row of `grad_output`.",
        why="An output's blame counts by its share of the row, and the shares differ.",
        read=SHORT,
        hint=3,
    )
    def dot_without_p(case, right):
        return right.output * (case.grad_output - reduce(case.grad_output, axis=1, keepdims=True))

    return dot_without_p


plain_sum, plain_mean = taken_off("sum", np.sum), taken_off("mean", np.mean)


@misconception(
    "grad_input",
    says="Your backward multiplies `grad_output` by p and takes nothing off.",
    why="The row always sums to 1, so what one output gains the others lose.",
    read=SHORT,
    hint=3,
)
def average_forgotten(case, right):
    return weighted(case, right)


@misconception(
    "grad_input",
    says="Your backward takes the average off `grad_output` and stops there.",
    why="An output with a small share of the row moves little, whatever its blame is.",
    read=SHORT,
    hint=3,
)
def factor_p_forgotten(case, right):
    return case.grad_output - weighted(case, right).sum(axis=1, keepdims=True)


@misconception(
    "grad_input",
    says="Your backward adds the average of the row where it should be taken off.",
    why="Equal blame for a whole row must give 0, since its sum cannot move.",
    read=SHORT,
    hint=3,
)
def average_added(case, right):
    return right.output * (case.grad_output + weighted(case, right).sum(axis=1, keepdims=True))


@misconception(
    "grad_input",
    says="Your `grad_input` is p − `grad_output`.",
    why="That is the rule for softmax with cross-entropy in one. Here any loss may follow.",
    read="softmax-cross-entropy#fused-p-y",
    hint=3,
)
def assumes_cross_entropy(case, right):
    return right.output - case.grad_output


@misconception(
    "grad_input",
    says="Your `grad_input` has the opposite sign.",
    why="Where the upstream lies above the row's average, raising the logit raises the loss.",
    read=SHORT,
    hint=3,
)
def sign_turned(case, right):
    return -right.grad_input


@misconception(
    "grad_input",
    says="Your `grad_input` is divided by the number of rows.",
    why="The mean is taken once, in the loss; no row of a layer knows how many there are.",
    read="softmax-cross-entropy#where-1n-enters",
    hint=3,
)
def averaged(case, right):
    return right.grad_input / len(case.z)
