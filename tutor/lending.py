"""Arguments that mean something more on their way to learner code: lent arrays, seeded generators.

Both are what they look like for the reference, which runs in the tutor's own process.
"""

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
