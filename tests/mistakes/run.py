"""`python -m tests.mistakes.run [EXERCISE]`: every file that is not told as its table says."""

from __future__ import annotations

import os
import sys
from collections import Counter

from tests.mistakes.corpus import correct_files, tell, wrong_files
from tutor.checking.checker import Checker
from tutor.course.loader import Course


def main(exercises: list[str]) -> None:
    os.environ["BP_TUTOR_DEBUG"] = "1"
    course = Course.load(Course.locate(None))
    checker = Checker(course)
    checker.warm()
    counts: Counter[str] = Counter()
    for wrong in wrong_files(course.exercises):
        if exercises and wrong.exercise not in exercises:
            continue
        told = tell(checker, course, wrong)
        counts["wrong"] += 1
        counts["accepted"] += told.accepted
        counts["named"] += not told.unnamed
        counts["false"] += bool(told.false)
        if told.accepted or told.unnamed or told.false:
            print(f"{wrong.file}: {wrong.says}")
            print(f"    unnamed {sorted(told.unnamed)}  false {sorted(told.false)}")
            for each in told.verdict.diagnoses:
                print(f"    . {each.id}: {each.message} | {each.evidence}")
            for found in told.verdict.findings[:2]:
                print(f"    - {found.kind} [{found.case}] {found.message}")
    for path in correct_files(course):
        if exercises and path.parent.name not in exercises:
            continue
        verdict, _ = checker.check_file(course.exercises[path.parent.name], path)
        counts["correct"] += 1
        counts["rejected"] += not verdict.passed
        if not verdict.passed:
            print(f"REJECTED {path.parent.name}/{path.name}: {verdict.findings[:2]}")
    print(dict(counts))
    checker.close()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
