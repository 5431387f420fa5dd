"""Records gradients from PyTorch's autograd: `python checks/recorded/record.py [NAME ...]`.

For each exercise below there is a module of the same interface in which PyTorch does the work:
forward builds a graph, backward asks autograd. The check's own probe is played with it on the
check's own cases, and what it yields is written to `NAME.npz`, with a fingerprint of the inputs.
Needs the extra `torch` (pip install bp-tutor[torch]); the tutor itself reads the recordings only.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch
from torch.nn import functional

from tutor.checking.expectations import INPUTS, SEED
from tutor.course.loader import Course
from tutor.course.recording import write_recording

FOLDER = Path(__file__).parent


def tensor(array):
    """A leaf of the graph, in double precision where it is a gradient's."""
    made = torch.tensor(np.array(array))
    return made.requires_grad_() if made.is_floating_point() else made


class Layer:
    """forward(*inputs) runs `function`; backward(grad_output) asks autograd for everything."""

    parameters: tuple[str, ...] = ()

    def forward(self, *inputs):
        self.inputs = [tensor(each) for each in inputs]
        self.leaves = [tensor(getattr(self, name)) for name in self.parameters]
        self.output = self.function(*self.inputs, *self.leaves)
        return self.output.detach().numpy()

    def backward(self, grad_output=None):
        upstream = None if grad_output is None else torch.tensor(np.array(grad_output))
        asked = [each for each in self.inputs if each.requires_grad]
        found = torch.autograd.grad(self.output, [*asked, *self.leaves], upstream)
        for name, gradient in zip(self.parameters, found[len(asked) :], strict=True):
            setattr(self, f"grad_{name}", gradient.numpy())
        inputs = [gradient.numpy() for gradient in found[: len(asked)]]
        return inputs[0] if len(inputs) == 1 else tuple(inputs) or None


class Linear(Layer):
    parameters = ("W", "b")

    def __init__(self, in_features, out_features):
        self.W, self.b = np.zeros((in_features, out_features)), np.zeros(out_features)

    def function(self, x, W, b):
        return x @ W + b


class ReLU(Layer):
    def function(self, x):
        return torch.relu(x)


class Softmax(Layer):
    def function(self, z):
        return torch.softmax(z, dim=1)


class SoftmaxCrossEntropy(Layer):
    def function(self, logits, labels):
        return functional.cross_entropy(logits, labels)


MODULES = {
    "linear_backward": SimpleNamespace(Linear=Linear),
    "relu_backward": SimpleNamespace(ReLU=ReLU),
    "softmax_backward": SimpleNamespace(Softmax=Softmax),
    "softmax_cross_entropy": SimpleNamespace(SoftmaxCrossEntropy=SoftmaxCrossEntropy),
}


def recording(check, module):
    """What PyTorch gives for every case, by case and array."""
    found = {}
    for case in check.cases(np.random.default_rng(SEED)):
        given = {name: np.asarray(value) for name, value in check.probe(module, case)}
        forward = next(iter(given))
        asked = {*given} if check.traced else {forward, *check.gradients}
        arrays = {name: value for name, value in given.items() if name in asked}
        inputs = np.frombuffer(case.fingerprint(), np.uint8)
        found[case.name] = {INPUTS: inputs, **arrays}
    return found


def main(names):
    course = Course.load(Course.locate(None))
    for name in names or MODULES:
        path = FOLDER / f"{name}.npz"
        write_recording(path, recording(course.check(name), MODULES[name]))
        sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
