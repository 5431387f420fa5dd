"""The table: what learners write for a gradient, and the formula that its numbers should give."""

from __future__ import annotations

from collections.abc import Callable

import formula_layers as layers
import numpy as np
from formula_layers import Array
from msgspec import Struct

from tutor.diagnosis.formula.samples import Sample


class Row(Struct, frozen=True):
    """A layer, what is written for a gradient (`n` are the sizes), and what should be read."""

    layer: Callable[[np.random.Generator], list[Sample]]
    written: Callable[..., Array]
    read: str


def samples(row: Row, seed: int = 0) -> list[Sample]:
    """The layer's cases, with what the mistake gives as the target."""
    made = []
    for sample in row.layer(np.random.default_rng(seed)):
        with np.errstate(all="ignore"):
            target = np.asarray(row.written(*sample.leaves.values(), n=sample.sizes), dtype=float)
        made.append(Sample(target, sample.leaves, sample.sizes))
    return made


def _linear(written: Callable[..., Array], read: str) -> Row:
    return Row(layers.linear, lambda x, W, b, d, y, n: written(x, W, b, d, y, n), read)


AX = "axis=1, keepdims=True"


def _s1(a: Array) -> Array:
    return a.sum(axis=1, keepdims=True)


def _m1(a: Array) -> Array:
    return a.mean(axis=1, keepdims=True)


def _attention_slope(A: Array, g: Array) -> Array:
    return A * (g - _s1(g * A))


LINEAR = [
    _linear(lambda x, W, b, d, y, n: x.T @ d, "x.T @ grad_output"),
    _linear(lambda x, W, b, d, y, n: d.T @ x, "grad_output.T @ x"),
    _linear(lambda x, W, b, d, y, n: d @ W.T, "grad_output @ W.T"),
    _linear(lambda x, W, b, d, y, n: W @ d.T, "W @ grad_output.T"),
    _linear(lambda x, W, b, d, y, n: x.T @ d / n["N"], "x.T @ grad_output / N"),
    _linear(lambda x, W, b, d, y, n: 2 * x.T @ d, "2 * (x.T @ grad_output)"),
    _linear(lambda x, W, b, d, y, n: 4 * d @ W.T, "4 * (grad_output @ W.T)"),
    _linear(lambda x, W, b, d, y, n: -x.T @ d, "-x.T @ grad_output"),
    _linear(lambda x, W, b, d, y, n: d, "grad_output"),
    _linear(lambda x, W, b, d, y, n: d.sum(axis=0), "grad_output.sum(axis=0)"),
    _linear(lambda x, W, b, d, y, n: d.sum(axis=1), "grad_output.sum(axis=1)"),
    _linear(lambda x, W, b, d, y, n: d.mean(axis=0), "grad_output.mean(axis=0)"),
    _linear(
        lambda x, W, b, d, y, n: d.sum(axis=0, keepdims=True),
        "grad_output.sum(axis=0, keepdims=True)",
    ),
    _linear(lambda x, W, b, d, y, n: b * d.sum(axis=0), "b * grad_output.sum(axis=0)"),
    _linear(lambda x, W, b, d, y, n: d * b, "grad_output * b"),
    _linear(lambda x, W, b, d, y, n: x.T @ y, "x.T @ output"),
    _linear(lambda x, W, b, d, y, n: y @ W.T, "output @ W.T"),
    _linear(lambda x, W, b, d, y, n: x @ W, "x @ W"),
    _linear(lambda x, W, b, d, y, n: x.T @ d + W, "x.T @ grad_output + W"),
    _linear(lambda x, W, b, d, y, n: (x.T @ d).sum(axis=0), "(x.T @ grad_output).sum(axis=0)"),
    _linear(
        lambda x, W, b, d, y, n: x.mean(axis=0)[:, None] * 1, "x.T.mean(axis=1, keepdims=True)"
    ),
    _linear(lambda x, W, b, d, y, n: (d * y) @ W.T, "(grad_output * output) @ W.T"),
    _linear(lambda x, W, b, d, y, n: (d @ W.T) * x, "x * (grad_output @ W.T)"),
    _linear(lambda x, W, b, d, y, n: x.T @ (d * (y > 0)), "x.T @ (grad_output * (output > 0))"),
    _linear(lambda x, W, b, d, y, n: x.T @ (d - y), "x.T @ (grad_output - output)"),
]


RELU = [
    Row(layers.relu, lambda x, d, y, n: d * (x > 0), "grad_output * (x > 0)"),
    Row(layers.relu, lambda x, d, y, n: (x > 0) * 1.0, "x > 0"),
    Row(layers.relu, lambda x, d, y, n: d * (x >= 0), "grad_output * (x >= 0)"),
    Row(layers.relu, lambda x, d, y, n: d * (d > 0), "grad_output * (grad_output > 0)"),
    Row(layers.relu, lambda x, d, y, n: d * x, "grad_output * x"),
    Row(layers.relu, lambda x, d, y, n: d * y, "grad_output * output"),
    Row(layers.relu, lambda x, d, y, n: d, "grad_output"),
    Row(layers.relu, lambda x, d, y, n: d * (x < 0), "grad_output * (x < 0)"),
    Row(layers.relu, lambda x, d, y, n: d * np.sign(x), "grad_output * np.sign(x)"),
    Row(layers.relu, lambda x, d, y, n: y, "output"),
    Row(
        layers.relu,
        lambda x, d, y, n: np.maximum(d, 0) * (x > 0),
        "grad_output * (x > 0) * (grad_output > 0)",
    ),
]

SIGMOID = [
    Row(layers.sigmoid, lambda x, s, d, n: d * s * (1 - s), "grad_output * output * (1 - output)"),
    Row(layers.sigmoid, lambda x, s, d, n: s * (1 - s), "output * (1 - output)"),
    Row(layers.sigmoid, lambda x, s, d, n: d * (1 - d), "grad_output * (1 - grad_output)"),
    Row(layers.sigmoid, lambda x, s, d, n: d * (1 - s), "grad_output * (1 - output)"),
    Row(layers.sigmoid, lambda x, s, d, n: d * s, "grad_output * output"),
    Row(layers.sigmoid, lambda x, s, d, n: d * x * (1 - x), "grad_output * x * (1 - x)"),
    Row(layers.sigmoid, lambda x, s, d, n: d * s * (s - 1), "grad_output * output * (output - 1)"),
    Row(layers.sigmoid, lambda x, s, d, n: d * s * (1 + s), "grad_output * output * (1 + output)"),
    Row(layers.sigmoid, lambda x, s, d, n: d * (1 - s**2), "grad_output * (1 - output ** 2)"),
    Row(
        layers.sigmoid, lambda x, s, d, n: d * (1 - s) * (1 - s), "grad_output * (1 - output) ** 2"
    ),
]

TANH = [
    Row(layers.tanh, lambda x, a, d, n: d * (1 - a**2), "grad_output * (1 - output ** 2)"),
    Row(layers.tanh, lambda x, a, d, n: 1 - a**2, "1 - output ** 2"),
    Row(layers.tanh, lambda x, a, d, n: 1 - np.tanh(a) ** 2, "1 - np.tanh(output) ** 2"),
    Row(
        layers.tanh,
        lambda x, a, d, n: d * (1 - np.tanh(a) ** 2),
        "grad_output * (1 - np.tanh(output) ** 2)",
    ),
    Row(layers.tanh, lambda x, a, d, n: -d * a**2, "-grad_output * output ** 2"),
    Row(layers.tanh, lambda x, a, d, n: -(np.tanh(x) ** 2), "-output ** 2"),
    Row(layers.tanh, lambda x, a, d, n: d * a * (1 - a), "grad_output * output * (1 - output)"),
    Row(layers.tanh, lambda x, a, d, n: d * (1 - a), "grad_output * (1 - output)"),
    Row(layers.tanh, lambda x, a, d, n: d * (1 - x**2), "grad_output * (1 - x ** 2)"),
    Row(layers.tanh, lambda x, a, d, n: d - a**2, "grad_output - output ** 2"),
    Row(layers.exponential, lambda x, e, d, n: x * d, "grad_output * x"),
    Row(layers.exponential, lambda x, e, d, n: e, "output"),
    Row(layers.exponential, lambda x, e, d, n: d * e, "grad_output * output"),
    Row(layers.exponential, lambda x, e, d, n: d * x * np.exp(x - 0.0), "grad_output * x * output"),
]


def _softmax_row(written: Callable[..., Array], read: str) -> Row:
    return Row(layers.softmax, written, read)


SOFTMAX = [
    _softmax_row(
        lambda z, p, d, n: p * (d - _s1(d * p)), f"p * (grad_output - (grad_output * p).sum({AX}))"
    ),
    _softmax_row(lambda z, p, d, n: d * p * (1 - p), "grad_output * p * (1 - p)"),
    _softmax_row(lambda z, p, d, n: p * (1 - p), "p * (1 - p)"),
    _softmax_row(
        lambda z, p, d, n: p * (d - (d * p).sum(axis=0)),
        "p * (grad_output - (grad_output * p).sum(axis=0))",
    ),
    _softmax_row(
        lambda z, p, d, n: p * (d - (d * p).sum()), "p * (grad_output - (grad_output * p).sum())"
    ),
    _softmax_row(lambda z, p, d, n: d - _s1(d * p), f"grad_output - (grad_output * p).sum({AX})"),
    _softmax_row(lambda z, p, d, n: p * (d - _s1(d)), f"p * (grad_output - grad_output.sum({AX}))"),
    _softmax_row(
        lambda z, p, d, n: p * (d - _m1(d * p)), f"p * (grad_output - (grad_output * p).mean({AX}))"
    ),
    _softmax_row(
        lambda z, p, d, n: p * (_s1(d * p) - d), f"p * ((grad_output * p).sum({AX}) - grad_output)"
    ),
    _softmax_row(lambda z, p, d, n: p * d, "grad_output * p"),
    _softmax_row(lambda z, p, d, n: p * _s1(d * p), f"p * (grad_output * p).sum({AX})"),
    _softmax_row(
        lambda z, p, d, n: p * (d + _s1(d * p)), f"p * (grad_output + (grad_output * p).sum({AX}))"
    ),
    _softmax_row(
        lambda z, p, d, n: d * (p - p.sum(axis=1, keepdims=True)), "grad_output * (p - 1)"
    ),
    _softmax_row(lambda z, p, d, n: p * (1 - p) / n["N"], "p * (1 - p) / N"),
    _softmax_row(
        lambda z, p, d, n: p * (d - _s1(d * p)) / n["N"],
        f"p * (grad_output - (grad_output * p).sum({AX})) / N",
    ),
    _softmax_row(lambda z, p, d, n: p - d, "p - grad_output"),
    _softmax_row(lambda z, p, d, n: d * p - p**2, "p * (grad_output - p)"),
    _softmax_row(
        lambda z, p, d, n: p * (d - d.mean(axis=0)), "p * (grad_output - grad_output.mean(axis=0))"
    ),
    _softmax_row(
        lambda z, p, d, n: d * (p - _s1(d * p)), f"grad_output * (p - (grad_output * p).sum({AX}))"
    ),
    _softmax_row(lambda z, p, d, n: d * z, "grad_output * z"),
]

CROSS_ENTROPY = [
    Row(layers.cross_entropy, lambda z, p, y, n: (p - y) / n["N"], "(p - y) / N"),
    Row(layers.cross_entropy, lambda z, p, y, n: p - y, "p - y"),
    Row(layers.cross_entropy, lambda z, p, y, n: y - p, "y - p"),
    Row(layers.cross_entropy, lambda z, p, y, n: (y - p) / n["N"], "(y - p) / N"),
    Row(layers.cross_entropy, lambda z, p, y, n: (p - y) / n["C"], "(p - y) / C"),
    Row(layers.cross_entropy, lambda z, p, y, n: (p - y) / n["N"] ** 2, "(p - y) / N ** 2"),
    Row(layers.cross_entropy, lambda z, p, y, n: (p - y) / n["N"] / n["C"], "(p - y) / (C * N)"),
    Row(layers.cross_entropy, lambda z, p, y, n: p, "p"),
    Row(layers.cross_entropy, lambda z, p, y, n: p / n["N"], "p / N"),
    Row(layers.cross_entropy, lambda z, p, y, n: np.log(p), "np.log(p)"),
    Row(layers.cross_entropy, lambda z, p, y, n: -y / p, "-y / p"),
    Row(layers.cross_entropy, lambda z, p, y, n: -y / p / n["N"], "-y / p / N"),
    Row(layers.cross_entropy, lambda z, p, y, n: (p - 1) / n["N"], "(p - 1) / N"),
    Row(layers.cross_entropy, lambda z, p, y, n: y * (p - 1) / n["N"], "y * (p - 1) / N"),
    Row(layers.cross_entropy, lambda z, p, y, n: p * (p - y) / n["N"], "p * (p - y) / N"),
    Row(layers.cross_entropy, lambda z, p, y, n: (z - y) / n["N"], "(logits - y) / N"),
    Row(layers.cross_entropy, lambda z, p, y, n: 2 * (p - y) / n["N"], "2 * (p - y) / N"),
    Row(layers.cross_entropy, lambda z, p, y, n: p - y / n["N"], "p - y / N"),
    Row(layers.cross_entropy, lambda z, p, y, n: (p - y) * n["N"], "N * (p - y)"),
    Row(layers.cross_entropy, lambda z, p, y, n: p * (1 - p), "p * (1 - p)"),
    Row(layers.cross_entropy, lambda z, p, y, n: -y * np.log(p), "-y * np.log(p)"),
    Row(
        layers.cross_entropy,
        lambda z, p, y, n: (p - y) * p * (1 - p) / n["N"],
        "p * (p - y) * (1 - p) / N",
    ),
    Row(layers.logistic, lambda z, p, y, n: (p - y) / n["N"], "(p - y) / N"),
    Row(
        layers.logistic,
        lambda z, p, y, n: (p - y) * p * (1 - p) / n["N"],
        "p * (p - y) * (1 - p) / N",
    ),
    Row(
        layers.logistic,
        lambda z, p, y, n: (p - y) / (p * (1 - p)) / n["N"],
        "(p - y) / (p * (1 - p)) / N",
    ),
    Row(layers.logistic, lambda z, p, y, n: p * (1 - p), "p * (1 - p)"),
    Row(layers.squared_error, lambda p, t, n: (p - t) / n["N"], "(prediction - target) / N"),
    Row(layers.squared_error, lambda p, t, n: 2 * (p - t), "2 * (prediction - target)"),
    Row(
        layers.squared_error, lambda p, t, n: 2 * (t - p) / n["N"], "2 * (target - prediction) / N"
    ),
    Row(
        layers.squared_error,
        lambda p, t, n: 2 * (p - t) / n["N"] / n["D"],
        "2 * (prediction - target) / (D * N)",
    ),
    Row(
        layers.squared_error,
        lambda p, t, n: (p - t) ** 2 / n["N"],
        "(prediction - target) ** 2 / N",
    ),
]


def _norm(layer: Callable[..., list[Sample]], written: Callable[..., Array], read: str) -> Row:
    def by_name(x, gamma, beta, mu, std, x_hat, d, y, n):
        return written(x=x, g=gamma, mu=mu, s=std, h=x_hat, d=d, n=n)

    return Row(layer, by_name, read)


LN, BN = layers.layer_norm, layers.batch_norm
NORM = [
    _norm(LN, lambda d, g, s, **_: d * g / s, "grad_output * gamma / std"),
    _norm(LN, lambda d, s, **_: d / s, "grad_output / std"),
    _norm(LN, lambda d, g, **_: d * g, "grad_output * gamma"),
    _norm(
        LN,
        lambda d, g, s, **_: (d * g - _m1(d * g)) / s,
        f"(grad_output * gamma - (grad_output * gamma).mean({AX})) / std",
    ),
    _norm(
        LN,
        lambda d, g, s, h, **_: (d * g - h * _m1(d * g * h)) / s,
        f"(grad_output * gamma - x_hat * (grad_output * gamma * x_hat).mean({AX})) / std",
    ),
    _norm(
        LN,
        lambda d, s, h, **_: (d - _m1(d) - h * _m1(d * h)) / s,
        f"(grad_output - grad_output.mean({AX}) - x_hat * (grad_output * x_hat).mean({AX})) / std",
    ),
    _norm(
        LN,
        lambda d, g, s, h, **_: (d * g - _m1(d * g) - h * _m1(d * g * h)) / s,
        f"(grad_output * gamma - (grad_output * gamma).mean({AX})"
        f" - x_hat * (grad_output * gamma * x_hat).mean({AX})) / std",
    ),
    _norm(
        LN,
        lambda d, g, s, h, **_: d * g - _m1(d * g) - h * _m1(d * g * h),
        f"grad_output * gamma - (grad_output * gamma).mean({AX})"
        f" - x_hat * (grad_output * gamma * x_hat).mean({AX})",
    ),
    _norm(LN, lambda d, h, **_: d * h, "grad_output * x_hat"),
    _norm(LN, lambda d, h, **_: (d * h).sum(axis=0), "(grad_output * x_hat).sum(axis=0)"),
    _norm(LN, lambda d, h, **_: (d * h).sum(axis=1), "(grad_output * x_hat).sum(axis=1)"),
    _norm(LN, lambda d, h, **_: (d * h).mean(axis=0), "(grad_output * x_hat).mean(axis=0)"),
    _norm(LN, lambda d, x, **_: (d * x).sum(axis=0), "(grad_output * x).sum(axis=0)"),
    _norm(
        LN,
        lambda d, g, h, **_: (d * g * h).sum(axis=0),
        "gamma * (grad_output * x_hat).sum(axis=0)",
    ),
    _norm(LN, lambda d, **_: d.sum(axis=0), "grad_output.sum(axis=0)"),
    _norm(LN, lambda d, g, s, **_: d * g / s**2, "grad_output * gamma / std ** 2"),
    _norm(BN, lambda d, g, s, **_: d * g / s, "grad_output * gamma / std"),
    _norm(
        BN,
        lambda d, g, s, **_: g / s * (d - d.mean(axis=0)),
        "gamma * (grad_output - grad_output.mean(axis=0)) / std",
    ),
    _norm(
        BN,
        lambda d, g, s, h, **_: g / s * (d - h * (d * h).mean(axis=0)),
        "gamma * (grad_output - x_hat * (grad_output * x_hat).mean(axis=0)) / std",
    ),
    _norm(
        BN,
        lambda d, g, s, h, **_: g / s * (d - d.mean(axis=0) - h * (d * h).mean(axis=0)),
        "gamma * (grad_output - grad_output.mean(axis=0)"
        " - x_hat * (grad_output * x_hat).mean(axis=0)) / std",
    ),
    _norm(
        BN,
        lambda d, s, h, **_: (d - d.mean(axis=0) - h * (d * h).mean(axis=0)) / s,
        "(grad_output - grad_output.mean(axis=0)"
        " - x_hat * (grad_output * x_hat).mean(axis=0)) / std",
    ),
    _norm(
        BN,
        lambda d, g, s, h, **_: g / s * (d - d.sum(axis=0) - h * (d * h).sum(axis=0)),
        "gamma * (grad_output - grad_output.sum(axis=0)"
        " - x_hat * (grad_output * x_hat).sum(axis=0)) / std",
    ),
    _norm(
        BN,
        lambda d, g, s, h, n, **_: (
            g / s * (d - d.sum(axis=0) / n["D"] - h * (d * h).sum(axis=0) / n["D"])
        ),
        "gamma * (grad_output - grad_output.sum(axis=0) / D"
        " - x_hat * (grad_output * x_hat).sum(axis=0) / D) / std",
    ),
]


def _att(written: Callable[..., Array], read: str) -> Row:
    return Row(layers.attention, written, read)


SLOPE = "A * (grad_output @ V.T - (A * (grad_output @ V.T)).sum(axis=1, keepdims=True))"
ATTENTION = [
    _att(lambda Q, K, V, A, d, n: A.T @ d, "A.T @ grad_output"),
    _att(lambda Q, K, V, A, d, n: A @ V, "A @ V"),
    _att(lambda Q, K, V, A, d, n: d @ V.T, "grad_output @ V.T"),
    _att(lambda Q, K, V, A, d, n: A * (d @ V.T), "A * (grad_output @ V.T)"),
    _att(lambda Q, K, V, A, d, n: _attention_slope(A, d @ V.T), SLOPE),
    _att(lambda Q, K, V, A, d, n: (d @ V.T) @ K, "grad_output @ V.T @ K"),
    _att(
        lambda Q, K, V, A, d, n: (d @ V.T) @ K / np.sqrt(n["d_k"]),
        "grad_output @ V.T @ K / np.sqrt(d_k)",
    ),
    _att(
        lambda Q, K, V, A, d, n: (A * (d @ V.T)) @ K / np.sqrt(n["d_k"]),
        "(A * (grad_output @ V.T)) @ K / np.sqrt(d_k)",
    ),
    _att(
        lambda Q, K, V, A, d, n: ((d @ V.T) * A * (1 - A)) @ K / np.sqrt(n["d_k"]),
        "(A * (grad_output @ V.T) * (1 - A)) @ K / np.sqrt(d_k)",
    ),
    _att(lambda Q, K, V, A, d, n: _attention_slope(A, d @ V.T) @ K, f"({SLOPE}) @ K"),
    _att(
        lambda Q, K, V, A, d, n: _attention_slope(A, d @ V.T) @ K / np.sqrt(n["d_k"]),
        f"({SLOPE}) @ K / np.sqrt(d_k)",
    ),
    _att(
        lambda Q, K, V, A, d, n: _attention_slope(A, d @ V.T) @ K / n["d_k"], f"({SLOPE}) @ K / d_k"
    ),
    _att(lambda Q, K, V, A, d, n: _attention_slope(A, d @ V.T).T @ Q, f"({SLOPE}).T @ Q"),
    _att(lambda Q, K, V, A, d, n: Q @ K.T, "Q @ K.T"),
]

DROPOUT = [
    Row(layers.dropout, lambda x, m, y, d, n: d, "grad_output"),
    Row(layers.dropout, lambda x, m, y, d, n: d * m, "grad_output * mask"),
    Row(layers.dropout, lambda x, m, y, d, n: d * m / n["keep"], "grad_output * mask / keep"),
    Row(layers.dropout, lambda x, m, y, d, n: d / n["keep"], "grad_output / keep"),
    Row(layers.dropout, lambda x, m, y, d, n: d * m * n["keep"], "keep * grad_output * mask"),
    Row(layers.dropout, lambda x, m, y, d, n: d * y, "grad_output * output"),
    Row(layers.dropout, lambda x, m, y, d, n: d * m * x, "keep * grad_output * output"),
]

EMBEDDING = [
    Row(layers.embedding, lambda W, h, d, y, n: h.T @ d, "one_hot.T @ grad_output"),
    Row(layers.embedding, lambda W, h, d, y, n: d, "grad_output"),
    Row(layers.embedding, lambda W, h, d, y, n: h.T @ d / n["N"], "one_hot.T @ grad_output / N"),
    Row(layers.embedding, lambda W, h, d, y, n: h.T @ y, "one_hot.T @ output"),
    Row(layers.embedding, lambda W, h, d, y, n: h.T @ d * W, "W * (one_hot.T @ grad_output)"),
]

NETWORK = [
    Row(
        layers.network,
        lambda x, W1, z1, a1, W2, d, n: x.T @ (d @ W2.T * (z1 > 0)),
        "x.T @ ((grad_output @ W2.T) * (z1 > 0))",
    ),
    Row(
        layers.network,
        lambda x, W1, z1, a1, W2, d, n: x.T @ (d @ W2.T),
        "x.T @ grad_output @ W2.T",
    ),
    Row(
        layers.network,
        lambda x, W1, z1, a1, W2, d, n: x.T @ (d @ W2.T * a1),
        "x.T @ (a1 * (grad_output @ W2.T))",
    ),
    Row(layers.network, lambda x, W1, z1, a1, W2, d, n: z1.T @ d, "z1.T @ grad_output"),
    Row(
        layers.network,
        lambda x, W1, z1, a1, W2, d, n: (d @ W2.T * (z1 > 0)) @ W1.T,
        "((grad_output @ W2.T) * (z1 > 0)) @ W1.T",
    ),
    Row(
        layers.network, lambda x, W1, z1, a1, W2, d, n: d @ W2.T @ W1.T, "grad_output @ W2.T @ W1.T"
    ),
    Row(
        layers.network,
        lambda x, W1, z1, a1, W2, d, n: (d @ W2.T * (z1 > 0)).sum(axis=0),
        "((grad_output @ W2.T) * (z1 > 0)).sum(axis=0)",
    ),
]

# Whole losses, forward passes, more axes, fewer axes.
OTHERS = [
    Row(
        layers.cross_entropy,
        lambda z, p, y, n: -(y * np.log(p)).sum() / n["N"],
        "-(y * np.log(p)).sum() / N",
    ),
    Row(layers.cross_entropy, lambda z, p, y, n: -(y * np.log(p)).sum(), "-(y * np.log(p)).sum()"),
    Row(
        layers.cross_entropy, lambda z, p, y, n: -(y * np.log(p)).mean(), "-(y * np.log(p)).mean()"
    ),
    Row(
        layers.squared_error,
        lambda p, t, n: ((p - t) ** 2).mean(),
        "((prediction - target) ** 2).mean()",
    ),
    Row(
        layers.squared_error,
        lambda p, t, n: ((p - t) ** 2).sum() / 2 / n["N"],
        "((prediction - target) ** 2).sum() / (2 * N)",
    ),
    _softmax_row(
        lambda z, p, d, n: np.exp(z) / np.exp(z).sum(axis=0), "np.exp(z) / np.exp(z).sum(axis=0)"
    ),
    _softmax_row(lambda z, p, d, n: np.exp(z) / np.exp(z).sum(), "np.exp(z) / np.exp(z).sum()"),
    _linear(lambda x, W, b, d, y, n: x @ (W + b), "x @ (W + b)"),
    _linear(lambda x, W, b, d, y, n: x.T @ d / n["N"] + W, "x.T @ grad_output / N + W"),
    _linear(
        lambda x, W, b, d, y, n: np.outer(x.mean(axis=0), d.mean(axis=0)),
        "grad_output.mean(axis=0) * x.T.mean(axis=1, keepdims=True)",
    ),
    _norm(LN, lambda x, mu, **_: x - mu, "x - mu"),
    _norm(LN, lambda x, s, **_: x / s, "x / std"),
    Row(
        layers.leaky_relu,
        lambda x, d, n: d * np.where(x > 0, 1, n["slope"]),
        "grad_output * ((x > 0) + slope * (x <= 0))",
    ),
    Row(layers.leaky_relu, lambda x, d, n: n["slope"] * d, "slope * grad_output"),
    Row(layers.tokens, lambda x, W, d, n: d.sum(axis=(0, 1)), "grad_output.sum(axis=(0, 1))"),
    Row(layers.tokens, lambda x, W, d, n: d.sum(axis=0), "grad_output.sum(axis=0)"),
    Row(layers.tokens, lambda x, W, d, n: d @ W.T, "grad_output @ W.T"),
    Row(
        layers.tokens,
        lambda x, W, d, n: np.einsum("btd,btm->dm", x, d) / n["B"],
        "(x.swapaxes(-1, -2) @ grad_output).mean(axis=0)",
    ),
    Row(layers.vectors, lambda x, W, d, n: np.outer(x, d), "np.outer(x, grad_output)"),
    Row(layers.vectors, lambda x, W, d, n: np.outer(d, x), "np.outer(grad_output, x)"),
    Row(layers.vectors, lambda x, W, d, n: W @ d, "W @ grad_output"),
]

TABLE = [
    *LINEAR,
    *RELU,
    *SIGMOID,
    *TANH,
    *SOFTMAX,
    *CROSS_ENTROPY,
    *NORM,
    *ATTENTION,
    *DROPOUT,
    *EMBEDDING,
    *NETWORK,
    *OTHERS,
]
