"""An author hears of everything that is wrong with a course, with file and line."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tutor.author.check import problems
from tutor.course.loader import Course
from tutor.course.recording import write_recording
from tutor.errors import CourseError

HINTS = "## Hint: first\nONE\n\n## Hint: second\nTWO\n\n## Hint: third\nTHREE\n"
FILES = {
    "lessons/course.toml": (
        'format_version = 1\ntitle = "One"\n\n[[units]]\ntitle = "Start"\n\n'
        '[[units.lessons]]\nfile = "01-squares.md"\nexercises = ["square"]\n'
    ),
    "lessons/01-squares.md": "# Squares\n\n## What a slope is\n\nTwice x.\n",
    "exercises/square.md": "# Square\n\nx² and its slope.\n\n" + HINTS,
    "exercises/square.py": (
        "class Square:\n    def forward(self, x):\n        raise NotImplementedError('TODO')\n"
    ),
    "checks/solutions/square.py": """class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad_output):
        return 2 * self.x * grad_output
""",
    "checks/square.py": """from tutor.spec import Case, misconception

gradients = {"grad_input": "x"}
rows = ("x", "grad_output", "output", "grad_input")


def cases(rng):
    for rows in (4, 3):
        size = (rows, 2)
        yield Case(f"{rows} rows", x=rng.normal(size=size), grad_output=rng.normal(size=size))


def probe(learner, case):
    layer = learner.Square()
    yield "output", layer.forward(case.x)
    yield "grad_input", layer.backward(case.grad_output)


@misconception("grad_input", says="The 2 is lost.", why="x² grows by 2x.", read="squares", hint=2)
def two_forgotten(case, right):
    return right.grad_input / 2


@misconception("grad_input", says="x is lost.", why="It is.", read="squares#what-a-slope-is")
def input_forgotten(case, right):
    return 2 * case.grad_output
""",
}

Plant = Callable[..., list[CourseError]]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Write the course with some text exchanged; what the author is told."""

    def planted(file: str = "", old: str = "", new: str = "", **more: str) -> list[CourseError]:
        for name, text in {**FILES, **more}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name == file:
                assert old in text
                text = text.replace(old, new, 1)
            path.write_text(text, encoding="utf-8")
        return list(problems(Course.load(tmp_path), lambda _: None))

    return planted


def test_all_is_well(plant: Plant) -> None:
    assert plant() == []


CHECK, SOLUTION = "checks/square.py", "checks/solutions/square.py"
FAULTS = [
    (SOLUTION, "2 * self.x", "3 * self.x", "does not pass its own check", "square.py"),
    (SOLUTION, "return x**2", "return x.tolist()", "cannot be used|does not pass", "square.py"),
    (CHECK, "right.grad_input / 2", "right.grad_input", "two_forgotten passes every case", CHECK),
    (
        CHECK,
        "2 * case.grad_output",
        "right.grad_input / 2",
        "input_forgotten is diagnosed as two_forgotten",
        CHECK,
    ),
    (CHECK, 'read="squares"', 'read="cubes"', "sends learners to 'cubes'", CHECK),
    (CHECK, "#what-a-slope-is", "#what-a-hill-is", "which is nowhere", CHECK),
    (CHECK, "hint=2", "hint=7", "names hint 7; square has 3", CHECK),
    (CHECK, "def input_forgotten", "def two_forgotten", "defined twice", CHECK),
    (CHECK, '"{rows} rows"', '"rows"', "Two cases are called 'rows'", CHECK),
    (CHECK, '{"grad_input": "x"}', '{"grad_input": "z"}', "gradients names 'z'", CHECK),
    (CHECK, 'rows = ("x",', 'rows = ("y", "x",', "rows names 'y'", CHECK),
    (CHECK, "(rows, 2)", "(rows, 'wide')", "cannot be used: TypeError", CHECK),
    ("exercises/square.md", "## Hint: third\nTHREE\n", "", "There are 2 hints", "square.md"),
    (CHECK, 'why="It is."', 'why=""', "does not say", CHECK),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "says", "where"), FAULTS, ids=[fault[3] for fault in FAULTS]
)
def test_a_fault_is_told_with_file_and_line(
    plant: Plant, file: str, old: str, new: str, says: str, where: str
) -> None:
    told = plant(file, old, new)
    assert any(re.search(says, each.message) for each in told), [each.message for each in told]
    found = next(each for each in told if re.search(says, each.message))
    assert where in found.where()
    assert found.line is not None


def test_a_stub_that_passes_is_told(plant: Plant) -> None:
    stub = "# solved already\n" + FILES["checks/solutions/square.py"]
    told = plant("exercises/square.py", FILES["exercises/square.py"], stub)
    assert [each.message for each in told] == ["The stub passes the check as it is."]


def test_files_that_nothing_names_are_told(plant: Plant) -> None:
    told = plant(**{"checks/cube.py": "", "exercises/notes.txt": "", "lessons/02-more.md": "# M\n"})
    assert {"cube.py", "notes.txt", "02-more.md"} == {each.path.name for each in told if each.path}


def test_a_recording_of_other_numbers_is_told(plant: Plant, tmp_path: Path) -> None:
    assert plant() == []
    folder = tmp_path / "checks" / "recorded"
    folder.mkdir()
    inputs = np.zeros(32, np.uint8)
    write_recording(folder / "square.npz", {"4 rows": {"inputs": inputs, "output": np.ones(1)}})
    assert any("is of other numbers" in each.message for each in plant())


def test_the_command_ends_in_words_and_a_code(plant: Plant, tmp_path: Path) -> None:
    plant(CHECK, "hint=2", "hint=7")
    command = [sys.executable, "-m", "tutor", "author", "check", "--course", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "names hint 7; square has 3" in " ".join(done.stdout.split())
    assert "1 lesson read, 1 exercise tried: 1 problem found." in done.stdout
