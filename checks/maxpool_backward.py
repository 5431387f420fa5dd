"""Does each window's blame go to its maximum alone, and to the first one in a tie?

Random numbers never tie, and where nothing ties most rules for ties agree. So ties have cases
of their own. Images are not square, so that rows and columns cannot change places unseen.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {"grad_input": "x"}
rows = ("x", "grad_output", "output", "grad_input")


def pool_case(name, rng, shape, k, x=None):
    n, c, high, wide = shape
    grad_output = rng.normal(size=(n, c, high // k, wide // k))
    return Case(name, x=rng.normal(size=shape) if x is None else x, k=k, grad_output=grad_output)


def cases(rng):
    yield pool_case("no ties, high is not wide: a wrong axis shows", rng, (3, 5, 4, 8), 2)
    yield pool_case("all sizes equal: swapped axes still fit", rng, (2, 2, 2, 2), 2)
    yield pool_case("k = 1: every entry is a maximum", rng, (2, 3, 2, 4), 1)
    yield pool_case("k = 3: nine to choose from", rng, (2, 2, 6, 3), 3)
    yield pool_case("one window covers the image", rng, (3, 2, 4, 4), 4)
    yield pool_case("one image, one channel", rng, (1, 1, 6, 4), 2)
    few = rng.integers(3, size=(3, 2, 4, 6)).astype(float)
    yield pool_case("ties: the first in reading order takes all", rng, (3, 2, 4, 6), 2, few)
    slanted = np.array([[0.0, 2.0, 1.0, 3.0], [2.0, 1.0, 3.0, 0.0]]).reshape(1, 1, 2, 4)
    yield pool_case("a slanted tie: rows are read before columns", rng, (1, 1, 2, 4), 2, slanted)
    yield pool_case(
        "all the same: the first corner takes all", rng, (2, 2, 4, 4), 2, np.zeros((2, 2, 4, 4))
    )
    after_relu = np.maximum(rng.normal(size=(3, 2, 6, 6)) - 0.8, 0.0)
    yield pool_case("after a ReLU: many windows hold zeros only", rng, (3, 2, 6, 6), 3, after_relu)
    below = -1.0 - rng.random((2, 3, 4, 6))
    yield pool_case("all below 0: a maximum may be negative", rng, (2, 3, 4, 6), 2, below)
    turned = rng.normal(size=(4, 4, 2, 3)).T
    yield pool_case("transposed views: memory order is free", rng, (3, 2, 4, 4), 2, turned)
    yield pool_case("200 images: a large batch", rng, (200, 1, 2, 2), 2)


def probe(learner, case):
    layer = learner.MaxPool2d(case.k)
    yield "output", layer.forward(case.x)
    yield "grad_input", layer.backward(case.grad_output)


def windows(image, k):
    """The image as windows: (N, C, H/k, W/k, k, k)."""
    n, c, high, wide = image.shape
    return image.reshape(n, c, high // k, k, wide // k, k).swapaxes(3, 4)


def stretched(case, a):
    """Each window's number in all k by k places of the window."""
    return a.repeat(case.k, axis=2).repeat(case.k, axis=3)


def quantities(case, right):
    mask = (case.x == stretched(case, right.output)) * 1.0
    return {"mask": mask, "upstream": stretched(case, case.grad_output)}


# -- what learners get wrong ----------------------------------------------------------------------


@misconception(
    "grad_input",
    says="Every tied maximum is given the whole gradient.",
    why="A window has one output and one share of blame; copies of it would multiply it.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=2,
)
def ties_all_get_gradient(case, right):
    return stretched(case, case.grad_output) * (case.x == stretched(case, right.output))


@misconception(
    "grad_input",
    says="Tied maxima share the gradient.",
    why="That is another rule for a kink; here the first in reading order takes all.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=2,
)
def ties_share_gradient(case, right):
    mask = case.x == stretched(case, right.output)
    tied = windows(mask, case.k).sum(axis=(4, 5))
    return stretched(case, case.grad_output / tied) * mask


@misconception(
    says="In a tie the last maximum takes the gradient.",
    why="That is another rule for a kink; here it is the first in reading order.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=2,
)
def last_maximum_wins(module):
    def place(_, windows):
        return windows.shape[-1] - 1 - windows[..., ::-1].argmax(axis=-1)

    module.MaxPool2d._place = place


@misconception(
    says="In a tie columns are read before rows.",
    why="Reading order goes along a row first, then to the next row.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=3,
)
def columns_read_first(module):
    def place(self, windows):
        k = self.kernel_size
        by_column = windows.reshape(*windows.shape[:-1], k, k).swapaxes(-1, -2)
        column, row = divmod(by_column.reshape(windows.shape).argmax(axis=-1), k)
        return row * k + column

    module.MaxPool2d._place = place


@misconception(
    says="The row and the column of the maximum are swapped within the window.",
    why="`argmax` numbers a window row by row, so the row is the number divided by k.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=3,
)
def position_transposed(module):
    place = module.MaxPool2d._place

    def transposed(self, windows):
        row, column = divmod(place(self, windows), self.kernel_size)
        return column * self.kernel_size + row

    module.MaxPool2d._place = transposed


@misconception(
    says="All channels use the places where the first channel has its maxima.",
    why="Each channel is an image of its own, with maxima of its own.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=1,
)
def position_shared_by_channels(module):
    place = module.MaxPool2d._place

    def shared(self, windows):
        return np.repeat(place(self, windows)[:, :1], windows.shape[1], axis=1)

    module.MaxPool2d._place = shared


@misconception(
    "grad_input",
    says="The gradient goes to the first corner of each window, wherever the maximum was.",
    why="Only a nudge of the maximum moves the output.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=2,
)
def always_the_corner(case, right):
    grad = np.zeros(case.x.shape)
    grad[:, :, :: case.k, :: case.k] = case.grad_output
    return grad


@misconception(
    "grad_input",
    says="Every entry of a window is given the whole gradient.",
    why="A nudge of an entry below the maximum leaves the output where it is.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=2,
)
def all_entries_take_all(case, right):
    return stretched(case, case.grad_output)


@misconception(
    "grad_input",
    says="The gradient is spread evenly over the window: that is average pooling.",
    why="A nudge of an entry below the maximum leaves the output where it is.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=2,
)
def gradient_spread_over_window(case, right):
    return stretched(case, case.grad_output) / case.k**2


@misconception(
    "grad_input",
    says="The gradient is multiplied by the maximum itself.",
    why="The output moves exactly as the maximum moves, however large it is: the slope is 1.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=2,
)
def multiplied_by_the_maximum(case, right):
    return right.grad_input * case.x


@misconception(
    "output",
    "grad_input",
    says="The search for a maximum begins at 0, so a window below it gives 0 and gets no gradient.",
    why="A window may lie below 0 altogether, and then so does its maximum.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=1,
)
def maximum_starts_at_zero(case, right):
    found = right.output > 0
    return right.output * found, right.grad_input * stretched(case, found)


@misconception(
    "output",
    says="The output is the average of each window.",
    why="Max pooling keeps the largest entry as it is.",
    read="convolution-pooling#pooling-where-the-maximum-was",
    hint=1,
)
def average_pooling(case, right):
    return windows(case.x, case.k).mean(axis=(4, 5))
