"""Arrays and generators that remember how they are to travel to learner code."""

from __future__ import annotations

from typing import Any

import numpy as np


class LentArray(np.ndarray[Any, Any]):
    """An array that the callee may write to but must hand back unchanged."""


class SeededGenerator(np.random.Generator):
    """A generator that remembers its seed, so that another process can make the same one."""

    def __init__(self, seed: int) -> None:
        super().__init__(np.random.PCG64(seed))
        self.seed = seed
