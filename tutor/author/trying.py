"""An exercise tried as its author should: the reference, the stub, and every misconception."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tutor.author.slopes import unlike_slopes
from tutor.checking.checker import Checker
from tutor.checking.expectations import INPUTS, Expectations, SceneExpectation, expectations
from tutor.checking.judge import judge
from tutor.course.loader import Course
from tutor.diagnosis.diagnose import at_once
from tutor.diagnosis.evidence import Evidence, Failure, Sample
from tutor.diagnosis.misconceptions import Account, Known
from tutor.errors import CourseError
from tutor.spec import Check, Exercise, Misconception

LONGEST_CASE_NAME = 60
NOT_A_CAUSE = "starts_here"  # says where, not what


class Tried(Exception):
    """Something about a check that its author has to mend; `about` is a name in the file."""

    def __init__(self, message: str, hint: str, about: str = "") -> None:
        super().__init__(message)
        self.hint = hint
        self.about = about


def problems_of(course: Course, exercise: Exercise, checker: Checker) -> Iterator[CourseError]:
    """Everything that trying an exercise finds wrong with its check, reference and stub."""
    yield from _reference_passes(course, exercise, checker)
    yield from _stub_fails(course, exercise, checker)
    if not exercise.check:  # another exercise's check is tried there
        path = course.check_path(exercise.name)
        for tried in _problems_of_check(course.check(exercise.name)):
            line = line_of(tried.about, path)
            yield CourseError(str(tried), hint=tried.hint, path=path, line=line)


def line_of(name: str, path: Path) -> int:
    """The line of a file that first has `name` in it, a definition before anything else."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for form in (f"def {name}(", f"{name} =", name):
        for number, text in enumerate(lines, start=1):
            if name and form in text:
                return number
    return 1


def _reference_passes(
    course: Course, exercise: Exercise, checker: Checker
) -> Iterator[CourseError]:
    path = course.solution_path(exercise.name)
    verdict, _ = checker.check_file(exercise, path)
    if not verdict.passed:
        first = verdict.findings[0]
        yield CourseError(
            f"The reference does not pass its own check: {first.message}",
            hint=f"In the case: {first.case}" if first.case else "Mend the reference or the check.",
            path=path,
            line=first.frames[-1].line if first.frames else 1,
        )


def _stub_fails(course: Course, exercise: Exercise, checker: Checker) -> Iterator[CourseError]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{exercise.name}.py"
        path.write_bytes(course.stub(exercise.name) + b"\n# not the stub any more\n")
        verdict, _ = checker.check_file(exercise, path)
    if verdict.passed:
        yield CourseError(
            "The stub passes the check as it is.",
            hint="Leave something to do: raise NotImplementedError at the TODO.",
            path=course.root / "exercises" / f"{exercise.name}.py",
            line=1,
        )


# -- the check itself ---------------------------------------------------------------------------


def _problems_of_check(check: Check) -> Iterator[Tried]:
    right = expectations(check)
    yield from _names(check, right)
    for case, array, element in unlike_slopes(check, right):
        yield Tried(
            f"The reference's {array} is not the slope of its own forward, in the case {case!r}: "
            f"at {list(element.index)} it is {element.claimed:.6g}, "
            f"and the slope is {element.measured:.6g}.",
            "Mend the reference, or what gradients says of this array.",
            case,
        )
    yield from _recordings(check, right)
    known = Known(check)
    for made, account in zip(check.misconceptions, known.singles, strict=True):
        yield from _misconception(check, right, known, made, account)


def _names(check: Check, right: Expectations) -> Iterator[Tried]:
    """Names that are used twice, too long, or used for nothing."""
    plain = [each for each in right.scenes if not each.scene.kind]
    names = [each.scene.name for each in right.scenes]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Tried(f"Two cases are called {name!r}.", "Say why each of them exists.", name)
    for each in plain:
        if len(each.scene.name) > LONGEST_CASE_NAME:
            yield Tried(
                f"The name of a case has {len(each.scene.name)} characters: {each.scene.name!r}.",
                f"Say it in at most {LONGEST_CASE_NAME}.",
                each.scene.name[:20],
            )
    arrays = {name for each in right.scenes for name in each.arrays}
    quantities = {name for each in plain for name in each.scene.case}
    for array, quantity in check.gradients.items():
        if array not in arrays or quantity not in quantities:
            missing = array if array not in arrays else quantity
            yield Tried(
                f"gradients names {missing!r}, which no case and no probe has.",
                f"Known arrays: {', '.join(sorted(arrays))}.",
                "gradients",
            )
    for name in check.rows:
        if name not in arrays | quantities:
            yield Tried(
                f"rows names {name!r}, which no case and no probe has.", "Take it out.", "rows"
            )


def _recordings(check: Check, right: Expectations) -> Iterator[Tried]:
    """What was recorded must be what the reference gives, for cases and arrays that exist."""
    scenes = {each.scene.name: each for each in right.scenes}
    for name, arrays in check.recorded.items():
        if name not in scenes:
            yield Tried(
                f"There is a recording for a case {name!r}, and no such case.",
                "Record again: python checks/recorded/record.py",
            )
            continue
        scene = scenes[name].scene
        if np.asarray(arrays.get(INPUTS, ())).tobytes() != scene.case.fingerprint():
            yield Tried(
                f"The recording for the case {name!r} is of other numbers.",
                "Record again: python checks/recorded/record.py",
                name,
            )
            continue
        given = dict(scene.play(check.reference))
        for array, recorded in arrays.items():
            if array == INPUTS:
                continue
            wanted = scenes[name].arrays.get(array)
            if wanted is None or not _within(np.asarray(given[array]), recorded, wanted.bar):
                yield Tried(
                    f"The reference's {array} is not the recorded one, in the case {name!r}.",
                    "Mend the reference, or record again: python checks/recorded/record.py",
                    name,
                )


def _within(given: Any, recorded: Any, bar: float) -> bool:
    return given.shape == recorded.shape and bool((np.abs(given - recorded) <= bar).all())


def _misconception(
    check: Check, right: Expectations, known: Known, made: Misconception, account: Account
) -> Iterator[Tried]:
    """It must be rejected by a case, and diagnosed as itself and as nothing else."""
    evidence = as_learner_code(check, right, account)
    if not evidence.wrong:
        yield Tried(
            f"The misconception {made.id} passes every case.",
            "Add a case that rejects it, with a name that says so.",
            made.id,
        )
        return
    told = [each.id for each in at_once(evidence, known) if each.id != NOT_A_CAUSE]
    if told != [made.id]:
        said = ", ".join(told) or "nothing"
        yield Tried(
            f"The misconception {made.id} is diagnosed as {said}.",
            "Add a case that tells them apart, or take one out; "
            "some case must also give numbers that differ.",
            made.id,
        )


def as_learner_code(check: Check, right: Expectations, account: Account) -> Evidence:
    """The evidence that a learner's file with exactly this mistake would leave."""
    with np.errstate(all="ignore"):  # mistakes overflow; that is told apart
        samples = tuple(_sample(each, account) for each in right.scenes)
    return Evidence(check=check, samples=samples, source="")


def _sample(expectation: SceneExpectation, account: Account) -> Sample:
    scene = expectation.scene
    right = {name: each for name, each in expectation.arrays.items() if not each.limited}
    untouched = Sample(
        case=scene.case,
        kind=scene.kind,
        play=scene.play,
        other=scene.other,
        right={name: each.value for name, each in right.items()},
        bars={name: each.bar for name, each in right.items()},
        yours={},
        wrong=frozenset(),
    )
    answers = account.answers(untouched)
    yours = {name: value for name, value in answers.items() if value is not None}
    wrong = {
        name
        for name, value in yours.items()
        if name in expectation.arrays
        and judge(scene.case, expectation.arrays[name], value) is not None
    }
    raised = len(yours) < len(answers)
    return Sample(
        case=untouched.case,
        kind=untouched.kind,
        play=untouched.play,
        other=untouched.other,
        right=untouched.right,
        bars=untouched.bars,
        yours=yours,
        wrong=frozenset(wrong),
        failure=Failure("exception", "ValueError", "", "") if raised else None,
    )
