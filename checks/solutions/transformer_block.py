"""Reference for `transformer_block`: every fork of forward is an addition here.

The two residuals are forks at x and at middle: one way is a copy, the other leads through a
branch, and what comes back along both is added. The third fork is norm1's output, which query,
key and value read. Everything else is a chain: the parts in reverse order, each given what the
part after it returned.
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
        """Set the gradients of all parts' parameters; return grad_input (N, T, D)."""
        grad_y = grad_output.reshape(-1, grad_output.shape[2])
        grad_middle = grad_y + self._through_mlp(grad_y)
        grad_rows = grad_middle + self._through_attention(grad_middle, grad_output.shape)
        return grad_rows.reshape(grad_output.shape)

    def _through_mlp(self, grad):
        """From the second branch's output (N·T, D) back to middle, without the identity path."""
        grad = self.relu.backward(self.contract.backward(grad))
        return self.norm2.backward(self.expand.backward(grad))

    def _through_attention(self, grad, shape):
        """From the first branch's output (N·T, D) back to x, without the identity path."""
        grad_heard = self.project.backward(grad).reshape(shape)
        grad_normed = self._join(*self.attention.backward(grad_heard))
        return self.norm1.backward(grad_normed)

    def _join(self, grad_Q, grad_K, grad_V):
        """What norm1's three readers send back, added: (N·T, D)."""
        rows = -1, grad_Q.shape[2]
        through_query = self.query.backward(grad_Q.reshape(rows))
        through_key = self.key.backward(grad_K.reshape(rows))
        return through_query + through_key + self.value.backward(grad_V.reshape(rows))
