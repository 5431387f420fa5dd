"""Is every step the right one, from the first on, for each parameter apart?

Parameters are compared after each step, so the first wrong one says when it goes wrong: at once,
as when a formula is wrong, or only at the second step, when something is remembered. Names of
different shapes and of the same shape are both there: what is shared between names raises with
the first and gives wrong numbers with the second.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {}


def steps(name, rng, optimizer, count, shapes, scale=1.0, **more):
    """So many steps with random gradients. `options` are the optimizer's own."""
    quantities = {
        "optimizer": optimizer,
        "options": {"lr": 0.1},
        "parameters": {key: rng.normal(size=shape) for key, shape in shapes.items()},
        "gradients": [
            {key: scale * rng.normal(size=shape) for key, shape in shapes.items()}
            for _ in range(count)
        ],
    }
    return Case(name, **{**quantities, **more})


def cases(rng):
    mixed = {"W": (3, 2), "b": (2,)}
    alike = {"W1": (2, 2), "W2": (2, 2)}
    yield steps("SGD: three steps", rng, "SGD", 3, mixed)
    yield steps("Momentum: four steps", rng, "Momentum", 4, mixed)
    name = "Momentum: two of one shape, each with its own v"
    yield steps(name, rng, "Momentum", 3, alike)
    options = {"lr": 0.2, "beta": 0.5}
    yield steps("Momentum: another beta", rng, "Momentum", 3, mixed, options=options)
    name = "Momentum: lr changes between steps, v does not"
    yield steps(name, rng, "Momentum", 3, mixed, rates=[0.1, 0.01, 0.3])
    yield steps("Adam: the first step is the length of lr", rng, "Adam", 1, mixed)
    yield steps("Adam: five steps", rng, "Adam", 5, mixed)
    yield steps("Adam: two of one shape, one count of steps", rng, "Adam", 3, alike)
    options = {"lr": 0.05, "beta1": 0.5, "beta2": 0.8, "eps": 0.1}
    yield steps("Adam: other betas, a large eps", rng, "Adam", 4, mixed, options=options)
    name = "Adam: gradients of 1e-8, as small as eps"
    yield steps(name, rng, "Adam", 3, mixed, scale=1e-8)
    name = "Adam: gradients of 0 move nothing"
    yield steps(name, rng, "Adam", 2, mixed, scale=0.0)
    name = "Adam: lr changes between steps"
    yield steps(name, rng, "Adam", 3, mixed, rates=[0.1, 0.01, 0.3])
    name = "Adam as it comes: lr 0.001, and the rest"
    yield steps(name, rng, "Adam", 3, mixed, options={})
    for optimizer in ("SGD", "Momentum", "Adam"):
        name = f"{optimizer}: gradients in another order than parameters"
        yield turned(steps(name, rng, optimizer, 3, alike, apart=True))
    for optimizer in ("Momentum", "Adam"):
        name = f"{optimizer}: the names in another order, at step 2"
        yield turned(steps(name, rng, optimizer, 3, alike))
        name = f"{optimizer}: another one has made a step before"
        yield steps(name, rng, optimizer, 2, mixed, beside=True)


def turned(case):
    """The second step's dict in another order: names say what belongs together."""
    first, second, *others = case.gradients
    return case.replace(gradients=[first, dict(reversed(second.items())), *others])


def probe(learner, case):
    make = getattr(learner, case.optimizer)
    if "beside" in case:
        make(**case.options).step(case.parameters, case.gradients[-1])
    optimizer, parameters = make(**case.options), case.parameters
    for number, grads in enumerate(case.gradients):
        if "rates" in case:
            optimizer.lr = case.rates[number]
        order = case.parameters if "apart" in case else grads
        parameters = optimizer.step({name: parameters[name] for name in order}, grads)
        for name in case.parameters:
            yield f"{name} after step {number + 1}", parameters[name]


# -- the direction ------------------------------------------------------------------------------


@misconception(
    says="The step goes along the gradient, not against it.",
    why="A gradient points uphill.",
    read="optimizers#one-line-and-its-trouble",
    hint=1,
)
def uphill(module):
    def step(self, parameters, gradients):
        return {
            name: value + self.lr * self.direction(name, gradients[name])
            for name, value in parameters.items()
        }

    module.Optimizer.step = step


@misconception(
    says="Momentum's signs do not fit each other: its step goes uphill.",
    why="v is made of gradients and points uphill like them, if they are added to it.",
    read="optimizers#momentum",
    hint=2,
)
def momentum_uphill(module):
    right = module.Momentum.direction
    module.Momentum.direction = lambda self, name, grad: -right(self, name, grad)


@misconception(
    says="Momentum's old v is subtracted from the new gradient.",
    why="What agrees should grow; with a minus it cancels, and what alternates grows.",
    read="optimizers#momentum",
    hint=2,
)
def old_v_subtracted(module):
    def direction(self, name, grad):
        self.v[name] = grad - self.beta * self.v.get(name, 0.0)
        return self.v[name]

    module.Momentum.direction = direction


# -- momentum -----------------------------------------------------------------------------------


@misconception(
    says="Momentum's new gradient is multiplied by 1 − beta.",
    why="That is an average, as Adam keeps it; here v is a sum, and steps are ten times as long.",
    read="optimizers#momentum",
    hint=2,
)
def momentum_averaged(module):
    def direction(self, name, grad):
        self.v[name] = self.beta * self.v.get(name, 0.0) + (1.0 - self.beta) * grad
        return self.v[name]

    module.Momentum.direction = direction


@misconception(
    says="Momentum keeps lr · g in its v.",
    why="When lr changes, old gradients keep the old lr; v should hold gradients alone.",
    read="optimizers#momentum",
    hint=2,
)
def lr_inside_v(module):
    def step(self, parameters, gradients):
        after = {}
        for name, value in parameters.items():
            self.v[name] = self.beta * self.v.get(name, 0.0) + self.lr * gradients[name]
            after[name] = value - self.v[name]
        return after

    module.Momentum.step = step


@misconception(
    says="Momentum's v is not kept: every step begins from 0.",
    why="Without a memory this is SGD.",
    read="optimizers#momentum",
    hint=2,
)
def momentum_forgotten(module):
    module.Momentum.direction = lambda *args: args[-1]


@misconception(
    says="Momentum steps along g + beta · v, with the new v.",
    why="That is Nesterov's variant, which looks ahead by one more step.",
    read="optimizers#momentum",
    hint=2,
)
def nesterov(module):
    right = module.Momentum.direction
    module.Momentum.direction = lambda self, name, grad: grad + self.beta * right(self, name, grad)


@misconception(
    says="Momentum steps along the old v, before the new gradient is in it.",
    why="First v takes the gradient in, then the step is made along it.",
    read="optimizers#momentum",
    hint=2,
)
def momentum_late(module):
    def direction(self, name, grad):
        before = self.v.get(name, 0.0 * grad)
        self.v[name] = self.beta * before + grad
        return before

    module.Momentum.direction = direction


# -- Adam ---------------------------------------------------------------------------------------


@misconception(
    says="Adam's bias correction is missing.",
    why="m and v begin at 0, and are too small at first, v far more than m.",
    read="optimizers#adam",
    hint=4,
)
def not_corrected(module):
    module.Adam.corrected = lambda _self, average, _beta: average


@misconception(
    says="Only m is corrected, v is not.",
    why="v begins at 0 as well, and fades even more slowly.",
    read="optimizers#adam",
    hint=4,
)
def only_m_corrected(module):
    right = module.Adam.corrected
    module.Adam.corrected = lambda self, average, beta: (
        right(self, average, beta) if beta == self.beta1 else average
    )


@misconception(
    says="Only v is corrected, m is not.",
    why="m begins at 0 as well.",
    read="optimizers#adam",
    hint=4,
)
def only_v_corrected(module):
    right = module.Adam.corrected
    module.Adam.corrected = lambda self, average, beta: (
        right(self, average, beta) if beta == self.beta2 else average
    )


@misconception(
    says="Adam's t stays 1.",
    why="The correction has to fade: after many steps the averages are full.",
    read="optimizers#adam",
    hint=4,
)
def t_stays_one(module):
    def step(self, parameters, gradients):
        self.t = 1
        return module.Optimizer.step(self, parameters, gradients)

    module.Adam.step = step


@misconception(
    says="Adam's t grows with every name, and not with every step.",
    why="All parameters of one step share its number.",
    read="optimizers#adam",
    hint=4,
)
def t_for_each_name(module):
    right = module.Adam.direction

    def direction(self, name, grad):
        self.t += 1
        return right(self, name, grad)

    module.Adam.step = module.Optimizer.step
    module.Adam.direction = direction


@misconception(
    says="Adam keeps the corrected m̂ and v̂, and goes on from them.",
    why="They are for this step only; the averages go on uncorrected.",
    read="optimizers#adam",
    hint=4,
)
def corrected_kept(module):
    right = module.Adam.direction

    def direction(self, name, grad):
        result = right(self, name, grad)
        self.m[name] = self.corrected(self.m[name], self.beta1)
        self.v[name] = self.corrected(self.v[name], self.beta2)
        return result

    module.Adam.direction = direction


@misconception(
    says="eps stands inside the root.",
    why="There, √eps is what bounds the divisor: 1e-4 in place of 1e-8.",
    read="optimizers#adam",
    hint=4,
)
def eps_inside_the_root(module):
    module.Adam.ratio = lambda self, m, v: m / np.sqrt(v + self.eps)


@misconception(
    says="The root is missing: Adam divides by v̂ + eps.",
    why="v̂ has the size of a squared gradient; its root has the size of a gradient.",
    read="optimizers#adam",
    hint=4,
)
def no_root(module):
    module.Adam.ratio = lambda self, m, v: m / (v + self.eps)


@misconception(
    says="Adam's averages are sums: the factors 1 − beta are missing.",
    why="An average takes beta of the old and 1 − beta of the new.",
    read="optimizers#adam",
    hint=3,
)
def sums_in_adam(module):
    module.Adam.fade = lambda _self, average, new, beta: beta * average + new


@misconception(
    says="The two betas have changed places.",
    why="beta1 belongs to m, the gradients, and beta2 to v, their squares.",
    read="optimizers#adam",
    hint=3,
)
def betas_exchanged(module):
    right = module.Adam.__init__

    def make(self, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
        right(self, lr, beta2, beta1, eps)

    module.Adam.__init__ = make


# -- what is remembered -------------------------------------------------------------------------


@misconception(
    says="All names share one memory.",
    why="Every parameter has a history of its own.",
    read="optimizers#memory-for-each-name",
    hint=5,
)
def one_memory_for_all(module):
    for kind in (module.Momentum, module.Adam):
        share(kind)


def share(kind):
    right = kind.direction
    kind.direction = lambda self, _, grad: right(self, "the only one", grad)


@misconception(
    says="What is remembered goes by place in the dict, not by name.",
    why="A dict may come in another order; its names say what belongs together.",
    read="optimizers#memory-for-each-name",
    hint=5,
)
def memory_by_place(module):
    for kind in (module.Momentum, module.Adam):
        by_place(kind)


def by_place(kind):
    step, direction = kind.step, kind.direction

    def step_by_place(self, parameters, gradients):
        self.places = list(parameters)
        return step(self, parameters, gradients)

    kind.step = step_by_place
    kind.direction = lambda self, name, grad: direction(self, self.places.index(name), grad)


@misconception(
    says="All optimizers of a class share one memory.",
    why="What stands in the class, and not on `self`, is there once for all of them.",
    read="optimizers#memory-for-each-name",
    hint=5,
)
def memory_on_the_class(module):
    m, v = {}, {}
    for kind in (module.Momentum, module.Adam):
        remember(kind, m, v)


def remember(kind, m, v):
    right = kind.__init__

    def make(self, *args, **kwargs):
        right(self, *args, **kwargs)
        self.m, self.v = m, v

    kind.__init__ = make
