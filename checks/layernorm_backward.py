"""Do all three paths through a row come back, whatever gamma and eps are?

A gamma of ones hides where it is multiplied in, and a spread that is large beside eps hides eps.
So gamma is random wherever nothing else is said, and eps rules in cases of its own.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {"grad_input": "x", "grad_gamma": "gamma", "grad_beta": "beta"}
rows = ("x", "grad_output", "output", "grad_input")


def norm_case(name, rng, sizes, **more):
    features = sizes[1]
    quantities = {
        "x": rng.normal(0.5, 2.0, size=sizes),
        "gamma": rng.normal(size=features),
        "beta": rng.normal(size=features),
        "eps": 1e-5,
        "grad_output": rng.normal(size=sizes),
    }
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield norm_case("more rows than features: a wrong axis shows", rng, (5, 3))
    yield norm_case("as many rows as features: a wrong axis fits", rng, (4, 4))
    yield norm_case("one row: no sum over the batch still fits", rng, (1, 6))
    yield norm_case("one feature: y is beta, grad_input is 0", rng, (3, 1))
    yield norm_case("gamma is 1, beta is 0: gamma may be forgotten", rng, (3, 5), **plain(5))
    same = np.array([[0.7, 0.7, 0.7], [-1.0, 2.0, 0.5]])
    yield norm_case("a constant row: eps alone is left of its spread", rng, (2, 3), x=same)
    faint = 2e-3 * rng.normal(size=(3, 4))
    yield norm_case("a spread below √eps: eps has its place", rng, (3, 4), x=faint)
    yield norm_case("eps = 0.5: it is the one handed over", rng, (3, 4), eps=0.5)
    yield norm_case(
        "far from 0: the mean is taken off", rng, (2, 5), x=80 + rng.normal(size=(2, 5))
    )
    name = "an upstream of ones: with equal gammas nothing comes back"
    yield norm_case(name, rng, (2, 3), gamma=np.full(3, 1.5), grad_output=np.ones((2, 3)))
    name = "transposed views: memory order does not matter"
    turned = rng.normal(size=(3, 4)).T
    yield norm_case(name, rng, (4, 3), x=turned, grad_output=rng.normal(size=(3, 4)).T)
    yield norm_case("200 rows: the batch is summed, not averaged", rng, (200, 3))
    large = 1e4 * rng.normal(size=(3, 4))
    yield norm_case("large numbers: nothing is cut off", rng, (3, 4), x=large)


def plain(features):
    return {"gamma": np.ones(features), "beta": np.zeros(features)}


def probe(learner, case):
    layer = learner.LayerNorm(case.x.shape[1], case.eps)
    layer.gamma, layer.beta = case.gamma, case.beta
    yield "output", layer.forward(case.x)
    yield "grad_input", layer.backward(case.grad_output)
    yield "grad_gamma", layer.grad_gamma
    yield "grad_beta", layer.grad_beta


def row_mean(a):
    return a.mean(axis=1, keepdims=True)


def normalised(case):
    """x_hat (N, D) and σ (N, 1)."""
    centred = case.x - row_mean(case.x)
    sigma = np.sqrt(row_mean(centred**2) + case.eps)
    return centred / sigma, sigma


def quantities(case, right):
    x_hat, sigma = normalised(case)
    return {"x_hat": x_hat, "sigma": sigma, "N": len(case.x), "D": case.x.shape[1]}


def three_paths(case, g, *, direct=1.0, mean=1.0, variance=1.0):
    """The right `grad_input`, with weights on its three terms."""
    x_hat, sigma = normalised(case)
    through_variance = x_hat * row_mean(g * x_hat)
    return (direct * g - mean * row_mean(g) - variance * through_variance) / sigma


def with_spread(case, sigma):
    """The output, if this were σ."""
    centred = case.x - case.x.mean(axis=1, keepdims=True)
    return case.gamma * centred / sigma + case.beta


# -- what learners get wrong ----------------------------------------------------------------------


@misconception(
    "grad_input",
    says="`grad_input` follows the direct path alone, as if μ and σ were constants.",
    why="Each x of a row also moves the mean and the spread of its row, and so every x_hat in it.",
    read="normalisation#three-paths",
    hint=3,
)
def direct_path_alone(case, right):
    return three_paths(case, case.grad_output * case.gamma, mean=0, variance=0)


@misconception(
    "grad_input",
    says="The path through the mean is missing in `grad_input`.",
    why="Adding a number to a whole row of x changes nothing, so each row has to add up to 0.",
    read="normalisation#what-is-taken-out-and-why",
    hint=4,
)
def mean_term_forgotten(case, right):
    return three_paths(case, case.grad_output * case.gamma, mean=0)


@misconception(
    "grad_input",
    says="The path through the variance is missing in `grad_input`.",
    why="Each x of a row moves σ, and every x_hat of the row is something divided by σ.",
    read="normalisation#three-paths",
    hint=3,
)
def variance_term_forgotten(case, right):
    return three_paths(case, case.grad_output * case.gamma, variance=0)


@misconception(
    "grad_input",
    says="The paths through mean and variance are added where they must be taken off.",
    why="When the mean grows every x_hat falls, and when σ grows every x_hat shrinks.",
    read="normalisation#three-paths",
    hint=3,
)
def paths_added(case, right):
    return three_paths(case, case.grad_output * case.gamma, mean=-1, variance=-1)


@misconception(
    "grad_input",
    says="The paths through mean and variance hold sums along the row, not means.",
    why="Forward took means, so one x moves the mean by 1/D of its own move.",
    read="normalisation#three-paths",
    hint=3,
)
def sums_for_means(case, right):
    features = case.x.shape[1]
    g = case.grad_output * case.gamma
    return three_paths(case, g, mean=features, variance=features)


@misconception(
    "grad_input",
    says="The paths through mean and variance divide by the number of rows.",
    why="Forward averaged over the D entries of a row; the batch had no part in it.",
    read="normalisation#three-paths",
    hint=3,
)
def divided_by_N_not_D(case, right):
    rows, features = case.x.shape
    g = case.grad_output * case.gamma
    return three_paths(case, g, mean=features / rows, variance=features / rows)


@misconception(
    "grad_input",
    says="The means in backward run down the batch, not along the row.",
    why="The mean of a row was made from that row; other samples had no part in it.",
    read="normalisation#three-paths",
    hint=3,
)
def grad_input_means_over_batch(case, right):
    x_hat, sigma = normalised(case)
    g = case.grad_output * case.gamma
    return (g - g.mean(axis=0) - x_hat * (g * x_hat).mean(axis=0)) / sigma


@misconception(
    "grad_input",
    says="gamma is missing in `grad_input`.",
    why="gamma stands between x_hat and y, so blame passes it on its way back.",
    read="normalisation#where-gamma-goes",
    hint=3,
)
def gamma_forgotten(case, right):
    return three_paths(case, case.grad_output)


@misconception(
    "grad_input",
    says="gamma is multiplied in last, behind the two means.",
    why="gamma differs along the row that the means run over, so it cannot be moved past them.",
    read="normalisation#where-gamma-goes",
    hint=3,
)
def gamma_multiplied_last(case, right):
    return case.gamma * three_paths(case, case.grad_output)


@misconception(
    "grad_input",
    says="`grad_input` is divided by a σ without eps.",
    why="Forward divided by √(v + eps), and backward belongs to that forward.",
    read="normalisation#three-paths",
    hint=3,
)
def eps_forgotten_in_backward(case, right):
    _, sigma = normalised(case)
    settled = np.where(np.abs(right.grad_input) < 1e-12, 0.0, right.grad_input)  # no rounding
    return settled * sigma / case.x.std(axis=1, keepdims=True)


@misconception(
    "grad_input",
    says="The division by σ is missing in `grad_input`.",
    why="A nudge of x reaches x_hat divided by σ, on every path.",
    read="normalisation#three-paths",
    hint=3,
)
def sigma_forgotten(case, right):
    return right.grad_input * normalised(case)[1]


@misconception(
    "grad_input",
    says="`grad_input` is divided by the variance, σ², in place of σ.",
    why="x_hat is x − μ over σ once, and its slope is too.",
    read="normalisation#three-paths",
    hint=3,
)
def variance_for_sigma(case, right):
    return right.grad_input / normalised(case)[1]


@misconception(
    "grad_gamma",
    says="`grad_gamma` meets `x` where it should meet `x_hat`.",
    why="gamma multiplies what has been normalised, so that is its local gradient.",
    read="normalisation#where-gamma-goes",
    hint=2,
)
def grad_gamma_uses_x(case, right):
    return (case.grad_output * case.x).sum(axis=0)


@misconception(
    "grad_gamma",
    says="`grad_gamma` meets the output where it should meet `x_hat`.",
    why="The output has gamma and beta in it already; gamma's own factor is what it multiplied.",
    read="normalisation#where-gamma-goes",
    hint=2,
)
def grad_gamma_uses_output(case, right):
    return (case.grad_output * right.output).sum(axis=0)


@misconception(
    "grad_gamma",
    says="`grad_gamma` keeps one row for each sample.",
    why="All samples share gamma, and a gradient has the shape of its variable.",
    read="normalisation#where-gamma-goes",
    hint=2,
)
def grad_gamma_not_summed(case, right):
    return case.grad_output * normalised(case)[0]


@misconception(
    "grad_gamma",
    says="`grad_gamma` is summed along the rows.",
    why="gamma has an entry for each feature; what it was stretched over is the batch.",
    read="normalisation#where-gamma-goes",
    hint=2,
)
def grad_gamma_wrong_axis(case, right):
    return (case.grad_output * normalised(case)[0]).sum(axis=1)


@misconception(
    "grad_gamma",
    says="`grad_gamma` is averaged over the batch.",
    why="Layers sum over the batch; the loss has taken the mean already.",
    read="normalisation#where-gamma-goes",
    hint=2,
)
def grad_gamma_averaged(case, right):
    return right.grad_gamma / len(case.x)


@misconception(
    "grad_beta",
    says="`grad_beta` keeps one row for each sample.",
    why="All samples share beta, and a gradient has the shape of its variable.",
    read="normalisation#where-gamma-goes",
    hint=2,
)
def grad_beta_not_summed(case, right):
    return case.grad_output


@misconception(
    "grad_beta",
    says="`grad_beta` is summed along the rows.",
    why="beta has an entry for each feature; what it was stretched over is the batch.",
    read="normalisation#where-gamma-goes",
    hint=2,
)
def grad_beta_wrong_axis(case, right):
    return case.grad_output.sum(axis=1)


@misconception(
    "grad_beta",
    says="`grad_beta` is averaged over the batch.",
    why="Layers sum over the batch; the loss has taken the mean already.",
    read="normalisation#where-gamma-goes",
    hint=2,
)
def grad_beta_averaged(case, right):
    return right.grad_beta / len(case.x)


@misconception(
    "grad_gamma",
    "grad_beta",
    says="`grad_gamma` and `grad_beta` are made from a `grad_output` that has met gamma already.",
    why="gamma lies on the way to x, not on the way to itself or to beta.",
    read="normalisation#where-gamma-goes",
    hint=2,
)
def gamma_met_twice(case, right):
    return case.gamma * right.grad_gamma, case.gamma * right.grad_beta


@misconception(
    "grad_gamma",
    "grad_beta",
    says="`grad_gamma` and `grad_beta` have changed places.",
    why="beta is added, so its local gradient is 1; gamma multiplies x_hat.",
    read="normalisation#where-gamma-goes",
    hint=2,
)
def parameters_swapped(case, right):
    return right.grad_beta, right.grad_gamma


eps_outside = {
    "says": "eps is added to the standard deviation, outside the root.",
    "why": "It belongs to the variance: σ = √(v + eps).",
    "read": "normalisation#one-row-by-hand",
    "hint": 1,
}


@misconception(**eps_outside)
def eps_outside_sqrt_throughout(module):
    module.LayerNorm._spread = lambda self, c: np.sqrt(row_mean(c**2)) + self.eps


@misconception("output", **eps_outside)  # whatever backward makes of it
def eps_outside_sqrt(case, right):
    spread = case.x.std(axis=1, keepdims=True)
    return with_spread(case, spread + case.eps)


@misconception(
    says="eps is left out of the forward pass.",
    why="A constant row has no spread, and would be divided by 0.",
    read="normalisation#one-row-by-hand",
    hint=1,
)
def eps_left_out(module):
    module.LayerNorm._spread = lambda _, c: np.sqrt(row_mean(c**2))


@misconception(
    says="eps is fixed at 1e-5, whatever the layer was made with.",
    why="`LayerNorm(dim, eps)` is handed an eps, and it may be another one.",
    read="normalisation#one-row-by-hand",
    hint=1,
)
def eps_of_its_own(module):
    module.LayerNorm._spread = lambda _, c: np.sqrt(row_mean(c**2) + 1e-5)


one_less = {
    "says": "The variance is divided by D − 1.",
    "why": "Here the variance is the plain mean of the squares, over all D of them.",
    "read": "normalisation#one-row-by-hand",
    "hint": 1,
}


@misconception(**one_less)
def variance_ddof_1_throughout(module):
    def spread(self, centred):
        squares = (centred**2).sum(axis=1, keepdims=True)
        return np.sqrt(squares / (centred.shape[1] - 1) + self.eps)

    module.LayerNorm._spread = spread


@misconception("output", **one_less)  # whatever backward makes of it
def variance_ddof_1(case, right):
    size = case.x.shape[1]
    variance = case.x.var(axis=1, keepdims=True) * size / (size - 1)
    return with_spread(case, np.sqrt(variance + case.eps))


@misconception(
    says="x is divided by the variance, without the root.",
    why="A variance has the unit of x², so the root must be taken before the division.",
    read="normalisation#one-row-by-hand",
    hint=1,
)
def root_forgotten(module):
    module.LayerNorm._spread = lambda self, c: row_mean(c**2) + self.eps


@misconception(
    says="Mean and variance are taken down the batch: that is batch norm.",
    why="Layer norm looks at one sample alone, along its row.",
    read="normalisation",
    hint=1,
)
def batch_statistics(module):
    module.row_mean = lambda a: a.mean(axis=0, keepdims=True)
