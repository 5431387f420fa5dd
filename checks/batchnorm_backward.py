"""Do all three paths down a column come back, so that every sample hears of every other?

With as many rows as features the wrong axis fits; with one row everything is 0; gamma of ones
and a spread that is large beside eps hide gamma and eps. Each of these is a case of its own.
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
    yield norm_case("more rows than features: a wrong axis shows", rng, (5, 3), parameters=True)
    yield norm_case("as many rows as features: a wrong axis fits", rng, (4, 4))
    yield norm_case("one row: y is beta, grad_input is 0", rng, (1, 3))
    yield norm_case("two rows: x_hat is ±1 but for eps", rng, (2, 5))
    yield norm_case("one feature: the wrong mean takes all", rng, (6, 1))
    ones, zeros = np.ones(3), np.zeros(3)
    name = "gamma is 1, beta is 0: gamma may be forgotten"
    yield norm_case(name, rng, (5, 3), gamma=ones, beta=zeros)
    same = np.array([[0.7, -1.0], [0.7, 2.0], [0.7, 0.5]])
    yield norm_case("a constant column: eps alone is left of its spread", rng, (3, 2), x=same)
    faint = 2e-3 * rng.normal(size=(4, 3))
    yield norm_case("a spread below √eps: eps has its place", rng, (4, 3), x=faint)
    yield norm_case("eps = 0.5: it is the one handed over", rng, (4, 3), eps=0.5)
    yield norm_case(
        "far from 0: the mean is taken off", rng, (5, 2), x=80 + rng.normal(size=(5, 2))
    )
    name = "an upstream of ones: nothing comes back"
    yield norm_case(name, rng, (3, 2), grad_output=np.ones((3, 2)))
    name = "transposed views: memory order does not matter"
    turned = rng.normal(size=(3, 4)).T
    yield norm_case(name, rng, (4, 3), x=turned, grad_output=rng.normal(size=(3, 4)).T)
    yield norm_case("200 rows: the batch is summed for gamma and beta", rng, (200, 3))
    large = 1e4 * rng.normal(size=(4, 3))
    yield norm_case("large numbers: nothing is cut off", rng, (4, 3), x=large)


def probe(learner, case):
    layer = learner.BatchNorm(case.x.shape[1], case.eps)
    layer.gamma, layer.beta = case.gamma, case.beta
    yield "output", layer.forward(case.x)
    yield "grad_input", layer.backward(case.grad_output)
    yield "grad_gamma", layer.grad_gamma
    yield "grad_beta", layer.grad_beta
    if "parameters" in case:
        yield "gamma after backward", layer.gamma  # as they were: only an optimizer moves them
        yield "beta after backward", layer.beta


def normalised(case):
    """x_hat (N, D) and σ (D,)."""
    sigma = np.sqrt(case.x.var(axis=0) + case.eps)
    return (case.x - case.x.mean(axis=0)) / sigma, sigma


def quantities(case, right):
    x_hat, sigma = normalised(case)
    return {"x_hat": x_hat, "sigma": sigma, "N": len(case.x), "D": case.x.shape[1]}


def three_paths(case, *, mean=1.0, variance=1.0):
    """The right `grad_input`, with weights on what comes through mean and variance."""
    x_hat, sigma = normalised(case)
    g = case.grad_output * case.gamma
    through_variance = x_hat * (g * x_hat).mean(axis=0)
    return (g - mean * g.mean(axis=0) - variance * through_variance) / sigma


def with_spread(case, sigma):
    """The output, if this were σ."""
    centred = case.x - case.x.mean(axis=0)
    return case.gamma * centred / sigma + case.beta


# -- what learners get wrong ----------------------------------------------------------------------


@misconception(
    "grad_input",
    says="`grad_input` follows the direct path alone, as if μ and σ were constants.",
    why="Each x of a column also moves its mean and its spread, and so every x_hat in it.",
    read="normalisation#three-paths",
    hint=3,
)
def direct_path_alone(case, right):
    return three_paths(case, mean=0, variance=0)


@misconception(
    "grad_input",
    says="The path through the mean is missing in `grad_input`.",
    why="Adding a number to a whole column of x changes nothing, so each column adds up to 0.",
    read="normalisation#what-is-taken-out-and-why",
    hint=3,
)
def mean_term_forgotten(case, right):
    return three_paths(case, mean=0)


@misconception(
    "grad_input",
    says="The path through the variance is missing in `grad_input`.",
    why="Each x of a column moves σ, and every x_hat of the column is something divided by σ.",
    read="normalisation#three-paths",
    hint=3,
)
def variance_term_forgotten(case, right):
    return three_paths(case, variance=0)


@misconception(
    "grad_input",
    says="The paths through mean and variance are added where they must be taken off.",
    why="When the mean grows every x_hat falls, and when σ grows every x_hat shrinks.",
    read="normalisation#three-paths",
    hint=3,
)
def paths_added(case, right):
    return three_paths(case, mean=-1, variance=-1)


@misconception(
    "grad_input",
    says="The paths through mean and variance hold sums over the batch, not means.",
    why="Forward took means, so one x moves the mean by 1/N of its own move.",
    read="normalisation#three-paths",
    hint=4,
)
def sums_for_means(case, right):
    return three_paths(case, mean=len(case.x), variance=len(case.x))


@misconception(
    "grad_input",
    says="The path through the variance divides by N − 1.",
    why="Forward divided the squares by N, and backward belongs to that forward.",
    read="normalisation#three-paths",
    hint=4,
)
def variance_ddof_1(case, right):
    n = len(case.x)
    return three_paths(case, variance=n / max(n - 1, 1))


@misconception(
    "grad_input",
    says="In the path through the variance σ has a power that is too high by 2.",
    why="The slope of (v + eps) to the power −1/2 holds that to the power −3/2.",
    read="normalisation#three-paths",
    hint=3,
)
def variance_power_wrong(case, right):
    return three_paths(case, variance=normalised(case)[1] ** 2)


@misconception(
    "grad_input",
    says="A batch of one row is passed through as if it were not normalised.",
    why="With one row x is its own mean, so the output is beta, however x moves.",
    read="normalisation#three-paths",
    hint=3,
)
def single_row_passed_through(case, right):
    return case.grad_output * case.gamma if len(case.x) == 1 else right.grad_input


@misconception(
    "grad_input",
    says="The means in backward run along the rows: that is layer norm's axis.",
    why="The mean of a column was made from that column; other features had no part in it.",
    read="normalisation#three-paths",
    hint=3,
)
def means_along_the_rows(case, right):
    x_hat, sigma = normalised(case)
    g = case.grad_output * case.gamma
    along = (g * x_hat).mean(axis=1, keepdims=True)
    return (g - g.mean(axis=1, keepdims=True) - x_hat * along) / sigma


@misconception(
    "grad_input",
    says="gamma is missing in `grad_input`.",
    why="gamma stands between x_hat and y, so blame passes it on its way back.",
    read="normalisation#where-gamma-goes",
    hint=4,
)
def gamma_forgotten(case, right):
    return three_paths(case.replace(gamma=np.ones_like(case.gamma)))


@misconception(
    "grad_input",
    says="`grad_input` is divided by a σ without eps.",
    why="Forward divided by √(v + eps), and backward belongs to that forward.",
    read="normalisation#three-paths",
    hint=3,
)
def eps_forgotten_in_backward(case, right):
    return right.grad_input * normalised(case)[1] / case.x.std(axis=0)


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
    "grad_input",
    says="`grad_input` is averaged over the batch.",
    why="The two means inside are all that forward averaged; the loss has taken its own already.",
    read="normalisation#three-paths",
    hint=4,
)
def grad_input_averaged(case, right):
    return right.grad_input / len(case.x)


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
    module.BatchNorm._spread = lambda self, c: np.sqrt((c**2).mean(axis=0)) + self.eps


@misconception("output", **eps_outside)  # whatever backward makes of it
def eps_outside_sqrt(case, right):
    spread = case.x.std(axis=0)
    return with_spread(case, spread + case.eps)


@misconception(
    says="eps is left out of the forward pass.",
    why="A constant column has no spread, and would be divided by 0.",
    read="normalisation#one-row-by-hand",
    hint=1,
)
def eps_left_out(module):
    module.BatchNorm._spread = lambda _, c: np.sqrt((c**2).mean(axis=0))


@misconception(
    says="eps is fixed at 1e-5, whatever the layer was made with.",
    why="`BatchNorm(dim, eps)` is handed an eps, and it may be another one.",
    read="normalisation#one-row-by-hand",
    hint=1,
)
def eps_of_its_own(module):
    module.BatchNorm._spread = lambda _, c: np.sqrt((c**2).mean(axis=0) + 1e-5)


one_less = {
    "says": "The variance is divided by N − 1.",
    "why": "Here the variance is the plain mean of the squares, over all N of them.",
    "read": "normalisation#one-row-by-hand",
    "hint": 1,
}


@misconception(**one_less)
def forward_variance_ddof_1_throughout(module):
    def spread(self, centred):
        return np.sqrt((centred**2).sum(axis=0) / (len(centred) - 1) + self.eps)

    module.BatchNorm._spread = spread


@misconception("output", **one_less)  # whatever backward makes of it
def forward_variance_ddof_1(case, right):
    size = len(case.x)
    variance = case.x.var(axis=0) * size / (size - 1)
    return with_spread(case, np.sqrt(variance + case.eps))


@misconception(
    says="x is divided by the variance, without the root.",
    why="A variance has the unit of x², so the root must be taken before the division.",
    read="normalisation#one-row-by-hand",
    hint=1,
)
def root_forgotten(module):
    module.BatchNorm._spread = lambda self, c: (c**2).mean(axis=0) + self.eps


@misconception(
    says="Mean and variance are taken along the rows: that is layer norm.",
    why="Batch norm looks at one feature at a time, down the batch.",
    read="normalisation",
    hint=1,
)
def row_statistics(module):
    module.column_mean = lambda a: a.mean(axis=1, keepdims=True)


@misconception(
    says="Forward mixes the statistics of earlier batches in: 0.9 of theirs, 0.1 of its own.",
    why="Such running averages are for use after training; in training a batch stands for itself.",
    read="normalisation",
    hint=1,
)
def running_statistics_used(module):
    def forward(self, x):
        mean, variance = x.mean(axis=0), x.var(axis=0)
        if hasattr(self, "mean"):
            mean = 0.9 * self.mean + 0.1 * mean
            variance = 0.9 * self.variance + 0.1 * variance
        self.mean, self.variance = mean, variance
        self.sigma = np.sqrt(variance + self.eps)
        self.x_hat = (x - mean) / self.sigma
        return self.gamma * self.x_hat + self.beta

    module.BatchNorm.forward = forward
