"""The cheat sheet holds: its code against central differences, its formulas against its code.

Nothing on the page is repeated here but the inputs. The page's own code blocks are run, and the
formulas beside them are read and worked out index by index. So a wrong factor, a wrong transpose or
a wrong shape on the page makes a test fail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from index_notation import Formula
from markdown_it import MarkdownIt

from tutor.course.loader import Course

PAGE = (Course.locate(None) / "lessons" / "91-cheatsheet.md").read_text(encoding="utf-8")

Inputs = dict[str, Any]


def inputs(function: str) -> list[Inputs]:
    """Arguments for a function of the page, by their names, away from kinks and from ties.

    What goes entry by entry is tried on single numbers, on either side of 0.
    """
    if function in ("relu", "sigmoid", "tanh"):
        return [{"x": np.asarray(0.8)}, {"x": np.asarray(-0.6)}]
    rng = np.random.default_rng(7)

    def array(*shape: int) -> np.ndarray:
        sizes = rng.uniform(0.3, 1.7, size=shape)
        return np.asarray(sizes * rng.choice([-1.0, 1.0], size=shape))

    made: dict[str, Inputs] = {
        "add": {"u": array(), "v": array()},
        "subtract": {"u": array(), "v": array()},
        "multiply": {"u": array(), "v": array()},
        "divide": {"u": array(), "v": array()},
        "power": {"u": array(), "n": 3},
        "exp": {"u": array()},
        "log": {"u": np.asarray(1.3)},
        "total": {"x": array(4, 3)},
        "mean": {"x": array(4, 3)},
        "row": {"b": array(3), "x": array(4, 3)},
        "column": {"a": array(4, 1), "x": array(4, 3)},
        "product": {"A": array(4, 3), "B": array(3, 5)},
        "linear": {"x": array(4, 3), "W": array(3, 5), "b": array(5)},
        "softmax": {"z": array(4, 3)},
        "cross_entropy": {"z": array(4, 3), "labels": np.array([2, 0, 2, 1])},
        "layer_norm": {"x": array(4, 3), "gamma": array(3), "beta": array(3), "eps": 0.01},
        "batch_norm": {"x": array(4, 3), "gamma": array(3), "beta": array(3), "eps": 0.01},
        "dropout": {"x": array(4, 3), "keep": rng.random((4, 3)) >= 0.4, "p": 0.4},
        "embedding": {"W": array(6, 2), "ids": np.array([[2, 0, 2], [5, 2, 1]])},
        "conv2d": {"x": array(2, 2, 5, 6), "W": array(3, 2, 2, 2), "b": array(3), "s": 2},
        "max_pool": {"x": array(2, 3, 4, 6), "k": 2},
        "attention": {"Q": array(2, 3, 4), "K": array(2, 3, 4), "V": array(2, 3, 4)},
        "residual": {"x": array(4, 3), "W": array(3, 3)},
    }
    return [made[function]]


class Entry:
    """One function of the page with what is written about it."""

    def __init__(self, name: str, lines: list[str], namespace: dict[str, Any]) -> None:
        self.name = name
        self.forward: Callable[..., Any] = namespace[name]
        self.backward: Callable[..., Any] = namespace[f"{name}_backward"]
        self.formulas, self.shapes, self.bounds = _read(lines)


def entries(page: str) -> Iterator[Entry]:
    """Each function that has a backward, with the lines of the picture above its code."""
    fences = [t for t in MarkdownIt().parse(page) if t.type == "fence"]
    namespace: dict[str, Any] = {}
    above: list[str] = []
    for fence in fences:
        if fence.info.strip() == "text":
            above = fence.content.splitlines()
            continue
        exec(compile(fence.content, "91-cheatsheet.md", "exec"), namespace)
        names = re.findall(r"^def (\w+)\(", fence.content, re.MULTILINE)
        forwards = [name for name in names if not name.endswith("_backward")]
        for name, lines in _shared_out(above, forwards).items():
            yield Entry(name, lines, namespace)


def _shared_out(lines: list[str], names: list[str]) -> dict[str, list[str]]:
    """Lines by the function whose name stands before them; a single one owns them all."""
    shared: dict[str, list[str]] = {name: [] for name in names}
    current = names[0] if len(names) == 1 else ""
    for line in lines:
        first, _, rest = line.strip().partition(" ")
        if first in shared:
            current, line = first, rest
        if current:
            shared[current].append(line)
    return shared


def _read(lines: list[str]) -> tuple[list[Formula], dict[str, list[str]], dict[str, str]]:
    formulas: list[str] = []
    shapes: dict[str, list[str]] = {}
    bounds: dict[str, str] = {}
    for line in lines:
        text = re.sub(r"\s*=\s*", " = ", line.strip())
        if text.startswith("·"):  # goes on from the line above
            formulas[-1] += f" {text}"
            continue
        for part in filter(None, re.split(r"\s{3,}", text)):
            if " = " in part:
                formulas.append(part)
            elif shape := re.fullmatch(r"(\w+) \((.*)\)", part):
                shapes[shape[1]] = re.findall(r"\w+", shape[2])
            elif bound := re.fullmatch(r"(\w), (\w) < (\w)", part):
                bounds |= {bound[1]: bound[3], bound[2]: bound[3]}
            else:
                raise ValueError(f"neither a formula nor a shape: {part!r}")
    return [Formula(each) for each in formulas], shapes, bounds


def gradients(entry: Entry, given: Inputs, g: np.ndarray) -> dict[str, np.ndarray]:
    """What the page's backward gives, by the names of the inputs that have a gradient."""
    answer = entry.backward(g, **given)
    names = [name for name, value in given.items() if has_gradient(value)]
    return dict(zip(names, answer if isinstance(answer, tuple) else (answer,), strict=True))


def has_gradient(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == float


def central_difference(entry: Entry, given: Inputs, g: np.ndarray, name: str) -> np.ndarray:
    """The slopes of Σ g · y by one input, entry by entry."""
    slopes = np.zeros(given[name].shape)
    for index in np.ndindex(slopes.shape):
        ends = []
        for step in (1e-5, -1e-5):
            moved = given[name].copy()
            moved[index] += step
            ends.append(np.sum(g * entry.forward(**{**given, name: moved})))
        slopes[index] = (ends[0] - ends[1]) / 2e-5
    return slopes


def problems(page: str) -> Iterator[str]:
    """Everything on the page that does not hold."""
    for entry in entries(page):
        yield from problems_of(entry)


def problems_of(entry: Entry) -> Iterator[str]:
    for given in inputs(entry.name):
        yield from _problems_at(entry, given)


def _problems_at(entry: Entry, given: Inputs) -> Iterator[str]:
    y = np.asarray(entry.forward(**given))
    g = np.asarray(np.random.default_rng(8).normal(size=y.shape))
    found = gradients(entry, given, g)
    for name, gradient in found.items():
        slopes = central_difference(entry, given, g, name)
        if np.shape(gradient) != slopes.shape or not np.allclose(gradient, slopes, atol=1e-8):
            yield f"{entry.name}: the code for {name} is not the slope"
    known = {**given, "y": y, "g": g}
    yield from _shape_problems(entry, known)
    try:
        yield from _formula_problems(entry, known, found)
    except ValueError as error:
        yield f"{entry.name}: {error}"


def _shape_problems(entry: Entry, known: Inputs) -> Iterator[str]:
    """Shapes that are not the stated ones; sizes and bounds are known from here on."""
    sizes: dict[str, int] = {}
    for name, letters in entry.shapes.items():
        actual = np.shape(known[name])
        for letter, size in zip(letters, actual, strict=False):
            sizes.setdefault(letter, int(letter) if letter.isdigit() else size)
        if actual != tuple(sizes[letter] for letter in letters if letter in sizes):
            yield f"{entry.name}: {name} is {actual}, not ({', '.join(letters)})"
    known.update({name: size for name, size in sizes.items() if name not in known})
    known["bounds"] = {index: known[name] for index, name in entry.bounds.items()}


def _formula_problems(entry: Entry, known: Inputs, found: dict[str, np.ndarray]) -> Iterator[str]:
    right = {"y": known["y"], **{f"∂L/∂{name}": gradient for name, gradient in found.items()}}
    for formula in entry.formulas:
        value = formula.work_out(known)
        if formula.name not in right:
            known[formula.name] = value  # a step on the way
        elif not np.allclose(value, right[formula.name], rtol=1e-9, atol=1e-12):
            yield f"{entry.name}: the formula for {formula.name} is not what the code gives"
    unsaid = set(right) - {formula.name for formula in entry.formulas}
    yield from (f"{entry.name}: there is no formula for {name}" for name in sorted(unsaid))


def test_every_formula_and_every_code_block_of_the_page_holds() -> None:
    assert list(problems(PAGE)) == []


def test_every_function_of_the_page_is_tried() -> None:
    names = re.findall(r"^def (\w+)\(", PAGE, re.MULTILINE)
    tried = [entry.name for entry in entries(PAGE)]
    assert sorted(names) == sorted([*tried, *(f"{name}_backward" for name in tried)])


def test_a_formula_that_is_a_little_off_would_be_seen() -> None:
    """Every formula in turn, and every shape: 1.001 times its right side."""
    for entry in entries(PAGE):
        for place, formula in enumerate(entry.formulas):
            text = f"{formula.text.split('=', 1)[0]}= 1.001 · ({formula.text.split('=', 1)[1]})"
            entry.formulas[place] = Formula(text)
            assert list(problems_of(entry)), text
            entry.formulas[place] = formula


def test_a_gradient_that_is_a_little_off_would_be_seen() -> None:
    for entry in entries(PAGE):
        backward = entry.backward
        count = sum(map(has_gradient, inputs(entry.name)[0].values()))
        for place in range(count):

            def off(g: Any, place: int = place, backward: Any = backward, **given: Any) -> Any:
                answer = backward(g, **given)
                parts = list(answer) if isinstance(answer, tuple) else [answer]
                parts[place] = 1.001 * parts[place]
                return tuple(parts)

            entry.backward = off
            assert any("is not the slope" in each for each in problems_of(entry)), entry.name
        entry.backward = backward


@pytest.mark.parametrize(
    ("function", "right", "wrong"),
    [
        ("linear", "x.T @ g, g.sum(axis=0)", "x.T @ g, g.mean(axis=0)"),
        ("linear", "Σₙ x[n,i] · g[n,j]", "Σₙ x[n,j] · g[n,i]"),
        ("linear", "W (in, out)   b (out,)", "W (out, in)   b (out,)"),
        ("linear", "    ∂L/∂b[j] = Σₙ g[n,j]\n", ""),
        ("divide", "∂L/∂v = −g · u / v²", "∂L/∂v = g · u / v²"),
        ("power", "∂L/∂u = g · n · uⁿ⁻¹", "∂L/∂u = g · n · uⁿ"),
        ("tanh", "∂L/∂x = g · (1 − y²)", "∂L/∂x = g · (1 − y)"),
        ("cross_entropy", "[i=labels[n]]) / N", "[i=labels[n]])"),
        ("layer_norm", "− x_hat[n,i] · c[n])", "− c[n])"),
        ("batch_norm", "x_hat * (d * x_hat).mean(axis=0)", "(d * x_hat).mean(axis=0)"),
        ("embedding", "np.add.at(grad_W, ids, g)", "grad_W[ids] += g"),
        ("conv2d", "x[n,i,s·r+u,s·t+v]\n    ∂L/∂b", "x[n,i,r+u,t+v]\n    ∂L/∂b"),
        ("max_pool", "[x[n,c,h,j]=y[n,c,r,t]]\n", "1\n"),
        ("attention", "grad_S[n,t,s] · Q[n,t,i] / √d", "grad_S[n,t,s] · Q[n,t,i]"),
        ("residual", "∂L/∂x[n,i] = g[n,i] + Σⱼ", "∂L/∂x[n,i] = Σⱼ"),
    ],
)
def test_a_slip_of_the_page_would_be_seen(function: str, right: str, wrong: str) -> None:
    assert PAGE.count(right) == 1
    told = list(problems(PAGE.replace(right, wrong)))
    assert {each.split(":")[0] for each in told} == {function}
