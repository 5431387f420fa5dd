"""Do forward and backward agree about who was dropped, and is nobody dropped in use?

The generator is made anew from the case's seed for everybody, so there is one right mask. An x
with exact zeros tells a mask that was kept from one that was guessed from y.
"""

import numpy as np

from tutor.spec import Case, misconception, seeded

gradients = {"grad_input": "x"}
rows = ("x", "grad_output", "output", "grad_input")


def dropout_case(name, rng, shape, **more):
    quantities = {
        "x": rng.normal(size=shape),
        "p": 0.4,
        "seed": int(rng.integers(1000)),
        "training": True,
        "before": (),  # the modes of earlier forward calls
        "grad_output": rng.normal(size=shape),
    }
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield dropout_case("some are dropped, the others scaled", rng, (5, 3))
    yield dropout_case("p = 0: everything passes, unscaled", rng, (3, 4), p=0.0)
    yield dropout_case("p = 0.5: kept and dropped weigh the same", rng, (4, 3), p=0.5)
    yield dropout_case("p = 0.9: what is left counts tenfold", rng, (6, 5), p=0.9)
    yield dropout_case("in use: nothing is dropped or scaled", rng, (3, 4), training=False)
    name = "in use, after training: the old mask is gone"
    yield dropout_case(name, rng, (3, 4), before=(True,), training=False)
    name = "in training, after use: nothing was drawn in use"
    yield dropout_case(name, rng, (3, 4), before=(True, False))
    some = rng.normal(size=(4, 5)) * (rng.random((4, 5)) < 0.5)
    yield dropout_case("x with zeros: y cannot tell who was dropped", rng, (4, 5), x=some)
    exactly = float(seeded(7).random((3, 2))[1, 0])
    yield dropout_case("a draw of exactly p: it is kept", rng, (3, 2), seed=7, p=exactly)
    yield dropout_case("one row: a mask shared by rows still fits", rng, (1, 6))
    yield dropout_case("one dimension: no batch axis to rely on", rng, (7,))
    yield dropout_case("four dimensions: a draw for each entry", rng, (2, 3, 2, 2))
    name = "transposed views: memory order does not matter"
    turned = rng.normal(size=(4, 4)).T
    yield dropout_case(name, rng, (4, 4), x=turned, grad_output=rng.normal(size=(4, 4)).T)
    yield dropout_case("200 rows: a large batch", rng, (200, 2))


def probe(learner, case):
    layer = learner.Dropout(case.p, seeded(case.seed))
    for training in case.before:
        layer.forward(case.x, training=training)
    if case.training:
        yield "output", layer.forward(case.x)
    else:
        yield "output", layer.forward(case.x, training=False)
    yield "grad_input", layer.backward(case.grad_output)


def factor(case, right):
    """What forward multiplied each entry by. No upstream of the cases is 0."""
    return right.grad_input / case.grad_output


def kept(case, right):
    """1 where an entry was kept, 0 where it was dropped."""
    return 1.0 * (factor(case, right) != 0)


def scale(case):
    return 1.0 / (1.0 - case.p) if case.training else 1.0


def quantities(case, right):
    return {"keep": kept(case, right), "scale": scale(case)}


# -- what learners get wrong ----------------------------------------------------------------------


@misconception(
    "grad_input",
    says="`grad_input` is scaled but not masked.",
    why="A dropped entry left the output at 0 however it moved, so it bears no blame.",
    read="dropout-embedding#dropout",
    hint=1,
)
def mask_forgotten_in_backward(case, right):
    return case.grad_output * scale(case)


@misconception(
    "grad_input",
    says="`grad_input` is masked but not scaled.",
    why="Forward made each kept entry larger, so each of its nudges arrives larger as well.",
    read="dropout-embedding#dropout",
    hint=1,
)
def scale_forgotten_in_backward(case, right):
    return case.grad_output * kept(case, right)


@misconception(
    "grad_input",
    says="`grad_input` is `grad_output` as it came.",
    why="In training forward multiplied each entry by something, and that is its local gradient.",
    read="dropout-embedding#dropout",
    hint=1,
)
def passed_through(case, right):
    return case.grad_output


@misconception(
    "grad_input",
    says="`grad_input` is scaled twice.",
    why="Forward scaled once, and backward meets each step of forward once.",
    read="dropout-embedding#dropout",
    hint=2,
)
def scaled_twice(case, right):
    return right.grad_input * scale(case)


@misconception(
    "grad_input",
    says="`grad_input` is multiplied by 1 − p where forward divided by it.",
    why="A kept entry was stretched; blame for it is stretched by the same factor, not undone.",
    read="dropout-embedding#dropout",
    hint=1,
)
def scale_undone(case, right):
    return case.grad_output * kept(case, right) / scale(case)


@misconception(
    "grad_input",
    says="The mask is guessed from the output: what is not 0 counts as kept.",
    why="An entry of the output may also be 0 because x was 0, and then it was not dropped.",
    read="dropout-embedding#dropout",
    hint=2,
)
def mask_guessed_from_output(case, right):
    return case.grad_output * (right.output != 0) * scale(case)


@misconception(
    "grad_input",
    says="The factor is taken to be the output divided by x.",
    why="Where x is 0 that is 0/0, and nothing can be told from it.",
    read="dropout-embedding#dropout",
    hint=2,
)
def factor_guessed_by_division(case, right):
    return case.grad_output * (right.output / case.x)


@misconception(
    says="`backward` draws a mask of its own.",
    why="New draws drop other entries, so backward blames some that were not there.",
    read="dropout-embedding#dropout",
    hint=2,
)
def mask_redrawn_in_backward(module):
    def backward(self, grad_output):
        in_use = isinstance(self.factor, float)
        return grad_output * (1.0 if in_use else self._draw(grad_output.shape))

    module.Dropout.backward = backward


@misconception(
    says="A mask from training is still at work after a forward in use.",
    why="In use nothing was dropped, so all blame passes.",
    read="dropout-embedding#dropout",
    hint=3,
)
def eval_backward_uses_old_mask(module):
    def forward(self, x, training=True):
        if not training:
            return x
        self.factor = self._draw(x.shape)
        return x * self.factor

    module.Dropout.factor = 1.0  # before any training
    module.Dropout.forward = forward


@misconception(
    says="Entries are dropped in use as well.",
    why="Dropout is for training; in use the network works with all it has.",
    read="dropout-embedding#dropout",
    hint=3,
)
def training_ignored(module):
    forward = module.Dropout.forward
    module.Dropout.forward = lambda self, x, **_: forward(self, x)


@misconception(
    says="In training nothing is scaled.",
    why="With some entries gone, the average of the others has to make up for them.",
    read="dropout-embedding#dropout",
    hint=4,
)
def scale_forgotten_in_forward(module):
    module.Dropout._draw = lambda self, shape: 1.0 * (self.rng.random(shape) >= self.p)


@misconception(
    says="In use everything is multiplied by 1 − p.",
    why="That belongs to the older kind of dropout; the inverted kind has scaled in training.",
    read="dropout-embedding#dropout",
    hint=4,
)
def eval_output_scaled(module):
    def forward(self, x, training=True):
        self.factor = self._draw(x.shape) if training else 1.0 - self.p
        return x * self.factor

    module.Dropout.forward = forward


@misconception(
    says="Kept entries are multiplied by 1 − p.",
    why="What is kept has to grow, to make up for what is dropped.",
    read="dropout-embedding#dropout",
    hint=4,
)
def scaled_down(module):
    def draw(self, shape):
        return (self.rng.random(shape) >= self.p) * (1.0 - self.p)

    module.Dropout._draw = draw


@misconception(
    says="Kept entries are divided by p.",
    why="p is the share that is dropped; the scale makes up for it by the share that is left.",
    read="dropout-embedding#dropout",
    hint=4,
)
def scale_uses_p(module):
    def draw(self, shape):
        return (self.rng.random(shape) >= self.p) / (self.p or 1.0)

    module.Dropout._draw = draw


@misconception(
    says="Kept entries are divided by p, even when p is 0.",
    why="p is the share that is dropped; the scale makes up for it by the share that is left.",
    read="dropout-embedding#dropout",
    hint=4,
)
def scale_uses_p_of_0(module):
    def draw(self, shape):
        return (self.rng.random(shape) >= self.p) / np.float64(self.p)

    module.Dropout._draw = draw


@misconception(
    says="The mask is the wrong way round: entries with a draw below p are kept.",
    why="A draw is below p with probability p, and that is the probability of being dropped.",
    read="dropout-embedding#dropout",
    hint=4,
)
def mask_inverted(module):
    module.Dropout._draw = lambda self, shape: (self.rng.random(shape) < self.p) / (1.0 - self.p)


@misconception(
    says="p is taken for the probability to keep, in the mask and in the scale.",
    why="Here p says how many are dropped.",
    read="dropout-embedding#dropout",
    hint=4,
)
def p_is_kept(module):
    module.Dropout._draw = lambda self, shape: (
        (self.rng.random(shape) < self.p) / np.float64(self.p)
    )


@misconception(
    says="One row of draws serves the whole batch.",
    why="Every entry has a draw of its own, so that samples lose different entries.",
    read="dropout-embedding#dropout",
    hint=4,
)
def mask_shared_by_rows(module):
    draw = module.Dropout._draw
    module.Dropout._draw = lambda self, shape: draw(self, shape[1:])


@misconception(
    says="An entry whose draw is exactly p is dropped.",
    why="Draws run from 0 up to but not including 1, so `draw >= p` keeps exactly 1 − p of them.",
    read="dropout-embedding#dropout",
    hint=4,
)
def strictly_above_p(module):
    module.Dropout._draw = lambda self, shape: (self.rng.random(shape) > self.p) / (1.0 - self.p)
