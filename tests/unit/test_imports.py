"""Imports point one way, and what must stay cheap to start imports nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tutor

PACKAGE = Path(tutor.__file__).parent

# From the screens down to the words. A part may import from parts in later rows only; parts of
# one row do not know each other.
ROWS: tuple[frozenset[str], ...] = (
    frozenset({"__main__"}),
    frozenset({"cli"}),
    frozenset({"tui"}),
    frozenset({"curves", "doctor", "itinerary", "report"}),
    frozenset({"author", "session"}),
    frozenset({"checking", "course", "progress", "workspace"}),
    frozenset({"diagnosis", "worker"}),
    frozenset({"wire"}),
    frozenset({"spec", "verdict", "errors", "framing"}),
    frozenset({"cases"}),
    frozenset({"lending"}),
    frozenset({"lent"}),
)
MAY_START_PROCESSES = {"checking/process.py", "workspace/editor.py"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_course" not in path.parts)


def imports_of(path: Path) -> Iterator[str]:
    """Absolute names of everything a module imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the direction"
            assert node.module is not None
            if node.module == "tutor":
                yield from (f"tutor.{alias.name}" for alias in node.names)
            else:
                yield node.module


def part_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def row_of(part: str) -> int:
    return next(i for i, row in enumerate(ROWS) if part in row)


def relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_a_module_imports_only_from_below(path: Path) -> None:
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    if own == "__init__":
        return
    for name in imports_of(path):
        part = part_of(name)
        if not name.startswith("tutor") or part in ("", own):
            continue
        assert row_of(part) > row_of(own), f"{relative(path)} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_only_the_screen_imports_textual(path: Path) -> None:
    if not relative(path).startswith("tui/"):
        assert not [name for name in imports_of(path) if name.split(".")[0] == "textual"]


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_only_two_modules_start_processes(path: Path) -> None:
    if relative(path) not in MAY_START_PROCESSES:
        forbidden = {"subprocess", "multiprocessing", "pty"}
        assert not [name for name in imports_of(path) if name.split(".")[0] in forbidden]


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("worker/*.py")), ids=relative)
def test_the_worker_knows_the_wire_and_numpy_only(path: Path) -> None:
    allowed = {"tutor.wire", "tutor.framing", "tutor.worker", "numpy", *sys.stdlib_module_names}
    for name in imports_of(path):
        known = {name, name.split(".")[0], ".".join(name.split(".")[:2])}
        assert known & allowed, f"{relative(path)} imports {name}"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=relative)
def test_package_files_import_nothing(path: Path) -> None:
    if "_course" not in path.parts:
        assert not list(imports_of(path))


def loaded_by(statement: str) -> set[str]:
    """Top-level modules in a fresh interpreter after a statement."""
    code = f"{statement}\nimport sys\nprint(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split("\n")[-2].split())


def test_a_worker_loads_nothing_of_the_tutor_but_the_wire() -> None:
    code = "import sys, tutor.worker.serve as s\nprint(*[m for m in sys.modules if 'tutor' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {
        "tutor",
        "tutor.framing",
        "tutor.wire",
        "tutor.worker",
        *(f"tutor.worker.{path.stem}" for path in PACKAGE.glob("worker/[!_c]*.py")),
    }


def test_a_worker_starts_before_numpy_is_paid_for() -> None:
    assert not {"numpy", "msgspec", "textual"} & loaded_by("import tutor.checking.spare")


def test_the_session_loads_no_numpy_and_no_screen() -> None:
    loaded = loaded_by("import tutor.session")
    assert not {"numpy", "textual", "rich", "markdown_it", "asyncio"} & loaded
