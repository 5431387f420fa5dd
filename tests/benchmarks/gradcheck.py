"""torch.autograd.gradcheck on what the referee's benchmark judges.

    python -m tests.benchmarks.gradcheck element|array

checks the benchmark's network with that part of its gradient wrong; it is a process of its own so
that it can be stopped.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.benchmarks.networks import TAMPERING, Arrays, Network

INSTALLED = importlib.util.find_spec("torch") is not None
READY = "ready"


def of_network(network: Network, names: tuple[str, ...], *, fast: bool) -> bool:
    """Check the gradients of the loss by some of the parameters, in float64."""
    torch, tensors = _tensors(network.parameters)
    x, labels = torch.from_numpy(network.x), torch.from_numpy(network.labels)

    def loss(*given: Any) -> Any:
        p = tensors | dict(zip(names, given, strict=True))
        hidden = torch.relu(x @ p["W1"] + p["b1"])
        return torch.nn.functional.cross_entropy(hidden @ p["W2"] + p["b2"], labels)

    return _gradcheck(loss, [tensors[name] for name in names], fast=fast)


def of_layer(kind: str, at: Arrays, labels: np.ndarray | None) -> bool:
    """Check a layer by all its inputs, in the fast mode."""
    torch, tensors = _tensors(at)
    layers: dict[str, Callable[..., Any]] = {
        "linear": lambda x, weights, b: x @ weights + b,
        "relu": torch.relu,
        "softmax": lambda x: torch.softmax(x, dim=1),
        "cross-entropy": lambda x: torch.nn.functional.cross_entropy(x, torch.from_numpy(labels)),
    }
    return _gradcheck(layers[kind], list(tensors.values()), fast=True)


def of_wrong_network(network: Network, part: str) -> bool:
    """Check all parameters of a network whose backward gives wrong numbers, in the fast mode."""
    torch, tensors = _tensors(network.parameters)
    wrong = TAMPERING[part](network.gradients())
    arrays = list(network.parameters)

    class Wrong(torch.autograd.Function):  # type: ignore[name-defined, misc]
        @staticmethod
        def forward(ctx: Any, *given: Any) -> Any:
            moved = dict(zip(arrays, (each.detach().numpy() for each in given), strict=True))
            return torch.tensor(network.loss(moved))

        @staticmethod
        def backward(ctx: Any, grad_output: Any) -> Any:
            return tuple(grad_output * torch.from_numpy(wrong[name]) for name in arrays)

    return _gradcheck(Wrong.apply, list(tensors.values()), fast=True)


def _tensors(arrays: Arrays) -> tuple[Any, dict[str, Any]]:
    import torch  # optional, and slow to import

    torch.set_num_threads(1)
    return torch, {name: torch.from_numpy(array).requires_grad_() for name, array in arrays.items()}


def _gradcheck(function: Callable[..., Any], inputs: list[Any], *, fast: bool) -> bool:
    import torch

    return bool(torch.autograd.gradcheck(function, inputs, fast_mode=fast, raise_exception=True))


def main() -> None:
    network = Network()
    of_network(network, ("b2",), fast=True)  # everything is imported
    print(READY, flush=True)
    try:
        of_wrong_network(network, sys.argv[1])
    except RuntimeError as error:
        print(f"rejects it: {str(error).splitlines()[0]}", flush=True)
    else:
        print("passes it", flush=True)


if __name__ == "__main__":
    main()
