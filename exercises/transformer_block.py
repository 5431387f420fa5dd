"""A transformer block, backward: layers that you know, in an order that you can read.

    x              (N, T, D)     N sequences of T tokens, D numbers for each token
    grad_output    (N, T, D)     ∂L/∂y

    forward     middle = x + project(attention(query(n), key(n), value(n)))    n = norm1(x)
                y      = middle + contract(relu(expand(norm2(middle))))

    backward    the parts in reverse order; an addition wherever forward has a fork

`query`, `key`, `value` and `project` are Linear(D, D), `expand` is Linear(D, hidden), `contract`
is Linear(hidden, D). Linear, ReLU and LayerNorm work on rows, so they are given (N·T, D): one row
for each token. Only attention sees (N, T, D).

The parts are complete. You may put your own in their place.
"""

import numpy as np


class Linear:
    """y = x · W + b for rows x (R, in)."""

    def __init__(self, in_features, out_features):
        scale = np.sqrt(1.0 / in_features)
        self.W = np.random.default_rng().normal(scale=scale, size=(in_features, out_features))
        self.b = np.zeros(out_features)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad_output):
        self.grad_W = self.x.T @ grad_output
        self.grad_b = grad_output.sum(axis=0)
        return grad_output @ self.W.T


class ReLU:
    """max(0, x), entry by entry."""

    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, grad_output):
        return grad_output * self.mask


class LayerNorm:
    """Rows x (R, D) brought to mean 0 and variance 1, then gamma · x_hat + beta."""

    def __init__(self, dim, eps=1e-5):
        self.gamma = np.ones(dim)
        self.beta = np.zeros(dim)
        self.eps = eps

    def forward(self, x):
        self.sigma = np.sqrt(x.var(axis=1, keepdims=True) + self.eps)
        self.x_hat = (x - x.mean(axis=1, keepdims=True)) / self.sigma
        return self.gamma * self.x_hat + self.beta

    def backward(self, grad_output):
        self.grad_gamma = (grad_output * self.x_hat).sum(axis=0)
        self.grad_beta = grad_output.sum(axis=0)
        g = grad_output * self.gamma
        along_x_hat = (g * self.x_hat).mean(axis=1, keepdims=True)
        return (g - g.mean(axis=1, keepdims=True) - self.x_hat * along_x_hat) / self.sigma


class ScaledDotProductAttention:
    """softmax(Q · Kᵀ / √d) · V for Q, K, V (N, T, d)."""

    def forward(self, Q, K, V):
        self.Q, self.K, self.V = Q, K, V
        self.scale = 1.0 / np.sqrt(Q.shape[2])
        S = Q @ K.transpose(0, 2, 1) * self.scale
        e = np.exp(S - S.max(axis=2, keepdims=True))
        self.A = e / e.sum(axis=2, keepdims=True)
        return self.A @ V

    def backward(self, grad_output):
        grad_A = grad_output @ self.V.transpose(0, 2, 1)
        grad_S = self.A * (grad_A - (self.A * grad_A).sum(axis=2, keepdims=True))
        grad_Q = grad_S @ self.K * self.scale
        grad_K = grad_S.transpose(0, 2, 1) @ self.Q * self.scale
        grad_V = self.A.transpose(0, 2, 1) @ grad_output
        return grad_Q, grad_K, grad_V


class TransformerBlock:
    """A pre-norm block: attention, then two linear layers with a ReLU, each with a residual."""

    def __init__(self, dim, hidden):
        self.norm1 = LayerNorm(dim)
        self.query = Linear(dim, dim)
        self.key = Linear(dim, dim)
        self.value = Linear(dim, dim)
        self.attention = ScaledDotProductAttention()
        self.project = Linear(dim, dim)
        self.norm2 = LayerNorm(dim)
        self.expand = Linear(dim, hidden)
        self.relu = ReLU()
        self.contract = Linear(hidden, dim)

    def forward(self, x):
        """Return y (N, T, D) for x (N, T, D)."""
        rows = x.reshape(-1, x.shape[2])  # (N·T, D): to these parts each token is a row

        normed = self.norm1.forward(rows)
        Q = self.query.forward(normed).reshape(x.shape)
        K = self.key.forward(normed).reshape(x.shape)
        V = self.value.forward(normed).reshape(x.shape)
        heard = self.attention.forward(Q, K, V).reshape(rows.shape)
        middle = rows + self.project.forward(heard)

        widened = self.relu.forward(self.expand.forward(self.norm2.forward(middle)))
        y = middle + self.contract.forward(widened)
        return y.reshape(x.shape)

    def backward(self, grad_output):
        """Call backward of all ten parts, last one first; return grad_input (N, T, D)."""
        raise NotImplementedError("TODO: return grad_input, with every part's gradients set")
