"""What may stand in a node's place: the slips of one token, one term, one line.

Each function takes a node of a syntax tree, and yields the nodes that a slip would put there.
New nodes share their parts with the old one; nothing is changed here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from msgspec import Struct

_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_COMMUTE = (ast.Add, ast.Mult, ast.BitAnd, ast.BitOr)
_PAIRS = (
    ("sum", "mean"),
    ("max", "min"),
    ("argmax", "argmin"),
    ("maximum", "minimum"),
    ("exp", "log"),
    ("sqrt", "square"),
    ("std", "var"),
    ("tanh", "sin"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("any", "all"),
)
_OTHER_NAME = {one: other for a, b in _PAIRS for one, other in ((a, b), (b, a))}
_BUILTIN = ("max", "min", "any", "all")
_TINY = 1e-2


class Scope(Struct, frozen=True):
    """The names that a node may be mistaken to mean.

    `values` are parameters and local variables, `attributes` what the class keeps on `self`;
    `functions`, `constants` and `modules` are the file's.
    """

    values: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()


def variants(node: ast.AST, scope: Scope) -> Iterator[ast.AST]:
    """Everything that may stand in place of `node`."""
    match node:
        case ast.BinOp():
            yield from _of_operation(node)
        case ast.UnaryOp():
            yield node.operand
        case ast.Compare():
            yield from _of_comparison(node)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
            yield from node.values
        case ast.IfExp():
            yield ast.IfExp(node.test, node.orelse, node.body)
            yield from (node.body, node.orelse)
        case ast.Constant():
            yield from map(ast.Constant, _of_constant(node.value))
        case ast.Call():
            yield from _of_call(node, scope)
        case ast.Tuple() | ast.List():
            kind = type(node)
            yield from (kind(items, node.ctx) for items in _neighbours_swapped(node.elts))
        case ast.Slice():
            yield from _of_slice(node)
        case ast.Subscript(ctx=ast.Load()):
            yield node.value
        case ast.Name(ctx=ast.Load()):
            yield from _of_name(node, scope)
        case ast.Attribute(ctx=ast.Load()):
            yield from _of_attribute(node, scope)
        case ast.Lambda():
            yield ast.Lambda(node.args, _minus(node.body))
        case ast.stmt():
            yield from _of_statement(node)


# -- expressions ----------------------------------------------------------------------------------


def _of_operation(node: ast.BinOp) -> Iterator[ast.AST]:
    left, op, right = node.left, node.op, node.right
    for other in _OPERATORS.get(type(op), ()):
        yield ast.BinOp(left, other(), right)
    if not isinstance(op, _COMMUTE):
        yield ast.BinOp(right, op, left)
    yield from (left, right)  # a term or a factor is forgotten
    yield ast.BinOp(_minus(left), op, right)
    if isinstance(op, ast.MatMult):
        yield ast.BinOp(_turned(left), op, right)
        yield ast.BinOp(left, op, _turned(right))


def _of_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for place, op in enumerate(node.ops):
        for other in _COMPARISONS.get(type(op), ()):
            ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)


def _of_constant(value: object) -> tuple[object, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return (value + 1, value - 1) + ((-value,) if abs(value) > 1 else ())
    if isinstance(value, float):
        if 0.0 < abs(value) < _TINY:
            return (10.0 * value, 0.1 * value, 0.0)
        return (value + 1.0, value - 1.0) + ((-value, 2.0 * value) if abs(value) > 1.0 else ())
    return ()


def _of_call(node: ast.Call, scope: Scope) -> Iterator[ast.AST]:
    function, args = node.func, node.args
    belongs_to_module = isinstance(function, ast.Attribute) and _is_name(
        function.value, scope.modules
    )
    if isinstance(function, ast.Attribute) and not belongs_to_module:
        yield function.value  # x.sum(axis=0) -> x
    elif args and not isinstance(args[0], ast.Starred):
        yield args[0]  # np.exp(x) -> x
    for swapped in _neighbours_swapped(args):
        yield ast.Call(function, swapped, node.keywords)
    for place in range(len(node.keywords)):
        yield ast.Call(function, args, node.keywords[:place] + node.keywords[place + 1 :])
    if _is_name(function, ("range",)):
        before = ast.BinOp(args[-1], ast.Sub(), ast.Constant(1))
        yield ast.Call(function, [*args[:-1], before], [])
        if len(args) == 1:
            yield ast.Call(function, [ast.Constant(1), *args], [])


def _of_slice(node: ast.Slice) -> Iterator[ast.AST]:
    for part in ("lower", "upper", "step"):
        if getattr(node, part) is not None:
            parts = {"lower": node.lower, "upper": node.upper, "step": node.step}
            yield ast.Slice(**{**parts, part: None})


def _of_name(node: ast.Name, scope: Scope) -> Iterator[ast.AST]:
    if node.id in scope.values:
        for other in scope.values:
            if other != node.id:
                yield ast.Name(other, ast.Load())
        if node.id != "self":
            yield from (_of_self(name) for name in scope.attributes)
        return
    for pool in (scope.functions, scope.constants):
        if node.id in pool:
            yield from (ast.Name(other, ast.Load()) for other in pool if other != node.id)
    if node.id in _BUILTIN:
        yield ast.Name(_OTHER_NAME[node.id], ast.Load())


def _of_attribute(node: ast.Attribute, scope: Scope) -> Iterator[ast.AST]:
    for pool in (scope.attributes, scope.methods):
        if node.attr in pool:
            for other in pool:
                if other != node.attr:
                    yield ast.Attribute(node.value, other, ast.Load())
    if node.attr in scope.attributes and _is_name(node.value, ("self",)):
        yield from (ast.Name(each, ast.Load()) for each in scope.values if each != "self")
    if node.attr in _OTHER_NAME:
        yield ast.Attribute(node.value, _OTHER_NAME[node.attr], ast.Load())
    if node.attr == "T":
        yield node.value


# -- statements -----------------------------------------------------------------------------------


def _of_statement(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.expr() as value):
            yield ast.Pass()
            if not isinstance(value, ast.Tuple):
                yield ast.Return(_minus(value))
                yield ast.Return(_turned(value))
        case ast.Assign():
            yield ast.Pass()
            if isinstance(node.targets[0], ast.Tuple):
                return
            yield ast.Assign(node.targets, _minus(node.value))
            yield ast.Assign(node.targets, _turned(node.value))
            if len(node.targets) == 1:
                yield ast.AugAssign(node.targets[0], ast.Add(), node.value)  # type: ignore[arg-type]
        case ast.AugAssign():
            yield ast.Pass()
            yield ast.Assign([node.target], node.value)
            for other in _OPERATORS.get(type(node.op), ()):
                yield ast.AugAssign(node.target, other(), node.value)
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.If():
            yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
            yield ast.If(ast.Constant(True), node.body, [])
            yield ast.If(ast.Constant(True), node.orelse or [ast.Pass()], [])


# -- small parts ----------------------------------------------------------------------------------


def _minus(value: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), value)


def _turned(value: ast.expr) -> ast.expr:
    return ast.Attribute(value, "T", ast.Load())


def _of_self(name: str) -> ast.expr:
    return ast.Attribute(ast.Name("self", ast.Load()), name, ast.Load())


def _is_name(node: ast.AST, names: tuple[str, ...]) -> bool:
    return isinstance(node, ast.Name) and node.id in names


def _neighbours_swapped(items: list[ast.expr]) -> Iterator[list[ast.expr]]:
    for place in range(len(items) - 1):
        yield [*items[:place], items[place + 1], items[place], *items[place + 2 :]]
