"""Reference for `first_save`: NumPy's `*` serves numbers and arrays of any shape alike."""


def double(x):
    """Return twice x."""
    return 2 * x
