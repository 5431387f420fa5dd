"""Learner files in many styles: no wrong one is accepted, no right one rejected, mistakes named.

The files and what each must be told were written before any diagnosis. The four figures stand at
the end of a run; `python -m tests.mistakes.run [EXERCISE]` lists every file that falls short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.mistakes.corpus import Told, WrongFile, correct_files, tell, wrong_files
from tutor.checking.checker import Checker
from tutor.checking.spare import Spares
from tutor.course.loader import Course
from tutor.verdict import Verdict

COURSE = Course.load(Course.locate(None))
WRONG = wrong_files(COURSE.exercises)
CORRECT = correct_files(COURSE)
NAMED_AT_LEAST = 0.95


class Ahead:
    """Checks the selected files ahead of their tests, one on each core."""

    CORES = 2

    def __init__(self, selected: list[WrongFile | Path]) -> None:
        self._checkers: SimpleQueue[Checker] = SimpleQueue()
        for _ in range(self.CORES):
            checker = Checker(COURSE, Spares())
            checker.warm()
            self._checkers.put(checker)
        self._pool = ThreadPoolExecutor(self.CORES)
        self._futures: dict[WrongFile | Path, Future[Told | Verdict]] = {
            each: self._pool.submit(self._check, each) for each in selected
        }

    def _check(self, each: WrongFile | Path) -> Told | Verdict:
        checker = self._checkers.get()
        try:
            if isinstance(each, WrongFile):
                return tell(checker, COURSE, each)
            return checker.check_file(COURSE.exercises[each.parent.name], each)[0]
        finally:
            self._checkers.put(checker)

    def __getitem__(self, each: WrongFile | Path) -> Told | Verdict:
        return self._futures[each].result()

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        for _ in range(self.CORES):
            self._checkers.get().close()


@pytest.fixture(scope="module")
def ahead(request: pytest.FixtureRequest) -> Iterator[Ahead]:
    calls = [getattr(item, "callspec", None) for item in request.session.items]
    params = [value for call in calls if call is not None for value in call.params.values()]
    made = Ahead([each for each in params if isinstance(each, WrongFile | Path)])
    yield made
    made.close()


@pytest.mark.parametrize("wrong", WRONG, ids=[each.file for each in WRONG])
def test_a_wrong_file_is_rejected_and_nothing_false_is_said(
    ahead: Ahead, counts: Counter[str], wrong: WrongFile
) -> None:
    told = ahead[wrong]
    assert isinstance(told, Told)
    counts["wrong"] += 1
    counts["accepted"] += told.accepted
    counts["named"] += not told.unnamed
    counts["false"] += bool(told.false)
    assert not told.accepted, wrong.says
    assert not told.false, (wrong.says, told.verdict.diagnoses)


@pytest.mark.parametrize("path", CORRECT, ids=[f"{p.parent.name}/{p.stem}" for p in CORRECT])
def test_a_correct_file_passes(ahead: Ahead, counts: Counter[str], path: Path) -> None:
    verdict = ahead[path]
    assert isinstance(verdict, Verdict)
    counts["correct"] += 1
    counts["rejected"] += not verdict.passed
    assert verdict.passed, verdict.findings[:2]
    assert verdict.diagnoses == ()


def test_mistakes_are_named(counts: Counter[str]) -> None:
    """Last, when all files of this run have been told."""
    if counts["wrong"] < len(WRONG):
        pytest.skip("only some of the files were checked")
    assert counts["named"] >= NAMED_AT_LEAST * counts["wrong"], counts


def test_every_file_is_in_a_table_and_every_table_has_its_files() -> None:
    folder = Path(__file__).parent
    here = {path.relative_to(folder / "wrong").as_posix() for path in folder.glob("wrong/*/*.py")}
    exercises = [path.name for path in (folder / "wrong").iterdir()]
    assert here == {each.file for each in wrong_files(exercises)}
