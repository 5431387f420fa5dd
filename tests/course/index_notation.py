"""Reads formulas in index notation, as lessons write them, and works them out.

    ∂L/∂W[i,j] = Σₙ x[n,i] · g[n,j]

is a loop over i and j, with a sum over n inside. Slow, plain, and independent of how the same
thing is written in NumPy. Σ and max with subscripts reach to the end of their product.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Env = dict[str, Any]
Value = Callable[[Mapping[str, Any]], Any]

RAISED = str.maketrans("⁰¹²³ⁿ⁻⁺", "0123n-+")
LOWERED = str.maketrans("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "aehijklmnoprstuvx")
TOKEN = re.compile(
    r"\s*(?:(?P<reduce>(?:Σ|max)[ₐ-ₜᵢ-ᵥⱼ]+)|(?P<raised>[⁰¹²³ⁿ⁻⁺]+)|(?P<name>(?:∂L/∂)?[A-Za-zμσ_][A-Za-z0-9_]*)"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-−+·/()\[\],=>√]))"
)
FUNCTIONS = {"exp": math.exp, "ln": math.log, "tanh": math.tanh, "max": max}


class Formula:
    """One formula: `name[indices] = expression`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = _tokens(text)
        self._arrays: list[tuple[str, list[str]]] = []  # which name has which plain indices
        self.name = self._take("name")
        self._left = self._index_tokens()
        self._take("=")
        self._value = self._expression()
        if self._tokens:
            raise ValueError(f"not understood from {self._tokens[0][1]!r} on: {text}")

    def work_out(self, known: Env) -> np.ndarray:
        """The array on the left; indices run as far as the arrays that they stand in."""
        ranges = self._ranges(known)
        free = [index for index in self._left if not index.isdigit()]
        result = np.zeros([1 if index.isdigit() else len(ranges[index]) for index in self._left])
        for at in itertools.product(*(ranges[index] for index in free)):
            env = {**known, **dict(zip(free, at, strict=True)), "range of": ranges}
            place = tuple(0 if index.isdigit() else env[index] for index in self._left)
            result[place] = self._value(env)
        return result

    def _ranges(self, known: Env) -> dict[str, range]:
        """How far each index runs, by the arrays that it stands in as it is."""
        sizes = dict(known.get("bounds", {}))
        left = self.name.removeprefix("∂L/∂")
        for name, indices in [(left, self._left), *self._arrays]:
            for index, size in zip(indices, np.shape(known.get(name, 0.0)), strict=False):
                if index.isalpha() and sizes.setdefault(index, size) != size:
                    raise ValueError(f"{index} has two sizes in the formula for {self.name}")
        return {index: range(size) for index, size in sizes.items()}

    # -- grammar: expression, product, factor ----------------------------------------------------

    def _expression(self) -> Value:
        value = self._product()
        while self._next("sign", "+−-"):
            value = _combined(value, self._take("sign"), self._product())
        return value

    def _product(self) -> Value:
        value = self._factor()
        while self._next("sign", "·/"):
            value = _combined(value, self._take("sign"), self._factor())
        return value

    def _factor(self) -> Value:
        kind, token = self._tokens[0]
        if kind == "reduce":
            return self._reduction()
        if token in ("−", "-", "√"):
            self._take("sign")
            inner = self._factor()
            return (lambda env: math.sqrt(inner(env))) if token == "√" else (lambda e: -inner(e))
        value = self._atom()
        if self._next("raised"):
            power = Formula(f"_ = {self._take('raised').translate(RAISED)}")._value
            return lambda env: value(env) ** power(env)
        return value

    def _reduction(self) -> Value:
        token = self._take("reduce")
        indices = token.lstrip("Σmax").translate(LOWERED)
        reduce = sum if token.startswith("Σ") else max
        body = self._product()

        def value(env: Mapping[str, Any]) -> Any:
            ranges = [env["range of"][index] for index in indices]
            return reduce(
                body({**env, **dict(zip(indices, at, strict=True))})
                for at in itertools.product(*ranges)
            )

        return value

    def _atom(self) -> Value:
        kind, token = self._tokens.pop(0)
        if kind == "number":
            return lambda _: float(token) if "." in token else int(token)
        if token == "(":
            value = self._expression()
            self._take(")")
            return value
        if token == "[":
            return self._indicator()
        if kind != "name":
            raise ValueError(f"{token!r} stands where a value should")
        if token in FUNCTIONS and self._next("sign", "("):
            arguments = self._list("(", ")")
            return lambda env: FUNCTIONS[token](*(each(env) for each in arguments))
        if not self._next("sign", "["):
            return lambda env: env[token]
        start = len(self._tokens)
        before = self._tokens[:]
        places = self._list("[", "]")
        self._arrays.append((token, _plain(before[: start - len(self._tokens)])))
        return lambda env: env[token][tuple(int(each(env)) for each in places)]

    def _indicator(self) -> Value:
        left = self._expression()
        equal = self._take("sign") == "="
        right = self._expression()
        self._take("]")
        return lambda env: float(left(env) == right(env) if equal else left(env) > right(env))

    def _list(self, opening: str, closing: str) -> list[Value]:
        self._take(opening)
        values = [self._expression()]
        while self._next("sign", ","):
            self._take(",")
            values.append(self._expression())
        self._take(closing)
        return values

    # -- tokens ----------------------------------------------------------------------------------

    def _index_tokens(self) -> list[str]:
        if not self._next("sign", "["):
            return []
        end = self._tokens.index(("sign", "]"))
        indices = _plain(self._tokens[: end + 1])
        del self._tokens[: end + 1]
        return indices

    def _next(self, kind: str, among: str = "") -> bool:
        if not self._tokens or self._tokens[0][0] != kind:
            return False
        return not among or self._tokens[0][1] in among

    def _take(self, wanted: str) -> str:
        kind, token = self._tokens.pop(0)
        if wanted not in (kind, token):
            raise ValueError(f"{token!r} stands where {wanted!r} should")
        return token


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"not understood: {text[at:]!r} in {text!r}")
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
        at = match.end()
    return found


def _plain(tokens: list[tuple[str, str]]) -> list[str]:
    """The indices between brackets; empty text for one that is more than a letter or a digit."""
    depth, places = 0, [[]]
    for _, token in tokens:
        depth += (token in "([") - (token in ")]")
        if token == "," and depth == 1:
            places.append([])
        elif not (depth == 1 and token == "[") and depth:
            places[-1].append(token)
    return [place[0] if len(place) == 1 and len(place[0]) == 1 else "" for place in places]


def _combined(left: Value, sign: str, right: Value) -> Value:
    if sign == "·":  # what is multiplied by 0 is not worked out: most indicators are 0
        return lambda env: (first := left(env)) and first * right(env)
    if sign == "/":
        return lambda env: left(env) / right(env)
    if sign == "+":
        return lambda env: left(env) + right(env)
    return lambda env: left(env) - right(env)
