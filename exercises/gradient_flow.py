"""How a gradient fares on its way through a deep network: measure, diagnose, cure.

gradients     a list of arrays of any shapes, first layer first
norms         (L,)   the norm of each of them: √ of the sum of all its squared entries

diagnose(norms) is one of four words, the first of these that applies:
    "exploding"    a norm is not finite
    "dead"         a norm is exactly 0
    "vanishing"    norms[0] is below 1/1000 of norms[-1]
    "exploding"    norms[0] is above 1000 times norms[-1]
    "healthy"      else

std of the weights W (fan_in, fan_out) to begin with:
    Xavier    √(2 / (fan_in + fan_out))       He    √(2 / fan_in)

clip_by_norm    norm = √ of the sum of all squared entries of all gradients
                norm > max_norm: every gradient times max_norm / norm
                else: as they were
"""

import numpy as np


def layer_norms(gradients):
    """Return the norm of each gradient, an array (L,)."""
    raise NotImplementedError("TODO: one number for each array")


def diagnose(norms):
    """Return "vanishing", "exploding", "dead" or "healthy" for norms by layer, first first."""
    raise NotImplementedError("TODO: compare the first with the last")


def xavier_std(fan_in, fan_out):
    """Return the std of Xavier's rule."""
    raise NotImplementedError("TODO: one line")


def he_std(fan_in):
    """Return the std of He's rule, for layers in front of a ReLU."""
    raise NotImplementedError("TODO: one line")


def clip_by_norm(gradients, max_norm):
    """Return a list of new arrays whose norm, of all together, is at most max_norm."""
    raise NotImplementedError("TODO: one factor for all of them")
