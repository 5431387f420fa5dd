"""The four levels in words."""

from __future__ import annotations

LEVEL_WORDS: dict[int, str] = {
    1: "a single layer's backward works",
    2: "a multi-layer backward works",
    3: "gradients match the numerical check",
    4: "gradients match PyTorch autograd",
}
