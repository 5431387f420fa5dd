"""Your first save: change one line, save the file, and read the verdict.

    double(x) = 2 · x

x is a number or a NumPy array of any shape; the answer has the same shape.
"""


def double(x):
    """Return twice x."""
    # TODO: this returns x as it came. Change the next line, then save.
    return x
