"""The course on disk: finding it, reading it lazily, and telling what is wrong with it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tutor.course import loader
from tutor.course.loader import Course
from tutor.errors import CourseError
from tutor.spec import Exercise, LessonEntry, Unit

FILES = {
    "lessons/course.toml": """\
format_version = 1
title = "Squares"

[[units]]
title = "Start"

[[units.lessons]]
file = "00-welcome.md"

[[units.lessons]]
file = "05-square-roots.md"
exercises = ["square", "cube"]

[exercises.cube]
level = 2
needs = ["square"]
""",
    "lessons/00-welcome.md": "# Welcome\n\nWhy?\n\n<details>Because.</details>\n",
    "lessons/05-square-roots.md": "No heading.\n",
    "exercises/square.md": "# Square it\n\nDo.\n\n"
    + "".join(f"## Hint: number {number}\n\ntext\n\n" for number in (1, 2, 3)),
    "exercises/square.py": 'def square(x):\n    raise NotImplementedError("TODO")\n',
    "checks/square.py": """\
from tutor.spec import Case

gradients = {"slope": "x"}
tolerance = 1e-6


def cases(rng):
    yield Case("one", x=rng.normal(size=(2, 3)))


def probe(learner, case):
    yield "output", learner.square(case.x)
""",
    "checks/solutions/square.py": """\
from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Unused:
    x: int


def square(x):
    return x * x
""",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for file, text in FILES.items():
        write(tmp_path, file, text)
        if "square." in file:
            write(tmp_path, file.replace("square", "cube"), text.replace("Square", "Cube"))
    write(tmp_path, "checks/cube.py", "def cases(rng): ...\ndef probe(learner, case): ...\n")
    return tmp_path


def write(root: Path, file: str, text: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def load_error(root: Path) -> CourseError:
    with pytest.raises(CourseError) as caught:
        Course.load(root)
    return caught.value


def test_a_course_as_it_is_seen(root: Path) -> None:
    course = Course.load(root)
    welcome = LessonEntry("welcome", "Welcome", "00-welcome.md")
    roots = LessonEntry("square-roots", "Square roots", "05-square-roots.md", ("square", "cube"))
    assert course.root == root
    assert course.title == "Squares"
    assert course.units == (Unit("Start", (welcome, roots)),)
    assert course.lessons == (welcome, roots)
    assert list(course.exercises) == ["square", "cube"]
    assert course.exercises["cube"] == Exercise("cube", "Cube it", 2, ("square",))
    assert course.problems() == ()


def test_exercises_cannot_be_changed(root: Path) -> None:
    with pytest.raises(TypeError):
        Course.load(root).exercises["x"] = Exercise("x", "X")  # type: ignore[index]


def test_the_lessons_folder_is_the_course_too(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Course.load(root / "lessons").root == root
    monkeypatch.chdir(root / "lessons")
    assert Course.load(Path()).root == root
    assert Course.load(Path()).problems() == ()
    monkeypatch.chdir(root)
    assert Course.load(Path()).root == root


def test_lessons_and_briefs_are_parsed_once(root: Path) -> None:
    course = Course.load(root)
    lesson = course.lesson("welcome")
    assert [c.question for c in lesson.checkpoints] == ["Why?"]
    assert course.lesson("welcome") is lesson
    assert course.lesson("square-roots").title == "Square roots"
    brief = course.brief("square")
    assert (brief.title, brief.text, len(brief.hints)) == ("Square it", "Do.", 3)
    assert course.brief("square") is brief


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("welcome", "welcome"),
        ("00-welcome.md", "welcome"),
        ("00-welcome", "welcome"),
        ("00", "welcome"),
        ("0", "welcome"),
        ("5", "square-roots"),
        ("05-s", "square-roots"),
        ("sq", "square-roots"),
        ("Square-Roots", "square-roots"),
        (" wel ", "welcome"),
        ("roots", None),
        ("", None),
        ("nothing", None),
    ],
)
def test_lessons_are_found_by_what_people_type(root: Path, name: str, found: str | None) -> None:
    entry = Course.load(root).find_lesson(name)
    assert (entry.name if entry else None) == found


def test_a_beginning_that_fits_two_lessons_finds_none(root: Path) -> None:
    (root / "lessons/00-welcome.md").rename(root / "lessons/00-square-sums.md")
    manifest = FILES["lessons/course.toml"].replace("00-welcome", "00-square-sums")
    write(root, "lessons/course.toml", manifest)
    course = Course.load(root)
    assert course.find_lesson("square-") is None
    found = course.find_lesson("square-s")
    assert found is not None
    assert found.name == "square-sums"


def test_stub_and_solution_are_the_files(root: Path) -> None:
    course = Course.load(root)
    assert course.stub("square") == (root / "exercises/square.py").read_bytes()
    assert course.solution("square") == FILES["checks/solutions/square.py"]


def test_a_check_is_loaded_once_and_leaves_nothing_behind(root: Path) -> None:
    course = Course.load(root)
    before = sorted(root.rglob("*"))
    check = course.check("square")
    (case,) = check.cases(np.random.default_rng(0))
    ((name, output),) = check.probe(check.reference, case)
    assert name == "output"
    assert np.array_equal(output, case.x**2)
    assert check.gradients == {"slope": "x"}
    assert check.tolerance == 1e-6
    assert course.check("square") is check
    assert (course.check("cube").gradients, course.check("cube").tolerance) == ({}, 1e-9)
    assert sorted(root.rglob("*")) == before


def test_two_courses_do_not_share_their_modules(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "course"
    shutil.copytree(root, other)
    write(other, "checks/solutions/square.py", "def square(x):\n    return 0\n")
    first, second = Course.load(root).check("square"), Course.load(other).check("square")
    assert first.reference.square(3) == 9
    assert second.reference.square(3) == 0
    assert "square" not in sys.modules


# -- broken courses -------------------------------------------------------------------------------


def test_no_course_there(tmp_path: Path) -> None:
    error = load_error(tmp_path)
    assert error.path == tmp_path / "lessons" / "course.toml"
    assert "lessons/course.toml" in error.message
    assert "format_version = 1" in error.hint
    error = load_error(tmp_path / "nowhere")
    assert error.message == f"There is no folder {tmp_path / 'nowhere'}."
    assert "lessons/course.toml" in error.hint


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("lessons/00-welcome.md", 8, "00-welcome.md is in the course, but the lesson is missing"),
        ("exercises/cube.py", 12, "the stub that a learner receives is missing"),
        ("exercises/cube.md", 12, "the brief and its hints is missing"),
        ("checks/cube.py", 12, "the check is missing"),
        ("checks/solutions/cube.py", 12, "the reference solution is missing"),
    ],
)
def test_a_missing_file_is_told_where_it_is_named(
    root: Path, file: str, line: int, message: str
) -> None:
    (root / file).unlink()
    error = load_error(root)
    assert (error.path, error.line) == (root / "lessons/course.toml", line)
    assert message in error.message
    assert error.message.endswith(file)
    assert error.hint.startswith(f"Write {file}, or take ")


@pytest.mark.parametrize(
    ("old", "new", "line", "message", "hint"),
    [
        ("yield Case(", "yield Case((", 8, "is not Python", "py_compile"),
        ("gradients", "\0", 3, "is not Python", "py_compile"),
        ("tolerance = 1e-6", "tolerance = 1 / 0", 4, "ZeroDivisionError", "only defines things"),
        ("tolerance = 1e-6", "import nowhere_at_all", 4, "No module named", "only defines things"),
        ("tolerance = 1e-6", "raise SystemExit(3)", 4, "SystemExit: 3", "only defines things"),
        ("def cases", "def case", 1, "no function cases", "def cases(rng):"),
        ("def probe", "def prob", 1, "no function probe", "def probe(learner, case):"),
        ("tolerance = 1e-6", "tolerance = 'x'", 4, "at least 0", "tolerance = 1e-9"),
        ("tolerance = 1e-6", "tolerance = True", 4, "at least 0", "tolerance = 1e-9"),
        ("tolerance = 1e-6", "tolerance = -1.0", 4, "at least 0", "tolerance = 1e-9"),
        ("tolerance = 1e-6", "tolerance: float = float('nan')", 4, "at least 0", "tolerance"),
        ('{"slope": "x"}', '["slope"]', 3, "gradients must map", 'gradients = {"grad_W"'),
        ('{"slope": "x"}', '{"slope": 1}', 3, "gradients must map", 'gradients = {"grad_W"'),
        ('{"slope": "x"}', '{"slope": ""}', 3, "gradients must map", 'gradients = {"grad_W"'),
    ],
)
def test_a_broken_check_is_told_with_its_line(
    root: Path, old: str, new: str, line: int, message: str, hint: str
) -> None:
    write(root, "checks/square.py", FILES["checks/square.py"].replace(old, new, 1))
    course = Course.load(root)
    with pytest.raises(CourseError) as caught:
        course.check("square")
    error = caught.value
    assert (error.path, error.line) == (root / "checks/square.py", line)
    assert message in error.message
    assert hint in error.hint
    assert [str(problem) for problem in course.problems()] == [str(error)]


@pytest.mark.parametrize("name", ["cases", "probe"])
def test_a_check_whose_functions_are_none(root: Path, name: str) -> None:
    text = FILES["checks/square.py"] + f"\n\n{name} = 3\n"
    write(root, "checks/square.py", text)
    with pytest.raises(CourseError) as caught:
        Course.load(root).check("square")
    assert caught.value.message == f"{name} must be a function, and is of type int."
    assert caught.value.line == len(text.splitlines())
    assert f"def {name}(" in caught.value.hint


def test_a_broken_solution_is_told_once(root: Path) -> None:
    write(root, "checks/solutions/square.py", "def square(x):\n    return x *\n")
    course = Course.load(root)
    with pytest.raises(CourseError) as caught:
        course.check("square")
    assert (caught.value.path, caught.value.line) == (root / "checks/solutions/square.py", 2)
    assert [str(problem) for problem in course.problems()] == [str(caught.value)]


def test_a_failure_in_a_function_of_the_check_is_told_at_its_line(root: Path) -> None:
    write(root, "checks/square.py", "import json\n\n\ndef f():\n    json.loads('x')\n\n\nf()\n")
    with pytest.raises(CourseError) as caught:
        Course.load(root).check("square")
    assert caught.value.line == 5
    assert "JSONDecodeError" in caught.value.message


def test_all_problems_are_collected(root: Path) -> None:
    write(root, "lessons/00-welcome.md", "# Welcome\n\n<details>\n")
    (root / "lessons/05-square-roots.md").write_bytes(b"a\n\xff\n")
    write(root, "exercises/square.md", "# Square it\n\nDo.\n")
    write(root, "exercises/square.py", "def square(x)\n")
    write(root, "checks/square.py", "cases = 1\n")
    write(root, "checks/solutions/cube.py", "import nowhere_at_all\n")
    problems = Course.load(root).problems()
    assert [(problem.path, problem.line) for problem in problems] == [
        (root / "lessons/00-welcome.md", 3),
        (root / "lessons/05-square-roots.md", 2),
        (root / "exercises/square.md", 1),
        (root / "exercises/square.py", 1),
        (root / "checks/square.py", 1),
        (root / "checks/solutions/cube.py", 1),
    ]
    assert all(problem.hint for problem in problems)


def test_a_file_that_goes_away_later(root: Path) -> None:
    course = Course.load(root)
    (root / "exercises/square.py").unlink()
    with pytest.raises(CourseError) as caught:
        course.stub("square")
    assert caught.value.path == root / "exercises/square.py"
    assert caught.value.hint == f"Write {root / 'exercises/square.py'}."


# -- where the course is --------------------------------------------------------------------------


def test_a_course_that_is_asked_for_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Course.locate(tmp_path) == tmp_path
    assert Course.locate(Path("~/mine")) == tmp_path / "mine"


def test_the_course_within_the_package_comes_before_the_one_beside_it(tmp_path: Path) -> None:
    package = tmp_path / "tutor"
    with pytest.raises(CourseError) as caught:
        loader._shipped(package)
    assert "--course DIR" in caught.value.hint
    write(tmp_path, "lessons/course.toml", "")
    assert loader._shipped(package) == tmp_path
    write(package, "_course/lessons/course.toml", "")
    assert loader._shipped(package) == package / "_course"


def test_the_course_that_ships_is_sound() -> None:
    course = Course.load(Course.locate(None))
    assert [str(problem) for problem in course.problems()] == []
    assert course.exercises


def test_loading_stays_cheap() -> None:
    code = (
        "import sys\nfrom tutor.course.loader import Course\nCourse.load(Course.locate(None))\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"numpy", "markdown_it", "textual", "rich", "dataclasses", "difflib", "asyncio"}
    assert not heavy & set(done.stdout.split())
