"""The unit All layer types: normalisation, dropout, tables, images, attention."""

from types import SimpleNamespace

import numpy as np
import torch
from by_autograd import Layer
from torch.nn import functional


class LayerNorm(Layer):
    parameters = ("gamma", "beta")

    def __init__(self, dim, eps):
        self.gamma, self.beta, self.eps = np.ones(dim), np.zeros(dim), eps

    def function(self, x, gamma, beta):
        return functional.layer_norm(x, gamma.shape, gamma, beta, self.eps)


class BatchNorm(LayerNorm):
    def function(self, x, gamma, beta):
        # The one in `functional` refuses a single row. No running averages; the statistics are
        # this batch's.
        return torch.batch_norm(
            x, gamma, beta, None, None, training=True, momentum=0, eps=self.eps, cudnn_enabled=False
        )


class Dropout(Layer):
    """The draws are the generator's that is handed over: PyTorch would draw others."""

    def __init__(self, p, rng):
        self.p, self.rng = p, rng

    def forward(self, x, training=True):
        self.training = training
        return super().forward(x)

    def function(self, x):
        if not self.training:
            return 1.0 * x
        kept = torch.tensor(self.rng.random(x.shape) >= self.p)
        return x * kept / (1.0 - self.p)


class Embedding(Layer):
    parameters = ("W",)

    def __init__(self, num, dim):
        self.W = np.zeros((num, dim))

    def function(self, ids, W):
        return functional.embedding(ids, W)


class Conv2d(Layer):
    parameters = ("W", "b")

    def __init__(self, _in_channels, _out_channels, _kernel_size, stride, padding):
        self.stride, self.padding = stride, padding

    def function(self, x, W, b):
        return functional.conv2d(x, W, b, self.stride, self.padding)


class MaxPool2d(Layer):
    def __init__(self, kernel_size):
        self.kernel_size = kernel_size

    def function(self, x):
        return functional.max_pool2d(x, self.kernel_size)


class ScaledDotProductAttention(Layer):
    def function(self, Q, K, V):
        return functional.scaled_dot_product_attention(Q, K, V)


class TransformerBlock(Layer):
    """PyTorch's own block. It has query, key and value in one matrix, and every W as (out, in)."""

    linears = ("query", "key", "value", "project", "expand", "contract")
    norms = ("norm1", "norm2")

    def __init__(self, dim, hidden):
        self.block = torch.nn.TransformerEncoderLayer(
            dim, 1, hidden, 0.0, batch_first=True, norm_first=True, dtype=torch.float64
        )
        for part in self.linears + self.norms:
            setattr(self, part, SimpleNamespace())

    def places(self):
        kinds = {"W": self.linears, "b": self.linears, "gamma": self.norms, "beta": self.norms}
        return [(getattr(self, part), kind) for kind, parts in kinds.items() for part in parts]

    def function(self, x, *leaves):
        W, b, gammas_and_betas = [each.T for each in leaves[:6]], leaves[6:12], leaves[12:]
        names = [f"{part}.{kind}" for kind in ("weight", "bias") for part in self.norms]
        weights = dict(zip(names, gammas_and_betas, strict=True))
        weights["self_attn.in_proj_weight"] = torch.cat(W[:3])
        weights["self_attn.in_proj_bias"] = torch.cat(b[:3])
        for number, part in enumerate(("self_attn.out_proj", "linear1", "linear2"), start=3):
            weights |= {f"{part}.weight": W[number], f"{part}.bias": b[number]}
        return torch.func.functional_call(self.block, weights, (x,), strict=True)


MODULES = {
    "layernorm_backward": SimpleNamespace(LayerNorm=LayerNorm),
    "batchnorm_backward": SimpleNamespace(BatchNorm=BatchNorm),
    "dropout_backward": SimpleNamespace(Dropout=Dropout),
    "embedding_backward": SimpleNamespace(Embedding=Embedding),
    "conv2d_backward": SimpleNamespace(Conv2d=Conv2d),
    "maxpool_backward": SimpleNamespace(MaxPool2d=MaxPool2d),
    "attention_backward": SimpleNamespace(ScaledDotProductAttention=ScaledDotProductAttention),
    "transformer_block": SimpleNamespace(TransformerBlock=TransformerBlock),
}
