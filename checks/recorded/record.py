"""Records gradients from PyTorch's autograd: `python checks/recorded/record.py [NAME ...]`.

For each exercise that PyTorch has an operation for, a file beside this one has a module of the
same interface in which PyTorch does the work: forward builds a graph, backward asks autograd. The
check's own probe is played with it on the check's own cases, and what it yields is written to
`NAME.npz`, with a fingerprint of the inputs.

Needs the extra `torch` (pip install -e '.[torch]'); the tutor itself reads the recordings only.
"""

from __future__ import annotations

import sys
from pathlib import Path

import graphs
import layer_types
import layers
import networks
import numpy as np
import torch

from tutor.checking.expectations import INPUTS, SEED
from tutor.course.loader import Course
from tutor.course.recording import write_recording

FOLDER = Path(__file__).parent
MODULES = layers.MODULES | networks.MODULES | graphs.MODULES | layer_types.MODULES
MOST_NUMBERS = 10_000  # larger cases measure time or memory; their gradients would fill megabytes


def recording(check, module):
    """What PyTorch gives for every case that is not too large, by case and array."""
    return {
        case.name: {
            INPUTS: np.frombuffer(case.fingerprint(), np.uint8),
            **{name: as_array(value) for name, value in check.probe(module, case)},
        }
        for case in check.cases(np.random.default_rng(SEED))
        if numbers_in(case) <= MOST_NUMBERS
    }


def numbers_in(case):
    return sum(getattr(getattr(case, name), "size", 1) for name in case)


def as_array(value):
    return value.detach().numpy() if torch.is_tensor(value) else np.asarray(value)


def main(names):
    torch.set_num_threads(1)  # sums over several threads may round in another order
    if unknown := {*names} - {*MODULES}:
        sys.exit(f"No file here has a module for: {', '.join(sorted(unknown))}")
    course = Course.load(FOLDER.parents[1])
    for name in names or MODULES:
        path = FOLDER / f"{name}.npz"
        path.unlink(missing_ok=True)  # or the check would be loaded with what it held
        write_recording(path, recording(course.check(name), MODULES[name]))
        sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
