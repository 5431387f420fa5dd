"""Write digits.npz: the 8×8 digits that come with scikit-learn, as small as they can be.

Run once, with scikit-learn installed; the course itself does not need it:

    python checks/data/export_digits.py

The rows are shuffled once here, because they come in the order of their writers. So a check may
hold out the last rows, and every digit and every writer is in both parts.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

SEED = 0


def main() -> None:
    """Write `images` (1797, 64), grey levels 0 to 16, and `labels` (1797,), both uint8."""
    digits = load_digits()
    order = np.random.default_rng(SEED).permutation(len(digits.target))
    np.savez_compressed(
        Path(__file__).with_name("digits.npz"),
        images=digits.data[order].astype(np.uint8),  # whole numbers from 0 to 16: nothing is lost
        labels=digits.target[order].astype(np.uint8),
    )


if __name__ == "__main__":
    main()
