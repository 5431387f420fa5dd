"""Is every value right on the way forward, and every partial product on the way back?

The three computations have cases of their own, so that one can pass before the next is begun.
Each is tried at a point where no two numbers agree, then where some do: there a slope that was
taken at the wrong place, or a route that was forgotten, may go unseen.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {"two_steps.grad_x": "x", "path.grad_x": "x", "branches.grad_x": "x"}
traced = True


def cases(rng):
    yield Case("two steps: no two numbers agree", part="two_steps", x=1.7)
    yield Case("two steps: x = 2, where u is 2 as well", part="two_steps", x=2.0)
    yield Case("two steps: x below 0", part="two_steps", x=-rng.uniform(0.5, 1.5))
    yield Case("path: no two numbers agree", part="path", x=1.3)
    yield Case("path: x = 1, where 1/x and x² are 1 as well", part="path", x=1.0)
    yield Case("path: x below 0, and so is its gradient", part="path", x=-rng.uniform(1.5, 2.5))
    yield Case("branches: no two numbers agree", part="branches", x=1.3)
    yield Case("branches: x = 0, where a single route counts", part="branches", x=0.0)
    yield Case("branches: x = 2, where h[0] is h[1]", part="branches", x=2.0)
    yield Case("branches: x below 0", part="branches", x=-rng.uniform(0.5, 1.5))


def probe(learner, case):
    parts = {"two_steps": probe_two_steps, "path": probe_path, "branches": probe_branches}
    yield from parts[case.part](learner, case.x)


def probe_two_steps(learner, x):
    u, loss = learner.two_steps(x)
    yield "two_steps.L", loss
    yield "two_steps.u", u
    grad_u, grad_x = learner.two_steps_backward(x, u)
    yield "two_steps.grad_u", grad_u
    yield "two_steps.grad_x", grad_x


def probe_path(learner, x):
    y, z, loss = learner.path(x)
    yield "path.L", loss
    yield "path.y", y
    yield "path.z", z
    grad_z, grad_y, grad_x = learner.path_backward(x, y, z)
    yield "path.grad_z", grad_z
    yield "path.grad_y", grad_y
    yield "path.grad_x", grad_x


def probe_branches(learner, x):
    h, loss = learner.branches(x)
    yield "branches.L", loss
    yield "branches.h", h
    grad_h, grad_x = learner.branches_backward(x, h)
    yield "branches.grad_h", grad_h
    yield "branches.grad_x", grad_x


def quantities(case, right):
    return {name.split(".")[1]: value for name, value in vars(right).items()}


# -- what learners get wrong --------------------------------------------------------------------

TWO_STEPS = "the-chain-rule#two-steps"
PATH = "the-chain-rule#one-factor-for-each-step"
BRANCHES = "the-chain-rule#paths-multiply-branches-add"
SLOPES = "the-chain-rule#the-slopes-you-need"


def given(right, name):
    return getattr(right, name)


@misconception(
    "two_steps.grad_u",
    "two_steps.grad_x",
    says="In `two_steps` the slope of u² is taken at x: 2x, and not 2u.",
    why="The square stands behind the first step, and u is the number that goes into it.",
    read=TWO_STEPS,
    hint=2,
)
def outer_slope_at_x(case, right):
    return 2 * case.x, 2 * case.x * 3


@misconception(
    "two_steps.grad_u",
    "two_steps.grad_x",
    says="In `two_steps` the slope of u² is taken to be u.",
    why="A square moves twice as fast as that: nudge 3 to 3.01, and 9 becomes 9.0601.",
    read=SLOPES,
    hint=1,
)
def square_without_its_two(case, right):
    u = given(right, "two_steps.u")
    return u, u * 3


@misconception(
    "two_steps.grad_x",
    says="In `two_steps` the factor 3 of the first step is missing in `grad_x`.",
    why="When x moves by 1, u moves by 3, and L feels all of it.",
    read=TWO_STEPS,
    hint=1,
)
def inner_slope_forgotten(case, right):
    return given(right, "two_steps.grad_u")


@misconception(
    "two_steps.grad_x",
    says="In `two_steps`, `grad_x` is the slope of the first step alone.",
    why="It says how u moves with x. How L moves with u has to be multiplied in.",
    read=PATH,
    hint=2,
)
def local_slope_alone(case, right):
    return 3.0


@misconception(
    "two_steps.grad_x",
    says="In `two_steps` the two slopes are added.",
    why="Each step stretches what the step before has done, and stretching twice is a product.",
    read=TWO_STEPS,
    hint=2,
)
def slopes_added(case, right):
    return given(right, "two_steps.grad_u") + 3


@misconception(
    "path.grad_y",
    "path.grad_x",
    says="In `path` the slope of ln is taken at x: 1/x, and not 1/y.",
    why="The logarithm is taken of y, so its slope is that at y.",
    read=TWO_STEPS,
    hint=2,
)
def log_slope_at_x(case, right):
    grad_y = given(right, "path.grad_z") / case.x
    return grad_y, grad_y * 2 * case.x


@misconception(
    "path.grad_z",
    "path.grad_y",
    "path.grad_x",
    says="In `path` the slope of z² is taken at y: 2y, and not 2z.",
    why="It is z that is squared; y went into the step before.",
    read=TWO_STEPS,
    hint=2,
)
def last_slope_at_y(case, right):
    y = given(right, "path.y")
    return 2 * y, 2.0, 4 * case.x


@misconception(
    "path.grad_y",
    "path.grad_x",
    says="In `path` the slope of ln y is taken to be y, and not 1/y.",
    why="A logarithm grows ever more slowly, so its slope shrinks where y is large.",
    read=SLOPES,
    hint=2,
)
def log_slope_turned_over(case, right):
    grad_y = given(right, "path.grad_z") * given(right, "path.y")
    return grad_y, grad_y * 2 * case.x


@misconception(
    "path.grad_x",
    says="In `path` the added 1 counts in the slope of x² + 1: 2x + 1.",
    why="A constant does not move when x does, so its slope is 0.",
    read=SLOPES,
    hint=2,
)
def constant_in_the_slope(case, right):
    return given(right, "path.grad_y") * (2 * case.x + 1)


@misconception(
    "path.grad_y",
    "path.grad_x",
    says="In `path`, `grad_y` and `grad_x` are slopes of one step each.",
    why="Each says how the next value moves. For L, the gradient of that value has to come in.",
    read=PATH,
    hint=2,
)
def path_of_local_slopes(case, right):
    return 1 / given(right, "path.y"), 2 * case.x


@misconception(
    "path.grad_x",
    says="In `path`, `grad_x` is made from `grad_z`: the factor of ln is left out.",
    why="x reaches z through y, so the step from y to z has a factor as well.",
    read=PATH,
    hint=1,
)
def middle_factor_dropped(case, right):
    return given(right, "path.grad_z") * 2 * case.x


@misconception(
    "branches.grad_h",
    "branches.grad_x",
    says="In `branches` each factor of h[0] · h[1] is given its own value for a slope.",
    why="When h[0] moves by 1, the product moves by h[1].",
    read=SLOPES,
    hint=3,
)
def own_value_for_partner(case, right):
    h = given(right, "branches.h")
    grad_h = np.array([h[0], h[1], 2 * h[2]])
    return grad_h, grad_h @ slopes_of_h(case.x)


@misconception(
    "branches.grad_h",
    "branches.grad_x",
    says="In `branches` the slope of h[2]² is taken to be h[2].",
    why="A square moves twice as fast as that: nudge 3 to 3.01, and 9 becomes 9.0601.",
    read=SLOPES,
    hint=3,
)
def last_square_without_its_two(case, right):
    grad_h = given(right, "branches.grad_h") * np.array([1, 1, 0.5])
    return grad_h, grad_h @ slopes_of_h(case.x)


@misconception(
    "branches.grad_x",
    says="In `branches`, `grad_x` adds up `grad_h`: the slopes of h are left out.",
    why="x moves h[0] by 2 and h[1] by 2x for each unit of its own, and not all by 1.",
    read=BRANCHES,
    hint=3,
)
def slopes_of_h_forgotten(case, right):
    return given(right, "branches.grad_h").sum()


@misconception(
    "branches.grad_x",
    says="In `branches`, `grad_x` adds up the slopes of h: `grad_h` is left out.",
    why="That is how far h moves in all. L does not feel all entries of h alike.",
    read=BRANCHES,
    hint=3,
)
def grad_h_forgotten(case, right):
    return slopes_of_h(case.x).sum()


@misconception(
    "branches.grad_x",
    says="In `branches` the three routes are kept apart, and not added.",
    why="x is one number, so its gradient is one number, and it has the shares of all routes.",
    read=BRANCHES,
    hint=3,
)
def routes_not_added(case, right):
    return routes(case, right)


@misconception(
    "branches.grad_x",
    says="In `branches` the three routes are multiplied.",
    why="Along a route slopes multiply. Where routes meet, each brings a share of its own.",
    read=BRANCHES,
    hint=3,
)
def routes_multiplied(case, right):
    return routes(case, right).prod()


@misconception(
    "branches.grad_x",
    says="In `branches` the three routes are averaged.",
    why="All of them happen at once when x moves, so their shares add up.",
    read=BRANCHES,
    hint=3,
)
def routes_averaged(case, right):
    return routes(case, right).mean()


@misconception(
    "branches.grad_x",
    says="In `branches`, `grad_x` holds the route through h[0] alone.",
    why="x also moves h[1] and h[2], and L feels both.",
    read=BRANCHES,
    hint=3,
)
def first_route_alone(case, right):
    return routes(case, right)[0]


@misconception(
    "branches.grad_x",
    says="In `branches`, `grad_x` holds the route through h[2] alone.",
    why="x also moves h[0] and h[1], and L feels both. Does a later line overwrite them?",
    read=BRANCHES,
    hint=3,
)
def last_route_alone(case, right):
    return routes(case, right)[2]


@misconception(
    "branches.grad_x",
    says="In `branches` the route through h[2] is missing in `grad_x`.",
    why="x moves h[2] as well, and L feels it.",
    read=BRANCHES,
    hint=3,
)
def last_route_forgotten(case, right):
    return routes(case, right)[:2].sum()


def slopes_of_h(x):
    return np.array([2.0, 2.0 * x, 1.0])


def routes(case, right):
    return given(right, "branches.grad_h") * slopes_of_h(case.x)
