"""What learner code reports while it runs is heard at once, and nothing else gets through."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tutor.checking.checker import Cancellation, Cancelled, Checker
from tutor.curves import Curves
from tutor.lending import Followed
from tutor.spec import Case, Check, Exercise, follow
from tutor.verdict import Verdict

STEPS = 5


class Training:
    """A course with one exercise: `train(steps, report)` gives back how many steps it took."""

    def check(self, name: str) -> Check:
        class Reference:
            @staticmethod
            def train(steps: int, report: object) -> int:
                return steps

        def cases(rng: np.random.Generator) -> Iterator[Case]:
            yield Case("a few", steps=STEPS)
            yield Case("more", steps=STEPS + 1)

        def probe(learner: object, case: Case) -> Iterator[tuple[str, object]]:
            taken = learner.train(case.steps, follow("loss"))  # type: ignore[attr-defined]
            yield "steps", np.float64(taken)

        return Check(cases=cases, probe=probe, reference=Reference, gradients={}, tolerance=1e-9)

    def stub(self, name: str) -> bytes:
        return b"..."

    def reading(self, link: str) -> None:
        return None


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    made = Checker(Training())
    yield made
    made.close()


def checked(checker: Checker, tmp_path: Path, body: str) -> tuple[Verdict, list[Followed]]:
    path = tmp_path / "train.py"
    path.write_text(f"import numpy as np\n\n\ndef train(steps, report):\n    {body}\n")
    heard: list[Followed] = []
    exercise = Exercise("train", "Train", seconds=5)
    return checker.check_file(exercise, path, Cancellation(heard.append))[0], heard


def test_every_value_is_heard_with_its_case_and_in_order(checker: Checker, tmp_path: Path) -> None:
    body = "[report(1 / (n + 1)) for n in range(steps)]; return steps"
    verdict, heard = checked(checker, tmp_path, body)
    assert verdict.passed, verdict.findings
    assert [(each.case, each.value) for each in heard] == [
        *(("a few", 1 / (n + 1)) for n in range(STEPS)),
        *(("more", 1 / (n + 1)) for n in range(STEPS + 1)),
    ]
    assert {each.name for each in heard} == {"loss"}
    curves = Curves()
    for each in heard:
        curves.hear(each)
    assert [curve.count for curve in curves.now()] == [STEPS, STEPS + 1]


def test_numbers_of_every_kind_will_do(checker: Checker, tmp_path: Path) -> None:
    body = (
        "[report(v) for v in (1, 2.5, True, np.float32(0.5), np.int64(7), np.array(3.0),"
        " np.array([4.0]), np.nan, -np.inf)]; report(value=9); return steps"
    )
    verdict, heard = checked(checker, tmp_path, body)
    assert verdict.passed, verdict.findings
    values = [each.value for each in heard if each.case == "a few"]
    assert values[:7] == [1.0, 2.5, 1.0, 0.5, 7.0, 3.0, 4.0]
    assert math.isnan(values[7])
    assert values[8:] == [-math.inf, 9.0]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("report(np.zeros(3))", "takes one number; it was called with an array of shape (3,)"),
        ("report('0.5')", "called with: str"),
        ("report([0.5])", "called with: list"),
        ("report(1j)", "complex"),
        ("report(np.complex128(1))", "complex"),
        ("report(1, 2)", "takes one number; it was called with 2 values"),
        ("report()", "takes one number; it was called with 0 values"),
        ("report(loss=1.0)", "cannot work with what it was given"),
    ],
)
def test_anything_else_raises_on_the_learners_line(
    checker: Checker, tmp_path: Path, call: str, says: str
) -> None:
    verdict, heard = checked(checker, tmp_path, f"{call}; return steps")
    crash = next(finding for finding in verdict.findings if finding.kind == "crash")
    assert says in crash.message
    assert crash.frames[-1].line == 5
    assert not heard


def test_values_are_heard_while_the_code_still_runs(checker: Checker, tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    path.write_text("def train(steps, report):\n    report(2.0)\n    while True:\n        pass\n")
    heard = threading.Event()
    ticket = Cancellation(lambda _: heard.set())
    ended: list[type[Exception]] = []

    def check() -> None:
        try:
            checker.check_file(Exercise("train", "Train", seconds=30), path, ticket)
        except Cancelled as error:
            ended.append(type(error))

    thread = threading.Thread(target=check)
    thread.start()
    assert heard.wait(20)
    assert thread.is_alive()
    ticket.cancel()
    thread.join(20)
    assert ended == [Cancelled]


def test_without_a_listener_nothing_is_different(checker: Checker, tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    path.write_text("def train(steps, report):\n    report(2.0)\n    return steps\n")
    assert checker.check_file(Exercise("train", "Train", seconds=5), path)[0].passed
