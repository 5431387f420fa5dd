"""`python -m tutor.worker`: started by the tutor, with pipes on descriptors 0 and 1."""

import os

# One thread: a check's arrays are small, and idle BLAS threads would cost start-up and memory.
for _library in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"

import numpy as np  # noqa: E402 - the setting above comes first

from tutor.worker import serve  # noqa: E402
from tutor.worker.confine import Confinement  # noqa: E402


def rehearse() -> None:
    """The first product, random number and reduction of a process cost 10 ms: pay them now."""
    matrix = np.random.randn(4, 4)
    np.einsum("ij,jk->ik", matrix, np.exp(matrix @ matrix.T)).sum(axis=0)
    np.maximum(np.random.default_rng(0).normal(size=4), 0.0).mean()


if __name__ == "__main__":
    rehearse()
    confinement = Confinement()
    serve.run(confinement.held, confinement.lacking, confinement)
