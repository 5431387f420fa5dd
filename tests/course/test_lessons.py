"""The lessons keep their word: code runs, stated numbers hold, pictures fit a terminal."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from markdown_it import MarkdownIt

from tutor.course.loader import Course
from tutor.course.marking import mark_prediction

LESSONS = sorted((Course.locate(None) / "lessons").glob("*.md"))
PICTURE_COLUMNS = 76
TO_LOOK_UP = ("glossary", "cheatsheet")
CLAIM = re.compile(r"#\s*(?P<kind>->|~>)\s*(?P<value>.+?)\s*$")


def fences(path: Path, language: str) -> list[str]:
    tokens = MarkdownIt().parse(path.read_text(encoding="utf-8"))
    return [t.content for t in tokens if t.type == "fence" and t.info.strip() == language]


def claims(block: str, namespace: dict[str, object]) -> Iterator[tuple[object, str, str]]:
    """Run a block statement by statement; yields each claimed value, its kind and the claim."""
    lines = block.splitlines()
    for statement in ast.parse(block).body:
        claim = CLAIM.search(lines[(statement.end_lineno or 1) - 1])
        if not isinstance(statement, ast.Expr) or claim is None:
            module = ast.Module([statement], type_ignores=[])
            exec(compile(module, "lesson", "exec"), namespace)
            continue
        shown = statement.value
        if isinstance(shown, ast.Call) and ast.unparse(shown.func) == "print":
            shown = shown.args[0]
        value = eval(compile(ast.Expression(shown), "lesson", "eval"), namespace)
        yield value, claim["kind"], claim["value"]


def holds(value: object, kind: str, stated: str) -> bool:
    """`->` states a value exactly (to rounding), `~>` to the digits that it shows."""
    right = np.asarray(ast.literal_eval(stated))
    if np.asarray(value).shape != right.shape:
        return False
    if kind == "->":
        return bool(np.allclose(value, right, rtol=1e-9, atol=1e-12))
    digits = max(len(d) for d in re.findall(r"\d\.(\d*)", stated)) if "." in stated else 0
    return bool(np.allclose(np.round(value, digits), right, rtol=0, atol=10.0**-digits / 100))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_code_of_a_lesson_gives_what_it_says(path: Path) -> None:
    namespace: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for block in fences(path, "python"):
            for value, kind, stated in claims(block, namespace):
                assert holds(value, kind, stated), f"{value} is not {stated}"


def test_every_claim_of_the_lessons_is_one_that_is_checked() -> None:
    """A claim behind anything but an expression would be passed over."""
    for path in LESSONS:
        for block in fences(path, "python"):
            stated = sum(CLAIM.search(line) is not None for line in block.splitlines())
            ends = [node.end_lineno for node in ast.parse(block).body if isinstance(node, ast.Expr)]
            seen = sum(CLAIM.search(block.splitlines()[(end or 1) - 1]) is not None for end in ends)
            assert stated == seen, f"{path.name}: {block}"


def test_a_false_claim_would_be_seen() -> None:
    assert holds(4.004001, "->", "4.004001")
    assert not holds(4.004001, "->", "4.004")
    assert holds(0.73106, "~>", "0.731")
    assert not holds(0.7326, "~>", "0.731")
    assert not holds(np.ones((2, 3)), "->", "[[1, 1], [1, 1]]")


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_pictures_and_code_fit_eighty_columns(path: Path) -> None:
    for language in ("text", "python"):
        for block in fences(path, language):
            for line in block.splitlines():
                assert len(line) <= PICTURE_COLUMNS, f"{path.name}: {line}"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_links_between_lessons_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).is_file(), target


def test_the_course_has_no_problems(course: Course) -> None:
    assert course.problems() == ()


def test_no_file_lies_about_that_the_manifest_does_not_name(course: Course) -> None:
    assert {path.name for path in LESSONS} == {entry.file for entry in course.lessons}
    for folder, pattern in [("exercises", "*.py"), ("exercises", "*.md")]:
        names = {path.stem for path in (course.root / folder).glob(pattern)}
        assert names == set(course.exercises), folder


def test_every_lesson_has_a_checkpoint_and_its_own_answer_is_right(course: Course) -> None:
    for entry in course.lessons:
        checkpoints = course.lesson(entry.name).checkpoints
        assert checkpoints or entry.name in TO_LOOK_UP, entry.name
        for each in checkpoints:
            if each.expected is not None:
                typed = " ".join(repr(number) for number in each.expected)
                assert mark_prediction(typed, each.expected, each.tolerance) == "right", each


@pytest.mark.parametrize(
    "question",
    [
        "What does backprop(agation)? compute",
        "Why .* chain rule",
        "pass(es)? back",
        "derivative of ReLU|ReLU.* derivative|slope of ReLU",
        "[Ww]hy .*(keep|cache|remember|store)",
        r"[Ww]hy .*(\+=|add|accumulate)",
        "gradient .*(begin|start|seed|first)|seed|initial gradient",
        "[Ww]hy .*(order|topological)",
    ],
)
def test_the_questions_that_everyone_asks_are_asked(course: Course, question: str) -> None:
    asked = [c.question for entry in course.lessons for c in course.lesson(entry.name).checkpoints]
    assert any(re.search(question, each, re.DOTALL) for each in asked)


def test_prerequisites_come_earlier_in_the_course(course: Course) -> None:
    order = list(course.exercises)
    for name, exercise in course.exercises.items():
        assert all(order.index(needed) < order.index(name) for needed in exercise.needs), name


@pytest.mark.parametrize("folder", ["lessons", "exercises"])
def test_the_course_speaks_calmly(course: Course, folder: str) -> None:
    for path in sorted((course.root / folder).glob("*.md")):
        tokens = MarkdownIt().parse(path.read_text(encoding="utf-8"))
        prose = " ".join(t.content for t in tokens if t.type == "inline")
        prose = re.sub(r"`[^`]*`", "", prose)
        assert not re.search(r"!(?!\[)", prose), path.name
        assert not re.search(r"\b(simply|obviously|trivially)\b", prose, re.IGNORECASE), path.name
