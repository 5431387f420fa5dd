"""Does every place that used a row send its share of blame there, however often it was used?

With all ids different, shares that overwrite each other look right. So ids repeat, within a
row of the batch and across rows, and one case has no repeats at all.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {"grad_W": "W"}
rows = ("ids", "grad_output", "output")


def table_case(name, rng, sizes, ids, turned=False, **more):
    num, dim = sizes
    W = rng.normal(size=(dim, num)).T if turned else rng.normal(size=sizes)
    ids = np.asarray(ids)
    return Case(name, ids=ids, W=W, grad_output=rng.normal(size=(*ids.shape, dim)), **more)


def cases(rng):
    ids = [[5, 0], [3, 5], [1, 1], [0, 5]]
    name = "ids repeat within rows and across them"
    yield table_case(name, rng, (7, 3), ids, parameters=True)
    yield table_case("no id repeats: overwriting looks right", rng, (9, 2), [[4, 0, 8], [2, 7, 1]])
    yield table_case("repeats within a row only", rng, (6, 4), [[2, 2, 2], [5, 0, 5]])
    yield table_case("repeats across rows only", rng, (5, 2), [[1, 4, 0], [4, 0, 1]])
    yield table_case("one id everywhere: all shares meet in its row", rng, (4, 3), [[2] * 5] * 3)
    yield table_case("as many places as rows: every id once", rng, (6, 3), [[3, 1, 0], [5, 2, 4]])
    yield table_case("one place: the first row and no other", rng, (3, 4), [[0]])
    yield table_case("the last row of the table", rng, (4, 2), [[3, 1], [3, 3]])
    yield table_case("vectors of one number: the axis stays", rng, (5, 1), [[4, 4], [0, 2]])
    square = rng.integers(3, size=(3, 3))
    yield table_case("all sizes equal: a wrong axis fits", rng, (3, 3), square)
    short = np.array([[1, 0, 1], [2, 1, 3]], dtype=np.int32)
    yield table_case("ids of 32 bits are ids", rng, (4, 2), short)
    across = np.array([[1, 0], [2, 1], [3, 1]]).T
    yield table_case("transposed views: memory order is free", rng, (4, 3), across, turned=True)
    yield table_case("200 rows: the batch is summed", rng, (8, 3), rng.integers(8, size=(200, 2)))


def probe(learner, case):
    layer = learner.Embedding(*case.W.shape)
    layer.W = case.W
    yield "output", layer.forward(case.ids)
    layer.backward(case.grad_output)
    yield "grad_W", layer.grad_W
    if "parameters" in case:
        yield "W after backward", layer.W  # as it was: only an optimizer moves parameters


def places(case):
    """Every id with the upstream of its place."""
    upstream = case.grad_output.reshape(-1, case.W.shape[1])
    return zip(case.ids.ravel(), upstream, strict=True)


def counts(case):
    """How often each row of the table was used, (num, 1)."""
    return np.bincount(case.ids.ravel(), minlength=len(case.W))[:, None]


def quantities(case, right):
    one_hot = np.eye(len(case.W))[case.ids]
    return {"one_hot": one_hot, "N": len(case.ids), "T": case.ids.shape[1]}


# -- what learners get wrong ----------------------------------------------------------------------


@misconception(
    "grad_W",
    says="Where an id repeats, the last use overwrites the earlier ones.",
    why="Each use of a row did its part in the loss, and each has its own share of blame.",
    read="dropout-embedding#the-trap",
    hint=3,
)
def repeated_ids_overwritten(case, right):
    grad = np.zeros_like(right.grad_W)
    for row, upstream in places(case):
        grad[row] = upstream
    return grad


@misconception(
    "grad_W",
    says="Where an id repeats, only its first use counts.",
    why="Each use of a row did its part in the loss, and each has its own share of blame.",
    read="dropout-embedding#embedding",
    hint=2,
)
def first_use_wins(case, right):
    grad = np.zeros_like(right.grad_W)
    for row, upstream in reversed(list(places(case))):
        grad[row] = upstream
    return grad


@misconception(
    "grad_W",
    says="The shares of a repeated id are averaged.",
    why="A row that was used three times moved three outputs; layers sum over all of them.",
    read="dropout-embedding#embedding",
    hint=2,
)
def repeated_ids_averaged(case, right):
    return right.grad_W / np.maximum(counts(case), 1)


@misconception(
    "grad_W",
    says="`grad_W` is divided by the number of rows in the batch.",
    why="Layers sum over the batch; the loss has taken the mean already.",
    read="dropout-embedding#embedding",
    hint=2,
)
def averaged_over_batch(case, right):
    return right.grad_W / len(case.ids)


@misconception(
    "grad_W",
    says="`grad_W` is divided by the number of places, N · T.",
    why="Each place has its own share of blame, and shares add up.",
    read="dropout-embedding#embedding",
    hint=2,
)
def averaged_over_places(case, right):
    return right.grad_W / case.ids.size


@misconception(
    "grad_W",
    says="`grad_W` is `grad_output` as it came, one row for each place.",
    why="A gradient has the shape of its variable: a row for each row of the table.",
    read="dropout-embedding#embedding",
    hint=2,
)
def one_row_for_each_place(case, right):
    return case.grad_output


@misconception(
    "grad_W",
    says="`grad_W` holds only the rows that were used.",
    why="The others have a gradient too: it is 0, and it has its place in the table.",
    read="dropout-embedding#embedding",
    hint=4,
)
def unused_rows_left_out(case, right):
    return right.grad_W[np.unique(case.ids)]


@misconception(
    "grad_W",
    says="`grad_W` ends with the largest id that was used.",
    why="The rows behind it have a gradient too: it is 0, and it has its place in the table.",
    read="dropout-embedding#embedding",
    hint=4,
)
def grad_W_rows_from_max_id(case, right):
    return right.grad_W[: case.ids.max() + 1]


@misconception(
    "grad_W",
    says="Id 0 gets no gradient.",
    why="Nothing says that it is padding: row 0 is a row like any other.",
    read="dropout-embedding#embedding",
    hint=2,
)
def id_zero_ignored(case, right):
    return right.grad_W * (np.arange(len(case.W)) > 0)[:, None]


@misconception(
    "grad_W",
    says="Ids are read one position after the other, and `grad_output` one sample after the other.",
    why="The share of a place has to meet the id of the same place.",
    read="dropout-embedding#embedding",
    hint=2,
)
def grad_order_mixed(case, right):
    grad = np.zeros_like(right.grad_W)
    np.add.at(grad, case.ids.T.ravel(), case.grad_output.reshape(-1, case.W.shape[1]))
    return grad


@misconception(
    "grad_W",
    says="`grad_W` counts how often a row was used, and forgets `grad_output`.",
    why="Local slope times upstream: the use says where blame goes, not how much there is.",
    read="dropout-embedding#embedding",
    hint=2,
)
def uses_counted(case, right):
    return counts(case) * np.ones_like(case.W)


@misconception(
    "grad_W",
    says="The shares of a repeated id are added up once for each of its uses.",
    why="Each place sends its share once, however often its id occurs elsewhere.",
    read="dropout-embedding#embedding",
    hint=4,
)
def multiplied_by_uses(case, right):
    return right.grad_W * counts(case)
