"""Habits from other courses and small slips of form, seen in what failed and in the source.

The source is parsed, never run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import numpy as np

from tutor.diagnosis.evidence import Evidence, Failure, same
from tutor.diagnosis.wording import count, listed
from tutor.verdict import Diagnosis

_GRADIENT_OF = (
    re.compile(r"(?:d|d_|g_|grad|grad_|delta_|dL_d|dLd)(?P<of>\w+)"),
    re.compile(r"(?P<of>\w+?)_?(?:grad|gradient)"),
)
_SYNONYMS = {"weight": "w", "weights": "w", "bias": "b", "biases": "b", "input": "x"}
_MISSING_ARGUMENT = re.compile(r"(\w+)\(\) missing \d+ required positional arguments?: (.+)")
_TOO_MANY = re.compile(r"(\w+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) w")

_NO_OPERATOR = re.compile(
    r"unsupported operand type\(s\) for (?P<sign>.+?): '(?P<left>\w+)' and '(?P<right>\w+)'"
)
_NO_ATTRIBUTE = re.compile(r"'(?:int|float)' object has no attribute '(?P<name>\w+)'")
_PLAIN = ("int", "float")
_REFLECTED = {
    "+": "__radd__",
    "-": "__rsub__",
    "*": "__rmul__",
    "/": "__rtruediv__",
    "**": "__rpow__",
    "@": "__rmatmul__",
}

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def other_name(wanted: str, known: tuple[str, ...]) -> str:
    """Another course's name for the gradient `wanted` among `known`; empty if there is none."""
    parameter = _differentiated_by(wanted)
    if not parameter:
        return ""
    return next((name for name in known if _differentiated_by(name) == parameter), "")


def _differentiated_by(name: str) -> str:
    """`w` for `grad_W`, `dW`, `W_grad` and `weight_grad`; empty for `W`."""
    for form in _GRADIENT_OF:
        found = form.fullmatch(name)
        if found:
            parameter = found["of"].lower().strip("_")
            return _SYNONYMS.get(parameter, parameter)
    return ""


def habits(evidence: Evidence) -> Iterator[Diagnosis]:
    """Everything of that kind in one file."""
    yield from _other_names(evidence)
    yield from _tuples(evidence)
    tree = _parsed(evidence.source)
    failures = {sample.failure for sample in evidence.samples if sample.failure is not None}
    for failure in sorted(failures, key=lambda each: (each.where, each.message)):
        found = next(filter(None, (slip(failure, tree) for slip in _SLIPS)), None)
        if found is not None:
            yield found
            break
    if evidence.wrong or failures:
        yield from _step_on_self(tree)


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _other_names(evidence: Evidence) -> Iterator[Diagnosis]:
    if evidence.renamed:
        yours, ours = tuple(evidence.renamed.values()), tuple(evidence.renamed)
        wrong = [name for name in ours if name in evidence.wrong]
        numbers = "Its numbers are" if len(yours) == 1 else "Their numbers are"
        yield Diagnosis(
            id=f"name_{yours[0]}",
            message=f"{listed(yours)} is another course's name; here it is {listed(ours)}."
            if len(yours) == 1
            else f"{listed(yours)} are another course's names; here it is {listed(ours)}.",
            evidence=f"Read under your {'name' if len(yours) == 1 else 'names'}: "
            + (f"{numbers} right." if not wrong else f"{listed(tuple(wrong))} is wrong as well."),
            why="Whoever uses the layer, such as an optimizer, looks for the agreed names.",
        )


def _tuples(evidence: Evidence) -> Iterator[Diagnosis]:
    for name in evidence.arrays:
        sample = next((s for s in evidence.samples if isinstance(s.yours.get(name), tuple)), None)
        if sample is None:
            continue
        given, right = sample.yours[name], sample.right[name]
        arrays = [np.asarray(each) for each in given if isinstance(each, (np.ndarray, float))]
        place = next((i for i, a in enumerate(arrays) if same(a, right, sample.bars[name])), None)
        told = f"Entry {place} of the tuple is the right `{name}`." if place is not None else ""
        yield Diagnosis(
            id="returns_tuple",
            message=f"A tuple of {count(len(given), 'value')} is returned where `{name}` belongs.",
            evidence=told,
            why="The layer below takes one array; gradients of parameters are kept on `self`.",
            arrays=(name,),
        )


def _extra_argument(failure: Failure, _: ast.Module) -> Diagnosis | None:
    found = _MISSING_ARGUMENT.search(failure.message)
    if failure.error != "TypeError" or failure.lines or not found:
        return None
    function, names = found[1], found[2].replace("'", "`")
    return Diagnosis(
        id="extra_argument",
        message=f"`{function}` asks for more than it is given: {names}.",
        evidence=f"It was called as `{failure.where}`, with what the brief says and no more.",
        why="What backward needs of the forward pass is kept on `self` by forward.",
    )


def _self_forgotten(failure: Failure, tree: ast.Module) -> Diagnosis | None:
    found = _TOO_MANY.search(failure.message)
    if failure.error != "TypeError" or failure.lines or not found:
        return None
    function = found[1]
    for method in _methods(tree, function):
        names = [argument.arg for argument in method.args.args]
        if names[:1] != ["self"]:
            return Diagnosis(
                id="self_forgotten",
                message=f"`{function}` (line {method.lineno}) does not begin with `self`.",
                evidence=f"It takes {', '.join(names) or 'nothing'}; "
                "Python puts the object itself in front.",
                why="A method gets its object first, and keeps there what backward will need.",
            )
    return None


def _outside(failure: Failure, tree: ast.Module) -> Diagnosis | None:
    owner, _, name = failure.where.rpartition(".")
    if failure.kind != "missing" or not owner:
        return None
    for parent in ast.walk(tree):
        if isinstance(parent, ast.ClassDef) and parent.name == owner:
            continue
        body = getattr(parent, "body", [])
        for node in body if isinstance(body, list) else []:
            if isinstance(node, FunctionNode) and node.name == name:
                return _indented(node, parent, owner)
    return None


def _indented(node: FunctionNode, parent: ast.AST, owner: str) -> Diagnosis | None:
    if isinstance(parent, ast.Module):
        where, how = "outside the class", "Indent it"
    elif isinstance(parent, FunctionNode):
        where, how = f"inside `{parent.name}`", "Indent it less"
    else:
        return None
    return Diagnosis(
        id="method_outside_class",
        message=f"`{node.name}` (line {node.lineno}) stands {where}, so `{owner}` has none.",
        evidence=f"{how}, so that it begins in the same column as the other methods.",
        why="Where a method belongs is told by its indentation alone.",
    )


def _operand(failure: Failure, _: ast.Module) -> Diagnosis | None:
    """A plain number beside an object: on the left, where Python asks for `__radd__`, or right."""
    left = _NO_OPERATOR.search(failure.message)
    if failure.error == "TypeError" and left and left["left"] in _PLAIN:
        method = _REFLECTED.get(left["sign"].split(" ")[0], "its reflected method")
        return Diagnosis(
            id="reflected_missing",
            message=f"A plain number on the left of `{left['sign']}` finds nothing to call.",
            evidence=f"Python said: {failure.message}.",
            why=f"For `2.0 {left['sign'].split(' ')[0]} v`, Python asks {left['right']} for "
            f"`{method}`.",
        )
    bare = _NO_ATTRIBUTE.search(failure.message)
    if failure.error == "AttributeError" and bare and failure.lines:
        return Diagnosis(
            id="plain_numbers_not_wrapped",
            message=f"A plain number is used as if it were an object with `{bare['name']}`.",
            evidence=f"In line {failure.lines[-1]}: {failure.message}.",
            why="An operand may be a plain number, and becomes a node of the graph first.",
        )
    return None


def _too_deep(failure: Failure, _: ast.Module) -> Diagnosis | None:
    if failure.error != "RecursionError":
        return None
    where = f" (line {failure.lines[-1]})" if failure.lines else ""
    return Diagnosis(
        id="recursion_too_deep",
        message=f"`{failure.where}` calls itself{where} until Python gives up.",
        evidence=f"Python said: {failure.message}.",
        why="Each step of a recursion waits for the next, and Python lets about a thousand wait; "
        "a list of what is left to do has no such bound.",
    )


def _methods(tree: ast.Module, name: str) -> Iterator[FunctionNode]:
    for parent in ast.walk(tree):
        if isinstance(parent, ast.ClassDef):
            for node in parent.body:
                if isinstance(node, FunctionNode) and node.name == name:
                    yield node


def _step_on_self(tree: ast.Module) -> Iterator[Diagnosis]:
    """`self._backward = step` in an operator, where the result should hold its own step."""
    for parent in ast.walk(tree):
        if not isinstance(parent, ast.ClassDef):
            continue
        for method in parent.body:
            if not isinstance(method, FunctionNode) or not _makes_a(parent.name, method):
                continue
            local = {node.name for node in method.body if isinstance(node, FunctionNode)}
            for node in ast.walk(method):
                if isinstance(node, ast.Assign) and _puts_on_self(node, local):
                    target = ast.unparse(node.targets[0])
                    yield Diagnosis(
                        id="self_backward_for_out",
                        message=f"`{target}` (line {node.lineno}) puts the backward step of "
                        f"`{method.name}` on its operand.",
                        evidence="The next operation on the same operand overwrites it.",
                        why="A step belongs to the value that the operation made.",
                    )
                    return


def _makes_a(cls: str, method: FunctionNode) -> bool:
    """Whether a method makes an object of its own class, as the operators of an engine do."""
    if method.name == "__init__":
        return False
    calls = (node.func for node in ast.walk(method) if isinstance(node, ast.Call))
    return any(isinstance(called, ast.Name) and called.id == cls for called in calls)


def _puts_on_self(node: ast.Assign, local: set[str]) -> bool:
    target = node.targets[0]
    return (
        isinstance(target, ast.Attribute)
        and isinstance(target.value, ast.Name)
        and target.value.id == "self"
        and (
            isinstance(node.value, ast.Lambda)
            or (isinstance(node.value, ast.Name) and node.value.id in local)
        )
    )


_SLIPS = (_extra_argument, _self_forgotten, _outside, _operand, _too_deep)
