"""A source with one change or two: where it may be changed, and what comes of it.

A change is a path into the syntax tree and the node to put there. Changes are made in place and
taken back, which is quicker than a copy of the tree for each of thousands.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType

from msgspec import Struct

from tests.mutants.variants import Scope, variants

Step = tuple[str, int | None]
Path = tuple[Step, ...]

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Change(Struct, frozen=True):
    """`new` in place of the node at `path`."""

    path: Path
    new: ast.AST

    def apart_from(self, other: Change) -> bool:
        """Whether both can be made: neither lies within the other."""
        shorter = min(len(self.path), len(other.path))
        return self.path[:shorter] != other.path[:shorter]


Mutant = tuple[Change, ...]


class Source:
    """A file of Python, to be had with changes."""

    def __init__(self, text: str) -> None:
        self._tree = ast.parse(text)

    def changes(self) -> list[Change]:
        """Every single change, each once."""
        found: dict[tuple[Path, str], Change] = {}
        for path, node, scope in _walk(self._tree, (), _file_scope(self._tree)):
            unchanged = ast.dump(node)
            for new in variants(node, scope):
                told = ast.dump(new)
                if told != unchanged:
                    found.setdefault((path, told), Change(path, new))
        return list(found.values())

    def compiled(self, mutant: Mutant) -> CodeType | None:
        """The changed file as code; None where it is no Python any more."""
        with self._changed(mutant):
            try:
                return compile(self._tree, "<mutant>", "exec", dont_inherit=True)
            except (SyntaxError, ValueError, TypeError):
                return None

    def text(self, mutant: Mutant) -> str:
        """The changed file as text."""
        with self._changed(mutant):
            return ast.unparse(self._tree) + "\n"

    def told(self, mutant: Mutant) -> str:
        """Each change as `line 12: old -> new`, by the lines that differ."""
        return "; ".join(self._told(change) for change in mutant)

    def _told(self, change: Change) -> str:
        nodes = (self._at(change.path), self._at(self._statement_of(change.path)))
        line = next((node.lineno for node in nodes if hasattr(node, "lineno")), 0)
        old, new = (text or "(nothing)" for text in self.old_and_new(change))
        return f"line {line}: {old}  ->  {new}"

    def old_and_new(self, change: Change) -> tuple[str, str]:
        """The first line that a change makes different, before and after."""
        statement = self._statement_of(change.path)
        before = ast.unparse(self._at(statement)).split("\n")
        with self._changed((change,)):
            after = ast.unparse(self._at(statement)).split("\n")
        shared = 0
        while before[shared : shared + 1] == after[shared : shared + 1]:
            shared += 1
        old, new = (" ".join(lines[shared : shared + 1]).strip() for lines in (before, after))
        return old, new

    def _statement_of(self, path: Path) -> Path:
        """The innermost statement around a path."""
        for length in range(len(path), 0, -1):
            if isinstance(self._at(path[:length]), ast.stmt):
                return path[:length]
        return ()

    def _at(self, path: Path) -> ast.AST:
        node: ast.AST = self._tree
        for step in path:
            node = _child(node, step)
        return node

    @contextmanager
    def _changed(self, mutant: Mutant) -> Iterator[None]:
        before: list[tuple[Path, ast.AST]] = []
        for change in mutant:
            old = self._at(change.path)
            before.append((change.path, old))
            new = change.new
            if not hasattr(new, "lineno"):
                ast.copy_location(new, old)
                ast.fix_missing_locations(new)
            self._put(change.path, new)
        try:
            yield
        finally:
            for path, old in reversed(before):
                self._put(path, old)

    def _put(self, path: Path, node: ast.AST) -> None:
        parent = self._at(path[:-1])
        name, place = path[-1]
        if place is None:
            setattr(parent, name, node)
        else:
            getattr(parent, name)[place] = node


def doubles(changes: list[Change], amount: int, rng: random.Random) -> list[Mutant]:
    """So many random pairs of changes that can be made together."""
    found: list[Mutant] = []
    for _ in range(10 * amount):  # nearly all pairs are apart
        if len(found) == amount or len(changes) < 2:
            break
        one, other = rng.sample(changes, 2)
        if one.apart_from(other):
            found.append((one, other))
    return found


# -- the tree -------------------------------------------------------------------------------------


def _child(node: ast.AST, step: Step) -> ast.AST:
    name, place = step
    child: ast.AST = getattr(node, name) if place is None else getattr(node, name)[place]
    return child


def _steps(node: ast.AST) -> Iterator[tuple[Step, ast.AST]]:
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield (name, None), value
        elif isinstance(value, list):
            for place, item in enumerate(value):
                if isinstance(item, ast.AST):
                    yield (name, place), item


def _walk(node: ast.AST, path: Path, scope: Scope) -> Iterator[tuple[Path, ast.AST, Scope]]:
    """Every node that may be changed, with the names around it."""
    if _is_docstring(node) or isinstance(node, (ast.Import, ast.ImportFrom, ast.expr_context)):
        return
    if path:
        yield path, node, scope
    for step, child in _steps(node):
        if step[0] not in ("decorator_list", "annotation", "returns", "bases"):
            yield from _walk(child, (*path, step), _within(node, scope))


def _is_docstring(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _file_scope(tree: ast.Module) -> Scope:
    return Scope(
        functions=tuple(each.name for each in tree.body if isinstance(each, ast.FunctionDef)),
        constants=_stored([each for each in tree.body if isinstance(each, ast.Assign)]),
        modules=tuple(
            alias.asname or alias.name
            for each in tree.body
            if isinstance(each, ast.Import)
            for alias in each.names
        ),
    )


def _within(node: ast.AST, scope: Scope) -> Scope:
    """The names that are known inside of a node."""
    if isinstance(node, ast.ClassDef):
        kept = [
            each.attr
            for each in ast.walk(node)
            if isinstance(each, ast.Attribute)
            and isinstance(each.ctx, ast.Store)
            and isinstance(each.value, ast.Name)
            and each.value.id == "self"
        ]
        methods = tuple(
            each.name
            for each in node.body
            if isinstance(each, ast.FunctionDef) and not each.name.startswith("__")
        )
        return _replaced(scope, attributes=tuple(dict.fromkeys(kept)), methods=methods)
    if isinstance(node, FUNCTIONS):
        names = [each.arg for each in ast.walk(node.args) if isinstance(each, ast.arg)]
        if "self" in names and not _is_handed_on("self", node):
            names.remove("self")  # nobody mistakes it for a value that is handed on
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        known = (*scope.values, *names, *_stored(body))
        return _replaced(scope, values=tuple(dict.fromkeys(known)))
    return scope


def _is_handed_on(name: str, function: ast.AST) -> bool:
    """Whether `name` stands by itself somewhere, and not in front of a dot alone."""
    looked_into = {id(each.value) for each in ast.walk(function) if isinstance(each, ast.Attribute)}
    return any(
        isinstance(each, ast.Name) and each.id == name and id(each) not in looked_into
        for each in ast.walk(function)
    )


def _stored(nodes: list[ast.stmt] | list[ast.expr] | list[ast.Assign]) -> tuple[str, ...]:
    """The names that are given a value in these nodes."""
    return tuple(
        dict.fromkeys(
            each.id
            for node in nodes
            for each in ast.walk(node)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        )
    )


def _replaced(scope: Scope, **names: tuple[str, ...]) -> Scope:
    known = {field: getattr(scope, field) for field in scope.__struct_fields__}
    return Scope(**{**known, **names})
