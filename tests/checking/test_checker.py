"""Whole checks on real files in real processes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tutor.checking.checker import Cancellation, Cancelled, Checker
from tutor.checking.process import WorkerProcess
from tutor.course.loader import Course
from tutor.spec import Case, Check, Exercise

EXERCISES = [
    "first_save",
    "numerical_gradient",
    "linear_naive",
    "linear_backward",
    "relu_backward",
    "softmax_backward",
    "softmax_cross_entropy",
]


@pytest.fixture(scope="module")
def checker(course: Course) -> Iterator[Checker]:
    made = Checker(course)
    made.warm()
    yield made
    made.close()


@pytest.fixture
def learner_file(tmp_path: Path) -> Path:
    return tmp_path / "exercise with a space.py"


@pytest.mark.parametrize("name", EXERCISES)
def test_the_reference_passes_and_the_stub_does_not(
    checker: Checker, course: Course, learner_file: Path, name: str
) -> None:
    learner_file.write_text(course.solution(name), encoding="utf-8")
    verdict, source = checker.check_file(course.exercises[name], learner_file)
    assert verdict.passed, verdict.findings[:3]
    assert source == learner_file.read_bytes()
    assert all(tally.right == tally.judged for tally in verdict.arrays)
    learner_file.write_bytes(course.stub(name) + b"\n# looked at, not solved\n")
    assert not checker.check_file(course.exercises[name], learner_file)[0].passed


def test_other_ways_to_write_it_pass(checker: Checker, course: Course, learner_file: Path) -> None:
    """Loops, einsum, properties, transposed storage of the gradient, a helper class."""
    learner_file.write_text(UNUSUAL_LINEAR, encoding="utf-8")
    verdict, _ = checker.check_file(course.exercises["linear_backward"], learner_file)
    assert verdict.passed, verdict.findings[:3]


def test_an_array_may_be_nudged_in_place_and_put_back(
    checker: Checker, course: Course, learner_file: Path
) -> None:
    learner_file.write_text(NUDGING, encoding="utf-8")
    verdict, _ = checker.check_file(course.exercises["numerical_gradient"], learner_file)
    assert verdict.passed, verdict.findings[:3]
    learner_file.write_text(NUDGING.replace("flat[i] += eps  # back", ""), encoding="utf-8")
    verdict, _ = checker.check_file(course.exercises["numerical_gradient"], learner_file)
    assert "mutation" in {finding.kind for finding in verdict.findings}


def test_what_a_check_calls_back_raises_on_the_learners_line(
    checker: Checker, course: Course, learner_file: Path
) -> None:
    learner_file.write_text(
        "import numpy as np\n\ndef numerical_gradient(f, x, eps=1e-5):\n    return f('x')\n"
    )
    verdict, _ = checker.check_file(course.exercises["numerical_gradient"], learner_file)
    crash = next(finding for finding in verdict.findings if finding.kind == "crash")
    assert crash.frames[-1].line == 4


def test_a_neighbouring_exercise_can_be_imported(
    checker: Checker, course: Course, tmp_path: Path
) -> None:
    (tmp_path / "linear_naive.py").write_text(course.solution("linear_naive"))
    (tmp_path / "mine.py").write_text("from linear_naive import Linear\n")
    verdict, _ = checker.check_file(course.exercises["linear_backward"], tmp_path / "mine.py")
    assert verdict.passed, verdict.findings[:3]


def test_a_newer_save_ends_a_running_check(
    checker: Checker, course: Course, learner_file: Path
) -> None:
    learner_file.write_text("while True: pass\n")
    ticket = Cancellation()
    threading.Timer(0.3, ticket.cancel).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        checker.check_file(course.exercises["linear_backward"], learner_file, ticket)
    assert time.monotonic() - started < course.exercises["linear_backward"].seconds


def test_a_cancelled_ticket_starts_nothing(
    checker: Checker, course: Course, learner_file: Path
) -> None:
    learner_file.write_text(course.solution("linear_backward") + "\n# mine\n")
    ticket = Cancellation()
    ticket.cancel()
    with pytest.raises(Cancelled):
        checker.check_file(course.exercises["linear_backward"], learner_file, ticket)


def test_a_spare_that_died_is_replaced(course: Course, learner_file: Path) -> None:
    checker = Checker(course)
    checker.warm()
    process = checker._spares._spare
    assert isinstance(process, WorkerProcess)
    process.kill()
    process._process.wait()
    learner_file.write_text(course.solution("first_save") + "\n# mine\n")
    assert checker.check_file(course.exercises["first_save"], learner_file)[0].passed
    checker.close()


class OneExercise:
    """A course of one check, with the layer `y = x³ at the learner's hand`."""

    def check(self, name: str) -> Check:
        class Reference:
            class Cube:
                def forward(self, x: np.ndarray) -> np.ndarray:
                    self.x = x
                    return x**3

                def backward(self, grad_output: np.ndarray) -> np.ndarray:
                    return 3 * self.x**2 * grad_output

        def cases(rng: np.random.Generator) -> Iterator[Case]:
            yield Case("a case", x=rng.normal(size=4), grad_output=rng.normal(size=4))

        def probe(learner: object, case: Case) -> Iterator[tuple[str, object]]:
            layer = learner.Cube()  # type: ignore[attr-defined]
            yield "output", layer.forward(case.x)
            yield "grad_input", layer.backward(case.grad_output)

        return Check(
            cases=cases,
            probe=probe,
            reference=Reference,
            gradients={"grad_input": "x"},
            tolerance=1e-9,
        )

    def stub(self, name: str) -> bytes:
        return b"..."


CUBE = """
class Cube:
    def forward(self, x):
        self.x = x
        return {forward}
    def backward(self, grad_output):
        return {backward} * grad_output
"""


@pytest.mark.parametrize(
    ("forward", "backward", "kinds"),
    [
        ("x * x * x", "3 * self.x ** 2", set()),
        ("x ** 3", "2 * self.x ** 2", {("grad_input", "value")}),
        ("x ** 2", "3 * self.x ** 2", {("output", "value")}),
        ("x ** 2", "2 * self.x", {("output", "value"), ("grad_input", "forward")}),
        ("x ** 2", "5 * self.x", {("output", "value"), ("grad_input", "value")}),
    ],
    ids=["right", "backward wrong", "forward wrong", "both, consistently", "both, apart"],
)
def test_forward_and_backward_are_told_apart(
    learner_file: Path, forward: str, backward: str, kinds: set[tuple[str, str]]
) -> None:
    learner_file.write_text(CUBE.format(forward=forward, backward=backward))
    verdict, _ = Checker(OneExercise()).check_file(Exercise("cube", "Cube"), learner_file)
    assert {(finding.array, finding.kind) for finding in verdict.findings} == kinds


UNUSUAL_LINEAR = """
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Linear:
    in_features: int
    out_features: int
    W: np.ndarray = field(default=None, repr=False)
    b: np.ndarray = None

    def __post_init__(self):
        self.W = np.zeros((self.in_features, self.out_features))
        self.b = np.zeros(self.out_features)
        self._seen = []

    def forward(self, x):
        self._seen = [row.copy() for row in x]
        return np.array([[sum(row[i] * self.W[i, j] for i in range(len(row))) + self.b[j]
                          for j in range(len(self.b))] for row in x])

    def backward(self, grad_output):
        self._turned = np.einsum("no,ni->oi", grad_output, np.stack(self._seen))
        self._rows = list(grad_output)
        return np.einsum("no,io->ni", grad_output, self.W)

    @property
    def grad_W(self):
        return self._turned.T

    @property
    def grad_b(self):
        return np.add.reduce(self._rows)
"""

NUDGING = """
import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    grad = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        flat = x
        flat[i] += eps
        ahead = f(x)
        flat[i] -= 2 * eps
        behind = f(x)
        flat[i] += eps  # back
        grad[i] = (ahead - behind) / (2 * eps)
    return grad
"""
