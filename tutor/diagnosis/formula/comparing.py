"""Forms of a formula that are equal where two formulas are, whatever the order they are written in.

`canon` is one text for all orders of a product or a sum. `addends` multiplies brackets out, so
that p * (d - s) and p * d - p * s are the same list.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from fractions import Fraction

from msgspec import Struct

from tutor.diagnosis.formula.factors import Factor
from tutor.diagnosis.formula.rendering import factor_text, rendered
from tutor.diagnosis.formula.terms import (
    Apply,
    Combination,
    Join,
    One,
    Reduce,
    Term,
    rebuilt,
)

TURNS = frozenset({"T", "swap"})
MEAN = "the length of axis"
Change = Callable[[Term], Term]


class Addend(Struct, frozen=True):
    """One part of a sum: a factor, and what is multiplied and divided there, as sorted texts.

    A mean is a sum here, with one over the length of its axis as a power of the factor.
    """

    factor: Factor = Factor()
    over: tuple[str, ...] = ()
    under: tuple[str, ...] = ()

    @property
    def body(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The addend without its factor."""
        return self.over, self.under

    @property
    def text(self) -> str:
        """The body in one text."""
        return f"{'*'.join(self.over)}/{'*'.join(self.under)}"

    def times(self, other: Addend) -> Addend:
        """The product of both."""
        over, under = sorted(self.over + other.over), sorted(self.under + other.under)
        return Addend(self.factor.times(other.factor), tuple(over), tuple(under))

    def inverse(self) -> Addend:
        """1 over it."""
        return Addend(Factor().over(self.factor), self.under, self.over)


def addends(term: Term, factor: Factor | None = None) -> list[Addend]:
    """factor * term as a sum of products."""
    outer = Addend(factor or Factor())
    return _merged(outer.times(addend) for addend in _addends(term))


def _addends(term: Term) -> list[Addend]:
    match term:
        case Combination():
            return [Addend(f).times(a) for f, t in term.parts for a in _addends(t)]
        case Join(operator="*"):
            return [a.times(b) for a in _addends(term.left) for b in _addends(term.right)]
        case Join(operator="/"):
            below = _merged(_addends(term.right))
            under = below[0].inverse() if len(below) == 1 else Addend(under=(canon(term.right),))
            return [a.times(under) for a in _addends(term.left)]
        case Join(operator="@"):
            return [
                Addend(a.factor.times(b.factor), (f"({a.text})@({b.text})",))
                for a in _addends(term.left)
                for b in _addends(term.right)
            ]
        case Apply(function="square"):
            return _addends(Join("*", term.of, term.of))
        case Apply() if term.function in TURNS:
            inside = _addends(term.of)
            return [Addend(a.factor, (f"{term.function}({a.text})",)) for a in inside]
        case Reduce():
            length = Factor(powers=((f"{MEAN} {term.axis}", Fraction(-1)),))
            share = length if term.kind == "mean" else Factor()
            over = f"sum {term.axis} {term.keepdims}"
            inside = _addends(term.of)
            return [Addend(a.factor.times(share), (f"{over}({a.text})",)) for a in inside]
        case One():
            return [Addend()]
        case _:
            return [Addend(over=(canon(term),))]


def _merged(parts: Iterable[Addend]) -> list[Addend]:
    """Addends with one body and one kind of factor as one."""
    merged: dict[object, Addend] = {}
    for part in parts:
        key = part.body, part.factor.powers
        constant = part.factor.constant
        if key in merged:
            constant += merged[key].factor.constant
        merged[key] = Addend(Factor(constant, part.factor.powers), *part.body)
    return [part for part in merged.values() if part.factor.constant]


def canon(term: Term, *changes: Change, chains: bool = True) -> str:
    """One text for all orders of a product or a sum, after `changes` of every node; without
    `chains` for all orders of a matrix product too."""
    return _ordered(functools.reduce(rebuilt, changes, term), chains)


def _ordered(term: Term, chains: bool) -> str:
    match term:
        case Apply(function="square"):
            return _ordered(Join("*", term.of, term.of), chains)
        case Apply():
            return f"{term.function}({_ordered(term.of, chains)})"
        case Reduce():
            return f"{term.kind} {term.axis} {term.keepdims}({_ordered(term.of, chains)})"
        case Join(operator="*" | "/"):
            sides = [sorted(_ordered(t, chains) for t in side) for side in factors(term)]
            return f"({'*'.join(sides[0])}/{'*'.join(sides[1])})"
        case Join(operator="@"):
            operands = [_ordered(t, chains) for t in _chain(term)]
            return f"({'@'.join(operands if chains else sorted(operands))})"
        case Join():
            return f"{term.operator}({_ordered(term.left, chains)},{_ordered(term.right, chains)})"
        case Combination():
            parts = sorted(f"{factor_text(f)} {_ordered(t, chains)}" for f, t in term.parts)
            return f"({'+'.join(parts)})"
        case _:
            return rendered(term)


def factors(term: Term) -> tuple[list[Term], list[Term]]:
    """What is multiplied in a term, and what it is divided by."""
    match term:
        case Join(operator="*"):
            (a, b), (c, d) = factors(term.left), factors(term.right)
            return a + c, b + d
        case Join(operator="/"):
            (a, b), (c, d) = factors(term.left), factors(term.right)
            return a + d, b + c
        case Apply(function="square"):
            a, b = factors(term.of)
            return a * 2, b * 2
        case One():
            return [], []
        case _:
            return [term], []


def _chain(term: Term) -> list[Term]:
    if isinstance(term, Join) and term.operator == "@":
        return [*_chain(term.left), *_chain(term.right)]
    return [term]


# -- changes of a node --------------------------------------------------------------------------


def unturned(node: Term) -> Term:
    """Without transposes."""
    return node.of if isinstance(node, Apply) and node.function in TURNS else node


def entrywise(node: Term) -> Term:
    """With * for @."""
    if isinstance(node, Join) and node.operator == "@":
        return Join("*", node.left, node.right)
    return node


def unsummed(node: Term) -> Term:
    """Without sums over axes."""
    return node.of if isinstance(node, Reduce) else node


def any_axis(node: Term) -> Term:
    """With sums over everything."""
    return Reduce("sum", node.of, None) if isinstance(node, Reduce) else node
