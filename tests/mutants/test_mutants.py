"""Some mutants of some references: none that differs is accepted; and a hole would be seen.

`python -m tests.mutants` tries all of them, of all references, and says what they come to.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from types import CodeType

import numpy as np
import pytest

from tests.mutants.elsewhere import SEEDS, parting, places
from tests.mutants.mutating import Mutant, Source, doubles
from tests.mutants.playing import Played, loaded, play
from tests.mutants.telling import told
from tutor.checking.expectations import expectations
from tutor.course.loader import Course
from tutor.diagnosis.evidence import Evidence
from tutor.diagnosis.misconceptions import Known
from tutor.spec import Case, Check, lend

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGPROF"), reason="no timer that counts the time of this process"
)

EXERCISES = (
    "chain_rule",
    "relu_backward",
    "linear_backward",
    "softmax_backward",
    "softmax_cross_entropy",
    "layernorm_backward",
    "dropout_backward",
    "attention_backward",
)
SINGLES, PAIRS = 20, 10
SECONDS = 10.0

RELU = Source("""
import numpy as np

def relu(x):
    return np.maximum(0.0, x)
""")


def played(check: Check, code: CodeType | None) -> Played:
    assert code is not None
    return play(code, expectations(check).scenes, SECONDS)


def survivors(check: Check, source: Source, mutants: list[Mutant]) -> list[str]:
    """The mutants that pass a check and differ from its reference elsewhere."""
    scenes = expectations(check).scenes
    known = list(places(check, SEEDS[:2]))
    codes = [(mutant, source.compiled(mutant)) for mutant in mutants]
    return [
        source.told(mutant)
        for mutant, code in codes
        if code is not None
        and play(code, scenes, SECONDS).result == "passed"
        and parting(code, known, SECONDS)
    ]


def singles(source: Source) -> list[Mutant]:
    return [(change,) for change in source.changes()]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_mutant_that_differs_is_accepted(course: Course, exercise: str) -> None:
    source, rng = Source(course.solution(exercise)), random.Random(exercise)
    mutants = rng.sample(singles(source), SINGLES) + doubles(source.changes(), PAIRS, rng)
    assert survivors(course.check(exercise), source, mutants) == []


@pytest.mark.parametrize("exercise", EXERCISES)
def test_without_a_change_the_reference_passes_and_is_nowhere_different(
    course: Course, exercise: str
) -> None:
    check, code = course.check(exercise), Source(course.solution(exercise)).compiled(())
    assert played(check, code).result == "passed"
    assert code is not None
    assert parting(code, places(check, SEEDS[:2]), SECONDS) == ""


# -- a hole is seen -------------------------------------------------------------------------------


def relu_check(entries: int) -> Check:
    """A check of `relu` on so many random numbers. A single one is positive, or it is not."""

    def cases(rng: np.random.Generator) -> Iterator[Case]:
        yield Case("random numbers", x=rng.normal(size=entries))

    def probe(learner: object, case: Case) -> Iterator[tuple[str, object]]:
        yield "output", learner.relu(case.x)  # type: ignore[attr-defined]

    code = RELU.compiled(())
    assert code is not None
    return Check(cases=cases, probe=probe, reference=loaded(code), gradients={})


def test_a_weak_check_has_a_survivor_and_a_better_one_has_none() -> None:
    weak = survivors(relu_check(entries=1), RELU, singles(RELU))  # the one number is negative
    assert "line 5: return np.maximum(0.0, x)  ->  return -np.maximum(0.0, x)" in weak
    assert survivors(relu_check(entries=20), RELU, singles(RELU)) == []


def test_a_mutant_that_never_ends_is_stopped() -> None:
    endless = Source("def relu(x):\n    while True:\n        x = x + 1.0\n").compiled(())
    assert endless is not None
    assert play(endless, expectations(relu_check(3)).scenes, 0.05).result == "ran on"


def test_arguments_are_read_only_as_in_a_worker() -> None:
    text = "def relu(x):\n    x[x < 0.0] = 0.0\n    return x\n"
    assert played(relu_check(entries=20), Source(text).compiled(())).result == "raised"


def test_a_lent_array_must_be_put_back() -> None:
    def cases(_rng: np.random.Generator) -> Iterator[Case]:
        yield Case("three numbers", x=np.array([1.0, 2.0, 3.0]))

    def probe(learner: object, case: Case) -> Iterator[tuple[str, object]]:
        yield "total", learner.total(lend(case.x))  # type: ignore[attr-defined]

    nudged = "def total(x):\n    x[0] += 0.5\n    return x.sum() - 0.5\n"
    put_back = "def total(x):\n    x[0] += 0.5\n    x[0] -= 0.5\n    return x.sum()\n"
    plain = Source("def total(x):\n    return x.sum()\n").compiled(())
    assert plain is not None
    check = Check(cases=cases, probe=probe, reference=loaded(plain), gradients={})
    assert played(check, Source(nudged).compiled(())).result == "rejected"
    assert played(check, Source(put_back).compiled(())).result == "passed"


def test_a_sign_that_is_turned_is_told_by_name(course: Course) -> None:
    check = course.check("linear_backward")
    text = course.solution("linear_backward").replace("= self.x.T @", "= -self.x.T @")
    samples = played(check, Source(text).compiled(())).samples
    assert told(Evidence(check, samples, text), Known(check)) == "named"


# -- mutants --------------------------------------------------------------------------------------


def test_mutants_differ_from_their_source_and_leave_it_as_it_was() -> None:
    before = RELU.text(())
    texts = [RELU.text(mutant) for mutant in singles(RELU)]
    assert before not in texts
    assert len(set(texts)) == len(texts)
    assert RELU.text(()) == before


def test_two_changes_are_both_made() -> None:
    changes = RELU.changes()
    for pair in doubles(changes, 20, random.Random(0)):
        alone = [RELU.text((change,)) for change in pair]
        assert RELU.text(pair) not in (RELU.text(()), *alone)
