"""Loading what a course has as Python: check files and the reference solutions.

Both belong to the course and run in this process, unlike anything that a learner wrote.
"""

from __future__ import annotations

import math
import sys
import zlib
from collections.abc import Callable, Mapping
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

from tutor.course.text import read_text
from tutor.errors import CourseError
from tutor.spec import Check, Misconception

if TYPE_CHECKING:
    from pathlib import Path

_CASES = """\
def cases(rng):
    yield Case("every size differs", x=rng.normal(size=(4, 3)))"""
_PROBE = """\
def probe(learner, case):
    yield "output", learner.forward(case.x)"""
_GRADIENTS = 'gradients = {"grad_W": "W"}   # array of the probe -> quantity of the case'
_TOLERANCE = "tolerance = 1e-9"
_ROWS = 'rows = ("x", "grad_output", "output", "grad_input")   # what has one row a sample'
_QUANTITIES = """\
def quantities(case, right):
    return {"N": len(case.x), "p": right.output}"""


def compile_file(path: Path) -> CodeType:
    """Compile a Python file of the course; a `CourseError` with the line when it is none."""
    text = read_text(path)
    try:
        return compile(text, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        line, words = error.lineno, error.msg
    except (ValueError, RecursionError, MemoryError) as error:
        line, words = None, str(error)
    if line is None:
        # A null byte comes without a line.
        line = text.count("\n", 0, max(text.find("\0"), 0)) + 1
    raise CourseError(
        f"{path.name} is not Python: {words}.",
        hint=f"Mend line {line}; python -m py_compile {path.name} says when it is right.",
        path=path,
        line=line,
    )


def load_module(path: Path) -> ModuleType:
    """Run a Python file of the course as a module under a name of its own.

    No cache is written beside it: a course may be read-only, and is not ours to add to.
    """
    code = compile_file(path)
    name = f"_course_{zlib.crc32(str(path).encode()):08x}_{path.stem}"
    module = ModuleType(name)
    module.__file__ = str(path)
    # Dataclasses look their own module up while they are made.
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)  # noqa: S102 - a course file, as trusted as an import
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise CourseError(
            f"{path.name} cannot be loaded: {type(error).__name__}: {error}".rstrip(": .") + ".",
            hint="A check or a solution only defines things when it is loaded; "
            "what needs more than Python and numpy belongs into a function.",
            path=path,
            line=line_in(path, error),
        ) from error
    return module


def load_check(
    path: Path,
    reference: ModuleType,
    fresh_reference: Callable[[], ModuleType],
    recorded: Mapping[str, Mapping[str, Any]],
) -> Check:
    """The check that the file at `path` is, judging against `reference` and what is recorded."""
    file = _CheckFile(path)
    return Check(
        cases=file.function("cases", _CASES),
        probe=file.function("probe", _PROBE),
        reference=reference,
        gradients=file.gradients(),
        tolerance=file.tolerance(),
        rows=file.rows(),
        traced=file.traced(),
        quantities=file.optional_function("quantities", _QUANTITIES),
        misconceptions=file.misconceptions(),
        fresh_reference=fresh_reference,
        recorded=recorded,
    )


class _CheckFile:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._module = load_module(path)

    def _fail(self, name: str, message: str, example: str) -> NoReturn:
        line = _line_defining(name, self._path)
        raise CourseError(message, hint=f"Write:\n{example}", path=self._path, line=line)

    def function(self, name: str, example: str) -> Any:
        found = getattr(self._module, name, None)
        if found is None:
            self._fail(name, f"The check has no function {name}.", example)
        if not callable(found):
            kind = type(found).__name__
            self._fail(name, f"{name} must be a function, and is of type {kind}.", example)
        return found

    def gradients(self) -> Mapping[str, str]:
        found = getattr(self._module, "gradients", {})
        if not isinstance(found, Mapping) or not all(
            isinstance(word, str) and word for pair in found.items() for word in pair
        ):
            self._fail(
                "gradients",
                "gradients must map names of arrays to names of quantities.",
                _GRADIENTS,
            )
        return dict(found)

    def optional_function(self, name: str, example: str) -> Any:
        return self.function(name, example) if hasattr(self._module, name) else None

    def rows(self) -> tuple[str, ...]:
        found = getattr(self._module, "rows", ())
        if not isinstance(found, tuple) or not all(isinstance(name, str) for name in found):
            self._fail("rows", "rows must be a tuple of names.", _ROWS)
        return found

    def traced(self) -> bool:
        found = getattr(self._module, "traced", False)
        if not isinstance(found, bool):
            self._fail("traced", "traced must be True or False.", "traced = True")
        return found

    def misconceptions(self) -> tuple[Misconception, ...]:
        """In the order of the file; a later name that is the same would hide an earlier one."""
        return tuple(v for v in vars(self._module).values() if isinstance(v, Misconception))

    def tolerance(self) -> float:
        found = getattr(self._module, "tolerance", 1e-9)
        if type(found) not in (int, float) or not 0 <= found < math.inf:
            self._fail("tolerance", "tolerance must be a number of at least 0.", _TOLERANCE)
        return float(found)


def line_in(path: Path, error: BaseException) -> int:
    """The last line of the file itself that the error went through."""
    line, step = 1, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == str(path):
            line = step.tb_lineno
        step = step.tb_next
    return line


def _line_defining(name: str, path: Path) -> int:
    """The line on which a module last gives `name` a value; 1 when it never does."""
    import ast  # only for an error

    for node in reversed(ast.parse(read_text(path)).body):
        targets = [getattr(node, "target", None), *getattr(node, "targets", ())]
        names = [getattr(node, "name", ""), *(getattr(each, "id", "") for each in targets)]
        if name in names:
            return node.lineno
    return 1
