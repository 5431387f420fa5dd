"""The unit Networks: layers in a row, and the steps that are made with their gradients."""

from types import SimpleNamespace

import torch
from by_autograd import Layer, tensor
from torch.nn import functional


class MLP(Layer):
    """The labels come in at backward, so that is where the loss is put on top of the graph."""

    def __init__(self, sizes):
        self.layers = [SimpleNamespace() for _ in range(2 * len(sizes) - 3)]

    def places(self):
        return [(linear, name) for linear in self.layers[::2] for name in ("W", "b")]

    def function(self, X, W, b, *later):
        values = X @ W + b
        return self.function(torch.relu(values), *later) if later else values

    def backward(self, y):
        return self.go_back(functional.cross_entropy(self.output, tensor(y)))

    def update(self, lr):
        for leaf, (linear, name) in zip(self.leaves, self.places(), strict=True):
            leaf.grad = torch.tensor(getattr(linear, f"grad_{name}"))
        torch.optim.SGD(self.leaves, lr).step()
        for leaf, (linear, name) in zip(self.leaves, self.places(), strict=True):
            setattr(linear, name, leaf.detach().numpy())


class WeightedNetwork(Layer):
    parameters = ("W1", "b1", "W2", "b2", "W3", "b3")

    def __init__(self, _sizes, class_weights):
        self.class_weights = torch.tensor(class_weights)

    def function(self, x, labels, W1, b1, W2, b2, W3, b3):
        h1 = torch.tanh(functional.linear(x, W1, b1))
        h2 = torch.relu(functional.linear(h1, W2, b2))
        logits = functional.linear(h2, W3, b3)
        return functional.cross_entropy(logits, labels, self.class_weights)


class Products(Layer):
    """Matrix products with a ReLU between each two; the parameters are a list."""

    def __init__(self, weights):
        self.owners = [SimpleNamespace(W=W) for W in weights]

    def places(self):
        return [(owner, "W") for owner in self.owners]

    def function(self, x, W, *later):
        return self.function(torch.relu(x @ W), *later) if later else x @ W

    def step(self, x, grad_output):
        self.forward(x)
        return self.backward(grad_output)

    @property
    def grad_weights(self):
        return [owner.grad_W for owner in self.owners]


class Optimizer:
    """One of torch.optim, on leaves that are given their numbers and gradients for each step."""

    def __init__(self, make, lr):
        self.make, self.lr = make, lr
        self.leaves = {}

    def step(self, parameters, gradients):
        if not self.leaves:
            self.leaves = {name: tensor(value) for name, value in parameters.items()}
            self.optimizer = self.make(list(self.leaves.values()), self.lr)
        for name, leaf in self.leaves.items():
            leaf.data, leaf.grad = torch.tensor(parameters[name]), torch.tensor(gradients[name])
        self.optimizer.param_groups[0]["lr"] = self.lr
        self.optimizer.step()
        return {name: leaf.detach().numpy() for name, leaf in self.leaves.items()}


def sgd(lr):
    return Optimizer(torch.optim.SGD, lr)


def momentum(lr, beta=0.9):
    return Optimizer(lambda leaves, lr: torch.optim.SGD(leaves, lr, momentum=beta), lr)


def adam(lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    return Optimizer(lambda leaves, lr: torch.optim.Adam(leaves, lr, (beta1, beta2), eps), lr)


MODULES = {
    "mlp": SimpleNamespace(MLP=MLP),
    "pytorch_match": SimpleNamespace(Network=WeightedNetwork),
    "memory_efficient": SimpleNamespace(Network=Products),
    "optimizers": SimpleNamespace(SGD=sgd, Momentum=momentum, Adam=adam),
}
