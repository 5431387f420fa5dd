"""Is the loss a mean, its gradient (p − y) / N, and both finite at ±1000?

N differs from C wherever it can, because dividing by one passes for dividing by the other
when they agree, and for no division at all when N is 1.
"""

import numpy as np

from tutor.spec import Case, misconception

gradients = {"grad_input": "logits"}
rows = ("logits", "labels", "grad_input")

far_apart = np.array([[1000.0, -1000.0, 999.0], [-1000.0, -999.5, -1001.0], [0.4, 1.3, -0.6]])
far_within = np.array([[-1000.0, 1000.0, 999.0, -1000.0], [1000.0, -1000.0, -1000.0, -1000.0]])


def loss_case(name, rng, sizes, **more):
    """A case with so many rows and classes."""
    count, classes = sizes
    quantities = {"logits": rng.normal(size=sizes), "labels": rng.integers(classes, size=count)}
    return Case(name, **{**quantities, **more})


def cases(rng):
    yield loss_case("more rows than classes: labels repeat", rng, (5, 3))
    yield loss_case("fewer rows than classes: 1/N is not 1/C", rng, (2, 6))
    yield loss_case("one row: a missing 1/N still fits", rng, (1, 4))
    yield loss_case("as many rows as classes: 1/C passes for 1/N", rng, (4, 4))
    name = "logits 0, one label for all: the loss is log C"
    yield Case(name, logits=np.zeros((3, 2)), labels=np.array([1, 1, 1]))
    name = "label 0 alone: logits say how many classes there are"
    yield loss_case(name, rng, (3, 4), labels=np.array([0, 0, 0]))
    name = "rows at ±1000, a hopeless label: all stays finite"
    yield Case(name, logits=far_apart, labels=np.array([1, 0, 2]))
    name = "±1000 in one row: only its maximum will do"
    yield Case(name, logits=far_within, labels=np.array([2, 0]))
    name = "one hopeless row: a loss of 2000 is not cut off"
    yield Case(name, logits=np.array([[-1000.0, 1000.0, 0.5]]), labels=np.array([0]))
    turned = rng.normal(size=(3, 200)).T
    yield loss_case("200 rows of a transposed view: a large batch", rng, (200, 3), logits=turned)


def probe(learner, case):
    loss = learner.SoftmaxCrossEntropy()
    yield "loss", loss.forward(case.logits, case.labels)
    yield "grad_input", loss.backward()


def quantities(case, right):
    count, classes = case.logits.shape
    return {"p": np.exp(log_p(case)), "y": one_hot(case), "N": count, "C": classes}


def log_p(case):
    return case.logits - np.logaddexp.reduce(case.logits, axis=1, keepdims=True)


def one_hot(case):
    return np.eye(case.logits.shape[1])[case.labels]


def at_labels(case, array):
    """One entry of each row."""
    return array[np.arange(len(case.labels)), case.labels]


LESSON = "softmax-cross-entropy"
TRAPS = "softmax-cross-entropy#two-traps-in-forward"
FUSED = "softmax-cross-entropy#fused-p-y"
MEAN = "softmax-cross-entropy#where-1n-enters"
BROADCASTING = "shapes#broadcasting-backward"

# -- the gradient --------------------------------------------------------------------------------


@misconception(
    "grad_input",
    says="Your gradient is not divided by the number of rows.",
    why="The loss is a mean, so each of its rows counts for less the more there are.",
    read=MEAN,
    hint=3,
)
def not_averaged(case, right):
    return right.grad_input * len(case.labels)


@misconception(
    "grad_input",
    says="Your gradient is divided by the number of rows twice.",
    why="The mean is taken once, and the gradient carries it once.",
    read=MEAN,
    hint=3,
)
def averaged_twice(case, right):
    return right.grad_input / len(case.labels)


@misconception(
    "grad_input",
    says="Your gradient is divided by N · C, the number of all entries.",
    why="A row has one loss, however many classes it chooses from.",
    read=MEAN,
    hint=3,
)
def divided_by_classes(case, right):
    return right.grad_input / case.logits.shape[1]


@misconception(
    "grad_input",
    says="Your gradient is divided by C, the number of classes.",
    why="The mean runs over the losses, and there is one for each row.",
    read=MEAN,
    hint=3,
)
def divided_by_classes_for_rows(case, right):
    count, classes = case.logits.shape
    return right.grad_input * count / classes


@misconception(
    "grad_input",
    says="Your gradient has the opposite sign.",
    why="Raise the logit of a wrong class and the loss grows, so its slope is above 0.",
    read=FUSED,
    hint=1,
)
def sign_turned(case, right):
    return -right.grad_input


def p_of(case, right):
    """p, from the gradient as it is so far."""
    return right.grad_input * len(case.labels) + one_hot(case)


@misconception(
    "grad_input",
    says="The labels are not in your gradient: it is p alone.",
    why="Raise the right logit and the loss falls, so its slope is below 0. No p is.",
    read=FUSED,
    hint=3,
)
def labels_not_subtracted(case, right):
    return p_of(case, right) / len(case.labels)


@misconception(
    "grad_input",
    says="Your gradient takes 1 off at every label of the batch, in every row.",
    why="Each row has one right class; the labels of the other rows are wrong ones for it.",
    read=FUSED,
    hint=3,
)
def every_row_every_label(case, right):
    return (p_of(case, right) - one_hot(case).max(axis=0)) / len(case.labels)


@misconception(
    "grad_input",
    says="Your gradient takes 1 off at the most likely class.",
    why="What the network thinks is in p already; what it should think comes from outside.",
    read=FUSED,
    hint=3,
)
def argmax_for_label(case, right):
    likely = np.eye(case.logits.shape[1])[case.logits.argmax(axis=1)]
    return (p_of(case, right) - likely) / len(case.labels)


@misconception(
    "grad_input",
    says="Your gradient has log p where p belongs.",
    why="Logarithms keep the loss finite; the slope of the loss is made of probabilities.",
    read=FUSED,
    hint=2,
)
def log_p_for_p(case, right):
    return (log_p(case) - one_hot(case)) / len(case.labels)


@misconception(
    "grad_input",
    says="Your p − y goes through the Jacobian of softmax once more.",
    why="p − y is the slope by the logits, so the way through softmax is behind it.",
    read=FUSED,
    hint=3,
)
def jacobian_twice(case, right):
    p, grad = p_of(case, right), right.grad_input
    return p * (grad - (grad * p).sum(axis=1, keepdims=True))


@misconception(
    says="Your backward uses the labels of the first call of forward.",
    why="Each batch brings labels of its own.",
    read="local-gradients#common-mistakes",
    hint=4,
)
def first_call_kept(module):
    def keep(self, y):
        vars(self).setdefault("y", y)

    module.SoftmaxCrossEntropy.y = property(lambda self: vars(self)["y"], keep)


# -- the loss ------------------------------------------------------------------------------------


@misconception(
    "loss",
    says="Your loss is a sum over the rows.",
    why="A mean keeps its scale when the batch grows, and it is what the gradient belongs to.",
    read=MEAN,
    hint=4,
)
def loss_not_averaged(case, right):
    return right.loss * len(case.labels)


@misconception(
    "loss",
    says="Your loss is divided by the number of rows twice.",
    why="The mean is taken once.",
    read=MEAN,
    hint=4,
)
def loss_averaged_twice(case, right):
    return right.loss / len(case.labels)


@misconception(
    "loss",
    says="Your loss is a mean over all N · C entries.",
    why="A row has one loss, however many classes it chooses from; the zeros do not count.",
    read=MEAN,
    hint=3,
)
def loss_divided_by_classes(case, right):
    return right.loss / case.logits.shape[1]


@misconception(
    "loss",
    says="Your loss takes the label of every row in every row.",
    why="Each row has one right class; the labels of the other rows are wrong ones for it.",
    read=LESSON,
    hint=3,
)
def loss_every_row_every_label(case, right):
    return -log_p(case)[:, case.labels].mean()


@misconception(
    "loss",
    says="Of the rows with the same label, one alone counts in your loss.",
    why="Each row is a sample of its own, whatever its label is.",
    read=LESSON,
    hint=3,
)
def repeated_labels_lost(case, right):
    by_label = dict(zip(case.labels.tolist(), -at_labels(case, log_p(case)), strict=True))
    return sum(by_label.values()) / len(by_label)


@misconception(
    "loss",
    says="Your loss is an array, one entry for each row.",
    why="backward starts at one number, and these still have to become one.",
    read=MEAN,
    hint=4,
)
def loss_not_reduced(case, right):
    return -at_labels(case, log_p(case))


@misconception(
    "loss",
    says="Your loss has the opposite sign.",
    why="The log of a probability is never above 0, and a loss grows as things get worse.",
    read=LESSON,
    hint=1,
)
def loss_sign_turned(case, right):
    return -right.loss


@misconception(
    "loss",
    says="Your loss is made of p; the log is missing.",
    why="A sure mistake should cost far more than a doubtful one, and p − y needs the log.",
    read=LESSON,
    hint=1,
)
def log_forgotten(case, right):
    return -at_labels(case, np.exp(log_p(case))).mean()


@misconception(
    "loss",
    says="Your loss is in bits, with log2.",
    why="With another log the loss has another scale, and p − y is not its slope.",
    read=LESSON,
    hint=1,
)
def loss_log_base_two(case, right):
    return right.loss / np.log(2)


def with_wrong_classes(binary):
    @misconception(
        "loss",
        says="Your loss adds log(1 − p) for the wrong classes.",
        why="That is the loss of C yes-or-no questions; here one question has C answers.",
        read=LESSON,
        hint=1,
    )
    def loss_binary(case, right):
        return -binary(one_hot(case), log_p(case)).sum() / len(case.labels)

    return loss_binary


def by_logs(most):
    def binary(y, log_p):
        p = np.minimum(np.exp(log_p), most)
        return y * log_p + (1 - y) * np.log1p(-p)

    return binary


def by_p(least):
    def binary(y, log_p):
        p = np.clip(np.exp(log_p), least, 1 - least)
        return y * np.log(p) + (1 - y) * np.log(1 - p)

    return binary


binary_logs, binary_logs_below_1 = map(with_wrong_classes, (by_logs(1.0), by_logs(1.0 - 1e-16)))
binary_p, binary_p_1e_12 = map(with_wrong_classes, (by_p(0.0), by_p(1e-12)))


def added_to_p(eps):
    @misconception(
        "loss",
        says=f"Your loss adds {eps:g} to p inside the log.",
        why=f"A hopeless row then costs {-np.log(eps):.1f} at most, however wrong it is.",
        read=TRAPS,
        hint=2,
    )
    def eps_in_log(case, right):
        return -np.log(at_labels(case, np.exp(log_p(case))) + eps).mean()

    return eps_in_log


p_plus_1e_7, p_plus_1e_8, p_plus_1e_9 = map(added_to_p, (1e-7, 1e-8, 1e-9))
p_plus_1e_10, p_plus_1e_12, p_plus_1e_15 = map(added_to_p, (1e-10, 1e-12, 1e-15))

# -- both ----------------------------------------------------------------------------------------


@misconception(
    says="In your softmax each column sums to 1.",
    why="A column holds one class of many samples, and they do not share anything out.",
    read=LESSON,
    hint=2,
)
def wrong_axis(module):
    module.row_max = lambda a: a.max(axis=0)
    module.row_sum = lambda a: a.sum(axis=0)


@misconception(
    says="In your softmax the whole batch sums to 1.",
    why="Rows are independent samples; none of them knows what the others hold.",
    read=LESSON,
    hint=2,
)
def normalised_over_batch(module):
    module.row_max, module.row_sum = np.max, np.sum


@misconception(
    says="The maxima and sums of your rows have lost their axis.",
    why="(N,) lines up with the columns: it fails, or, where N is C, it mixes samples.",
    read=BROADCASTING,
    hint=4,
)
def keepdims_forgotten(module):
    module.row_max = lambda a: a.max(axis=1)
    module.row_sum = lambda a: a.sum(axis=1)


def through_p(module):
    """log p by way of p, which may have become 0."""

    def log_softmax(logits):
        e = np.exp(logits - module.row_max(logits))
        return np.log(e / module.row_sum(e))

    return log_softmax


def one_hot_loss(log_p, labels):
    y = np.eye(log_p.shape[1])[labels]
    return -(y * log_p).sum() / len(y)


@misconception(
    says="Your loss takes the log of a p that has become 0.",
    why="exp(−1000) rounds to 0 and log 0 is −∞, although the log of p is about −1000.",
    read=TRAPS,
    hint=2,
)
def log_of_zero(module):
    module.log_softmax = through_p(module)


@misconception(
    says="Your loss multiplies y by the log of a p that has become 0.",
    why="log 0 is −∞, and 0 · ∞ is NaN: even classes that do not count spoil the sum.",
    read=TRAPS,
    hint=3,
)
def zero_times_log_of_zero(module):
    module.log_softmax, module.mean_loss = through_p(module), one_hot_loss


@misconception(
    says="You subtract one maximum from the whole batch.",
    why="In a row that lies far below it every exp becomes 0, and so does their sum.",
    read=TRAPS,
    hint=2,
)
def whole_batch_maximum(module):
    module.row_max = np.max


@misconception(
    "loss",
    "grad_input",
    says="You subtract nothing before exp.",
    why="exp(1000) is infinity and exp(−1000) is 0: the quotients are ∞/∞ and 0/0.",
    read=TRAPS,
    hint=2,
)
def not_shifted(case, right):
    e = np.exp(case.logits)
    total = e.sum(axis=1, keepdims=True)
    loss = -at_labels(case, case.logits - np.log(total)).mean()
    return loss, (e / total - one_hot(case)) / len(case.labels)


@misconception(
    says="You subtract nothing before exp, though you stay in logarithms.",
    why="exp(1000) is infinity, and so is the log of every sum that it is in.",
    read=TRAPS,
    hint=2,
)
def not_shifted_in_logs(module):
    module.row_max = np.zeros_like


@misconception(
    says="You subtract nothing before exp, and your loss takes the log of p.",
    why="exp(1000) is infinity and exp(−1000) is 0: the quotients are ∞/∞ and 0/0.",
    read=TRAPS,
    hint=2,
)
def not_shifted_log_of_p(module):
    module.row_max, module.log_softmax = np.zeros_like, through_p(module)


@misconception(
    says="You subtract nothing before exp, and your loss multiplies y by the log of p.",
    why="exp(1000) is infinity and exp(−1000) is 0: the quotients are ∞/∞ and 0/0.",
    read=TRAPS,
    hint=2,
)
def not_shifted_y_log_p(module):
    module.row_max, module.log_softmax = np.zeros_like, through_p(module)
    module.mean_loss = one_hot_loss


@misconception(
    says="You take 1 off the labels, as if they counted from 1.",
    why="Label 0 is the first class; one less is −1, which picks the last one.",
    read=LESSON,
    hint=3,
)
def labels_from_one(module):
    forward = module.SoftmaxCrossEntropy.forward
    module.SoftmaxCrossEntropy.forward = lambda self, z, labels: forward(self, z, labels - 1)


@misconception(
    "loss",
    "grad_input",
    says="You count the classes by the largest label.",
    why="The last class need not occur in a batch; its logits are there all the same.",
    read=LESSON,
    hint=3,
)
def classes_counted_from_labels(case, right):
    y = np.eye(case.labels.max() + 1)[case.labels]
    loss = -(y * log_p(case)).sum() / len(y)
    return loss, (np.exp(log_p(case)) - y) / len(y)
