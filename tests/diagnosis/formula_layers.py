"""Layers with the cases that a check would have, and wrong gradients that learners write.

Each layer makes samples without targets; a mistake is a function of a sample's leaves and sizes,
with the formula that should be read from its numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from tutor.diagnosis.formula.samples import Sample

Array = NDArray[np.float64]
Quantities = Mapping[str, Array]
Mistake = Callable[..., Array]


def linear(rng: np.random.Generator) -> list[Sample]:
    sizes = [(4, 3, 5), (3, 3, 3), (1, 4, 2), (4, 1, 1), (3, 2, 4), (4, 3, 2), (200, 3, 2)]
    samples = []
    for n, d, m in [*sizes, (3, 4, 2), (3, 4, 2)]:
        x, W, b = rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=m)
        if (n, d, m) == (3, 2, 4):
            x, W = np.array([[0.0, 0.0], [1.5, -0.5], [0.0, 2.0]]), np.zeros((2, 4))
        if len(samples) == 7:
            x, W, b = 1e4 * x, 1e4 * W, 1e4 * b
        leaves = {"x": x, "W": W, "b": b, "grad_output": rng.normal(size=(n, m))}
        leaves["output"] = x @ W + b
        samples.append(Sample(np.zeros(1), leaves, {"N": n, "D": d, "M": m}))
    return samples


def relu(rng: np.random.Generator) -> list[Sample]:
    shapes = [(4, 3), (2, 3), (2, 4), (2, 3), (1, 6), (7,), (2, 3, 2, 2), (4, 4), (200, 1), (3, 4)]
    samples = []
    for shape in shapes:
        x = rng.choice([-1.0, 1.0], size=shape) * rng.uniform(0.2, 2.0, size=shape)
        if shape == (2, 3) and len(samples) == 1:
            x = np.array([[0.0, 1.5, -0.0], [-0.5, 0.0, 0.7]])
        if shape == (2, 4):
            x = np.array([[5e-324, 1e-12, 1e-8, 1e-3], [-5e-324, -1e-12, -1e-8, -1e-3]])
        leaves = {"x": x, "grad_output": rng.normal(size=shape), "output": np.maximum(x, 0)}
        samples.append(Sample(np.zeros(1), leaves, {"N": shape[0]}))
    return samples


def sigmoid(rng: np.random.Generator) -> list[Sample]:
    return _elementwise(rng, lambda x: 1 / (1 + np.exp(-x)))


def tanh(rng: np.random.Generator) -> list[Sample]:
    return _elementwise(rng, np.tanh)


def exponential(rng: np.random.Generator) -> list[Sample]:
    return _elementwise(rng, np.exp)


def _elementwise(rng: np.random.Generator, f: Callable[[Array], Array]) -> list[Sample]:
    samples = []
    for shape in [(4, 3), (2, 3), (1, 6), (7,), (4, 4), (200, 1), (3, 4)]:
        x = rng.normal(size=shape)
        leaves = {"x": x, "output": f(x), "grad_output": rng.normal(size=shape)}
        samples.append(Sample(np.zeros(1), leaves, {"N": shape[0]}))
    return samples


def _softmax(z: Array) -> Array:
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


LOGITS = (
    np.array([[1000.0, 999.0, 998.5], [997.5, 1000.0, -1000.0]]),
    np.array([[1000.0, 999.5, 998.0], [-1000.0, -999.0, -1001.5], [0.3, -0.2, 1.1]]),
    np.array([[-1000.0, 1000.0, 999.0, -1000.0], [1000.0, -1000.0, -1000.0, -1000.0]]),
)


def _logits(rng: np.random.Generator) -> list[Array]:
    shapes = [(5, 3), (4, 4), (1, 5), (2, 6), (200, 3), (3, 4), (2, 5)]
    return [rng.normal(size=shape) for shape in shapes] + [np.zeros((3, 2)), *LOGITS]


def softmax(rng: np.random.Generator) -> list[Sample]:
    samples = []
    for z in _logits(rng):
        leaves = {"z": z, "p": _softmax(z), "grad_output": rng.normal(size=z.shape)}
        samples.append(Sample(np.zeros(1), leaves, {"N": len(z), "C": z.shape[1]}))
    return samples


def cross_entropy(rng: np.random.Generator) -> list[Sample]:
    samples = []
    for z in _logits(rng):
        y = np.eye(z.shape[1])[rng.integers(z.shape[1], size=len(z))]
        leaves = {"logits": z, "p": _softmax(z), "y": y}
        samples.append(Sample(np.zeros(1), leaves, {"N": len(z), "C": z.shape[1]}))
    return samples


def _normalised(rng: np.random.Generator, axis: int) -> list[Sample]:
    samples = []
    for n, d in [(4, 5), (3, 3), (6, 2), (2, 7), (50, 3), (5, 4)]:
        x, gamma, beta = rng.normal(size=(n, d)), rng.normal(size=d), rng.normal(size=d)
        mu = x.mean(axis=axis, keepdims=axis == 1)
        std = np.sqrt(x.var(axis=axis, keepdims=axis == 1) + 1e-5)
        x_hat = (x - mu) / std
        leaves = {"x": x, "gamma": gamma, "beta": beta, "mu": mu, "std": std, "x_hat": x_hat}
        leaves |= {"grad_output": rng.normal(size=(n, d)), "output": gamma * x_hat + beta}
        samples.append(Sample(np.zeros(1), leaves, {"N": n, "D": d}))
    return samples


def layer_norm(rng: np.random.Generator) -> list[Sample]:
    return _normalised(rng, 1)


def batch_norm(rng: np.random.Generator) -> list[Sample]:
    return _normalised(rng, 0)


def attention(rng: np.random.Generator) -> list[Sample]:
    samples = []
    for n, m, d, v in [(4, 5, 3, 2), (3, 3, 3, 3), (2, 4, 3, 5), (1, 3, 2, 2), (6, 5, 4, 3)]:
        Q, K, V = rng.normal(size=(n, d)), rng.normal(size=(m, d)), rng.normal(size=(m, v))
        A = _softmax(Q @ K.T / np.sqrt(d))
        leaves = {"Q": Q, "K": K, "V": V, "A": A, "grad_output": rng.normal(size=(n, v))}
        samples.append(Sample(np.zeros(1), leaves, {"N": n, "d_k": d}))
    return samples


def dropout(rng: np.random.Generator) -> list[Sample]:
    samples = []
    for shape, keep in [((4, 3), 0.8), ((2, 6), 0.5), ((5, 5), 0.7), ((30, 2), 0.9), ((7,), 0.6)]:
        x, mask = rng.normal(size=shape), (rng.uniform(size=shape) < keep) * 1.0
        leaves = {"x": x, "mask": mask, "output": x * mask / keep}
        leaves["grad_output"] = rng.normal(size=shape)
        samples.append(Sample(np.zeros(1), leaves, {"N": shape[0], "keep": keep}))
    return samples


def embedding(rng: np.random.Generator) -> list[Sample]:
    samples = []
    for n, v, d in [(5, 7, 3), (3, 3, 3), (6, 4, 2), (40, 5, 3), (2, 6, 4)]:
        one_hot = np.eye(v)[rng.integers(v, size=n)]
        leaves = {"W": rng.normal(size=(v, d)), "one_hot": one_hot}
        leaves |= {"grad_output": rng.normal(size=(n, d)), "output": one_hot @ leaves["W"]}
        samples.append(Sample(np.zeros(1), leaves, {"N": n, "V": v, "D": d}))
    return samples


def network(rng: np.random.Generator) -> list[Sample]:
    """Two linear layers with a ReLU between them."""
    samples = []
    for n, d, h, c in [(4, 3, 5, 2), (3, 3, 3, 3), (1, 4, 2, 3), (6, 2, 4, 3), (30, 3, 4, 2)]:
        x, W1, W2 = rng.normal(size=(n, d)), rng.normal(size=(d, h)), rng.normal(size=(h, c))
        z1 = x @ W1
        leaves = {"x": x, "W1": W1, "z1": z1, "a1": np.maximum(z1, 0), "W2": W2}
        leaves["grad_output"] = rng.normal(size=(n, c))
        samples.append(Sample(np.zeros(1), leaves, {"N": n, "D": d}))
    return samples


def squared_error(rng: np.random.Generator) -> list[Sample]:
    samples = []
    for n, d in [(4, 3), (3, 3), (1, 5), (7, 2), (30, 2)]:
        leaves = {"prediction": rng.normal(size=(n, d)), "target": rng.normal(size=(n, d))}
        samples.append(Sample(np.zeros(1), leaves, {"N": n, "D": d}))
    return samples


def logistic(rng: np.random.Generator) -> list[Sample]:
    """Binary cross-entropy on a sigmoid."""
    samples = []
    for n in (5, 3, 8, 1, 20):
        z, y = rng.normal(size=n), (rng.uniform(size=n) < 0.5) * 1.0
        leaves = {"z": z, "p": 1 / (1 + np.exp(-z)), "y": y}
        samples.append(Sample(np.zeros(1), leaves, {"N": n}))
    return samples


def leaky_relu(rng: np.random.Generator) -> list[Sample]:
    samples = []
    for shape, slope in [
        ((4, 3), 0.01),
        ((2, 3), 0.2),
        ((1, 6), 0.1),
        ((7,), 0.01),
        ((30, 2), 0.3),
    ]:
        leaves = {"x": rng.normal(size=shape), "grad_output": rng.normal(size=shape)}
        samples.append(Sample(np.zeros(1), leaves, {"N": shape[0], "slope": slope}))
    return samples


def tokens(rng: np.random.Generator) -> list[Sample]:
    """A linear layer on batches of sequences, three axes."""
    samples = []
    for b, t, d, m in [(2, 3, 4, 5), (3, 2, 2, 4), (1, 4, 3, 3), (4, 2, 3, 2)]:
        leaves = {"x": rng.normal(size=(b, t, d)), "W": rng.normal(size=(d, m))}
        leaves["grad_output"] = rng.normal(size=(b, t, m))
        samples.append(Sample(np.zeros(1), leaves, {"B": b, "T": t}))
    return samples


def vectors(rng: np.random.Generator) -> list[Sample]:
    """A linear layer on one input without a batch axis."""
    samples = []
    for d, m in [(3, 5), (2, 4), (4, 3)]:
        leaves = {"x": rng.normal(size=d), "W": rng.normal(size=(d, m))}
        leaves["grad_output"] = rng.normal(size=m)
        samples.append(Sample(np.zeros(1), leaves))
    return samples
