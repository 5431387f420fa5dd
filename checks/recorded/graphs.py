"""The chain rule and the unit Autograd: PyTorch's graph in place of the learner's."""

from types import SimpleNamespace

import numpy as np
import torch
from by_autograd import tensor
from torch.autograd import forward_ad

# -- computations by hand -----------------------------------------------------------------------


def two_steps(x):
    u = 3.0 * x - 4.0
    return u, u**2


def path(x):
    y = x**2 + 1.0
    z = torch.log(y)
    return y, z, z**2


def branches(x):
    h = torch.stack([2.0 * x, x**2, x + 3.0])
    return h, h[0] * h[1] + h[2] ** 2


def forward(computation):
    return lambda x: computation(tensor(x))


def backward(computation):
    def from_the_loss_to_x(x, *_):
        leaf = tensor(x)
        *steps, loss = computation(leaf)
        return torch.autograd.grad(loss, [*reversed(steps), leaf])

    return from_the_loss_to_x


COMPUTATIONS = {"two_steps": two_steps, "path": path, "branches": branches}

# -- engines ------------------------------------------------------------------------------------

OPERATORS = ("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "matmul")
METHODS = ("relu", "tanh", "exp", "log", "sum", "mean", "reshape")


class Wrapper:
    """A tensor inside; what its operations give is wrapped again."""

    __array_ufunc__ = None  # NumPy leaves `array + wrapper` to us

    def __neg__(self):
        return type(self)(-self.inside)

    def __pow__(self, n):
        return type(self)(self.inside**n)

    def transpose(self):
        return type(self)(self.inside.T)


def operation(name):
    def run(self, *operands, **options):
        if "keepdims" in options:
            options.setdefault("axis", None)  # PyTorch wants to hear which axes are kept
        return type(self)(getattr(self.inside, name)(*map(unwrapped, operands), **options))

    return run


def unwrapped(operand):
    if isinstance(operand, np.ndarray):
        return torch.tensor(operand)
    return operand.inside if isinstance(operand, Wrapper) else operand


for name in (*(f"__{each}__" for each in OPERATORS), *METHODS):
    setattr(Wrapper, name, operation(name))


class Node(Wrapper):
    """A hook writes down what each backward brings, where PyTorch would add it to what was there.

    So `grad` belongs to the latest root that was made of this node, as in the course's engines.
    """

    def __init__(self, data):
        self.inside = data if torch.is_tensor(data) else tensor(data)
        self.data = self.inside.detach()
        self.grad = torch.zeros_like(self.data)
        self.inside.register_hook(self.receive)

    def receive(self, grad):
        self.grad = grad

    def backward(self):
        self.inside.backward(torch.ones_like(self.data), retain_graph=True)


def unbroadcast(grad, shape):
    return torch.tensor(grad).sum_to_size(shape)


forward_ad.enter_dual_level()  # dual tensors live in a level; this one is never left


class Dual(Wrapper):
    """A dual tensor of PyTorch's forward mode."""

    def __init__(self, value, slope=None):
        self.inside = value if slope is None else forward_ad.make_dual(tensor(value), tensor(slope))
        self.value, self.slope = forward_ad.unpack_dual(self.inside)


MODULES = {
    "chain_rule": SimpleNamespace(
        **{name: forward(each) for name, each in COMPUTATIONS.items()},
        **{f"{name}_backward": backward(each) for name, each in COMPUTATIONS.items()},
    ),
    "value_add_mul": SimpleNamespace(Value=Node),
    "value_engine": SimpleNamespace(Value=Node),
    "value_pitfalls": SimpleNamespace(**{f"Engine{letter}": Node for letter in "ABCD"}),
    "forward_mode": SimpleNamespace(Dual=Dual),
    "tensor_engine": SimpleNamespace(Tensor=Node, unbroadcast=unbroadcast),
}
