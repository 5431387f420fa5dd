"""A found formula as a diagnosis: what the learner's array is, how it differs, why that is sure."""

from __future__ import annotations

from collections import Counter

from tutor.diagnosis.formula.difference import (
    FALLBACK,
    OTHER_ORDER,
    TRANSPOSED,
    UPSTREAM,
    difference,
)
from tutor.diagnosis.formula.proof import Formula
from tutor.diagnosis.formula.terms import (
    Apply,
    Join,
    Leaf,
    Shape,
    Term,
    cost,
    names,
    replaced,
    walk,
)

LONG = 60
LETTERS = "gshtuvw"


def told(
    array: str,
    yours: Formula,
    right: Formula | None,
    *,
    shape: Shape | None = None,
    wanted: Shape | None = None,
    upstream: str = UPSTREAM,
) -> tuple[str, str]:
    """The message and the evidence of a diagnosis, a few lines each, code in backticks.

    `shape` and `wanted` are the array's shape and the right one in some case, where they differ.
    """
    shaped, differs = _shaped(yours, shape, wanted), difference(yours, right, upstream)
    if shaped and differs in {TRANSPOSED, OTHER_ORDER, FALLBACK}:
        differs = ""
    parts = [f"Your `{array}` is {_named(yours)}.", shaped, differs]
    numbers = "number" if yours.numbers == 1 else f"{yours.numbers} numbers"
    cases = "case" if yours.cases == 1 else f"{yours.cases} cases"
    evidence = f"That gives the {numbers} of your `{array}` in the {cases} tried, to 9 digits."
    return " ".join(filter(None, parts)), evidence


def _named(formula: Formula) -> str:
    """The formula in backticks; a long one with a letter for what repeats in it."""
    text = formula.text
    if isinstance(formula.term, Leaf) and text == formula.term.name:
        return f"`{text}` itself"
    repeated = _repeated(formula.term) if len(text) > LONG else None
    if repeated is None:
        return f"`{text}`"
    letter = next(c for c in LETTERS if c not in names(formula.term))
    short = Formula(replaced(formula.term, repeated, Leaf(letter)), formula.factor)
    return f"`{short.text}` with `{letter} = {Formula(repeated).text}`"


def _repeated(term: Term) -> Term | None:
    """The largest part that occurs more than once."""
    counts = Counter(node for node in walk(term) if isinstance(node, Join))
    several = [node for node, count in counts.items() if count > 1]
    return max(several, key=cost, default=None)


def _shaped(formula: Formula, shape: Shape | None, wanted: Shape | None) -> str:
    """What is to be said where the sizes are the right ones in the other order."""
    if shape is None or wanted is None or shape == wanted or shape != wanted[::-1]:
        return ""
    said = f"Its shape {shape} is the right one turned round"
    term = formula.term
    if isinstance(term, Join) and term.operator == "@":
        left, right = _rows(term.left, "i", 0), _rows(term.right, "j", 1)
        if left and right:
            return f"{said}: entry [i, j] pairs {left} with {right}."
    return f"{said}."


def _rows(term: Term, index: str, axis: int) -> str:
    """`row i of A` or `column i of A`, for an operand of @ that is A or its transpose."""
    turned = isinstance(term, Apply) and term.function in {"T", "swap"}
    quantity = term.of if isinstance(term, Apply) and turned else term
    if not isinstance(quantity, Leaf):
        return ""
    kind = "row" if (axis == 0) != turned else "column"
    return f"{kind} {index} of `{quantity.name}`"
