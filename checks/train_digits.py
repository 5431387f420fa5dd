"""Does the learner's network read digits that it has never seen?

Nothing is compared with the reference here: there are many good ways to train, and 90 % on images
that were held out is what each of them reaches. A softmax on raw pixels reaches it, too; a network
that did not learn does not.

If BP_TUTOR_MNIST names a folder with the four IDX files of MNIST (plain or .gz), these are read in
place of the 8 × 8 digits that ship with the course.
"""

import gzip
import math
import os
import struct
from pathlib import Path

import numpy as np

from tutor.spec import Case, at_least, follow

gradients = {}

ENOUGH = 0.90
DIGITS = Path(__file__).parent / "data" / "digits.npz"
HELD_OUT = 360
MNIST_ROWS = {"train": 5_000, "t10k": 1_000}  # 28 × 28 pixels each: 31 MB to send to the worker
UNSIGNED_BYTES = 0x08


def cases(_):
    mnist = os.environ.get("BP_TUTOR_MNIST")
    images, labels = mnist_digits(Path(mnist)) if mnist else shipped_digits()
    yield digits_case("digits that the network has never seen", images, labels)
    if not mnist:
        inner = images.reshape(-1, 8, 8)[:, :, 1:7].reshape(-1, 48)
        yield digits_case("images of 48 pixels: the size comes from X", inner, labels)


def digits_case(name, images, labels):
    """The last rows are held out. See data/README.md for what that means."""
    held_out = HELD_OUT if len(images) < MNIST_ROWS["train"] else MNIST_ROWS["t10k"]
    return Case(
        name,
        X=images[:-held_out],
        y=labels[:-held_out],
        held_out=images[-held_out:],
        answers=labels[-held_out:],
    )


def shipped_digits():
    """Images (1797, 64) from 0 to 1 and labels (1797,)."""
    # allow_pickle=False, and a file of this repository: two plain arrays of bytes.
    with np.load(DIGITS, allow_pickle=False) as file:  # noqa: TID251
        return file["images"] / 16.0, file["labels"].astype(int)


def mnist_digits(folder):
    """Images (6000, 784) from 0 to 1 and labels (6000,), those to hold out at the end."""
    images = [idx(folder, f"{part}-images-idx3-ubyte", n) for part, n in MNIST_ROWS.items()]
    labels = [idx(folder, f"{part}-labels-idx1-ubyte", n) for part, n in MNIST_ROWS.items()]
    flat = np.concatenate([each.reshape(len(each), -1) for each in images])
    return flat / 255.0, np.concatenate(labels).astype(int)


def idx(folder, name, rows):
    """The first rows of an IDX file of bytes: a magic number, the sizes, then the bytes."""
    plain, packed = folder / name, folder / f"{name}.gz"
    if not (plain.exists() or packed.exists()):
        raise ValueError(f"BP_TUTOR_MNIST: there is no {name} and no {name}.gz in {folder}")
    with open(plain, "rb") if plain.exists() else gzip.open(packed, "rb") as file:
        zeros, kind, axes = struct.unpack(">HBB", file.read(4))
        if (zeros, kind) != (0, UNSIGNED_BYTES) or axes not in (1, 3):
            raise ValueError(f"{file.name} is no IDX file of bytes")
        _, *sizes = struct.unpack(f">{axes}I", file.read(4 * axes))
        if sizes not in ([], [28, 28]):
            raise ValueError(f"{file.name} holds no images of 28 × 28 pixels")
        wanted = rows * math.prod(sizes)
        data = file.read(wanted)
    if len(data) < wanted:
        raise ValueError(f"{file.name} holds fewer than {rows} rows")
    return np.frombuffer(data, np.uint8).reshape(rows, *sizes)


def probe(learner, case):
    net = learner.train(case.X, case.y, follow("loss"))
    logits = net.forward(case.held_out)
    yield "shape of the logits", np.array(np.shape(logits))  # the numbers are each network's own
    right = logits.argmax(axis=1) == case.answers
    yield "accuracy", at_least(float(right.mean()), ENOUGH)
