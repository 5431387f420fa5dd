"""All mutants of one exercise's reference through its check, counted."""

from __future__ import annotations

import ast
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import CodeType

from msgspec import Struct, structs

from tests.mutants.elsewhere import Place, parting, places
from tests.mutants.mutating import Mutant, Source, doubles
from tests.mutants.playing import Played, play
from tests.mutants.telling import told
from tutor.checking.checker import Checker
from tutor.checking.expectations import Expectations, expectations
from tutor.course.loader import Course
from tutor.diagnosis.evidence import Evidence
from tutor.diagnosis.misconceptions import Known
from tutor.errors import CourseError
from tutor.spec import Check

Compiled = tuple[Mutant, CodeType]

DOUBLES = 100
TOLD = 40
LEAST_SECONDS = 0.3
TIMES_REFERENCE = 5.0
SECONDS_ELSEWHERE = 60.0
MEMORY = 4 * 1024**3


class Survivor(Struct, frozen=True):
    """A mutant that the check accepts, and an input with which it is wrong.

    `given` says that the stub has the changed lines, so that learners do not write them.
    """

    change: str
    place: str
    given: bool


class Tally(Struct, frozen=True):
    """The figures of one exercise. `left_out` says why there are none.

    `counts` are of all mutants, `told` of those rejected ones that were drawn to be diagnosed.
    `equivalents` are changes of lines that the stub does not give, without a difference anywhere.
    `elsewhere` is the number of scenes that the passing ones were held against the reference in,
    `seconds` the time that the process worked.
    """

    exercise: str
    counts: Counter[str] = Counter()
    told: Counter[str] = Counter()
    survivors: tuple[Survivor, ...] = ()
    equivalents: tuple[str, ...] = ()
    elsewhere: int = 0
    seconds: float = 0.0
    left_out: str = ""


def hold_memory() -> None:
    """From here on a mutant that asks for more memory than MEMORY, in bytes, is refused."""
    import resource  # not on every system

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))


def measured(root: Path, exercise: str) -> Tally:
    """Every single mutant of an exercise's reference, and random pairs of two."""
    try:
        course = Course.load(root)
        check = course.check(exercise)
        source = Source(course.solution(exercise))
        right = expectations(check)
    except CourseError as error:
        return Tally(exercise, left_out=str(error))
    if not _asks_for_numbers(right):
        return Tally(exercise, left_out="its check asks for a limit that many programs keep")
    rng = random.Random(exercise)
    singles = source.changes()
    mutants: list[Mutant] = [(each,) for each in singles]
    mutants += doubles(singles, DOUBLES, rng)
    return _Measuring(course, exercise, check, source, right).tally(mutants, rng)


class _Measuring:
    def __init__(
        self, course: Course, exercise: str, check: Check, source: Source, right: Expectations
    ) -> None:
        self._course = course
        self._exercise = exercise
        self._check = check
        self._source = source
        self._right = right
        self._seconds = self._time_of_the_reference()

    def tally(self, mutants: list[Mutant], rng: random.Random) -> Tally:
        started = time.process_time()
        counts: Counter[str] = Counter()
        by_result: dict[str, list[Compiled]] = {}
        for mutant in mutants:
            code = self._source.compiled(mutant)
            if code is not None:
                result = self._play(code).result
                counts["mutants"] += 1
                counts[result] += 1
                by_result.setdefault(result, []).append((mutant, code))
        known = list(places(self._check))
        survivors, equivalent = self._held_elsewhere(by_result.get("passed", []), known)
        counts["survivors"], counts["equivalent"] = len(survivors), len(equivalent)
        rejected_by_slopes = counts["passed"] - len(survivors) - len(equivalent)
        counts["rejected"] += rejected_by_slopes
        rejected = by_result.get("rejected", [])
        drawn = rng.sample(rejected, min(TOLD, len(rejected)))
        return Tally(
            self._exercise,
            counts,
            self._told(drawn),
            tuple(survivors),
            tuple(self._source.told(each) for each in equivalent if not self._is_given(each)),
            len(known),
            time.process_time() - started,
        )

    def _play(self, code: CodeType) -> Played:
        return play(code, self._right.scenes, self._seconds)

    def _time_of_the_reference(self) -> float:
        code = self._source.compiled(())
        assert code is not None
        started = time.process_time()
        result = play(code, self._right.scenes, SECONDS_ELSEWHERE).result
        assert result == "passed", f"{self._exercise}: the reference itself has {result}"
        return LEAST_SECONDS + TIMES_REFERENCE * (time.process_time() - started)

    def _held_elsewhere(
        self, passed: list[Compiled], known: list[Place]
    ) -> tuple[list[Survivor], list[Mutant]]:
        """Those that differ elsewhere and are accepted by the tutor, and those that never differ.

        The tutor looks at more than arrays: at the slopes of a mutant's own forward.
        """
        survivors, equivalent = [], []
        for mutant, code in passed:
            place = parting(code, known, SECONDS_ELSEWHERE)
            if not place:
                equivalent.append(mutant)
            elif self._is_accepted(mutant):
                change = self._source.told(mutant)
                survivors.append(Survivor(change, place, self._is_given(mutant)))
        return survivors, equivalent

    def _is_accepted(self, mutant: Mutant) -> bool:
        """Whether the tutor passes the mutant, handed in as a learner's file."""
        checker = Checker(self._course)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{self._exercise}.py"
            path.write_text(self._source.text(mutant), encoding="utf-8")
            exercise = structs.replace(
                self._course.exercises[self._exercise], seconds=SECONDS_ELSEWHERE
            )
            verdict, _ = checker.check_file(exercise, path)
        checker.close()
        return verdict.passed

    def _is_given(self, mutant: Mutant) -> bool:
        stub = ast.unparse(ast.parse(self._course.stub(self._exercise))).split("\n")
        lines = {line.strip() for line in stub}
        return all(self._source.old_and_new(change)[0] in lines for change in mutant)

    def _told(self, drawn: list[Compiled]) -> Counter[str]:
        known = Known(self._check)
        found: Counter[str] = Counter()
        for mutant, code in drawn:
            samples = self._play(code).samples
            evidence = Evidence(self._check, samples, self._source.text(mutant))
            found[told(evidence, known)] += 1
        return found


def _asks_for_numbers(right: Expectations) -> bool:
    """Whether the first case has a right value for each of its arrays, and no mere limits."""
    return not any(each.limited for each in right.scenes[0].arrays.values())
