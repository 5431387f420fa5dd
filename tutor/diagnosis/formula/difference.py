"""How a learner's formula differs from the right one, in one sentence that does not show it.

The formulas are compared in forms in which one kind of difference disappears: multiplied out,
without transposes, without sums over axes, with all masks alike. The first form in which both
agree names the difference.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.diagnosis.formula.comparing import (
    MEAN,
    Addend,
    addends,
    any_axis,
    canon,
    entrywise,
    factors,
    unsummed,
    unturned,
)
from tutor.diagnosis.formula.factors import Factor
from tutor.diagnosis.formula.proof import Formula
from tutor.diagnosis.formula.rendering import factor_text, rendered
from tutor.diagnosis.formula.terms import (
    MASKS,
    Apply,
    Combination,
    Join,
    Leaf,
    Reduce,
    Term,
    names,
    rebuilt,
    replaced,
    walk,
)
from tutor.diagnosis.formula.tidy import turned

UPSTREAM = "grad_output"
TRANSPOSED = "It is the transpose of what is asked for: rows and columns have changed places."
OTHER_ORDER = "The right quantities meet in it, but not turned, or not in the order, that fits."
FALLBACK = "The right formula is another one."
ONE = Factor()
LONGEST_NAMED = 40


def difference(yours: Formula, right: Formula | None, upstream: str = UPSTREAM) -> str:
    """How `yours` differs from `right`; empty where the right one is not known.

    Quantities may be named, operations only if they are the learner's own. `upstream` is the
    name of the gradient that comes from above, where there is one.
    """
    if right is None:
        return ""
    return (
        _weights(yours, right)
        or _form(yours.term, right.term)
        or _exchanged(yours.term, right.term)
        or _upstream(yours.term, right.term, upstream)
        or _factors(yours.term, right.term)
        or _terms(yours, right)
        or _factor(yours.term, right.term)
        or _names(yours.term, right.term)
        or FALLBACK
    )


# -- the same terms with other factors ----------------------------------------------------------


def _weights(yours: Formula, right: Formula) -> str:
    mine, theirs = addends(yours.term, yours.factor), addends(right.term, right.factor)
    if _bodies(mine) != _bodies(theirs):
        return ""
    ratios = _ratios(mine, theirs)
    if len(ratios) == 1:
        return _ratio(ratios.pop())
    means = {_means(r) for r in ratios - {ONE}}
    if means in ({1}, {-1}):
        return _mean_for_sum(means.pop())
    if {Factor(abs(r.constant), r.powers) for r in ratios} == {ONE}:
        return "The sign of one of its terms is wrong."
    return "The factors of its terms are not all right."


def _bodies(parts: Sequence[Addend]) -> list[str]:
    return sorted(addend.text for addend in parts)


def _ratios(mine: Sequence[Addend], theirs: Sequence[Addend]) -> set[Factor]:
    right = {addend.body: addend.factor for addend in theirs}
    return {a.factor.over(right[a.body]) for a in mine if a.body in right}


def _ratio(ratio: Factor) -> str:
    """What there is to say of a formula that is `ratio` times the right one."""
    if ratio == ONE:
        return ""
    if _means(ratio):
        return _mean_for_sum(_means(ratio))
    sign = " and the sign" if ratio.constant < 0 else ""
    size = Factor(abs(ratio.constant), ratio.powers)
    if size == ONE:
        return "Everything but the sign is right."
    under = ONE.over(size)
    divided = size.constant <= 1 and all(e < 0 for _, e in size.powers)
    how = f"divided by `{factor_text(under)}`" if divided else f"times `{factor_text(size)}`"
    return f"Everything but a factor{sign} is right: it is the right one {how}."


def _means(ratio: Factor) -> int:
    """1 for a mean where a sum belongs, -1 for a sum where a mean belongs, 0 for neither."""
    lengths = [int(e) for name, e in ratio.powers if name.startswith(MEAN)]
    alone = ratio.constant == 1 and len(lengths) == len(ratio.powers) == 1
    return -lengths[0] if alone else 0


def _mean_for_sum(means: int) -> str:
    one, other = ("mean", "sum") if means > 0 else ("sum", "mean")
    return f"It takes a {one} where a {other} belongs."


# -- the same but for one kind of thing ---------------------------------------------------------


def _form(mine: Term, right: Term) -> str:
    if canon(mine) in {canon(turned("T", right)), canon(turned("swap", right))}:
        return TRANSPOSED
    if canon(mine, any_axis) == canon(right, any_axis):
        return _axis(mine, right)
    if canon(mine, _any_mask) == canon(right, _any_mask):
        return _mask(mine, right)
    if canon(mine, unturned, chains=False) == canon(right, unturned, chains=False):
        return OTHER_ORDER
    if canon(mine, unturned, entrywise) == canon(right, unturned, entrywise):
        return _product_kind(mine)
    if canon(mine, unsummed) == canon(right, unsummed):
        return _summed(mine, right)
    return ""


def _axis(mine: Term, right: Term) -> str:
    yours, wanted = ([n for n in walk(t) if isinstance(n, Reduce)] for t in (mine, right))
    if [n.axis for n in yours] != [n.axis for n in wanted]:
        return "A sum in it runs over the wrong axis."
    if sum(n.keepdims for n in yours) < sum(n.keepdims for n in wanted):
        return "The axis that is summed over should stay, with size 1."
    return "The axis that is summed over should go; it stays, with size 1."


def _any_mask(node: Term) -> Term:
    if isinstance(node, Apply) and node.function in MASKS:
        return Apply("positive", node.of)
    return node


def _mask(mine: Term, right: Term) -> str:
    yours, theirs = (
        {n for n in walk(t) if isinstance(n, Apply) and n.function in MASKS} for t in (mine, right)
    )
    edges = {frozenset({"positive", "nonnegative"}), frozenset({"negative", "nonpositive"})}
    if len(yours) == len(theirs) == 1:
        one, other = yours.pop(), theirs.pop()
        if {one.function, other.function} in edges:
            return f"It differs from the right one where `{rendered(one.of)}` is exactly 0."
    return "It lets the wrong entries through."


def _product_kind(mine: Term) -> str:
    if any(isinstance(n, Join) and n.operator == "@" for n in walk(mine)):
        return "It has `@`, which also sums, where entries are multiplied one by one."
    return "It has `*`, entry by entry, where a product that also sums is needed."


def _summed(mine: Term, right: Term) -> str:
    if _sums(mine) > _sums(right):
        return "It sums over an axis that should stay."
    if isinstance(right, Reduce) and right.axis == 0 and canon(right.of) == canon(mine):
        return "The rows of the batch are still to be added up."
    return "A sum over an axis is missing in it."


def _exchanged(mine: Term, right: Term) -> str:
    """One quantity where another belongs."""
    extra, missing = names(mine) - names(right), names(right) - names(mine)
    for one in sorted(extra or names(mine)):
        for other in sorted((missing or names(right)) - {one}):
            if canon(replaced(mine, Leaf(one), Leaf(other))) == canon(right):
                return f"`{one}` stands in it where another quantity belongs."
    return ""


# -- something is missing, or too many ----------------------------------------------------------


def _upstream(mine: Term, right: Term, upstream: str) -> str:
    if upstream in names(right) - names(mine):
        return f"The upstream gradient `{upstream}` does not occur in it."
    return ""


def _factors(mine: Term, right: Term) -> str:
    """Factors or divisions that only one of them has."""
    (over, under), (right_over, right_under) = factors(mine), factors(right)
    missing = _without(right_over, over), _without(right_under, under)
    extra = _without(over, right_over), _without(under, right_under)
    if any(missing) and any(extra):
        return ""
    multiplied, divided = (len(side) for side in (missing if any(missing) else extra))
    if any(missing):
        parts = ["a factor" if multiplied == 1 else "factors"] if multiplied else []
        parts += ["a division" if divided == 1 else "divisions"] if divided else []
        verb = "is" if multiplied + divided == 1 else "are"
        return f"{' and '.join(parts).capitalize()} {verb} missing in it."
    if not any(extra):
        return ""
    parts = ["a factor too many" if multiplied == 1 else "too many factors"] if multiplied else []
    parts += ["a division too many" if divided == 1 else "too many divisions"] if divided else []
    return f"It has {' and '.join(parts)}."


def _without(terms: Sequence[Term], taken: Sequence[Term]) -> list[Term]:
    left, texts = [], [canon(t) for t in taken]
    for term in terms:
        if canon(term) in texts:
            texts.remove(canon(term))
        else:
            left.append(term)
    return left


def _terms(yours: Formula, right: Formula) -> str:
    """Terms of a sum that only one of them has."""
    mine, theirs = addends(yours.term, yours.factor), addends(right.term, right.factor)
    shared = {a.body for a in mine} & {a.body for a in theirs}
    missing = [a for a in theirs if a.body not in shared]
    extra = [a for a in mine if a.body not in shared]
    if not shared or len(_ratios(mine, theirs)) > 1:
        return ""
    if not extra:
        return "A term is missing in it." if len(missing) == 1 else "Terms are missing in it."
    if not missing:
        return "It has a term too many." if len(extra) == 1 else "It has terms too many."
    bare = [_bodies(addends(rebuilt(f.term, unsummed))) for f in (yours, right)]
    if bare[0] == bare[1] and _sums(yours.term) < _sums(right.term):
        return "In one of its terms a sum over an axis is missing: each entry acts on itself alone."
    return "One of its terms is not the right one." if len(missing) == len(extra) == 1 else ""


def _sums(term: Term) -> int:
    return sum(isinstance(node, Reduce) for node in walk(term))


def _factor(mine: Term, right: Term) -> str:
    """One factor that is another, unless it is only a part of what belongs there."""
    (over, under), (right_over, right_under) = factors(mine), factors(right)
    extra, missing = _without(over, right_over), _without(right_over, over)
    kept = len(over) + len(under) > 1 and not _without(under, right_under)
    if len(extra) != 1 or not missing or not kept or _without(right_under, under):
        return ""
    text = rendered(extra[0])
    sums = [term for term in missing if isinstance(term, Combination)]
    if len(text) > LONGEST_NAMED or any(extra[0] in walk(term) for term in sums):
        return ""
    return f"The factor `{text}` is not the one that belongs there."


# -- quantities ---------------------------------------------------------------------------------


def _names(mine: Term, right: Term) -> str:
    missing, extra = sorted(names(right) - names(mine)), sorted(names(mine) - names(right))
    if missing:
        return f"`{missing[0]}` does not occur in it, though the result depends on it."
    return f"`{extra[0]}` has no place in it." if extra else ""
