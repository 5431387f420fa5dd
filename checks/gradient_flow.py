"""Are gradients measured, judged and tamed by their sizes relative to each other?

The networks to diagnose are real: deep stacks of random layers, whose gradients are measured
here. Sizes are scaled so that a fixed bar misjudges some of them.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {}

WORDS = ("vanishing", "exploding", "dead", "healthy")


def cases(rng):
    shapes = [(4, 3), (3,), (3, 5), (5,), (2, 2, 3)]
    yield Case("arrays of many shapes", arrays=[rng.normal(size=s) for s in shapes])
    tiny = [np.array([[3e-9, -4e-9]]), np.zeros(3), np.array([-2.0])]
    yield Case("tiny, zero and negative entries", arrays=tiny)

    yield network("ReLU, He's std: healthy", rng, he(64))
    yield network("ReLU, std 0.5: exploding", rng, 0.5)
    yield network("ReLU, std 0.05: vanishing", rng, 0.05)
    yield network("healthy, though all norms are tiny", rng, he(64), loss=1e-9)
    yield network("healthy, though all norms are huge", rng, he(64), loss=1e9)
    yield network("vanishing, though all norms are huge", rng, 0.05, loss=1e9)
    yield network("exploding, though all norms are tiny", rng, 0.5, loss=1e-9)
    yield network("three layers: 0.05 is not too deep", rng, 0.05, depth=3)
    yield Case("a layer that is off: dead", norms=np.array([0.0, 0.0, 0.3, 0.5]))
    yield Case("dead in the middle alone", norms=np.array([0.2, 0.0, 0.3, 0.5]))
    yield Case("NaN in front: exploding", norms=np.array([np.nan, np.inf, 1e200, 1.0]))
    yield Case("NaN in the middle alone: exploding", norms=np.array([1.0, np.nan, 2.0]))
    yield Case("inf and 0: asked in the file's order", norms=np.array([np.inf, 0.0, 1.0]))
    yield Case("a hump: first and last agree", norms=np.array([1.0, 5e3, 2e4, 6e3, 2.0]))
    yield Case("one layer", norms=np.array([0.02]))

    yield Case("std of a wide layer", fan_in=784, fan_out=256)
    yield Case("std where outputs are more than inputs", fan_in=3, fan_out=50)

    some = [rng.normal(size=shape) for shape in shapes]
    yield Case("clipped: longer than the limit", arrays=some, max_norm=1.0)
    yield Case("not clipped: shorter than the limit", arrays=some, max_norm=100.0)
    uneven = [np.array([30.0, -40.0]), np.array([[0.3], [0.4]])]
    yield Case("clipped: one array is long, the other short", arrays=uneven, max_norm=2.0)
    each = [np.array([3.0]), np.array([3.0]), np.array([3.0])]
    yield Case("clipped: each alone would be short enough", arrays=each, max_norm=4.0)
    yield Case("not clipped: the norms' sum exceeds the limit", arrays=each, max_norm=6.0)
    nothing = [np.zeros((2, 2)), np.zeros(3)]
    yield Case("zeros: nothing is divided by their norm", arrays=nothing, max_norm=1.0)


def he(width):
    return np.sqrt(2.0 / width)


def network(name, rng, std, depth=10, width=64, loss=1.0):
    """Norms of the gradients that arrive at each layer of a random ReLU network."""
    values, layers = rng.normal(size=(20, width)), []
    for _ in range(depth):
        W = rng.normal(scale=std, size=(width, width))
        values = values @ W
        layers.append((W, values > 0))
        values = np.maximum(0.0, values)
    grad, norms = loss * rng.normal(size=values.shape), []
    for W, gate in reversed(layers):
        norms.append(np.sqrt(np.sum(grad**2)))
        grad = (grad * gate) @ W.T
    return Case(name, norms=np.array(norms[::-1]))


def probe(learner, case):
    if "max_norm" in case:
        clipped = learner.clip_by_norm(case.arrays, case.max_norm)
        for position in range(len(case.arrays)):
            yield f"clipped[{position}]", clipped[position]
    elif "arrays" in case:
        yield "norms", learner.layer_norms(case.arrays)
    elif "norms" in case:
        answer = learner.diagnose(case.norms)
        for word in WORDS:  # 1 for the word that was said, 0 for the others
            yield f"says {word}", float(answer == word)
    else:
        yield "xavier_std", learner.xavier_std(case.fan_in, case.fan_out)
        yield "he_std", learner.he_std(case.fan_in)


# -- measuring ----------------------------------------------------------------------------------


@misconception(
    "norms",
    says="The root is missing: these are squares of the norms.",
    why="A norm grows with its array: twice the gradient, twice the norm.",
    read="vanish-explode#seen-by-layer",
    hint=1,
)
def norms_squared(case, _):
    return np.array([np.sum(each**2) for each in case.arrays])


@misconception(
    "norms",
    says="Absolute values are added up, without squares.",
    why="The norm asked for is the root of the sum of squares.",
    read="vanish-explode#seen-by-layer",
    hint=1,
)
def sums_of_absolute_values(case, _):
    return np.array([np.sum(np.abs(each)) for each in case.arrays])


@misconception(
    "norms",
    says="The largest entry stands for the whole array.",
    why="Many small entries make a long gradient as well.",
    read="vanish-explode#seen-by-layer",
    hint=1,
)
def largest_entries(case, _):
    return np.array([np.max(np.abs(each)) for each in case.arrays])


@misconception(
    "norms",
    says="A mean is taken where the squares should be added.",
    why="A norm is a length; the number of entries does not divide it.",
    read="vanish-explode#seen-by-layer",
    hint=1,
)
def mean_of_squares(case, _):
    return np.array([np.sqrt(np.mean(each**2)) for each in case.arrays])


# -- diagnosing ---------------------------------------------------------------------------------


@misconception(
    says="The ratio is turned round: last over first.",
    why="Backward begins at the last layer; what the first one gets is small when it vanishes.",
    read="vanish-explode#what-to-look-at",
    hint=2,
)
def ratio_turned_round(module):
    right = module.diagnose
    module.diagnose = lambda norms: right(norms[::-1])


@misconception(
    says="The first layer's norm is compared with a fixed number.",
    why="The scale of the loss scales all norms, and says nothing about the network.",
    read="vanish-explode#what-to-look-at",
    hint=2,
)
def fixed_bar(module):
    right = module.diagnose
    module.diagnose = lambda norms: right(np.array([*norms, 1.0]))


@misconception(
    says="The smallest and the largest norm are compared, wherever they are.",
    why="A hump in the middle harms nobody; what counts is how much reaches the first layer.",
    read="vanish-explode#what-to-look-at",
    hint=2,
)
def smallest_over_largest(module):
    right = module.diagnose

    def diagnose(norms):
        far = np.argmin(norms) > np.argmax(norms)
        ends = [np.max(norms), np.min(norms)]
        return right(np.array(ends if far else ends[::-1]))

    module.diagnose = diagnose


@misconception(
    says="A norm of exactly 0 passes for vanishing, or is not seen.",
    why="Shrinking leaves a small number; an exact 0 means that nothing gets past.",
    read="vanish-explode#what-to-look-at",
    hint=2,
)
def zeros_not_seen(module):
    right = module.diagnose
    module.diagnose = lambda norms: right(np.where(norms == 0, 1e-300, norms))


@misconception(
    says="Only the first norm is looked at for a 0.",
    why="A layer may be dead anywhere.",
    read="vanish-explode#what-to-look-at",
    hint=2,
)
def zero_only_in_front(module):
    right = module.diagnose

    def diagnose(norms):
        inner = np.where(norms[1:] == 0, 1e-300, norms[1:])
        return right(np.array([norms[0], *inner]))

    module.diagnose = diagnose


@misconception(
    says="NaN passes for healthy.",
    why="Every comparison with NaN is False, so it falls through to the last line.",
    read="vanish-explode#common-mistakes",
    hint=2,
)
def nan_is_healthy(module):
    right = module.diagnose

    def diagnose(norms):
        if np.any(norms == 0):
            return "dead"
        if np.isnan(norms[0] / norms[-1]):
            return "healthy"
        return right(np.array([norms[0], norms[-1]]))

    module.diagnose = diagnose


# -- where to begin -----------------------------------------------------------------------------


@misconception(
    "xavier_std",
    "he_std",
    says="The roots are missing: these are variances.",
    why="The rules give a std, and the variance is its square.",
    read="vanish-explode#the-first-cure-where-you-begin",
    hint=3,
)
def variances(case, _):
    return 2.0 / (case.fan_in + case.fan_out), 2.0 / case.fan_in


@misconception(
    "xavier_std",
    says="Xavier's std is √(1 / fan_in).",
    why="That serves forward alone; the rule takes the middle between both directions.",
    read="vanish-explode#the-first-cure-where-you-begin",
    hint=3,
)
def xavier_without_fan_out(case, _):
    return np.sqrt(1.0 / case.fan_in)


@misconception(
    "xavier_std",
    says="Xavier's std is √(1 / (fan_in + fan_out)): the 2 is missing.",
    why="The middle of two numbers is half their sum.",
    read="vanish-explode#the-first-cure-where-you-begin",
    hint=3,
)
def xavier_without_the_2(case, _):
    return np.sqrt(1.0 / (case.fan_in + case.fan_out))


@misconception(
    "xavier_std",
    says="√(6 / (fan_in + fan_out)) is the limit of a uniform distribution, not a std.",
    why="Numbers between −a and a have the std a / √3.",
    read="vanish-explode#the-first-cure-where-you-begin",
    hint=3,
)
def xavier_limit(case, _):
    return np.sqrt(6.0 / (case.fan_in + case.fan_out))


@misconception(
    "he_std",
    says="He's std is √(1 / fan_in): the 2 is missing.",
    why="A ReLU stops half of the entries; the 2 makes up for them.",
    read="vanish-explode#the-first-cure-where-you-begin",
    hint=3,
)
def he_without_the_2(case, _):
    return np.sqrt(1.0 / case.fan_in)


# -- clipping -----------------------------------------------------------------------------------


@misconception(
    says="Each array is clipped alone.",
    why="Then some shrink and others do not, and the direction changes.",
    read="vanish-explode#the-second-cure-clipping",
    hint=4,
)
def each_array_alone(module):
    right = module.clip_by_norm
    module.clip_by_norm = lambda arrays, most: [right([each], most)[0] for each in arrays]


@misconception(
    says="Single entries are cut off at the limit.",
    why="That bends the direction: large entries shrink, and small ones stay.",
    read="vanish-explode#the-second-cure-clipping",
    hint=4,
)
def entries_cut_off(module):
    module.clip_by_norm = lambda arrays, most: [np.clip(each, -most, most) for each in arrays]


@misconception(
    says="Gradients are always scaled to the limit, short ones too.",
    why="Clipping never makes a gradient longer.",
    read="vanish-explode#the-second-cure-clipping",
    hint=4,
)
def short_ones_stretched(module):
    def clip_by_norm(arrays, most):
        norm = np.sqrt(np.sum(module.layer_norms(arrays) ** 2))
        return [each * most / norm for each in arrays]

    module.clip_by_norm = clip_by_norm


@misconception(
    says="The norms of the arrays are added up, without squares.",
    why="The norm of all together is the root of the sum of their squares.",
    read="vanish-explode#the-second-cure-clipping",
    hint=4,
)
def norms_added(module):
    def clip_by_norm(arrays, most):
        norm = np.sum(module.layer_norms(arrays))
        return [each * min(1.0, most / norm) if norm else each for each in arrays]

    module.clip_by_norm = clip_by_norm


@misconception(
    says="The arrays are divided by their norm, and the limit is left out.",
    why="The result should be as long as the limit, and not of length 1.",
    read="vanish-explode#the-second-cure-clipping",
    hint=4,
)
def limit_left_out(module):
    def clip_by_norm(arrays, most):
        norm = np.sqrt(np.sum(module.layer_norms(arrays) ** 2))
        return [each / norm if norm > most else each for each in arrays]

    module.clip_by_norm = clip_by_norm
