"""What the modules of this folder are made of: a layer that leaves its backward to PyTorch."""

import numpy as np
import torch


def tensor(array):
    """A leaf of the graph. Floats are float64, and ask for their gradient."""
    made = torch.tensor(np.array(array))
    return made.requires_grad_() if made.is_floating_point() else made


class Layer:
    """forward(*inputs) runs `function`; backward(grad_output) asks autograd for everything."""

    parameters: tuple[str, ...] = ()

    def places(self):
        """Who has which parameter, in the order in which `function` takes them."""
        return [(self, name) for name in self.parameters]

    def forward(self, *inputs):
        self.inputs = [tensor(each) for each in inputs]
        self.leaves = [tensor(getattr(owner, name)) for owner, name in self.places()]
        self.output = self.function(*self.inputs, *self.leaves)
        return self.output.detach().numpy()

    def backward(self, grad_output=None):
        return self.go_back(self.output, grad_output)

    def go_back(self, root, grad_output=None):
        """Set every grad_NAME; return the gradient of the input, a tuple if there are several."""
        upstream = None if grad_output is None else torch.tensor(np.array(grad_output))
        asked = [each for each in self.inputs if each.requires_grad]
        found = torch.autograd.grad(root, [*asked, *self.leaves], upstream, retain_graph=True)
        gradients = [each.numpy() for each in found]
        for (owner, name), gradient in zip(self.places(), gradients[len(asked) :], strict=True):
            setattr(owner, f"grad_{name}", gradient)
        return gradients[0] if len(asked) == 1 else tuple(gradients[: len(asked)])
