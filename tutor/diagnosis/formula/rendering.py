"""A formula as NumPy text, with the brackets that it needs and those that help to read it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tutor.diagnosis.formula.factors import Factor
from tutor.diagnosis.formula.terms import (
    ADDED,
    COMPARED,
    FUNCTIONS,
    MASKS,
    MULTIPLIED,
    NEGATED,
    WHOLE,
    Apply,
    Combination,
    Join,
    Leaf,
    One,
    Reduce,
    Term,
)

HALF = Fraction(1, 2)


def rendered(term: Term, factor: Factor | None = None) -> str:
    """The text of factor * term."""
    return _scaled(factor, term)[0] if factor is not None else _text(term)[0]


def factor_text(factor: Factor) -> str:
    """A factor alone: `2`, `1 / N`, `N / C`."""
    over, under = _over(factor), _under(factor)
    top = " * ".join(over) or "1"
    sign = "-" if factor.constant < 0 else ""
    return sign + top + (f" / {under}" if under else "")


def _text(term: Term) -> tuple[str, int]:
    """The text of a term and how tightly it holds together."""
    match term:
        case Leaf():
            return term.name, WHOLE
        case One():
            return "1", WHOLE
        case Apply():
            function = FUNCTIONS[term.function]
            return function.written.format(_at_least(function.asks, term.of)), function.binds
        case Reduce():
            asked = [] if term.axis is None else [f"axis={term.axis}"]
            asked += ["keepdims=True"] if term.keepdims else []
            return f"{_at_least(WHOLE, term.of)}.{term.kind}({', '.join(asked)})", WHOLE
        case Join():
            return _join(term)
        case Combination():
            return _combination(term.parts)


def _at_least(level: int, term: Term, *, number: bool = False) -> str:
    text, binds = _text(term)
    if number and _starts_boolean(term):
        text, binds = f"1.0 * {_at_least(MULTIPLIED + 1, term)}", MULTIPLIED
    return text if binds >= level else f"({text})"


def _join(term: Join) -> tuple[str, int]:
    if term.operator == "outer":
        sides = f"{_at_least(COMPARED, term.left)}, {_at_least(COMPARED, term.right)}"
        return f"np.outer({sides})", WHOLE
    # @ of two masks would be True or False, not a count.
    booleans = term.operator == "@" and _is_boolean(term.left) and _is_boolean(term.right)
    left = _at_least(_left_level(term), term.left, number=booleans)
    right = _at_least(_right_level(term), term.right)
    return f"{left} {term.operator} {right}", MULTIPLIED


def _left_level(term: Join) -> int:
    """A chain of one kind needs no brackets; where @ meets * or /, brackets save a look-up."""
    mixed = isinstance(term.left, Join) and (term.left.operator == "@") != (term.operator == "@")
    return NEGATED if mixed else MULTIPLIED


def _right_level(term: Join) -> int:
    chain = isinstance(term.right, Join) and term.right.operator == term.operator == "*"
    return MULTIPLIED if chain else NEGATED


def _combination(parts: Sequence[tuple[Factor, Term]]) -> tuple[str, int]:
    # True - True is an error and True + True is True: with two of them, the first is a number.
    masks = [_is_boolean(term) and not factor.powers for factor, term in parts]
    text = ""
    for factor, term in parts:
        minus = factor.constant < 0
        positive = Factor(abs(factor.constant), factor.powers)
        number = not text and (sum(masks) > 1 or minus)
        shown, binds = _scaled(positive, term, number=number)
        shown = shown if binds >= (MULTIPLIED if text or minus else ADDED) else f"({shown})"
        if text:
            text += f" {'-' if minus else '+'} {shown}"
        else:
            text = f"-{shown}" if minus else shown
    return text, ADDED


def _scaled(factor: Factor, term: Term, *, number: bool = False) -> tuple[str, int]:
    """factor * term: `2 * x`, `(p - y) / N`, `-d`. `number` asks for numbers, not booleans."""
    over, under, minus = _over(factor), _under(factor), factor.constant < 0
    if isinstance(term, One):
        return factor_text(factor), (MULTIPLIED if over or under or minus else WHOLE)
    number = (number or minus) and not over
    if not over and not under and not minus:
        text = _at_least(COMPARED, term, number=number)
        return text, (MULTIPLIED if number and _starts_boolean(term) else _text(term)[1])
    matmul = isinstance(term, Join) and term.operator == "@"
    divided = isinstance(term, Join) and term.operator == "/"
    level = NEGATED if over and (matmul or divided) else MULTIPLIED
    text = _at_least(level, term, number=number)
    text = " * ".join([*over, text]) + (f" / {under}" if under else "")
    return ("-" if minus else "") + text, MULTIPLIED


def _over(factor: Factor) -> list[str]:
    number = abs(factor.constant).numerator
    return ([str(number)] if number != 1 else []) + [
        _power(n, e) for n, e in factor.powers if e > 0
    ]


def _under(factor: Factor) -> str:
    number = factor.constant.denominator
    parts = ([str(number)] if number != 1 else []) + [
        _power(n, -e) for n, e in factor.powers if e < 0
    ]
    return parts[0] if len(parts) == 1 else f"({' * '.join(parts)})" if parts else ""


def _power(name: str, exponent: Fraction) -> str:
    base = f"({name})" if " " in name else name
    if exponent == HALF:
        return f"np.sqrt({name})"
    return base if exponent == 1 else f"{base} ** {exponent}"


def _starts_boolean(term: Term) -> bool:
    """Whether a minus in front of the text would meet True and False."""
    if isinstance(term, Join) and term.operator != "outer":
        return _starts_boolean(term.left)
    return _is_boolean(term)


def _is_boolean(term: Term) -> bool:
    """Whether the text gives True and False, which NumPy neither subtracts nor negates."""
    match term:
        case Apply():
            return term.function in MASKS or (
                term.function in {"T", "swap"} and _is_boolean(term.of)
            )
        case Join(operator="*" | "outer" | "@"):
            return _is_boolean(term.left) and _is_boolean(term.right)
        case _:
            return False
