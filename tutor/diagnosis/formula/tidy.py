"""A formula in the order that a person would write it: values stay, up to rounding.

p * d - p * s        ->  p * (d - s)          x * grad_output  ->  grad_output * x
-(p - y)             ->  y - p                d / std * gamma  ->  d * gamma / std
(W1 @ W2).T          ->  W2.T @ W1.T          a @ (b @ c)      ->  a @ b @ c
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from tutor.diagnosis.formula.comparing import TURNS, factors
from tutor.diagnosis.formula.factors import MINUS_ONE, Factor
from tutor.diagnosis.formula.terms import (
    MASKS,
    Apply,
    Combination,
    Join,
    Leaf,
    One,
    Reduce,
    Term,
    cost,
    names,
    rebuilt,
)


class Product(Struct, frozen=True):
    """What is multiplied and what that is divided by; squares count twice."""

    over: tuple[Term, ...] = ()
    under: tuple[Term, ...] = ()


def tidied(term: Term, factor: Factor, axes: Mapping[str, int]) -> tuple[Term, Factor]:
    """factor * term, in order. `axes` tells how many axes each quantity has."""
    tidy = _tidy(rebuilt(term, lambda node: _taken_out(node, axes)))
    if factor.constant < 0:
        flipped = _flipped(tidy)
        if flipped is not None:
            return flipped, factor.times(MINUS_ONE)
    return tidy, factor


def is_roundabout(term: Term) -> bool:
    """Whether something is multiplied by and divided by the same: nobody wrote it like that."""
    product = _product(term)
    return bool(set(product.over) & set(product.under))


def _taken_out(node: Term, axes: Mapping[str, int]) -> Term:
    """A sum of products without the factors that have no such axis; those stand before it."""
    if not (isinstance(node, Reduce) and isinstance(node.axis, int)):
        return node
    over, under = factors(node.of)
    counts = [_axes_of(term, axes) for term in (*over, *under)]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts) or not known:
        return node
    least = max(known) - node.axis  # so many axes a factor must have to reach the summed one
    out = [count < least for count in known]
    if not any(out):
        return node
    before, inside = (
        Product(
            tuple(t for t, is_out in zip(over, out, strict=False) if is_out == wanted),
            tuple(t for t, is_out in zip(under, out[len(over) :], strict=True) if is_out == wanted),
        )
        for wanted in (True, False)
    )
    return Join("*", _built(before), Reduce(node.kind, _built(inside), node.axis, node.keepdims))


def _axes_of(term: Term, axes: Mapping[str, int]) -> int | None:
    """How many axes a quantity, or a function of one entry by entry, has."""
    while isinstance(term, Apply) and term.function not in TURNS:
        term = term.of
    return axes.get(term.name) if isinstance(term, Leaf) else None


def _tidy(term: Term) -> Term:
    match term:
        case Apply(function=function) if function in TURNS:
            return turned(function, _tidy(term.of))
        case Apply():
            return Apply(term.function, _tidy(term.of))
        case Reduce():
            return Reduce(term.kind, _tidy(term.of), term.axis, term.keepdims)
        case Join(operator="*" | "/"):
            return _built(_product(term))
        case Join(operator="@"):
            chain = [*_chain(_tidy(term.left)), *_chain(_tidy(term.right))]
            return functools.reduce(lambda left, right: Join("@", left, right), chain)
        case Join():
            return Join(term.operator, _tidy(term.left), _tidy(term.right))
        case Combination():
            return _combination(_flat([(f, _tidy(t)) for f, t in term.parts]))
        case _:
            return term


def turned(function: str, term: Term) -> Term:
    """The transpose of a tidy term; that of a matrix product as a product of transposes."""
    match term:
        case Apply() if term.function == function:
            return term.of
        case Join(operator="@"):
            left, right = turned(function, term.right), turned(function, term.left)
            return _tidy(Join("@", left, right))
        case _:
            return Apply(function, term)


def _chain(term: Term) -> list[Term]:
    if isinstance(term, Join) and term.operator == "@":
        return [*_chain(term.left), term.right]
    return [term]


def _product(term: Term) -> Product:
    """A term as a product, its factors tidy."""
    match term:
        case Join(operator="*"):
            left, right = _product(term.left), _product(term.right)
            return Product((*left.over, *right.over), (*left.under, *right.under))
        case Join(operator="/"):
            left, right = _product(term.left), _product(term.right)
            return Product((*left.over, *right.under), (*left.under, *right.over))
        case Apply(function="square"):
            inner = _product(term.of)
            return Product(inner.over * 2, inner.under * 2)
        case One():
            return Product()
        case _:
            tidy = _tidy(term)
            inside = isinstance(tidy, Join) and tidy.operator in "*/" and tidy != term
            return _product(tidy) if inside else Product((tidy,))


def _built(product: Product) -> Term:
    over, under = _multiplied(product.over), _multiplied(product.under)
    return over if isinstance(under, One) else Join("/", over, under)


def _multiplied(factors: Iterable[Term]) -> Term:
    ordered = sorted(factors, key=_place)
    powers: list[Term] = []
    for term in dict.fromkeys(ordered):
        count = ordered.count(term)
        powers += [Apply("square", term)] * (count // 2) + [term] * (count % 2)
    if not powers:
        return One()
    return functools.reduce(lambda left, right: Join("*", left, right), powers)


def _place(term: Term) -> int:
    """Where a factor stands: the upstream gradient first, brackets last."""
    match term:
        case Leaf():
            return 0 if term.name.startswith("grad") else 1
        case Apply():
            return 5 if term.function in MASKS else 2
        case Join():
            return 3
        case Reduce():
            return 4
        case _:
            return 6


def _combination(parts: Sequence[tuple[Factor, Term]]) -> Term:
    """A sum, with what all of its parts have taken out in front."""
    products = [_product(term) for _, term in parts]
    over = _shared([p.over for p in products])
    under = _shared([p.under for p in products])
    plain = Combination(tuple(parts))
    if not over and not under:
        return plain
    left = [Product(_less(p.over, over), _less(p.under, under)) for p in products]
    inner = Combination(tuple((f, _built(p)) for (f, _), p in zip(parts, left, strict=True)))
    outside = _built(Product((*over, inner), under))
    return outside if cost(outside) <= cost(plain) else plain


def _flat(parts: Iterable[tuple[Factor, Term]]) -> list[tuple[Factor, Term]]:
    """A sum in a sum as one, what is added before what is taken away."""
    flat: list[tuple[Factor, Term]] = []
    for factor, term in parts:
        if isinstance(term, Combination):
            flat += [(factor.times(f), t) for f, t in term.parts]
        else:
            flat.append((factor, term))
    return sorted(flat, key=lambda part: (part[0].constant < 0, not _has_gradient(part[1])))


def _has_gradient(term: Term) -> bool:
    return any(name.startswith("grad") for name in names(term))


def _shared(lists: Sequence[tuple[Term, ...]]) -> tuple[Term, ...]:
    shared = list(lists[0])
    for other in lists[1:]:
        left = list(other)
        kept = []
        for term in shared:
            if term in left:
                left.remove(term)
                kept.append(term)
        shared = kept
    return tuple(shared)


def _less(terms: tuple[Term, ...], taken: tuple[Term, ...]) -> tuple[Term, ...]:
    left = list(terms)
    for term in taken:
        left.remove(term)
    return tuple(left)


def _flipped(term: Term) -> Term | None:
    """-term without a minus in front, if there is a difference in it to turn round."""
    match term:
        case Combination():
            parts = [(f.times(MINUS_ONE), t) for f, t in term.parts]
            if not any(f.constant > 0 for f, _ in parts):
                return None
            return Combination(tuple(sorted(parts, key=lambda part: part[0].constant < 0)))
        case Join(operator="*" | "@"):
            right = _flipped(term.right)
            if right is not None:
                return Join(term.operator, term.left, right)
            left = _flipped(term.left)
            return Join(term.operator, left, term.right) if left is not None else None
        case Join(operator="/"):
            over = _flipped(term.left)
            return Join("/", over, term.right) if over is not None else None
        case _:
            return None
