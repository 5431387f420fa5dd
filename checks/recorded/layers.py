"""The unit Layers: what one layer does, and three of them in a row."""

from types import SimpleNamespace

import numpy as np
import torch
from by_autograd import Layer
from torch.nn import functional


class Linear(Layer):
    parameters = ("W", "b")

    def __init__(self, in_features, out_features):
        self.W, self.b = np.zeros((in_features, out_features)), np.zeros(out_features)

    def function(self, x, W, b):
        return x @ W + b


class ReLU(Layer):
    def function(self, x):
        return torch.relu(x)


class Sigmoid(Layer):
    def function(self, x):
        return torch.sigmoid(x)


class Tanh(Layer):
    def function(self, x):
        return torch.tanh(x)


class Softmax(Layer):
    def function(self, z):
        return torch.softmax(z, dim=1)


class SoftmaxCrossEntropy(Layer):
    def function(self, logits, labels):
        return functional.cross_entropy(logits, labels)


class Centre(Layer):
    def function(self, x):
        return x - x.mean(dim=1, keepdim=True)


class OutByIn(Linear):
    """A linear layer in PyTorch's own layout, W (out, in)."""

    def function(self, x, W, b):
        return functional.linear(x, W, b)


class Scale(Layer):
    parameters = ("gamma",)

    def __init__(self, features):
        self.gamma = np.ones(features)

    def function(self, x, gamma):
        return gamma * x


MODULES = {
    "relu_backward": SimpleNamespace(ReLU=ReLU),
    "linear_backward": SimpleNamespace(Linear=Linear),
    "shape_debugging": SimpleNamespace(Centre=Centre, Linear=OutByIn, Scale=Scale),
    "softmax_backward": SimpleNamespace(Softmax=Softmax),
    "softmax_cross_entropy": SimpleNamespace(SoftmaxCrossEntropy=SoftmaxCrossEntropy),
    "sigmoid_tanh": SimpleNamespace(Sigmoid=Sigmoid, Tanh=Tanh),
}
