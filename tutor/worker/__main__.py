"""`python -m tutor.worker`: started by the tutor, with pipes on descriptors 0 and 1."""

import os

# One thread: a check's arrays are small, and idle BLAS threads would cost start-up and memory.
for _library in ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"

from tutor.worker import serve  # noqa: E402 - the setting above comes first
from tutor.worker.confine import Confinement  # noqa: E402

if __name__ == "__main__":
    confinement = Confinement()
    serve.run(confinement.held, confinement.lacking, confinement.close)
